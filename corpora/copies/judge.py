"""Whether two documents are one report twice: what their heads say, and what their texts say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from corpora.copies.texts import Agreement, least
from corpora.fold import fold, has_marks
from corpora.names import bare

Verdict = Literal["same", "amended", "one_number", "unsure"]
"""One report twice; issued again with changes; two documents under one number; perhaps the same."""

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
    amends: bool


_AMENDS = re.compile(
    r"(?<!\w)(?:thay the|dinh chinh|sua doi|dieu chinh)[^.;\n]{0,40}(?:bao cao|cong van|thong "
    r"bao|ket luan|van ban)"
    r"(?: so| da gui| ban hanh| ngay| nay)|(?<!\w)ban (?:sua doi|dinh chinh|thay the)(?!\w)|"
    r"(?:bao cao|van ban) nay (?:thay the|dinh chinh|sua doi)"
)
"""Words by which a document says that it was issued again with changes."""


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
        amends=bool(_AMENDS.search(fold(record["text"]))),
    )


def number_key(number: str | None) -> str | None:
    """A number for comparing: ``"07/BC-ĐKT"`` and ``"7 / BC-DKT"`` are one."""
    if not number:
        return None
    return re.sub(r"[^\w]+", "/", fold(number)).strip("/_").lstrip("0") or None


def judge(one: Paper, other: Paper, alike: Agreement) -> Verdict | None:
    """What two documents are to each other; ``None`` if nothing is to be said of them.

    Heads first: another body, or another number on another day, is another document however alike the
    texts are, as forms are. Then figures and names have to agree, then the text. Of two typed copies nothing
    may be changed; a scan may be misread.
    """
    number, date = _same(number_key(one.number), number_key(other.number)), _same(one.date, other.date)
    office = _office(one, other)
    scanned = one.scanned or other.scanned
    facts = least((alike.numbers, alike.names))
    if office is False and (alike.names is None or facts < (_FACTS_TYPED if scanned else _FACTS_ALL)):
        return None
    if number is False and (date is False or office is False):
        return None
    if not alike.one_time:
        # The form of another year; or, where the days say one year, two documents under one number.
        dated = bool(one.date and other.date) and _one_year(one, other)
        return "one_number" if number and office and dated and alike.text < _REWORKED else None
    signs = sum(sign is True for sign in (number, date, office))
    against = sum(sign is False for sign in (number, date, office, _same(one.period, other.period)))
    text_enough = alike.text >= (_TEXT_SCANNED if scanned else _TEXT_TYPED) + 0.1 * max(0, 2 - signs)
    facts_enough = facts >= (_FACTS_SCANNED if scanned else _FACTS_TYPED)
    if (one.draft or other.draft) and not scanned and alike.replaced == 0:
        # What a draft leaves open, its number and its day, are no other figures.
        facts_enough = least((alike.names,)) >= _FACTS_TYPED and least((alike.numbers,)) >= _FACTS_DRAFT
    if text_enough and facts_enough:
        if number and _changed(one, other, alike, scanned):
            return "amended"
        return "same" if against == 0 or (against == 1 and signs >= 2) else "unsure"
    told = alike.numbers is not None or alike.names is not None
    near = alike.text >= (_PERHAPS_SCANNED if scanned else _PERHAPS_TYPED)
    if near and against == 0 and told and (facts_enough or (scanned and number)):
        return "unsure"
    if number and office is not False and _one_year(one, other):
        if alike.text < _REWORKED or least((alike.names,)) < _SAME_NAMES:
            return "one_number"
        return "unsure" if scanned else "amended"
    return None


_TEXT_SCANNED, _TEXT_TYPED = 0.4, 0.8
"""So much of the text is common where number, date or body agree twice; more where they are silent."""
_FACTS_SCANNED, _FACTS_TYPED = 0.75, 0.93
"""So many of the figures, and of the names, are common."""
_FACTS_DRAFT = 0.8
_FACTS_ALL = 0.97
"""From here on a head that names another body was misread: no other place has the same names."""
_PERHAPS_SCANNED, _PERHAPS_TYPED = 0.3, 0.7
"""With so much common text and nothing against it two documents are listed, not marked."""
_REWORKED, _SAME_NAMES = 0.5, 0.7
"""A document issued again with changes keeps at least so much."""
_UNTOUCHED = 0.98
"""Two typed copies of one document share at least so much of the shorter one's text."""


def _changed(one: Paper, other: Paper, alike: Agreement, scanned: bool) -> bool:
    """Whether one of two documents of one number was issued again with changes."""
    if one.amends != other.amends:
        return True
    if scanned or one.draft or other.draft:
        return False
    return alike.replaced > 0 or alike.within < _UNTOUCHED


def _same(one: Any, other: Any) -> bool | None:
    return None if one is None or other is None else bool(one == other)


def _one_year(one: Paper, other: Paper) -> bool:
    return not (one.date and other.date) or one.date[:4] == other.date[:4]


def _office(one: Paper, other: Paper) -> bool | None:
    """Whether both were issued by one body: its unit first, then the body's name."""
    if one.unit and other.unit:
        units = bare(one.unit), bare(other.unit)
        if not all(map(has_marks, units)):
            units = fold(units[0]), fold(units[1])
        same = units[0] == units[1] or ((one.scanned or other.scanned) and _near(units[0], units[1]) >= 0.8)
        if not same:
            return False
    if one.issuer and other.issuer:
        return _near(one.issuer, other.issuer) >= 0.6
    return True if one.unit and other.unit else None


def _near(one: str, other: str) -> float:
    first, second = sorted((fold(one), fold(other)))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
