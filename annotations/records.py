"""What an annotation file holds, as values: statements with a person's labels, or with a machine's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extract.document import Span
from extract.errors import RasoatError

Answer = Literal["given", "accepted", "corrected", "rejected", "added"]

UNANSWERED = "machine"
STATUSES = (UNANSWERED, "accepted", "corrected", "rejected", "added")
"""What a line of a review says: nobody has looked yet, or what a person thought of the machine's answer."""


class AnnotationProblem(RasoatError):
    """An annotation file, or a line of one, that cannot be used.

    ``path`` is the file as the caller named it, ``line`` counts from 1 and is ``None`` where the
    whole file is meant, ``reason`` is a sentence; ``str(error)`` holds all three.
    """

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class MachineAnswer:
    """What the machine said of a statement when its line was written; ``units`` as in :class:`Annotation`."""

    polarity: str
    area: str | None
    types: tuple[str, ...]
    units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One statement with its labels.

    ``n`` counts from 1 in reading order, ``span`` is start and end in code points of the canonical
    text, ``text`` the words between them. Only information may have no area, and a deficiency
    alone has types, at least one. ``units`` are names with their kind, ``None`` where the unit is the
    heading's.

    In a review ``status`` is one of :data:`STATUSES` and ``machine`` what the machine had said;
    ``reviewer`` and ``reviewed_at`` tell of an answer that was taken in before. A line without a
    status is a person's own, as in the gold.
    """

    n: int
    span: Span
    text: str
    polarity: str
    area: str | None
    types: tuple[str, ...]
    units: tuple[str, ...] | None = None
    status: str | None = None
    machine: MachineAnswer | None = None
    reviewer: str | None = None
    reviewed_at: str | None = None

    @property
    def answer(self) -> Answer | None:
        """What a person says here, ``None`` where nobody has answered.

        Labels that differ from the machine's are a correction, whatever the status says: who changes
        them need not change the status as well.
        """
        if self.status is None:
            return "given"
        if self.status == "rejected":
            return "rejected"
        if self.status == "added":
            return "added"
        if self.machine is not None and not self.agrees_with(self.machine):
            return "corrected"
        return None if self.status == UNANSWERED else "accepted" if self.machine else "given"

    @property
    def holds(self) -> bool:
        """Whether the labels are a person's word on a statement that is one."""
        return self.answer not in (None, "rejected")

    def agrees_with(self, machine: MachineAnswer) -> bool:
        """Whether these are the machine's labels; the order of types and units does not count."""
        return (
            self.polarity == machine.polarity
            and self.area == machine.area
            and set(self.types) == set(machine.types)
            and set(self.units or ()) == set(machine.units or ())
        )


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """The annotations of one document, in reading order; their spans do not overlap.

    ``part`` counts the documents of one source file from 1. A review names its ``reviewer`` (empty until
    somebody fills it in) and the ``model`` whose answers it was made from.
    """

    document: str
    part: int
    text_sha256: str
    annotations: tuple[Annotation, ...]
    reviewer: str | None = None
    model: str | None = None


def text_hash(text: str) -> str:
    """The hash that ties spans to the text they point into."""
    return hashlib.sha256(text.encode()).hexdigest()
