"""The words around a figure or in a statement that say what exactly is meant.

Two figures are about one thing if the same indicator stands with the same narrowing words. What never
narrows ("đạt", "tỷ lệ", "hồ sơ") is listed in ``neutral.toml``; every other word narrows, so that a doubt
ends in silence.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from extract.vietnamese import LOWER, UPPER, fold

Span = tuple[int, int]

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("neutral.toml").read_text(encoding="utf-8"))
_PHRASES = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(fold(phrase))}(?!\w)"
        for phrase in sorted(DATA["phrases"], key=len, reverse=True)
    )
)
_SYNONYMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{entry['said']})(?!\w)"), entry["meant"]) for entry in DATA["synonym"]
)
_WORDS = frozenset(fold(word) for word in DATA["words"])
_PLACE = re.compile(
    rf"(?:(?:các )?(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|"
    rf"UBND)\s+)*[{UPPER}][{LOWER}'’]+(?:[ -][{UPPER}][{LOWER}'’]+)+"
    rf"|(?:xã|phường|thị trấn)\s+[{UPPER}][{LOWER}'’]+",
)
_FIGURE = re.compile(r"\(?\s*\d[\d.,/]*\s?%?\s*\)?")
_KEPT = re.compile(
    r"(?<!\w)(?:muc do|muc|khoa|giai doan|nhiem ky|quy|thang|nam|ngay)\s+(?:\d[\d/.,]*|"
    r"i{1,3}v?(?!\w)|iv(?!\w))(?:\s*(?:va|,|-)\s*\d)?"
)
_CUT = re.compile(r"[.!?](?=\s|$)|[;\n]")
_WHOLE_CUT = re.compile(r"[.!?](?=\s|$)|\n")
_PERCENT = re.compile(r"\d{1,4}(?:[.,]\d+)?\s?%")


_ANOTHER_COUNT = re.compile(
    r"(?<!\w)(?:báo cáo của xã|xã báo cáo|số liệu xã|trên phần mềm|theo phần mềm|theo sổ|tự chấm|"
    r"tự đánh giá)(?!\w)",
    re.IGNORECASE,
)
_ANOTHER_TIME = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|quý trước|so với|trước đó|trước đây|ban đầu|đầu năm "
    r"(?:chỉ|mới|là|còn)|"
    r"chỉ tiêu|mục tiêu|kế hoạch giao|đăng ký|phấn đấu|yêu cầu|ước|dự kiến)(?!\w)",
    re.IGNORECASE,
)


def is_another_time(words: str) -> bool:
    """Whether words speak of another time or of a plan."""
    return bool(_ANOTHER_TIME.search(words))


def is_another_count(words: str) -> bool:
    """Whether a figure is somebody else's: of a software, a register, the unit's own report."""
    return bool(_ANOTHER_COUNT.search(words))


def times(words: frozenset[str]) -> frozenset[str]:
    """Those of the narrowing words that name a time, a level or another number."""
    return frozenset(word for word in words if " " in word)


def content(words: str) -> frozenset[str]:
    """The narrowing words of a text: folded, without names of places, figures and neutral words."""
    said = fold(_PLACE.sub(" ", words))
    for pattern, meant in _SYNONYMS:
        said = pattern.sub(f" {meant} ", said)
    kept = {" ".join(found.split()) for found in _KEPT.findall(said)}
    said = _PHRASES.sub(" ", _FIGURE.sub(" ", _KEPT.sub(" ", said)))
    return frozenset(word for word in re.findall(r"[^\W\d_]+", said) if word not in _WORDS) | kept


def sentence(text: str, span: Span, *, whole: bool = False) -> Span:
    """The sentence, item or part of a list around ``span``; ``whole`` does not end it at a semicolon."""
    cut = _WHOLE_CUT if whole else _CUT
    # A line is never longer than what is looked at: walking a whole document for each figure would be
    # quadratic.
    floor = text.rfind("\n", 0, span[0]) + 1
    before = [hit.end() for hit in cut.finditer(text, floor, span[0])]
    after = cut.search(text, span[1])
    return (before[-1] if before else floor), (after.start() if after else len(text))


def around(text: str, span: Span) -> str:
    """The words that say what a percentage measures.

    In a list ("đạt thấp: A (4%), B (5%)") they stand before its first figure; a figure with words of its own
    behind the one before it has only these. What follows up to the next figure counts where it says the base.
    """
    begin, end = sentence(text, span)
    figures = [hit.span() for hit in _PERCENT.finditer(text, begin, end)]
    earlier = [one for one in figures if one[1] <= span[0]]
    later = [one for one in figures if one[0] >= span[1]]
    lead = text[begin : (earlier[0] if earlier else span)[0]]
    behind = text[span[1] : min(later[0][0] if later else end, span[1] + 60)]
    behind = re.split(r"[,;.)\n]", behind.lstrip(" )"))[0]
    if not earlier:
        return f"{lead} {behind}"
    near = text[earlier[-1][1] : span[0]]
    own = content(near)
    return f"{near} {behind}" if own else f"{lead} {near} {behind}"
