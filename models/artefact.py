"""The trained model as a file: arrays and a card, no code.

``labels.npz`` holds vocabulary, weights and calibration as plain arrays (loaded without pickle),
``labels.json`` beside it says what they were trained on, with which versions, and how they score.
The same training gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.errors import RasoatError

FORMAT = 1
FOLDER = Path(__file__).parent / "trained"
NAME = "labels"
Array = NDArray[np.float32]


class ArtefactProblem(RasoatError):
    """The trained model is missing, damaged or made for another version; says how to rebuild it."""


@dataclass(slots=True)
class Task:
    """One decision: its labels, linear weights, and calibration.

    ``weights`` is features × labels, ``bias`` one per label. ``calibration`` is labels × labels
    with ``shift`` per label for a choice of one (softmax), one slope per label for several (sigmoid);
    ``thresholds`` are the probabilities from which a label of several holds.
    """

    labels: tuple[str, ...]
    weights: Array
    bias: Array
    calibration: Array
    shift: Array
    thresholds: Array

    @property
    def several(self) -> bool:
        """Whether several labels may hold together."""
        return self.calibration.ndim == 1


@dataclass(slots=True)
class Artefact:
    """Vocabulary with idf weights, the three tasks, and the card."""

    vocabulary: dict[str, int]
    idf: Array
    tasks: dict[str, Task]
    card: dict[str, Any]


def save(artefact: Artefact, folder: Path = FOLDER) -> Path:
    """Write the artefact; returns the path of the arrays."""
    folder.mkdir(parents=True, exist_ok=True)
    terms = sorted(artefact.vocabulary, key=artefact.vocabulary.__getitem__)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        "idf": artefact.idf,
    }
    for name, task in artefact.tasks.items():
        arrays[f"{name}.labels"] = np.frombuffer("\n".join(task.labels).encode(), dtype=np.uint8)
        for part in ("weights", "bias", "calibration", "shift", "thresholds"):
            arrays[f"{name}.{part}"] = getattr(task, part)
    path = folder / f"{NAME}.npz"
    _write_npz(path, arrays)
    card = {"format": FORMAT, **artefact.card, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    (folder / f"{NAME}.json").write_text(
        json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return path


def load(folder: Path = FOLDER) -> Artefact:
    """Read the artefact; :class:`ArtefactProblem` when it is missing, damaged or of another format."""
    remedy = "Rebuild it with 'rasoat train'."
    try:
        card = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
        data = (folder / f"{NAME}.npz").read_bytes()
    except (OSError, json.JSONDecodeError) as error:
        raise ArtefactProblem(f"The trained model cannot be read ({error}). {remedy}") from error
    if card.get("format") != FORMAT:
        raise ArtefactProblem(
            f"The trained model has format {card.get('format')}, this version reads {FORMAT}. {remedy}"
        )
    if hashlib.sha256(data).hexdigest() != card.get("sha256"):
        raise ArtefactProblem(
            f"The trained model does not match its card: one of the two files was changed. {remedy}"
        )
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        terms = bytes(arrays["vocabulary"]).decode().split("\n")
        tasks = {
            name: Task(
                tuple(bytes(arrays[f"{name}.labels"]).decode().split("\n")),
                arrays[f"{name}.weights"],
                arrays[f"{name}.bias"],
                arrays[f"{name}.calibration"],
                arrays[f"{name}.shift"],
                arrays[f"{name}.thresholds"],
            )
            for name in ("polarity", "area", "types")
        }
        return Artefact({term: at for at, term in enumerate(terms)}, arrays["idf"], tasks, card)


def _write_npz(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """``numpy.savez_compressed`` with a fixed time in the archive, so that equal arrays give equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )
