"""An overview as it is asked for and answered with: plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpora.chains.records import Chain, Occurrence
from corpora.meant import As

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at; ``None`` limits nothing.

    ``years`` are the first and last year reported on, ``document`` an id, a number or a source, ``units``
    in the terms of which communes to count.
    """

    unit: str | None = None
    years: tuple[int, int] | None = None
    area: str | None = None
    document: str | None = None
    units: As | None = None

    def holds(self, year: int | None) -> bool:
        """Whether what is of ``year`` belongs to it; what is of no known year only where no year is asked."""
        return self.years is None or (year is not None and self.years[0] <= year <= self.years[1])


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in the scope; ``findings`` and ``deficiencies`` are all of its own.

    ``repeats`` is the document that it is a copy of.
    """

    id: str
    source: str
    kind: str | None
    number: str | None
    date: str | None
    year: int | None
    issuer: str | None
    subject: str | None
    first_page: int | None
    last_page: int | None
    repeats: str | None
    findings: int
    deficiencies: int

    @property
    def called(self) -> str:
        """Its number, else the file that it stands in."""
        return self.number or self.source


@dataclass(frozen=True, slots=True)
class Place:
    """A unit; no other of the overview has its ``name``. ``documents`` are ids of those that speak of it."""

    key: Key
    name: str
    level: str
    code: str | None
    documents: frozenset[str]
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class Followed:
    """A chain of a unit, with its occurrences in the scope.

    ``documents`` are the ids of those in the scope that speak of a unit that bore the deficiency, or of what
    that one has become: where they do not tell of it, they are silent.
    """

    place: Key
    chain: Chain
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value in percent; ``place`` is ``None`` where the unit is not one of the overview's."""

    place: Key | None
    unit: str | None
    indicator: str | None
    value: float
    as_printed: str
    numerator: float | None
    denominator: float | None
    period: str | None
    year: int | None
    document: str
    page: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """One scope of a dataset.

    ``general`` counts deficiencies told of all units together, which belong to none. ``as_of`` is the ISO day
    on which the dataset was last filled.
    """

    scope: Scope
    papers: tuple[Paper, ...]
    places: tuple[Place, ...]
    chains: tuple[Followed, ...]
    measured: tuple[Measured, ...]
    general: int
    as_of: str | None
    _by_id: dict[str, Paper] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {paper.id: paper for paper in self.papers})

    @property
    def counted(self) -> list[Paper]:
        """The documents that the overview rests on: without copies."""
        return [paper for paper in self.papers if paper.repeats is None]

    @property
    def years(self) -> list[int]:
        """Every year from the first to the last of the documents counted."""
        known = [paper.year for paper in self.counted if paper.year is not None]
        return list(range(min(known), max(known) + 1)) if known else []

    def communes(self) -> list[Place]:
        """The communes; where one unit was asked for, what it is."""
        return [place for place in self.places if self.scope.unit or place.level == "commune"]

    def told(self) -> Iterator[tuple[Followed, Occurrence]]:
        """Every deficiency with its chain."""
        for one in self.chains:
            for occurrence in one.chain.occurrences:
                yield one, occurrence

    def paper(self, document: str) -> Paper | None:
        """A document by its id."""
        return self._by_id.get(document)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a deficiency's own record says: labels, confidences (``None``: not given), who looked at it."""

    area: str | None
    types: tuple[str, ...]
    unit: float | None
    polarity: float | None
    status: str
