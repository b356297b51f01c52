"""Invented documents whose citations are found as on the real road."""

from __future__ import annotations

from invented import document

from extract.citations import find_citations, resolve
from extract.citations.in_force import mark_in_force
from extract.document import Document
from models.issuers import default_issuers


def citing(*lines: str | tuple[str, ...], name: str, date: str | None, **more: object) -> Document:
    """A document of the invented district whose citations are found as on the real road."""
    made = document(*lines, name=name, date=date, **more)  # type: ignore[arg-type]
    for finding in made.findings:
        finding.citations.clear()
    made.citations = resolve(
        find_citations(made.text, day=date),
        document_number=made.value("number"),
        document_date=date,
        issuer=None,
        issuer_unit=made.value("issuer_unit"),
        text=made.text,
        judge=default_issuers(),
    )
    mark_in_force(made.citations, made.text, date)
    for place, one in enumerate(made.citations):
        one.id, one.document, one.boxes = f"c{made.id}{place}", made.id, made.boxes(one.span)
        for finding in made.findings:
            if finding.span[0] <= one.span[0] and one.span[1] <= finding.span[1]:
                one.findings.append(finding.id)
                finding.citations.append(one.id)
    return made
