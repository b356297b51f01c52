"""Names of issuing bodies: which line begins one, which unit it belongs to, its symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.document import HeaderField, Span, UnitMention
from extract.structure.roles import starts_area, starts_organ
from extract.units.names import KIND_LEVELS, level_of_kind
from extract.vietnamese import CAPITALISED, fold, is_upper, title_case

_AREA = re.compile(
    rf"\b(?P<kind>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|"
    rf"đặc khu)\s+(?P<name>{CAPITALISED}(?:\s+(?:{CAPITALISED}|\d{{1,2}}\b))*)",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?P<team>Đoàn [Kk]iểm tra(?:\s+(?!đã|đánh|có|được|tiến|xin|gồm|báo|chỉ|và thực thi|"
    # what it asks or finds is no part of its name: "Đoàn kiểm tra đề nghị UBND xã A báo cáo …"
    r"đề nghị|yêu cầu|kiến nghị|nhắc nhở|ghi nhận|kết luận|nhận thấy|phát hiện|cũng|còn|năm)[^\s,;.:]+)*"
    r"(?:\s+và thực thi công vụ)?)"
)
_SYMBOLS = {"ĐOÀN KIỂM TRA": "ĐKT", "ĐOÀN THANH TRA": "ĐTT", "BAN CHỈ ĐẠO": "BCĐ"}


_NEXT_ORGAN = re.compile(
    r"(?<=\S)\s+(?=(?:ĐOÀN (?:KIỂM|THANH|CÔNG|LIÊN|GIÁM)|TỔ (?:KIỂM|THANH|CÔNG|GIÚP)|BAN CHỈ ĐẠO|VĂN PHÒNG|"
    r"THANH TRA|SỞ|(?<!VĂN )PHÒNG)\s)"
)
"""A second organ on one line behind the place of the first: "UBND HUYỆN TÂN KHÊ ĐOÀN KIỂM TRA CCHC"."""
_WITH_PLACE = re.compile(r"\b(?:HUYỆN|QUẬN|TỈNH|THỊ XÃ|THÀNH PHỐ)\s+\S")


def split_organs(lines: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Join the lines of the head's left column to organs, the superior first.

    "ỦY BAN NHÂN DÂN" / "HUYỆN X" is one organ over two lines; "UBND HUYỆN X" / "PHÒNG NỘI VỤ" are two.
    """
    organs: list[tuple[str, Span]] = []
    for words, span in (part for line in lines for part in _apart(*line)):
        if organs and re.fullmatch(r"(?:19|20)\d\d", words) and organs[-1][0].endswith("NĂM"):
            before, (a, _) = organs[-1]  # "ĐOÀN KIỂM TRA CCHC NĂM" / "2022"
            organs[-1] = (f"{before} {words}", (a, span[1]))
            continue
        if not is_upper(words) and not starts_organ(words):
            continue
        new = not organs or (starts_organ(words) and not starts_area(words))
        if new and organs and _wants_more(organs[-1][0]):
            new = starts_organ(words) and not starts_area(words) and not _wants_more(organs[-1][0])
        if new:
            organs.append((words, span))
        else:
            before, (a, _) = organs[-1]
            organs[-1] = (f"{before} {words}", (a, span[1]))
    return organs


def _apart(words: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The organs of one line; ``span`` is that of ``words`` where both are equally long."""
    start = 0
    for found in _NEXT_ORGAN.finditer(words) if span[1] - span[0] == len(words) else ():
        if _WITH_PLACE.search(words, start, found.start()):
            yield words[start : found.start()], (span[0] + start, span[0] + found.start())
            start = found.end()
    yield words[start:], (span[0] + start, span[1])


def _wants_more(words: str) -> bool:
    """Whether the organ's line broke off inside its name: ``"… CẢI CÁCH HÀNH CHÍNH VÀ"``."""
    return bool(re.search(r"(?:\b(?:VÀ|CỦA|VỀ)|\s[-–]|,)$", words.strip()))


def issuer_unit(fields: dict[str, HeaderField]) -> UnitMention | None:
    """The administrative unit of the issuer: the place in its name, else in its superior's."""
    place = fields["place"].value if "place" in fields else ""
    for name in ("issuer", "issuer_parent"):
        if name in fields and (found := _last_area(fields[name].value)):
            own = _own(found.name)
            kind = found.name[: len(found.name) - len(own)].strip()
            if own != place and fold(own).replace(" ", "") == fold(place).replace(" ", ""):
                # OCR ran syllables together ("SUỐIMƠ"); the date line has them apart.
                return replace(found, name=f"{kind} {place}")
            return found
    return None


def unit_from_closing(fields: dict[str, HeaderField]) -> UnitMention | None:
    """The unit of an issuer that names no place, from the signer's office and the date line.

    "PHÓ CHỦ TỊCH UBND HUYỆN" signing at "Hương Sơn" signs for huyện Hương Sơn.
    """
    place = fields["place"].value if "place" in fields else None
    if not place:
        return None
    for name in ("signer_title", "authority"):
        words = fold(fields[name].value) if name in fields else ""
        found = re.search(
            r"\b(?:ubnd|uy ban nhan dan)\s+(huyen|quan|thi xa|thanh pho|tinh|xa|phuong|thi tran)\b", words
        )
        if found:
            kind = next(kind for kind in KIND_LEVELS if fold(kind) == found[1])
            return UnitMention(f"{kind.capitalize()} {place}", level_of_kind(kind), place)
    return None


def _last_area(words: str) -> UnitMention | None:
    cased = title_case(words)
    found = list(_AREA.finditer(cased))
    if not found:
        return None
    last = found[-1]
    kind = last["kind"].lower()
    name = f"{kind.capitalize()} {last['name']}"
    return UnitMention(name, level_of_kind(kind), last.group())


def issuer_from_body(text: str, body: Span) -> tuple[str, Span] | None:
    """An inspection team that names itself in the text ("Đoàn kiểm tra … đã tiến hành")."""
    opening = text[body[0] : min(body[1], body[0] + 2500)]
    found = [
        hit
        for hit in _TEAM.finditer(opening)
        if re.match(r"\s+(?:đã|xin|báo cáo|đánh giá|tiến hành)", opening[hit.end() :])
    ]
    if not found:
        return None
    hit = found[0]
    return hit["team"].strip(), (
        body[0] + hit.start("team"),
        body[0] + hit.start("team") + len(hit["team"].strip()),
    )


def repair_symbol(number: str, issuer: str) -> str:
    """Repair a symbol where the issuer leaves one reading: a Đoàn kiểm tra's "02/BC-DKT" is "02/BC-ĐKT"."""
    number = re.sub(r"(?<=/)QD(?=-)", "QĐ", number)
    for organ, symbol in _SYMBOLS.items():
        bare = symbol.replace("Đ", "D")
        if number.endswith(f"-{bare}") and fold(organ) in fold(issuer):
            return number[: -len(bare)] + symbol
    return number


def _own(name: str) -> str:
    """The name without its kind: ``"Thị trấn Suối Mơ"`` is ``"Suối Mơ"``."""
    for kind in sorted(KIND_LEVELS, key=len, reverse=True):
        if name.lower().startswith(f"{kind} "):
            return name[len(kind) + 1 :]
    return name
