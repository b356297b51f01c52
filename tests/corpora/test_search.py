"""What a person types and what a person expects to find."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import document

from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.search import Hit, search
from corpora.wording import parse
from extract.document import Citation
from extract.errors import UsageError

SIGNED = ("Xã Khe Mận", "deficiency", "digital", "low_usage", "Ít dùng chữ ký số khi gửi văn bản đi.")
FORM = ("Xã Bãi Sậy", "deficiency", "steering", "wrong_form", "Kế hoạch sai thể thức, căn cứ 739/QĐ-UBND.")
HOW = (
    "Xã Bãi Sậy",
    "achievement",
    "digital",
    "",
    "Cụ thể hóa chỉ tiêu thế nào đều có sổ theo dõi, đạt 8,59%.",
)
SPEND = (
    "Phòng Nội vụ",
    "deficiency",
    "public_finance",
    "not_issued",
    "Chưa ban hành quy chế chi tiêu nội bộ.",
)
HEAD = "ỦY BAN NHÂN DÂN HUYỆN LŨNG VÀNG"

Put = Callable[..., str]


@pytest.fixture(autouse=True)
def archive(put: Put) -> None:
    put(
        document(
            *(HEAD, "Số: 45/BC-ĐKT", "Kết quả kiểm tra công tác năm 2022", SIGNED, FORM),
            *("Nơi nhận: lưu văn thư. Trần Đình Khoáng",),
            name="2022.pdf",
            number="45/BC-ĐKT",
            date="2022-11-05",
            year=2022,
            pages=3,
        )
    )
    put(
        document(
            *("Nội dung khác của năm", HOW, SPEND),
            name="2023.md",
            number="02/BC-ĐKT",
            date="2023-06-01",
            signer="Lò Văn Pảo",
        )
    )


def found(dataset: Dataset, query: str, **limits: object) -> list[str]:
    return [hit.text for hit in search(dataset, query, Filters(**limits))]  # type: ignore[arg-type]


def marked(hit: Hit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.highlights]


@pytest.mark.parametrize(
    "query", ["chu ky so", "chữ ký số", '"chữ ký số"', '"chu ky so"', "CHỮ KÝ SỐ", "chữ kí số"]
)
def test_words_are_found_with_and_without_marks(dataset: Dataset, query: str) -> None:
    hits = search(dataset, query)
    assert [hit.text for hit in hits] == [SIGNED[-1]]
    assert marked(hits[0]) == ["chữ ký số"]
    hit = hits[0]
    assert (hit.number, hit.date, hit.source, hit.page) == ("45/BC-ĐKT", "2022-11-05", "2022.pdf", 2)
    assert hit.unit is not None
    assert (hit.unit["name"], hit.polarity, hit.area, hit.types) == (
        *("Xã Khe Mận", "deficiency", "digital"),
        ("low_usage",),
    )


@pytest.mark.parametrize(
    "query", ["739/qđ-ubnd", "739/qd-ubnd", '"739/QĐ-UBND"', "QĐ 739", "qd 739", "739 / QĐ-UBND"]
)
def test_a_cited_number_is_found_however_typed(dataset: Dataset, query: str) -> None:
    hits = search(dataset, query)
    assert [hit.text for hit in hits] == [FORM[-1]]
    assert marked(hits[0]) == ["739/QĐ-UBND"]


@pytest.mark.parametrize(
    "query", ["quyết định 739", "quyết định số 739", "QĐ số 739/QĐ-UBND", "739/qđ", "sai 739/qd-ubnd"]
)
def test_a_number_is_found_by_its_kind_and_in_part(dataset: Dataset, query: str) -> None:
    assert found(dataset, query) == [FORM[-1]]


@pytest.mark.parametrize(
    "query", ["740/qđ-ubnd", "739/kh-ubnd", "KH 739", '"số ký chữ"', "chữ xyz", "thể thao"]
)
def test_what_is_not_there_is_not_found(dataset: Dataset, query: str) -> None:
    assert found(dataset, query) == []


def test_the_documents_own_number_is_found_in_the_text_and_where_the_text_has_lost_it(
    dataset: Dataset,
) -> None:
    for query in ("45/BC-ĐKT", "45/bc-dkt", "BC 45"):
        assert found(dataset, query) == ["Số: 45/BC-ĐKT"]
    hit = search(dataset, "02/bc-đkt")[0]
    assert hit.source == "2023.md"
    assert hit.span is None
    assert marked(hit) == ["02/BC-ĐKT"]


def test_a_short_printed_number_is_found_by_the_full_one_and_back(dataset: Dataset, put: Put) -> None:
    short = document("Căn cứ NĐ 30/NĐ-CP về văn thư.", name="nd.md")
    short.citations = [
        Citation("nghị định", "30/2020/NĐ-CP", "30/NĐ-CP", (10, 18), (7, 18), id="c1", document=short.id)
    ]
    put(short)
    for query in ("30/2020/nđ-cp", "30/nd-cp", "nghị định 30", "Nghị định số 30/2020/NĐ-CP"):
        assert [marked(hit) for hit in search(dataset, query)] == [["30/NĐ-CP"]]
    assert found(dataset, "30/2011/nđ-cp") == []


def test_marks_typed_count(dataset: Dataset) -> None:
    assert found(dataset, "thể thức") == [FORM[-1]]
    assert found(dataset, "thế") == [HOW[-1]]
    assert set(found(dataset, "the")) == {FORM[-1], HOW[-1]}
    assert found(dataset, "chi tiêu") == [SPEND[-1]]
    assert set(found(dataset, "chi tieu")) == {SPEND[-1], HOW[-1]}


def test_a_text_that_lost_its_marks_comes_after_exact_hits(dataset: Dataset, put: Put) -> None:
    put(document("Khong dung chu ky so dien tu.", name="khong-dau.txt"))
    assert [hit.source for hit in search(dataset, "chữ ký số")] == ["2022.pdf", "khong-dau.txt"]
    assert marked(search(dataset, "chữ ký số")[1]) == ["chu ky so"]


def test_words_side_by_side_come_first(dataset: Dataset, put: Put) -> None:
    put(document("Chữ viết tay, ký nháy, số lượng lớn chữ ký lẫn số.", name="a.md"))
    assert [hit.source for hit in search(dataset, "chữ ký số")] == ["2022.pdf", "a.md"]
    assert [hit.source for hit in search(dataset, '"chữ ký số"')] == ["2022.pdf"]


def test_a_finding_wins_over_the_paragraph_that_holds_it(dataset: Dataset, put: Put) -> None:
    made = document("Mở đầu. " + SIGNED[-1] + " Kết thúc.", name="p.md")
    start = made.text.index(SIGNED[-1])
    other = document(SIGNED, name="p.md")
    finding = other.findings[0]
    finding.span, finding.document = (start, start + len(SIGNED[-1])), made.id
    made.findings = [finding]
    put(made)
    hits = [hit for hit in search(dataset, "chữ ký số") if hit.source == "p.md"]
    assert [hit.finding for hit in hits] == [finding.id]
    assert [hit.finding for hit in search(dataset, "mở đầu")] == [None]


def test_header_and_signer_are_found(dataset: Dataset) -> None:
    assert found(dataset, "uy ban nhan dan") == [HEAD]
    assert search(dataset, "trần đình khoáng")[0].page == 2
    assert "Lò Văn Pảo" in found(dataset, "lò văn pảo")[0]


def test_the_unit_helps_to_find_its_findings(dataset: Dataset) -> None:
    assert found(dataset, "khe mận ký số") == [SIGNED[-1]]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"unit": "bai say"}, [FORM, HOW]),
        ({"unit": "Xã Bãi Sậy", "polarity": "achievement"}, [HOW]),
        ({"year": 2022}, [FORM]),
        ({"year": 2023}, [HOW]),
        ({"area": "steering"}, [FORM]),
        ({"type": "wrong_form"}, [FORM]),
        ({"document": "45/bc-dkt"}, [FORM]),
        ({"unit": "Xã Ngàn Sim"}, []),
    ],
)
def test_filters(dataset: Dataset, limits: dict[str, object], expected: list[tuple[str, ...]]) -> None:
    assert set(found(dataset, "the", **limits)) == {finding[-1] for finding in expected}


def test_unknown_labels_and_documents_are_wrong_calls(dataset: Dataset) -> None:
    for limits in ({"area": "x"}, {"type": "x"}, {"polarity": "x"}, {"document": "x"}):
        with pytest.raises(UsageError):
            search(dataset, "the", Filters(**limits))


def test_the_limit_holds(dataset: Dataset) -> None:
    assert len(search(dataset, "the", limit=1)) == 1


def test_percentages_are_found_as_printed(dataset: Dataset) -> None:
    hits = search(dataset, "8,59%")
    assert [hit.text for hit in hits] == [HOW[-1]]
    assert marked(hits[0]) == ["8,59"]


def test_rejected_findings_are_not_found(dataset: Dataset, put: Put) -> None:
    made = document(("Xã Khe Mận", "deficiency", "digital", "late", "Ngoắt ngoéo."), name="r.md")
    made.findings[0].status = "rejected"
    put(made)
    assert found(dataset, "ngoắt ngoéo") == []


SYNTAX = st.text(alphabet="\"“”()*:^+-{}[]/\\.,; 'AND OR NOT NEAR chữ số qđ 739 \x00\n%_~&|", max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.one_of(SYNTAX, st.text(max_size=40)))
def test_no_text_breaks_a_search(dataset: Dataset, query: str) -> None:
    for hit in search(dataset, query):
        for start, end in hit.highlights:
            assert 0 <= start < end <= len(hit.text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(SYNTAX, st.text()))
def test_every_parsed_query_is_a_question_the_index_understands(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (exact, folded, place, place_folded, symbols)")
    for tier in parse(query).tiers():
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (tier.match,)).fetchall()
    connection.close()


@given(st.lists(st.sampled_from(["chữ", "ký", "chậm", "báo", "kế", "hoạch"]), min_size=1, max_size=6))
def test_words_stay_the_words_typed(words: list[str]) -> None:
    parsed = parse(" ".join(words))
    assert [atom.folded for atom in parsed.atoms] == list(
        dict.fromkeys(parse(w).atoms[0].folded for w in words)
    )
    assert parsed.exact
