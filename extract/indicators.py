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


def indicators_in(text: str, span: Span) -> list[Hit]:
    """All standard indicators that ``text[span]`` names, by pattern and place."""
    folded = fold(text[slice(*span)])
    return [
        (hit.start() + span[0], hit.end() + span[0], name)
        for name, pattern in _INDICATORS
        for hit in pattern.finditer(folded)
    ]


def standard_indicators(words: str) -> list[str]:
    """The names of the standard indicators that ``words`` speak of, in reading order, each once."""
    return list(dict.fromkeys(name for _, _, name in sorted(indicators_in(words, (0, len(words))))))


def is_bad(indicator: str) -> bool:
    """Whether a high value of what is measured is a bad one ("Tỷ lệ hồ sơ trễ hạn")."""
    return any(name in BAD for name in standard_indicators(indicator))
