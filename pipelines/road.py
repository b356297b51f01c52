"""The one road on one screen: read, structure, find, classify, assemble."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from extract.document import Citation, Document, Finding, Measurement, Span, UnitMention
from extract.find import as_cited, find
from extract.measurements import measure
from extract.other_places import is_of_another_place
from extract.pages import Caution, Source
from extract.reading.read import read
from extract.reading.watch import current
from extract.readings import CellReading
from extract.statements import Statement
from extract.structure.build import structure
from extract.structure.proposals import propose
from extract.units.register import Register
from models.classify import AREA_OF_INFORMATION, Labels, classifier_in, default_classifier
from models.examples import input_of
from models.features import Input
from models.issuers import default_issuers
from models.reporting import REPORTS

_SURE_OF_CELL = 0.8
"""How sure a judgement on a bare cell of a table has to be; below, the cell is information."""
_BARE_IS_INFORMATION = 0.9
_SETTLED = 0.95
"""How sure a judgement is that figures settle: the target may be another row's, or misread."""
_UNTOLD = 0.5
"""How sure ``other`` is where a verdict says only that something is not as it should be."""
_HARDLY_READ = 0.6
"""Below this mean confidence of its words a statement was guessed rather than read: on hard scans at 150 dpi
none of 307 stands below 0.9, what is left of handwriting on dotted lines does."""
_GUESSED = 0.5

NO_REPORT = Caution(
    "no_report",
    "Văn bản không kể đơn vị nào đã làm hay chưa làm gì: không có ưu điểm, tồn tại nào được ghi nhận.",
)

Classify = Callable[[Sequence[Input]], list[Labels]]


def process(
    path: Path,
    name: str,
    units: Sequence[Path] = (),
    cache: Path | None = None,
    model: Path | None = None,
) -> list[Document]:
    """A file to its marked documents, in order.

    ``name`` is the source's name in the dataset, ``units`` are units files of the workspace, ``cache`` is the
    folder that remembers what was recognised, ``model`` the folder of a model to be used instead of rasoat's.
    Raises :class:`extract.errors.FileProblem` when the file cannot be used,
    :class:`extract.errors.UsageError` for a bad units file and :class:`models.artefact.ArtefactProblem`
    for a model that does not fit.
    """
    classifier = default_classifier() if model is None else classifier_in(model)
    return walk(read(path, name, cache=cache), _register(tuple(units)), classifier)


def walk(
    source: Source,
    register: Register,
    classify: Classify,
    citing: Sequence[tuple[str, Sequence[Citation]]] = (),
) -> list[Document]:
    """The road behind reading: pages of words to marked documents.

    ``citing`` are citations of documents of other files, each with its document's name; they may propose
    values for header fields that the paper leaves open.
    """
    documents: list[Document] = []
    known: list[Citation] = []
    watch = current()
    for structured in structure(source):
        document = structured.document
        watch.alive()
        found = find(structured, register, known, default_issuers())
        watch.alive()
        labels = classify([input_of(document.text, statement) for statement in found.statements])
        if labels and all(label.reports < REPORTS for label in labels):
            document.warnings.append(NO_REPORT)
        labels = _as_read(document, found.statements, list(map(_borne_out, found.statements, labels)))
        document.citations = found.citations
        assemble(document, found.statements, labels)
        for measurement in found.unowned:
            document.measurements.extend(_tied(document, measurement, ()))
        document.measurements.sort(key=lambda one: one.span)
        documents.append(document)
        own = as_cited(document)
        known += [*document.citations, *([own] if own else [])]
    for document in documents:
        watch.alive()
        others = [(_called(one), one.citations) for one in documents if one is not document]
        document.proposals = propose(document, [*others, *citing])
    return documents


def _called(document: Document) -> str:
    """What a document is called where it is named as evidence: its number, else its part of the file."""
    return document.value("number") or f"part {document.part}"


def assemble(document: Document, statements: Sequence[Statement], labels: Sequence[Labels]) -> None:
    """Findings, one per statement and unit; measurements and citations tied to them; ids for all."""
    watch = current()
    for statement, label in zip(statements, labels, strict=True):
        watch.alive()
        findings = [_finding(document, statement, unit, label) for unit in statement.units]
        document.findings.extend(findings)
        for measurement in _measured(document, statement, label):
            document.measurements.extend(_tied(document, measurement, findings))
        for cited in document.citations:
            if _inside(cited.span, statement.span):
                cited.findings.extend(finding.id for finding in findings)
    for number, cited in enumerate(document.citations, start=1):
        cited.document, cited.boxes = document.id, document.boxes(cited.span)
        cited.id = _id("c", document.id, cited.span, str(number))
    by_id = {finding.id: finding for finding in document.findings}
    for cited in document.citations:
        for finding_id in cited.findings:
            by_id[finding_id].citations.append(cited.id)


