"""The issuer before the number, issuers of several numbers, "cùng ngày", and issuers that the file settles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.citations import find_citations, resolve
from extract.document import Citation, Document, UnitMention
from extract.find import as_cited
from extract.structure.build import Structured
from models.issuers import default_issuers
from pipelines.road import process

COMMUNE = UnitMention("Xã Khe Mận", "commune", "XÃ KHE MẬN")
PROVINCE = UnitMention("Tỉnh Đông Lĩnh", "province", "TỈNH ĐÔNG LĨNH")

# text, then for each citation: number, date, issuer
MADE: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    (
        "Ngày 16/7/2018, UBND xã đã ban hành Quyết định số 58/QĐ-UBND phân công công chức.",
        [("58/QĐ-UBND", "2018-07-16", "UBND xã")],
    ),
    (
        "- UBND xã Khe Mận đã kịp thời ban hành Kế hoạch số 3/KH-UBND ngày 06/01/2022 về CCHC.",
        [("3/KH-UBND", "2022-01-06", "UBND xã Khe Mận")],
    ),
    (
        "Chủ tịch UBND huyện ký Kế hoạch số 112/KH-UBND phân rõ",
        [("112/KH-UBND", None, "Chủ tịch UBND huyện")],
    ),
    (
        "UBND tỉnh có các văn bản: Công văn số 812/UBND-NC ngày 25/10/2022",
        [("812/UBND-NC", "2022-10-25", "UBND tỉnh")],
    ),
    ("Xã đã ban hành Kế hoạch số 7/KH-UBND.", [("7/KH-UBND", None, "UBND xã")]),
    ("Xã Khe Mận vừa ban hành Kế hoạch số 7/KH-UBND.", [("7/KH-UBND", None, "UBND xã Khe Mận")]),
    (
        "UBND huyện ban hành Quy chế làm việc kèm theo Quyết định số 9/QĐ-UBND ngày 5/5/2020",
        [("9/QĐ-UBND", "2020-05-05", "UBND huyện")],
    ),
    (
        "UBND xã đã ban hành Kế hoạch số 3/KH-UBND ngày 06/01/2022 và Quyết định số 5/QĐ-UBND ngày 07/01/2022",
        [("3/KH-UBND", "2022-01-06", "UBND xã"), ("5/QĐ-UBND", "2022-01-07", "UBND xã")],
    ),
    # the words behind the number know better
    (
        "UBND xã ban hành Quyết định số 9/QĐ-UBND của Chủ tịch UBND huyện",
        [("9/QĐ-UBND", None, "Chủ tịch UBND huyện")],
    ),
    # who acts on a document did not make it
    ("UBND xã triển khai Kế hoạch số 7/KH-UBND ngày 5/5/2020", [("7/KH-UBND", "2020-05-05", None)]),
    ("UBND xã ban hành kế hoạch thực hiện Kế hoạch số 7/KH-UBND", [("7/KH-UBND", None, None)]),
    ("UBND xã nhận được Công văn số 812/UBND-NV", [("812/UBND-NV", None, None)]),
    ("UBND xã đã kiện toàn. Ban hành Kế hoạch số 7/KH-UBND", [("7/KH-UBND", None, None)]),
    # an assembly's paper is the assembly's, whoever of the place is named
    ("UBND xã đã ban hành Nghị quyết số 7/NQ-HĐND", [("7/NQ-HĐND", None, "HĐND xã")]),
    # several numbers
    (
        "Quyết định số 1180/QĐ-UBND ngày 29/6/2016 và QĐ số 1181/QĐ-UBND cùng ngày của Chủ tịch UBND tỉnh.",
        [
            ("1180/QĐ-UBND", "2016-06-29", "Chủ tịch UBND tỉnh"),
            ("1181/QĐ-UBND", "2016-06-29", "Chủ tịch UBND tỉnh"),
        ],
    ),
    (
        "Quyết định số 11/QĐ-UBND, Quyết định số 12/QĐ-UBND ngày 29/6/2016 của UBND tỉnh",
        [("11/QĐ-UBND", None, "UBND tỉnh"), ("12/QĐ-UBND", "2016-06-29", "UBND tỉnh")],
    ),
    (
        "Căn cứ Quyết định số 11/QĐ-UBND ngày 28/6/2016; Quyết định số 12/QĐ-UBND ngày 29/6/2016 của UBND tỉnh",
        [("11/QĐ-UBND", "2016-06-28", None), ("12/QĐ-UBND", "2016-06-29", "UBND tỉnh")],
    ),
]


def _cited(
    text: str, issuer: str | None = None, unit: UnitMention | None = None, **given: Any
) -> list[Citation]:
    return resolve(
        find_citations(text),
        document_number=None,
        document_date=None,
        issuer=issuer,
        issuer_unit=unit,
        text=text,
        judge=default_issuers(),
        **given,
    )


@pytest.mark.parametrize(("text", "expected"), MADE)
def test_issuer_and_date(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = _cited(text)
    assert [(one.number, one.date, one.issuer) for one in found] == expected
    assert all(text[slice(*one.span)] == one.as_printed for one in found)


def test_the_maker_is_no_part_of_the_citation() -> None:
    """It is the subject of the sentence, which the finding of its unit needs."""
    text = "UBND xã đã ban hành Kế hoạch số 3/KH-UBND."
    (found,) = _cited(text)
    assert text[slice(*found.extent)] == "Kế hoạch số 3/KH-UBND"


def _keys(text: str, issuer: str, unit: UnitMention, **given: Any) -> list[str]:
    return [one.key for one in _cited(text, issuer, unit, **given)]


OWN: list[tuple[str, str, UnitMention, str]] = [
    (
        "UBND xã đã ban hành Kế hoạch số 3/KH-UBND ngày 6/1/2022",
        "UBND XÃ KHE MẬN",
        COMMUNE,
        "kh:03:ubnd-khe-man:2022",
    ),
    (
        "Thực hiện Kế hoạch 112/KH-UBND ngày 20/7/2025, UBND tỉnh thông báo",
        "UBND TỈNH ĐÔNG LĨNH",
        PROVINCE,
        "kh:112:ubnd-dong-linh:2025",
    ),
    # a commune acts on others' plans too
    (
        "Thực hiện Kế hoạch 112/KH-UBND ngày 20/7/2025, UBND xã báo cáo",
        "UBND XÃ KHE MẬN",
        COMMUNE,
        "kh:112:ubnd:2025",
    ),
    (
        "Xã Nà Phin còn thiếu Kế hoạch 112/KH-UBND ngày 20/7/2025",
        "UBND TỈNH ĐÔNG LĨNH",
        PROVINCE,
        "kh:112:ubnd:2025",
    ),
    # a name of a commune with the syllable of a province in it
    (
        "Xã Phước Tỉnh Hạ chưa thực hiện Quyết định số 15/QĐ-UBND của Chủ tịch UBND tỉnh.",
        "UBND XÃ PHƯỚC TỈNH HẠ",
        UnitMention("Xã Phước Tỉnh Hạ", "commune", "XÃ PHƯỚC TỈNH HẠ"),
        "qd:15:ubnd-tinh",
    ),
    (
        "UBND Tỉnh Đông Lĩnh yêu cầu theo Quyết định số 15/QĐ-UBND của UBND tỉnh.",
        "UBND XÃ KHE MẬN",
        COMMUNE,
        "qd:15:ubnd-dong-linh",
    ),
]


@pytest.mark.parametrize(("text", "issuer", "unit", "key"), OWN)
def test_key(text: str, issuer: str, unit: UnitMention, key: str) -> None:
    assert _keys(text, issuer, unit) == [key]


LETTER = """\
UBND HUYỆN CAO SA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}

