"""What may have to be said of a unit that was linked, and how much surer or less sure it makes it."""

from __future__ import annotations

from extract.document import UnitMention

MARKS = {
    "misspelt": "the printed name differs from the register's",
    "other_kind": "the printed kind differs from the register's at the document's date",
    "ended": "the unit had ended before the document's date",
    "not_yet": "the unit began after the document's date",
    "unsure_date": "the register is not sure that the unit existed at the document's date",
    "outside": "found outside the issuer's district or province",
    "before_register": "the document is older than what the national register tells of",
    "unknown": "the document's district or province is known, and has no unit of this name",
}
"""What ``UnitMention.marks`` may hold."""

_QUALITY = {
    "unknown": 0.85,
    "other_kind": 0.92,
    "misspelt": 0.88,
    "ended": 0.95,
    "not_yet": 0.9,
    "unsure_date": 0.95,
    "before_register": 0.95,
    "outside": 0.85,
}


def link_quality(unit: UnitMention) -> float:
    """How sure a finding's unit is, given how it was linked, as a factor of the other evidence."""
    if unit.candidates:
        return 0.75
    return min((_QUALITY[mark] for mark in unit.marks), default=1.0)
