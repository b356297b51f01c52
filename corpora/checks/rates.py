"""A rate beside its numerator and denominator that does not follow from them: ``37/52 hồ sơ, đạt 81,5%``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.checks.figures import PERCENT, decimals, number, vietnamese
from corpora.checks.found import Discrepancy, discrepancy, place
from corpora.checks.sheets import Sheet, Span

_COUNT = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_NOT_A_COUNT = r"(?<![\w./,\-–])(?<!số )(?<!ngày )(?<!tháng )(?<!quý )(?<!năm )(?<!mức độ )(?<!từ )(?<!đến )"
_COUNTED = (
    r"(?:(?:xã|phường), (?:phường|xã|thị trấn)(?: [^\d%.;:()\n,]{1,50}?)?|[^\W\d_][^\d%.;:()\n,]{0,60}?)"
)
_LINK = (
    r"(?:\s*,?\s*(?:\(\s*)?(?:tỷ lệ|tỉ lệ|(?:chỉ |mới |chỉ mới |mới chỉ )?(?:đạt|chiếm|bằng|tương đương|tức)"
    r"(?: (?:tỷ|tỉ) lệ)?|=)\s*|\s*\(\s*)"
)
_ABOUT = r"(?:(?P<about>khoảng|gần|hơn|trên|dưới|xấp xỉ)\s+)?"
_FORWARD = re.compile(
    rf"{_NOT_A_COUNT}(?P<part>{_COUNT})\s?(?:/\s?|\s+trong (?:tổng số |số )|\s+trên (?:tổng số )?)"
    rf"(?P<whole>{_COUNT})(?![\d/])(?:\s+{_COUNTED})?{_LINK}{_ABOUT}(?P<rate>{PERCENT})",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    rf"(?P<rate>{PERCENT})[^\d%.;:()\n,]{{0,40}}\(\s*(?:tức |gồm |là "
    rf")?(?P<part>{_COUNT})\s?/\s?(?P<whole>{_COUNT})"
    rf"(?![\d/])(?:\s+[^\d%.;:()\n]{{1,40}})?\s*\)",
    re.IGNORECASE,
)
_OTHER_BASE = re.compile(
    r"(?<!\w)(?:trong đó|trong số (?:đó|này)|còn lại|tăng|giảm|so với|cùng kỳ|kế hoạch|chỉ tiêu|dự toán|vượt|"
    r"mức độ \d)(?!\w)",
    re.IGNORECASE,
)
_ABOUT_SO_MANY = re.compile(r"(?:hơn|gần|khoảng|quá|chừng|xấp xỉ|chưa (?:đến|đầy|tới))\s+$", re.IGNORECASE)
_BASE_AFTER = re.compile(r"\s*(?:kế hoạch|chỉ tiêu|dự toán|so với|nghị quyết)", re.IGNORECASE)


def rates(sheet: Sheet) -> Iterator[Discrepancy]:
    """Rates of one document that their own counts do not give.

    The rate is taken at the precision it is printed with; a digit cut off instead of rounded is no error.
    Rates of something else than the counts ("37/52 hồ sơ, đạt 81,5% kế hoạch") are left alone.
    """
    taken: set[Span] = set()
    for pattern in (_FORWARD, _BACKWARD):
        for hit in pattern.finditer(sheet.text):
            part, whole = (float(hit[name].replace(".", "")) for name in ("part", "whole"))
            rate, span = number(hit["rate"]), hit.span("rate")
            if not whole > 0 or part > whole or rate > 100 or span in taken or _is_month(part, hit["whole"]):
                continue
            # What stands between the two may name another base; the number itself may, behind it.
            if _ABOUT_SO_MANY.search(sheet.text, max(0, hit.start() - 20), hit.start("part")):
                continue
            if _OTHER_BASE.search(hit[0]) or _BASE_AFTER.match(sheet.text, hit.end()):
                continue
            true = 100 * part / whole
            loose = 5.0 if pattern is _FORWARD and hit["about"] else 0.0
            # One unit of the last printed digit: rounded and cut off are both the clerk's right.
            if abs(true - rate) <= max(10.0 ** -decimals(hit["rate"]), loose) + 1e-9:
                continue
            taken.add(span)
            counts = (hit.start("part"), hit.end("whole"))
            yield _told(sheet, counts, span, true)


def _is_month(part: float, whole: str) -> bool:
    return part <= 12 and re.fullmatch(r"(?:19|20)\d\d", whole) is not None


def _told(sheet: Sheet, counts: Span, rate: Span, true: float) -> Discrepancy:
    words = (min(counts[0], rate[0]), max(counts[1], rate[1]))
    owner = next((one for one in sheet.findings if one.span[0] <= words[0] and words[1] <= one.span[1]), None)
    printed = [" ".join(sheet.text[slice(*span)].split()) for span in (counts, rate)]
    digits = max(1, decimals(printed[1]))
    reason = f"{printed[0]} là {vietnamese(true, digits)}%, văn bản ghi {printed[1]}."
    return discrepancy(
        "rate",
        "to_check" if sheet.scanned else "contradiction",
        reason,
        [place(sheet, counts, printed[0]), place(sheet, rate, printed[1], owner.id if owner else None)],
        unit=owner.unit if owner and owner.level != "group" else None,
        year=sheet.year,
    )
