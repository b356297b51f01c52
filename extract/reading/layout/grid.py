"""Where the cells of a table stand on a page, however they were found."""

from __future__ import annotations

from dataclasses import dataclass

from extract.pages import Box


@dataclass(frozen=True, slots=True)
class Grid:
    """The frame of a table and its cells by row and column, as fractions of the page.

    A cell is ``None`` where a merged one, which stands at its first row and column, covers it.
    """

    box: Box
    rows: list[list[Box | None]]
