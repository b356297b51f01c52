"""Sections to statements: what may become a finding, and which units it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from extract.document import Citation, Section, Span, UnitMention
from extract.sentences import parts, sentences, trim
from extract.structure.outline import Item, Outline
from extract.units.find import ALL, Names, find_units, group_of, unit_of_heading
from extract.units.names import bare
from extract.units.offices import find_offices
from extract.units.register import Register

_CARRIES = re.compile(
    r"^(?:tuy nhiên|tuy vậy|nhưng|song|đồng thời|ngoài ra|bên cạnh đó|việc này|nội dung này|điều này|"
    r"(?:chủ tịch |lãnh đạo )?(?:ubnd )?(?:đơn vị|xã|phường|thị trấn|địa phương))\b(?! (?:các|một số|nhiều))",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?P<lead>[^:;.]{3,70}?)\s*:\s*(?=\S)")
_NO_LEAD = re.compile(
    r"\b(?:như|gồm|sau|các xã|các đơn vị|chưa|không|đã|còn)$|,|\b(?:chưa|không có|đã|còn thiếu)\b",
    re.IGNORECASE,
)
_BEFORE = 200
"""How many code points of the preceding sentence a statement keeps as context."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of text that may become one finding per unit.

    ``titles`` are the headings above it, outermost first; ``lead`` the item's opening label
    ("Cổng thông tin"); ``before`` the sentence before it in the same paragraph. ``unit_confidence``
    says how the units were found: under their heading, named here, carried over, or by default.
    """

    span: Span
    section: tuple[str, ...]
    units: tuple[UnitMention, ...]
    unit_confidence: float
    titles: tuple[str, ...] = ()
    lead: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a heading or a lead says about the units below it."""

    unit: UnitMention
    confidence: float


