"""Where Tesseract's language data lie, and which data they are."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

LANGUAGE = "vie"
_USUAL = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_NAMED = re.compile(r'languages in "(.+)"')


def data_folder() -> Path | None:
    """The folder with ``vie.traineddata``, ``None`` where there is none.

    ``TESSDATA_PREFIX`` decides alone where it is set, as in Tesseract itself; then comes the folder that
    the program names, then those of the usual packages.
    """
    return _folder(os.environ.get("TESSDATA_PREFIX", ""), os.environ.get("PATH", ""))


@lru_cache(maxsize=8)
def _folder(prefix: str, path: str) -> Path | None:
    if prefix:
        # version 3 wanted the folder above; many machines still set that one
        candidates = [Path(prefix), Path(prefix) / "tessdata"]
    else:
        candidates = [*_named_by_program(path), *(Path(usual) for usual in _USUAL)]
    return next((folder for folder in candidates if has(folder, LANGUAGE)), None)


def _named_by_program(path: str) -> list[Path]:
    program = shutil.which("tesseract", path=path)
    if program is None:
        return []
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    named = _NAMED.search((done.stdout or done.stderr).decode("utf-8", errors="replace"))
    return [Path(named[1])] if named else []


def has(folder: Path, language: str) -> bool:
    """Whether ``folder`` holds the data of ``language``."""
    return (folder / f"{language}.traineddata").is_file()


def label(folder: Path | None) -> str:
    """The language with the first eight digits of the SHA-256 of its data: ``"vie 4fd1a2b3"``.

    Debian's, the "best" and the "standard" data read differently under one name.
    """
    if folder is None:
        return LANGUAGE
    file = folder / f"{LANGUAGE}.traineddata"
    try:
        stat = file.stat()
        return f"{LANGUAGE} {_digest(file, stat.st_mtime_ns, stat.st_size)}"
    except OSError:
        return LANGUAGE


@lru_cache(maxsize=8)
def _digest(file: Path, changed: int, size: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]
