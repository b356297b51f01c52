"""The three that are compared, each on the same pictures, with its time.

* ``tesseract``: the command alone, ``tesseract page.png - -l vie``, one process a page, two at a time.
* ``ocrmypdf``: ``ocrmypdf --deskew --clean -l vie -j 2`` on one PDF with the same pictures, text from the sidecar.
* ``rasoat``: :func:`extract.reading.read.read` on that PDF, in this process, with its own two workers. What it keeps
  apart as zones (``extract/structure/furniture.py``) is not its text; the others know no zones.

All with one OpenMP thread a process: more only slow Tesseract down on few cores. Time is processor time, of
this process and of those it starts, so that other programs on the machine count little; ``wall`` is by the clock.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import img2pdf
from PIL import Image

from extract.pages import Source
from extract.reading.read import read

WORKERS = 2
CACHE = Path(tempfile.gettempdir()) / "rasoat-bench-reading"
"""Texts of the two others by picture and version; only accuracy is taken from here, never time."""


@dataclass(slots=True)
class Bundle:
    """Pictures of pages, as single PNG files and together as a PDF without loss."""

    folder: Path
    pages: list[Path]
    pdf: Path
    key: str


@dataclass(slots=True)
class Reading:
    """The text of each page; ``processor`` and ``wall`` are seconds, ``None`` where the text was remembered."""

    texts: list[str]
    processor: float | None = None
    wall: float | None = None
    source: Source | None = None


def bundle(images: Sequence[Image.Image], dpi: int, folder: Path) -> Bundle:
    """Write the pictures to ``folder``."""
    digest = hashlib.sha256(str(dpi).encode())
    pages, data = [], []
    for number, image in enumerate(images, start=1):
        buffer = io.BytesIO()
        image.save(buffer, "PNG", dpi=(dpi, dpi), compress_level=1)
        data.append(buffer.getvalue())
        digest.update(image.mode.encode() + str(image.size).encode() + image.tobytes())
        pages.append(folder / f"{number:03}.png")
        pages[-1].write_bytes(data[-1])
    pdf = folder / "pages.pdf"
    pdf.write_bytes(img2pdf.convert(data, nodate=True))
    return Bundle(folder, pages, pdf, digest.hexdigest())


def tesseract(given: Bundle) -> Reading:
    """Plain Tesseract on every page."""

    def page(path: Path) -> str:
        command = ["tesseract", str(path), "-", "-l", "vie"]
        return subprocess.run(command, capture_output=True, text=True, env=_environment(), check=True).stdout

    with ThreadPoolExecutor(WORKERS) as pool:
        return _timed(lambda: list(pool.map(page, given.pages)))


def ocrmypdf(given: Bundle) -> Reading:
    """OCRmyPDF with its cleaning steps on all pages at once."""
    sidecar = given.folder / "sidecar.txt"
    options = ["--deskew", "--clean", "-l", "vie", "-j", str(WORKERS), "--output-type", "none", "-q"]
    command = [sys.executable, "-m", "ocrmypdf", *options, "--sidecar", str(sidecar), str(given.pdf), "-"]

    def pages() -> list[str]:
        subprocess.run(command, capture_output=True, env=_environment(), check=True)
        return sidecar.read_text(encoding="utf-8").split("\f")[: len(given.pages)]

    return _timed(pages)


def rasoat(given: Bundle) -> Reading:
    """This project's reading. A file in which no words are found at all counts as empty pages."""
    sources: list[Source] = []

    def pages() -> list[str]:
        sources.append(read(given.pdf, given.pdf.name))
        return ["\n".join(line.text for line in page.lines) for page in sources[0].pages]

    done = _timed(pages)
    done.source = sources[0]
    return done


ENGINES: dict[str, Callable[[Bundle], Reading]] = {
    "tesseract": tesseract,
    "ocrmypdf": ocrmypdf,
    "rasoat": rasoat,
}


def remembered(name: str, given: Bundle, *, fresh: bool = False) -> Reading:
    """What the engine reads; for the two others from the cache where these pictures were read before."""
    if name == "rasoat":
        return rasoat(given)
    path = CACHE / f"{name}-{_version(name)}-{given.key}.json"
    if path.exists() and not fresh:
        return Reading(json.loads(path.read_text(encoding="utf-8")))
    done = ENGINES[name](given)
    CACHE.mkdir(exist_ok=True)
    path.write_text(json.dumps(done.texts, ensure_ascii=False), encoding="utf-8")
    return done


@lru_cache
def _version(name: str) -> str:
    command = ["tesseract"] if name == "tesseract" else [sys.executable, "-m", "ocrmypdf"]
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    return (done.stdout or done.stderr).split("\n")[0].replace(" ", "-")


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _timed(work: Callable[[], list[str]]) -> Reading:
    wall, processor = time.perf_counter(), _processor()
    texts = work()
    return Reading(texts, _processor() - processor, time.perf_counter() - wall)


def _processor() -> float:
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
