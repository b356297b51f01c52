"""Sentences and their parts, with exact offsets.

underthesea's ``sent_tokenize`` gives no offsets and runs over line ends, so the boundaries are
found here: by full stops that are no abbreviation's or number's, and by semicolons that divide
clauses rather than the members of an enumeration.
"""

from __future__ import annotations

import re

from extract.document import Span
from extract.vietnamese import LOWER, UPPER

_STOP = re.compile(
    rf"(?:\./\.?|[.!?…]+[\"”’)\]]*)(?=\s+[\"“‘(\[]*[{UPPER}\d]|\s*$)|\.{{2,}}(?=[{UPPER}])|…(?=[{UPPER}])|"
    # glued to the next word, also behind an abbreviation: "nộp về UBND.Riêng"
    rf"(?:(?<=[{LOWER})])|(?<=[{UPPER}]{{3}}))\.(?=[{UPPER}][{LOWER}])"
)
_ABBREVIATION = re.compile(
    rf"(?:^|[\s(])(?:TP|TT|TX|ThS|Ths|TS|PGS|GS|BS|KS|Q|TM|KT|TL|TUQ|P|H|T|St|No|tr|stt|STT|[{UPPER}])\.$"
)
_LIST_NUMBER = re.compile(r"(?:^|[:;]\s*)(\d{1,2})\.$")
_NUMERAL = re.compile(
    r"(?:quý|loại|hạng|nhóm|mức|khối|cấp|khóa|khoá|kỳ|mục|phần|vùng|giai đoạn)\s+[IVX]+\.$", re.IGNORECASE
)
_ENUMERATION = re.compile(
    r"\b(?:như|gồm|bao gồm|cụ thể(?: là)?|là|sau|sau đây|xã|phường|thị trấn|đơn vị|địa phương|"
    r"lĩnh vực|nội dung|danh mục|trong đó)\s*:",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?:chưa|không|đã|còn|có|được|thiếu|chậm|đạt|phải|cần|bị|sai|để|mới|tuy nhiên|nhưng|"
    r"đảm bảo|bảo đảm|đúng|trễ|quá|chỉ(?! đạo| số| tiêu)|vẫn|đều|là)\b"
    r"|^\s*(?:thực hiện|ban hành|báo cáo|tổ chức|niêm yết|công khai|xây dựng|rà soát|cập nhật|ghi|"
    r"lưu|bỏ|hết|tiếp tục|tăng cường|khẩn trương|"
    r"nghiêm túc|triển khai|chỉ đạo|kịp thời|chấn chỉnh|khắc phục|bố trí|kiểm tra|chú trọng|"
    r"đẩy mạnh|nâng cao|quan tâm|duy trì)\b",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"\b(?:sơ sài|lộn xộn|kém|yếu|hỏng|cũ|thấp|trễ|lệch|lạc hậu|tốt|khá|nhanh|đủ|gọn)\b", re.IGNORECASE
)
_CONTRAST = re.compile(r"\s*(?:riêng|tuy nhiên|nhưng|song|trong khi|ngược lại)\b", re.IGNORECASE)
"""What sets a clause against the one before: whose fault it is, is not whose merit stood there."""
_ONLY_NAMES = re.compile(
    rf"^\s*(?:(?:xã|phường|thị trấn|huyện|UBND)\s+|[{UPPER}][\w'’]*\s*|\d+(?:[.,]\d+)?\s*%?|"
    rf"[,.;()–-]\s*|và\s+)+$"
)
_KIND_OF_UNIT = r"(?:xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh)"
_NAMED = re.compile(rf"\b{_KIND_OF_UNIT}\s+[{UPPER}]", re.IGNORECASE)
_OWN_SUBJECT = re.compile(
    rf"^\s*(?:(?:UBND|(?i:[uủ][ỷy] ban nhân dân))\s+)?{_KIND_OF_UNIT}(?:\s+[{UPPER}][\w'’]*){{1,4}}\s+"
    rf"(?!(?:{_KIND_OF_UNIT}|và|cùng|hoặc|của|thuộc|tại|ở|trong|từ|vào|ngày|tháng|năm|quý|đến|theo|với)\b)"
    rf"[{LOWER}]\w*(?:\s+\S+){{2}}"
)
"""A clause of another unit: "xã Nà Pheo thu phí cao hơn …"; what only says where or when is in a list."""
_SHORT = 3
"""A part of fewer words does not stand alone."""


