"""Answers in a word: cells such as "Đạt" or "Chưa", a tick, and lines of boxes of which one is ticked."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERDICT = (
    r"đạt|đầy đủ|đảm bảo|bảo đảm|tốt|khá|đúng|đúng (?:hạn|quy định)|nghiêm túc|"
    r"hoàn thành(?: (?:tốt|xuất sắc))?(?: (?:nhiệm vụ|kế hoạch))?"
)
_NOT_GOOD = rf"yếu|kém|(?:không|chưa) (?:{_VERDICT})"
_NO = re.compile(
    rf"(?:{_NOT_GOOD}|(?:không|chưa)(?: (?:có|thực hiện|ban hành|công khai|niêm yết))?)\.?", re.IGNORECASE
)
_YES = re.compile(rf"(?:có|đã có|đã thực hiện|{_VERDICT})\.?", re.IGNORECASE)
_GOOD = re.compile(rf"(?:{_VERDICT})\.?", re.IGNORECASE)
_BAD = re.compile(rf"(?:{_NOT_GOOD})\.?", re.IGNORECASE)
_WHOLE_VERDICT = re.compile(r"hoàn thành", re.IGNORECASE)
_TICK = re.compile(r"[xX×vV✓✔☑☒]")
_BOX = re.compile(r"(?P<ticked>[☑☒✓✔]|\[\s*[xX✓✔]\s*\])|[☐□▢]|\[\s*\]")


def is_no(words: str) -> bool:
    """Whether a cell says no: "Chưa", "Không đạt"."""
    return bool(_NO.fullmatch(words))


def is_yes(words: str) -> bool:
    """Whether a cell says yes: "Có", "Đạt"."""
    return bool(_YES.fullmatch(words))


def is_good(words: str) -> bool:
    """Whether a cell's yes is a verdict by itself ("Đạt", "Tốt"), not an answer to a question ("Có")."""
    return bool(_GOOD.fullmatch(words))


def is_bad(words: str) -> bool:
    """Whether a cell's no is a verdict by itself ("Không đạt", "Yếu"), not an answer ("Không")."""
    return bool(_BAD.fullmatch(words))


def says_of_what(words: str) -> bool:
    """Whether a verdict needs no words over it: "Không hoàn thành" is of the unit's tasks."""
    return bool((_GOOD.fullmatch(words) or _BAD.fullmatch(words)) and _WHOLE_VERDICT.search(words))


def is_tick(words: str) -> bool:
    """Whether a cell holds nothing but a mark."""
    return bool(_TICK.fullmatch(words))


def is_answer(words: str) -> bool:
    """Whether a cell is an answer or a tick that means nothing without the words over it."""
    return is_no(words) or is_yes(words) or is_tick(words)


@dataclass(frozen=True, slots=True)
class Ticked:
    """A question with boxes behind it: "Giờ giấc làm việc: ☐ Tốt ☒ Chưa tốt".

    ``answer`` are the words at the one box that is ticked, ``None`` where no box is, several are, or it
    cannot be told which words are whose.
    """

    question: str
    answer: str | None


def ticked(words: str) -> Ticked | None:
    """The question and the answer of a line of at least two boxes, ``None`` for all other lines."""
    boxes = list(_BOX.finditer(words))
    if len(boxes) < 2:
        return None
    question, colon, between = words[: boxes[0].start()].rpartition(":")
    between = between.strip(" .")
    if between and not colon:
        question, between = between, ""
    ends = [*(box.start() for box in boxes[1:]), len(words)]
    behind = [words[box.end() : end].strip(" ;,.\t\n") for box, end in zip(boxes, ends, strict=True)]
    if not between and all(behind):
        options = behind
    elif between and all(behind[:-1]) and not behind[-1]:
        options = [between, *behind[:-1]]  # "Tốt ☐ Chưa tốt ☒"
    else:
        options = []
    chosen = [option for box, option in zip(boxes, options, strict=False) if box["ticked"]]
    return Ticked(question.strip(" :."), chosen[0] if len(chosen) == 1 else None)
