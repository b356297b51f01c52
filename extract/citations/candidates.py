"""Who may have issued a paper: the owners that a passage names or implies, each with what speaks for it.

Nothing is decided here. A candidate is a place in the text where an owner is named, with features of how it
stands to the citation; what holds of the owner wherever it is named is among them. The features are words
(``"B|pre1=do"``) that a trained judge weighs; one owner may be a candidate in several places.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.citations.focus import headed, place_of
from extract.citations.grammar import KIND_BY_WORDS, slug
from extract.citations.passage import Named, Owner, Passage
from extract.document import Span

_NEAREST = 5
"""So many named bodies and places before a citation, and behind it, are candidates."""
_WORDS = 30
"""Between a name and a citation that stand further apart single words tell nothing."""
_RANKS = {"commune": 0, "district": 1, "province": 2}
_OF_KINDS = frozenset(word for words in KIND_BY_WORDS for word in words.split())
_IN_LISTS = frozenset((",", ";", "va", "cung", "so", "DAY", "cac", "(", ")", "hoac", ":"))
_LIST_REACH = 8
_DISTANCES = (0, 1, 2, 4, 7, 11, 16, 24, 40, 70)
_OF_A_DEPARTMENT = re.compile(r"(?:UBND|HĐND)\s*[-–]")
"""A letter of a department: "603/UBND-NV"; communes have none and write "05/UBND"."""
_OF_YEAR = re.compile(r"/(?:19|20)\d\d/")
"""A rule's number: "19/2021/QĐ-UBND"; communes have made few."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A cited paper whose issuer is asked for, or which may tell of another mention of the same paper.

    ``extent`` begins with the kind, ``span`` is the number's; ``body`` is ``ubnd`` or ``hdnd``.
    """

    span: Span
    extent: Span
    number: str
    kind: str | None
    date: str | None
    body: str

    @property
    def serial(self) -> str:
        """The number without its year, symbol and padding."""
        return re.split(r"[/\-– ]", self.number, maxsplit=1)[0].lstrip("0")


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the list of citations around a paper begins and ends; its own ends where it stands alone."""

    start: int
    end: int
    several: bool


@dataclass(slots=True)
class Candidate:
    """An owner, ``None`` for "left open", its place's words, and what speaks for it where it is named."""

    owner: Owner | None
    words: str
    named: Named | None
    features: list[str] = field(default_factory=list)


def listed(passage: Passage, papers: Sequence[Paper]) -> list[Listed]:
    """The list that each of a text's ``papers`` stands in; between its items are commas, days and kinds."""
    first = list(range(len(papers)))
    for at in range(1, len(papers)):
        between = passage.between(papers[at - 1].span[1], papers[at].span[0])
        if len(between) <= _LIST_REACH and all(word in _IN_LISTS or word in _OF_KINDS for word in between):
            # A text that was not read there says nothing, however far apart the two are.
            near = papers[at].span[0] - papers[at - 1].span[1] < 80
            first[at] = first[at - 1] if near else at
    last = list(range(len(papers)))
    for at in reversed(range(len(papers) - 1)):
        if first[at + 1] == first[at]:
            last[at] = last[at + 1]
    return [Listed(papers[a].extent[0], papers[b].span[1], a != b) for a, b in zip(first, last, strict=True)]


def candidates(
    passage: Passage, paper: Paper, place: Listed, again: Sequence[tuple[Paper, Owner, str, bool]]
) -> list[Candidate]:
    """All who may have issued ``paper``, and "left open".

    ``again`` are other mentions of its number whose owner is known, each with the owner's words and whether
    the mention itself names it.
    """
    before, behind = passage.before(place.start)[:_NEAREST], passage.behind(place.end)[:_NEAREST]
    found = [_beside(passage, paper, place, "B", *one) for one in enumerate(before)]
    found += [_beside(passage, paper, place, "A", *one) for one in enumerate(behind)]
    shared: dict[Owner | None, list[str]] = defaultdict(list)
    words: dict[Owner | None, str] = {}
    around = _around(passage, paper)
    for name, owner, said in _implied(passage, place):
        shared[owner] += _implicit(name, paper, around, (len(before), len(behind)))
        words.setdefault(owner, said)
    for other, owner, said, itself in again:
        shared[owner] += _again(paper, other, itself)
        words.setdefault(owner, said)
    have = {one.owner for one in found}
    found += [Candidate(owner, words[owner], None, ["UNNAMED"]) for owner in words if owner not in have]
    for one in found:
        one.features += _of_owner(passage.own, one.owner, paper, around)
        one.features += shared.get(one.owner, ())
    return found


def _implied(passage: Passage, place: Listed) -> list[tuple[str, Owner | None, str]]:
    """Owners that are meant without being named: the document's own, its superiors, whoever is spoken of."""
    implied: list[tuple[str, Owner | None, str]] = [("OPEN", None, "")]
    own = passage.own
    if own:
        implied.append(("OWN", own, passage.own_words))
    commune = headed(passage.text, place.start)
    if commune:
        implied.append(("HEAD", Owner("commune", slug(commune.name)), f"{commune.kind} {commune.name}"))
    for level in ("commune", "district"):
        below = own is None or _RANKS[level] < _RANKS[own.level]
        if below and (focus := place_of(passage.text, place.start, level)):
            implied.append((f"FOCUS{level}", Owner(level, slug(focus.name)), f"{focus.kind} {focus.name}"))
    for level, kind in (("district", "huyện"), ("province", "tỉnh")):
        if own and _RANKS[level] > _RANKS[own.level]:
            _, name = passage.places.of(level)
            words = f"{kind} {name}" if name else kind
            implied.append((f"UP{level}", Owner(level, slug(name) if name else None), words))
    return implied


