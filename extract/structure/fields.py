"""Header fields of a document: from the head, the closing, and where the form leaves one to the text.

Form of Nghị định 30/2020/NĐ-CP, Phụ lục I, and of Thông tư 01/2011/TT-BNV before it; both place
the same components, so one reading serves both. Each field keeps its span and a confidence;
a field that the paper leaves open is not there at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract.dates import find_date, find_period
from extract.document import HeaderField, Period, Span
from extract.pages import Line
from extract.structure.closing import read_closing
from extract.structure.organs import (
    issuer_from_body,
    issuer_unit,
    repair_symbol,
    split_organs,
    unit_from_closing,
)
from extract.structure.paragraphs import Block
from extract.structure.roles import PLACE, Role, kind_of, letters, number_part, role_of
from extract.structure.zones import Zones
from extract.vietnamese import UPPER, fold

_JOINED_PART = rf"(?!T[PXT]\.?\s+\w)(?:[{UPPER}]{{2,}}\w*|TTr|CTr|QyĐ|ThU|TTg)(?!\w)"
_NUMBER_AND_MORE = re.compile(
    r"^(?i:S[oốóô])\s*[:.;]?\s*"
    r"(?P<number>(?:\d[\d\s]*)?[a-zA-Z]?\s*(?:/\s*\d{4}\s*)?[/\-–]\s*(?!(?i:ng[àa]y)\b)[^\W\d_][\w&.,/\-–]*"
    # "903 /UBND - NV": blanks round a dash, where only a symbol's part in capitals can follow.
    rf"(?:(?<=[/\-–&])\s+{_JOINED_PART}|\s+[/\-–&]\s*{_JOINED_PART})*)"
)
_PLACE = re.compile(rf"(?<!\S)(?P<place>{PLACE})\s*[,;.]?\s*(?=(?i:ng[àa]y)\b|\d{{1,2}}\s*[/.-]\s*\d)")
_PLACE_DOUBTED = re.compile(rf"(?P<place>[{UPPER}][^,;:\d]{{1,40}}?)\s*,?\s*(?=ng[àa]y\b)", re.IGNORECASE)
"""A place in which the OCR lost a capital."""
_PIECES = re.compile(
    r"(?<=\S)\s+(?=(?i:s[ốo])\s*:\s*[\d/.…])|(?<=\S)\s+(?=C[ỘO]NG\s+H(?:[ÒO]A|O[ÀA])\s)|"
    r"(?<=\S)\s+(?=Đ[ẢA]NG\s+C[ỘO]NG\s+S[ẢA]N\s)|"
    r"(?<=\S)\s+(?=Đ[ộo]c\s+l[ậa]p\s*[-–])|(?<=h[ạa]nh ph[úu]c)\s+(?=\S)",
    re.IGNORECASE,
)
"""Where one component of the head ends and the next begins, on a line into which several ran."""
_NATION_INSIDE = re.compile(
    r"c ?o ?n ?g\s+h ?o ?a(?=\s+x ?a\b|$)|cong hoa\b|x ?a\s+hoi\s+chu\s+nghia\b|"
    r"d ?o ?c\s+l ?a ?p\s*[-–]|doc lap\b|dang cong san\b"
)
"""Quốc hiệu or tiêu ngữ within a line, also with letters that a recogniser put apart ("CỘ NG HÒA XÃ HỘI")."""
_BROKEN_OFF = re.compile(r"[^\W\d_] [-–]\s*$")
"""A dash that belongs to the name and not to a drawn rule: "SỞ LAO ĐỘNG -" goes on in the next line."""
_KIND_BY_SYMBOL = {
    "QĐ": "quyết định",
    "BC": "báo cáo",
    "TB": "thông báo",
    "KH": "kế hoạch",
    "CT": "chỉ thị",
    "TTr": "tờ trình",
    "KL": "kết luận",
    "NQ": "nghị quyết",
    "HD": "hướng dẫn",
    "BB": "biên bản",
    "CTr": "chương trình",
    "CĐ": "công điện",
    "GM": "giấy mời",
}
_FOLDED_SYMBOLS = {fold(symbol): kind for symbol, kind in _KIND_BY_SYMBOL.items()}
_INSPECTED = re.compile(
    r"(?:thời kỳ|giai đoạn|niên độ)(?: được)? (?:thanh tra|kiểm tra)\s*:?\s*(?P<when>[^;\n]{4,60})",
    re.IGNORECASE,
)
"""What years an inspection looked at; the days of its visits stand in the same sentence."""
_SINCE = re.compile(r"(?:từ|trước|đến|sau|vào|hết|cuối|đầu|giữa)(?: khoảng)?\s*$", re.IGNORECASE)
_RANGE = re.compile(r"(?:từ|ngày|\d)", re.IGNORECASE)
_VISITS = re.compile(
    r"(?<!\w)(?:làm việc|đoàn (?:kiểm tra|thanh tra)|(?:tiến hành|tổ chức|đã) (?:kiểm tra|thanh tra))(?!\w)",
    re.IGNORECASE,
)
_MEETING = re.compile(r"hôm nay|thời gian(?: bắt đầu)?\s*:|(?:vào )?(?:hồi|lúc) \d{1,2}", re.IGNORECASE)
_LONGEST_VISIT = 75
"""Days from which on a range of days is a time reported on even where a visit is told."""
_LOOKS_BACK = re.compile(r"\b(?:sau|khac phuc|ket luan)\b")
"""A letter of 2021 "sau kiểm tra năm 2020" speaks of now; 2020 is not its period."""


def read_fields(
    text: str, blocks: list[Block], zones: Zones, lines: list[Line]
) -> tuple[dict[str, HeaderField], str | None]:
    """The header fields of one document by its wording, and its number as printed.

    How far recognised words carry them is for :func:`extract.structure.doubt.doubt` to say.
    """
    spans = {
        id(line): span for block in blocks for line, span in zip(block.lines, block.line_spans, strict=True)
    }
    head = [(line, spans[id(line)]) for line in lines[: zones.head]]
    taken = {*zones.subject, *zones.addressees, *([zones.title] if zones.title is not None else [])}
    fields: dict[str, HeaderField] = {}
    printed: str | None = None
    organ_lines: list[tuple[str, Span]] = []
    for index, (line, whole) in enumerate(head):
        if index in taken:
            continue
        for piece, span in _parted(line.text, whole, text):
            read, behind = _read_number(piece, span, text, fields)
            printed = printed or read
            role = role_of(piece)
            if role is Role.POSTED:
                _read_day(piece, span, fields, 0.85)
            elif role is Role.DATE or _date_tail(piece[behind:], numbered=behind > 0):
                _read_date(piece[behind:], (span[0] + behind, span[1]), text, fields)
            rest = _without_nation(piece)
            if (
                role in (Role.ORGAN, Role.NATION, Role.MOTTO, Role.TEXT)
                and rest
                and "date" not in fields
                and "number" not in fields
            ):
                at = text.find(rest, span[0], span[1])
                if letters(rest) and at >= 0:
                    organ_lines.append((rest, (at, at + len(rest))))
    _read_title(head, zones, text, fields)
    _read_organs(organ_lines, fields)
    _read_addressees(head, zones, fields)
    body = _body_text(blocks)
    minutes = "kind" in fields and fields["kind"].value == "biên bản"
    closing = [block for block in blocks if block.zone == "closing"]
    for name, found in read_closing(text, closing, minutes=minutes).items():
        fields.setdefault(name, found)
    if minutes and "date" not in fields:
        _read_day_of_meeting(text, body, fields)
    if "issuer" not in fields:
        _issuer_elsewhere(text, body, fields)
    if "number" in fields:
        number = fields["number"]
        issuer = fields["issuer"].value if "issuer" in fields else ""
        fields["number"] = HeaderField(repair_symbol(number.value, issuer), number.confidence, number.span)
    _kind_from_number(fields, printed)
    unit = issuer_unit(fields)
    if unit:
        source = fields["issuer"]
        fields["issuer_unit"] = HeaderField(unit, source.confidence, source.span)
    elif "place" in fields and (unit := unit_from_closing(fields)):
        fields["issuer_unit"] = HeaderField(unit, 0.75, fields["place"].span)
    _read_period(text, body, fields)
    return fields, printed


def _parted(words: str, span: Span, text: str) -> Iterator[tuple[str, Span]]:
    """The components of a head's line into which several ran, each with its span in ``text``."""
    for part in _PIECES.split(words):
        at = text.find(part, *span)
        if not part or at < 0:
            continue
        yield part, (at, at + len(part))
        span = (at + len(part), span[1])


