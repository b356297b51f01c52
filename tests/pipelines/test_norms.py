"""Laws and rules are read without blaming anybody; a decision that names communes still does."""

from __future__ import annotations

from pathlib import Path

import pytest

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