def _of_owner(own: Owner | None, owner: Owner | None, paper: Paper, around: list[str]) -> list[str]:
    """What kind, number and nearest words of the paper say of an owner, seen from the document's level."""
    level = owner.level if owner else "OPEN"
    if owner is None:
        seen = "OPEN"
    elif own is None:
        seen = level
    else:
        seen = "own" if owner == own else f"d{_RANKS.get(level, 9) - _RANKS[own.level]}"
    letter = "dep" if _OF_A_DEPARTMENT.search(paper.number) else "plain"
    return [
        f"r={seen}",
        f"rk={seen}|{paper.kind}",
        f"rb={seen}|{paper.body}",
        f"ls={level}|{letter}",
        f"lsk={level}|{letter}|{paper.kind}",
        f"lb={level}|{_size(paper)}",
        f"ly={level}|{bool(_OF_YEAR.search(paper.number))}",
        *(f"ra={seen}|{one}" for one in around if one.startswith("pre")),
        # Above a province there is no committee: what it acts on without saying whose it is, is its own.
        f"ro={seen}|{own.level if own else None}",
        *(f"roa={seen}|{own.level if own else None}|{one}" for one in around if one.startswith("pre")),
        f"named={owner is not None and owner.place is not None}",
    ]


def _size(paper: Paper) -> int:
    """How large the number is, in powers of four: a commune has written few papers by the end of a year."""
    return min(4, int(math.log(int(re.sub(r"\D", "", paper.serial) or 0) + 1, 4)))


def _beside(passage: Passage, paper: Paper, place: Listed, side: str, rank: int, named: Named) -> Candidate:
    """A body or place that stands before (``B``) or behind (``A``) the citation or its list."""
    if side == "B":
        between = passage.between(named.end, place.start)
    else:
        between = passage.between(place.end, named.start)
    lines, sentences = between.count("LINE"), between.count(".")
    far = f"nl{min(lines, 3)}" if lines else f"sent{min(sentences, 2)}" if sentences else "near"
    before = passage.between(max(0, named.start - 24), named.start)[-2:] or ["^"]
    behind = passage.between(named.end, named.end + 24)[:2] or ["$"]
    kind = "same" if named.kind == paper.body else named.kind
    bodies, places, offices = (between.count(mark) for mark in ("BODY", "PLACE", "OFFICE"))
    features = [
        f"mk={kind}",
        f"far={far}",
        f"k={min(rank, 4)}",
        f"d={next((at for at, most in enumerate(_DISTANCES) if len(between) <= most), len(_DISTANCES))}",
        f"told={named.told}",
        f"mk,far={kind},{far}",
        f"head={bool(named.head)}",
        f"pre1={before[-1]}",
        f"pre1far={before[-1]},{far}",
        f"pre2={' '.join(before)}",
        f"post1={behind[0]},{far}",
        f"post2={' '.join(behind)}",
        f"cited={min(between.count('CITED'), 3)}",
        f"bodies={min(bodies, 2)}",
        f"offices={min(offices, 2)}",
        f"others={min(bodies + places + offices, 3)}",
        f"comma={min(between.count(','), 3)}",
        f"semi={min(between.count(';'), 2)}",
        f"colon={min(between.count(':'), 2)}",
        f"open={between.count('(') - between.count(')')}",
        f"list={place.several}",
    ]
    if far == "near":
        features += _words_between(between)
    return Candidate(named.owner, named.words, named, [side, *(f"{side}|{one}" for one in features)])


def _words_between(between: list[str]) -> list[str]:
    features = [
        f"l1={between[-1] if between else '-'}",
        f"l2={' '.join(between[-2:])}",
        f"f1={between[0] if between else '-'}",
        f"f2={' '.join(between[:2])}",
    ]
    if len(between) <= 4:
        features.append(f"all={' '.join(between)}")
    if len(between) <= _WORDS:
        features += [f"w={word}" for word in dict.fromkeys(between)]
        features += [f"b={' '.join(pair)}" for pair in dict.fromkeys(pairwise(between))]
    return features


def _around(passage: Passage, paper: Paper) -> list[str]:
    """The words right before and behind the citation."""
    begin, end = paper.extent[0], paper.span[1]
    before = passage.between(max(0, begin - 40), begin)[-2:] or ["^"]
    behind = passage.between(end, end + 40)[:2] or ["$"]
    return [
        f"pre={before[-1]}",
        f"pre2={' '.join(before)}",
        f"post={behind[0]}",
        f"post2={' '.join(behind)}",
    ]


def _implicit(name: str, paper: Paper, around: list[str], counts: tuple[int, int]) -> list[str]:
    letter = "dep" if _OF_A_DEPARTMENT.search(paper.number) else "plain"
    said = [
        *around,
        f"k={paper.kind}",
        letter,
        f"size={_size(paper)}",
        f"body={paper.body}",
        f"before={min(counts[0], 3)}",
        f"behind={min(counts[1], 2)}",
    ]
    return [name, *(f"{name}|{one}" for one in said)]


def _again(paper: Paper, other: Paper, itself: bool) -> list[str]:
    """What another mention of the same number, whose owner is known, says of this one."""
    days = "no" if not (paper.date and other.date) else "eq" if paper.date == other.date else "ne"
    side = "before" if other.span < paper.span else "behind"
    said = (side, f"{side}|itself={itself}", f"day={days}", f"size={_size(paper)}", f"kind={paper.kind}")
    return ["AGAIN", *(f"AGAIN|{one}" for one in said)]