def _as_read(document: Document, statements: Sequence[Statement], labels: list[Labels]) -> list[Labels]:
    """The labels, but words that were hardly read blame and praise nobody; the document names them."""
    given: list[Labels] = []
    doubted: list[str] = []
    for statement, label in zip(statements, labels, strict=True):
        sure = document.sureness(statement.span)
        if sure is None or sure >= _HARDLY_READ:
            given.append(label)
            continue
        given.append(_information(label, _GUESSED))
        words = " ".join(document.text[slice(*statement.span)].split())
        page = next((f" (trang {box['page']})" for box in document.boxes(statement.span)), "")
        doubted.append(f"“{words}”{page}")
    if doubted:
        said = (
            f"Đọc không rõ nên không xếp là tồn tại hay kết quả: {'; '.join(doubted)}. Cần đối chiếu bản gốc."
        )
        document.warnings.append(Caution("low_ocr_confidence", said))
    return given


def _measured(document: Document, statement: Statement, label: Labels) -> list[Measurement]:
    """The percentages of a statement; a cell of a table brings its own, once for each of its units."""
    if statement.cell is not None:
        one = statement.cell.measurement
        return [replace(one, unit=unit) for unit in statement.units] if one else []
    return measure(
        document.text,
        statement.span,
        [unit for unit in statement.units if unit.span is not None],
        polarity=label.polarity,
        before=statement.before,
        heading=" ".join((*statement.titles[-2:], statement.lead)),
        period=document.value("period"),
    )


def _borne_out(statement: Statement, label: Labels) -> Labels:
    """The label, unless the paper's form says otherwise.

    A rate alone is neither good nor bad; that a low one is a deficiency has to stand on the paper. A law
    or rules blame and praise nobody ("Không niêm yết thủ tục …" is what they forbid): that is information, or
    asks for something.
    """
    if statement.norm and label.polarity in ("deficiency", "achievement"):
        return _information(label, _SETTLED)
    if statement.not_praise and label.polarity == "achievement":
        return _information(label, _BARE_IS_INFORMATION)
    cell = statement.cell
    if cell is None or (label.polarity == "information" and not cell.settled):
        return label
    if cell.settled:
        types, sure = _types_settled(cell, label)
        return Labels(
            cell.settled, _SETTLED, label.likely_area, label.area_confidence, label.likely_area, types, sure
        )
    if label.polarity in cell.allowed and label.polarity_confidence >= _SURE_OF_CELL:
        return label
    return _information(label, _BARE_IS_INFORMATION)


def _types_settled(cell: CellReading, label: Labels) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Figures say that a rate is low; of what kind a fault is that a verdict names, only the label tells."""
    if cell.settled != "deficiency":
        return (), ()
    if cell.measurement is not None:
        return ("low_rate",), (_SETTLED,)
    if label.types:
        return label.types, label.types_confidence
    return ("other",), (_UNTOLD,)


def _information(label: Labels, sure: float) -> Labels:
    area = label.area if label.area_confidence >= AREA_OF_INFORMATION else None
    return Labels("information", sure, area, label.area_confidence, label.likely_area, (), ())


def _finding(document: Document, statement: Statement, unit: UnitMention, label: Labels) -> Finding:
    return Finding(
        unit=unit,
        text=document.text[slice(*statement.span)],
        span=statement.span,
        section=statement.section,
        polarity=label.polarity,
        area=label.area,
        types=label.types,
        confidence={
            "unit": round(statement.unit_confidence, 4),
            "polarity": label.polarity_confidence,
            "area": label.area_confidence,
            "types": list(label.types_confidence),
        },
        boxes=document.boxes(statement.span),
        id=_id("f", document.id, statement.span, _key(unit)),
        document=document.id,
    )


def _tied(document: Document, measurement: Measurement, findings: Sequence[Finding]) -> Iterable[Measurement]:
    """The measurement with its unit, finding and id.

    A number of one named unit belongs to that unit's finding; a number of the whole statement to the
    statement's only unit, or to none where several are named and the paper does not say whose it is, or where
    it stands at the name of another place.
    """
    if is_of_another_place(document.text, measurement.span, (one.unit for one in findings)):
        owner, measurement.unit = None, None
    else:
        owner = _owner(measurement, findings)
    measurement.document = document.id
    measurement.unit = owner.unit if owner else measurement.unit
    measurement.finding = owner.id if owner else None
    measurement.id = _id("m", document.id, measurement.span, _key(owner.unit) if owner else "")
    if owner:
        owner.measurements.append(measurement.id)
    yield measurement


def _owner(measurement: Measurement, findings: Sequence[Finding]) -> Finding | None:
    if measurement.unit is not None:
        for finding in findings:
            if finding.unit == measurement.unit:
                return finding
    return findings[0] if len(findings) == 1 else None


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _key(unit: UnitMention) -> str:
    return unit.code or unit.name


def _id(kind: str, document: str, span: Span, more: str) -> str:
    """A stable id from what a record says: document, place, unit."""
    digest = hashlib.sha256(f"{document}|{span[0]}|{span[1]}|{more}".encode()).hexdigest()
    return f"{kind}{digest[:15]}"


@lru_cache(maxsize=4)
def _register(units: tuple[Path, ...]) -> Register:
    return Register.load(units, country=True)
