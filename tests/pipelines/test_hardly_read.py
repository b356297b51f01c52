"""Words that a recognition only guessed blame and praise nobody, and the document says which they are."""

from __future__ import annotations

import pytest

from extract.document import Document, PlacedWord, UnitMention
from extract.find import Found
from extract.pages import Source, Word
from extract.statements import Statement
from extract.structure.build import Structured
from extract.units.register import Register
from models.classify import Labels
from pipelines import road

TEXT = "Xã Khe Mận chưa niêm yết."
BLAMED = Labels("deficiency", 0.97, "procedures", 0.98, "procedures", ("not_published",), (0.9,))


def read_as(monkeypatch: pytest.MonkeyPatch, sure: float | None) -> Document:
    """The document whose only words were recognised with the confidence ``sure``."""
    words, at = [], 0
    for number, word in enumerate(TEXT.split()):
        at = TEXT.index(word, at)
        box = (number / 10, 0.2, number / 10 + 0.05, 0.22)
        words.append(PlacedWord(at, at + len(word), 2, Word(word, box, sure)))
    document = Document("d", "a.pdf", "0" * 64, 1, TEXT, words, pages=(2, 2))
    statement = Statement((0, len(TEXT)), (), (UnitMention("Xã Khe Mận", "commune", "Xã Khe Mận"),), 0.9)
    monkeypatch.setattr(road, "structure", lambda _: [Structured(document, None)])  # type: ignore[arg-type]
    monkeypatch.setattr(road, "find", lambda *_: Found([], [statement]))
    monkeypatch.setattr(road, "propose", lambda *_: {})
    monkeypatch.setattr(road, "input_of", lambda *_: None)
    (found,) = road.walk(Source("a.pdf", "0" * 64, "pdf", []), Register(), lambda _: [BLAMED])
    return found


def test_what_was_guessed_is_information_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_as(monkeypatch, 0.4)
    assert [(one.polarity, one.types) for one in document.findings] == [("information", ())]
    assert document.findings[0].text == TEXT
    (warning,) = document.warnings
    assert warning.code == "low_ocr_confidence"
    assert f"“{TEXT}” (trang 2)" in warning.message


@pytest.mark.parametrize("sure", [0.85, None])
def test_what_was_read_or_typed_keeps_its_labels(monkeypatch: pytest.MonkeyPatch, sure: float | None) -> None:
    document = read_as(monkeypatch, sure)
    assert [one.polarity for one in document.findings] == ["deficiency"]
    assert document.warnings == []
