"""What other evidence says about a header field: the file's name, the digital signature, citations.

All of it may mislead: a file is named after the letter that it answers, a signature is put on days later, a
citation means another document of the same symbol. So it is proposed to a person, with its source and with
little confidence, and never becomes the field's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from extract.citations.numbers import parse
from extract.dates import find_date, to_iso
from extract.document import Citation, Document, Proposal
from extract.pages import Zone
from extract.structure.zones import person_of
from extract.vietnamese import UPPER, fold

FILE_NAME = "file name"
SIGNATURE = "digital signature"
_FIELDS = ("number", "date", "signer", "issuer")
_SYMBOL = rf"(?:[{UPPER}]{{2,}}|TTr|CTr|QyĐ)(?:[-_.]?(?:[{UPPER}]{{2,}}[a-zđ]?|TTr|ĐKT))*"
_NUMBER_FIRST = re.compile(
    rf"(?<![\d.])(?P<serial>\d{{1,5}})(?P<mark>[\s._/-]{{1,3}})(?P<symbol>{_SYMBOL})(?![{UPPER}a-z])"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[._\- ](\d{1,2})[._\- ]((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[._-]?(\d{2})[._-]?(\d{2})(?!\d)")
_RUN_OF_DIGITS = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d\d)(?!\d)")
_SIGNED_AT = re.compile(r"(?:thoi gian|ngay|gio) ky\s*[:;]?\s*|(?:^|\n)\s*(?:date\s*:\s*)?(?=\d)")
_SIGNER = re.compile(r"(?:Người ký|[Kk]ý (?:số )?bởi)\s*:\s*([^\n]+)")


def propose(
    document: Document, citing: Iterable[tuple[str, Sequence[Citation]]] = ()
) -> dict[str, list[Proposal]]:
    """Values for fields of ``document`` that are open or doubted, the surest first.

    ``citing`` are the citations of other documents, each with what that document is called.
    """
    found: dict[str, list[Proposal]] = {name: list(those) for name, those in document.proposals.items()}

    def add(name: str, proposal: Proposal) -> None:
        known = document.header.get(name)
        if known is not None and (known.confidence > 0.8 or known.value == proposal.value):
            return
        if proposal not in found.setdefault(name, []):
            found[name].append(proposal)

    named = from_file_name(document.source)
    if "number" not in named or _fits(named["number"], document):
        for name, value in named.items():
            add(name, Proposal(value, FILE_NAME, 0.3))
    for zone in document.zones:
        if zone.kind == "digital_signature":
            for name, value in from_signature(zone).items():
                add(name, Proposal(value, SIGNATURE, 0.6 if name == "signer" else 0.5))
    for title, citations in citing:
        for cited in citations:
            for name, value in from_citation(document, cited).items():
                add(name, Proposal(value, f"cited by {title}", 0.6))
    order = {
        name: sorted(found[name], key=lambda one: -one.confidence) for name in _FIELDS if found.get(name)
    }
    return {**order, **{name: those for name, those in found.items() if name not in order and those}}


def from_file_name(name: str) -> dict[str, str]:
    """Number and date that a file's name shows: ``"1310_UBND-NV_30.8.2021.signed.pdf"``."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    out: dict[str, str] = {}
    if number := _NUMBER_FIRST.search(stem):
        symbol = re.sub(r"[_.]", "-", number["symbol"])
        if "-" in symbol or len(symbol) > 4 or symbol in ("UBND", "HĐND"):
            out["number"] = f"{number['serial']}/{symbol}"
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3)), (_RUN_OF_DIGITS, (3, 2, 1))):
        hit = pattern.search(stem)
        if hit and (iso := to_iso(*(int(hit[at]) for at in order))):
            out["date"] = iso
            break
    return out


def from_signature(zone: Zone) -> dict[str, str]:
    """Signer and day of a digital signature block."""
    out: dict[str, str] = {}
    for hit in _SIGNED_AT.finditer(fold(zone.text)):
        behind = zone.text[hit.end() : hit.end() + 40]
        year_first = re.match(r"((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})", behind)
        if year_first and (iso := to_iso(*(int(part) for part in year_first.groups()))):
            out["date"] = iso
            break
        found = find_date(behind.split("\n")[0])
        if found and found[1][0] < 3:
            out["date"] = found[0]
            break
    signer = _SIGNER.search(zone.text)
    if (
        signer
        and (person := person_of(signer[1]))
        and not re.match(r"ubnd|uy ban|so |phong |van phong", fold(person))
    ):
        out["signer"] = person
    return out


def from_citation(document: Document, cited: Citation) -> dict[str, str]:
    """What a citation says about ``document``, where it can hardly mean another.

    The symbol must be the document's own. Then a known date gives the number, a known number the date; both
    open, the kind and the issuer's place have to agree.
    """
    if parse(cited.number) is None or not _symbol(document) or not _fits(cited.number, document):
        return {}
    value, date = document.value("number"), document.value("date")
    if value is not None and fold(value) != fold(cited.number):
        return {}
    if date is not None and cited.date is not None and date != cited.date:
        return {}
    kinds = cited.kind is None or cited.kind == document.value("kind")
    tied = (value is not None or (date is not None and cited.date == date)) or (
        kinds and cited.kind is not None and _same_place(document, cited)
    )
    if not tied:
        return {}
    out = {}
    if value is None:
        out["number"] = cited.number
    if date is None and cited.date is not None:
        out["date"] = cited.date
    return out


def _symbol(document: Document) -> str:
    """The symbol of the number as printed, folded: ``"bc-ubnd"``; ``""`` where none was printed."""
    printed = document.number_as_printed or ""
    return (
        fold(re.sub(r"\s+", "", re.sub(r"^[^/]*/\s*(?:(?:19|20)\d\d\s*/)?", "", printed)))
        if "/" in printed
        else ""
    )


def _fits(number: str, document: Document) -> bool:
    """Whether ``number`` has the symbol that the document prints, where it prints one."""
    own = _symbol(document)
    symbol = fold(re.sub(r"^[^/]*/(?:(?:19|20)\d\d/)?", "", number))
    return not own or symbol == own


def _same_place(document: Document, cited: Citation) -> bool:
    """Whether the citation names the document's issuer, or leaves it to the context."""
    if not cited.issuer:
        return True
    unit = document.value("issuer_unit")
    issuer = document.value("issuer") or ""
    names = [issuer, *([unit.name] if unit is not None else [])]
    said = fold(cited.issuer)
    return any(name and (fold(name) in said or said in fold(name)) for name in names)
