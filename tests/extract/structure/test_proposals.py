"""Other evidence proposes values for open fields and never states them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Citation
from extract.pages import Zone
from extract.structure.proposals import from_citation, from_file_name, from_signature, propose

from .test_doubt import BODY, HEAD, scan

OPEN = [(text.replace("415/", "/").replace("ngày 31", "ngày"), x, y) for text, x, y in (*HEAD, *BODY)]
SIGNED = Zone(
    "digital_signature",
    1,
    (0.6, 0.01, 0.9, 0.04),
    "Người ký: Lò Văn Pánh\nEmail: lvp@lungvang.example\nCơ quan: Huyện Lũng Vàng\nThời gian ký: 01.09.2021 16:05:12 +07:00",
)


def cited(
    number: str = "415/BC-UBND",
    date: str | None = "2021-08-31",
    issuer: str | None = None,
    kind: str | None = "báo cáo",
) -> Citation:
    return Citation(kind, number, number, (0, 1), (0, 1), date, issuer)


@pytest.mark.parametrize(
    ("name", "number", "date"),
    [
        ("310.BC-UBND 2021.pdf", "310/BC-UBND", None),
        ("den/1310_UBND-NV_30.8.2021.signed.pdf", "1310/UBND-NV", "2021-08-30"),
        ("BC CCHC 2021-09-05.pdf", None, "2021-09-05"),
        ("45-QĐ-UBND(05092021).pdf", "45/QĐ-UBND", "2021-09-05"),
        ("bao cao quy 3 nam 2021.pdf", None, None),
        ("scan0001.pdf", None, None),
        ("99.99.2021.pdf", None, None),
    ],
)
def test_file_name(name: str, number: str | None, date: str | None) -> None:
    found = from_file_name(name)
    assert (found.get("number"), found.get("date")) == (number, date)


def test_signature_proposes_day_and_signer() -> None:
    assert from_signature(SIGNED) == {"date": "2021-09-01", "signer": "Lò Văn Pánh"}
    organ = Zone(
        "digital_signature", 1, None, "Người ký: Ủy ban nhân dân huyện Lũng Vàng\nThời gian ký: 2021-09-01"
    )
    assert from_signature(organ) == {"date": "2021-09-01"}


def test_open_fields_get_proposals_and_stay_open() -> None:
    document = scan(OPEN, zones=[SIGNED], name="415.BC-UBND 2021.pdf")
    found = propose(document, [("12/UBND-NV", [cited()])])
    assert (document.value("number"), document.value("date")) == (None, None)
    assert {(p.value, p.source) for p in found["number"]} == {
        ("415/BC-UBND", "cited by 12/UBND-NV"),
        ("415/BC-UBND", "file name"),
    }
    assert {(p.value, p.source) for p in found["date"]} == {
        ("2021-08-31", "cited by 12/UBND-NV"),
        ("2021-09-01", "digital signature"),
    }
    assert all(p.confidence <= 0.6 for those in found.values() for p in those)
    assert max(p.confidence for p in found["number"] if p.source == "file name") <= 0.5


def test_sure_fields_get_none() -> None:
    document = scan(zones=[SIGNED], name="77.BC-UBND 2.9.2021.pdf")
    assert propose(document, [("x", [cited("416/BC-UBND")])]) == {}


@pytest.mark.parametrize(
    "other",
    [
        cited("415/QĐ-UBND"),
        cited(kind="quyết định"),
        cited(issuer="Ủy ban nhân dân huyện Tân Khê"),
        cited(kind=None),
        cited("415"),
    ],
)
def test_citation_that_may_mean_another_document_proposes_nothing(other: Citation) -> None:
    assert from_citation(scan(OPEN), other) == {}


def test_known_date_ties_a_citation() -> None:
    rows = [(text.replace("415/", "/"), x, y) for text, x, y in (*HEAD, *BODY)]
    assert from_citation(scan(rows), cited(kind=None)) == {"number": "415/BC-UBND"}
    assert from_citation(scan(rows), cited(kind=None, date="2021-08-30")) == {}


def test_name_of_another_document_proposes_nothing_for_this_one() -> None:
    assert "number" not in propose(scan(OPEN, name="1310_UBND-NV_30.8.2021.pdf"))


@given(st.text(max_size=60))
def test_any_file_name_is_survived(name: str) -> None:
    assert set(from_file_name(name)) <= {"number", "date"}
