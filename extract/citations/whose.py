"""Whose paper a citation means where neither its number nor the words behind it say so: a judge is asked.

The judge is learned and lives in :mod:`models.issuers`; it is handed in. Without one such papers stay open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.citations.candidates import Candidate, Paper, candidates, listed
from extract.citations.grammar import slug
from extract.citations.keys import placed, profile
from extract.citations.makers import made_on, made_on_that_day
from extract.citations.numbers import parse
from extract.citations.passage import Owner, Passage
from extract.citations.places import Places
from extract.citations.same import Mention
from extract.document import UnitMention

Judge = Callable[[Paper, Sequence[Candidate]], Sequence[float]]
"""How likely each candidate is the one; they sum to one, an owner's are those of all its places together."""

_ASKED = {"ubnd": "UBND", "hdnd": "HĐND"}
"""The bodies that every commune, district and province has, with their names."""
_WORDS = re.compile(r"(?:UBND|HĐND)\s+(?P<place>.+)")
_AGAIN = 3
"""So many other mentions of its number, the nearest, tell of a paper."""
SURE = 0.7
"""From this probability on an owner is taken. On unseen hands those below are right half of the time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper, with its owner and the owner's words where they are known."""

    paper: Paper
    owner: Owner | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The owner of a paper, its words ("xã Khe Mận"), how sure, and the likeliest place that names it."""

    owner: Owner
    words: str
    chance: float
    candidate: Candidate


def tell_whose(
    mentions: Sequence[Mention],
    foreign: Sequence[Mention],
    places: Places,
    text: str,
    unit: UnitMention | None,
    judge: Judge,
) -> None:
    """Give the papers of committees and assemblies among ``mentions`` the owner that the passage tells.

    With it they get the day with which its sentence begins, where they have none. What number and day show to
    be one of the ``foreign`` papers is theirs, and not asked for.
    """
    elsewhere = {(one.known.serial, one.known.kind, one.known.date) for one in foreign if one.known.date}
    bodies = [
        None if (one.known.serial, one.known.kind, one.known.date) in elsewhere else _body(one)
        for one in mentions
    ]
    of = [one for one, body in zip(mentions, bodies, strict=True) if body]
    asked = [_asked(one, body, places) for one, body in zip(mentions, bodies, strict=True) if body]
    near = [one.paper.extent for one in asked if one.owner is None]
    if not near:
        return
    passage = Passage(text, places, unit, [one.citation.span for one in mentions], near)
    for at, told in tell(passage, asked, judge).items():
        mention, printed, named = of[at], of[at].citation, told.candidate.named
        body, begin = _ASKED[asked[at].paper.body], printed.extent[0]
        head = f"{named.head[:1].upper()}{named.head[1:]} " if named and named.head else ""
        day = printed.date
        if day is None and named and named.end <= begin and not mention.undone:
            day = made_on(passage.fold, named.start, begin)
        day = day or made_on_that_day(passage.fold, begin)
        mention.citation = replace(printed, issuer=f"{head}{body} {told.words}", date=day)
        known = profile(mention.citation, mention.hint)
        mention.known = placed(known, places) if known else mention.known


def _body(mention: Mention) -> str | None:
    """The body of a paper that is asked for; a fine's symbol ("QĐ-XPHC") names none: it is a committee's."""
    body = mention.known.body
    if body is None and (number := parse(mention.citation.number)) and number.matter:
        return "ubnd"
    return body if body in _ASKED else None


def _asked(mention: Mention, body: str, places: Places) -> Asked:
    one, known = mention.citation, mention.known
    paper = Paper(one.span, one.extent, one.number, one.kind, one.date, body)
    if known.level is None:
        return Asked(paper)
    said = _WORDS.search(one.issuer or "")
    words = said["place"] if said else ""
    _, name = places.of(known.level)
    if known.place and name and slug(name) == known.place and not slug(words).endswith(known.place):
        words = f"{words} {name}"
    return Asked(paper, Owner(known.level, known.place), words)


def tell(passage: Passage, asked: Sequence[Asked], judge: Judge) -> dict[int, Told]:
    """Whose the papers without an owner are, by their place in ``asked``, as far as ``judge`` is sure.

    They are told in reading order, so that what was told of one helps where its number comes again.
    """
    told: dict[int, Told] = {}
    places = listed(passage, [one.paper for one in asked])
    known: defaultdict[tuple[str, str | None, str], list[tuple[int, Owner, str, bool]]] = defaultdict(list)
    for at, one in enumerate(asked):
        if one.owner:
            known[_same(one.paper)].append((at, one.owner, one.words, True))
    for at, one in enumerate(asked):
        if one.owner:
            continue
        others = known[_same(one.paper)]
        near = sorted(others, key=lambda other: abs(other[0] - at))[:_AGAIN]
        again = [(asked[place].paper, owner, words, itself) for place, owner, words, itself in near]
        found = candidates(passage, one.paper, places[at], again)
        best = likeliest(found, judge(one.paper, found))
        if best and best.chance >= SURE:
            told[at] = best
            others.append((at, best.owner, best.words, False))
    return told


def likeliest(found: Sequence[Candidate], chances: Sequence[float]) -> Told | None:
    """The owner with the best sum over its places; ``None`` where it is likeliest that nothing tells."""
    total: defaultdict[Owner | None, float] = defaultdict(float)
    best: dict[Owner | None, tuple[float, Candidate]] = {}
    for one, chance in zip(found, chances, strict=True):
        total[one.owner] += chance
        if one.owner not in best or chance > best[one.owner][0]:
            best[one.owner] = (chance, one)
    owner = max(total, key=total.__getitem__)
    if owner is None:
        return None
    candidate = best[owner][1]
    return Told(owner, candidate.words, total[owner], candidate)


def _same(paper: Paper) -> tuple[str, str | None, str]:
    return re.sub(r"\s", "", paper.serial), paper.kind, paper.body
