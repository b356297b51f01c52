"""Cited documents: each once, with all its mentions.

Completion over the dataset's documents happens here and not when a file is read: the records of a file
stay the same whatever else was ingested before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from corpora.dataset import Dataset
from corpora.filters import Filters, conditions, unit_ids
from corpora.mentions import Citing, Mention, Told
from corpora.names import same_unit
from corpora.symbols import keys as search_keys
from corpora.symbols import parts
from extract.citations.across import key_parts
from extract.citations.register import Known, documents


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document with its mentions, oldest first.

    ``resolved``: the key can mean one document only. ``held`` is the document's id where the dataset
    holds it; ``in_register`` whether the register of national documents knows it, with ``until`` (last day
    surely in force), ``ended`` (first day surely not), ``replaced_by`` and ``amended_by`` (numbers) and their
    ``source``.
    """

    key: str
    number: str
    kind: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    resolved: bool
    held: str | None
    in_register: bool
    until: str | None
    ended: str | None
    replaced_by: str | None
    amended_by: tuple[str, ...]
    source: str | None
    mentions: tuple[Mention, ...] = field(repr=False)

    @property
    def documents(self) -> tuple[str, ...]:
        """The citing documents' ids, each once."""
        return tuple(dict.fromkeys(one.document for one in self.mentions))

    @property
    def units(self) -> tuple[str, ...]:
        """The units that findings with this citation are about."""
        return tuple(dict.fromkeys(name for one in self.mentions for name in one.units))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the citing documents."""
        return tuple(sorted({one.year for one in self.mentions if one.year is not None}))

    @property
    def expired(self) -> tuple[Mention, ...]:
        """The mentions after the document's end."""
        return tuple(one for one in self.mentions if one.expired)

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON, counts beside them."""
        mentions = [{**asdict(one), "expired": one.expired} for one in self.mentions]
        return {
            "record": "cited",
            **{name: value for name, value in asdict(self).items() if name != "mentions"},
            "times": len(self.mentions),
            "documents": list(self.documents),
            "units": list(self.units),
            "years": list(self.years),
            "mentions": mentions,
        }


def cited(
    dataset: Dataset,
    asked: str | None = None,
    filters: Filters | None = None,
    *,
    expired: bool = False,
    unresolved: bool = False,
    limit: int | None = None,
) -> list[Cited]:
    """The cited documents, most often cited first; at most ``limit``.

    ``asked`` is a number as people type it ("30/2020", "nđ 30", "739/qd-ubnd") or a key. Of the filters,
    ``unit`` keeps mentions in findings about a unit and in its own documents, ``year`` and ``document``
    those of the citing documents. ``expired`` keeps mentions of documents that were no longer in force when
    cited, ``unresolved`` numbers that do not say which document is meant. :class:`UsageError` for an unknown
    document.
    """
    filters = filters or Filters()
    conditions(dataset, filters)  # a wrong call is told before the archive is read
    citing = Citing(dataset)
    passes = _passes(dataset, citing, filters)
    times = citing.times(passes, expired)
    ranked = sorted(times, key=lambda key: (-len(times[key]), -times[key].total(), key))
    if unresolved:
        ranked = [key for key in ranked if not key_parts(key).complete]
    if asked is not None:
        # Which of the keys a person's words can mean is told by the mentions; few are alike in their digits.
        near = set(filter(_near(citing, asked), ranked))
        meant = {one.key for one in _read(citing, near) if _is_asked(one, asked)}
        ranked = [key for key in ranked if key in meant]
    ranked = ranked[:limit]
    found = {}
    for one in _read(citing, set(ranked)):
        mentions = (
            mention
            for mention in one.mentions
            if (passes is None or passes(mention.document, mention.citation))
            and (mention.expired or not expired)
        )
        found[one.key] = replace(one, mentions=tuple(mentions))
    return [found[key] for key in ranked]


def _passes(dataset: Dataset, citing: Citing, filters: Filters) -> Callable[[str, str], bool] | None:
    """Whether a mention, by its document and citation, is asked for; ``None`` where every one is."""
    if filters == Filters():
        return None
    ids = set(dataset.find_documents(filters.document)) if filters.document is not None else None
    own, about = set[str](), set[str]()
    if filters.unit is not None:
        issuers = {head.issuer_unit for head in citing.heads.values() if head.issuer_unit}
        own = {name for name in issuers if same_unit(filters.unit, name)}
        about = citing.about(unit_ids(dataset, filters.unit))

    def passes(document: str, citation: str) -> bool:
        head = citing.heads[document]
        return (
            (ids is None or document in ids)
            and (filters.year is None or head.year == filters.year)
            and (filters.unit is None or citation in about or head.issuer_unit in own)
        )

    return passes


def _near(citing: Citing, asked: str) -> Callable[[str], bool]:
    """Whether the document of a key can be the one that is asked for, by its digits alone."""
    digits = next((part for part in parts(asked) if part[0].isdigit()), "").lstrip("0")
    printed = citing.printed_with(digits)
    return lambda key: digits in key or not printed.isdisjoint(citing.keys[key])


def _is_asked(one: Cited, asked: str) -> bool:
    """Whether a person's words mean this document: its key, its number or the beginning, kind and number."""
    if asked.strip().lower() == one.key:
        return True
    wanted = parts(asked)
    if not wanted:
        return False
    names = search_keys(one.number, one.kind)
    for mention in one.mentions:
        names |= search_keys(mention.as_printed, one.kind)
    whole = "z".join(wanted)
    if whole in names or parts(one.number)[: len(wanted)] == wanted:
        return True
    # "NĐ 30", "nghị định 30": the kind, or its short form, before the number alone.
    *said, last = wanted
    key = key_parts(one.key)
    return (said == parts(one.kind or "") or said == [key.kind]) and last.lstrip("0") == key.serial.lstrip(
        "0"
    )


