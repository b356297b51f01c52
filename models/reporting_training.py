"""Train the model of reporting: statements of the gold's reports against those of texts of other kinds.

``python -m models.reporting_training`` writes ``models/trained/reporting.*`` and prints what it scores. The
texts in ``corpora/other_texts/`` (plans, directives, rules, guides, news, poems, …) report nothing anywhere;
their kind is their file name's beginning. The judge of evidence around a statement is fitted on evidence from
models that had not seen the district or text, over whole documents, short pieces of them, copies with slips
as OCR makes them, and documents put together from both sides: a plan with a section that reports.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from extract.find import find
from extract.reading.read import read
from extract.structure.build import structure
from extract.units.register import Register
from extract.vietnamese import fold
from models.artefact import FOLDER, Array
from models.examples import ROOT, Example, data_hash, gold_files, held_out_districts, load_examples
from models.features import Input
from models.reporting import REPORTS, Reporting, Weights, features_of, is_pair, look_around, save
from models.training import own_part

OTHERS = ROOT / "corpora" / "other_texts"
STRENGTH, JUDGE_STRENGTH = 0.3, 1.0
FOLDS = 6
SEED = 20_211_230
_MIXED = 6
"""Documents put together from each other text and a piece of a report."""
_SHORT = 4
"""Statements that a short piece has at most: a letter, or what is given to the spaCy pipeline."""
_SLIPS = (0.05, 0.3)
"""Shares of syllables with a slip, the fewest and the most, in pieces as OCR reads them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The statements of one document in order; ``group`` is its district, or its file for another text.

    ``truth`` says of each statement whether it reports; ``None`` for what a report asks for, which sounds
    like a directive and is never praise or blame: it is evidence for its neighbours, and not learned.
    """

    group: str
    reports: bool
    inputs: list[Input]
    truth: list[bool | None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Evidence of statements that stand together, with their headings and whether each reports.

    ``weight`` makes every other text count as often as a report, however many pieces are made of it: most
    papers of an archive are reports from end to end.
    """

    evidence: Array
    titles: list[tuple[str, ...]]
    truth: list[bool | None]
    weight: float = 1.0


def papers_of(examples: Sequence[Example]) -> list[Paper]:
    """The reports of the gold, each with its labelled statements."""
    papers = []
    for (district, *_), group in groupby(examples, lambda one: (one.district, one.document, one.part)):
        found = list(group)
        truth = [None if one.polarity == "recommendation" else True for one in found]
        papers.append(Paper(district, True, [one.input for one in found], truth))
    return papers


def other_papers(paths: Sequence[Path] | None = None) -> list[Paper]:
    """Texts that report nothing, as the road reads them."""
    papers = []
    for path in paths if paths is not None else sorted(OTHERS.glob("*.txt")):
        for one in structure(read(path, any_text=True)):
            text = one.document.text
            inputs = [
                Input(found.cell.reading, found.titles, named=found.named)
                if found.cell is not None
                else Input(text[slice(*found.span)], found.titles, found.lead, found.before, found.named)
                for found in find(one, Register()).statements
            ]
            papers += [Paper(path.name, False, inputs, [False] * len(inputs))] if inputs else []
    return papers


def train_reporting(papers: Sequence[Paper]) -> Weights:
    """Fit both stages. The same papers give the same model."""
    chance = np.random.default_rng(SEED)
    groups = [paper.group for paper in papers]
    pieces: list[_Piece] = []
    for seen, hidden in GroupKFold(FOLDS).split(papers, groups=groups):
        model = Reporting(_first_stage([papers[at] for at in seen]))
        pieces += _pieces(model, [papers[at] for at in hidden], chance)
    around = np.concatenate([look_around(piece.evidence, piece.titles) for piece in pieces])
    truth = [label for piece in pieces for label in piece.truth]
    weight = np.concatenate([np.full(len(piece.truth), piece.weight) for piece in pieces])
    known = np.array([label is not None for label in truth])
    judge = LogisticRegression(C=JUDGE_STRENGTH, max_iter=5000).fit(
        around[known], [label for label in truth if label is not None], sample_weight=weight[known]
    )
    final = _first_stage(papers)
    final.judge = judge.coef_[0].astype(np.float32)
    final.shift = judge.intercept_.astype(np.float32)
    return final


