"""A scanned or photographed page is made ready for recognition: grey, upright, level, on white paper.

Every repair is done only where a measure of the page asks for it, because on a clean page each costs a
little accuracy. Measures look at the page reduced to 100 dpi, so that a clean page costs next to nothing.

``road`` is the way of a picture, ``prepared`` what comes out of it and the way back to the picture as given,
``resolution`` the sizes, ``specks`` salt and pepper, ``light`` paper and ink, ``colour`` coloured ink,
``streaks`` lines from edge to edge, ``dirt`` what adds up on copies, ``surroundings`` what lies around the
paper, ``spread`` two pages side by side, ``direction`` how lines run, ``pieces`` what
hangs together in a mask.
"""

from extract.reading.scan.picture.colour import ink_alone, without_pen
from extract.reading.scan.picture.direction import look_at, looks_upside_down, strip, turned_sideways
from extract.reading.scan.picture.prepared import Prepared
from extract.reading.scan.picture.resolution import DPI, MAX_PIXELS, guess_dpi, plausible_dpi
from extract.reading.scan.picture.road import prepare

__all__ = [
    "DPI",
    "MAX_PIXELS",
    "Prepared",
    "guess_dpi",
    "ink_alone",
    "look_at",
    "looks_upside_down",
    "plausible_dpi",
    "prepare",
    "strip",
    "turned_sideways",
    "without_pen",
]
