"""Tesseract as a library in this process: no program start, no picture piped, half the time a page.

tesserocr brings its own Tesseract (another build than the system's program, so its words may differ
in single letters) and reads the system's language data.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PIL import Image

from extract.errors import DamagedFile, TooLarge
from extract.reading.base import Layout, OcrWord
from extract.reading.engine.tessdata import LANGUAGE, data_folder, has, label
from extract.reading.engine.tesseract import PSM, TIMEOUT, check_size, failed, parse_tsv, too_slow

if TYPE_CHECKING:
    import tesserocr

_OSD = "osd"
_SURE_TURN = 1.0
_SMALLEST = 3  # pixels: below this there is no letter, and leptonica complains


class TesseractInside:
    """Tesseract within the process, for several threads at once; made by :func:`find_inside`.

    A Tesseract object serves one thread at a time: each call takes an idle one or makes one, and
    gives it back, so that there are never more than threads. The interpreter's lock is free
    while it works.
    """

    def __init__(self, library: ModuleType, folder: Path, timeout: float = TIMEOUT) -> None:
        self._library = library
        self._folder = folder
        self._timeout = timeout
        self._lock = threading.Lock()
        self._idle: dict[str, list[tesserocr.PyTessBaseAPI]] = {LANGUAGE: [], _OSD: []}
        version = library.tesseract_version().split("\n")[0].removeprefix("tesseract").strip()
        self._name = f"tesseract {version} {label(folder)}"

    @property
    def name(self) -> str:
        """``tesseract``, its version, the language and a short hash of its data."""
        return self._name

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        """The words of a grey picture, in Tesseract's order.

        Raises:
            TooLarge: the picture is wider or higher than Tesseract takes, or took too long.
            DamagedFile: Tesseract failed on it.
        """
        return self._words(image, dpi, "page")

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        """The words of a part of a page; raises as :meth:`words`."""
        return self._words(image, dpi, layout)

    def _words(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        check_size(image)
        if min(image.size) < _SMALLEST:
            return []
        with self._taken(LANGUAGE) as api:
            api.SetPageSegMode(PSM[layout])
            api.SetVariable("user_defined_dpi", str(dpi))
            self._give(api, image)
            try:
                done = api.Recognize(math.ceil(self._timeout * 1000))
                table = api.GetTSVText(0) if done else ""
            except RuntimeError as error:
                raise failed() from error
            if not done:
                raise too_slow(self._timeout)
        return parse_tsv(table)

    def quarter_turns(self, image: Image.Image) -> int:
        """Quarter turns clockwise that make the picture upright; 0 when Tesseract cannot tell."""
        if not has(self._folder, _OSD) or min(image.size) < _SMALLEST:
            return 0
        try:
            check_size(image)
            with self._taken(_OSD) as api:
                self._give(api, image)
                found = api.DetectOrientationScript()
        except (TooLarge, DamagedFile, RuntimeError):
            return 0
        if found is None or float(found["orient_conf"]) < _SURE_TURN:
            return 0  # too few letters on the page
        # how the page lies, anticlockwise
        return (360 - int(found["orient_deg"])) // 90 % 4

    @staticmethod
    def _give(api: tesserocr.PyTessBaseAPI, image: Image.Image) -> None:
        grey = image if image.mode == "L" else image.convert("L")
        api.SetImageBytes(grey.tobytes(), grey.width, grey.height, 1, grey.width)

    @contextmanager
    def _taken(self, language: str) -> Iterator[tesserocr.PyTessBaseAPI]:
        """A Tesseract object for this call alone. One that failed is not used again."""
        with self._lock:
            idle = self._idle[language]
            api = idle.pop() if idle else None
        api = api or self._new(language)
        try:
            yield api
            # gives back the picture and the results, and forgets the page: reading must not depend
            # on what was read before
            api.Clear()
            api.ClearAdaptiveClassifier()
        except BaseException:
            api.End()
            raise
        with self._lock:
            idle.append(api)

    def _new(self, language: str) -> tesserocr.PyTessBaseAPI:
        try:
            api: tesserocr.PyTessBaseAPI = self._library.PyTessBaseAPI(
                path=str(self._folder), lang=language, psm=0 if language == _OSD else PSM["page"]
            )
        except RuntimeError as error:
            raise failed() from error
        api.SetVariable("debug_file", os.devnull)
        return api


def find_inside() -> TesseractInside | None:
    """Tesseract in this process, ``None`` where tesserocr or the Vietnamese data are missing.

    The same object for the whole process, as making Tesseract objects takes a tenth of a second each.
    """
    library, folder = _library(), data_folder()
    return _found(library, folder) if library and folder else None


@lru_cache(maxsize=4)
def _found(library: ModuleType, folder: Path) -> TesseractInside | None:
    engine = TesseractInside(library, folder)
    try:
        engine.words(Image.new("L", (32, 32), 255), 300)
    except (DamagedFile, TooLarge):
        return None  # data of another Tesseract, or cut off: let the program say what is wrong
    return engine


@lru_cache(maxsize=1)
def _library() -> ModuleType | None:
    before = os.environ.get("OMP_THREAD_LIMIT")
    # OpenMP looks once, when it is loaded; its own threads make a page take six times longer on two
    # cores. tesserocr's wheels come without OpenMP, a build from source has it.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        import tesserocr
    except (ImportError, OSError):
        return None
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
    library: ModuleType = tesserocr
    return library
