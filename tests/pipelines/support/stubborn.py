"""A road for the tests of the crew: its files are pages, of which some hang, die, or take all memory.

A line of a file is a page: text, or ``HANG``, ``DIE``, ``DIE ONCE <file>``, ``DIE IF <file>``, ``MEMORY``, ``CHILD <file>`` (hangs,
with a process of its own whose number it writes). ``HANG AFTER`` hangs when all pages are read.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import invented
import numpy as np
from paper import Knowing
from PIL import Image

from extract.document import Document
from extract.errors import EmptyFile
from extract.pages import Caution
from extract.reading.base import OcrWord
from extract.reading.lost import Loss, lost_pages
from extract.reading.watch import current


def process(path: Path, name: str, units: list[Path]) -> list[Document]:
    """The road, with the signature of the real one."""
    watch, read, lost = current(), [], {}
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if (problem := watch.skips.get(number)) is not None:
            lost[number] = Loss(problem)
            continue
        if row == "HANG AFTER":
            time.sleep(300)
        with watch.at_work(number):
            _misbehave(row)
            read.append(row)
    if not read:
        raise next(iter(lost.values())).problem if lost else EmptyFile("No words.", "Scan it again.")
    made = invented.document(*read, name="", content=path.read_text(encoding="utf-8"))
    made.source = name
    made.warnings += [Caution(caution.code, caution.message) for caution in lost_pages(lost)]
    return [made]


def _misbehave(row: str) -> None:
    order, _, file = row.rpartition(" ")
    if row == "HANG":
        time.sleep(300)
    elif row == "SLOW":
        time.sleep(0.3)
    elif row == "DIE" or (order == "DIE IF" and Path(file).exists()):
        os.kill(os.getpid(), 9)
    elif order == "DIE ONCE" and not Path(file).exists():
        Path(file).touch()
        os.kill(os.getpid(), 9)
    elif row == "MEMORY":
        held = [bytearray(50_000_000) for _ in range(1_000)]
        raise AssertionError(f"{len(held)} times 50 MB were given")
    elif order == "CHILD":
        child = subprocess.Popen(["sleep", "300"], process_group=0)
        Path(file).write_text(str(child.pid))
        time.sleep(300)


class Sleeper(Knowing):
    """An engine that never comes to an end of a black page."""

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        """The words; of a black page never."""
        if float(np.asarray(image.convert("L")).mean()) < 100:
            time.sleep(300)
        return Knowing.words(self, image, dpi)
