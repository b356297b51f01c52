"""The trained model as a file: arrays and a card, no code.

``labels.npz`` holds vocabulary, weights and calibration as plain arrays (loaded without pickle),
``labels.json`` beside it says what they were trained on, with which versions, and how they score.
The same training gives the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import zipfile
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotations.labels import AREAS, POLARITIES, TYPES
from extract.errors import RasoatError

FORMAT = 3
FOLDER = Path(__file__).parent / "trained"
NAME = "labels"
LABELS: dict[str, tuple[str, ...]] = {
    "polarity": tuple(POLARITIES),
    "area": tuple(AREAS),
    "types": tuple(TYPES),
}
"""The decisions and their labels, in the order of ``annotations/labels.toml``."""
Array = NDArray[np.float32]
DECIDING = ("underthesea",)
"""The libraries that decide what a model sees: another version may make other words of a text."""


class ArtefactProblem(RasoatError):
    """The trained model in ``folder`` is missing, damaged or of another version; says how to rebuild it."""

    def __init__(self, what: str, folder: Path) -> None:
        remedy = "Rebuild it with 'rasoat train'."
        if folder.resolve() != FOLDER.resolve():
            remedy = f"Rebuild it with 'rasoat train --with-corrections', or remove {folder}."
        super().__init__(f"The trained model {what} {remedy}")


@dataclass(slots=True)
class Choice:
    """A decision for one of several labels (polarity, area).

    ``weights`` and ``own_weights`` (features × labels, with a bias per label) score a statement from all
    that is known of it, and from its own words alone. ``judge`` (inputs × labels, with ``shift``) weighs them
    with those of the neighbours (:mod:`models.context`) into the logits of calibrated probabilities.
    """

    weights: Array
    bias: Array
    own_weights: Array
    own_bias: Array
    judge: Array
    shift: Array


@dataclass(slots=True)
class Several:
    """A decision in which labels may hold together (types), each by a model of the statement's own words.

    ``own_weights`` is features × labels. ``judge`` (inputs × labels, with ``shift``) weighs a label's score
    with those of its strongest rivals (:func:`models.context.beside_rivals`) into the logit of a
    calibrated probability; the label holds from its threshold on.
    """

    own_weights: Array
    own_bias: Array
    judge: Array
    shift: Array
    thresholds: Array


@dataclass(slots=True)
class Artefact:
    """Vocabulary with idf weights, the three decisions, and the card."""

    vocabulary: dict[str, int]
    idf: Array
    polarity: Choice
    area: Choice
    types: Several
    card: dict[str, Any]


def save(artefact: Artefact, folder: Path = FOLDER) -> Path:
    """Write the artefact; returns the path of the arrays."""
    folder.mkdir(parents=True, exist_ok=True)
    terms = sorted(artefact.vocabulary, key=artefact.vocabulary.__getitem__)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        "idf": artefact.idf,
    }
    for name in LABELS:
        decision = getattr(artefact, name)
        for part in fields(decision):
            arrays[f"{name}.{part.name}"] = getattr(decision, part.name)
    path = folder / f"{NAME}.npz"
    _write_npz(path, arrays)
    card = {
        "format": FORMAT,
        "labels": {name: list(labels) for name, labels in LABELS.items()},
        "versions": {library: importlib.metadata.version(library) for library in DECIDING},
        **artefact.card,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    (folder / f"{NAME}.json").write_text(
        json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return path


def fingerprint(folder: Path = FOLDER) -> str:
    """Which model lies in ``folder``, short: 16 hexadecimal digits of its content, as its card has them."""
    return str(_card(folder).get("sha256"))[:16]


def load(folder: Path = FOLDER) -> Artefact:
    """Read the artefact.

    Raises :class:`ArtefactProblem` when it is missing, damaged, of another format or label list, or
    learned from words that another version of underthesea made.
    """
    card = _card(folder)
    try:
        data = (folder / f"{NAME}.npz").read_bytes()
    except OSError as error:
        raise ArtefactProblem(f"cannot be read ({error}).", folder) from error
    if card.get("format") != FORMAT:
        raise ArtefactProblem(f"has format {card.get('format')}, this version reads {FORMAT}.", folder)
    if hashlib.sha256(data).hexdigest() != card.get("sha256"):
        raise ArtefactProblem("does not match its card: one of the two files was changed.", folder)
    _check_labels(card, folder)
    _check_versions(card, folder)
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        terms = bytes(arrays["vocabulary"]).decode().split("\n")

        return Artefact(
            {term: at for at, term in enumerate(terms)},
            arrays["idf"],
            Choice(**{part.name: arrays[f"polarity.{part.name}"] for part in fields(Choice)}),
            Choice(**{part.name: arrays[f"area.{part.name}"] for part in fields(Choice)}),
            Several(**{part.name: arrays[f"types.{part.name}"] for part in fields(Several)}),
            card,
        )


def _card(folder: Path) -> dict[str, Any]:
    try:
        card = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtefactProblem(f"cannot be read ({error}).", folder) from error
    if not isinstance(card, dict):
        raise ArtefactProblem("has a card that is no JSON object.", folder)
    return card


def _check_labels(card: dict[str, Any], folder: Path) -> None:
    known = card.get("labels")
    for name, labels in LABELS.items():
        if not isinstance(known, dict) or known.get(name) != list(labels):
            raise ArtefactProblem(f"knows other labels of '{name}' than annotations/labels.toml.", folder)


def _check_versions(card: dict[str, Any], folder: Path) -> None:
    made_with = card.get("versions")
    for library in DECIDING:
        was = made_with.get(library) if isinstance(made_with, dict) else None
        if was != (now := importlib.metadata.version(library)):
            raise ArtefactProblem(f"learned from words that {library} {was} made, not {now}.", folder)


def _write_npz(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """``numpy.savez_compressed`` with a fixed time in the archive, so that equal arrays give equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )
