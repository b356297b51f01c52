"""Documents of invented places, built by hand, and a road that reads them from small text files.

A file of the road is lines. ``KEY: value`` lines are the header; ``UNIT | polarity | area | types
| statement`` is a finding; anything else is text. ``---`` begins the next document of the file.
``!EMPTY``, ``!BUG``, ``!DIE``, ``!SLOW`` and ``!CALL`` misbehave.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from pathlib import Path

from extract.document import (
    Citation,
    Document,
    Finding,
    HeaderField,
    Measurement,
    Period,
    PlacedWord,
    UnitMention,
)
from extract.errors import EmptyFile, UsageError
from extract.pages import Word

SYMBOL = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]+(?:-[A-ZĐ]+)+")

REPORT = """number: 45/BC-ĐKT
date: {year}-11-05
year: {year}
signer: Lò Văn Pảo
BÁO CÁO
Kết quả kiểm tra năm {year}
Xã Khe Mận | deficiency | steering | late | Báo cáo năm {year} gửi chậm.
Xã Bãi Sậy | achievement | digital | | Dùng chữ ký số đạt 80% theo 739/QĐ-UBND.
"""
"""A file of the road: one report of a year."""


def digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def unit(name: str, code: str | None = None) -> UnitMention:
    if name == "all":
        return UnitMention("all", "group", "các xã, thị trấn")
    level = "agency" if name.startswith("Phòng") else "commune"
    return UnitMention(name, level, name, code, "exact" if code else "none")


def document(
    *lines: str | tuple[str, ...],
    name: str = "bao-cao.md",
    content: str = "",
    part: int = 1,
    number: str | None = None,
    date: str | None = None,
    year: int | None = None,
    kind: str = "báo cáo",
    district: str | None = "Huyện Lũng Vàng",
    codes: dict[str, str] | None = None,
    pages: int | None = None,
    **more: str,
) -> Document:
    """A document whose lines are plain text or findings ``(unit, polarity, area, types, text)``.

    ``pages`` is how many lines go on one page; without it the text has no pages.
    """
    text, spans = "", []
    for row in lines:
        said = row if isinstance(row, str) else row[-1]
        spans.append((len(text), len(text) + len(said)))
        text += said + "\n"
    identity = digest(name, content or text, part)
    made = Document(identity, name, digest(name, content or text) * 4, part, text, [])
    for at, span in enumerate(spans):
        page = at // pages + 1 if pages else None
        for found in re.finditer(r"\S+", text[slice(*span)]):
            box = (0.1, 0.1 * (at % pages), 0.2, 0.1 * (at % pages) + 0.05) if pages else None
            start = span[0] + found.start()
            made.words.append(PlacedWord(start, start + len(found[0]), page, Word(found[0], box)))
    if pages:
        made.pages = (1, (len(lines) - 1) // pages + 1)
    for field, value in {"number": number, "date": date, "kind": kind, **more}.items():
        if value is not None:
            at = text.find(value)
            made.header[field] = HeaderField(value, 0.9, (at, at + len(value)) if at >= 0 else None)
    made.number_as_printed = number
    if year:
        made.header["period"] = HeaderField(Period(f"năm {year}", f"{year}-01-01", f"{year}-12-31"), 0.9)
    if district:
        made.header["issuer_unit"] = HeaderField(UnitMention(district, "district", district), 0.9)
    for row, span in zip(lines, spans, strict=True):
        if isinstance(row, tuple):
            _add_finding(made, row, span, codes or {})
    return made


def _add_finding(made: Document, row: tuple[str, ...], span: tuple[int, int], codes: dict[str, str]) -> None:
    name, polarity, area, types, text = row
    finding = Finding(
        unit(name, codes.get(name)),
        text,
        span,
        ("II", "1"),
        polarity,
        area or None,
        tuple(types.split()),
        {"unit": 1.0, "polarity": 0.9, "area": 0.8, "types": [0.7] * len(types.split())},
        made.boxes(span),
        id="f" + digest(made.id, span, name),
        document=made.id,
    )
    for found in re.finditer(r"(\d+(?:,\d+)?)\s?%", text):
        at = (span[0] + found.start(), span[0] + found.end())
        item = Measurement(float(found[1].replace(",", ".")), found[0], at, "tỷ lệ", unit=finding.unit)
        item.id, item.document, item.finding = "m" + digest(made.id, at, name), made.id, finding.id
        made.measurements.append(item)
        finding.measurements.append(item.id)
    for found in SYMBOL.finditer(text):
        at = (span[0] + found.start(), span[0] + found.end())
        cited = Citation(None, found[0], found[0], at, at, key=found[0].lower())
        cited.id, cited.document, cited.findings = "c" + digest(made.id, at, name), made.id, [finding.id]
        made.citations.append(cited)
        finding.citations.append(cited.id)
    made.findings.append(finding)


def process(path: Path, name: str, units: list[Path]) -> list[Document]:
    """The invented road, with the signature of the real one."""
    written = path.read_text(encoding="utf-8")
    if "!EMPTY" in written:
        raise EmptyFile("The file holds no words.", "Scan the paper again.")
    if "!BUG" in written:
        raise RuntimeError("a bug\nwith two lines")
    if "!CALL" in written:
        raise UsageError("Units file units.csv lacks the column code.")
    if "!DIE" in written:
        os._exit(9)
    if "!SLOW" in written:
        time.sleep(0.3)
    return [_read(chunk, name, place) for place, chunk in enumerate(written.split("---\n"), 1)]


def _read(chunk: str, name: str, part: int) -> Document:
    header: dict[str, str] = {}
    lines: list[str | tuple[str, ...]] = []
    for row in filter(None, chunk.splitlines()):
        if found := re.fullmatch(r"(number|date|year|kind|signer|subject): (.*)", row):
            header[found[1]] = found[2]
        elif row.count("|") == 4:
            lines.append(tuple(cell.strip() for cell in row.split("|")))
        else:
            lines.append(row)
    year = header.pop("year", None)
    # Ids come from the content alone: the same bytes give the same ids under any name.
    made = document(*lines, name="", content=chunk, part=part, year=int(year) if year else None, **header)
    made.source = name
    return made
