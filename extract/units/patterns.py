"""How names of units are written, as regular expressions: kinds, names, lists, groups, offices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extract.units.names import SHORT_KINDS
from extract.vietnamese import CAPITALISED, LOWER, UPPER, either_tone_place

_SYLLABLE = rf"(?!(?:UBND|HĐND|TTHC|CCHC|CBCC|QPPL|UBMTTQ|HĐND-UBND|QĐ|KH|BC)\b){CAPITALISED}"
_COUNTED = (
    r"tháng|lần|ngày|năm|quý|hồ sơ|xã|đơn vị|phường|người|bộ|văn bản|vụ|cái|buổi|lượt|trường hợp|thủ tục|"
    r"triệu|nghìn|tỷ|giờ|phút|tuần|điểm|cuộc|bài|tin|bản|đồng|hộ|thôn|ấp|mục|nội dung|đồng chí|cán bộ|"
    r"công chức"
)
_NO_RATE = rf"(?![\d%/]|[,.]\d|\s*(?:%|/|(?:{_COUNTED})\b))"
_NO_SYLLABLE = (
    r"(?!(?:[Vv][Àà][ ](?:UBND[ ])?)?"
    r"(?:XÃ|PHƯỜNG|THỊ TRẤN|HUYỆN|THỊ XÃ|THÀNH PHỐ|TỈNH|xã|phường|thị trấn)[ ])"
)
"""In a line of capitals a name ends where the next kind begins: "XÃ TÂN AN VÀ XÃ TÂN BÌNH"."""
NAME = rf"{_SYLLABLE}(?:[ ]{_NO_SYLLABLE}{_SYLLABLE}){{0,4}}(?:[ ]\d{{1,2}}{_NO_RATE})?"
"""A place name: up to five capitalised syllables and a number ("Sơn Kim 1")."""

_KIND = (
    r"[Xx]ã|XÃ|[Pp]hường|PHƯỜNG|[Tt]hị[ \n]trấn|THỊ[ \n]TRẤN|[Hh]uyện|HUYỆN|[Qq]uận|QUẬN|"
    r"[Tt]hị[ \n]xã|THỊ[ \n]XÃ|[Tt]hành[ \n]phố|THÀNH[ \n]PHỐ|[Tt]ỉnh|TỈNH|[Đđ]ặc khu|ĐẶC KHU"
)
"""A line may end inside a kind of two words."""
_SHORT_KIND = (
    r"TT\.?|TP\.?|TX\.?|P\.|X\.|H\.|"
    # "Q. Chủ tịch" is acting in office, no quận
    r"Q\.(?!\s*(?:Chủ|Phó|Giám|Trưởng|Viện|Chánh|Hiệu|Bí|Tổng|Cục|CHỦ|PHÓ|GIÁM|TRƯỞNG|VIỆN|CHÁNH|HIỆU|BÍ|TỔNG|CỤC)\b)"
)
_NO_NAME = r"(?!H[Ộộ][Ii]\s+[Cc][Hh][Ủủ] [Nn][Gg][Hh][Ĩĩ][Aa])"
"""The motto of every letterhead: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"."""
_SHORTENED = (
    r"(?!(?:Huyện|Quận|Tỉnh|Thành|Thị|Đảng)\b)"
    + rf"(?=(?:[Nn]ông [Tt]rường[ ])?{_SYLLABLE}(?:[ ]{_SYLLABLE}|\s*(?:[,;.():…/]|$|và\s)))"
)
"""A shortened kind stands for other words too: a name of one syllable has to end there ("TT. Cách làm")."""
_NUMBERED_KIND = r"[Pp]hường|PHƯỜNG|[Qq]uận|QUẬN|P\.|Q\."
_ALONE = rf"(?<![{UPPER}{LOWER}])(?<![Hh]ợp tác )(?<![Ll]iên )"
WITH_KIND = re.compile(
    # the letter is asked for first: it is looked for at every place of a text
    rf"(?=[XxPpTtHhQqĐđ]){_ALONE}"
    rf"(?:(?P<kind>(?:{_KIND})(?=[ ]{_NO_NAME})|(?:{_SHORT_KIND})(?=[ ]*{_SHORTENED}))"
    rf"[ ]*(?<=[ .])(?P<name>(?:[Nn]ông [Tt]rường[ ])?{NAME})"
    rf"|(?P<numbered>{_NUMBERED_KIND})[ ]*(?<=[ .])(?P<number>\d{{1,2}}){_NO_RATE})"
)
"""A unit with its kind, on one line. Only wards and urban districts have a number as their name."""