def _read_number(words: str, span: Span, text: str, fields: dict[str, HeaderField]) -> tuple[str | None, int]:
    """The number as printed and where the words behind it begin."""
    found = _NUMBER_AND_MORE.match(words)
    if found:
        printed, end = found["number"].strip(" .,"), found.end("number")
    else:
        part = number_part(words)
        if not part:
            return None, 0
        printed, end = part.strip(" .,"), len(words)
    if not re.match(r"\d", printed) or "number" in fields:
        # "Số: /UBND-NV": the number was to be written by hand and is not there.
        return (printed if "number" not in fields else None), end
    at = text.find(printed, *span)
    place = (at, at + len(printed)) if at >= 0 else span
    fields["number"] = HeaderField(re.sub(r"\s+", "", printed).replace("–", "-"), 0.97, place)
    return printed, end


def _read_date(words: str, span: Span, text: str, fields: dict[str, HeaderField]) -> None:
    _read_day(words, span, fields, 0.97)
    place = _PLACE.search(words) or _PLACE_DOUBTED.search(words)
    if place and "place" not in fields and fold(place["place"]) not in ("so", "tu", "ngay"):
        name = " ".join(place["place"].split()).strip(" ,")
        at = text.find(name, *span)
        fields["place"] = HeaderField(name, 0.95, (at, at + len(name)) if at >= 0 else span)


