"""From the pages of a file to its documents: canonical text, header fields, outline."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Document
from extract.pages import Caution, Line, Source
from extract.structure.continued import join_tables
from extract.structure.fields import read_fields
from extract.structure.furniture import body_lines
from extract.structure.outline import Outline, build_outline
from extract.structure.paragraphs import canonical, to_blocks
from extract.structure.parts import cut
from extract.structure.zones import find_zones


@dataclass(slots=True)
class Structured:
    """A document with its outline, ready for finding statements."""

    document: Document
    outline: Outline


def structure(source: Source) -> list[Structured]:
    """The documents of a file, in order. A file has at least one, with fields or without."""
    parts = cut(join_tables(body_lines(source.pages)))
    return [_structured(source, number, lines) for number, lines in enumerate(parts, start=1)]


def _structured(source: Source, part: int, lines: list[Line]) -> Structured:
    zones = find_zones(lines)
    blocks = to_blocks(lines, zones)
    text, words = canonical(blocks)
    fields, printed = read_fields(text, blocks, zones, lines, words)
    pages = sorted({line.page for line in lines if line.page is not None})
    document = Document(
        id=f"{source.sha256[:16]}-{part}",
        source=source.name,
        source_sha256=source.sha256,
        part=part,
        text=text,
        words=words,
        pages=(pages[0], pages[-1]) if pages else None,
        header=fields,
        number_as_printed=printed,
        warnings=list(source.warnings),
        engine=source.engine,
        conversion=source.conversion,
        reading=[page for page in source.pages if page.number is not None and page.number in pages],
        zones=[zone for page in source.pages for zone in page.zones if page.number in pages],
    )
    if "number" not in fields:
        document.warnings.append(
            Caution("number_missing", "Số, ký hiệu của văn bản không đọc được hoặc để trống.")
        )
    if "date" not in fields:
        document.warnings.append(Caution("date_missing", "Ngày ban hành không đọc được hoặc để trống."))
    outline = build_outline(text, blocks)
    document.sections = outline.sections
    return Structured(document, outline)
