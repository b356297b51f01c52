"""Speed as ratios in one run: the road against underthesea, pages against pdfplumber.

Run with ``make bench``. Absolute seconds depend on the machine; the ratios hardly do.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from underthesea import word_tokenize

from corpora.build_samples import markdown_to_pdf
from extract.citations import find_citations, resolve
from extract.citations.in_force import mark_in_force
from extract.reading.read import read
from extract.units.register import Register
from models.artefact import load
from models.classify import Classifier
from models.examples import WRITTEN
from models.issuers import default_issuers
from models.reporting import load_reporting
from pipelines.road import process, walk

pytestmark = pytest.mark.long

DOCUMENTS = 100
ROUNDS = 3
DAY = "2021-06-30"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A hundred documents: the written corpus, repeated only as far as it is short of a hundred."""
    found = sorted(path for path in WRITTEN.rglob("*") if path.suffix in {".md", ".txt"})
    return (found * (DOCUMENTS // len(found) + 1))[:DOCUMENTS]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of ``work``: other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_whole_road_against_segmentation_alone(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    """At most twice the time that ``word_tokenize`` needs for the same text, in a warm process.

    The two are timed in turn, document by document, so that a change of the machine's speed hits
    both. Each round has a fresh classifier: no statement is remembered from the round before.
    """
    register = Register()
    texts = [[line for part in process(path, path.name) for line in part.text.split("\n")] for path in paths]
    artefact, reporting = load(), load_reporting()
    ratios = []
    for _ in range(ROUNDS):
        classifier = Classifier(artefact, reporting)
        plain = road = 0.0
        for path, lines in zip(paths, texts, strict=True):
            plain += seconds(partial(_segment, lines))
            road += seconds(partial(_walk, path, register, classifier))
        ratios.append(round(road / plain, 2))
    with capsys.disabled():
        print(f"\nroad / word_tokenize over {len(paths)} documents: {statistics.median(ratios)} of {ratios}")
    assert statistics.median(ratios) <= 2.0


def test_citations_against_segmentation(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Finding, resolving and judging the citations of a page: a small part of its segmentation."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    ratios = []
    for _ in range(ROUNDS):
        plain = cited = 0.0
        for text in texts:
            plain += seconds(partial(_segment, text.split("\n")))
            cited += seconds(partial(_cite, text))
        ratios.append(round(cited / plain, 3))
    with capsys.disabled():
        print(
            f"\ncitations / word_tokenize over {len(texts)} documents: {statistics.median(ratios)} of {ratios}"
        )
    assert statistics.median(ratios) <= 0.1


def _cite(text: str) -> None:
    found = resolve(
        find_citations(text, day=DAY),
        document_number=None,
        document_date=DAY,
        issuer=None,
        issuer_unit=None,
        text=text,
        judge=default_issuers(),
    )
    mark_in_force(found, text, DAY)


def _segment(lines: list[str]) -> None:
    for line in lines:
        word_tokenize(line)


def _walk(path: Path, register: Register, classifier: Classifier) -> None:
    walk(read(path, path.name), register, classifier)


def test_pages_per_second_against_pdfplumber(
    paths: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole road over digital PDFs, beside pdfplumber's and pypdfium2's text extraction alone."""
    pdfs = []
    for number, path in enumerate(paths[:20]):
        pdfs.append(tmp_path / f"{number}.pdf")
        markdown_to_pdf(path.read_text(encoding="utf-8"), pdfs[-1])

    def with_pdfplumber() -> None:
        for path in pdfs:
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_text()
                    page.close()

    def with_pdfium() -> None:
        for path in pdfs:
            with pypdfium2.PdfDocument(path) as pdf:
                for page in pdf:
                    page.get_textpage().get_text_range()

    pages = sum(len(pypdfium2.PdfDocument(path)) for path in pdfs)
    classifier = Classifier(load())
    walk(read(pdfs[0], "warm"), Register(), Classifier(load()))
    road = seconds(lambda: [walk(read(path, path.name), Register(), classifier) for path in pdfs])
    reading = seconds(lambda: [read(path, path.name) for path in pdfs])
    plumber, pdfium = seconds(with_pdfplumber), seconds(with_pdfium)
    with capsys.disabled():
        print(
            f"\n{pages} pages of {len(pdfs)} digital PDFs, pages per second: whole road {pages / road:.0f}, "
            f"reading alone {pages / reading:.0f}, pdfplumber extract_text {pages / plumber:.0f}, "
            f"pypdfium2 text {pages / pdfium:.0f}"
        )
    assert reading < plumber
