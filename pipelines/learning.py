"""Learning from reviewers: a workspace's answers beside the gold, and a new model only if it is no worse."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotations.corrections import Correction, standing
from annotations.records import AnnotationProblem
from corpora.dataset import Dataset
from corpora.judged import Judged, judged
from extract.errors import FileProblem, UsageError
from extract.reading.read import read
from extract.structure.build import structure
from extract.units.register import Register
from models.artefact import FOLDER, Artefact, ArtefactProblem, fingerprint, load, save
from models.evaluation import score
from models.examples import (
    Example,
    data_hash,
    gold_files,
    held_out_districts,
    load_examples,
    with_neighbours,
)
from models.features import Input
from models.improvement import MARGIN, Comparison, compare
from models.training import card, train
from pipelines.reviewing import read_sheets
from pipelines.workspace import Workspace

HELD_OUT = 0.25
"""About this part of the corrected documents is not trained on."""


@dataclass(slots=True)
class Learned:
    """What a training with corrections gave. ``replaced`` says whether the workspace's model is the new one.

    Statements and documents are those that people answered; ``rejected`` statements teach nothing, as no
    label stands for them. ``words_only`` are documents whose file is gone or reads otherwise now: their
    statements were learned without the headings and sentences around them.
    """

    margin: float
    replaced: bool = False
    model: str = ""
    statements: int = 0
    rejected: int = 0
    trained_documents: list[str] = field(default_factory=list)
    held_out_documents: list[str] = field(default_factory=list)
    words_only: list[str] = field(default_factory=list)
    problems: list[AnnotationProblem] = field(default_factory=list)
    comparison: Comparison = field(default_factory=lambda: Comparison((), ()))

    @property
    def exit_status(self) -> int:
        """1 where the model was not replaced or lines of annotation files were refused, else 0."""
        return 0 if self.replaced and not self.problems else 1

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {
            "replaced": self.replaced,
            "model": self.model,
            "margin": self.margin,
            "statements": self.statements,
            "rejected": self.rejected,
            "trained_documents": self.trained_documents,
            "held_out_documents": self.held_out_documents,
            "words_only": self.words_only,
            **self.comparison.to_record(),
            "problems": [
                {"path": str(one.path), "line": one.line, "reason": one.reason} for one in self.problems
            ],
        }


def learn(workspace: Workspace, margin: float = MARGIN) -> Learned:
    """Train on the gold and on what people answered in ``workspace``; put the model there if it is no worse.

    Answers in ``WORKSPACE/annotations`` are taken in first. A part of the corrected documents is held out,
    always the same ones. The new model is compared with the one in use on these and on the gold's held-out
    districts; where a figure falls by more than ``margin`` nothing is replaced. The machine's own answers are
    never learned from.

    :class:`UsageError` where nobody has answered anything, or the gold is not part of the installation.
    """
    files = gold_files()
    learned = Learned(margin)
    with workspace.open() as dataset:
        sheets = [workspace.annotations] if workspace.annotations.is_dir() else []
        learned.problems += read_sheets(dataset, sheets).problems
        answered = _answered(dataset)
    if not any(one.annotation.holds for _, answers in answered for one in answers):
        raise UsageError(
            f"Nobody has answered anything in {workspace.folder} yet. Write files to be corrected "
            "(rasoat review --write FOLDER) and take them in (rasoat review --read FOLDER)."
        )
    held = held_out_documents([one for one, _ in answered])
    training: list[Example] = []
    testing: list[Example] = []
    for document, answers in answered:
        held_out = (document.source, document.part) in held
        (learned.held_out_documents if held_out else learned.trained_documents).append(_named(document))
        (testing if held_out else training).extend(_examples(document, answers, workspace, learned))
    gold = load_examples(files)
    districts = held_out_districts()
    seen = [*(one for one in gold if one.district not in districts), *training]
    unseen = [one for one in gold if one.district in districts]
    new = train(seen).artefact
    learned.comparison = compare(_in_use(workspace), new, unseen, testing, margin)
    if not learned.comparison.falls:
        digest = hashlib.sha256((data_hash(files) + _digest(answered)).encode()).hexdigest()
        new.card = card(seen, districts, digest, score(new, unseen)) | {"corrections": learned.to_record()}
        del new.card["corrections"]["problems"]
        learned.model = _put(new, workspace.model)
        learned.replaced = True
    return learned


def held_out_documents(documents: Sequence[Judged]) -> set[tuple[str, int]]:
    """The documents that are not trained on: by a hash of their names, so that it never changes sides.

    Of two or more at least one; a single one is trained on.
    """
    shares = sorted((_share(one), one.source, one.part) for one in documents)
    chosen = [one for one in shares if one[0] < HELD_OUT] or shares[:1]
    return {(source, part) for _, source, part in chosen} if len(shares) > 1 else set()


def _share(document: Judged) -> float:
    digest = hashlib.sha256(f"{document.source}\x1f{document.part}".encode()).hexdigest()
    return int(digest[:8], 16) / 16**8


def _answered(dataset: Dataset) -> list[tuple[Judged, list[Correction]]]:
    """The documents that people answered about, each with the answers that hold."""
    found = []
    log = dataset.log()
    rows = dataset.query(
        "SELECT d.id FROM documents d JOIN sources s ON s.id = d.source_id "
        "WHERE d.duplicate_of IS NULL ORDER BY s.name, d.part"
    )
    for row in list(rows) if log.corrections else []:
        document = judged(dataset, row["id"])
        placed, _ = log.of(document.source, document.part, document.text)
        if placed:
            found.append((document, standing(placed)))
    return found


def _examples(
    document: Judged, answers: Sequence[Correction], workspace: Workspace, learned: Learned
) -> list[Example]:
    given = [one.annotation for one in answers if one.annotation.holds]
    learned.statements += len(given)
    learned.rejected += len(answers) - len(given)
    # All of one office are one district: what is fitted across districts must not know the office.
    where = (f"workspace {document.issuer_unit or ''}".strip(), f"workspace {document.source}", document.part)
    try:
        parts = structure(read(Path(document.path), document.source, cache=workspace.ocr_cache))
        structured = parts[document.part - 1]
    except (FileProblem, OSError, IndexError):
        structured = None
    if structured is not None and structured.document.text == document.text:
        return with_neighbours(where, structured, given, Register.load(workspace.units(), country=True))
    learned.words_only.append(_named(document))
    return [Example(*where, Input(one.text), one.polarity, one.area, one.types, False) for one in given]


def _named(document: Judged) -> str:
    return f"{document.source} ({document.part})" if document.parts > 1 else document.source


def _in_use(workspace: Workspace) -> Artefact:
    """The model that is compared with: the workspace's, rasoat's own where that is missing or unfit."""
    try:
        return load(workspace.own_model() or FOLDER)
    except ArtefactProblem:
        return load(FOLDER)


def _digest(answered: Sequence[tuple[Judged, list[Correction]]]) -> str:
    told = [repr(replace(one, model=None)) for _, answers in answered for one in answers]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _put(artefact: Artefact, folder: Path) -> str:
    """Write the artefact beside its place, then exchange the folders; its short hash is returned."""
    part, old = folder.with_name(f"{folder.name}.part"), folder.with_name(f"{folder.name}.old")
    for place in (part, old):
        shutil.rmtree(place, ignore_errors=True)
    save(artefact, part)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return fingerprint(folder)
