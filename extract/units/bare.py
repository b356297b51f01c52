"""Whether a name stands for a commune: not for a person, a school, a street or a thing."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.units.learn import OTHER_KIND, SURNAMES
from extract.units.national import national, squeezed
from extract.vietnamese import CAPITALISED, LOWER, UPPER

_BEHIND = re.compile(rf"(?<![{UPPER}{LOWER}])(?P<word>[{LOWER}]+)\s(?:(?:{CAPITALISED}[ ])+[-–][ ])?$")
"""The word behind which a name stands, or a double name whose second half it is."""
_FIRST_HALF = re.compile(rf"(?:{CAPITALISED}[ ])+[-–][ ]$")
"""What a double name begins with: the second half is of the kind that stands before the first."""
_AREA = re.compile(
    rf"\b(?:(?:[Kk]hu(?! vực)|[Hh]ợp tác xã|HTX|[Cc]ông ty)(?:\s[{LOWER}]+){{1,4}}"
    r"|(?:[Cc]hợ|(?<!yêu )(?<!nhu )[Cc]ầu|[Đđ]ập|[Tt]hác|[Hh]ồ(?! sơ)|[Đđ]èo|[Ss]uối|[Nn]hà máy|[Đđ]ồn|"
    rf"[Đđ]ền|[Cc]hùa|[Ll]ễ hội|[Đđ]ường)(?:\s[{LOWER}]+){{1,2}})\s$"
)
"""Before the name of an area, a firm or a thing: "Khu kinh tế Nhơn Hội", "chợ phiên Cán Cấu"."""
_OFFICE = re.compile(r"\b(?:[Cc]án bộ|[Cc]ông chức|[Ll]ãnh đạo|[Cc]hủ tịch|[Bb]í thư)\s$")
_DESCRIBED = re.compile(
    rf"(?<![Hh]ợp tác )\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ơn vị|[Đđ]ịa phương)(?:\s[{LOWER}]+){{1,3}}\s$"
)
"""A kind with what is said of it, before a name: "các xã vùng cao A Lù, Y Tý", "xã đảo Thạnh An"."""
_LEADS = frozenset(
    [
        *(
            "ở",
            "tại",
            "về",
            "từ",
            "đến",
            "tới",
            "của",
            "với",
            "và",
            "cùng",
            "cả",
            "chỉ",
            "riêng",
            "còn",
            "do",
        ),
        *("vì", "nhờ", "bởi", "để", "cho", "như", "là", "có", "gồm", "trừ", "ngoài", "trong", "theo", "khi"),
        *("nếu", "sau", "trước", "nay", "hiện", "nhưng", "song", "mà", "thì", "tuy", "giữa", "gần", "quanh"),
        *("hơn", "bằng", "sang", "xuống", "lên", "qua", "ra", "vào", "lại", "hay", "hoặc", "giáp", "thuộc"),
        *("giao", "nhắc", "nhở", "khen", "cử", "mời", "chọn", "xét", "đưa", "xem", "thăm", "nêu", "bàn"),
        *("tra", "soát", "đốc", "nghị", "cầu", "bình", "nhóm", "cụm", "xã", "phường", "trấn"),
        *("vậy", "nhiên", "thời", "rằng", "đây", "sở", "xa"),
        *("đó", "nhất", "biệt", "thể", "biểu", "hình", "kể", "cạnh", "phía", "phương", "vị", "nơi"),
    ]
)
"""Last words before a place: of relation ("trong đó", "nhất là", "đặc biệt", "tuy vậy"), of what is done to a
commune ("đề nghị", "phê bình"), and a kind that lost its mark ("xa")."""
_FAMILIES = SURNAMES - {"Mai", "Lương", "Dương", "Đoàn", "Lý", "Tạ", "Hồ", "Đinh", "Vũ", "Hoàng"}
"""Surnames that no common word of place names is."""
PERSON = re.compile(rf"(?:{'|'.join(sorted(SURNAMES))}) (?:Văn|Thị)\b")
_OFFICER = re.compile(
    r"\b(?:chủ tịch|bí thư|chánh văn phòng|trưởng công an|chỉ huy trưởng|"
    r"(?:cán bộ|công chức)(?:\s[^\W\d_]+){0,4})\s"
    r"(?:(?:HĐND|UBND|MTTQ|(?:ủy|uỷ) ban nhân dân|hội đồng nhân dân|đảng (?:ủy|uỷ)|mặt trận tổ quốc|"
    r"hội [^\W\d_]+(?: [^\W\d_]+)?)(?:\s*(?:,|và|[-–])\s*|\s))*$",
    re.IGNORECASE,
)
_LOCATES = re.compile(r"\b(?:tại|ở|của|về|đến|từ|UBND)\s$", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|\n|[.);]\s|[-–+*]\s)$")


def stands_for_place(text: str, start: int, hit: re.Match[str], named: Callable[[str], bool]) -> bool:
    """Whether a bare name may be a commune's: not a school's or a street's of the same words.

    ``named`` says whether the document itself calls a name a commune's.
    One that the document never calls a commune's may not stand behind a noun, whose name it then is ("vịnh
    Lăng Cô"), unless those of an office are its people ("cán bộ Lăng Cô").
    """
    at = hit.start()
    before = _FIRST_HALF.sub("", text[max(start, at - 40) : at])
    if inside_name(text, start, at):
        return False
    if _OFFICE.search(before) and hit.group().split()[0] not in SURNAMES:
        return True
    if OTHER_KIND.search(before):
        return False
    opening = re.search(rf"(?<![{UPPER}{LOWER}])(?P<word>[{UPPER}][{LOWER}]+) $", before)
    if opening and opening["word"].lower() not in _LEADS:
        return False  # "Bưởi Phúc Trạch": the word names a thing, and its first letter a sentence
    behind = _BEHIND.search(text[max(start, at - 40) : at])
    described = _DESCRIBED.search(text[max(0, at - 40) : at])
    if not behind or behind["word"] in _LEADS or described:
        return True
    return named(hit.group()) and not _AREA.search(before)


def may_be_person(text: str, start: int, hit: re.Match[str]) -> bool:
    """Whether a name begins with a surname ("Trần Phú") and no word before it is one that places have."""
    before = text[max(start, hit.start() - 16) : hit.start()]
    if hit.group().split()[0] not in _FAMILIES or _LOCATES.search(before):
        return False
    alone = re.match(r"\s*(?:[:(–-]|$)", text[hit.end() : hit.end() + 3])
    return not (_OPENS.search(before) and alone)


def is_officer(text: str, at: int, name: str) -> bool:
    """Whether the name behind a kind at ``at`` is an officer's: "Chủ tịch UBND xã Hoàng Thế Ước".

    It begins with a surname, has the three or four syllables of a person's name and is no place's anywhere
    in the country, as "xã Lê Minh Xuân" is.
    """
    words = name.split()
    if words[0] not in SURNAMES or not 3 <= len(words) <= 4 or words[-1].isdigit():
        return False
    return bool(_OFFICER.search(text[max(0, at - 60) : at])) and not national().named(squeezed(name))


def inside_name(text: str, start: int, at: int) -> bool:
    """Whether a capitalised word stands right before, as in a person's name ("Hồ Thái Sơn Tây").

    The first word of a sentence is capitalised anyway and says nothing, unless it is a surname; organs
    before a unit ("UBND xã …") are written in capitals alone.
    """
    before = re.search(rf"(?P<word>[{UPPER}][{LOWER}'’][{UPPER}{LOWER}'’]*) $", text[start:at])
    if not before:
        return False
    opens = re.search(r"(?:^|[.;:!?]\s*|\n|^-\s*)$", text[start : start + before.start()])
    return not opens or before["word"] in SURNAMES