def _first_stage(papers: Sequence[Paper]) -> Weights:
    """Linear models of single statements, and the word pairs of reports; the judge is still missing."""
    rows = [
        (features_of(one), label)
        for paper in papers
        for one, label in zip(paper.inputs, paper.truth, strict=True)
        if label is not None
    ]
    vectorizer = TfidfVectorizer(
        analyzer=list, lowercase=False, min_df=2, sublinear_tf=True, dtype=np.float32
    )
    whole = csr_matrix(vectorizer.fit_transform([features for features, _ in rows]))
    names = vectorizer.get_feature_names_out()
    truth = np.array([reports for _, reports in rows])
    models = [
        LinearSVC(C=STRENGTH, class_weight="balanced", random_state=SEED).fit(table, truth)
        for table in (whole, own_part(whole, names))
    ]
    pairs = Counter(name for features, reports in rows if reports for name in set(features) if is_pair(name))
    return Weights(
        dict(vectorizer.vocabulary_),
        vectorizer.idf_.astype(np.float32),
        np.stack([model.coef_[0] for model in models], axis=1).astype(np.float32),
        np.array([model.intercept_[0] for model in models], dtype=np.float32),
        np.array([pairs[name] > 1 for name in names]),
        np.zeros(0, dtype=np.float32),
        np.zeros(0, dtype=np.float32),
        {},
    )


def _pieces(model: Reporting, papers: Sequence[Paper], chance: np.random.Generator) -> list[_Piece]:
    """What the judge is fitted on, of papers that ``model`` has not seen."""
    whole = [_piece(model, paper.inputs, paper.truth) for paper in papers]
    reports = [piece for piece, paper in zip(whole, papers, strict=True) if paper.reports]
    found = list(whole)
    for piece, paper in zip(whole, papers, strict=True):
        times = 1 if paper.reports else _MIXED
        found += [replace(_cut(piece, chance, _SHORT), weight=1 / times) for _ in range(2 * times)]
        slipped = [_with_slips(one, chance.uniform(*_SLIPS), chance) for one in paper.inputs]
        found.append(_piece(model, slipped, paper.truth))
        if not paper.reports and reports:
            for _ in range(_MIXED):
                section = _cut(reports[int(chance.integers(len(reports)))], chance, 12)
                both = (section, piece) if chance.random() < 0.7 else (piece, section)
                found.append(replace(_joined(*both), weight=1 / _MIXED))
    return found


def _piece(model: Reporting, inputs: Sequence[Input], truth: list[bool | None]) -> _Piece:
    return _Piece(model.evidence(inputs), [one.titles for one in inputs], truth)


def _cut(piece: _Piece, chance: np.random.Generator, longest: int) -> _Piece:
    count = int(chance.integers(1, min(longest, len(piece.truth)) + 1))
    start = int(chance.integers(0, len(piece.truth) - count + 1))
    part = slice(start, start + count)
    return _Piece(piece.evidence[part], piece.titles[part], piece.truth[part])


def _joined(first: _Piece, second: _Piece) -> _Piece:
    """Both pieces as sections of one document: their headings are never the same."""
    titles = [("1", *title) for title in first.titles] + [("2", *title) for title in second.titles]
    evidence = np.concatenate([first.evidence, second.evidence])
    return _Piece(evidence, titles, first.truth + second.truth)


def _with_slips(one: Input, share: float, chance: np.random.Generator) -> Input:
    """The statement as a poor scan gives it: tone marks and single letters lost."""
    words = one.text.split()
    for at, word in enumerate(words):
        if chance.random() < share:
            drop = int(chance.integers(len(word)))
            words[at] = fold(word) if chance.random() < 0.6 else word[:drop] + word[drop + 1 :]
    return replace(one, text=" ".join(words))


def scores(model: Reporting, papers: Sequence[Paper]) -> dict[str, Any]:
    """How many statements of reports, and of each kind of other texts, are taken to report."""
    found: dict[str, list[int]] = {}
    for paper in papers:
        row = found.setdefault("report" if paper.reports else paper.group.partition("-0")[0], [0, 0])
        known = [label is not None for label in paper.truth]
        row[0] += sum(known)
        row[1] += sum(
            sure >= REPORTS for sure, counts in zip(model(paper.inputs), known, strict=True) if counts
        )
    return {kind: {"statements": row[0], "report": row[1]} for kind, row in found.items()}


def train_command(output: Path = FOLDER) -> dict[str, Any]:
    """Rebuild the artefact and return its card; the gold's held-out districts are not trained on."""
    files = gold_files()
    held_out = held_out_districts()
    examples = load_examples(files)
    seen = papers_of([one for one in examples if one.district not in held_out])
    unseen = papers_of([one for one in examples if one.district in held_out])
    others = other_papers()
    weights = train_reporting([*seen, *others])
    weights.card = {
        "data_sha256": data_hash(files),
        "other_texts_sha256": _hash(sorted(OTHERS.glob("*.txt"))),
        "statements": {
            "reports": sum(len(paper.inputs) for paper in seen),
            "other_texts": sum(len(paper.inputs) for paper in others),
        },
        "documents": {"reports": len(seen), "other_texts": len(others)},
        "settings": {"C": STRENGTH, "judge_C": JUDGE_STRENGTH, "folds": FOLDS},
        "scores": {"held_out_reports": scores(Reporting(weights), unseen)},
    }
    save(weights, output)
    return weights.card


def _hash(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    print(json.dumps(train_command(), ensure_ascii=False, indent=2))
