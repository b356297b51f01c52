"""What chains need to know of two statements: whether they tell of one deficiency.

The learned likeness stands in ``models`` and is handed in by ``pipelines``; without one, labels alone decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A statement as it is kept for comparing: its ``terms``, and the ``phrase`` that names its subject."""

    terms: bytes
    phrase: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement to be compared. ``checked``: a person has confirmed its labels."""

    terms: bytes
    area: str | None
    types: tuple[str, ...]
    checked: bool = False


class Likeness(Protocol):
    """Compares statements; scores above zero mean that two belong together."""

    version: str

    def encode(self, text: str) -> Encoded:
        """A statement as it is kept."""

    def same(self, statements: Sequence[Statement]) -> Matrix:
        """Statements × statements: whether two tell of the same deficiency."""

    def answers(self, deficiencies: Sequence[Statement], others: Sequence[Statement]) -> Matrix:
        """Deficiencies × others: whether a remedy or a demand is about the deficiency's subject."""


class ByLabels:
    """The likeness where nothing was learned: one area and a common type are one deficiency."""

    version = "labels"

    def encode(self, text: str) -> Encoded:
        """Nothing but an empty subject."""
        return Encoded(b"", "")

    def same(self, statements: Sequence[Statement]) -> Matrix:
        """1 for one area and a common type, else -1."""
        scores = np.full((len(statements), len(statements)), -1, dtype=np.float32)
        for row, one in enumerate(statements):
            for column, other in enumerate(statements):
                if one.area == other.area and set(one.types) & set(other.types):
                    scores[row, column] = 1
        return scores

    def answers(self, deficiencies: Sequence[Statement], others: Sequence[Statement]) -> Matrix:
        """Labels cannot tell: -1 throughout."""
        return np.full((len(deficiencies), len(others)), -1, dtype=np.float32)
