"""What pictures share: typeface, page, title, footnote, saving."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from corpora.overview.records import Overview
from extract.errors import UsageError, WorkspaceProblem
from pipelines.annex.notes import footnote, scope_said

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
COUNTS = ("findings", "chains")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person may choose of a picture.

    ``count`` is one of :data:`COUNTS`, ``indicator`` a name as typed, ``limit`` how many units or chains.
    """

    count: str = "findings"
    each_year: bool = False
    indicator: str | None = None
    limit: int = 60

    def check(self) -> None:
        """:class:`UsageError` with the valid values if something is unknown."""
        if self.count not in COUNTS:
            raise UsageError(f"There is nothing called '{self.count}' to count. Valid: {', '.join(COUNTS)}.")


INK, GREY, PALE = "#1a1a1a", "#6b6b6b", "#d9d9d9"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""The colours of Okabe and Ito, which people with any colour vision tell apart."""
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":")

_FONTS = Path(__file__).resolve().parents[2] / "corpora" / "fonts"
_STYLE: Any = {
    # Tinos has the widths of Times New Roman, so an SVG looks the same where only that is installed.
    "font.family": "serif",
    "font.serif": ["Tinos", "Times New Roman", "Liberation Serif", "DejaVu Serif"],
    "font.size": 11,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.titlesize": 11,
    "text.parse_math": False,  # a name may hold a dollar sign
    "svg.fonttype": "none",
    "svg.hashsalt": "rasoat",
    "hatch.linewidth": 0.5,
    "hatch.color": GREY,
}


@contextmanager
def style() -> Iterator[None]:
    """The settings that every picture is drawn with, whatever the user's own are."""
    import matplotlib
    from matplotlib import font_manager

    if not any(font.name == "Tinos" for font in font_manager.fontManager.ttflist):
        for face in ("Regular", "Bold", "Italic"):
            font_manager.fontManager.addfont(_FONTS / f"Tinos-{face}.ttf")
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


class Page:
    """A picture with title and footnote; its body is as wide and high (in inches) as was asked for."""

    def __init__(
        self, width: float, body: float, title: str, overview: Overview, notes: Sequence[str] = ()
    ) -> None:
        from matplotlib.figure import Figure

        heading = _lines(title, width, 15)
        below = [line for note in (*notes, *footnote(overview)) for line in _lines(note, width, 9)]
        self._bottom = 0.35 + 0.155 * len(below)
        height = self._bottom + body + 0.3 + 0.26 * len(heading)
        self._size = width, height
        self.figure: Figure = Figure(figsize=self._size, facecolor="white")
        for lines, y, anchor, look in (
            (heading, 1 - 0.15 / height, "top", {"size": 15, "weight": "bold"}),
            (below, 0.12 / height, "bottom", {"size": 9}),
        ):
            self.figure.text(_EDGE / width, y, "\n".join(lines), ha="left", va=anchor, color=INK, **look)

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Axes at a place of the body, in inches from its lower left corner."""
        wide, high = self._size
        where = (x / wide, (self._bottom + y) / high, width / wide, height / high)
        axes: Axes = self.figure.add_axes(where)
        return axes


_EDGE = 0.15


def _lines(text: str, width: float, size: float) -> list[str]:
    return textwrap.wrap(text, max(20, int((width - 2 * _EDGE) * 72 / (size * 0.45))))


def save(figure: Figure, path: Path) -> None:
    """Write the picture as its name says; :class:`WorkspaceProblem` if it cannot be written."""
    from corpora.export import whole_file

    kind = format_of(path)
    try:
        whole_file(path, lambda part: write(figure, part, kind))
    except OSError as error:
        raise WorkspaceProblem(f"{path} cannot be written: {error.strerror or error}.") from error


def write(figure: Figure, place: Path | BinaryIO, kind: str) -> None:
    """Write the picture without the hour of its making."""
    metadata = {"Date": None, "Creator": "rasoat"} if kind == "svg" else {"Software": "rasoat"}
    figure.savefig(place, format=kind, dpi=150, metadata=metadata)


def format_of(path: Path) -> str:
    """The format that a file's name asks for; :class:`UsageError` for one that is not made."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS or path.is_dir():
        raise UsageError(f"{path} is no name for a picture. Name a file that ends in .svg or .png.")
    return kind


def wrapped(text: str, width: int) -> str:
    """A label over as many lines as it needs."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False)) or text


def text_width(text: str, size: float) -> float:
    """How many inches the longest line takes at most."""
    return max(map(len, text.split("\n"))) * size * 0.5 / 72


def some(items: Sequence[_Item], limit: int, called: str) -> tuple[Sequence[_Item], list[str]]:
    """The first ``limit``, and a note if that leaves some out."""
    if len(items) <= limit:
        return items, []
    return items[:limit], [f"Chỉ vẽ {limit} trong {len(items)} {called}."]


def titled(what: str, overview: Overview) -> str:
    """A title with what the picture is limited to."""
    scope = scope_said(overview)
    return f"{what} ({scope})" if scope else what


def not_communes(overview: Overview) -> list[str]:
    """A note on the deficiencies of offices and others that a picture of communes leaves out."""
    shown = {place.key for place in overview.communes()}
    left = [one.place for one, _ in overview.told() if one.place not in shown]
    if not left:
        return []
    return [
        f"Không vẽ {len(left)} tồn tại của {len(set(left))} đơn vị không phải cấp xã (phòng, ban, huyện)."
    ]


def plain_axes(axes: Axes) -> None:
    """Only the lines that carry a scale."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=9, color=GREY)
