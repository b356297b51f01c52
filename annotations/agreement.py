"""How far two annotators agree about the same statements.

    python -m annotations.agreement FIRST SECOND [--list N] [--json]

FIRST and SECOND are annotation files or folders of them. Files meet by document and part, not by
name, so a second reading of a few documents compares with the whole gold; statements meet by their
spans. Exit status: 0 done; 1 done, but files were left out, each told with line and reason;
2 nothing could be compared.

Types are compared on the statements that both call a deficiency, so that a disagreement about
polarity counts once. An area that an annotator left open (``null``) is a value of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from annotations.anchor import SAME, shared
from annotations.coefficients import alpha_masi, cohen_kappa, f1, jaccard
from annotations.files import (
    Annotation,
    AnnotationFile,
    AnnotationProblem,
    Folder,
    read_annotations,
    read_folder,
)
from annotations.labels import TYPES
from annotations.printing import line, table, title
from extract.errors import RasoatError, UsageError

_Pair = tuple[Annotation, Annotation]


@dataclass(frozen=True, slots=True)
class Paired:
    """One document's statements as two annotators marked them: those of both, and of one alone."""

    document: str
    part: int
    both: tuple[_Pair, ...]
    only_first: tuple[Annotation, ...]
    only_second: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often the first annotator gave one label where the second gave another; ``None`` is no label."""

    first: str | None
    second: str | None
    count: int


@dataclass(frozen=True, slots=True)
class OneLabel:
    """Agreement on what takes one label. ``agreement`` is the part that is equal, 0 to 1."""

    statements: int
    agreement: float | None
    kappa: float | None
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one type: how many statements each annotator and both gave it to, and kappa."""

    first: int
    second: int
    both: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class ManyLabels:
    """Agreement on sets of types: ``equal`` sets, mean F1 and Jaccard a statement, alpha with MASI.

    A confusion pairs each type that only the first gave with each that only the second gave.
    """

    statements: int
    equal: float | None
    f1: float | None
    jaccard: float | None
    alpha_masi: float | None
    labels: dict[str, LabelAgreement]
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One statement with different labels, for the person who decides. ``n`` are the two numbers."""

    document: str
    part: int
    n: tuple[int, int]
    field: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything that is told about two annotators. ``span_f1`` says how far they cut alike, 0 to 1."""

    documents: int
    statements_first: int
    statements_second: int
    statements_both: int
    span_f1: float | None
    polarity: OneLabel
    area: OneLabel
    types: ManyLabels
    disagreements: tuple[Disagreement, ...]

    def to_record(self) -> dict[str, Any]:
        """The agreement as JSON takes it, fractions with four digits."""
        record: dict[str, Any] = _rounded(asdict(self))
        return record


def load_pairs(first: Path, second: Path) -> tuple[list[Paired], list[AnnotationProblem]]:
    """The documents that both annotated, and what is wrong with files that were left out.

    A document that one side alone annotated is left out in silence. :class:`UsageError` where that
    leaves nothing; :class:`AnnotationProblem` where FIRST or SECOND is itself a file that is wrong.
    """
    sides = [_side(first), _side(second)]
    problems = [problem for side in sides for problem in side.problems]
    others = {(content.document, content.part): (path, content) for path, content in sides[1].files}
    paired: list[Paired] = []
    for path, content in sides[0].files:
        key = (content.document, content.part)
        if key not in others:
            continue
        other_path, other = others[key]
        if content.text_sha256 == other.text_sha256:
            paired.append(pair(content, other))
        else:
            reason = f"made on another text of {key[0]}, part {key[1]}, than {path} (text_sha256 differs)."
            problems.append(AnnotationProblem(other_path, 1, reason))
    if not paired and not problems:
        raise UsageError(f"No document is annotated in both '{first}' and '{second}'.")
    return paired, problems


def _side(path: Path) -> Folder:
    return read_folder(path) if path.is_dir() else Folder(((path, read_annotations(path)),), ())


def pair(first: AnnotationFile, second: AnnotationFile) -> Paired:
    """Pair the statements of two files on one text by their spans, which may differ a little.

    Neither side's spans overlap each other, so a statement has at most one partner. Of files for reviewers
    only what a person answered counts, and what was rejected is no statement.
    """
    ours = [one for one in first.annotations if one.holds]
    theirs = [one for one in second.annotations if one.holds]
    both: list[_Pair] = []
    alone: tuple[list[Annotation], list[Annotation]] = ([], [])
    while ours and theirs:
        a, b = ours[0], theirs[0]
        if shared(a.span, b.span) > SAME:
            both.append((ours.pop(0), theirs.pop(0)))
        elif a.span[1] <= b.span[1]:
            alone[0].append(ours.pop(0))
        else:
            alone[1].append(theirs.pop(0))
    return Paired(first.document, first.part, tuple(both), (*alone[0], *ours), (*alone[1], *theirs))


def measure(paired: Sequence[Paired]) -> Agreement:
    """The agreement over all statements of ``paired`` together."""
    both = [one for document in paired for one in document.both]
    first = len(both) + sum(len(document.only_first) for document in paired)
    second = len(both) + sum(len(document.only_second) for document in paired)
    return Agreement(
        len(paired),
        first,
        second,
        len(both),
        2 * len(both) / (first + second) if first + second else None,
        _one_label([(a.polarity, b.polarity) for a, b in both]),
        _one_label([(a.area, b.area) for a, b in both]),
        _many_labels([(frozenset(a.types), frozenset(b.types)) for a, b in both if a.types and b.types]),
        tuple(
            found for document in paired for one in document.both for found in _disagreements(document, one)
        ),
    )


def _one_label(pairs: Sequence[tuple[str | None, str | None]]) -> OneLabel:
    return OneLabel(
        len(pairs),
        _mean([a == b for a, b in pairs]),
        cohen_kappa(pairs),
        _confusions(Counter(one for one in pairs if one[0] != one[1])),
    )


def _many_labels(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> ManyLabels:
    labels = {
        label: LabelAgreement(
            sum(label in a for a, _ in pairs),
            sum(label in b for _, b in pairs),
            sum(label in a and label in b for a, b in pairs),
            cohen_kappa([(label in a, label in b) for a, b in pairs]),
        )
        for label in TYPES
    }
    crossed = Counter(one for a, b in pairs if a != b for one in _crossed(a - b, b - a))
    return ManyLabels(
        len(pairs),
        _mean([a == b for a, b in pairs]),
        _mean([f1(a, b) for a, b in pairs]),
        _mean([jaccard(a, b) for a, b in pairs]),
        alpha_masi(pairs),
        labels,
        _confusions(crossed),
    )


def _crossed(ours: frozenset[str], theirs: frozenset[str]) -> Iterator[tuple[str | None, str | None]]:
    """Every label of one with every label of the other, ``None`` for a side that has none."""
    alone: tuple[None] = (None,)
    yield from product(sorted(ours) if ours else alone, sorted(theirs) if theirs else alone)


def _confusions(counts: Counter[tuple[str | None, str | None]]) -> tuple[Confusion, ...]:
    """The most frequent first; equal ones in the order of their labels."""
    rows = sorted(counts.items(), key=lambda one: (-one[1], one[0][0] or "", one[0][1] or ""))
    return tuple(Confusion(a, b, count) for (a, b), count in rows)


def _disagreements(document: Paired, statement: _Pair) -> list[Disagreement]:
    a, b = statement
    given: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        ("polarity", (a.polarity,), (b.polarity,)),
        ("area", (a.area,) if a.area else (), (b.area,) if b.area else ()),
    ]
    if a.types and b.types:
        given.append(("types", tuple(sorted(a.types)), tuple(sorted(b.types))))
    return [
        Disagreement(document.document, document.part, (a.n, b.n), field, ours, theirs, a.text)
        for field, ours, theirs in given
        if ours != theirs
    ]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


def show(found: Agreement, listed: int) -> None:
    """Print the agreement as tables, with the first ``listed`` disagreements."""
    line(
        f"{found.documents} documents; statements: {found.statements_first} and {found.statements_second}, "
        f"{found.statements_both} in both (F1 of spans {_number(found.span_f1)})"
    )
    title("One label a statement")
    table(
        ("field", "statements", "agreement", "kappa"),
        [
            (name, str(one.statements), _number(one.agreement), _number(one.kappa))
            for name, one in (("polarity", found.polarity), ("area", found.area))
        ],
    )
    types = found.types
    title(f"Types, on {types.statements} statements that both call a deficiency")
    line(
        f"equal sets {_number(types.equal)}, F1 {_number(types.f1)}, Jaccard {_number(types.jaccard)}, "
        f"alpha (MASI) {_number(types.alpha_masi)}"
    )
    table(
        ("first", "second", "both", "kappa", "type"),
        [
            (str(one.first), str(one.second), str(one.both), _number(one.kappa), label)
            for label, one in types.labels.items()
        ],
    )
    for name, confusions in (
        ("polarity", found.polarity.confusions),
        ("area", found.area.confusions),
        ("types", types.confusions),
    ):
        if confusions:
            title(f"Confused: {name}")
            table(
                ("count", "first", "second"),
                [(str(one.count), one.first or "-", one.second or "-") for one in confusions],
            )
    if found.disagreements[:listed]:
        title(f"Disagreements: {min(listed, len(found.disagreements))} of {len(found.disagreements)}")
        table(
            ("document", "n", "first", "second", "text"),
            [
                (
                    f"{one.document}:{one.part}",
                    "/".join(str(n) for n in dict.fromkeys(one.n)),
                    ", ".join(one.first) or "-",
                    ", ".join(one.second) or "-",
                    one.text,
                )
                for one in found.disagreements[:listed]
            ],
        )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two annotators; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m annotations.agreement", description="How far two annotators agree."
    )
    parser.add_argument("first", type=Path, metavar="FIRST", help="annotation file or folder")
    parser.add_argument("second", type=Path, metavar="SECOND", help="annotation file or folder")
    parser.add_argument("--list", type=int, default=20, metavar="N", help="disagreements to print (20)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    given = parser.parse_args(arguments)
    try:
        paired, problems = load_pairs(given.first, given.second)
    except RasoatError as error:
        sys.stderr.write(f"agreement: {error}\n")
        return 2
    for problem in problems:
        sys.stderr.write(f"agreement: {problem}\n")
    if not paired:
        return 2
    found = measure(paired)
    if given.json:
        line(json.dumps(found.to_record(), ensure_ascii=False, indent=2))
    else:
        show(found, max(0, given.list))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