def _read_day(words: str, span: Span, fields: dict[str, HeaderField], confidence: float) -> None:
    found = find_date(words)
    if found and "date" not in fields:
        iso, (a, b) = found
        fields["date"] = HeaderField(iso, confidence, (span[0] + a, span[0] + b))


def _date_tail(text: str, *, numbered: bool) -> bool:
    """Whether a date line ran into the line; one in figures counts behind the number only."""
    folded = fold(text)
    if numbered and re.search(r"\bngay\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\W*$", folded):
        return True
    return len(text) < 110 and bool(re.search(r"\bngay\b.{0,12}\bthang\b.{0,12}\bnam\b", folded))


def _without_nation(text: str) -> str:
    """The organ's words of a line into which quốc hiệu or tiêu ngữ ran."""
    found = _NATION_INSIDE.search(fold(text))
    if not found and _BROKEN_OFF.search(text):
        return text.strip(" _").lstrip("-– ")
    return text[: found.start() if found else None].strip(" -–_")


def _read_title(
    head: list[tuple[Line, Span]], zones: Zones, text: str, fields: dict[str, HeaderField]
) -> None:
    if zones.title is not None:
        line, span = head[zones.title]
        fields["kind"] = HeaderField(kind_of(line.text), 0.98, span)
    if zones.subject:
        a, b = head[zones.subject[0]][1][0], head[zones.subject[-1]][1][1]
        subject = " ".join(text[a:b].split())
        fields["subject"] = HeaderField(subject, 0.95, (a, b))


def _read_organs(organ_lines: list[tuple[str, Span]], fields: dict[str, HeaderField]) -> None:
    organs = split_organs(organ_lines)
    if organs:
        name, span = organs[-1]
        fields["issuer"] = HeaderField(name, 0.95, span)
    if len(organs) > 1:
        name, span = organs[-2]
        fields["issuer_parent"] = HeaderField(name, 0.93, span)


def _read_addressees(head: list[tuple[Line, Span]], zones: Zones, fields: dict[str, HeaderField]) -> None:
    if not zones.addressees:
        return
    lines = [head[index] for index in zones.addressees]
    joined = " ".join(line.text for line, _ in lines)
    joined = re.sub(r"^k[íi]nh\s+g[ửu]i\s*:?\s*", "", joined, flags=re.IGNORECASE)
    parts = re.split(r"(?:^|;|\s)\s*[-–+]\s+(?=\S)|;\s*", joined)
    names = tuple(part.strip(" ;.,") for part in parts if part and part.strip(" ;.,-"))
    if names:
        fields["recipients"] = HeaderField(names, 0.95, (lines[0][1][0], lines[-1][1][1]))


