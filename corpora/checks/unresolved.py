"""Bad input that stays unresolved: kept as printed, and listed here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpora.checks.found import Discrepancy, Place, discrepancy, place
from corpora.checks.sheets import Said, Sheet
from corpora.dataset import Dataset
from corpora.names import bare
from extract.dates import day
from extract.units.register import Register

_CITED = re.compile(
    r"(?<!\w)(?:Nghị quyết|Quyết định|Nghị định|Thông tư(?: liên tịch)?|Chỉ thị|Kế hoạch|Công "
    r"văn|Báo cáo|Thông báo|"
    r"Kết luận|Hướng dẫn|Chương trình|Tờ trình)\s+số:?\s*(?P<number>\d[^\s,;()]*(?:\s?[/-]\s?[^\s,;()]+)*)",
    re.IGNORECASE,
)
_ALREADY_SAID = frozenset({"number_missing", "date_missing", "draft", "duplicate"})


@dataclass(slots=True)
class Known:
    """What the register knows: its districts, with the first day that it knows of each."""

    since: dict[str, str] = field(default_factory=dict)
    units: set[tuple[str, str]] = field(default_factory=set)
    """District and commune, of any time: a commune that was merged away is still spoken of."""

    @classmethod
    def of(cls, dataset: Dataset) -> Known:
        """Read the registered units of a dataset."""
        rows = list(
            dataset.query(
                "SELECT name, level, code, uid, parent, valid_from FROM units WHERE registered ORDER BY id"
            )
        )
        names = {row[key]: row["name"] for row in rows for key in ("code", "uid") if row[key]}
        known = cls()
        first: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row["level"] == "district":
                first[bare(row["name"])].append(row["valid_from"] or "")
            elif row["level"] == "commune" and row["parent"] in names:
                district = bare(names[row["parent"]])
                first[district].append(row["valid_from"] or "")
                known.units.add((district, bare(row["name"])))
        for name, days in first.items():
            # A unit without a first day was there before the register began.
            known.since[name] = "" if "" in days else min(days)
        return known

    def ever(self, district: str, name: str) -> bool:
        """Whether a commune of this name was ever known in a district, here or in the country's register."""
        if (district, bare(name)) in self.units:
            return True
        country = Register.load((), country=True)
        return any(
            bare(above.name) == district
            for unit in country.named(name, level="commune")
            for above in country.parents(unit.id)
        )


def unresolved(sheet: Sheet, known: Known) -> Iterator[Discrepancy]:
    """What of one document could not be settled; one line for a unit, however often it stands there."""
    if sheet.date is None:
        yield _of_document(sheet, "undated", "Văn bản không có ngày ban hành, hoặc ngày không đọc được.")
    if sheet.number is None:
        yield _of_document(sheet, "unnumbered", "Văn bản không có số, ký hiệu, hoặc số không đọc được.")
    yield from _units(sheet, known)
    yield from _citations(sheet)
    said = [message for code, message in sheet.warnings if code not in _ALREADY_SAID]
    if said:
        yield _of_document(sheet, "file", " ".join(dict.fromkeys(said)))


def _of_document(sheet: Sheet, kind: str, reason: str) -> Discrepancy:
    return discrepancy(kind, "to_check", reason, [place(sheet, None)], year=sheet.year)  # type: ignore[arg-type]


def _units(sheet: Sheet, known: Known) -> Iterator[Discrepancy]:
    district = bare(sheet.district or "")
    registered = district in known.since
    if registered and sheet.date and known.since[district] and sheet.date < known.since[district]:
        yield _of_document(
            sheet,
            "before_register",
            f"Ngày ban hành {day(sheet.date)} trước ngày đầu tiên mà "
            f"danh mục biết về "
            f"{sheet.district} ({day(known.since[district])}).",
        )
    first: dict[tuple[str, str], Said] = {}
    for said in sheet.findings:
        if said.level != "commune" or said.code is not None:
            continue
        first.setdefault((said.unit, said.match), said)
    for said in first.values():
        where = [place(sheet, said.span, said.as_printed, said.id)]
        if said.candidates:
            told = ", ".join(said.candidates)
            reason = f"“{said.as_printed}” có thể là nhiều đơn vị: {told}."
            yield discrepancy("unit_unsure", "to_check", reason, where, unit=said.unit, year=sheet.year)
        elif registered and said.match == "none" and not known.ever(district, said.unit):
            reason = f"Danh mục đơn vị của {sheet.district} không có “{said.as_printed}”."
            yield discrepancy("unit_unknown", "to_check", reason, where, unit=said.unit, year=sheet.year)


def _citations(sheet: Sheet) -> Iterator[Discrepancy]:
    """Numbers printed as those of documents that no form of the grammar fits."""
    taken = [cited.span for cited in sheet.citations]
    for hit in _CITED.finditer(sheet.text):
        a, b = hit.span("number")
        printed = sheet.text[a:b].rstrip(".")
        # "Thông báo số 05 và …": a bare number is a short form, not a broken one.
        if not re.search(r"[/-]", printed) or re.fullmatch(r"\d+/\d+", printed):
            continue
        if any(start < b and a < stop for start, stop in taken) or printed == sheet.number:
            continue
        reason = f"Số, ký hiệu “{printed}” không đúng mẫu nào; giữ nguyên như văn bản ghi."
        where = [place(sheet, (a, a + len(printed)), printed)]
        yield discrepancy("citation_form", "to_check", reason, where, year=sheet.year)


def files(dataset: Dataset) -> Iterator[Discrepancy]:
    """Files that could not be used, or only in an earlier version."""
    for row in dataset.query(
        "SELECT name, sha256, reason, remedy FROM sources WHERE status = 'failed' ORDER BY name"
    ):
        where = Place("", None, None, row["name"], None, None, "")
        reason = " ".join(part for part in (row["reason"], row["remedy"]) if part)
        yield discrepancy("file", "to_check", reason, [where])
