"""Tables on scanned pages, found by their drawn lines."""

from __future__ import annotations

from PIL import Image

from extract.reading.pdf_tables import Grid


def find_grids(image: Image.Image) -> list[Grid]:
    """The tables with drawn lines on a grey page at 300 dpi; boxes are fractions of ``image``."""
    return []