def _read(citing: Citing, keys: set[str]) -> Iterator[Cited]:
    """The documents of these keys with all that is told of them."""
    for key, told in citing.of_keys(keys).items():
        yield _cited(key, told, citing.held.get(key))


def usual_number(key: str, numbers: Iterable[tuple[str, bool]]) -> str:
    """What the document of a key is called, by its mentions: their number, and whether others complete it."""
    known: Known | None = documents().get(key)
    if known is not None:
        return known.number
    every = list(numbers)
    counted = Counter([number for number, joined in every if not joined] or [number for number, _ in every])
    return max(counted, key=lambda one: (counted[one], len(one), one))


def _cited(key: str, group: Sequence[Told], held: tuple[str, str | None] | None) -> Cited:
    register = documents()
    known: Known | None = register.get(key)
    mentions = tuple(told.mention for told in group)
    heir = register.get(known.replaced_by or "") if known else None
    return Cited(
        key=key,
        number=usual_number(key, ((told.number, told.mention.joined) for told in group)),
        kind=known.kind if known else _usual(told.kind for told in group),
        date=known.date
        if known
        else _usual(one.printed_date for one in mentions) or (held[1] if held else None),
        issuer=known.issuer if known else _usual(told.issuer for told in group),
        subject=known.title if known else _usual(told.subject for told in group),
        resolved=key_parts(key).complete,
        held=held[0] if held else None,
        in_register=known is not None,
        until=known.until if known else None,
        ended=known.ended if known else None,
        replaced_by=heir.number if heir else None,
        amended_by=tuple(register[one].number for one in known.amended_by) if known else (),
        source=known.source if known else None,
        mentions=mentions,
    )


def _usual(values: Iterable[str | None]) -> str | None:
    """The value given most often; of two, the longer one."""
    counted = Counter(value for value in values if value)
    return max(counted, key=lambda one: (counted[one], len(one), one)) if counted else None
