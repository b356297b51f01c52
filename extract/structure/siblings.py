"""The marks of a document's lines, and which of them stand in one list with a possible mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace

from extract.pages import Line
from extract.structure.headings import RANKS
from extract.structure.markers import Marker, follows, is_first, marker_of, place_of
from extract.structure.slips import Reading, readings
from extract.vietnamese import is_upper

NO, PERHAPS, PROVEN = 0, 1, 2
"""How well a mark fits to one side: its sibling there is another one, there is none, it is the right one."""


class Marks:
    """The plain mark of each line that may begin a paragraph, and what recognised ones may be instead."""

    def __init__(self, lines: Sequence[Line], begins: Callable[[Line, Line], bool]) -> None:
        self.plain: list[Marker | None] = []
        self.slips: list[list[Reading]] = []
        self.begins: list[bool] = []
        self.titles: list[bool] = []
        self._behind: dict[tuple[int, Marker, bool], int] = {}
        for at, line in enumerate(lines):
            starts = line.cell is None and (at == 0 or begins(lines[at - 1], line))
            self.begins.append(starts)
            self.plain.append(marker_of(line.text) if starts else None)
            self.titles.append(starts and self.plain[-1] is None and is_upper(line.text))
            recognised = starts and bool(line.words) and line.words[0].confidence is not None
            self.slips.append(readings([word.text for word in line.words[:3]]) if recognised else [])

    def before(self, at: int, marker: Marker) -> Marker | None:
        """The mark before ``at`` in the list of ``marker``, none where a higher one stands between."""
        for plain in reversed(self.plain[:at]):
            if plain is not None and same_list(plain, marker):
                return plain
            if plain is not None and above(plain, marker):
                break
        return None

    def title_before(self, at: int, marker: Marker) -> bool:
        """Whether a title in capitals stands between line ``at`` and the mark before in its list."""
        for index in range(at - 1, -1, -1):
            plain = self.plain[index]
            if self.titles[index]:
                return True
            if plain is not None and (same_list(plain, marker) or above(plain, marker)):
                break
        return False

    def assuming(self, at: int, marker: Marker) -> Marks:
        """The marks as they are once line ``at`` has ``marker``."""
        other = copy(self)
        other.plain = [*self.plain[:at], marker, *self.plain[at + 1 :]]
        other._behind = {}
        return other

    def around(self, at: int, marker: Marker) -> list[int]:
        """The other lines between the mark before ``at`` in the list of ``marker`` and the mark behind."""
        found: list[int] = []
        for places in (range(at - 1, -1, -1), range(at + 1, len(self.plain))):
            for index in places:
                plain = self.plain[index]
                if plain is not None and (same_list(plain, marker) or above(plain, marker)):
                    break
                found.append(index)
        return found

    def in_place(self, at: int) -> bool:
        """Whether the plain mark of line ``at`` goes with the marks around it."""
        fits = self._plain_fits(at)
        return NO not in fits and PROVEN in fits

    def half_in_place(self, at: int) -> bool:
        """Whether the plain mark of line ``at`` goes with the mark on one side of it."""
        return PROVEN in self._plain_fits(at)

    def _plain_fits(self, at: int) -> tuple[int, int]:
        plain = self.plain[at]
        if plain is None:
            return NO, NO
        return self.fit_before(at, plain, strictly=False), self.fit_after(at, plain, strictly=False)

    def fit_before(self, at: int, marker: Marker, *, strictly: bool = True) -> int:
        """How well ``marker`` at line ``at`` follows what stands before."""
        before = self.before(at, marker)
        if before is None:
            return PERHAPS if is_first(marker) else NO
        return PROVEN if follows(before, marker, strictly=strictly) else NO

    def fit_after(self, at: int, marker: Marker, *, strictly: bool = True) -> int:
        """How well what stands behind goes on from ``marker``: plain marks, and possible ones that go on."""
        key = (at, replace(marker, length=0), strictly)
        if key not in self._behind:
            self._behind[key] = self._look_behind(at, marker, strictly)
        return self._behind[key]

    def _look_behind(self, at: int, marker: Marker, strictly: bool) -> int:
        own = self.plain[at]
        shifted = own is not None and same_list(own, marker)
        for index in range(at + 1, len(self.plain)):
            plain = self.plain[index]
            if plain is not None and follows(marker, plain, strictly=strictly):
                return PROVEN
            if self.goes_on(index, marker, shifted):
                return PROVEN
            if plain is not None and same_list(plain, marker):
                return NO
            if plain is not None and above(plain, marker):
                break
        return PERHAPS

    def goes_on(self, at: int, marker: Marker, shifted: bool = False) -> bool:
        """Whether line ``at`` may be the mark after ``marker`` and what stands behind bears it out.

        ``shifted`` says that ``marker`` was read as another one of its list: of "I", "I", "II", where each
        lost a stroke, the last is not in place behind "II".
        """
        plain = self.plain[at]
        repeats = shifted and plain is not None and same_list(plain, marker)
        for slip in self.slips[at]:
            if not follows(marker, slip.marker, strictly=True) or not (repeats or not self.in_place(at)):
                continue
            least = PROVEN if slip.doubtful or (plain is not None and not repeats) else PERHAPS
            if self.fit_after(at, slip.marker) >= least:
                return True
        return False


def same_list(one: Marker, other: Marker) -> bool:
    """Whether two marks count the same list, if nothing higher stands between: "1.2" and "1.3", not "2.1"."""
    return (
        one.family == other.family
        and place_of(one.family, one.value)[0] == place_of(other.family, other.value)[0]
    )


def above(one: Marker, other: Marker) -> bool:
    """Whether ``one`` ends the list of ``other``: a higher mark, or the same kind under another number."""
    return RANKS.get(one.family, 9) <= RANKS.get(other.family, 9)
