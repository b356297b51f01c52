"""Percentages as printed: every form of a number, the counts beside it, and which are nobody's value.

``12,5%``, ``12.5 %``, ``(4,84)`` between neighbours that carry a sign, ``25/25 xã``. Decimal comma and
decimal point are the same, so ``1.234%`` is 1.234; only a number with both (``1.234,5%``) has thousands.
A threshold ("từ 25% trở lên"), or what a value is compared with ("vượt chỉ tiêu 35%"), is found and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.document import Span
from extract.indicators import DATA

_I = re.IGNORECASE

# --- the numbers ------------------------------------------------------------------------------------------

_SIGN = r"[ \u00a0]?(?:%|％|[ \u00a0]?phần trăm(?![^\W_]))"
_DECIMAL = r"\d{1,4}(?:[.,]\d{1,3})?"
_SIGNED = re.compile(
    rf"(?<![\w.,/])(?P<number>\d{{1,3}}(?:\.\d{{3}})+,\d{{1,3}}|{_DECIMAL}|"
    # "12, 5%": a blank that OCR put behind the comma. Not behind another number or a level.
    rf"(?<!\d[.,] )(?<!mức )(?<!mức độ )(?<!khoản )(?<!điều )\d{{1,3}}[.,] \d{{1,2}}){_SIGN}",
    _I,
)
COUNT = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
"""A whole number as printed, thousands with points."""
_FRACTION = re.compile(rf"(?<![\w./,\-])(?P<part>{COUNT})[ ]?/[ ]?(?P<whole>{COUNT})(?![\w/]|[.,]\d)")
_NOUN = re.compile(
    r"[ \n]*(?:\([^()\n]{0,20}\)[ ]*)?(?:tổng số |số )?(?:lượt )?"
    rf"(?:{'|'.join(DATA['counted'])})(?![^\W_])",
    _I,
)
_WHEN = re.compile(r"(?:năm|quý|tháng|ngày)[ ]+(?:\d[\d/.\-]*|[IVX]+(?:/\d{4})?)(?!\w)|\d{1,2} tháng", _I)
_NO_FRACTION_BEFORE = re.compile(r"(?:ngày|tháng|quý|năm|lúc|hồi|(?<!tổng )(?<!ký )số)\s*$", _I)
_BRACKETED = re.compile(
    r"\(\s*(?:(?:đạt|chiếm|tỷ lệ|tỉ lệ)\s+){0,2}"
    rf"(?P<number>\d{{1,3}}(?:[.,]\d{{1,2}})?)(?P<sign>{_SIGN})?\s*\)",
    _I,
)
_LIST_GAP = re.compile(r"(?:(?![.!?]\s|\n)[^()]){1,60}")

_UNIT_COUNTED = re.compile(
    r"\s+(?:đơn vị|địa phương|cơ quan|xã|phường|thị trấn|huyện|phòng|ban|trường|thôn)(?!\w)", _I
)
_OUT_OF = re.compile(
    rf"(?<![\w./,])(?P<part>{COUNT})(?: [^\W\d_]+){{0,3}} (?:trong|trên)(?: tổng)?(?: số)? "
    rf"(?P<whole>{COUNT})"
    r"(?![\w/]|[.,]\d|\s*%)",
    _I,
)

# --- thresholds -------------------------------------------------------------------------------------------

_RESULT = re.compile(
    r"(?:đạt(?: được)?|chiếm|hoàn thành|còn|lên|xuống|bằng|là)(?: (?:tỷ|tỉ) lệ)? "
    r"(?:trên|dưới|khoảng|gần|hơn)\s*$",
    _I,
)
_BOUND = r"tối thiểu|tối đa|ít nhất|không dưới|không quá|không vượt quá|thấp nhất là"
_LIMIT_BEFORE = re.compile(r"(?<!\w)(?:trên|dưới|từ)(?: mức| là)?\s*$", _I)
_ALWAYS_LIMIT = re.compile(rf"(?:(?<!\w)(?:{_BOUND})(?: mức| là)?|[≥≤<>]=?)\s*$", _I)
_CHANGE_FROM = re.compile(r"(?:tăng|giảm|nâng|hạ|chuyển)(?: [^\W\d_]+){0,3} từ\s*$", _I)
CHANGE_TO = re.compile(r"\s*(?:\(?(?:năm|quý|tháng)[^%;.]{0,20}\)?\s*)?(?:lên|xuống|còn)(?!\w)", _I)
_TARGET_BEFORE = re.compile(
    r"(?<!đáp ứng )(?<!đạt )(?<!vượt )(?<!đúng )(?<!bàn )"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch (?:giao|đề ra|là)|yêu cầu|theo quy định|quy định là|định mức|đề ra|giao)"
    r"(?: (?:là|giao|đề ra|được giao|của huyện|của tỉnh|tỉnh|huyện|năm \d{4}|tối thiểu|trên)){0,3}\s*:?\s*$",
    _I,
)
_TARGET_IS = re.compile(
    r"(?<!đáp ứng )(?<!đạt )(?<!vượt )(?<!đúng )(?<!hoàn thành )"
    r"mục tiêu(?: (?:[^\W\d_]+|\d{4})){1,9} (?:là|ở mức)\s*$",
    _I,
)
"""A target told of in a clause of its own: "còn mục tiêu giao cho cả năm 2024 là 60%"."""
_DUTY_BEFORE = re.compile(
    r"(?<!\w)(?:phấn đấu|phải|cần|mục tiêu|đề nghị|bảo đảm|đảm bảo cho)(?: \w+){0,8}?"
    r" (?:đạt|lên|hoàn thành)(?: (?:tỷ lệ|tỉ lệ|trên|từ|mức|hơn|khoảng|được)){0,2}\s*$|(?<!\w)phấn đấu\s*$"
    # "chưa đạt 50%" says what was missed, not what was reached.
    r"|(?<!\w)chưa (?:đạt|đảm bảo|bảo đảm|đủ|đến|tới)(?: (?:tỷ lệ|tỉ lệ|mức|được))?\s*$",
    _I,
)
_COMPARED = re.compile(
    r"(?<!\w)(?:vượt|hơn|thấp hơn|cao hơn|kém|bằng|chưa đạt|không đạt|so với)(?: so với)?"
    r" (?:mức |cả )?(?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu|định mức|sàn|bình quân|trung bình|mặt bằng|mức)"
    r"[^;.%\d]{0,40}\s*$",
    _I,
)
"""What a value is held against, behind that value: "đạt 41%, vượt chỉ tiêu huyện giao (35%)"."""
_LIMIT_AFTER = re.compile(
    r"\s*(?:trở lên|trở xuống|trở đi|(?:đến|tới)(?: dưới)? \d|[ ]?[-–][ ]?\d[\d.,]*[ ]?%)", _I
)
_RANGE_BEFORE = re.compile(
    r"(?:(?:từ|mức)\s+\d[\d.,]*\s*%?\s*(?:đến|tới)(?: dưới)?|\d[ ]?%?[ ]?[-–])\s*$", _I
)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage as printed. ``value`` is in percent; ``span`` counts code points of the whole text.

    ``numerator`` and ``denominator`` are set where the counts stand beside it; ``threshold`` says that
    it is a criterion, a target or one end of a range and no one's value.
    """

    value: float
    as_printed: str
    span: Span
    numerator: float | None = None
    denominator: float | None = None
    threshold: bool = False


