"""The standard indicators of reform reports, found by their wording; the wordings are ``indicators.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from extract.document import Span
from extract.vietnamese import fold

Hit = tuple[int, int, str]
"""Start and end in the text, and the indicator's name."""

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("indicators.toml").read_text(encoding="utf-8"))
_ENTRIES = DATA["indicator"]
_INDICATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (entry["name"], re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"])))
    for entry in _ENTRIES
)
BAD: frozenset[str] = frozenset(entry["name"] for entry in _ENTRIES if entry.get("bad"))
"""Those of which a high value is a bad one."""


_MISSING: dict[str, str] = {
    entry["name"]: entry.get("missing", f"chưa {entry['name']}") for entry in _ENTRIES if not entry.get("bad")
}
"""What is measured where a rate is that of what was not done: "12% hồ sơ chưa được số hóa"."""
_PLAIN = {missing: name for name, missing in _MISSING.items()}
_NOT_DONE = re.compile(rf"(?<!\w)(?:chưa|không)(?:\s+(?:{'|'.join(DATA['auxiliary'])}))*\s*$", re.IGNORECASE)
_NOT_INSIDE = re.compile(
    rf"(?<!\w)(?:chưa|không)(?:\s+(?:{'|'.join(DATA['auxiliary'])}))*\s+\S+(?:\s+\S+)?$", re.IGNORECASE
)
_LONGEST_VERB = 40


def indicators_in(text: str, span: Span) -> list[Hit]:
    """All standard indicators that ``text[span]`` names, by pattern and place.

    Where the words deny it ("chưa số hóa", "không giải quyết đúng hạn"), what is measured is what is
    missing, and the indicator is another one: "chưa số hóa …", "hồ sơ trễ hạn".
    """
    folded = fold(text[slice(*span)])
    hits = [
        (hit.start() + span[0], hit.end() + span[0], name)
        for name, pattern in _INDICATORS
        for hit in pattern.finditer(folded)
    ]
    return [
        (a, b, _MISSING[name]) if name in _MISSING and _is_denied(text, span[0], a, b) else (a, b, name)
        for a, b, name in hits
    ]


def _is_denied(text: str, start: int, a: int, b: int) -> bool:
    before = text[max(start, a - _LONGEST_VERB) : a]
    return bool(_NOT_DONE.search(before) or _NOT_INSIDE.search(text[a:b]))


def done(indicator: str) -> str | None:
    """The indicator of which ``indicator`` is what is missing; ``None`` for all others."""
    return _PLAIN.get(indicator)


def standard_indicators(words: str) -> list[str]:
    """The names of the standard indicators that ``words`` speak of, in reading order, each once.

    A name speaks of itself.
    """
    if words in _PLAIN or any(words == name for name, _ in _INDICATORS):
        return [words]
    return list(dict.fromkeys(name for _, _, name in sorted(indicators_in(words, (0, len(words))))))


def is_bad(indicator: str) -> bool:
    """Whether a high value of what is measured is a bad one ("Tỷ lệ hồ sơ trễ hạn")."""
    return any(name in BAD or name in _PLAIN for name in standard_indicators(indicator))