class StatementFinder:
    """Finds the statements of one document.

    ``default`` is the unit that the whole document is about (a conclusion on one commune, a
    commune's own report), ``None`` where it is about many.
    """

    def __init__(
        self,
        text: str,
        outline: Outline,
        citations: list[Citation],
        register: Register,
        *,
        default: UnitMention | None,
        issuer: UnitMention | None,
        date: str | None,
    ) -> None:
        self.text = text
        self.outline = outline
        self.citations = citations
        self.register = register
        self.default = default
        self.issuer = issuer
        self.date = date
        within = issuer.code if issuer else None
        self.within = within
        self.names = Names(text, register.names_within(within, date))
        self.owners = self._owners()

    def find(self) -> list[Statement]:
        """All statements in reading order; spans do not overlap."""
        found: list[Statement] = []
        rows: dict[tuple[int, int], list[Item]] = defaultdict(list)
        for item in self.outline.items:
            if item.block.cell is not None:
                rows[item.block.cell[:2]].append(item)
        row_owner = {key: self._row_owner(items) for key, items in rows.items()}
        for item in self.outline.items:
            owner = self._owner(item)
            if item.block.cell is not None:
                if item.block.cell[1] == 0 or len(self.text[slice(*item.content)].split()) < 4:
                    continue
                owner = row_owner[item.block.cell[:2]] or owner
            found.extend(self._of_item(item, owner))
        return found

    def _owners(self) -> dict[Span, _Owner]:
        """The unit of every heading that names one, by the heading's span."""
        beside: dict[tuple[tuple[str, ...], bool], list[Section]] = defaultdict(list)
        for section in self.outline.sections:
            beside[(section.path[:-1], True)].append(section)
        owners: dict[Span, _Owner] = {}
        for siblings in beside.values():
            plain = [unit_of_heading(section.title, self.names, False) for section in siblings]
            share = sum(unit is not None and unit.level != "group" for unit in plain) / len(siblings)
            for section in siblings:
                unit = unit_of_heading(
                    section.title, self.names, among_units=share >= 0.5 and len(siblings) > 2
                )
                if unit:
                    linked = self._link(unit)
                    owners[section.heading] = _Owner(
                        linked, 0.99 if linked.code or linked.level != "agency" else 0.97
                    )
                    if unit.level == "commune":
                        self.names.add(unit.name)
        return owners

    def _owner(self, item: Item) -> _Owner | None:
        """The unit that an item stands under: its lead's, else that of the innermost heading."""
        if item.lead is not None:
            unit = unit_of_heading(self.text[slice(*item.lead.content)], self.names, False)
            if unit:
                return _Owner(self._link(unit), 0.95)
        for section in reversed(item.sections):
            if section.heading in self.owners:
                return self.owners[section.heading]
        return None

    def _row_owner(self, items: list[Item]) -> _Owner | None:
        for item in items:
            unit = unit_of_heading(self.text[slice(*item.content)], self.names, False)
            if unit and unit.level in ("commune", "agency"):
                return _Owner(self._link(unit), 0.95)
        return None

    def _of_item(self, item: Item, owner: _Owner | None) -> list[Statement]:
        titles = tuple(section.title for section in item.sections)
        outer_lead = self.text[slice(*item.lead.content)].rstrip(" :") if item.lead is not None else ""
        lead = outer_lead if len(outer_lead) < 160 else ""
        content = item.content
        opening = _LEAD.match(self.text[slice(*content)])
        if opening:
            named = (
                unit_of_heading(opening["lead"], self.names, False)
                if owner is None or owner.unit.level == "group"
                else None
            )
            if named and named.level in ("commune", "agency", "district"):
                # "- Xã A: chưa …": the name is the item's heading, not part of the statement.
                owner = _Owner(self._link(named), 0.96)
                content = trim(self.text, (content[0] + opening.end(), content[1]))
            else:
                if not _NO_LEAD.search(opening["lead"]):
                    lead = f"{lead}: {opening['lead']}" if lead else opening["lead"]
        if self._is_bare_lead(content):
            return []
        found: list[Statement] = []
        before, carried = "", None
        for sentence in sentences(self.text, content):
            for number, part in enumerate(parts(self.text, sentence, item=item.marker is not None)):
                units, confidence = self._units(part, owner, carried, carries=number > 0)
                words = self.text[slice(*part)]
                found.append(Statement(part, item.path, units, confidence, titles, lead, before))
                before = words[-_BEFORE:]
                carried = units if units and units[0].level not in ("group",) else None
        return found

    def _is_bare_lead(self, content: Span) -> bool:
        """A line that only opens what follows ("Tồn tại, hạn chế:"), or a mere name."""
        words = self.text[slice(*content)].strip()
        if words.endswith(":") and len(words.split()) <= 12:
            return True
        if len(words.split()) < 8 and unit_of_heading(words, self.names, False) is not None:
            return True
        return len(words.split()) < 3 and not re.search(
            r"\b(?:chưa|không|thiếu|chậm|sai|đã|tốt|đủ)\b", words.lower()
        )

    def _units(
        self, part: Span, owner: _Owner | None, carried: tuple[UnitMention, ...] | None, *, carries: bool
    ) -> tuple[tuple[UnitMention, ...], float]:
        """The units that a statement is about, and how sure that is.

        ``carried`` are the units of the part before; ``carries`` says that this part carries on its sentence.
        """
        if owner is not None and owner.unit.level != "group":
            return (owner.unit,), owner.confidence
        words = self.text[slice(*part)]
        named = [
            self._link(unit) for unit in find_units(self.text, part, self.names) if self._is_subject(unit)
        ]
        offices = [office for office in find_offices(self.text, part) if not self._cited(office)]
        if named:
            return _once(
                sorted(named + _listed_with(self.text, named, offices), key=lambda unit: unit.span or (0, 0))
            ), 0.93
        if offices:
            return _once(offices), 0.8
        group = group_of(words)
        if group:
            return (group,), 0.9
        if carried and (carries or _CARRIES.match(words)):
            return tuple(replace(unit, span=None) for unit in carried), 0.6
        if owner is not None:
            return (owner.unit,), 0.85
        if self.default is not None:
            return (self.default,), 0.9
        return (ALL,), 0.7

    def _is_subject(self, unit: UnitMention) -> bool:
        """Not the issuer itself, its superior, nor the issuer of a cited document."""
        if unit.level in ("district", "province"):
            return False
        if (
            self.issuer is not None
            and bare(unit.name) == bare(self.issuer.name)
            and self.issuer.level != "commune"
        ):
            # "huyện Suối Mơ" issues; "thị trấn Suối Mơ" is another unit.
            return unit.name.lower() != self.issuer.name.lower()
        return not self._cited(unit)

    def _cited(self, unit: UnitMention) -> bool:
        """Whether the mention belongs to a citation: the issuer of the cited document."""
        span = unit.span or (0, 0)
        return any(cited.extent[0] <= span[0] < cited.extent[1] for cited in self.citations)

    def _link(self, unit: UnitMention) -> UnitMention:
        return self.register.link(unit, self.date, self.within)


def _listed_with(text: str, named: list[UnitMention], offices: list[UnitMention]) -> list[UnitMention]:
    """The offices that stand in one list with communes: only a comma or "và" between them."""
    listed: list[UnitMention] = []
    for office in offices:
        for unit in named:
            if office.span and unit.span:
                a, b = sorted((office.span, unit.span))
                if re.fullmatch(r"\s*(?:\([^()]*\))?\s*(?:,|;|và|,\s*và)\s*", text[a[1] : b[0]]):
                    listed.append(office)
                    break
    return listed


def _once(units: list[UnitMention]) -> tuple[UnitMention, ...]:
    """The units without repetition, in reading order."""
    seen: dict[str, UnitMention] = {}
    for unit in units:
        seen.setdefault(unit.code or bare(unit.name), unit)
    return tuple(seen.values())
