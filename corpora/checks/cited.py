"""One cited document with two dates or two issuers; the seam to whatever resolves citations.

Until a table of cited documents exists, the citations themselves are asked: those of one kind, number and
symbol are one document where the number carries its year (30/2020/NĐ-CP), else within one district and year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from corpora.checks.found import Discrepancy, Place, discrepancy, place
from corpora.checks.sheets import Brief, Cited, Sheet
from corpora.fold import fold
from corpora.sameness import number_key
from extract.dates import find_date

_WITH_YEAR = re.compile(r"^\d+[a-z]?/(?:19|20)\d\d/")
_NATIONAL = re.compile(
    r"/(?:nd/cp|nq/cp|qd/ttg|ct/ttg|tt/b\w+|ttlt/.*|qh\d+|nq/tw|qd/tw|ct/tw|tt/vpcp|qd/b\w+|qd/ubtvqh\w*)$"
)
_ORGANS = (
    ("chính phủ", re.compile(r"^(?:cua )?chinh phu$")),
    ("thủ tướng", re.compile(r"thu tuong")),
    ("quốc hội", re.compile(r"^quoc hoi")),
    ("hội đồng nhân dân", re.compile(r"(?:hdnd|hoi dong nhan dan)(?! - ubnd|-ubnd)")),
    ("ủy ban nhân dân", re.compile(r"ubnd|uy ban nhan dan")),
    ("bộ", re.compile(r"^bo ")),
    ("văn phòng chính phủ", re.compile(r"van phong chinh phu")),
    ("sở", re.compile(r"^so ")),
)
_LEVELS = re.compile(r"(?<!\w)(tinh|huyen|xa|phuong|thi tran|thi xa|thanh pho|quan)(?!\w)")
_NEAR = 70
_Mention = tuple[Cited, Brief, Place]


def mentions(sheet: Sheet) -> Iterator[tuple[tuple[Any, ...], _Mention]]:
    """The citations of one document by the document that each means, and the document itself.

    A date or issuer that another mention lent to a citation says nothing: only what stands beside it counts.
    """
    own = number_key(sheet.number)
    if own is not None and sheet.date is not None:
        head = Cited("", sheet.kind, sheet.number or "", "", "", sheet.date, sheet.issuer, (0, 0))
        yield (
            (fold(sheet.kind or ""), own, (sheet.district, sheet.year)),
            (head, sheet.brief, place(sheet, sheet.spans.get("number"), sheet.date)),
        )
    for cited in map(partial(_as_printed, sheet.text), sheet.citations):
        key = number_key(cited.number)
        if key is None or "/" not in key:
            continue
        national = bool(_WITH_YEAR.search(key)) and bool(_NATIONAL.search(key))
        where: Any = None if national else (sheet.district, sheet.year)
        if not national and _NATIONAL.search(key):
            # 76/NQ-CP: a number of one organ that comes back every year; its date's year parts them.
            where = cited.date[:4] if cited.date else (sheet.district, sheet.year)
        yield (
            (fold(cited.kind or ""), key, where),
            (cited, sheet.brief, place(sheet, cited.span, cited.date, cited.id)),
        )


def _as_printed(text: str, cited: Cited) -> Cited:
    """The citation with the date and issuer that stand beside it, others left out."""
    behind = text[cited.span[1] : cited.span[1] + _NEAR]
    found = find_date(behind)
    dated = (
        found is not None and found[0] == cited.date and not re.search(r"[;\n]|số\s", behind[: found[1][0]])
    )
    issued = cited.issuer is not None and fold(cited.issuer) in fold(" ".join(behind.split()))
    return replace(cited, date=cited.date if dated else None, issuer=cited.issuer if issued else None)


def conflicts(found: Iterable[tuple[tuple[Any, ...], _Mention]]) -> Iterator[Discrepancy]:
    """Two dates, or two issuers, of one cited document; once for each document and pair of values."""
    groups: dict[tuple[Any, ...], list[_Mention]] = defaultdict(list)
    for key, mention in found:
        groups[key].append(mention)
    for (_, _, where), group in groups.items():
        dated = [one for one in group if one[0].date]
        yield from _two(dated, lambda cited: cited.date, "ngày", _day, strict=where is None)
        issued = [one for one in group if _organ(one[0].issuer)]
        yield from _two(
            issued, lambda cited: _organ(cited.issuer), "cơ quan ban hành", str, strict=where is None
        )


def _two(group: list[_Mention], value: Any, what: str, shown: Any, *, strict: bool) -> Iterator[Discrepancy]:
    by_value: dict[Any, list[_Mention]] = defaultdict(list)
    for mention in group:
        by_value[value(mention[0])].append(mention)
    if len(by_value) < 2:
        return
    (usual, first), *others = sorted(by_value.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for other, seconds in others:
        if not strict and what == "ngày" and usual[:4] != other[:4]:
            continue  # numbers begin anew each year: two documents
        for second in {mention[1].id: mention for mention in reversed(seconds)}.values():
            near = next((one for one in first if one[1].id == second[1].id), first[0])
            sides = sorted((near, second), key=lambda one: (one[1].source, one[1].part, one[0].span))
            scanned = any(side[1].scanned for side in sides)
            told = " và ".join(f"{shown(value(side[0]))}" for side in sides)
            yield discrepancy(
                "cited",
                "to_check" if scanned or not strict else "contradiction",
                f"{second[0].number} được viện dẫn với hai {what}: {told}.",
                [_valued(side, what) for side in sides],
                year=second[1].year,
                sure="high" if strict else "medium",
            )


def _valued(side: _Mention, what: str) -> Place:
    cited, _, held = side
    return replace(held, value=cited.date if what == "ngày" else cited.issuer)


def _organ(issuer: str | None) -> str | None:
    """The kind of body an issuer is, with its level; ``None`` where the words do not say.

    A body's chairman issues for it, and an abbreviation is no other body.
    """
    if not issuer:
        return None
    said = re.sub(
        r"^(?:chu tich|pho chu tich|bo truong)\s+", lambda hit: "bo " if "bo" in hit[0] else "", fold(issuer)
    )
    for name, pattern in _ORGANS:
        if pattern.search(said):
            if name == "bộ":
                return re.sub(r"\W+", " ", said).strip()
            level = _LEVELS.search(said)
            return (
                f"{name} {level[1]}" if level and name in ("hội đồng nhân dân", "ủy ban nhân dân") else name
            )
    return None


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
