"""From the pages of a file to its documents: canonical text, header fields, outline."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from extract.document import Document
from extract.pages import Caution, Line, Source, Zone
from extract.structure.continued import join_tables
from extract.structure.doubt import doubt
from extract.structure.fields import read_fields
from extract.structure.furniture import Body, body_of
from extract.structure.outline import Outline, build_outline
from extract.structure.outside import zone_of
from extract.structure.paragraphs import canonical, to_blocks
from extract.structure.parts import cut
from extract.structure.read_marks import read_marks
from extract.structure.roles import Role, role_of
from extract.structure.zones import find_zones
from extract.vietnamese import fold

_OFFICIAL = {"issuer", "number", "kind"}
"""Fields of the header of which a paper of an authority has some, one of the press none."""


@dataclass(slots=True)
class Structured:
    """A document with its outline, ready for finding statements."""

    document: Document
    outline: Outline


def structure(source: Source) -> list[Structured]:
    """The documents of a file, in order. A file has at least one, with fields or without."""
    body = body_of(source.pages)
    lines, repeated = join_tables(body.lines)
    parts = cut(lines) or [[]]
    zones = _zones_of_parts(source, body, parts)
    for zone in _running_headers(repeated):
        zones[_part_on_page(zone, parts)].append(zone)
    return [
        _structured(source, number, lines, apart)
        for number, (lines, apart) in enumerate(zip(parts, zones, strict=True), start=1)
    ]


def _zones_of_parts(source: Source, body: Body, parts: list[list[Line]]) -> list[list[Zone]]:
    """To each part the zones that stand on its pages or between its lines; none is lost."""
    found: list[list[Zone]] = [[] for _ in parts]
    for page in source.pages:
        for zone in page.zones:
            found[_part_on_page(zone, parts)].append(zone)
    ends = list(accumulate(len(part) for part in parts))
    for before, zone in body.zones:
        between = next((at for at, end in enumerate(ends) if before <= end), len(parts) - 1)
        found[between if zone.page is None else _part_on_page(zone, parts)].append(zone)
    return found


def _running_headers(repeated: list[Line]) -> list[Zone]:
    """The header rows that a table repeats on its next page, one zone a page."""
    by_page: dict[int | None, list[Line]] = {}
    for line in repeated:
        by_page.setdefault(line.page, []).append(line)
    return [zone_of("running_line", lines) for lines in by_page.values()]


def _part_on_page(zone: Zone, parts: list[list[Line]]) -> int:
    """The last part that begins before the zone's page, or on it above the zone."""
    best = 0
    for at, part in enumerate(parts):
        first = next((line for line in part if line.page is not None), None)
        if first is None or first.page is None or zone.page is None or first.page > zone.page:
            continue
        new_page = at == 0 or all(line.page != zone.page for line in parts[at - 1])
        above = first.box is None or zone.box is None or first.box[1] <= zone.box[3]
        if first.page < zone.page or new_page or above:
            best = at
    return best


def _structured(source: Source, part: int, lines: list[Line], apart: list[Zone]) -> Structured:
    zones = find_zones(lines)
    lines = read_marks(lines, zones)
    blocks = to_blocks(lines, zones)
    text, words = canonical(blocks)
    fields, printed = read_fields(text, blocks, zones, lines)
    doubted = doubt(fields, words, _ink(lines[: zones.head], apart), apart)
    fields = doubted.fields
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
        warnings=[*source.warnings, *doubted.cautions],
        engine=source.engine,
        conversion=source.conversion,
        reading=[page for page in source.pages if page.number is not None and page.number in pages],
        zones=apart,
        proposals=doubted.proposals,
    )
    drafts = any(role_of(line.text) is Role.DRAFT for line in lines[: zones.head + 1])
    if drafts or any(zone.kind == "watermark" and "du thao" in fold(zone.text) for zone in apart):
        document.warnings.append(Caution("draft", "Văn bản là dự thảo, chưa ban hành."))
    if "number" not in fields:
        said = "Số, ký hiệu của văn bản không đọc được hoặc để trống. Cần đối chiếu bản gốc."
        document.warnings.append(Caution("number_missing", said))
    if "date" not in fields:
        said = "Ngày ban hành không đọc được hoặc để trống. Cần đối chiếu bản gốc."
        document.warnings.append(Caution("date_missing", said))
    outline = build_outline(text, blocks, official=not _OFFICIAL.isdisjoint(fields))
    document.sections = outline.sections
    return Structured(document, outline)


def _ink(head: list[Line], apart: list[Zone]) -> dict[str, bool]:
    """Whether handwriting without words stands on the line of the number, or of the date, in the head."""
    found = {"number": False, "date": False}
    for line in head:
        role = role_of(line.text)
        names = [name for name, wanted in (("number", Role.NUMBER), ("date", Role.DATE)) if role is wanted]
        if not names or line.box is None:
            continue
        box = line.box
        for zone in apart:
            if zone.kind != "handwriting" or zone.page != line.page or zone.box is None:
                continue
            down = min(box[3], zone.box[3]) - max(box[1], zone.box[1])
            inside = zone.box[0] < box[2] and zone.box[2] > box[0]
            if inside and down > 0.5 * min(box[3] - box[1], zone.box[3] - zone.box[1]):
                found[names[0]] = True
    return found
