"""What one document teaches about its names: which end in a number, and which stand without their kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from extract.units.gazetteer import squash
from extract.units.patterns import NAME, NOT_PLACES, WITH_KIND
from extract.vietnamese import CAPITALISED, LOWER, UPPER, fold

_NUMBER = re.compile(r"^(?P<base>.+)[ ](?P<number>\d{1,2})$")
_ALONE = re.compile(
    r"^[^\w\n]*(?:[\dIVX]+(?:\.\d+)*[.)][^\w\n]*)?(?:(?:UBND|Ủy ban nhân dân)[ ]+)?(?:xã|phường|thị trấn)[ ]+"
    rf"(?P<name>(?-i:{NAME}))[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SEVERAL = rf"{CAPITALISED}(?:[ ](?!(?:UBND|HĐND)\b){CAPITALISED}){{1,3}}"
"""A name of two to four syllables: one capitalised word alone proves nothing."""
_RUN_OF_SEVERAL = re.compile(rf"(?<![{UPPER}{LOWER}\d]){_SEVERAL}")
_RATE = r"(?:\s*(?:\([^()]{0,40}\)|:?\s*(?:đạt\s+|hụt\s+)?\d+(?:[.,]\d+)?\s*%?))?"
_AND = r"(?:\s*,\s*và\s+|\s*,\s*|\s+và\s+|\s+cùng\s+)"
_PLACED = re.compile(
    rf"(?:\b(?:ở|tại|của|công chức|một cửa|lượt)|^[^\w\n]*|[.;:]\s+|"
    rf"\b(?:Riêng|Còn|Vậy mà|Tuy nhiên,?)\s|(?:,|và|cùng))\s*"
    rf"(?P<name>{_SEVERAL})(?=\s*[,.;:(]|\s+[{LOWER}\d]|$)",
    re.MULTILINE,
)
OTHER_KIND = re.compile(
    r"(?:\b(?:thôn|ấp|bản|buôn|làng|xóm|tổ|khu|chợ|(?<!yêu )cầu|cảng|sông|suối|kênh|rạch|đập|núi|đèo|rừng|hồ|"
    r"(?:phố|đường|đại lộ|quốc lộ|tỉnh lộ|ngõ|ngách|hẻm|kiệt|số nhà)(?:[ ]\d[\w/]*)?|trường|"
    r"quốc gia|phòng hộ|bảo tồn|nhà máy|(?:thủy|thuỷ|nhiệt) điện|xí nghiệp|ngân hàng|chi nhánh|siêu thị|"
    r"nghĩa trang|nhà thờ|di tích|lễ hội|sân bay|bến xe|ga|nông trường|lâm trường|sân vận động|câu lạc bộ|"
    r"liên (?:xã|phường)|tín dụng(?: nhân dân)?|làng nghề|bưu điện|điện lực|"
    r"biển|đội|tiểu học|mầm non|mẫu giáo|cơ sở|phổ thông|THCS|THPT|y tế|hợp tác xã|htx|chùa|đền|đình|"
    r"công nghiệp|KCN|CCN|trạm|đồn|huyện|quận|tỉnh|thị xã|thành phố|ông|bà|anh|chị|cô|chú|đồng chí|đ/c|"
    r"công ty|TNHH|cổ phần|doanh nghiệp|DNTN|tịch|dân tộc|lễ|tết|tên|"
    r"phòng|trưởng|viên|thư|giám đốc|chuyên|họ|đoàn|tổng|nhân|dòng họ|văn phòng|người|tiếng))[ ]+$",
    re.IGNORECASE,
)
SURNAMES = frozenset(
    # "Nguyễn Văn An, Trần Thị Ba vắng họp": people, where no title says so
    [
        *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi"),
        *("Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Mai", "Đinh", "Trịnh", "Đoàn", "Lương", "Tạ"),
    ]
)
_RUN = re.compile(rf"(?<![{UPPER}{LOWER}\d]){CAPITALISED}(?:[ ]{CAPITALISED})+")
_GOES_ON = r"(?=\s*[,.;:)(]|\s*$|\s+(?:chưa|không|đã|còn|có|được|bị|là|và|thực hiện|ban hành)\b)"


def numbered_names(text: str, known: Iterable[str] = ()) -> set[str]:
    """Folded names that end in a number of their own ("xã Tân Thành 2"), as opposed to a count behind a name.

    A number is the name's own where the name stands alone on a line, where the register has it, or where the
    document never writes the name without a number and counts from 1 or says it again.
    """
    sure = {fold(name) for name in known if _NUMBER.match(name)}
    sure = {re.sub(r"^(?:xa|phuong|thi tran) ", "", name) for name in sure}
    alone = {fold(hit["name"]) for hit in _ALONE.finditer(text)}
    times: Counter[tuple[str, str]] = Counter()
    for hit in WITH_KIND.finditer(text):
        found = _NUMBER.match(hit["name"] or "")
        if found:
            times[found["base"], found["number"]] += 1
    numbers: dict[str, set[str]] = {}
    for base, number in times:
        numbers.setdefault(base, set()).add(number)
    for (base, number), count in times.items():
        name = fold(f"{base} {number}")
        if number.startswith("0") or name in sure:
            continue
        plain = re.search(rf"(?<![{UPPER}{LOWER}]){re.escape(base)}(?![ ]?\d|[ ][{UPPER}]|[{LOWER}])", text)
        if name in alone or (
            not plain and (count > 1 or len(numbers[base]) > 1 or _ends_there(text, base, number))
        ):
            sure.add(name)
    return sure


def _ends_there(text: str, base: str, number: str) -> bool:
    """Whether the only mention is followed by what a subject is followed by, not by something counted."""
    return bool(re.search(rf"{re.escape(base)} {number}{_GOES_ON}", text))


def goes_on(words: list[str]) -> list[int]:
    """Where in a capitalised run an organ, a title or a person's full name may begin, the last first."""
    return [
        cut
        for cut in range(len(words) - 1, 1, -1)
        if words[cut] in NOT_PLACES or (words[cut] in SURNAMES and len(words) - cut > 1)
    ]


