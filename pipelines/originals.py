"""Byte-exact copies of files whose text was converted from an old format or encoding.

What such a file says depends on a conversion; the copy, named by its hash, lets anybody check it or
convert it anew after the archive has been tidied up. Copies live as long as records made from them.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}(?:\.\w+)?")


class Changed(Exception):
    """The file is not the one any more whose text was read."""


def keep(path: Path, sha256: str, folder: Path) -> Path:
    """Copy ``path`` into ``folder`` as ``<sha256><its ending>``; a copy that is there already is left alone.

    :class:`Changed` if the content has another hash by now, :class:`OSError` if it cannot be copied.
    """
    target = folder / f"{sha256}{path.suffix.lower()}"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=folder, prefix="unfinished-")
    try:
        with os.fdopen(handle, "wb") as copy, path.open("rb") as original:
            while block := original.read(1 << 20):
                digest.update(block)
                copy.write(block)
        if digest.hexdigest() != sha256:
            raise Changed
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    return target


def sweep(folder: Path, held: Iterable[str]) -> None:
    """Remove copies of content that no stored records come from (``held``: the hashes that have some)."""
    if not folder.is_dir():
        return
    wanted = set(held)
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) and path.name[:64] not in wanted:
            path.unlink(missing_ok=True)
