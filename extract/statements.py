"""Sections to statements: what may become a finding, and which units it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from extract.document import Citation, Measurement, Period, Section, Span, UnitMention
from extract.owners import Owner, Units, are_named, as_linked, is_named, is_order, of_places, with_name
from extract.readings import CellReading, answered_by_tick
from extract.sentences import has_predicate, parts, sentences, trim
from extract.structure.answers import is_answer
from extract.structure.headings import is_aspect
from extract.structure.outline import Item, Outline
from extract.structure.tables import TableCell, find_tables
from extract.table_rows import Rows
from extract.table_values import Values
from extract.units.find import Names, find_units
from extract.units.headings import ALL, goes_on, units_of_heading, units_opened_with
from extract.units.link import Linker
from extract.units.recalled import is_wider
from extract.units.subjects import Subjects

_LEAD = re.compile(r"^(?P<lead>[^:;.]{3,70}?)\s*:\s*(?=\S)")
_NO_LEAD = re.compile(
    r"\b(?:như|gồm|sau|các xã|các đơn vị|chưa|không|đã|còn)$|,|\b(?:chưa|không có|đã|còn thiếu)\b",
    re.IGNORECASE,
)
_OPENS_WITH_VERB = re.compile(r"^(?:đã|chưa|không|còn|yêu cầu|đề nghị|giao|phê bình)\b", re.IGNORECASE)
_COLUMN_TITLE = re.compile(
    r"^(?:stt|tt|số tt|đơn vị|tên|nội dung|tồn tại|hạn chế|ưu điểm|kết quả|tỷ lệ|ghi chú|lĩnh vực|"
    r"chỉ tiêu|xã|nhiệm vụ|thời gian|kiến nghị|yêu cầu|điểm|xếp|số|hồ sơ)\b",
    re.IGNORECASE,
)
_BEFORE = 200
"""How many code points of the preceding sentence a statement keeps as context."""
_LONGEST_LEAD = 160
_HEADING_SURE, _AGENCY_SURE, _LEAD_SURE, _ASKED_SURE = 0.99, 0.97, 0.95, 0.7


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of text that may become one finding per unit.

    ``titles`` are the headings above it, outermost first; ``lead`` the item's opening label
    ("Cổng thông tin"); ``before`` the sentence before it in the same paragraph. ``unit_confidence``
    says how the units were found: under their heading, named here, carried over, or by default. ``cell`` is
    set where it is a bare cell of a table or a line of boxes, which speaks through other words. ``norm`` says
    that the document is set in articles ("Điều 6.") and no place is named: it lays down what shall be.
    ``named`` says that a commune or district is named for it: by its heading, its lead, its row or its own
    words, not just by the document being about one; ``not_praise``, that it is noted beside a no.
    """

    span: Span
    section: tuple[str, ...]
    units: Units
    unit_confidence: float
    titles: tuple[str, ...] = ()
    lead: str = ""
    before: str = ""
    cell: CellReading | None = None
    norm: bool = False
    named: bool = False
    not_praise: bool = False


@dataclass(frozen=True, slots=True)
class _TableOf:
    """A table as it is asked: whose its rows are, and what its bare cells say."""

    rows: Rows
    values: Values