def spelled(text: str, keys: Collection[str]) -> set[str]:
    """Runs of capitalised words in ``text`` that are a name of ``keys``, names squashed to their letters.

    A line of capitals is one run: the names stand somewhere in it. Of "Khe Mận Đoàn" the name ends where an
    organ's may begin.
    """
    if not keys:
        return set()
    runs = {hit.group() for hit in _RUN.finditer(text)}
    for words in [run.split() for run in runs]:
        runs |= {" ".join(words[:cut]) for cut in goes_on(words)}
    for words in [run.split() for run in runs if run.isupper()]:
        runs |= {" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 2, at + 6)}
    return {run for run in runs if squash(run) in keys}


def bare_names(text: str, known: Callable[[str], bool], other: Collection[str] = ()) -> list[str]:
    """Names of communes that the document only writes without their kind: "tại Cầu Vông, Gò Môi chưa …".

    A capitalised run counts where it is coordinated with a known commune and stands once more where a place
    stands, or stands there three times; never where it is also a person's, a village's or a district's name
    (``other``, folded).
    """
    together: set[str] = set()
    placed: Counter[str] = Counter()
    barred: set[str] = set()
    for hit in _RUN_OF_SEVERAL.finditer(text):
        if OTHER_KIND.search(text[max(0, hit.start() - 14) : hit.start()]):
            barred.add(hit.group())
    for hit in _PLACED.finditer(text):
        name = hit["name"]
        first = name.split()[0]
        if known(name) or fold(name) in other or first in NOT_PLACES or first in SURNAMES or name.isupper():
            continue
        placed[name] += 1
        start, end = hit.span("name")
        before, after = text[max(0, start - 90) : start], text[end : end + 90]
        left = re.search(rf"(?P<name>{_SEVERAL}){_RATE}{_AND}$", before)
        right = re.match(rf"{_RATE}{_AND}(?:(?:xã|phường|thị trấn)\s+)?(?P<name>{_SEVERAL})", after)
        if (left and known(left["name"])) or (right and known(right["name"])):
            together.add(name)
    return [
        name
        for name, count in placed.items()
        if name not in barred and (count >= 3 or (name in together and text.count(name) > 1))
    ]