LINE_OF_NAME = re.compile(rf"\n(?P<name>{NAME})")
"""A line that begins with what may be a name, its kind before the line end."""
KIND_ENDS_LINE = re.compile(rf"{_ALONE}(?P<kind>{_KIND})[ ]?\Z")

KIND_BEFORE_LIST = re.compile(
    rf"(?=[CcXxPpTtĐđ]){_ALONE}(?:[Cc]ác\s+)?(?P<kind>[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ơn vị|[Đđ]ịa phương)"
    r"(?:\s*,\s*(?:xã|phường|thị trấn))*"
    rf"(?:(?:\s+có(?:\s+[^\s:;,.]+){{1,8}})?\s*"
    rf"(?:(?:sau|như|gồm|bao gồm|là|trên|này)?\s*:\s*|\(\s*)(?={NAME}|\d{{1,2}}\s*[,;])"
    # "các xã ven biển: …", whatever the words, if several names of several syllables follow
    rf"|(?:\s+[{LOWER}\d][^\s:;,.()]*){{1,6}}\s*:\s*"
    rf"(?=(?P<first>{_SYLLABLE}[ ]{NAME})\s*(?:\([^()]{{0,40}}\)\s*)?(?:[,;]|và\s)))"
)
SEVERAL = re.compile(r"(?<!\w)(?:các|những|cả|hai|ba|bốn|năm|sáu|\d{1,2})\s+$", re.IGNORECASE)
"""Before a kind that holds for all names of a list: "các xã A, B"."""
INTRO = re.compile(
    rf"\b(?:như|gồm|bao gồm|cụ thể|là|có|đơn vị|điển hình)\s*:?\s*(?=(?P<name>{NAME})\s*(?:[,;(]|và\s))"
)
BETWEEN = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*|(?:đạt\s+)?\d+(?:[.,]\d+)?\s*%\s*)?(?:,\s*và|,|;|và|\+)\s*"
    r"(?:(?:UBND|(?:ủy|uỷ) ban nhân dân)\s+)?"
)
TOWN = re.compile(
    rf"(?=[Tt]h){_ALONE}(?<!xã, )(?<!xã và )(?<!phường, )(?<!phường và )(?<!xã - )(?<!xã/)(?<!phường/)"
    r"(?<!các )(?<!\d )(?<!một )(?<!\()"
    r"(?<!xuống )(?<!tận )(?<!lên )(?<!ra )(?<!trung tâm )"
    rf"[Tt]hị trấn(?![ ]*(?:[,/-]|và|hoặc)[ ]*(?:các )?(?:xã|phường)\b)(?![ ][{UPPER}\d])(?![ ]*[:(])"
)
"""The word without a name, outside "các xã, thị trấn": where the document knows one, it means that one."""
CLOSES = re.compile(r"\s*(?:[,;.():…/]|$|và\s|\+|\d|-\s)")
TAIL_NAME = re.compile(NAME)
NUMBERED = re.compile(rf"\d{{1,2}}{_NO_RATE}(?=\s*[,;.)]|\s*:(?!\d)|\s+[^\W\d]|$)")
WHOLE = re.compile(
    rf"^(?:(?P<numbered>{_NUMBERED_KIND})\s*(?<=[\s.])(?P<number>\d{{1,2}})"
    rf"|(?:(?P<kind>{_KIND}|{_SHORT_KIND})\s*(?<=[\s.]))?(?P<name>{NAME}))$"
)
"""The same as the whole of a heading; the kind may be missing."""