class StatementFinder:
    """Finds the statements of one document.

    ``linker`` says which units names mean; ``names`` are those that may stand in its text. ``default`` is the
    unit that the whole document is about (a conclusion on one commune, a commune's own report), ``None``
    where it is about many; ``spoken_of`` is the only one that a paper of the press names. ``council``: the
    issuer's council issues it and speaks of the committee; ``news``: no authority does. ``period`` is the
    one reported on. After :meth:`find`, ``unowned`` holds the rates of tables whose unit is not sure.
    """

    def __init__(
        self,
        text: str,
        outline: Outline,
        citations: list[Citation],
        linker: Linker,
        names: Names,
        *,
        default: UnitMention | None,
        spoken_of: UnitMention | None = None,
        issuer: UnitMention | None,
        council: bool = False,
        news: bool = False,
        period: Period | None = None,
    ) -> None:
        self.text = text
        self.outline = outline
        self.linker = linker
        self.default, self.spoken_of = default, spoken_of
        self.issuer = issuer
        self.news = news
        self.names = names
        self.subjects = Subjects(
            text,
            self.names,
            citations,
            issuer,
            linker.link,
            council=council,
            news=news,
            only=default or spoken_of,
        )
        self.owners = self._owners()
        self.unowned: list[Measurement] = []
        articles = sum(item.marker is not None and item.marker.family == "article" for item in outline.items)
        articles += sum(section.family == "article" for section in outline.sections)
        self._in_articles = articles > 1
        self._tables = {
            number: _TableOf(rows := Rows(table, self._names_of, default), Values(text, rows, period))
            for number, table in find_tables(text, outline).items()
        }

    def find(self) -> list[Statement]:
        """All statements in reading order; spans do not overlap."""
        found: list[Statement] = []
        rows = self._rows()
        introduced = {span for one in self._tables.values() for span in one.rows.table.introduced}
        running: Owner | None = None
        under: tuple[Section, ...] = ()
        closed = False
        for item in self.outline.items:
            if item.sections != under:
                running, under, closed = None, item.sections, False
            if item.block.cell is not None:
                found.extend(self._of_cell(item, rows.get(item.block.cell[:2])))
                continue
            if item.block.span in introduced:
                continue
            if (alone := self._unit_alone(item)) is not None:
                running = alone
                continue
            closed = item.marker is None and (closed or is_order(self.text[slice(*item.content)]))
            owner = None if closed else self._lead_owner(item) or running or self._section_owner(item)
            if item.lead is not None and (owner is None or not owner.named):
                owner = self._asked_owner(item.lead.content) or owner
            found.extend(self._of_item(item, owner))
        return found

    # --- owners: headings, leads, table rows -------------------------------------

    def _owners(self) -> dict[Span, Owner]:
        """The units of every heading that names some, by the heading's span."""
        beside: dict[tuple[tuple[str, ...], str], list[Section]] = defaultdict(list)
        for section in self.outline.sections:
            beside[(section.above, section.family)].append(section)
        owners: dict[Span, Owner] = {}
        for siblings in beside.values():
            plain = [units_of_heading(section.title, self.names) for section in siblings]
            share = sum(bool(units) and units[0].level != "group" for units in plain) / len(siblings)
            among = share >= 0.5 and len(siblings) > 2
            for section in siblings:
                owner = self._opening_owner(section.title) or self._heading_owner(section.title, among=among)
                owner = owner or self._asked_owner(section.heading)
                if owner and self.news and section.family == "title" and section == self.outline.sections[0]:
                    owner = Owner(owner.units, _ASKED_SURE, asked=owner.named)  # a headline
                if owner:
                    owners[section.heading] = owner
        return owners

    def _heading_owner(self, title: str, *, among: bool = False) -> Owner | None:
        units = [self._named(unit) for unit in units_of_heading(title, self.names, among_units=among)]
        if not units:
            return None
        for unit in units:
            if unit.level == "commune":
                self.names.add(unit.name)
        linked = tuple(self.linker.link(unit, title) for unit in units)
        sure = _AGENCY_SURE if linked[0].level == "agency" and not linked[0].code else _HEADING_SURE
        return Owner(linked, sure)

    def _opening_owner(self, title: str) -> Owner | None:
        """The communes that a line opens with that goes on to say something of them."""
        units, alone = units_opened_with(title, self.names), units_of_heading(title, self.names)
        if not units or (alone and alone[0].level != "group"):
            return None
        linked = tuple(replace(self.linker.link(unit, title), span=None) for unit in units)
        return Owner(linked, _LEAD_SURE)

    def _asked_owner(self, line: Span) -> Owner | None:
        """Whom a line that ends with a colon asks or blames: "Đề nghị UBND tỉnh chỉ đạo Công an tỉnh:"."""
        units = self.subjects.asked(line) if self.text[slice(*line)].rstrip().endswith(":") else ()
        return Owner(units, _ASKED_SURE, asked=True) if units else None

    def _named(self, unit: UnitMention) -> UnitMention:
        """ "UBND huyện" under "Đối với …" is the issuer's own huyện."""
        if unit.level in ("district", "province") and " " not in unit.name.replace("thị xã", "tx").strip():
            if self.issuer is not None and self.issuer.level == unit.level:
                return replace(self.issuer, as_printed=unit.as_printed, span=None)
            return replace(unit, name=f"UBND {unit.name}")
        return unit

    def _section_owner(self, item: Item) -> Owner | None:
        """The units of the innermost heading that has some; whom a heading asks, it asks right below only."""
        over = [(one, self.owners[one.heading]) for one in item.sections[::-1] if one.heading in self.owners]
        owners = [owner for one, owner in over if not owner.asked or one == item.sections[-1]]
        return with_name(owners[0], owners[1:]) if owners else None

    def _lead_owner(self, item: Item) -> Owner | None:
        if item.lead is None:
            return None
        words = self.text[slice(*item.lead.content)]
        owner = self._opening_owner(words) or self._heading_owner(words)
        above = self._section_owner(item)
        return Owner(with_name(owner, [above] if above else []).units, _LEAD_SURE) if owner else None

    def _unit_alone(self, item: Item) -> Owner | None:
        """An item that is nothing but a unit's name stands above the items that follow ("* UBND xã A")."""
        words = self.text[slice(*item.content)]
        if len(words) > 110 or words.rstrip().endswith((";", ",", "./.")) or has_predicate(words):
            return None
        owner = self._heading_owner(words)
        if owner is None or not owner.named:
            return None
        if owner.units[0].level == "agency" and (words.rstrip().endswith(".") or len(words.split()) > 8):
            return None
        return Owner(owner.units, _LEAD_SURE)

    def _rows(self) -> dict[tuple[int, int], Owner | None]:
        """The units of each table row: of the cell that is nothing but names."""
        rows: dict[tuple[int, int], list[Item]] = defaultdict(list)
        columns: dict[tuple[int, int], list[str]] = defaultdict(list)
        for item in self.outline.items:
            if item.block.cell is not None:
                table, row, column = item.block.cell
                rows[table, row].append(item)
                columns[table, column].append(self.text[slice(*item.content)])
        of_units = {
            place
            for place, cells in columns.items()
            if sum(bool(units_of_heading(cell, self.names)) for cell in cells) * 2 >= len(cells) - 1
        }
        owners: dict[tuple[int, int], Owner | None] = {}
        for key, items in rows.items():
            for item in items:
                assert item.block.cell is not None
                among = (key[0], item.block.cell[2]) in of_units
                owner = self._heading_owner(self.text[slice(*item.content)], among=among)
                if owner and owner.named:
                    owners[key] = Owner(owner.units, _LEAD_SURE)
                    break
        return owners

    def _names_of(self, words: str, among: bool) -> tuple[Units, float] | None:
        owner = self._heading_owner(words, among=among)
        return (owner.units, owner.confidence) if owner else None

    def _of_cell(self, item: Item, row: Owner | None) -> list[Statement]:
        assert item.block.cell is not None
        number, *place = item.block.cell
        table = self._tables[number]
        cell = table.rows.table.at(*place)
        words = self.text[slice(*item.content)]
        if table.rows.table.is_header(place[0]):
            return []
        if cell is not None:
            if (said := table.values.read(cell)) is not None:
                return self._of_value(item, cell, said, table.rows)
            if is_answer(cell.text) or table.rows.only_labels(cell):
                return []  # "Có", "x": of what, the table does not say
            if table.rows.units is not None and table.rows.units != cell.column:
                owner = table.rows.owner(cell.row, cell.column)
                row = Owner(*owner) if owner and owner[0][0].level != "group" else row
        if item.block.cell[1] == 0 and _COLUMN_TITLE.match(words) and len(words.split()) < 12:
            return []
        if row and self._heading_owner(words, among=True):
            return []
        if len(words.split()) < 4 and not has_predicate(words):
            return []
        over, denied = table.values.over(*place)
        found = self._of_item(item, row or self._section_owner(item), over)
        return [replace(one, not_praise=denied) for one in found]

    def _in_caption(self, caption: str) -> tuple[Units, float] | None:
        """The one unit that the words over a table name: "Kết quả thu ngân sách của xã A:"."""
        named = find_units(caption, (0, len(caption)), self.names)
        units = {unit.name: self.linker.link(unit, caption) for unit in named if unit.level == "commune"}
        return (tuple(units.values()), 0.85) if len(units) == 1 else None

    def _of_value(self, item: Item, cell: TableCell, said: CellReading, rows: Rows) -> list[Statement]:
        """The statement of a bare cell; only its measurement where the table leaves its unit open."""
        owner = rows.owner(cell.row, cell.column)
        if owner is None and not rows.names_units:
            above = self._section_owner(item)
            if above is not None and above.named:
                owner = (above.units, above.confidence)
            elif self.default is not None:
                owner = ((self.default,), 0.85)
            else:
                owner = self._in_caption(said.caption)
        if owner is None:
            self.unowned += [said.measurement] if said.measurement else []
            return []
        titles = tuple(section.title for section in item.sections)
        if said.caption and said.caption not in titles:
            titles = (*titles, said.caption)
        units = tuple(replace(unit, span=None) for unit in owner[0])
        named = units != (self.default,) and of_places(units)
        sure = as_linked(units, owner[1])
        return [Statement(said.span, item.path, units, sure, titles, cell=said, named=named)]

    # --- statements ---------------------------------------------------------------

    def _of_item(self, item: Item, owner: Owner | None, over: tuple[str, ...] = ()) -> list[Statement]:
        """The statements of an item; ``over`` are the words over its column of a table ("Tồn tại")."""
        titles = (*(section.title for section in item.sections), *over)
        lead = self.text[slice(*item.lead.content)].rstrip(" :") if item.lead is not None else ""
        lead = lead if len(lead) < _LONGEST_LEAD else ""
        content = item.content
        if said := answered_by_tick(self.text, content):
            units, confidence = self._units(content, owner, None, carries=False)
            sure, placed = as_linked(units, confidence), is_named(units, owner)
            return [Statement(content, item.path, units, sure, titles, cell=said, named=placed)]
        opening = _LEAD.match(self.text[slice(*content)])
        if opening:
            named = None if owner and owner.named else self._heading_owner(opening["lead"])
            if named and named.named:
                # "- Xã A: chưa …": the name is the item's heading, not part of the statement.
                owner = Owner(named.units, _LEAD_SURE)
                content = trim(self.text, (content[0] + opening.end(), content[1]))
            elif not _NO_LEAD.search(opening["lead"]):
                lead = f"{lead}: {opening['lead']}" if lead else opening["lead"]
        if self._says_nothing(content):
            return []
        found: list[Statement] = []
        before, carried = "", None
        for sentence in sentences(self.text, content):
            for number, part in enumerate(parts(self.text, sentence, item=item.marker is not None)):
                units, confidence = self._units(part, owner, carried, carries=number > 0)
                words = self.text[slice(*part)]
                found.append(
                    Statement(
                        part,
                        item.path,
                        units,
                        as_linked(units, confidence),
                        titles,
                        lead,
                        before,
                        norm=self._in_articles and not are_named(units),
                        named=is_named(units, owner),
                    )
                )
                before = words[-_BEFORE:]
                carried = units if goes_on(units) else ()
                self.subjects.remember(carried, confidence)
        return found

    def _says_nothing(self, content: Span) -> bool:
        """A line that only opens what follows ("Tồn tại, hạn chế:"), or a mere name or title."""
        words = self.text[slice(*content)].strip()
        count = len(words.split())
        if is_aspect(words):
            return True
        if words.endswith(":") and count <= 12:
            return count < 4 or not _OPENS_WITH_VERB.match(words)
        if count < 8:
            named = units_of_heading(words, self.names)
            if named and (named[0].level != "group" or not has_predicate(words)):
                return True
        return count < 3 and not has_predicate(words) and "%" not in words

    def _units(
        self, part: Span, owner: Owner | None, carried: Units | None, *, carries: bool
    ) -> tuple[Units, float]:
        """The units that a statement is about, and how sure that is.

        ``carried`` are the units of the part before; ``carries`` says that this part carries on its sentence.
        """
        if owner is not None and owner.named:
            if owner.units[0].level == "district" and (inside := self.subjects.communes(part)):
                return inside
            units = self.subjects.among(part, owner.units) if len(owner.units) > 1 else owner.units
            return units, owner.confidence
        found = self.subjects.of(part, carried, carries=carries)
        if found is not None:
            return found
        wider = is_wider(self.text[slice(*part)])
        if owner is not None and not (owner.asked and (wider or carried == ())):  # a group spoke since
            return owner.units, _ASKED_SURE if owner.asked else 0.85
        if self.default is not None:
            return (self.default,), 0.9
        if self.spoken_of is not None and not wider:
            return (self.spoken_of,), 0.6
        return (ALL,), 0.7
