"""What became of a batch of files: the same account for every command that goes through many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class FileOutcome(Protocol):
    """What became of one file; a dataclass whose ``result`` is ``"failed"`` where nothing came of it."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def result(self) -> str:
        """One word: what became of the file."""
        ...


Made = TypeVar("Made", bound=FileOutcome)


@dataclass(slots=True)
class BatchReport(Generic[Made]):
    """The outcomes of one run of ``command``, file by file in the order in which they were found."""

    command: str
    outcomes: Sequence[Made]

    @property
    def counts(self) -> dict[str, int]:
        """Files by result."""
        return dict(Counter(outcome.result for outcome in self.outcomes))

    @property
    def failed(self) -> list[Made]:
        """Files of which nothing came."""
        return [outcome for outcome in self.outcomes if outcome.result == "failed"]

    @property
    def exit_status(self) -> int:
        """0, or 1 if files failed."""
        return 1 if self.failed else 0

    def to_record(self) -> dict[str, Any]:
        """The values as plain JSON."""
        return {
            "record": self.command,
            "counts": self.counts,
            "exit_status": self.exit_status,
            "files": [asdict(outcome) for outcome in self.outcomes],
        }
