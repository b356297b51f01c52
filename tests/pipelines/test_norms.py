"""Laws, plans and texts of other kinds are read without blaming anybody; what reports among them still does.

No text here was trained on. The measure asked for: at most 1 in 1,000 sentences of law reads as a deficiency.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Document
from extract.errors import NotVietnamese
from extract.reading.read import read
from extract.structure.build import structure
from pipelines.road import process

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
LAWS = sorted((FIXTURES / "law").glob("*.txt"))
BY_ARTICLES = [path for path in LAWS if path.read_text("utf-8").count("\nĐiều ") > 1]


def test_most_of_the_texts_are_set_in_articles() -> None:
    assert len(BY_ARTICLES) >= 13


@pytest.mark.parametrize("path", BY_ARTICLES, ids=lambda path: path.stem)
def test_articles_blame_and_praise_nobody(path: Path) -> None:
    found = [finding for document in process(path, path.name) for finding in document.findings]
    assert found
    assert {finding.polarity for finding in found} <= {"information", "recommendation"}


OTHERS = sorted([*(FIXTURES / "other_texts").glob("*.txt"), *(FIXTURES / "law").rglob("*.txt")])
PLANS = {
    "chi-thi-chan-chinh-2018": None,
    "chi-thi-ky-luat-2024": "Đánh giá tình hình",
    "ke-hoach-cai-cach-xa-2023": "ĐÁNH GIÁ NĂM 2022",
    "ke-hoach-chi-so-2019": "THỰC TRẠNG",
    "ke-hoach-khac-phuc-2021": "TÌNH HÌNH, KẾT QUẢ NĂM 2020",
    "ke-hoach-thanh-tra-lai-2015": "NHỮNG TỒN TẠI ĐÃ ĐƯỢC KẾT LUẬN",
}
"""Plans and directives with the heading under which they report; one reports before its first demand."""
FIRST_DEMAND = "Để khắc phục, Chủ tịch"


def _read(path: Path) -> list[Document]:
    try:
        return process(path, path.name)
    except NotVietnamese:
        return []


def test_law_plans_and_texts_of_other_kinds_blame_nobody() -> None:
    found = [finding for path in OTHERS for document in _read(path) for finding in document.findings]
    assert len(found) > 1500
    blamed = [finding.text for finding in found if finding.polarity == "deficiency"]
    assert len(blamed) <= len(found) / 1000, blamed


def test_a_text_that_reports_nothing_says_so() -> None:
    for name in ("02-bai-tho", "03-tin-bao", "04-huong-dan-phan-mem", "06-ban-tin-thoi-tiet"):
        (document,) = _read(FIXTURES / "law" / "others" / f"{name}.txt")
        assert [one.code for one in document.warnings].count("no_report") == 1


@pytest.mark.parametrize("name", PLANS)
def test_what_a_plan_reports_stays_and_what_it_demands_blames_nobody(name: str) -> None:
    (document,) = process(FIXTURES / "plans" / f"{name}.txt", name)
    heading = PLANS[name]
    if heading is None:
        start, end = 0, document.text.index(FIRST_DEMAND)
    else:
        start, end = next(one.span for one in document.sections if heading in one.title)
    real = [one for one in document.findings if start <= one.span[0] < end]
    demands = [one for one in document.findings if not start <= one.span[0] < end]
    assert sum(one.polarity == "deficiency" for one in real) >= 4
    assert demands
    assert not [one.text for one in demands if one.polarity in ("deficiency", "achievement")]
    assert "no_report" not in [one.code for one in document.warnings]


def test_a_text_in_another_language_is_refused() -> None:
    path = FIXTURES / "law" / "others" / "05-english.txt"
    with pytest.raises(NotVietnamese):
        process(path, path.name)


def test_a_decision_that_names_communes_still_blames_them() -> None:
    path = FIXTURES / "strangers" / "quyet-dinh-2021.md"
    (document,) = process(path, path.name)
    blamed = {finding.unit.name for finding in document.findings if finding.polarity == "deficiency"}
    assert {"Xã Vạn Lộc", "Xã Kỳ Phong", "Xã Kỳ Thượng"} <= blamed


def test_one_article_quoted_in_a_report_makes_no_law(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.md"
    path.write_text(
        "# BÁO CÁO\n\n# Kết quả kiểm tra năm 2020\n\n## Tồn tại, hạn chế\n\n"
        "Điều 5. Quy chế của huyện nói về giờ tiếp dân.\n\n- Chưa niêm yết lịch tiếp công dân tại trụ sở.\n",
        encoding="utf-8",
    )
    assert structure(read(path))
    findings = [finding for document in process(path, path.name) for finding in document.findings]
    assert any(finding.polarity == "deficiency" for finding in findings)
