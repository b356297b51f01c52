"""The cache of recognised pages within its bound: what was not used for longest goes first.

Done once, when a batch is finished. Nothing is kept beside the entries: when one was used last is the time
of its file, and how large all are together is told from some folders, as the hashes that name entries
spread evenly.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extract.errors import UsageError

VARIABLE = "RASOAT_OCR_CACHE"
MEGABYTES = 2_000.0
"""Size of the folder where nobody says otherwise: 70 000 pages of six entries each."""
_LEFT = 0.9
"""Share of the bound that is kept, so that not every batch has to look through the folder."""
_SAMPLE = 8
"""Folders of 256 whose size is asked before all are looked through."""
_SURE = 0.8
_BLOCK = 4096
"""A file takes whole blocks of the disk."""
_ABANDONED = 86_400.0
_SKEW = 120.0
"""Seconds by which the clock of a disk in the network may be behind."""


@dataclass(frozen=True, slots=True)
class _Entry:
    used: float
    size: int
    path: str


def bound() -> int | None:
    """The bytes that the cache may take: ``RASOAT_OCR_CACHE`` (megabytes), else :data:`MEGABYTES`.

    ``None`` for no bound: 0.

    Raises:
        UsageError: the environment holds no number of megabytes.
    """
    text = os.environ.get(VARIABLE, "").strip()
    try:
        megabytes = float(text) if text else MEGABYTES
        most = int(megabytes * 1e6)
        if most < 0:
            raise ValueError
    except (ValueError, OverflowError) as error:
        said = f"{VARIABLE} must be a number of megabytes, 0 for no bound, not '{text}'."
        raise UsageError(said) from error
    return most or None


def used(file: Path) -> None:
    """Note that an entry was used now."""
    with suppress(OSError):
        os.utime(file)


def trim(folder: Path, most: int | None, since: float) -> int:
    """Remove entries until ``folder`` takes less than ``most`` bytes; how many were removed.

    What was used or written after ``since`` (seconds since the epoch, the beginning of a batch) stays, even
    if it is too much by itself. Other processes may use the folder meanwhile: whoever misses an entry
    recognises the page anew. What cannot be removed stays.
    """
    if most is None or not folder.is_dir() or _guess(folder) < _SURE * most:
        return 0
    entries = sorted(_entries(folder, os.listdir(folder)), key=lambda entry: entry.used)
    total, removed = sum(entry.size for entry in entries), 0
    if total <= most:
        return 0
    for entry in entries:
        if total <= _LEFT * most or entry.used >= since - _SKEW:
            break
        with suppress(OSError):
            os.unlink(entry.path)
            removed += 1
        total -= entry.size
    return removed


def _guess(folder: Path) -> float:
    """About how many bytes the cache takes, from some of its folders."""
    names = [f"{number:02x}" for number in range(0, 256, 256 // _SAMPLE)]
    return sum(entry.size for entry in _entries(folder, names)) * 256 / _SAMPLE


def _entries(folder: Path, names: list[str]) -> Iterator[_Entry]:
    """The entries in some folders of the cache. Files that a process left unfinished are removed."""
    for name in names:
        with suppress(OSError), os.scandir(folder / name) as found:
            for file in found:
                with suppress(OSError):
                    facts = file.stat(follow_symlinks=False)
                    if file.name.endswith(".json.gz"):
                        yield _Entry(facts.st_mtime, -(-facts.st_size // _BLOCK) * _BLOCK, file.path)
                    elif file.name.endswith(".part") and facts.st_mtime < time.time() - _ABANDONED:
                        os.unlink(file.path)
