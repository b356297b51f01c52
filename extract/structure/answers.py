"""Cells that answer the question over them in a word: "Đạt", "Chưa", a tick."""

from __future__ import annotations

import re

_NO = re.compile(
    r"(?:yếu|kém)\.?|(?:không|chưa)(?: (?:đạt|có|thực hiện|ban hành|công khai|niêm yết|đảm bảo|bảo đảm))?\.?",
    re.IGNORECASE,
)
_YES = re.compile(r"(?:có|đạt|đã có|đã thực hiện|đầy đủ|đảm bảo|bảo đảm|tốt|khá)\.?", re.IGNORECASE)
_GOOD = re.compile(r"(?:đạt|đầy đủ|đảm bảo|bảo đảm|tốt|khá)\.?", re.IGNORECASE)
_TICK = re.compile(r"[xX×vV✓✔☑]")


def is_no(words: str) -> bool:
    """Whether a cell says no: "Chưa", "Không đạt"."""
    return bool(_NO.fullmatch(words))


def is_yes(words: str) -> bool:
    """Whether a cell says yes: "Có", "Đạt"."""
    return bool(_YES.fullmatch(words))


def is_good(words: str) -> bool:
    """Whether a cell's yes is a verdict by itself ("Đạt", "Tốt"), not an answer to a question ("Có")."""
    return bool(_GOOD.fullmatch(words))


def is_tick(words: str) -> bool:
    """Whether a cell holds nothing but a mark."""
    return bool(_TICK.fullmatch(words))


def is_answer(words: str) -> bool:
    """Whether a cell is an answer or a tick that means nothing without the words over it."""
    return is_no(words) or is_yes(words) or is_tick(words)
