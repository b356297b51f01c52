"""Praise and blame of one unit for one thing in one document or period.

Mixed statements are normal: a plan is praised for being early and blamed for being vague. So two
statements are
only set against each other if they speak of the same aspect (issued, in time, complete, published; the
words are ``aspects.toml``) of the same subject, and if the labels of both are sure.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path

from corpora.checks.context import content, is_another_time, sentence, times
from corpora.checks.found import Discrepancy, Place, discrepancy, place
from corpora.checks.sheets import Brief, Owner, Sheet, Span
from corpora.lineage import Identity

_SURE = 0.5
"""How sure both polarities are; the aspect's words have to say the same as the label."""
_ALIKE = 0.5
"""How much of the weight of the rarer words two subjects share, measured on the written archive."""


@dataclass(frozen=True, slots=True)
class _Aspect:
    types: frozenset[str]
    praise: re.Pattern[str]
    blame: re.Pattern[str]


_DATA = tomllib.loads(Path(__file__).with_name("aspects.toml").read_text(encoding="utf-8"))
_ASPECTS = tuple(
    _Aspect(frozenset(entry["types"]), re.compile(entry["praise"]), re.compile(entry["blame"]))
    for entry in _DATA["aspect"]
)
_CONTRAST = re.compile(r"(?<!\w)(?:tuy nhiên|nhưng|song|mặc dù|tuy|riêng|ngoại trừ|trừ)(?!\w)", re.IGNORECASE)
_SUBJECT_NOISE = frozenset(_DATA["noise"].split())
"""Words of the aspects themselves: that both say "niêm yết" is no common subject."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A praising or blaming statement about a named unit, with its subject's words."""

    unit: str
    polarity: str
    area: str | None
    span: Span
    sheet: Brief
    place: Place
    sentence: Span
    subject: frozenset[str]
    aspects: frozenset[int]


def statements_of(sheet: Sheet) -> Iterator[tuple[Owner, Statement]]:
    """The praise and blame of one document that can be set against each other, by unit.

    A statement that praises and blames in one breath is left out: it says itself what it means.
    """
    for said in sheet.findings:
        if said.level == "group" or said.sure < _SURE or said.polarity not in ("achievement", "deficiency"):
            continue
        lowered = said.text.lower()
        if _CONTRAST.search(lowered) or is_another_time(said.text):
            continue
        blames = said.polarity == "deficiency"
        aspects = frozenset(
            at
            for at, aspect in enumerate(_ASPECTS)
            if (aspect.blame if blames else aspect.praise).search(lowered)
            and (not blames or aspect.types & set(said.types))
            and not (not blames and aspect.blame.search(lowered))
        )
        if aspects:
            owner = Owner(said.unit, said.level, said.code, sheet.district)
            where = place(sheet, said.span, "chê" if blames else "khen", said.id)
            around = sentence(sheet.text, said.span, whole=True)
            subject = content(said.text)
            yield (
                owner,
                Statement(
                    said.unit,
                    said.polarity,
                    said.area,
                    said.span,
                    sheet.brief,
                    where,
                    around,
                    subject,
                    aspects,
                ),
            )


def praise_and_blame(
    found: Iterable[tuple[Identity, Statement]], frequency: Mapping[str, int], total: int
) -> Iterator[Discrepancy]:
    """Pairs of statements of which one praises what the other blames.

    ``frequency`` says in how many of all ``total`` statements of the dataset a subject has a word.
    """
    groups: dict[Identity, list[Statement]] = defaultdict(list)
    for identity, statement in found:
        groups[identity].append(statement)
    weight = {word: log(1 + total / count) for word, count in frequency.items()}
    for group in groups.values():
        praises = [one for one in group if one.polarity == "achievement"]
        blames = [one for one in group if one.polarity == "deficiency"]
        for praise in praises:
            for blame in blames:
                if _meet(praise, blame) and _likeness(praise.subject, blame.subject, weight) >= _ALIKE:
                    yield _told(praise, blame)


def _meet(praise: Statement, blame: Statement) -> bool:
    if not praise.aspects & blame.aspects or praise.span == blame.span:
        return False
    if praise.area and blame.area and praise.area != blame.area:
        return False
    when = times(praise.subject), times(blame.subject)
    if all(when) and when[0] != when[1]:
        return False
    if praise.sheet.id == blame.sheet.id:
        # In one sentence a writer sets two things against each other.
        return praise.sentence != blame.sentence
    period = praise.sheet.period
    return period is not None and period == blame.sheet.period


def _likeness(one: frozenset[str], other: frozenset[str], weight: dict[str, float]) -> float:
    """The share of the common words' weight in that of all words, without the aspects' own."""
    one, other = one - _SUBJECT_NOISE, other - _SUBJECT_NOISE
    if not one or not other:
        return 0.0
    common = sum(weight[word] for word in one & other)
    sizes = [sum(weight[word] for word in words) for words in (one, other)]
    return common / (sum(sizes) - common)


def _told(praise: Statement, blame: Statement) -> Discrepancy:
    first, second = sorted((praise, blame), key=lambda one: (one.sheet.source, one.sheet.part, one.span))
    same = first.sheet.id == second.sheet.id
    return discrepancy(
        "praise_and_blame",
        "contradiction" if same and not first.sheet.scanned else "to_check",
        f"{praise.unit} được khen và bị nêu tồn tại về cùng một việc.",
        [first.place, second.place],
        unit=praise.unit,
        year=first.sheet.year,
        sure="high" if same else "medium",
    )
