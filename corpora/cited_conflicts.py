"""What citations say against each other: one document with two dates or two issuers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

from corpora.cited import usual_number
from corpora.dataset import Dataset
from corpora.mentions import Citing, Mention, Said
from extract.citations.across import COMMON_BELOW, key_parts
from extract.citations.grammar import BODIES
from extract.citations.issuers import describe
from extract.citations.keys import profile
from extract.citations.register import documents
from extract.document import Citation

What = Literal["date", "issuer"]
Witness = Literal["mention", "number", "register", "document"]
_Issuer = tuple[str, str | None, str | None]

_BODY_OF = {body.slug: body for body in BODIES.values() if body.reach == "national"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two values and who says so: a mention, the number itself, the register, or the cited document.

    ``mention`` is the first place where a citation says it, ``None`` where none does; ``document`` the cited
    document's id in the dataset where that is the witness.
    """

    value: str
    witness: Witness
    mention: Mention | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values that one cited document cannot both have; dates are ISO.

    ``sure`` is ``medium`` where the two could be two documents after all: a number without a year of a small
    office, cited with two issuers.
    """

    key: str
    number: str
    what: What
    first: Side
    second: Side
    sure: Literal["high", "medium"] = "high"

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {"record": "citation_conflict", **asdict(self)}

    @property
    def of_country(self) -> bool:
        """Whether number and year can mean one document of the country only: no district has another."""
        key = key_parts(self.key)
        return self.first.witness == "register" or (key.year is not None and key.issuer in _BODY_OF)


@dataclass(frozen=True, slots=True)
class _Voice:
    """One of two values while the mentions are compared: who says it, by ids alone."""

    value: str
    witness: Witness
    citation: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    key: str
    what: What
    first: _Voice
    second: _Voice
    sure: Literal["high", "medium"] = "high"


def conflicts(dataset: Dataset) -> list[Conflict]:
    """All conflicts among the citations of the dataset, by key; each pair of values of a document once.

    Only what stands beside a mention counts, never what another mention lent it.
    """
    citing = Citing(dataset)
    every: dict[str, list[Said]] = defaultdict(list)
    for one in citing.said():
        every[one.key].append(one)
    pairs = [
        pair
        for key, mentions in every.items()
        for pair in (*_dates(key, mentions, citing), *_bodies(key, mentions))
    ]
    pairs += _levels(every)
    found = _shown(citing, pairs, every)
    return sorted(found, key=lambda one: (one.key, one.what, one.first.value, one.second.value))


def _shown(citing: Citing, pairs: Sequence[_Pair], every: dict[str, list[Said]]) -> Iterator[Conflict]:
    """The conflicts with their mentions, and the cited document's number as most mentions have it."""
    names = {
        key: usual_number(key, [(one.number, one.joined) for one in every[key]])
        for key in {pair.key for pair in pairs}
    }
    sides = [side for pair in pairs for side in (pair.first, pair.second)]
    told = citing.of_citations({side.citation for side in sides if side.citation is not None})

    def side(one: _Voice) -> Side:
        mention = None if one.citation is None else told[one.citation].mention
        return Side(one.value, one.witness, mention, one.document)

    for pair in pairs:
        yield Conflict(pair.key, names[pair.key], pair.what, side(pair.first), side(pair.second), pair.sure)


def _dates(key: str, every: Sequence[Said], citing: Citing) -> Iterator[_Pair]:
    known, (document, own) = documents().get(key), citing.held.get(key, (None, None))
    for mentions in _of_one_document(key, every, citing):
        by_date: dict[str, str] = {}
        for mention in mentions:
            if mention.date:
                by_date.setdefault(mention.date, mention.citation)
        if not by_date:
            continue
        if known:
            witness = _Voice(known.date, "register", by_date.get(known.date))
        elif own:
            witness = _Voice(own, "document", by_date.get(own), document)
        else:
            counted = [mention.date for mention in mentions if mention.date]
            usual = max(by_date, key=counted.count)
            witness = _Voice(usual, "mention", by_date[usual])
        year = key_parts(key).year
        if witness.witness == "mention" and year is not None and not witness.value.startswith(str(year)):
            # The number carries another year than every date beside it does.
            yield _Pair(key, "date", _Voice(str(year), "number"), witness)
        for date, citation in by_date.items():
            if date != witness.value:
                yield _Pair(key, "date", witness, _Voice(date, "mention", citation))


def _of_one_document(key: str, mentions: Sequence[Said], citing: Citing) -> Iterable[Sequence[Said]]:
    """The mentions that surely mean one document: where no issuer is told, those of one office's papers."""
    if key in documents() or key_parts(key).named:
        return [mentions]
    offices: dict[str | None, list[Said]] = defaultdict(list)
    for mention in mentions:
        offices[citing.heads[mention.document].issuer_unit].append(mention)
    return offices.values()


def _bodies(key: str, mentions: Sequence[Said]) -> Iterator[_Pair]:
    """Issuers that the symbol denies: "30/2020/NĐ-CP của Thủ tướng Chính phủ"."""
    body = _BODY_OF.get(key_parts(key).issuer)
    if body is None:
        return
    by_slug: dict[str, tuple[str, str | None]] = {}
    for mention in mentions:
        if mention.issuer and (slug := _national(mention.issuer)):
            by_slug.setdefault(slug, (mention.issuer, mention.citation))
    _, agreeing = by_slug.pop(body.slug, ("", None))
    for said, citation in by_slug.values():
        yield _Pair(key, "issuer", _Voice(body.name, "number", agreeing), _Voice(said, "mention", citation))


@lru_cache(maxsize=4096)
def _national(issuer: str) -> str | None:
    """The slug of a body of the whole country by its name, as keys have it; ``None`` for other bodies."""
    made = profile(Citation("văn bản", "1", "1", (0, 0), (0, 0), None, issuer))
    return made.body if made and made.body in _BODY_OF else None


@lru_cache(maxsize=65536)
def _local(issuer: str) -> _Issuer | None:
    """Body, level and place of a people's committee or council, ``None`` for other bodies."""
    said = describe(issuer)
    return (said.body, said.level, said.place) if said.body in ("ubnd", "hdnd") and said.level else None


def _levels(every: dict[str, list[Said]]) -> Iterator[_Pair]:
    """One number of one day with two issuers: "20/2019/QĐ-UBND … của UBND tỉnh" and "… của UBND huyện"."""
    groups: dict[tuple[str, str, int | None, str], dict[_Issuer, Said]] = defaultdict(dict)
    for key, mentions in every.items():
        parts = key_parts(key)
        for mention in mentions:
            if mention.date and mention.issuer and (issuer := _local(mention.issuer)):
                groups[parts.kind, parts.serial, parts.year, mention.date].setdefault(issuer, mention)
    for (_, serial, year, _), values in groups.items():
        (first, one), *others = values.items()
        for second, other in others:
            if not _differ(first, second):
                continue
            said, denied = (_Voice(side.issuer or "", "mention", side.citation) for side in (one, other))
            sure = year is not None or int(serial.rstrip("abcdefgh")) >= COMMON_BELOW
            yield _Pair(one.key, "issuer", said, denied, "high" if sure else "medium")


def _differ(one: _Issuer, other: _Issuer) -> bool:
    return any(a is not None and b is not None and a != b for a, b in zip(one, other, strict=True))
