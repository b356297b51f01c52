"""The labels a finding may carry, read from ``labels.toml``: codes in order, with their names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from extract.errors import UsageError

Kind = Literal["polarity", "area", "type"]


@dataclass(frozen=True, slots=True)
class Label:
    """One label: ``code`` is what files carry, ``vi`` what people see, ``en`` a gloss."""

    code: str
    vi: str
    en: str


def _load() -> dict[str, Mapping[str, Label]]:
    with Path(__file__).with_name("labels.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {
        kind: MappingProxyType({row["code"]: Label(row["code"], row["vi"], row["en"]) for row in rows})
        for kind, rows in tables.items()
    }


_LABELS: Final = _load()

POLARITIES: Final = _LABELS["polarity"]
"""What a statement does: deficiency, achievement, recommendation, information."""

AREAS: Final = _LABELS["area"]
"""The seven areas of the commune-level reform index."""

TYPES: Final = _LABELS["type"]
"""Types of deficiency."""


def check(kind: Kind, code: str) -> str:
    """Return ``code`` if it is a label of ``kind``; :class:`UsageError` lists the valid codes if not."""
    labels = _LABELS[kind]
    if code not in labels:
        raise UsageError(f"Unknown {kind} '{code}'. Valid: {', '.join(labels)}.")
    return code
