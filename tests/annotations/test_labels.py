"""Labels: the codes of the taxonomy, in order, with names in both languages."""

from __future__ import annotations

import pytest

from annotations.labels import AREAS, POLARITIES, TYPES, check
from extract.errors import UsageError


def test_codes_stand_in_the_order_of_the_taxonomy() -> None:
    assert list(POLARITIES) == ["deficiency", "achievement", "recommendation", "information"]
    assert list(AREAS) == [
        *("steering", "institutions", "procedures", "organisation"),
        *("civil_service", "public_finance", "digital"),
    ]
    assert len(TYPES) == 16
    assert next(iter(TYPES)) == "not_issued"
    assert list(TYPES)[-1] == "other"


def test_every_label_has_both_names() -> None:
    for labels in (POLARITIES, AREAS, TYPES):
        for code, label in labels.items():
            assert label.code == code
            assert label.vi
            assert label.en


def test_an_unknown_code_lists_the_valid_ones() -> None:
    assert check("area", "digital") == "digital"
    with pytest.raises(UsageError, match=r"Unknown type 'digital'.*not_issued, not_reported"):
        check("type", "digital")


def test_labels_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        AREAS["new"] = AREAS["digital"]  # type: ignore[index]
