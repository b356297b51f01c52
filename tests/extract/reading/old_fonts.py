"""Text written as people wrote it before Unicode: the encodings' own tables turned round."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont as FontFile

from extract.reading.legacy import ENCODINGS

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"  # 89
MARKED = "".join(letter for letter in SMALL if not letter.isascii())


def _inverse(name: str) -> dict[str, str]:
    encoding = next(one for one in ENCODINGS if one.name == name)
    table: dict[str, str] = {}
    for codes, letter in encoding.letters.items():
        table.setdefault(letter, codes)
    return table


_TABLES = {name: _inverse(name) for name in ("TCVN3", "VNI")}


def encode(text: str, name: str) -> str:
    """``text`` as a file in the encoding ``name`` holds it.

    TCVN3 has few capitals with marks: of the others the small letter is typed, as people did.
    """
    table = _TABLES[name]
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


def renamed_font(source: Path, target: Path, name: str) -> Path:
    """A font file that calls itself ``name``."""
    font = FontFile(source)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = name
    font.save(target)
    return target
