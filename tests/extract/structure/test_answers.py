"""Answers in a word and lines of boxes."""

from __future__ import annotations

import pytest

from extract.structure.answers import is_bad, is_good, is_no, is_yes, says_of_what, ticked


@pytest.mark.parametrize(
    "words", ["Không đạt", "chưa đầy đủ", "Không hoàn thành nhiệm vụ", "Yếu", "Chưa tốt."]
)
def test_bad_verdicts(words: str) -> None:
    assert is_no(words) and is_bad(words) and not is_yes(words) and not is_good(words)


@pytest.mark.parametrize("words", ["Không", "Chưa", "Chưa có", "Chưa niêm yết"])
def test_a_no_alone_is_no_verdict(words: str) -> None:
    assert is_no(words) and not is_bad(words)


@pytest.mark.parametrize(
    ("words", "alone"),
    [("Hoàn thành tốt", True), ("Chưa hoàn thành", True), ("Đạt", False), ("Không đạt", False)],
)
def test_only_a_verdict_on_tasks_speaks_alone(words: str, alone: bool) -> None:
    assert says_of_what(words) == alone


@pytest.mark.parametrize(
    ("line", "question", "answer"),
    [
        ("Giờ giấc làm việc: ☐ Tốt ☒ Chưa tốt", "Giờ giấc làm việc", "Chưa tốt"),
        ("Giờ giấc làm việc: Tốt ☐ Chưa tốt ☒", "Giờ giấc làm việc", "Chưa tốt"),
        ("Giờ giấc làm việc [x] Tốt [ ] Chưa tốt", "Giờ giấc làm việc", "Tốt"),
        ("Giờ giấc: ☑ Tốt ☐ Khá ☐ Kém", "Giờ giấc", "Tốt"),
        ("Giờ giấc: ☑ Tốt ☑ Chưa tốt", "Giờ giấc", None),
        ("Giờ giấc: ☐ Tốt ☐ Chưa tốt", "Giờ giấc", None),
        ("Giờ giấc: Tốt ☐ Khá ☒ Kém", "Giờ giấc", None),
    ],
)
def test_the_one_box_that_is_ticked(line: str, question: str, answer: str | None) -> None:
    found = ticked(line)
    assert found is not None and (found.question, found.answer) == (question, answer)


@pytest.mark.parametrize("line", ["Giờ giấc làm việc chưa tốt", "☒ Chưa tốt", "Xem mục [1] và [2]"])
def test_other_lines_have_no_boxes(line: str) -> None:
    assert ticked(line) is None
