"""Linking per page beside the segmentation of the page, as a ratio in one run.

Run with ``pytest -m long tests/bench/test_linking_speed.py -s``. The written corpus speaks of invented places, so its communes take the names of real
districts for this run: every name is looked up in the national register, as in an archive.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from functools import partial

import pytest
from underthesea import word_tokenize

from extract.document import UnitMention
from extract.units.find import Names, find_units
from extract.units.gazetteer import gazetteer_of, split_kind
from extract.units.link import Linker
from extract.units.register import Register
from extract.units.setting import setting_of
from models.examples import WRITTEN
from pipelines.road import process

pytestmark = pytest.mark.long

DOCUMENTS = 40
ROUNDS = 5
PAGE = 3000
"""Letters of a page, roughly."""
DATE = "2022-05-10"
DISTRICTS = ("439", "016", "087", "344", "430", "455", "654", "819")


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.fixture(scope="module")
def country() -> Register:
    return Register.load(country=True)


@pytest.fixture(scope="module")
def texts(country: Register) -> list[tuple[str, str, str]]:
    """Texts with real names, each with its district and province."""
    found = []
    paths = sorted(path for path in WRITTEN.rglob("*") if path.suffix in {".md", ".txt"})[:DOCUMENTS]
    for number, path in enumerate(paths):
        district = country.unit(DISTRICTS[number % len(DISTRICTS)])
        assert district is not None
        communes = [unit.name for unit in country.children(district.id, DATE) if unit.marked]
        for part in process(path, path.name):
            found.append((_renamed(part.text, communes), district.name, country.parents(district.id)[0].name))
    return found


def _renamed(text: str, communes: list[str]) -> str:
    """The text with its commune names in turn replaced by ``communes``."""
    names = dict.fromkeys(
        split_kind(unit.name)[1]
        for unit in find_units(text, (0, len(text)), Names(text))
        if unit.level == "commune"
    )
    for place, name in enumerate(sorted(names, key=len, reverse=True)):
        text = re.sub(re.escape(name), split_kind(communes[place % len(communes)])[1], text)
    return text


def test_linking_against_segmentation(
    texts: list[tuple[str, str, str]], country: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    """Setting and all links of a document, at most a tenth of the segmentation of its text."""
    _link(*texts[0], country)
    ratios = []
    linked = 0
    for _ in range(ROUNDS):
        plain = links = 0.0
        for text, district, province in texts:
            mentions = find_units(text, (0, len(text)), Names(text))
            linked += len(mentions)
            plain += seconds(partial(_segment, text))
            links += seconds(partial(_link, text, district, province, country, mentions))
        ratios.append(round(links / plain, 3))
    pages = sum(len(text) for text, _, _ in texts) / PAGE
    with capsys.disabled():
        print(
            f"\nlinking / word_tokenize: {statistics.median(ratios)} of {ratios}; {linked // ROUNDS} names on {pages:.0f} pages, "
            f"{1000 * links / pages:.2f} ms a page"
        )
    assert statistics.median(ratios) <= 0.1


def _segment(text: str) -> None:
    for line in text.split("\n"):
        word_tokenize(line)


def _link(
    text: str, district: str, province: str, register: Register, mentions: list[UnitMention] | None = None
) -> None:
    gazetteer = gazetteer_of(register, DATE)
    issuer = UnitMention(district, "district", district)
    linker = Linker(gazetteer, setting_of(gazetteer, DATE, issuer=issuer, parent=province, text=text), text)
    linker.known_names()
    for mention in mentions or ():
        linker.link(mention)
