"""A unit that a letter blames and that its report finds nothing wrong with.

The report is the one in the same file, or the one that the letter names by its number and that the dataset
holds. Only a report that goes through its units one by one can be silent about one of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from corpora.checks.found import Discrepancy, discrepancy, place
from corpora.checks.sheets import Said, Sheet, load
from corpora.copies.judge import number_key
from corpora.dataset import Dataset
from corpora.fold import fold
from corpora.names import bare

_LETTERS = frozenset({"công văn", "thông báo", "chỉ thị", "công điện"})
_UNITS = 3
"""A report that blames fewer units by name does not go through them."""
_BLAMES = re.compile(
    r"(?<!\w)(?:phê bình|nghiêm khắc|kiểm điểm|nhắc nhở|rút kinh nghiệm)(?!\w)", re.IGNORECASE
)
_OTHER_GROUND = re.compile(
    r"(?<!\w)(?:năm trước|các năm|chưa (?:gửi|nộp|có) báo cáo|không (?:gửi|nộp) báo cáo|giải "
    r"trình|chậm (?:gửi|nộp)|"
    r"sau kiểm tra|ngoài ra|đơn thư|phản ánh)(?!\w)",
    re.IGNORECASE,
)
"""Blame that need not stand in the report: for not answering, or found otherwise."""


def letters(dataset: Dataset, sheet: Sheet) -> Iterator[Discrepancy]:
    """Units that the letter ``sheet`` blames though its report does not."""
    blames = blamed(sheet)
    if not blames:
        return
    asked = (sheet.id, sheet.source_id, sheet.part, sheet.district, sheet.year)
    for document in reports(dataset, *asked, cites(sheet)):
        report = load(dataset, document)
        names = named(report)
        folded = fold(report.text)
        for name, said in blames.items():
            if silent(names, [name]):
                yield _told(sheet, said, report, mentioned=fold(name) in folded)


def silent(names: Collection[str], blames: Iterable[str]) -> bool:
    """Whether a report that blames the units ``names`` leaves out one that a letter blames."""
    if len(names) < _UNITS:
        return False
    folded = {fold(name) for name in names}
    return any(name not in names and fold(name) not in folded for name in blames)


def named(report: Sheet) -> set[str]:
    """The units with deficiencies in a report, by their bare names."""
    return {
        bare(said.unit) for said in report.findings if said.polarity == "deficiency" and said.level != "group"
    }


def cites(sheet: Sheet) -> dict[str, str | None]:
    """The numbers that a letter cites, as they are compared, with their dates."""
    return {key: cited.date for cited in sheet.citations if (key := number_key(cited.number))}


def blamed(sheet: Sheet) -> dict[str, Said]:
    """The communes and offices that a letter blames, each with the plainest statement of it."""
    if sheet.kind not in _LETTERS:
        return {}
    found: dict[str, Said] = {}
    for said in sheet.findings:
        plain = bool(_BLAMES.search(said.text))
        if said.level not in ("commune", "agency") or not (said.polarity == "deficiency" or plain):
            continue
        if (said.polarity == "achievement" and not plain) or _OTHER_GROUND.search(said.text):
            continue
        if said.polarity == "recommendation" and not re.search(
            r"(?<!\w)phê bình(?!\w)", said.text, re.IGNORECASE
        ):
            continue
        name = bare(said.unit)
        if name and (name not in found or (plain and not _BLAMES.search(found[name].text))):
            found[name] = said
    return found


def reports(
    dataset: Dataset,
    letter: str,
    source: int,
    part: int,
    district: str | None,
    year: int | None,
    cited: Mapping[str, str | None],
) -> list[str]:
    """The reports that a letter rests on: the one behind it in its file, else those it cites."""
    attached = [
        row["id"]
        for row in dataset.query(
            "SELECT id FROM documents WHERE source_id = ? AND part > ? AND kind = 'báo cáo' ORDER BY part",
            (source, part),
        )
    ]
    if attached or not cited:
        return attached[:1]
    found = []
    for row in dataset.query(
        """SELECT d.id, d.number, d.date FROM documents d WHERE d.kind = 'báo cáo' AND d.duplicate_of IS NULL
        AND d.issuer_unit IS NOT NULL AND d.issuer_unit = ? AND d.year = ? AND d.id <> ? ORDER BY d.id""",
        (district, year, letter),
    ):
        key = number_key(row["number"])
        if (
            key is not None
            and key in cited
            and (cited[key] is None or row["date"] is None or cited[key] == row["date"])
        ):
            found.append(row["id"])
    return found


def _told(sheet: Sheet, said: Said, report: Sheet, *, mentioned: bool) -> Discrepancy:
    called = f"báo cáo {report.number}" if report.number else "báo cáo kèm theo"
    why = "không nêu tồn tại nào" if mentioned else "không nhắc đến đơn vị này"
    plain = bool(_BLAMES.search(said.text))
    span = _mention(report, said)
    return discrepancy(
        "letter_and_report",
        "contradiction" if plain and not (sheet.scanned or report.scanned) else "to_check",
        f"{said.unit} bị phê bình trong văn bản, nhưng {called} {why}.",
        [place(sheet, said.span, said.unit, said.id), place(report, span, None)],
        unit=said.unit,
        year=sheet.year,
        sure="high" if plain else "medium",
    )


def _mention(report: Sheet, said: Said) -> tuple[int, int] | None:
    """Where the report names the unit without blame, if it does."""
    for other in report.findings:
        if bare(other.unit) == bare(said.unit):
            return other.span
    return None
