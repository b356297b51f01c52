"""What one structured document holds: its citations and its statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.citations.find import find_citations
from extract.citations.grammar import Body
from extract.citations.in_force import mark_in_force
from extract.citations.numbers import parse
from extract.citations.resolve import resolve
from extract.citations.whose import Judge
from extract.document import Citation, Document, Measurement, UnitMention
from extract.statements import Statement, StatementFinder
from extract.structure.build import Structured
from extract.units.find import Names, find_units
from extract.units.gazetteer import split_kind
from extract.units.link import Linker
from extract.units.names import bare
from extract.units.recalled import speaks_of_many, speaks_of_one
from extract.units.register import Register
from extract.vietnamese import fold


@dataclass(slots=True)
class Found:
    """Citations and statements of one document, both in reading order.

    ``unowned`` are rates of tables that no statement holds, because the table leaves their unit open.
    """

    citations: list[Citation]
    statements: list[Statement]
    unowned: list[Measurement] = field(default_factory=list)


def find(
    structured: Structured, register: Register, known: Sequence[Citation] = (), judge: Judge | None = None
) -> Found:
    """Find what is cited and what is stated; links the issuer's unit to the register on the way.

    ``known`` are resolved citations of other documents (of the same file), which may complete those here.
    ``judge`` is asked whose a cited paper is (:mod:`extract.citations.whose`).
    """
    document = structured.document
    date = document.value("date")
    linker = Linker.of(document, register)
    _link_issuer(document, linker)
    issuer = document.value("issuer_unit")
    citations = resolve(
        find_citations(document.text, day=date),
        document_number=document.value("number"),
        document_date=date,
        issuer=document.value("issuer"),
        issuer_unit=issuer,
        text=document.text,
        known=known,
        above=linker.above(),
        judge=judge,
    )
    citations = [cited for cited in citations if not _in_number_field(document, cited)]
    mark_in_force(citations, document.text, date)
    names = Names(document.text, linker.known_names(), linker.namesakes())
    finder = StatementFinder(
        document.text,
        structured.outline,
        citations,
        linker,
        names,
        default=_only_unit(document, linker, names),
        spoken_of=_only_named(document, linker, names),
        issuer=issuer,
        council=_is_of_a_council(document),
        news=_is_news(document),
        period=document.value("period"),
    )
    return Found(citations, finder.find(), finder.unowned)


def as_cited(document: Document) -> Citation | None:
    """``document`` as another one would cite it, ``None`` without a number.

    A later document of the same file that names number and day means this one, whatever it leaves out.
    """
    printed, field = document.value("number"), document.header.get("number")
    number = parse(printed) if printed else None
    if number is None or field is None:
        return None
    body = number.bodies[0] if number.bodies else None
    unit: UnitMention | None = document.value("issuer_unit")
    issuer = None
    if body and unit and body.reach != "national" and _stands_for(body, unit):
        issuer = f"{body.name} {unit.name[:1].lower()}{unit.name[1:]}"
    span = field.span or (0, 0)
    return Citation(
        document.value("kind"),
        number.text,
        document.text[slice(*span)],
        span,
        span,
        document.value("date"),
        issuer,
    )


def _stands_for(body: Body, unit: UnitMention) -> bool:
    """Whether ``unit`` is the place that tells ``body`` from others of its symbol."""
    return (body.reach == "local" and unit.level in ("province", "district", "commune")) or (
        body.reach == unit.level
    )


def _link_issuer(document: Document, linker: Linker) -> None:
    field = document.header.get("issuer_unit")
    if field is not None:
        document.header["issuer_unit"] = replace(field, value=linker.issuer(field.value))


def _in_number_field(document: Document, cited: Citation) -> bool:
    """The document's own number in its header is no citation."""
    field = document.header.get("number")
    return bool(field and field.span and field.span[0] <= cited.span[0] < field.span[1])


def _only_unit(document: Document, linker: Linker, names: Names) -> UnitMention | None:
    """The unit that the whole document is about: the commune that issues it or that its subject names.

    A province's conclusion on one district is about the district.
    """
    issuer: UnitMention | None = document.value("issuer_unit")
    if issuer is not None and issuer.level == "commune":
        return replace(issuer, span=None)
    field = document.header.get("subject")
    if field is None or field.span is None:
        return None
    every = find_units(document.text, field.span, names)
    named = [unit for unit in every if unit.level == "commune"]
    if not named and issuer is not None and issuer.level == "province":
        named = [unit for unit in every if unit.level == "district"]
    if len({unit.name for unit in named}) != 1:
        return None
    return replace(linker.link(named[0]), span=None)


def _is_of_a_council(document: Document) -> bool:
    """Whether a council issues it, which speaks of its committee as of another."""
    issuer = fold(document.value("issuer") or "")
    if re.search(r"uy ban nhan dan|\bubnd\b|van phong", issuer):
        return False
    return re.search(r"hoi dong nhan dan|\bhdnd\b", issuer) is not None


def _is_news(document: Document) -> bool:
    """Whether no authority issues it: news, or a passage without its head."""
    return document.value("issuer") is None and document.value("number") is None


_OPENING = 700
"""Within how many code points a paper of the press names what it is about."""


def _only_named(document: Document, linker: Linker, names: Names) -> UnitMention | None:
    """The only commune that a paper which no authority issues names: at its opening, and again.

    Again is also "kế toán xã", where the paper speaks of no more than the one district around it; where it
    does so throughout, the name may stand further down.
    """
    if not _is_news(document):
        return None
    text = document.text
    units = find_units(text, (0, len(text)), names)
    named = [unit for unit in units if unit.level == "commune"]
    if not named or len({unit.name for unit in named}) > 1 or not named[0].span:
        return None
    if not split_kind(named[0].name)[0]:
        return None  # what is nowhere called a xã may be none
    around = {bare(unit.name) for unit in units if unit.level == "district"}
    again = speaks_of_one(text, named[0]) if len(around) < 2 else 0
    if named[0].span[0] >= _OPENING and not (again > 2 and again > speaks_of_many(text)):
        return None
    if len(named) == 1 and not again:
        return None
    return replace(linker.link(named[0]), span=None)
