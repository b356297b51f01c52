"""Which mentions are of one document: what each says itself, and what it can only mean in its passage."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.citations.focus import PARAGRAPH_ENDS, headed
from extract.citations.grammar import slug
from extract.citations.keys import Profile, with_number
from extract.citations.places import names_in
from extract.document import Citation

_GOES_ON = re.compile(r"\.\s|[;,]\s+\S")
_PARAGRAPH = 400
"""A mention that goes back to another one stands at most so many characters behind it."""
_COMMON_BELOW = 100
"""A number below it is in use at every small office each year; from it on it is told apart by itself."""


@dataclass(slots=True)
class Mention:
    """A citation with what it says ``alone`` and what is ``known`` of it with its document's places.

    ``making``: it is said to be made here ("Xã có Kế hoạch số 12"); ``undone``: it is said
    to be replaced or withdrawn; ``foreign``: it is another document's. ``hint`` is the year that stands
    behind its number.
    """

    source: Citation
    citation: Citation
    alone: Profile
    known: Profile
    hint: int | None = None
    making: bool = False
    undone: bool = False
    foreign: bool = False


@dataclass(slots=True)
class Cluster:
    """Mentions of one document with all that they say together."""

    known: Profile
    members: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Take in one more mention and what it says."""
        self.known = with_number(self.known, mention.known)
        self.members.append(mention)


def clustered(mentions: list[Mention], text: str) -> list[tuple[Mention, Cluster, list[Cluster]]]:
    """Every own mention with its cluster, and the other clusters that it could also belong to."""
    clusters: dict[str, list[Cluster]] = {}
    found: list[tuple[Mention, Cluster, list[Cluster]]] = []
    for mention in sorted(mentions, key=lambda one: -one.known.fullness):
        row = clusters.setdefault(mention.known.serial, [])
        fitting = [one for one in row if _fits(mention.known, one.known) and _must_be(mention, one, text)]
        if not fitting and mention.known.bare and mention.known.date:
            fitting = _given_before(mention, row, text)
        if len(fitting) == 1:
            fitting[0].add(mention)
            home, others = fitting[0], []
        else:
            home, others = Cluster(mention.known, [mention]), fitting
            row.append(home)
        if not mention.foreign:
            found.append((mention, home, others))
    return found


def _given_before(mention: Mention, row: list[Cluster], text: str) -> list[Cluster]:
    """The one document that a number without symbol repeats, its day being that of what was done with it.

    "Xã nhận Quyết định 4120 ngày 26/12/2022" of a document that the paragraph has with another day.
    """
    undated = replace(mention.known, date=None, dated=None)
    fitting = [
        one
        for one in row
        if not one.known.bare and _fits(undated, one.known) and _is_behind(mention, one, text)
    ]
    if len(fitting) == 1:
        mention.known = undated
        mention.citation = replace(mention.citation, date=None)
        return fitting
    return []


def _fits(one: Profile, other: Profile) -> bool:
    """Whether nothing in the two denies that they are one document; their serials are equal."""
    pairs = (
        (one.kind, other.kind),
        (one.body, other.body),
        (one.known_year, other.known_year),
        (one.date, other.date),
        (one.level, other.level),
        (one.place, other.place),
    )
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return False
    if (one.year is None) == (other.year is None):
        return True
    # 52/QĐ-UBND and 52/2017/QĐ-UBND stand in two registers; 30/NĐ-CP can only be a shortened 30/2020/NĐ-CP.
    shorter = one if one.year is None else other
    return one.yearly or other.yearly or shorter.bare or (one.date is not None and one.date == other.date)


def _must_be(mention: Mention, cluster: Cluster, text: str) -> bool:
    """Whether the mention can only be the cluster's document, given that nothing denies it."""
    one, other = mention.known, cluster.known
    if one.date is not None and one.date == other.date:
        return True
    if one.year is not None and one.year == other.year:
        return True
    if one.reach in ("national", "province") or other.reach in ("national", "province"):
        return one.body is not None or one.date is not None or one.kind == other.kind
    if mention.foreign or any(member.foreign for member in cluster.members):
        return False
    if one.place is not None and one.place == other.place:
        return True
    if one.bare and one.kind == other.kind and _is_behind(mention, cluster, text):
        return True  # "Thông báo số 08" without its symbol is one that was given with it
    if one.level in ("province", "district") and (one.level, one.place) == (other.level, other.place):
        return True  # "do huyện giao" in a commune's paper: one district stands above it
    if mention.undone and _is_behind(mention, cluster, text):
        return True  # "… thay thế Quyết định 85/QĐ-UBND": what was spoken of before
    told_apart = int(re.sub(r"\D", "", one.serial)) >= _COMMON_BELOW
    # "Xã có Kế hoạch số 12/KH-UBND" is the commune's own; "chưa có Quyết định số 2245/QĐ-UBND" is no other's.
    alike = (one.level, one.place) == (other.level, other.place)
    if (not alike and (one.level or one.place)) or (mention.making and not told_apart):
        return False
    high = other.level in ("province", "district") or other.reach != "local"
    return high or told_apart or _goes_back(mention, cluster, text)


def _is_behind(mention: Mention, cluster: Cluster, text: str) -> bool:
    """Whether the mention stands behind another of the cluster in the same paragraph."""
    begin = mention.citation.extent[0]
    ends = [one.citation.extent[1] for one in cluster.members if one.citation.extent[1] <= begin]
    return (
        bool(ends)
        and begin - max(ends) <= 2 * _PARAGRAPH
        and not PARAGRAPH_ENDS.search(text, max(ends), begin)
    )


def _goes_back(mention: Mention, cluster: Cluster, text: str) -> bool:
    """Whether a sentence of the same paragraph, or under the same heading, speaks of the cluster's document.

    "… Kế hoạch số 13/KH-UBND ngày 02/3/2021 của UBND xã Khe Mận. Tuy nhiên, Kế hoạch số 13/KH-UBND …", as
    long as no other place is named between the two; the one that says whose it is may stand behind.
    """
    begin, end = mention.citation.extent
    spans = [one.citation.extent for one in cluster.members]
    gaps = [(b, begin) for _, b in spans if b <= begin] or [(end, a) for a, _ in spans if a >= end]
    if not gaps:
        return False
    start, stop = min(gaps, key=lambda gap: gap[1] - gap[0])
    between = text[start:stop]
    if not _GOES_ON.search(between) or stop - start > 2 * _PARAGRAPH:
        return False
    if PARAGRAPH_ENDS.search(between):
        commune = headed(text, begin)
        if commune is None or slug(commune.name) != cluster.known.place:
            return False
    elif stop - start > _PARAGRAPH:
        return False
    return all(slug(name) == cluster.known.place for name in names_in(between))
