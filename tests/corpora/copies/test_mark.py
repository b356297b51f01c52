"""One report twice: noticed, marked, counted once, and settled whatever the order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path

import pytest
from invented import document

from corpora.copies.judge import number_key
from corpora.copies.mark import mark_copies
from corpora.copies.texts import compare, imprint
from corpora.dataset import FILE_NAME, Dataset
from corpora.ledger import Incoming
from corpora.search import search
from extract.document import Document
from extract.pages import Caution, Page

Put = Callable[..., str]

BODY = [
    "Thực hiện Kế hoạch số 17/KH-UBND ngày 15/01/2021, Đoàn kiểm tra đã làm việc với 12 xã, thị trấn trong huyện.",
    "Xã Khe Mận tiếp nhận 412 hồ sơ, giải quyết đúng hạn 398 hồ sơ, còn 14 hồ sơ đất đai quá hạn từ 5 đến 20 ngày.",
    "Xã Bãi Sậy chưa niêm yết 23 thủ tục lĩnh vực bảo trợ xã hội, người dân phải hỏi trực tiếp công chức.",
    "Thị trấn Lũng Vàng ký số 286 văn bản đi, đạt 71,5%, cao hơn bình quân toàn huyện là 48,2%.",
    "Xã Ngàn Sim, xã Đồng Bản chậm gửi báo cáo quý II từ 7 đến 12 ngày so với yêu cầu của Phòng Nội vụ.",
    "Xã Nà Pheo đã mở sổ theo dõi, phân công công chức phụ trách, song hồ sơ năm 2020 chưa đánh số trang.",
]
FINDING = ("Xã Khe Mận", "deficiency", "procedures", "late", "Hồ sơ đất đai của xã Khe Mận quá hạn nhiều.")


def report(name: str, lines: Iterable[str] = BODY, **more: object) -> Document:
    given = {
        "number": "07/BC-ĐKT",
        "date": "2021-11-26",
        "issuer": "ĐOÀN KIỂM TRA CCHC",
        "year": 2021,
        **more,
    }
    return document(*lines, FINDING, name=name, content=f"{name}", **given)  # type: ignore[arg-type]


def scan(name: str, **more: object) -> Document:
    """A recognised copy: every eighth syllable has lost its marks or a letter."""
    chance = random.Random(1)
    lines = [
        " ".join(word[:-1] if len(word) > 3 and chance.random() < 0.12 else word for word in line.split())
        for line in BODY
    ]
    made = report(name, lines, **more)
    made.engine = "tesseract"
    made.reading = [Page(1, [], "ocr")]
    return made


def draft(name: str) -> Document:
    made = report(name, number=None, date=None)
    made.warnings = [Caution("draft", "Văn bản là dự thảo.")]
    return made


def marks(dataset: Dataset) -> dict[str, str | None]:
    names = {
        row["id"]: row["name"]
        for row in dataset.query("SELECT d.id, s.name FROM documents d JOIN sources s ON s.id = d.source_id")
    }
    return {
        names[row["id"]]: names.get(row["duplicate_of"])
        for row in dataset.query("SELECT id, duplicate_of FROM documents")
    }


def verdicts(dataset: Dataset) -> list[str]:
    return [row["verdict"] for row in dataset.query("SELECT verdict FROM alike ORDER BY first, second")]


def test_a_scan_repeats_the_typed_report_and_says_so(dataset: Dataset, put: Put) -> None:
    put(scan("a-scan.pdf"))
    put(report("b.docx"))
    assert mark_copies(dataset).duplicates == 1
    assert marks(dataset) == {"a-scan.pdf": "b.docx", "b.docx": None}
    (record,) = (one for one in dataset.records("a-scan.pdf") if one["record"] == "document")
    original = next(one["id"] for one in dataset.records("b.docx") if one["record"] == "document")
    assert record["duplicate_of"] == original
    assert [warning["code"] for warning in record["warnings"]] == ["duplicate"]
    assert "b.docx" in record["warnings"][0]["message"]


def test_a_copy_answers_a_search_only_when_it_is_asked(dataset: Dataset, put: Put) -> None:
    from corpora.filters import Filters

    put(report("a.md"))
    put(report("b.docx"))
    mark_copies(dataset)
    assert {hit.source for hit in search(dataset, "niêm yết")} == {"a.md"}
    assert {hit.source for hit in search(dataset, "niêm yết", Filters(document="b.docx"))} == {"b.docx"}
    assert len([one for one in dataset.records() if one["record"] == "document"]) == 2


def test_the_original_does_not_depend_on_the_order(tmp_path: Path) -> None:
    copies = [scan("a-scan.pdf"), draft("b-draft.docx"), report("c.docx"), report("d.md")]
    seen = set()
    for at, order in enumerate(permutations(copies)):
        with Dataset.open(tmp_path / str(at) / FILE_NAME, create=True) as dataset:
            for place, one in enumerate(order):
                decision = dataset.begin(Incoming(f"/x/{one.source}", one.source, one.source_sha256, 1))
                dataset.store(decision.source_id, [one], {}, 1)
                if place % 2:
                    mark_copies(dataset)
            mark_copies(dataset)
            seen.add(tuple(sorted(marks(dataset).items(), key=str)))
    assert seen == {
        (("a-scan.pdf", "c.docx"), ("b-draft.docx", "c.docx"), ("c.docx", None), ("d.md", "c.docx"))
    }


def test_a_forgotten_original_leaves_the_next_best(dataset: Dataset, put: Put) -> None:
    for one in (report("a.md"), report("b.docx"), scan("c-scan.pdf")):
        put(one)
    mark_copies(dataset)
    dataset.forget("a.md")
    mark_copies(dataset)
    assert marks(dataset) == {"b.docx": None, "c-scan.pdf": "b.docx"}
    dataset.forget("b.docx")
    mark_copies(dataset)
    assert marks(dataset) == {"c-scan.pdf": None}
    (record,) = (one for one in dataset.records("c-scan.pdf") if one["record"] == "document")
    assert record["warnings"] == []


def test_a_draft_of_another_year_is_no_draft_of_this_one(dataset: Dataset, put: Put) -> None:
    other = draft("b-draft.docx")
    other.text = other.text.replace("412", "377").replace("71,5", "80,3").replace("286", "301")
    put(report("a.md"))
    put(other)
    assert mark_copies(dataset).duplicates == 0


def test_settling_again_changes_nothing(dataset: Dataset, put: Put) -> None:
    put(report("a.md"))
    put(scan("b-scan.pdf"))
    first = mark_copies(dataset)
    before = list(dataset.records())
    again = mark_copies(dataset)
    assert (first.compared, again.compared, again.pairs) == (2, 0, 0)
    assert list(dataset.records()) == before


def test_one_form_filled_by_two_districts_is_two(dataset: Dataset, put: Put) -> None:
    other = [
        line.replace("Khe Mận", "Gò Sến")
        .replace("Bãi Sậy", "Tân Hạ")
        .replace("Lũng Vàng", "Trảng Dầu")
        .replace("Ngàn Sim", "Bình Kho")
        for line in BODY
    ]
    put(report("a.md"))
    put(report("b.md", other, district="Huyện Đồng Kho Hạ"))
    assert mark_copies(dataset).duplicates == 0


def test_one_form_filled_in_two_years_is_two(dataset: Dataset, put: Put) -> None:
    later = [
        line.replace("2021", "2022")
        .replace("412", "377")
        .replace("71,5", "80,3")
        .replace("14 hồ sơ", "9 hồ sơ")
        for line in BODY
    ]
    put(report("a.md"))
    put(report("b.md", later, date="2022-11-24", year=2022))
    put(report("c.md", later, date=None, number=None, year=2022))
    assert marks(dataset)["a.md"] is None
    mark_copies(dataset)
    assert marks(dataset)["a.md"] is None
    assert marks(dataset)["b.md"] is None


def test_what_people_have_answered_stands_for_its_better_copy(dataset: Dataset, put: Put) -> None:
    put(scan("a-scan.pdf"))
    put(report("b.docx"))
    put(draft("c-draft.docx"))
    mark_copies(dataset)
    assert marks(dataset)["b.docx"] is None

    def answer(name: str) -> None:
        with dataset.transaction() as connection:
            connection.execute(
                """UPDATE findings SET status = 'accepted' WHERE document_id IN (SELECT d.id FROM documents d
                JOIN sources s ON s.id = d.source_id WHERE s.name = ?)""",
                (name,),
            )
        mark_copies(dataset)

    answer("c-draft.docx")
    assert marks(dataset)["b.docx"] is None  # a draft never stands for what was issued
    answer("a-scan.pdf")
    assert marks(dataset) == {"a-scan.pdf": None, "b.docx": "a-scan.pdf", "c-draft.docx": "a-scan.pdf"}
    answer("b.docx")
    assert marks(dataset)["b.docx"] is None  # answered as much: the typed one again


def test_a_scan_of_next_years_form_is_no_copy_though_its_day_is_not_read(dataset: Dataset, put: Put) -> None:
    later = [line.replace("2021", "2022").replace("2020", "2021") for line in BODY]
    put(report("a.md", [*BODY, "Năm 2021 huyện có 12 xã; kế hoạch năm 2021 giao 9 việc."]))
    other = report(
        "b-scan.pdf",
        [*later, "Năm 2022 huyện có 12 xã; kế hoạch năm 2022 giao 9 việc."],
        date=None,
        year=None,
    )
    other.engine = "tesseract"
    put(other)
    assert mark_copies(dataset).duplicates == 0


def test_a_report_issued_again_with_changes_is_no_copy(dataset: Dataset, put: Put) -> None:
    changed = [line.replace("412", "421").replace("398", "389") for line in BODY]
    put(report("a.md"))
    put(report("b.md", changed))
    assert mark_copies(dataset).duplicates == 0
    assert verdicts(dataset) == ["amended"]


def test_two_documents_of_one_number_are_a_conflict(dataset: Dataset, put: Put) -> None:
    other = [
        "Phòng Tư pháp phối hợp mở lớp bồi dưỡng nghiệp vụ hộ tịch cho công chức các xã vùng cao trong tháng 3.",
        "Nhà văn hóa thôn được sửa chữa bằng nguồn xã hội hóa, bàn giao trước mùa mưa, bảo đảm nơi hội họp.",
    ]
    put(report("a.md"))
    put(report("b.md", other))
    assert mark_copies(dataset).duplicates == 0
    assert verdicts(dataset) == ["one_number"]


def test_a_reply_that_quotes_half_of_a_letter_is_no_copy(dataset: Dataset, put: Put) -> None:
    reply = [
        *BODY[:3],
        "UBND xã xin giải trình như sau: công chức phụ trách nghỉ thai sản, xã đã bố trí người thay thế.",
    ]
    put(report("a.md"))
    put(
        report(
            "b.md",
            reply,
            number="55/UBND-VP",
            date="2021-12-03",
            issuer="UBND XÃ KHE MẬN",
            district="Xã Khe Mận",
        )
    )
    mark_copies(dataset)
    assert verdicts(dataset) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("07/BC-ĐKT", "7/BC-DKT", True),
        ("07 / BC - ĐKT", "07/BC-ĐKT", True),
        ("17/BC-ĐKT", "7/BC-ĐKT", False),
        ("07/BC-ĐKT", "07/BC-UBND", False),
    ],
)
def test_numbers_are_compared_without_blanks_and_marks(one: str, other: str, same: bool) -> None:
    assert (number_key(one) == number_key(other)) is same


def test_likeness_does_not_mind_the_order_nor_tone_marks() -> None:
    from extract.vietnamese import fold

    text, other = "\n".join(BODY), "\n".join(BODY[:4])
    assert compare(imprint(text), imprint(other)) == compare(imprint(other), imprint(text))
    bare = compare(imprint(text), imprint(fold(text)))
    assert bare.text == 1.0
    assert bare.numbers == 1.0