def find_percentages(text: str, span: Span) -> list[Percentage]:
    """All percentages of ``text[span]`` in reading order, none overlapping, thresholds marked."""
    a, b = max(0, span[0]), min(span[1], len(text))
    found = [_percentage(text, hit.span(), hit["number"]) for hit in _SIGNED.finditer(text, a, b)]
    found += _unsigned(text, a, b)
    found = _with_fractions(text, a, b, sorted(found, key=lambda one: one.span))
    out: list[Percentage] = []
    for one in found:
        least = out[-1].span[1] if out and not out[-1].threshold else None
        against = least is not None and bool(_COMPARED.search(text, least, one.span[0]))
        out.append(replace(one, threshold=against or _is_threshold(text, one.span, a, b)))
    return out


def is_of_units(text: str, span: Span) -> bool:
    """Whether a percentage is a fraction of units: "11/14 xã"."""
    return "/" in text[slice(*span)] and bool(_UNIT_COUNTED.match(text, span[1]))


def _percentage(text: str, span: Span, number: str) -> Percentage:
    return Percentage(_number(number), text[slice(*span)], span)


def _number(printed: str) -> float:
    """``"12,5"``, ``"12.5"`` and ``"12, 5"`` as 12.5; ``"1.234,5"`` as 1234.5."""
    plain = printed.replace(" ", "")
    if "." in plain and "," in plain:
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def _unsigned(text: str, a: int, b: int) -> Iterator[Percentage]:
    """``"(8,21)"`` in a list of brackets of which another one carries a sign."""
    chain: list[re.Match[str]] = []
    for hit in (*_BRACKETED.finditer(text, a, b), None):
        if hit and (not chain or _LIST_GAP.fullmatch(text, chain[-1].end(), hit.start())):
            chain.append(hit)
            continue
        if any(one["sign"] for one in chain):
            for one in chain:
                # "(03)" is how counts are padded, never a rate.
                if (
                    not one["sign"]
                    and not re.fullmatch(r"0\d+", one["number"])
                    and _number(one["number"]) <= 100
                ):
                    yield _percentage(text, one.span("number"), one["number"])
        chain = [hit] if hit else []


