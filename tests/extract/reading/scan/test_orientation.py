"""A page that looks turned: a strip of it tells which way up it lies, read once where that is enough."""

from __future__ import annotations

from PIL import Image

from corpora.scans import make_scan, written_forms
from extract.reading.base import OcrWord
from extract.reading.scan.orientation import upright_turns

FORM = next(form for form in written_forms() if form.name.startswith("an-trach/"))
PAGE = make_scan(FORM, "clean", 150, blocks=9, pages=[0]).pages[0].convert("L")


class Engine:
    """Reads strips one after the other as sure as it is told."""

    name = "made up"

    def __init__(self, *sure: float) -> None:
        self.sure = list(sure)
        self.asked = 0

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        sure = self.sure[self.asked]
        self.asked += 1
        return [OcrWord("chữ" * 40, 0, 0, 900, 30, sure, (1, 1, 1))]

    def quarter_turns(self, image: Image.Image) -> int:
        raise AssertionError


def turned(quarters: int) -> Image.Image:
    """The page after so many quarters anticlockwise."""
    return PAGE.rotate(90 * quarters, expand=True)


def test_an_upright_page_is_not_read_to_see_that() -> None:
    engine = Engine()
    assert upright_turns(PAGE, 150, engine) == 0
    assert engine.asked == 0


def test_the_likelier_way_is_read_first_and_is_enough_where_it_reads_surely() -> None:
    for quarters in (1, 2, 3):
        engine = Engine(0.9)
        assert upright_turns(turned(quarters), 150, engine) == quarters
        assert engine.asked == 1


def test_where_the_first_way_reads_badly_the_better_of_both_counts() -> None:
    for quarters in (1, 2, 3):
        engine = Engine(0.3, 0.6)
        assert upright_turns(turned(quarters), 150, engine) == (quarters + 2) % 4
        assert engine.asked == 2
        assert upright_turns(turned(quarters), 150, Engine(0.6, 0.3)) == quarters
