"""What was recognised once is remembered: a small file for each picture and reader.

Reading a page takes a second, finding it here a hundredth. An entry can be removed at any time: it is
read anew. Several processes may use one folder; each writes whole files only. How large the folder may
become is the affair of :mod:`extract.reading.engine.cache_bound`.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from extract.reading.base import Layout, OcrEngine, OcrWord, StripReader
from extract.reading.engine.cache_bound import used

_FORM = 1
"""Part of every key: raise it when what is stored changes."""


class Whole(OcrEngine, StripReader, Protocol):
    """An engine that reads pages and parts of them."""


class CachedEngine:
    """An engine that asks the folder first.

    A key is the hash of the grey picture, its size, the engine's name (with version and data) and the
    settings. What cannot be stored (no room, no right to write) is only not remembered; an entry
    that is cut off or makes no sense is read anew and replaced. Problems are not remembered.
    """

    def __init__(self, engine: Whole, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    @property
    def name(self) -> str:
        """The engine's own name."""
        return self._engine.name

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        """The words as the engine reads or once read them."""
        return self._words(f"words {dpi} page", image, lambda: self._engine.words(image, dpi))

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        """The words of a part of a page as the engine reads or once read them."""
        return self._words(f"words {dpi} {layout}", image, lambda: self._engine.strip(image, dpi, layout))

    def _words(self, settings: str, image: Image.Image, read: Callable[[], list[OcrWord]]) -> list[OcrWord]:
        file = self._file(image, settings)
        with contextlib.suppress(*_UNUSABLE):
            words = [_word(values) for values in _load(file)]
            used(file)
            return words
        found = read()
        _store(file, [astuple(word) for word in found])
        return found

    def quarter_turns(self, image: Image.Image) -> int:
        """The quarter turns as the engine finds or once found them."""
        file = self._file(image, "turns")
        with contextlib.suppress(*_UNUSABLE):
            (turns,) = _load(file)
            known = {0: 0, 1: 1, 2: 2, 3: 3}[turns]
            used(file)
            return known
        turns = self._engine.quarter_turns(image)
        _store(file, [turns])
        return turns

    def _file(self, image: Image.Image, settings: str) -> Path:
        grey = image if image.mode == "L" else image.convert("L")
        digest = hashlib.sha256(f"{_FORM}\n{self.name}\n{settings}\n{grey.size}\n".encode())
        digest.update(grey.tobytes())
        key = digest.hexdigest()
        return self._folder / key[:2] / f"{key[2:40]}.json.gz"


_UNUSABLE = (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError, RecursionError)


def _load(file: Path) -> list[Any]:
    content = json.loads(gzip.decompress(file.read_bytes()))
    if not isinstance(content, list):
        raise TypeError("not a list")
    return content


def _word(values: list[Any]) -> OcrWord:
    text, left, top, right, bottom, sure, (block, paragraph, line) = values
    if not isinstance(text, str):
        raise TypeError("not a word")
    place = (int(block), int(paragraph), int(line))
    return OcrWord(text, float(left), float(top), float(right), float(bottom), float(sure), place)


def _store(file: Path, content: list[Any]) -> None:
    """Write a whole file or none."""
    data = gzip.compress(json.dumps(content, ensure_ascii=False).encode(), 5, mtime=0)
    unfinished: str | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
        with open(handle, "wb") as stream:
            stream.write(data)
        os.replace(unfinished, file)
    except OSError:
        if unfinished is not None:
            with contextlib.suppress(OSError):
                os.unlink(unfinished)
