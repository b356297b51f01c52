"""Numbers of units that do not add up: a list with more or fewer names than said, parts beside their sum,
one group counted twice."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from corpora.checks.found import Discrepancy, discrepancy, place
from corpora.checks.sheets import Sheet, Span
from extract.vietnamese import LOWER, UPPER, fold

_KIND = r"(?:xã|phường|thị trấn|đơn vị|địa phương|phòng|ban|trường|cơ quan|thôn|bản|xóm|khối phố|tổ dân phố)"
_GROUP = rf"{_KIND}(?:\s*(?:,|và|,\s*và)\s*{_KIND})*"
_N = r"\d{1,3}"
_FREE = r"(?<![\w./,\-–])"

# --- lists ------------------------------------------------------------------------------------------------

_LISTED = re.compile(
    rf"{_FREE}(?:(?P<all>{_N})/)?(?P<said>{_N}(?:/{_N})?)\s+(?P<kind>{_GROUP})(?P<between>[^.;:\n\d]{{0,90}}?)"
    r"(?P<sign>\s+(?:gồm(?: có)?|bao gồm|cụ thể là|đó là|là)\s*:?\s*|\s*(?:,\s*)?(?:gồm|bao gồm|"
    r"cụ thể|đó là)?\s*:\s*|"
    r"\s*\((?:gồm:?\s*|là:?\s*)?(?=[^()]*,[^()]*\)))",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:như|chẳng hạn|ví dụ|nhất là|trong đó(?: có)?|điển hình|tiêu biểu|đặc biệt)", re.IGNORECASE
)
_NAME_KIND = (
    r"(?:(?:UBND|Ủy ban nhân dân)\s+)?(?:[Cc]ác\s+)?(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|TT\.?|TTr\.?|"
    r"[Tt]hôn|[Bb]ản)"
)
_OFFICE = r"(?:Phòng|Ban|Trung tâm|Văn phòng|Trường|Thanh tra|Đội|Hạt|Sở|Chi cục|Bộ phận)"
_PLACE = (
    rf"(?:{_NAME_KIND}\s+)?[{UPPER}][{LOWER}'’]*(?:[ -][{UPPER}][{LOWER}'’]*|[ ]\d{{1,2}}(?![\d,.]*\s?%))*"
)
_OFFICE_NAME = (
    rf"{_OFFICE}\s[^,;.()\n]{{2,60}}?(?=\s*(?:[,;.()\n]|$)|\s+và\s+(?:{_OFFICE}|{_NAME_KIND})\s+[{UPPER}])"
)
_ITEM = re.compile(rf"\s*(?:{_OFFICE_NAME}|{_PLACE})\s*(?:\([^()\n]{{1,40}}\))?")
_GAP = re.compile(r"\s*(?:,\s*và\s+|,|;|\s+và\s+|và\s+)\s*")
_CLOSED = re.compile(r"\s*(?:[.;)]\s|[.;)]?\s*$|[.;)]?\n|\)|\.\s*$)")


def _listed(sheet: Sheet) -> Iterator[Discrepancy]:
    text = sheet.text
    for hit in _LISTED.finditer(text):
        if _OPEN.search(hit["between"]) or _OPEN.search(hit["sign"]):
            continue
        names, end = _names(text, hit.end())
        said = int(hit["said"].split("/")[0])
        if names is None or len(names) < 2 or len(names) == said:
            continue
        listed = (hit.end(), end)
        printed = " ".join(text[hit.start("said") : hit.end("kind")].split())
        reason = f"Văn bản ghi {printed} nhưng kể tên {len(names)}."
        yield discrepancy(
            "unit_counts",
            "to_check" if sheet.scanned else "contradiction",
            reason,
            [
                place(sheet, (hit.start("said"), hit.end("kind")), str(said)),
                place(sheet, listed, str(len(names))),
            ],
            year=sheet.year,
        )


def _names(text: str, at: int) -> tuple[list[str] | None, int]:
    """The names of a list that begins at ``at``, ``None`` unless the whole of it was understood."""
    names: list[str] = []
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    while hit := _ITEM.match(text, at, stop):
        names.append(hit[0].strip())
        at = hit.end()
        gap = _GAP.match(text, at, stop)
        if gap is None:
            break
        at = gap.end()
    closed = _CLOSED.match(text, at) if at <= len(text) else None
    # "…", "v.v." and words behind the last name: the list is open, or is more than a list.
    if closed is None or text[at : at + 3] == "..." or len({fold(name) for name in names}) != len(names):
        return None, at
    return names, at


# --- parts and their sum ----------------------------------------------------------------------------------

_THING = (
    rf"(?:{_KIND}|văn bản|hồ sơ|thủ tục|cuộc|lớp|cán bộ|công chức|người|tiêu chí|nội dung|nhiệm vụ|tồn tại)"
)
_PART = rf"{_N}\s+[^\W\d_][^\d,;:.()\n]{{1,50}}?"
_SUM = re.compile(
    rf"{_FREE}(?:tổng số\s+)?(?P<whole>{_N})\s+(?P<kind>{_THING}(?:\s*(?:,|"
    rf"và)\s*{_THING})*)(?P<between>[^.;:\n\d]{{0,60}}?)\s*,?\s*"
    rf"(?P<sign>gồm(?: có)?|bao gồm)\s*:?\s*(?P<parts>{_PART}(?:\s*(?:,\s*và|,|;|và)\s*{_PART})+)"
    r"(?=\s*(?:[.;)\n]|$|,\s*(?!\d)))",
    re.IGNORECASE,
)
_EACH = re.compile(rf"{_FREE}({_N})(?=\s+[^\W\d_])")


def _sums(sheet: Sheet) -> Iterator[Discrepancy]:
    for hit in _SUM.finditer(sheet.text):
        parts = [int(found) for found in _EACH.findall(hit["parts"])]
        whole, total = int(hit["whole"]), sum(parts)
        if len(parts) < 2 or total == whole or "trong đó" in hit["parts"].lower():
            continue
        printed = " ".join(sheet.text[hit.start("whole") : hit.end("kind")].split())
        added = " + ".join(map(str, parts))
        yield discrepancy(
            "unit_counts",
            "to_check" if sheet.scanned else "contradiction",
            f"Văn bản ghi {printed} nhưng các phần cộng lại là {added} = {total}.",
            [
                place(sheet, (hit.start("whole"), hit.end("kind")), str(whole)),
                place(sheet, hit.span("parts"), str(total)),
            ],
            year=sheet.year,
        )


# --- one group counted twice ------------------------------------------------------------------------------

_OF_ALL = re.compile(rf"{_FREE}(?P<part>{_N})/(?P<whole>{_N})\s+(?P<kind>{_GROUP})(?!\w)", re.IGNORECASE)
_TOTAL = re.compile(
    rf"(?<!\w)(?P<lead>(?:toàn huyện|huyện|thị xã|thành phố|quận|tỉnh) (?:hiện )?có|tổng số|toàn "
    rf"bộ|tất cả|cả)\s+(?P<whole>{_N})\s+"
    rf"(?P<kind>{_GROUP})(?!\w)",
    re.IGNORECASE,
)
_NEAR = 2
_LEAST = 8


def _totals(sheet: Sheet) -> Iterator[Discrepancy]:
    """ "25 xã" here and "24 xã" there: only where both are said to be all, and lie close together.

    A report often speaks of the units that it inspected ("4/6 xã được kiểm tra"): such a whole is far from
    the number of all. What an exception explains ("trừ thị trấn") is left alone.
    """
    found: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for pattern in (_OF_ALL, _TOTAL):
        for hit in pattern.finditer(sheet.text):
            around = fold(sheet.text[max(0, hit.start() - 40) : hit.end() + 60])
            if re.search(
                r"(?<!\w)(?:tru|khong ke|con lai|duoc kiem tra|sap nhap|sau khi|truoc khi|nam 20\d\d)(?!\w)",
                around,
            ):
                continue
            kind = " ".join(re.findall(r"\w+", fold(hit["kind"]).replace(" va ", " ")))
            found[kind].append((int(hit["whole"]), (hit.start("whole"), hit.end("kind"))))
    for said in found.values():
        wholes = sorted({whole for whole, _ in said}, reverse=True)
        for many, few in itertools.pairwise(wholes):
            if few < _LEAST or many - few > _NEAR:
                continue
            one, other = (next(span for whole, span in said if whole == value) for value in (many, few))
            first, second = sorted((one, other))
            values = [sheet.text[slice(*span)].split()[0] for span in (first, second)]
            yield discrepancy(
                "unit_counts",
                "to_check",
                f"Cùng một nhóm ({' '.join(sheet.text[slice(*first)].split()[1:])}): nơi ghi "
                f"{values[0]}, nơi ghi {values[1]}.",
                [place(sheet, first, values[0]), place(sheet, second, values[1])],
                year=sheet.year,
                sure="medium",
            )
            break


def unit_counts(sheet: Sheet) -> Iterator[Discrepancy]:
    """Numbers of units of one document that are at odds with a list, with their parts, or with each other."""
    yield from _listed(sheet)
    yield from _sums(sheet)
    yield from _totals(sheet)