def has_predicate(text: str) -> bool:
    """Whether the words say something of a subject: "Hồ sơ thiếu phiếu" does, "Thể chế" does not."""
    return bool(_PREDICATE.search(text) or _FAILS.search(text))


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of ``text[span]`` without the blanks around them; together they cover all words."""
    spans: list[Span] = []
    start, end = span
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < start or _is_inside(text, start, stop, span):
            continue
        spans.append((start, stop.end()))
        start = stop.end()
    spans.append((start, end))
    return [
        trimmed for one in spans if (trimmed := trim(text, one)) and re.search(r"\w", text[slice(*trimmed)])
    ]


def parts(text: str, sentence: Span, *, item: bool = False) -> list[Span]:
    """The clauses of a sentence that semicolons divide; an enumeration stays with its sentence.

    In an ``item`` of a list every part of some words is one; running prose is only cut between
    clauses that have a predicate each.
    """
    cuts: list[Span] = []
    start = sentence[0]
    depth = 0
    for at in range(*sentence):
        letter = text[at]
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter != ";" or depth:
            continue
        left, right = text[start:at], text[at + 1 : _next_cut(text, at + 1, sentence[1])]
        if _stands_alone(left, right, item):
            cuts.append((start, at + 1))
            start = at + 1
    cuts.append((start, sentence[1]))
    return [
        trimmed for one in cuts if (trimmed := trim(text, one)) and re.search(r"\w", text[slice(*trimmed)])
    ]


def trim(text: str, span: Span) -> Span:
    """``span`` without the blanks at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_inside(text: str, start: int, stop: re.Match[str], within: Span) -> bool:
    """Whether a full stop belongs to an abbreviation, or stands inside brackets."""
    before = text[start : stop.start() + 1]
    if (
        stop.end() < len(text)
        and not _NUMERAL.search(before)
        and (_ABBREVIATION.search(before) or _numbers_an_item(text, before, stop.end(), within))
    ):
        return stop.group() == "."
    return (
        before.count("(") > before.count(")")
        and text.find(")", stop.end(), stop.end() + 200) >= 0
        and ")" not in stop.group()
    )


def _numbers_an_item(text: str, before: str, at: int, within: Span) -> bool:
    """Whether ``before``, up to ``at``, ends in the number of an item: "… như sau: 1. Xã A …; 2. Xã B …".

    A count ends its sentence ("Đơn thư trong quý: 0. Đơn tồn: 3."): no number next to it stands around it.
    """
    found = _LIST_NUMBER.search(before)
    if not found or found.start() == 0:
        return bool(found)
    number = int(found[1])
    start, end = within
    behind = re.search(rf"(?<![\d/.,-])0?{number + 1}\.\s", text[at:end])
    ahead = re.search(rf"(?<![\d/.,-])0?{number - 1}\.\s", text[start : at - len(found[0])])
    return bool(behind) if number == 1 else bool(ahead)


def _next_cut(text: str, start: int, end: int) -> int:
    at = text.find(";", start, end)
    return at if at >= 0 else end


def _stands_alone(left: str, right: str, item: bool) -> bool:
    """Whether the words on both sides of a semicolon are clauses of their own."""
    if len(right.split()) < _SHORT or len(left.split()) < _SHORT:
        return False
    if _ONLY_NAMES.match(re.sub(r"\([^()]*\)", "", right)):
        return False  # "…: xã A, xã B; thị trấn C (huyện D)": one more name of the list
    intro = list(_ENUMERATION.finditer(left))
    listing = bool(intro) and len(left) - intro[-1].end() < 400
    if listing:
        return bool(
            re.match(
                r"\s*(?:tuy nhiên|nhưng|song|chưa|không|còn|đã|riêng|bên cạnh|qua)\b", right, re.IGNORECASE
            )
        )
    if _CONTRAST.match(right) and has_predicate(left) and _PREDICATE.search(right):
        return True
    if _OWN_SUBJECT.match(right) and _NAMED.search(left) and has_predicate(left):
        return True  # whatever its verb is: no unit answers for the clause of another
    return item or (bool(_PREDICATE.search(right)) and bool(_PREDICATE.search(left)))
