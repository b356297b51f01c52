"""Laws cited by name and year: ``"Luật Tổ chức chính quyền địa phương năm 2015"``.

A law of the register is given its number. Another one is kept as printed, with a key made of its name. A
name without a year ("theo Luật Cán bộ, công chức") means no one document and is none.
"""

from __future__ import annotations

import re

from extract.citations.grammar import digits_meant, slug
from extract.citations.register import law_of, laws
from extract.document import Citation
from extract.vietnamese import LOWER, UPPER

_LAW = re.compile(r"luat\s+")
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
        if not (text[head.end() : head.end() + 1].isupper() and (code or text[start] == "L")):
            continue
        start -= 3 if code else 0
        if start and text[start - 1].isalnum():
            continue
        name = _NAMES.match(fold, head.end())
        year = _YEAR.match(fold, name.end()) if name else None
        kind = "bộ luật" if code else "luật"
        if name and year:
            end = year.end("year")
            rows = laws()[" ".join(name.group().split())]
            law = law_of(rows, int(digits_meant(year["year"])), day)
            title = " ".join(text[head.end() : name.end()].split())
            if law:
                found.append(_citation(text, (start, end), law.kind or kind, law.number, title, ""))
                continue
            found.append(_unknown(text, (start, end), kind, title, digits_meant(year["year"])))
        elif other := _TITLE.match(text, head.end()):
            title = " ".join(other["title"].split())
            if not _NOT_IN_TITLE.search(title):
                found.append(_unknown(text, (start, other.end("year")), kind, title, other["year"]))
    return found


def _unknown(text: str, span: tuple[int, int], kind: str, title: str, year: str) -> Citation:
    number = " ".join(text[slice(*span)].split())
    return _citation(text, span, kind, number, title, f"luat:{slug(title)}-{year}:quoc-hoi")


def _citation(text: str, span: tuple[int, int], kind: str, number: str, title: str, key: str) -> Citation:
    return Citation(kind, number, text[slice(*span)], span, span, None, "Quốc hội", title, key)
