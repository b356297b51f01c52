"""The engine that is there: Tesseract in this process, else the program; with a cache where one is given."""

from __future__ import annotations

from pathlib import Path

from extract.reading.base import OcrEngine
from extract.reading.engine.cache import CachedEngine, Whole
from extract.reading.engine.tesseract import find_tesseract
from extract.reading.engine.tesseract_inside import find_inside


def find_engine(cache: Path | None = None) -> OcrEngine:
    """The best engine on this machine, remembering what it read in the folder ``cache``.

    Raises:
        MissingProgram: there is none, naming what is missing and the command that installs it.
    """
    engine: Whole = find_inside() or find_tesseract()
    return CachedEngine(engine, cache) if cache else engine