def _read_day_of_meeting(text: str, body: Span, fields: dict[str, HeaderField]) -> None:
    """The day of minutes, which have no date line: "Hôm nay, hồi 8 giờ 30, ngày 17/5/2024, tại …"."""
    opening = text[body[0] : min(body[1], body[0] + 800)]
    begins = _MEETING.search(opening)
    found = find_date(opening[begins.start() : begins.end() + 80]) if begins else None
    if begins and found:
        at = body[0] + begins.start()
        fields["date"] = HeaderField(found[0], 0.85, (at + found[1][0], at + found[1][1]))


def _body_text(blocks: list[Block]) -> Span:
    body = [block.span for block in blocks if block.zone in ("body", "annex")]
    return (body[0][0], body[-1][1]) if body else (0, 0)


def _issuer_elsewhere(text: str, body: Span, fields: dict[str, HeaderField]) -> None:
    """A body named only in the text, or only in the signature, with less confidence."""
    found = issuer_from_body(text, body)
    if found:
        name, span = found
        fields["issuer"] = HeaderField(name, 0.6, span)
    elif "authority" in fields and (organ := re.sub(r"^(?:TM|T/M)\s*\.?\s*", "", fields["authority"].value)):
        fields["issuer"] = HeaderField(organ, 0.7, fields["authority"].span)


def _kind_from_number(fields: dict[str, HeaderField], printed: str | None) -> None:
    """The kind of a document without a tên loại: by its symbol, else by the form of a letter."""
    if "kind" in fields:
        return
    number = fields.get("number")
    symbol = re.sub(r"^\d*[a-z]?\s*(?:/\s*\d{4}\s*)?[/\-–]\s*", "", number.value if number else printed or "")
    first = re.split(r"[\-–/\s]", symbol)[0]
    about = "subject" in fields and fold(fields["subject"].value).startswith("v/v")
    kind = _FOLDED_SYMBOLS.get(fold(first))
    if about and kind == "tờ trình":
        kind = None  # "12/TTr-NV" with a "V/v" under it is a letter of a Thanh tra
    if kind is None and symbol:
        letter = about or first in ("CV", "UBND", "HĐND", "SNV", "PNV", "VP") or "recipients" in fields
        kind = "công văn" if letter else None
    if kind:
        fields["kind"] = HeaderField(kind, 0.9 if number else 0.8, number.span if number else None)
    elif about:
        # Only a công văn has its trích yếu under the number, "V/v", and no tên loại.
        fields["kind"] = HeaderField("công văn", 0.8, fields["subject"].span)


def _read_period(text: str, body: Span, fields: dict[str, HeaderField]) -> None:
    """The period of the subject, else of the opening of the body."""
    if "subject" in fields and (span := fields["subject"].span):
        subject = text[slice(*span)]
        found = find_period(subject)
        issued = fields["date"].value if "date" in fields else ""
        past = found is not None and found[0].end[:4] < issued[:4]
        if found and not (past and _LOOKS_BACK.search(fold(subject[: found[1][0]]))):
            period, (a, b) = found
            fields["period"] = HeaderField(period, 0.93, (span[0] + a, span[0] + b))
            return
    opening = text[body[0] : min(body[1], body[0] + 1200)]
    if (said := _INSPECTED.search(opening)) and (found := find_period(said["when"])):
        at = body[0] + said.start("when")
        fields["period"] = HeaderField(found[0], 0.9, (at + found[1][0], at + found[1][1]))
        return
    at = body[0]
    for sentence in re.split(r"(?<=[.;])(?=\s)", opening):
        found = find_period(sentence)
        if found and not fold(found[0].label).startswith("nam") and not _is_only_time(sentence, found):
            fields["period"] = HeaderField(found[0], 0.6, (at + found[1][0], at + found[1][1]))
            return
        at += len(sentence)


def _is_only_time(sentence: str, found: tuple[Period, Span]) -> bool:
    """Whether the words are no reporting period but when something was: a visit, since when, until when."""
    period, (a, _) = found
    if _SINCE.search(sentence[:a]) and period.label.lower().startswith("tháng"):
        return True
    days = (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days
    return days <= _LONGEST_VISIT and bool(_RANGE.match(period.label) and _VISITS.search(sentence))
