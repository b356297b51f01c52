"""Whether two documents are one report twice: what their heads say, and what their texts say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from corpora.fold import fold
from corpora.likeness import Likeness, least
from corpora.names import bare

Verdict = Literal["same", "amended", "one_number", "unsure"]
"""One report twice; one report issued again with changes; two documents under one number; perhaps the same."""

_BELIEVED = 0.6
"""A header value below this confidence neither speaks for nor against."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the head of a document says, as far as it is believed, and how the document was read."""

    id: str
    source: str
    number: str | None
    date: str | None
    issuer: str | None
    unit: str | None
    kind: str | None
    period: tuple[str, str] | None
    scanned: bool
    draft: bool
    open_fields: int


def paper(record: Mapping[str, Any], source: str) -> Paper:
    """The head of a document's record."""
    sure = record["confidence"]

    def believed(name: str) -> Any:
        return record[name] if sure.get(name, 0.0) >= _BELIEVED else None

    unit, period = record["issuer_unit"], believed("period")
    scanned = bool(record.get("engine")) or any(
        page["origin"] in ("ocr", "mixed") for page in record.get("reading", ())
    )
    codes = {warning["code"] for warning in record["warnings"]}
    open_fields = sum(record[name] is None for name in ("number", "date", "issuer", "signer", "subject"))
    return Paper(
        id=record["id"],
        source=source,
        number=believed("number"),
        date=believed("date"),
        issuer=believed("issuer"),
        unit=unit["name"] if unit else None,
        kind=record["kind"],
        period=(period["start"], period["end"]) if period else None,
        scanned=scanned,
        draft="draft" in codes or (not scanned and record["number"] is None),
        open_fields=open_fields,
    )


def number_key(number: str | None) -> str | None:
    """A number for comparing: ``"07/BC-ĐKT"`` and ``"7 / BC-DKT"`` are one."""
    if not number:
        return None
    return re.sub(r"[^\w]+", "/", fold(number)).strip("/_").lstrip("0") or None


def judge(one: Paper, other: Paper, alike: Likeness) -> Verdict | None:
    """What two documents are to each other; ``None`` if nothing is to be said of them."""
    number, date = _same(number_key(one.number), number_key(other.number)), _same(one.date, other.date)
    office = _office(one, other)
    scanned = one.scanned or other.scanned
    facts = least((alike.numbers, alike.names))
    if office is False and not scanned and facts < 0.97:
        return None
    if number is False and (date is False or office is False):
        return None
    signs = sum(sign is True for sign in (number, date, office))
    against = sum(sign is False for sign in (number, date, office, _same(one.period, other.period)))
    if alike.text >= _enough(signs, against, scanned) and facts >= _agreeing(signs, against, scanned):
        return "same" if against == 0 or (against == 1 and signs >= 2) else "unsure"
    if number and office is not False and _one_year(one, other):
        if alike.text >= 0.5:
            return "amended" if not scanned else "unsure"
        if date is not False or not _one_kind(one, other):
            return "one_number"
        return "one_number"
    return None


def _enough(signs: int, against: int, scanned: bool) -> float:
    """How much of the text has to be common."""
    return (0.4 if scanned else 0.8) + 0.1 * max(0, 2 - signs)


def _agreeing(signs: int, against: int, scanned: bool) -> float:
    return 0.75 if scanned else 0.93


def _same(one: Any, other: Any) -> bool | None:
    return None if one is None or other is None else bool(one == other)


def _one_year(one: Paper, other: Paper) -> bool:
    return not (one.date and other.date) or one.date[:4] == other.date[:4]


def _one_kind(one: Paper, other: Paper) -> bool:
    return one.kind is None or other.kind is None or one.kind == other.kind


def _office(one: Paper, other: Paper) -> bool | None:
    """Whether both were issued by one body: its unit first, then the body's name."""
    if one.unit and other.unit:
        units = bare(one.unit), bare(other.unit)
        same = units[0] == units[1] or (
            (one.scanned or other.scanned) and _near(units[0], units[1]) >= 0.8
        )
        if not same:
            return False
    if one.issuer and other.issuer:
        return _near(one.issuer, other.issuer) >= 0.6
    return True if one.unit and other.unit else None


def _near(one: str, other: str) -> float:
    first, second = sorted((fold(one), fold(other)))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
