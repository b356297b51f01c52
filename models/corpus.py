"""What the gold is made of: size, vocabulary, near-duplicates and the balance of labels.

    python -m models.corpus [GOLD] [--list N] [--json]

A maintainer's tool, to be asked before the gold grows and before a score is believed. It lives
beside training and not beside the documents, because what it answers is about learning: what
stands on which side of the split (``models.examples``), in the words that the features count
(``models.tokens``). Exit status: 0 done; 1 done, but files were left out, each told with line and
reason; 2 there is no gold. Takes about half a minute, nearly all of it word segmentation.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotations.files import Annotation, AnnotationProblem, read_folder
from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.printing import line, table, title
from extract.errors import RasoatError, UsageError
from extract.vietnamese import one_tone_place
from models.duplicates import ALIKE, masked, near_duplicates
from models.examples import GOLD, held_out_districts
from models.tokens import word_spans

ENOUGH = 100
"""Examples that every label should have; a label with fewer is rare."""

STEP = 1000
"""Statements between two looks at the vocabulary."""


@dataclass(frozen=True, slots=True)
class Place:
    """One statement of the gold and where it stands; ``document`` is the source with its part."""

    district: str
    document: str
    held_out: bool
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class District:
    """One district in corpus order.

    ``new_words`` are word types that no district before it has, so they fall as the corpus goes on;
    ``own_words`` are those that no other district has at all, whatever the order.
    """

    name: str
    held_out: bool
    documents: int
    statements: int
    distinct: int
    new_words: int
    own_words: int

    @property
    def new_words_per_step(self) -> float:
        """New word types per 1,000 statements of the district."""
        return self.new_words * STEP / self.statements


@dataclass(frozen=True, slots=True)
class Growth:
    """The vocabulary after ``statements`` of the corpus: all word types, and those of the last step."""

    statements: int
    words: int
    new_words: int


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two statements that are near-duplicates; ``across`` says that they are on different sides."""

    likeness: float
    across: bool
    first: Place
    second: Place


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many statements carry a label: in training, and held out."""

    kind: str
    label: str
    training: int
    held_out: int

    @property
    def total(self) -> int:
        """In the whole gold."""
        return self.training + self.held_out

    @property
    def rare(self) -> bool:
        """Whether the whole gold has fewer than :data:`ENOUGH`."""
        return self.total < ENOUGH


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that is told about a gold. ``distinct`` counts statements that differ when masked."""

    documents: int
    statements: int
    distinct: int
    words: int
    districts: tuple[District, ...]
    growth: tuple[Growth, ...]
    near: tuple[NearPair, ...]
    labels: tuple[LabelCount, ...]

    def to_record(self) -> dict[str, Any]:
        """The report as JSON takes it."""
        return {
            "documents": self.documents,
            "statements": self.statements,
            "distinct": self.distinct,
            "words": self.words,
            "districts": [
                asdict(one) | {"new_words_per_1000": round(one.new_words_per_step, 1)}
                for one in self.districts
            ],
            "growth": [asdict(one) for one in self.growth],
            "near_duplicates": {
                "threshold": ALIKE,
                "pairs": [
                    {
                        "likeness": round(one.likeness, 4),
                        "across_split": one.across,
                        "first": _placed(one.first),
                        "second": _placed(one.second),
                    }
                    for one in self.near
                ],
            },
            "labels": [asdict(one) | {"total": one.total, "rare": one.rare} for one in self.labels],
        }


def load_places(gold: Path = GOLD) -> tuple[list[Place], list[AnnotationProblem]]:
    """The statements of a gold in corpus order, and what is wrong with files that were left out.

    A gold is a folder with ``split.toml`` and a folder a district; :class:`UsageError` where it is none.
    """
    folder = read_folder(gold)
    try:
        held_out = held_out_districts(gold)
    except OSError as error:
        raise UsageError(f"'{gold}' is no gold: split.toml cannot be read ({error.strerror}).") from error
    places = [
        Place(path.parent.name, f"{content.document}:{content.part}", path.parent.name in held_out, one)
        for path, content in folder.files
        for one in content.annotations
    ]
    return places, list(folder.problems)


def measure(places: Sequence[Place]) -> Corpus:
    """Everything about the statements ``places``, which stand in corpus order."""
    vocabulary: set[str] = set()
    growth: list[Growth] = []
    by_district: dict[str, set[str]] = defaultdict(set)
    for count, place in enumerate(places, start=1):
        found = words(place.annotation.text)
        vocabulary |= found
        by_district[place.district] |= found
        if count % STEP == 0 or count == len(places):
            before = growth[-1].words if growth else 0
            growth.append(Growth(count, len(vocabulary), len(vocabulary) - before))
    return Corpus(
        len({place.document for place in places}),
        len(places),
        len({masked(place.annotation.text) for place in places}),
        len(vocabulary),
        _districts(places, by_district),
        tuple(growth),
        near_pairs(places),
        label_counts(places),
    )


def words(text: str) -> set[str]:
    """The word types of a statement: underthesea's words in small letters, without names and numbers."""
    found = set[str]()
    for place, (start, end) in enumerate(word_spans(text)):
        word = text[start:end]
        # A capital begins a name or an abbreviation, but for the one that begins the sentence.
        own = word[:1].lower() + word[1:] if place == 0 else word
        if own.islower() and not any(letter.isdigit() for letter in own):
            found.add(one_tone_place(" ".join(own.split())))
    return found


