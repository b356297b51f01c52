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
from extract.errors import RasoatError, UsageError

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
    """The trained model is missing, damaged or made for another version; says how to rebuild it."""


def _remedy(folder: Path) -> str:
    if folder.resolve() == FOLDER.resolve():
        return "Rebuild it with 'rasoat train'."
    return f"Rebuild it with 'rasoat train --with-corrections', or remove {folder}."


def check_folder(folder: Path) -> None:
    """:class:`UsageError` if ``folder``, which a person named, holds no trained model at all."""
    if not (folder / f"{NAME}.json").is_file():
        raise UsageError(f"'{folder}' holds no trained model ({NAME}.json and {NAME}.npz).")


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
    terms = sorted(artefact.vocabulary, key=artefact.vocabulary.__getitem__)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        "idf": artefact.idf,
    }
    for name in LABELS:
        decision = getattr(artefact, name)
        for part in fields(decision):
            arrays[f"{name}.{part.name}"] = getattr(decision, part.name)
    about = {
        "format": FORMAT,
        "labels": {name: list(labels) for name, labels in LABELS.items()},
        "versions": {library: importlib.metadata.version(library) for library in DECIDING},
        **artefact.card,
    }
    return write_arrays(folder, NAME, arrays, about)


def fingerprint(folder: Path = FOLDER, name: str = NAME, remedy: str | None = None) -> str:
    """Which model lies in ``folder``, short: 16 hexadecimal digits of its content, as its card has them.

    ``name`` is that of its files, ``remedy`` what is to be done where the card cannot be read
    (:class:`ArtefactProblem`).
    """
    return str(_card(folder, name, remedy or _remedy(folder)).get("sha256"))[:16]


def load(folder: Path = FOLDER) -> Artefact:
    """Read the artefact.

    Raises :class:`ArtefactProblem` when it is missing, damaged, of another format or label list, or
    learned from words that another version of underthesea made.
    """
    card, arrays = read_arrays(folder, NAME, FORMAT, _remedy(folder))
    _check_labels(card, folder)
    _check_versions(card, folder)
    terms = bytes(arrays["vocabulary"]).decode().split("\n")
    return Artefact(
        {term: at for at, term in enumerate(terms)},
        arrays["idf"],
        Choice(**{part.name: arrays[f"polarity.{part.name}"] for part in fields(Choice)}),
        Choice(**{part.name: arrays[f"area.{part.name}"] for part in fields(Choice)}),
        Several(**{part.name: arrays[f"types.{part.name}"] for part in fields(Several)}),
        card,
    )


def write_arrays(folder: Path, name: str, arrays: dict[str, NDArray[Any]], card: dict[str, Any]) -> Path:
    """Write ``name.npz`` and its card ``name.json`` with the hash of the arrays; returns the arrays' path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.npz"
    _write_npz(path, arrays)
    card = {**card, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return path


def read_arrays(
    folder: Path, name: str, wanted: int, remedy: str
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Card and arrays of an artefact of format ``wanted``; :class:`ArtefactProblem` names the remedy."""
    try:
        card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        data = (folder / f"{name}.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise ArtefactProblem(f"The trained model cannot be read ({error}). {remedy}") from error
    if not isinstance(card, dict) or card.get("format") != wanted:
        found = card.get("format") if isinstance(card, dict) else None
        raise ArtefactProblem(f"The trained model has format {found}, this version reads {wanted}. {remedy}")
    if hashlib.sha256(data).hexdigest() != card.get("sha256"):
        raise ArtefactProblem(
            f"The trained model does not match its card: one of the two files was changed. {remedy}"
        )
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return card, {key: arrays[key] for key in arrays.files}


def _card(folder: Path, name: str, remedy: str) -> dict[str, Any]:
    try:
        card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtefactProblem(f"The trained model cannot be read ({error}). {remedy}") from error
    if not isinstance(card, dict):
        raise ArtefactProblem(f"The trained model has a card that is no JSON object. {remedy}")
    return card


def _check_labels(card: dict[str, Any], folder: Path) -> None:
    known = card.get("labels")
    for name, labels in LABELS.items():
        if not isinstance(known, dict) or known.get(name) != list(labels):
            what = f"The trained model knows other labels of '{name}' than annotations/labels.toml."
            raise ArtefactProblem(f"{what} {_remedy(folder)}")


def _check_versions(card: dict[str, Any], folder: Path) -> None:
    made_with = card.get("versions")
    for library in DECIDING:
        was = made_with.get(library) if isinstance(made_with, dict) else None
        if was != (now := importlib.metadata.version(library)):
            made = f"The trained model learned from words that {library} {was} made, not {now}."
            raise ArtefactProblem(f"{made} {_remedy(folder)}")


def _write_npz(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """``numpy.savez_compressed`` with a fixed time in the archive, so that equal arrays give equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )
