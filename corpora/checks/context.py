"""The words around a figure or in a statement that say what exactly is meant.

Two figures are about one thing if the same indicator stands with the same narrowing words. What never
narrows ("đạt", "tỷ lệ", "hồ sơ") is listed in ``neutral.toml``; every other word narrows, so that a doubt ends
in silence.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from corpora.checks.sheets import Span
from extract.vietnamese import LOWER, UPPER, fold

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("neutral.toml").read_text(encoding="utf-8"))
_PHRASES = re.compile(
    "|".join(rf"(?<!\w){re.escape(fold(phrase))}(?!\w)" for phrase in sorted(DATA["phrases"], key=len, reverse=True))
)
_SYNONYMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{entry['said']})(?!\w)"), entry["meant"]) for entry in DATA["synonym"]
)
_WORDS = frozenset(fold(word) for word in DATA["words"])
_PLACE = re.compile(
    rf"(?:(?:các )?(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|UBND)\s+)*[{UPPER}][{LOWER}'’]+(?:[ -][{UPPER}][{LOWER}'’]+)+"
    rf"|(?:xã|phường|thị trấn)\s+[{UPPER}][{LOWER}'’]+",
)
_FIGURE = re.compile(r"\(?\s*\d[\d.,/]*\s?%?\s*\)?")
_KEPT = re.compile(r"(?<!\w)(?:muc do|muc|khoa|giai doan|nhiem ky|quy|thang|nam|ngay)\s+\d[\d/.,]*(?:\s*(?:va|,|-)\s*\d)?")
_CUT = re.compile(r"[.!?](?=\s|$)|[;\n]")
_PERCENT = re.compile(r"\d{1,4}(?:[.,]\d+)?\s?%")


_ANOTHER_TIME = re.compile(
    r"(?<!\w)(?:cùng kỳ|năm trước|kỳ trước|quý trước|so với|trước đó|trước đây|ban đầu|đầu năm (?:chỉ|mới|là|còn)|"
    r"chỉ tiêu|mục tiêu|kế hoạch giao|đăng ký|phấn đấu|yêu cầu|tự chấm|tự đánh giá|ước|dự kiến|báo cáo của xã|"
    r"xã báo cáo|số liệu xã|trên phần mềm|theo phần mềm|theo sổ)(?!\w)",
    re.IGNORECASE,
)


def is_another_time(words: str) -> bool:
    """Whether words speak of another time, of a plan, or of somebody else's count."""
    return bool(_ANOTHER_TIME.search(words))


def content(words: str) -> frozenset[str]:
    """The narrowing words of a text: folded, without names of places, figures and neutral words."""
    said = fold(_PLACE.sub(" ", words))
    for pattern, meant in _SYNONYMS:
        said = pattern.sub(f" {meant} ", said)
    kept = {" ".join(found.split()) for found in _KEPT.findall(said)}
    said = _PHRASES.sub(" ", _FIGURE.sub(" ", _KEPT.sub(" ", said)))
    return frozenset(word for word in re.findall(r"[^\W\d_]+", said) if word not in _WORDS) | kept


def sentence(text: str, span: Span) -> Span:
    """The sentence, item or part of a list around ``span``."""
    before = [hit.end() for hit in _CUT.finditer(text, 0, span[0])]
    after = _CUT.search(text, span[1])
    return (before[-1] if before else 0), (after.start() if after else len(text))


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
