"""The promises of reading scans, on a few pages of every damage. ``make bench-reading`` measures more of them."""

from __future__ import annotations

import shutil

import pytest

from corpora.scans import DAMAGES

from .engines import ENGINES
from .run import Options, Row, missed, report, run

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def rows(tesseract: bool) -> list[Row]:
    if not tesseract:
        pytest.skip("Tesseract with Vietnamese is not installed")
    engines = tuple(name for name in ENGINES if name != "ocrmypdf" or shutil.which("unpaper"))
    options = Options(dpis=(200,), documents=2, engines=engines)
    found = run(options)
    print(report(found, options)[0])
    return found


def test_clean_pages_are_read_as_well_as_by_plain_tesseract(rows: list[Row]) -> None:
    assert not [sentence for sentence in missed(rows, []) if sentence.startswith("clean")]


def test_a_quarter_of_plain_errors_is_left_on_damaged_pages(rows: list[Row]) -> None:
    assert not [sentence for sentence in missed(rows, []) if sentence.startswith("damaged")]


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "clean"])
def test_fewer_errors_than_ocrmypdf_on_every_damage(rows: list[Row], damage: str) -> None:
    if "ocrmypdf" not in rows[0].errors:
        pytest.skip("unpaper, which OCRmyPDF --clean needs, is not installed")
    assert not [sentence for sentence in missed(rows, []) if sentence.startswith(f"{damage}:")]


def test_wrong_header_fields_are_not_stated_with_confidence(rows: list[Row]) -> None:
    outcomes = [outcome for row in rows for outcome in row.outcomes]
    assert not [sentence for sentence in missed([], outcomes) if sentence.startswith("header")]
    assert {outcome.hand for outcome in outcomes} == {True, False}