def _with_fractions(text: str, a: int, b: int, found: list[Percentage]) -> list[Percentage]:
    """``found`` with the counts beside it, and the fractions that stand alone ("25/25 xã")."""
    for hit in _FRACTION.finditer(text, a, b):
        part, whole = (float(hit[name].replace(".", "")) for name in ("part", "whole"))
        if part <= 12 and re.fullmatch(r"(?:19|20)\d\d", hit["whole"]):
            continue  # a month and its year
        if (
            part > whole
            or not whole
            or _NO_FRACTION_BEFORE.search(text, max(a, hit.start() - 12), hit.start())
        ):
            continue
        noun = _NOUN.match(text, hit.end(), b)
        value = round(100 * part / whole, 4)
        place = next((at for at, one in enumerate(found) if _belongs(text, hit, one, value)), None)
        if place is not None and found[place].numerator is None:
            found[place] = replace(found[place], numerator=part, denominator=whole)
        elif noun:
            found.append(Percentage(value, hit.group(), hit.span(), part, whole))
    return _with_counts_in_words(text, a, b, sorted(found, key=lambda one: one.span))


def _with_counts_in_words(text: str, a: int, b: int, found: list[Percentage]) -> list[Percentage]:
    """``found`` with "118 trong tổng số 124 hồ sơ" before a percentage, where these counts give it."""
    for hit in _OUT_OF.finditer(text, a, b):
        part, whole = (float(hit[name].replace(".", "")) for name in ("part", "whole"))
        for at, one in enumerate(found):
            between = text[hit.end() : one.span[0]]
            if one.span[0] < hit.end() or len(between) > 60 or re.search(r"[\d;]|\.\s", between):
                continue
            if one.numerator is None and whole and abs(one.value - 100 * part / whole) < 0.1:
                found[at] = replace(one, numerator=part, denominator=whole)
    return found


def _belongs(text: str, fraction: re.Match[str], one: Percentage, value: float) -> bool:
    """Whether a percentage and a fraction are one measurement: beside each other in brackets, or equal."""
    behind = one.span[1] <= fraction.start()
    a, b = (one.span[1], fraction.start()) if behind else (fraction.end(), one.span[0])
    if not 0 <= b - a <= 80:
        return False
    # Figures of years and quarters count nothing: "4/5 tồn tại của năm 2017 (80%)".
    between = _WHEN.sub("", text[a:b])
    if re.fullmatch(r"[^\d()%;.]{0,48}\(\s*[^\d()%]{0,16}", between):
        return True
    return not behind and abs(one.value - value) < 1 and bool(re.fullmatch(r"[^\d%;.]{0,70}", between))


def _is_threshold(text: str, span: Span, a: int, b: int) -> bool:
    """Whether the words around a percentage make it a criterion or target and not a result."""
    before, after = text[max(a, span[0] - 70) : span[0]], text[span[1] : min(b, span[1] + 24)]
    before = re.split(r"[;\n]|\.\s", before)[-1]
    if is_former(before, after):
        return False
    if _LIMIT_AFTER.match(after) or _RANGE_BEFORE.search(before) or _DUTY_BEFORE.search(before):
        return True
    if _ALWAYS_LIMIT.search(before) or _TARGET_BEFORE.search(before) or _TARGET_IS.search(before):
        return True
    return bool(_LIMIT_BEFORE.search(before)) and not _RESULT.search(before)


def is_former(before: str, after: str) -> bool:
    """Whether a value is what another one went up or down from ("tăng từ 25% lên 30%")."""
    return bool(
        _CHANGE_FROM.search(before) or (re.search(r"(?<!\w)từ\s*$", before, _I) and CHANGE_TO.match(after))
    )
