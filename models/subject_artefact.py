"""The learned likeness of subjects as a file: arrays and a card, no code, as in :mod:`models.artefact`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.artefact import (
    FOLDER,
    LABELS,
    Array,
    ArtefactProblem,
    fingerprint,
    read_arrays,
    write_arrays,
)

FORMAT = 2
NAME = "subjects"
_REMEDY = "Rebuild it with 'python -m models.subject_training'."
_ARRAYS = ("idf", "pointing", "aboutness", "vectors", "types", "types_bias", "areas", "areas_bias")


@dataclass(slots=True)
class Head:
    """A weighted sum of the features of a pair: above zero the pair belongs together."""

    weights: Array
    bias: float


@dataclass(slots=True)
class SubjectArtefact:
    """What is known of each term, and the three decisions.

    ``idf`` weighs a term by its rarity; ``pointing`` is how far the areas of statements with it stray from
    those of all, so how much it points at a subject; ``aboutness`` (0 to 1) is how much more it tells of
    areas than of types: near 1 it says what a statement is about, near 0 what is wrong; ``vectors`` (terms
    × dimensions, unit length, zero for pairs of syllables) put words near each other that are used alike or
    change places between wordings of one deficiency; ``types``
    and ``areas`` (terms × labels) read a statement's words as chances of labels. ``heads`` are ``machine``
    and ``person`` (the same deficiency, labels given by the classifiers or checked by a person) and
    ``answer`` (a remedy or demand and a deficiency).
    """

    terms: list[str]
    idf: Array
    pointing: Array
    aboutness: Array
    vectors: Array
    types: Array
    types_bias: Array
    areas: Array
    areas_bias: Array
    heads: dict[str, Head]
    card: dict[str, Any]


def save(artefact: SubjectArtefact, folder: Path = FOLDER) -> Path:
    """Write arrays (in half precision) and card; returns the path of the arrays."""
    arrays: dict[str, NDArray[Any]] = {
        "terms": np.frombuffer("\n".join(artefact.terms).encode(), dtype=np.uint8)
    }
    for name in _ARRAYS:
        arrays[name] = getattr(artefact, name).astype(np.float16)
    for name, head in artefact.heads.items():
        arrays[f"head.{name}"] = np.append(head.weights, head.bias).astype(np.float32)
    labels = {name: list(LABELS[name]) for name in ("area", "types")}
    return write_arrays(folder, NAME, arrays, {"format": FORMAT, "labels": labels, **artefact.card})


TERMS = "2"
"""How statements become terms; raised when :mod:`models.subject_terms` gives others, so that chains built
with the old ones are built anew."""


def version(folder: Path = FOLDER) -> str:
    """Which likeness lies in ``folder``, short; its arrays are not read for it."""
    return f"{fingerprint(folder, NAME, _REMEDY)}.{TERMS}"


def load(folder: Path = FOLDER) -> SubjectArtefact:
    """Read the artefact.

    :class:`ArtefactProblem` if it is missing, damaged, or of another format or label list.
    """
    card, arrays = read_arrays(folder, NAME, FORMAT, _REMEDY)
    if any(card.get("labels", {}).get(name) != list(LABELS[name]) for name in ("area", "types")):
        raise ArtefactProblem(f"The model of subjects knows other labels than labels.toml. {_REMEDY}")
    if missing := [name for name in ("terms", *_ARRAYS) if name not in arrays]:
        raise ArtefactProblem(f"The model of subjects lacks {', '.join(missing)}. {_REMEDY}")
    heads = {
        name.removeprefix("head."): Head(arrays[name][:-1], float(arrays[name][-1]))
        for name in arrays
        if name.startswith("head.")
    }
    terms = bytes(arrays["terms"]).decode().split("\n")
    held = {name: arrays[name].astype(np.float32) for name in _ARRAYS}
    return SubjectArtefact(terms=terms, heads=heads, card=card, **held)
