"""Train the judge of issuers on written citation cases and on papers in the training documents.

``python -m models.issuer_training [FOLDER]`` writes ``models/trained/issuers.*`` and prints how often the
issuer is right in each file by a judge that has seen no file of the same hand. What is learned from is asked
on the very road that the judge is for: a teacher who knows the keys stands in its place and notes the
candidates. The newest blind sets measure, and nothing is learned from them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from annotations.citation_cases import Case, read_cases
from extract.citations import find_citations, resolve
from extract.citations.candidates import Candidate, Paper
from extract.citations.keys import local_slug
from extract.citations.whose import SURE, Judge, likeliest
from extract.document import Citation, Span
from extract.find import find
from extract.reading.read import read
from extract.structure.build import structure
from extract.units.register import Register
from models.artefact import FOLDER
from models.examples import ROOT
from models.issuers import Issuers, Weights, save

CASES = ROOT / "tests" / "extract" / "citations"
LABELS = ROOT / "annotations" / "issuers.tsv"
STRENGTH = 1.0
"""Of the penalty on squared weights."""
_SEEN = 2
"""A feature is learned from so many candidates at least."""
_HANDS = ("ab", "c", "ef", "g", "hi", "jkl", "mn", "opqr")
"""Blind sets of one hand, by the last letter of their files; what is not blind is another hand's."""

_PARTS = 5
"""Into so many parts the places of the training documents are dealt."""
UNSEEN = ("blind_s", "blind_t", "blind_u")


@dataclass(frozen=True, slots=True)
class Question:
    """The candidates for one paper, and which of them are its issuer."""

    file: str
    found: tuple[Candidate, ...]
    right: tuple[bool, ...]


class _Teacher:
    """A judge that knows the truth of one text, and notes what it is asked; ``truth`` are slugs by span."""

    def __init__(self, file: str, truth: Mapping[Span, Collection[str]]) -> None:
        self._file, self._truth = file, truth
        self.asked: list[Question] = []

    def __call__(self, paper: Paper, found: Sequence[Candidate]) -> list[float]:
        truth = self._truth.get(paper.span, ())
        right = [local_slug(paper.body, *(one.owner or (None, None))) in truth for one in found]
        if any(right):
            self.asked.append(Question(self._file, tuple(found), tuple(right)))
            return [one / sum(right) for one in right]
        return [float(one.owner is None) for one in found]


def questions(cases: Iterable[Case]) -> list[Question]:
    """What a judge is asked on the road through ``cases``, with the answers."""
    asked: list[Question] = []
    for case in cases:
        truth = {one.span: (one.key.split(":")[2],) for one in case.expected}
        teacher = _Teacher(case.place.partition(".")[0], truth)
        cited(case, teacher)
        asked += teacher.asked
    return asked


def questions_of_papers(path: Path = LABELS) -> list[Question]:
    """The same on the road through the training documents, where ``path`` says whose their papers are."""
    labels: dict[str, list[list[str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            document, *label = line.split("\t")
            labels[document].append(label)
    asked: list[Question] = []
    for document, rows in sorted(labels.items()):
        for part, structured in enumerate(structure(read(ROOT / document)), 1):
            text, day = structured.document.text, structured.document.value("date")
            spans: dict[str, list[Span]] = defaultdict(list)
            for one in find_citations(text, day=day):
                spans[one.as_printed].append(one.span)
            truth = {
                spans[printed][int(time) - 1]: slugs.split(",")
                for of, printed, time, slugs in rows
                if int(of) == part
            }
            teacher = _Teacher(document, truth)
            find(structured, Register(), (), teacher)
            asked += teacher.asked
    return asked


def cited(case: Case, judge: Judge | None) -> list[Citation]:
    """What the case's text cites, as a document of its issuer would have it."""
    return resolve(
        find_citations(case.text, day=case.date),
        document_number=None,
        document_date=case.date,
        issuer=case.unit.as_printed if case.unit else None,
        issuer_unit=case.unit,
        text=case.text,
        judge=judge,
    )


def fit(asked: Sequence[Question], heat: float = 1.0) -> Weights:
    """The weights that make the right issuers likeliest. The same questions give the same weights."""
    counts = Counter(one for each in asked for found in each.found for one in set(found.features))
    terms = sorted(term for term, count in counts.items() if count >= _SEEN)
    column = {term: at for at, term in enumerate(terms)}
    columns: list[int] = []
    ends = [0]
    for each in asked:
        for found in each.found:
            columns += [column[one] for one in found.features if one in column]
            ends.append(len(columns))
    rows = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(terms)))
    rows.sum_duplicates()
    sizes = [len(each.found) for each in asked]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(asked)), sizes)
    right = np.array([one for each in asked for one in each.right])
    turned = rows.T.tocsr()

    def shares(logits: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        highest = np.maximum.reduceat(logits, starts)
        odds = np.exp(logits - highest[group])
        total = np.add.reduceat(odds, starts)
        return highest + np.log(total), odds / total[group]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = rows @ weights
        (all_, chance), (true, among) = shares(logits), shares(np.where(right, logits, -1e9))
        value = float((all_ - true).sum() + STRENGTH / 2 * weights @ weights)
        return value, turned @ (chance - among) + STRENGTH * weights

    found = minimize(loss, np.zeros(len(terms)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return Weights({term: round(float(w), 4) for term, w in zip(terms, found.x, strict=True)}, heat, {})


def crossed(asked: Sequence[Question]) -> list[tuple[Question, list[float]]]:
    """Each question with the chances that a judge gives who has seen no file of the same hand."""
    hands: dict[str, list[Question]] = defaultdict(list)
    for one in asked:
        hands[_hand(one.file)].append(one)
    answered = []
    for hand, hidden in sorted(hands.items()):
        judge = Issuers(fit([one for other, seen in sorted(hands.items()) if other != hand for one in seen]))
        answered += [(one, judge(_NOBODY, one.found)) for one in hidden]
    return answered


_NOBODY = Paper((0, 0), (0, 0), "", None, None, "")


def _hand(file: str) -> str:
    if "/" in file:
        return f"papers {zlib.crc32(file.split('/')[-2].encode()) % _PARTS}"
    if not file.startswith("blind_"):
        return "taught" if file == "taught" else "others"
    return next((hand for hand in _HANDS if file[-1] in hand), file)


def calibrated(answered: Sequence[tuple[Question, list[float]]]) -> float:
    """The heat that makes the chances of ``answered`` as often right as they say."""
    logs = [(np.log(np.maximum(chances, 1e-12)), np.array(one.right)) for one, chances in answered]

    def loss(heat: float) -> float:
        total = 0.0
        for logits, right in logs:
            odds = np.exp((logits - logits.max()) / heat)
            total -= math.log(max(odds[right].sum() / odds.sum(), 1e-12))
        return total

    return round(float(minimize_scalar(loss, bounds=(0.5, 8.0), method="bounded").x), 3)


def scores(answered: Sequence[tuple[Question, list[float]]], heat: float) -> dict[str, list[int]]:
    """By file: questions, rightly told, wrongly told, left open though something tells."""
    counts: dict[str, list[int]] = {}
    for one, chances in answered:
        row = counts.setdefault("papers" if "/" in one.file else one.file, [0, 0, 0, 0])
        row[0] += 1
        cooled = np.power(np.maximum(chances, 1e-12), 1 / heat)
        best = likeliest(one.found, list(cooled / cooled.sum()))
        truth = {found.owner for found, right in zip(one.found, one.right, strict=True) if right}
        owner = best.owner if best and best.chance >= SURE else None
        row[1 if owner in truth else 2 if owner else 3] += 1
    return counts


def train(folder: Path) -> tuple[Weights, dict[str, list[int]]]:
    """The judge that all cases of ``folder`` make, and how judges who had not seen a hand score on it."""
    paths = [path for path in sorted(folder.glob("*.txt")) if path.stem not in UNSEEN]
    asked = [*questions(case for path in paths for case in read_cases(path)), *questions_of_papers()]
    answered = crossed(asked)
    heat = calibrated(answered)
    found = scores(answered, heat)
    model = fit(asked, heat)
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in (*paths, LABELS))).hexdigest()
    totals = [sum(row[at] for row in found.values()) for at in range(4)]
    model.card = {
        "data": {"files": [path.stem for path in paths], "questions": len(asked), "sha256": digest},
        "features": len(model.weights),
        "unseen hands": dict(zip(("questions", "right", "wrong", "left open"), totals, strict=True)),
    }
    return model, found


def main() -> None:
    """Train, write the artefact and print the scores on unseen hands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=CASES)
    model, found = train(parser.parse_args().folder)
    save(model, FOLDER)
    for file, row in sorted(found.items()):
        sys.stdout.write(f"{file:12} {row[0]:4} asked, {row[1]} right, {row[2]} wrong, {row[3]} open\n")
    sys.stdout.write(json.dumps(model.card, ensure_ascii=False, indent=1) + f"\nheat {model.heat}\n")


if __name__ == "__main__":
    main()
