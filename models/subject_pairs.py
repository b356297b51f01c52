"""Written deficiencies, several wordings of each: the truth that the likeness of subjects is learned from.

The files in ``annotations/deficiencies`` hold, for each subject (``## area | subject``), its deficiencies
(``* types``) with wordings (``-``) and statements that say it was remedied (``+``). An area may have several
files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.labels import check

FOLDER = Path(__file__).resolve().parent.parent / "annotations" / "deficiencies"
SPLITS = ("train", "train", "train", "development", "held-out")


@dataclass(frozen=True, slots=True)
class Wording:
    """One statement. ``deficiency`` numbers what it is about; of one ``subject`` there may be several.

    ``remedy`` says that the statement tells the deficiency is gone.
    """

    text: str
    deficiency: int
    subject: int
    area: str
    types: tuple[str, ...]
    remedy: bool
    split: str


def read_wordings(folder: Path = FOLDER) -> list[Wording]:
    """All wordings. Every fifth subject of a file is for development, every fifth held out, whole subjects
    each.

    :class:`ValueError` for a line that fits none of the forms.
    """
    return list(_wordings(folder))


def data_hash(folder: Path = FOLDER) -> str:
    """The hash of the files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _wordings(folder: Path) -> Iterator[Wording]:
    subject = deficiency = -1
    for path in sorted(folder.glob("*.txt")):
        area, of_area = "", -1
        types: tuple[str, ...] = ()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark, _, said = line.strip().partition(" ")
            if mark == "##":
                area = said.partition("|")[0].strip()
                check("area", area)
                subject, of_area = subject + 1, of_area + 1
            elif mark == "*":
                types = tuple(said.split())
                for one in types:
                    check("type", one)
                deficiency += 1
            elif mark in ("-", "+") and area and types:
                split = SPLITS[of_area % len(SPLITS)]
                yield Wording(said, deficiency, subject, area, types, mark == "+", split)
            elif mark:
                raise ValueError(f"{path.name}, line {number}: neither subject, deficiency nor wording.")
