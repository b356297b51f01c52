"""What citations say against each other: one document with two dates or two issuers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpora.cited import Cited, Mention, all_cited
from corpora.dataset import Dataset
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


def conflicts(dataset: Dataset) -> list[Conflict]:
    """All conflicts among the citations of the dataset, by key; each pair of values of a document once.

    Only what stands beside a mention counts, never what another mention lent it.
    """
    every = list(all_cited(dataset))
    found = [conflict for one in every for conflict in (*_dates(one, dataset), *_bodies(one))]
    found += _levels(every)
    return sorted(found, key=lambda one: (one.key, one.what, one.first.value, one.second.value))


def _dates(one: Cited, dataset: Dataset) -> Iterator[Conflict]:
    known, own = documents().get(one.key), _date_of(dataset, one.held) if one.held else None
    for mentions in _of_one_document(one):
        by_date: dict[str, Mention] = {}
        for mention in mentions:
            if mention.printed_date:
                by_date.setdefault(mention.printed_date, mention)
        if not by_date:
            continue
        if known:
            witness = Side(known.date, "register", by_date.get(known.date))
        elif own:
            witness = Side(own, "document", by_date.get(own), one.held)
        else:
            counted = [mention.printed_date for mention in mentions if mention.printed_date]
            usual = max(by_date, key=counted.count)
            witness = Side(usual, "mention", by_date[usual])
        year = key_parts(one.key).year
        if witness.witness == "mention" and year is not None and not witness.value.startswith(str(year)):
            # The number carries another year than every date beside it does.
            yield Conflict(one.key, one.number, "date", Side(str(year), "number"), witness)
        for date, mention in by_date.items():
            if date != witness.value:
                yield Conflict(one.key, one.number, "date", witness, Side(date, "mention", mention))


def _of_one_document(one: Cited) -> Iterator[Sequence[Mention]]:
    """The mentions that surely mean one document: where no issuer is told, those of one office's papers."""
    if one.in_register or key_parts(one.key).named:
        yield one.mentions
        return
    offices: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in one.mentions:
        offices[mention.issuer_unit].append(mention)
    yield from offices.values()


def _date_of(dataset: Dataset, document: str) -> str | None:
    rows = list(dataset.query("SELECT date FROM documents WHERE id = ?", (document,)))
    return rows[0]["date"] if rows else None


def _bodies(one: Cited) -> Iterator[Conflict]:
    """Issuers that the symbol denies: "30/2020/NĐ-CP của Thủ tướng Chính phủ"."""
    body = _BODY_OF.get(key_parts(one.key).issuer)
    if body is None:
        return
    by_slug: dict[str, tuple[str, Mention]] = {}
    for mention in one.mentions:
        said = mention.printed_issuer
        if said and (slug := _national(said)):
            by_slug.setdefault(slug, (said, mention))
    _, agreeing = by_slug.pop(body.slug, ("", None))
    for said, mention in by_slug.values():
        first, second = Side(body.name, "number", agreeing), Side(said, "mention", mention)
        yield Conflict(one.key, one.number, "issuer", first, second)


def _national(issuer: str) -> str | None:
    """The slug of a body of the whole country by its name, as keys have it; ``None`` for other bodies."""
    made = profile(Citation("văn bản", "1", "1", (0, 0), (0, 0), None, issuer))
    return made.body if made and made.body in _BODY_OF else None


def _levels(every: list[Cited]) -> Iterator[Conflict]:
    """One number of one day with two issuers: "20/2019/QĐ-UBND … của UBND tỉnh" and "… của UBND huyện"."""
    groups: dict[tuple[str, str, int | None, str], dict[_Issuer, tuple[Cited, Mention]]] = defaultdict(dict)
    for one in every:
        parts = key_parts(one.key)
        for mention in one.mentions:
            if not mention.printed_date or not mention.printed_issuer:
                continue
            issuer = describe(mention.printed_issuer)
            if issuer.body in ("ubnd", "hdnd") and issuer.level:
                values = groups[parts.kind, parts.serial, parts.year, mention.printed_date]
                values.setdefault((issuer.body, issuer.level, issuer.place), (one, mention))
    for (_, serial, year, _), values in groups.items():
        (first, (one, mention)), *others = values.items()
        for second, (_, other) in others:
            if not _differ(first, second):
                continue
            said, denied = (Side(side.printed_issuer or "", "mention", side) for side in (mention, other))
            sure = year is not None or int(serial.rstrip("abcdefgh")) >= COMMON_BELOW
            yield Conflict(one.key, one.number, "issuer", said, denied, "high" if sure else "medium")


def _differ(one: _Issuer, other: _Issuer) -> bool:
    return any(a is not None and b is not None and a != b for a, b in zip(one, other, strict=True))