Cao Sa, ngày 09 tháng 7 năm 2018

KẾT LUẬN
Kiểm tra công tác cải cách hành chính

1. Xã Vân Thủy chưa phân công cán bộ đầu mối CCHC bằng văn bản.

Nơi nhận:
- Lưu: VT.

CHỦ TỊCH

Hoàng Văn Páo
"""


def test_a_document_as_another_one_cites_it(structured: Callable[..., list[Structured]]) -> None:
    (only,) = structured(LETTER.format(number="41/KL-UBND"), ".txt")
    document: Document = only.document
    found = as_cited(document)
    assert isinstance(found, Citation)
    assert (found.kind, found.number, found.date) == ("kết luận", "41/KL-UBND", "2018-07-09")
    assert found.issuer == "UBND huyện Cao Sa"
    assert document.text[slice(*found.span)] == found.as_printed


@pytest.mark.parametrize("number", ["", "      /KL-UBND"])
def test_a_document_without_a_number_cannot_be_cited(
    number: str, structured: Callable[..., list[Structured]]
) -> None:
    (only,) = structured(LETTER.format(number=number), ".txt")
    assert as_cited(only.document) is None


@pytest.mark.parametrize(
    ("day", "key"), [("09/7/2018", "kl:41:ubnd-cao-sa:2018"), ("09/7/2017", "kl:41:ubnd:2017")]
)
def test_a_document_of_the_same_file_is_recognised_by_its_day(day: str, key: str, tmp_path: Path) -> None:
    answer = LETTER.format(number="29/BC-UBND").replace("HUYỆN CAO SA", "XÃ VÂN THỦY")
    answer = answer.replace("KẾT LUẬN\nKiểm tra", "BÁO CÁO\nKết quả").replace("ngày 09", "ngày 25")
    answer = answer.replace("1. Xã", f"Thực hiện Kết luận số 41/KL-UBND ngày {day}:\n\n1. Xã")
    path = tmp_path / "two.txt"
    path.write_text(LETTER.format(number="41/KL-UBND") + "\n\n" + answer, encoding="utf-8")
    _, second = process(path, path.name)
    assert [cited.key for cited in second.citations] == [key]
