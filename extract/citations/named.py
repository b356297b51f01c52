"""Laws cited by name and year: ``"Luật Tổ chức chính quyền địa phương năm 2015"``, or by name and day.

A law of the register is given its number, also where its name is not capitalised. Another one with a year
is kept as printed, with a key made of its name; by its day only a law of the register is known. A name
without either ("theo Luật Cán bộ, công chức") means no one document and is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.citations.grammar import digits_meant, slug
from extract.citations.register import law_of, laws
from extract.citations.words import read_day
from extract.document import Citation
from extract.vietnamese import LOWER, UPPER

_LAW = re.compile(r"luat\s+")
_AMENDING = re.compile(r"(?<![^\W_])luat\s+(?=sua\s+doi)")
_AMENDING_BEFORE = re.compile(
    r"(?<![^\W_])luat\s+(?P<title>sua\s+doi(?:(?!luat\s+sua)[^.;:()\n\d]){0,160})\Z"
)
_YEAR = re.compile(
    r"\s*,?\s*\(?(?:nam\s+)?(?P<year>(?:[1il]9|2[0o])[\doil]{2})(?![^\W_]|[/.]\d|\s*[-–]\s*\d)"
)
_TITLE = re.compile(
    rf"(?P<title>[{UPPER}][{LOWER}]*(?:,?[ \u00a0\n][{UPPER}{LOWER}]+){{0,9}})\s+\(?năm\s+"
    r"(?P<year>(?:19|20)\d\d)(?![\d/])"
)
_NOT_IN_TITLE = re.compile(
    r"(?<!\w)(?:trong|từ|đến|vào|tại|đã|chưa|được|cho|theo|là|còn|tới|trước|sau|cuối|đầu|và các|ubnd|hđnd|xã|"
    r"của năm|luật|số|gia|sư)(?!\w)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(laws(), key=lambda one: (-len(one), one))
    )
)


def find_named(text: str, fold: str, day: str | None) -> list[Citation]:
    """The laws that ``text`` cites by name and year; ``day``, the citing one's, parts two of one year."""
    found: list[Citation] = []
    for head in _LAW.finditer(fold):
        start = head.start()
        code = fold[max(0, start - 3) : start] == "bo " and text[start - 3] in "Bb"
        capital = text[head.end() : head.end() + 1].isupper() or _AMENDING.match(fold, start) is not None
        if not (code or text[start] == "L") or (found and start < found[-1].span[1]):
            continue
        start -= 3 if code else 0
        if start and text[start - 1].isalnum():
            continue
        name = _NAMES.match(fold, head.end())
        year = _YEAR.match(fold, name.end()) if name else None
        kind = "bộ luật" if code else "luật"
        if name and not year and (dated := _by_day(text, fold, start, name)):
            found.append(dated)
        elif name and year:
            end = year.end("year")
            rows = laws()[" ".join(name.group().split())]
            law = law_of(rows, int(digits_meant(year["year"])), day)
            title = " ".join(text[head.end() : name.end()].split())
            if law:
                found.append(_citation(text, (start, end), law.kind or kind, law.number, title, ""))
                continue
            if not capital:
                continue
            before = _AMENDING_BEFORE.search(fold, max(0, start - 170), start)
            if before:  # the year is that of "Luật sửa đổi, bổ sung một số điều của Luật …"
                start, title = before.start(), " ".join(text[before.start("title") : name.end()].split())
            found.append(_unknown(text, (start, end), kind, title, digits_meant(year["year"])))
        elif capital and (other := _TITLE.match(text, head.end())):
            title = " ".join(other["title"].split())
            if not _NOT_IN_TITLE.search(title):
                found.append(_unknown(text, (start, other.end("year")), kind, title, other["year"]))
    return found


def _by_day(text: str, fold: str, start: int, name: re.Match[str]) -> Citation | None:
    """The law of the register that was passed on the day behind its name."""
    day = read_day(fold, name.end(), min(len(fold), name.end() + 60))
    passed = [known for known in laws()[" ".join(name.group().split())] if day and known.date == day[0]]
    if not day or len(passed) != 1:
        return None
    law, title = passed[0], " ".join(text[name.start() : name.end()].split())
    named = _citation(text, (start, day[1]), law.kind or "luật", law.number, title, "")
    return replace(named, date=day[0])


def _unknown(text: str, span: tuple[int, int], kind: str, title: str, year: str) -> Citation:
    number = " ".join(text[slice(*span)].split())
    return _citation(text, span, kind, number, title, f"luat:{slug(title)}-{year}:quoc-hoi")


def _citation(text: str, span: tuple[int, int], kind: str, number: str, title: str, key: str) -> Citation:
    return Citation(kind, number, text[slice(*span)], span, span, None, "Quốc hội", title, key)