NOT_PLACES = frozenset(
    [
        *("Đoàn", "Ban", "Phòng", "Trung", "Hội", "Ủy", "Uỷ", "Bộ", "Sở", "Chủ", "Công", "Văn", "Nghị"),
        *("Quyết", "Luật", "Đảng", "Trang", "Cổng", "Kế", "Báo", "Phó", "Chánh", "Trưởng", "Giám", "Bảng"),
        *("Biểu", "Phụ", "Trường", "Trạm", "Tổ", "Tết", "Nhà", "Hệ", "Đề", "Ngày", "Giấy", "Sổ", "Quỹ"),
        *("Kho", "Bưu", "Mặt", "Liên", "Khối", "Bệnh", "Chi", "Cục"),
    ]
)
"""First words that begin organs, titles, documents and offices, not places."""

AGENCY = re.compile(
    either_tone_place(
        r"^(?:Phòng(?! chống| làm việc| họp| tiếp)|Ban(?! hành| đầu| bố)|Trung tâm|Văn phòng(?! phẩm)|"
        r"Thanh tra(?! viên| công vụ| trách nhiệm| đột xuất)|Chi cục|Hạt|Đội(?! ngũ)|Trạm|Trường(?! hợp)|"
        r"Sở(?! hữu)|Công an|Kho bạc|Tòa án|Bệnh viện|Đài|Nhà văn hóa|Thư viện)\s+\S"
    )
)
BODY = re.compile(
    r"^(?:Hội|Liên đoàn|(?:Ủy|Uỷ) ban|Tổ|Công ty|Viện|Khối|Cơ quan|Quỹ|Đoàn|Mặt trận|Huyện|Chi nhánh|"
    r"Hợp tác xã|Nhà)\s"
)
ALL = re.compile(
    r"\b(?:(?:tất cả|toàn bộ)\s+(?:các\s+)?(?:xã|phường|thị trấn|đơn vị|địa phương)|(?:ubnd |"
    r"hđnd[- –]ubnd )?các\s+(?:xã|phường|thị trấn|đơn vị|địa phương|cơ quan)|"
    r"\b(\d{1,3})/\1\s+(?:xã|phường|thị trấn|đơn vị)|100\s*%\s*(?:số\s+)?(?:các\s+)?(?:xã|phường|"
    r"thị trấn|đơn vị|địa phương)|"
    r"ubnd xã, (?:phường|thị trấn)|cấp xã trên địa bàn|(?:mỗi|từng) (?:xã|đơn vị|phường)|"
    r"hầu hết (?:các )?(?:xã|đơn vị|phường|địa phương))",
    re.IGNORECASE,
)
NOT_ALL = re.compile(
    r"(?:\s*(?:,|và)\s*(?:các\s+)?(?:xã|phường|thị trấn|đơn vị))*\s+"
    r"(?:còn lại|khác|này|(?:được |đã |có tên )?(?:nêu|nói) "
    r"(?:trên|(?:tại|ở)\s+(?:mục|điểm|khoản|phần)\s+[\w.]+))\b",
    re.IGNORECASE,
)
"""What makes of "các xã" some of them: "các xã còn lại", "các xã, thị trấn nêu tại mục 1"."""
THESE = re.compile(
    r"\b(?:hai|ba|bốn|năm|sáu|bảy|\d{1,2})\s+(?:xã|phường|thị trấn|đơn vị|địa phương)\s+"
    r"(?:này|còn lại|(?:nêu |nói )?trên(?!\s*(?:địa bàn|\d)))",
    re.IGNORECASE,
)
"""Some that were named before: "3 xã nêu trên"."""
SOME = re.compile(
    r"(?:\b(?:một số|nhiều|vài|một vài|đa số|phần lớn|\d{1,2}/\d{1,3})|(?<=\bcó )\d{1,2}|"
    r"(?<=\bcòn )\d{1,2}|^\d{1,2})\s+(?:ít\s+)?(?:xã|phường|thị trấn|đơn vị|địa phương|nơi|cơ quan)\b",
    re.IGNORECASE,
)
HEADING_PREFIX = re.compile(
    r"^(?:đối với|tại|kết quả kiểm tra(?: tại)?|kiến nghị(?: đối)? với|đề nghị(?: đối)? với|về phía|"
    r"đơn vị(?: thứ \w+)?)?\s*:?\s*"
    r"(?:(?:hđnd|hội đồng nhân dân)\s*(?:,|và|[-–])?\s*)?(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)?\s*",
    re.IGNORECASE,
)
ABOUT = re.compile(
    rf"^(?:[^\W\d_]+,?\s+){{0,9}}?(?:của|tại|ở|đối với)\s+(?:các\s+)?"
    rf"(?:(?:[Cc]hủ tịch|[Ll]ãnh đạo|[Tt]ập thể|[Cc]án bộ, công chức)\s+)?(?:các\s+)?"
    rf"(?:(?:HĐND\s*(?:,|và|[-–])\s*)?(?:UBND|(?:[Ủủ]y|[Uu]ỷ) ban nhân dân)\s+)?(?:các\s+)?(?={_KIND})"
)
"""What a heading says of the units that end it: "Về trách nhiệm của UBND xã Khe Mận"."""
OPENS_LIST = re.compile(
    r"(?:(?:tại|đối với|riêng|trong đó|gồm)\s+)?(?:(?:các|những|cả|hai|ba|bốn|năm|sáu|\d{1,2})\s+)*"
    r"(?:(?:chủ tịch|lãnh đạo)\s+)?(?:(?:hđnd\s*(?:,|và|[-–])\s*)?(?:ubnd|(?:ủy|uỷ) ban nhân dân)\s+)?"
    r"(?:các\s+)?(?:(?:xã|phường|thị trấn|đơn vị|địa phương)\s*(?:,\s*|và\s+)?)*:?\s*",
    re.IGNORECASE,
)
"""What may stand before the first name where a line opens with its units: "Các xã ", "UBND xã "."""
EXCEPTED = re.compile(r"(?:ngoại trừ|trừ|ngoài)\s+(?:ubnd\s+)?$", re.IGNORECASE)
"""What stands before a unit that a sentence is not about: "Ngoại trừ xã Phú Lâm, …"."""


