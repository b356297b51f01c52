"""Bad input that stays unresolved: kept as printed, and listed here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpora.checks.found import Discrepancy, Kind, Place, discrepancy, place
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


def unresolved(sheet: Sheet) -> Iterator[Discrepancy]:
    """What of one document could not be settled, whatever the register knows."""
    if sheet.date is None:
        yield _of_document(
            sheet, "undated", "Ngày ban hành không đọc được hoặc để trống. Cần đối chiếu bản gốc."
        )
    if sheet.number is None:
        yield _of_document(
            sheet,
            "unnumbered",
            "Số, ký hiệu của văn bản không đọc được hoặc để trống. Cần đối chiếu bản gốc.",
        )
    for said in _unknown(sheet):
        if said.candidates:
            told = ", ".join(said.candidates)
            reason = f"“{said.as_printed}” có thể là nhiều đơn vị: {told}."
            yield _of_unit(sheet, "unit_unsure", reason, said)
    yield from _citations(sheet)
    messages = [message for code, message in sheet.warnings if code not in _ALREADY_SAID]
    if messages:
        yield _of_document(sheet, "file", " ".join(dict.fromkeys(messages)))


def strangers(sheet: Sheet) -> Iterator[Discrepancy]:
    """The communes of one document that were not found; :func:`unknown` says which of them are to be told.

    One line for a unit, however often it stands there.
    """
    for said in _unknown(sheet):
        if not said.candidates and said.match == "none":
            reason = f"Danh mục đơn vị của {sheet.district} không có “{said.as_printed}”."
            yield _of_unit(sheet, "unit_unknown", reason, said)


def unknown(found: Iterable[Discrepancy], district: str | None, known: Known) -> Iterator[Discrepancy]:
    """Of the strangers of a document those that its district, which the register knows, never had."""
    above = bare(district or "")
    if above in known.since:
        yield from (one for one in found if not known.ever(above, one.unit or ""))


def before_register(where: Place, district: str | None, year: int | None, known: Known) -> Discrepancy | None:
    """That a document is older than what the register knows of its district."""
    first = known.since.get(bare(district or ""))
    if not first or not where.date or where.date >= first:
        return None
    reason = (
        f"Ngày ban hành {day(where.date)} trước ngày đầu tiên mà danh mục biết về {district} ({day(first)})."
    )
    return discrepancy("before_register", "to_check", reason, [where], year=year)


def _of_document(sheet: Sheet, kind: Kind, reason: str) -> Discrepancy:
    return discrepancy(kind, "to_check", reason, [place(sheet, None)], year=sheet.year)


def _of_unit(sheet: Sheet, kind: Kind, reason: str, said: Said) -> Discrepancy:
    where = [place(sheet, said.span, said.as_printed, said.id)]
    return discrepancy(kind, "to_check", reason, where, unit=said.unit, year=sheet.year)


def _unknown(sheet: Sheet) -> Iterable[Said]:
    """The first mentions of communes without a code."""
    first: dict[tuple[str, str], Said] = {}
    for said in sheet.findings:
        if said.level == "commune" and said.code is None:
            first.setdefault((said.unit, said.match), said)
    return first.values()


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


def answered_copies(dataset: Dataset) -> Iterator[Discrepancy]:
    """Copies that people have answered: their originals are counted, where nobody has said so."""
    for row in dataset.query(_ANSWERED_COPIES):
        reason = (
            f"{row['answers']} ý đã duyệt ở bản trùng này không được tính vào số liệu, vì bản được tính "
            f"là {row['original']}. Cần duyệt ở bản đó."
        )
        where = Place(row["id"], row["number"], row["date"], row["name"], None, None, "")
        yield discrepancy("file", "to_check", reason, [where], year=row["year"])


_ANSWERED_COPIES = """
    SELECT d.id, d.number, d.date, d.year, s.name, t.name AS original, count(DISTINCT f.start) AS answers
    FROM documents d JOIN sources s ON s.id = d.source_id
    JOIN documents o ON o.id = d.duplicate_of JOIN sources t ON t.id = o.source_id
    JOIN findings f ON f.document_id = d.id AND f.status <> 'machine'
    GROUP BY d.id ORDER BY s.name, d.part
"""