def near_pairs(places: Sequence[Place]) -> tuple[NearPair, ...]:
    """The near-duplicates among ``places``: those on both sides of the split first, then the likest."""
    pairs = [
        NearPair(near.likeness, first.held_out is not second.held_out, first, second)
        for near in near_duplicates([place.annotation.text for place in places])
        for first, second in [(places[near.first], places[near.second])]
    ]
    return tuple(sorted(pairs, key=lambda one: not one.across))


def label_counts(places: Sequence[Place]) -> tuple[LabelCount, ...]:
    """How often every label stands on each side, in the order of ``labels.toml``, also where never."""
    sides = {True: Counter[tuple[str, str]](), False: Counter[tuple[str, str]]()}
    for place in places:
        one = place.annotation
        given = [("polarity", one.polarity), *(("type", code) for code in one.types)]
        sides[place.held_out].update([*given, ("area", one.area)] if one.area else given)
    kinds: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("polarity", POLARITIES),
        ("area", AREAS),
        ("type", TYPES),
    )
    return tuple(
        LabelCount(kind, code, sides[False][kind, code], sides[True][kind, code])
        for kind, labels in kinds
        for code in labels
    )


def _districts(places: Sequence[Place], words_of: Mapping[str, set[str]]) -> tuple[District, ...]:
    grouped: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        grouped[place.district].append(place)
    users = Counter(word for found in words_of.values() for word in found)
    seen: set[str] = set()
    rows: list[District] = []
    for name, group in grouped.items():
        rows.append(
            District(
                name,
                group[0].held_out,
                len({place.document for place in group}),
                len(group),
                len({masked(place.annotation.text) for place in group}),
                len(words_of[name] - seen),
                sum(users[word] == 1 for word in words_of[name]),
            )
        )
        seen |= words_of[name]
    return tuple(rows)


def _placed(place: Place) -> dict[str, Any]:
    return {"document": place.document, "n": place.annotation.n, "text": place.annotation.text}


def show(corpus: Corpus, listed: int) -> None:
    """Print the report as tables, with ``listed`` pairs of near-duplicates."""
    line(
        f"{corpus.documents} documents of {len(corpus.districts)} districts, {corpus.statements} statements, "
        f"{corpus.distinct} distinct when masked, {corpus.words} word types"
    )
    title(f"Districts, with word types new in corpus order (also per {STEP} statements) or nobody else's")
    table(
        ("documents", "statements", "distinct", "new words", f"per {STEP}", "own words", "side", "district"),
        [
            (
                *map(str, (one.documents, one.statements, one.distinct, one.new_words)),
                f"{one.new_words_per_step:.0f}",
                str(one.own_words),
                "held out" if one.held_out else "training",
                one.name,
            )
            for one in corpus.districts
        ],
    )
    title("Vocabulary")
    table(
        ("statements", "word types", "new"),
        [(str(one.statements), str(one.words), str(one.new_words)) for one in corpus.growth],
    )
    title("Labels")
    table(
        ("total", "training", "held out", "share held out", "kind", "label"),
        [
            (
                *map(str, (one.total, one.training, one.held_out)),
                f"{one.held_out / one.total:.0%}" if one.total else "-",
                one.kind,
                f"{one.label} (rare)" if one.rare else one.label,
            )
            for one in corpus.labels
        ],
    )
    rare = [f"{one.label} ({one.total})" for one in corpus.labels if one.rare]
    line(f"Rare, under {ENOUGH}: {', '.join(rare) or 'none'}")
    across = sum(one.across for one in corpus.near)
    title(f"Near-duplicates (Jaccard {ALIKE} or more): {len(corpus.near)} pairs, {across} across the split")
    if corpus.near[:listed]:
        table(
            ("likeness", "across", "statement", "text"),
            [
                row
                for one in corpus.near[:listed]
                for row in (
                    (f"{one.likeness:.2f}", "ACROSS" if one.across else "", *_cells(one.first)),
                    ("", "", *_cells(one.second)),
                )
            ],
        )
    if len(corpus.near) > listed:
        line(f"{len(corpus.near) - listed} more: --list {len(corpus.near)}")


def _cells(place: Place) -> tuple[str, str]:
    return f"{place.document}, n {place.annotation.n}", place.annotation.text


def main(arguments: Sequence[str] | None = None) -> int:
    """Report on a gold; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m models.corpus", description="What the gold is made of.")
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD, metavar="GOLD", help="(annotations/gold)")
    parser.add_argument("--list", type=int, default=20, metavar="N", help="near-duplicates to print (20)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    given = parser.parse_args(arguments)
    try:
        places, problems = load_places(given.gold)
        if not places and not problems:
            raise UsageError(f"'{given.gold}' holds no annotated statement.")
    except RasoatError as error:
        sys.stderr.write(f"corpus: {error}\n")
        return 2
    for problem in problems:
        sys.stderr.write(f"corpus: {problem}\n")
    corpus = measure(places)
    if given.json:
        line(json.dumps(corpus.to_record(), ensure_ascii=False, indent=2))
    else:
        show(corpus, max(0, given.list))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