def shortened(known: Iterable[str]) -> re.Pattern[str] | None:
    """Known names that a shortened kind alone does not prove: "TT.Thắng đã …", "P 9" and "P9".

    Those of one syllable and those that are a number; ``None`` where ``known`` has none of either.
    """
    names, numbers = set[str](), set[str]()
    for name in known:
        kind, _, own = name.rpartition(" ")
        if kind.lower() == "phường" and own.isdigit():
            numbers.add(own.lstrip("0"))
        elif kind.lower() in ("xã", "phường", "thị trấn") and len(own) > 2:
            names.add(re.escape(own))
    if not (names or numbers):
        return None
    name, number = ("|".join(sorted(one, key=len, reverse=True)) or "(?!)" for one in (names, numbers))
    return re.compile(
        rf"(?=[TPX]){_ALONE}(?<![\w.])"
        rf"(?:(?P<kind>TT|[PX](?=\.))\.?[ ]?(?P<name>{name})(?![{UPPER}{LOWER}]|[ ][{UPPER}])"
        rf"|P[ ]?0?(?P<number>{number}){_NO_RATE}(?!\w))"
    )


@lru_cache(maxsize=256)
def plain_kind(kind: str) -> str:
    """A printed kind in lower case and in full: ``"TT."`` is ``"thị trấn"``."""
    kind = " ".join(kind.lower().rstrip(".").split())
    return SHORT_KINDS.get(kind, kind)
