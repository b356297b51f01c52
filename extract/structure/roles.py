"""What a printed line of a Vietnamese official document is for, by its wording.

The components are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (before it Thông tư
01/2011/TT-BNV): quốc hiệu and tiêu ngữ, cơ quan, số ký hiệu, địa danh và thời gian, tên loại,
trích yếu, kính gửi, nơi nhận, quyền hạn và chức vụ of the signer. Lines are compared folded
(lower case, no tone marks), so that an OCR slip in a tone does not hide a component.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache

from extract.structure.dateline import is_dateline
from extract.vietnamese import CAPITALISED, UPPER, fold, is_upper


class Role(Enum):
    """The component of the form that a line belongs to."""

    NATION = "quốc hiệu"
    MOTTO = "tiêu ngữ"
    NUMBER = "số, ký hiệu"
    DATE = "địa danh, thời gian"
    POSTED = "ngày đăng"
    KIND = "tên loại"
    ABOUT = "trích yếu công văn"
    ADDRESSEES = "kính gửi"
    RECIPIENTS = "nơi nhận"
    AUTHORITY = "quyền hạn"
    ORGAN = "cơ quan"
    URGENCY = "độ khẩn, độ mật"
    DRAFT = "dự thảo"
    RULE = "gạch"
    TEXT = "nội dung"


KINDS: dict[str, str] = {
    "nghị quyết": "nq",
    "quyết định": "qd",
    "chỉ thị": "ct",
    "quy chế": "qc",
    "quy định": "qyd",
    "thông cáo": "tc",
    "thông báo": "tb",
    "hướng dẫn": "hd",
    "chương trình": "ctr",
    "kế hoạch": "kh",
    "phương án": "pa",
    "đề án": "da",
    "dự án": "dan",
    "báo cáo": "bc",
    "biên bản": "bb",
    "tờ trình": "ttr",
    "công điện": "cd",
    "giấy mời": "gm",
    "kết luận": "kl",
    "công văn": "cv",
}
"""Tên loại (Nghị định 30/2020/NĐ-CP, Điều 7) to the short form used in citation keys."""

_FOLDED_KINDS = {fold(kind): kind for kind in KINDS}
_NATION = "cong hoa xa hoi chu nghia viet nam"
_PARTY = "dang cong san viet nam"
"""What party papers print in the place of Quốc hiệu, without a tiêu ngữ (Hướng dẫn 36-HD/VPTW)."""
_MOTTO = "doc lap tu do hanh phuc"
_NUMBER = re.compile(r"^s[oố]\s*[:.]?\s*(?P<number>\S.{0,40})?$", re.IGNORECASE)
_SYMBOL = re.compile(r"\d*\s*/|/\s*[a-z]|[-–]\s*[a-z]{2}")
_DATE = re.compile(r"\bngay\b.{0,12}\bthang\b.{0,10}\bnam\s*\d{0,4}\s*$")
_PLACE_KIND = (
    r"(?:[Tt]hành phố\s+|[Tt]hị (?:xã|trấn)\s+|[Tt]ỉnh\s+|[Hh]uyện\s+|[Qq]uận\s+|[Pp]hường\s+|[Xx]ã\s+|"
    r"[Đđ]ặc khu\s+|T[PXT]\.?\s*|[QP]\.\s*)"
)
PLACE = (
    rf"(?:{_PLACE_KIND}\d{{1,2}}(?!\d)|"
    rf"(?:{_PLACE_KIND})?{CAPITALISED}(?:\s+(?:[-–]\s+)?{CAPITALISED}){{0,5}}(?:\s+\d{{1,2}}(?=\s*[,;]))?)"
)
"""A địa danh as the date line prints it: ``Tân Khê``, ``TP. Tân Khê``, ``Quận 3``, ``Bà Rịa - Vũng Tàu``."""
_IN_FIGURES = re.compile(
    rf"^(?:{PLACE}\s*(?:[,;.]\s*|(?=[Nn]gày))|(?=[Nn]gày))(?:[Nn]gày\s*)?"
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d\s*\.?$"
)
_ABOUT = re.compile(r"^(?:v/v|ve viec)\b")
_ADDRESSEES = re.compile(r"^kinh gui\b")
_RECIPIENTS = re.compile(r"^[*_]{0,2}noi (?:nhan|gui)\s*(?:[:;.]|$)")
_RECIPIENTS_OPEN = re.compile(r"^noi nhan\s+(?:[-–]\s*)?")
_FOR = r"(?:T[./]?\s?M|K[./]?\s?T|T[./]?\s?L|T[./]?\s?[UƯ][./]?\s?Q)"
_AUTHORITY = re.compile(rf"^{_FOR}\s*[./:]\s*[{UPPER}]")
_AUTHORITY_OPEN = re.compile(rf"^{_FOR}\s+(?=[{UPPER}])")
_OF_MINUTES = re.compile(r"^(?:dai dien|thu ky|nguoi ghi|chu tri|chu toa)\b")
_NOT_WHO_LED = re.compile(r"^(?:dai dien(?! (?:doan|to)\b)|thu ky|nguoi ghi)\b")
_PRINCIPAL = re.compile(
    r"^(?:uy ban|ubnd|hoi dong|hdnd|doan|to|ban|dang|chu tich|truong|giam doc|chanh|bi thu|thu truong)\b"
)
_OFFICE = (
    r"(?:chu tich|truong (?:doan|phong|ban|tram|khoa|thon|bo phan)|(?:tong )?giam doc|"
    r"chanh (?:thanh tra|van phong)|to truong|doi truong|bi thu|thu truong|tram truong|hieu truong|"
    r"(?:chi )?cuc truong|vien truong|chu nhiem|bo truong|thanh tra vien|cong chuc|uy vien|"
    r"nguoi (?:bao cao|lap|tong hop))"
)
_TITLE = re.compile(rf"^(?:q\s*\.\s*|q\s+|quyen\s+)?(?:p\s*\.\s*|pho\s+)?{_OFFICE}(?![a-z])")
_TITLE_WORDS = frozenset(
    [
        "huyen",
        "xa",
        "tinh",
        "quan",
        "thi",
        "phuong",
        "tran",
        "thanh",
        "pho",
        "phong",
        "ban",
        "doan",
        "to",
        "nhan",
        "dan",
        "noi",
        "vu",
        "va",
        "truc",
        "kiem",
        "tra",
        "phu",
        "trach",
        "hanh",
        "chinh",
        "cong",
        "thuong",
        "chi",
        "dao",
        "lien",
        "nganh",
        "khu",
        "dac",
    ]
)
"""Words that a title in small letters may go on with ("Phó Chủ tịch thường trực Ủy ban nhân dân huyện")."""
_ORGAN = re.compile(
    r"^(?:uy ban|ubnd|hoi dong|hdnd|so |phong |ban |doan |to |trung tam|thanh tra|chi cuc|van phong|"
    r"cong an|bo |tong cuc|cuc |dang uy|huyen uy|tinh uy|thanh uy|truong |benh vien|kho bac|chinh phu)"
)
_AREA = re.compile(r"^(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu) ")
_COMMITTEE = re.compile(r"(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|ĐẢNG)\s+(?:ỦY|UỶ)(?!\w)", re.IGNORECASE)
"""A party committee: its first word is a kind of place, and still it is an organ."""
_ALIKE = 0.85
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_URGENCY = re.compile(r"^(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat)$")
_DRAFT = re.compile(r"^du thao(?: (?:lan|so) (?:thu )?\w{1,5})?$")


def letters(text: str) -> str:
    """``text`` folded, with everything but letters and digits as single blanks."""
    return _NO_LETTERS.sub(" ", fold(text)).strip()


@lru_cache(maxsize=1 << 16)
def role_of(text: str) -> Role:
    """The role of one line by its words alone; :attr:`Role.TEXT` when it has no special one."""
    folded = fold(text).strip()
    plain = _NO_LETTERS.sub(" ", folded).strip()
    if not plain:
        return Role.RULE
    if _NATION in plain or (len(plain) < 50 and _alike(plain, _NATION)):
        return Role.NATION
    if is_upper(text) and len(plain) < 30 and _alike(plain, _PARTY):
        return Role.NATION
    if _MOTTO in plain or (len(plain) < 40 and _alike(plain, _MOTTO)):
        return Role.MOTTO
    if is_dateline(text):
        return Role.POSTED
    if number_part(text) is not None:
        return Role.NUMBER
    if len(plain) < 80 and _DATE.search(folded.rstrip(" .,;")) and not folded.startswith(("can cu", "theo ")):
        return Role.DATE
    if len(plain) < 60 and _IN_FIGURES.match(text.strip()):
        return Role.DATE
    if kind_of(text):
        return Role.KIND
    if _ABOUT.match(folded):
        return Role.ABOUT
    if _ADDRESSEES.match(folded):
        return Role.ADDRESSEES
    if _RECIPIENTS.match(folded):
        return Role.RECIPIENTS
    if (opened := _RECIPIENTS_OPEN.match(folded)) and begins_signature(text.strip()[opened.end() :]):
        return Role.RECIPIENTS
    if len(plain) < 80 and _gives_authority(text):
        return Role.AUTHORITY
    if _URGENCY.match(plain) and is_upper(text):
        return Role.URGENCY
    if _DRAFT.match(plain) and (is_upper(text) or text.strip().startswith(("(", "["))):
        return Role.DRAFT
    if is_upper(text) and len(plain) < 90 and (_ORGAN.match(plain) or _AREA.match(plain)):
        return Role.ORGAN
    return Role.TEXT


def number_part(text: str) -> str | None:
    """What stands behind "Số:" of a number line, ``""`` where it was left open, else ``None``."""
    found = _NUMBER.match(text.strip())
    if not found or len(text) > 48:
        return None
    number = found.group("number") or ""
    if not number:
        return ""
    folded = fold(number)
    if not _SYMBOL.search(folded) or re.search(r"\b(?:ngay|cua|va|tai|ve)\b", folded):
        return None
    return number


def kind_of(text: str) -> str | None:
    """The tên loại when the line is nothing else, in lower case: ``"BÁO CÁO"`` is ``"báo cáo"``."""
    if not is_upper(text):
        return None
    plain = letters(text)
    if plain in _FOLDED_KINDS:
        return _FOLDED_KINDS[plain]
    if re.match(r"^(?:thong bao )?ket luan(?: thanh tra| kiem tra)?$", plain):
        return "thông báo" if plain.startswith("thong bao") else "kết luận"
    # "B Á O  C Á O": spaced letters.
    joined = plain.replace(" ", "")
    if all(len(part) == 1 for part in plain.split()):
        return next(
            (kind for folded, kind in _FOLDED_KINDS.items() if folded.replace(" ", "") == joined), None
        )
    return None


def _gives_authority(text: str) -> bool:
    """Whether the words say for whom someone signs: ``"TM. ỦY BAN NHÂN DÂN"``, ``"T/M UBND HUYỆN"``."""
    if _AUTHORITY.match(text):
        return True
    found = _AUTHORITY_OPEN.match(text)
    return bool(found and _PRINCIPAL.match(fold(text[found.end() :])))


def is_signature_title(text: str) -> bool:
    """Whether the line is a signer's title in capitals: ``"PHÓ CHỦ TỊCH UBND HUYỆN"``."""
    return (
        is_upper(text) and len(text) < 70 and bool(_TITLE.match(fold(text).strip())) and kind_of(text) is None
    )


def is_small_title(text: str) -> bool:
    """Whether the line is nothing but a signer's title in small letters: ``"Phó Chủ tịch UBND huyện"``."""
    text = text.strip()
    found = _TITLE.match(fold(text))
    if not found or is_upper(text) or not text[0].isupper() or len(text) > 60:
        return False
    return all(
        (word[0].isupper() and word[-1].isalpha()) or word == "-" or fold(word) in _TITLE_WORDS
        for word in text[found.end() :].split()
    )


def signs_minutes(text: str) -> bool:
    """Whether the line says as what someone signs minutes: ``"ĐẠI DIỆN UBND XÃ"``, ``"CHỦ TRÌ"``."""
    return is_upper(text) and len(text) < 70 and bool(_OF_MINUTES.match(fold(text).strip()))


def led(title: str) -> bool:
    """Whether who signs minutes as ``title`` may have led the meeting: no secretary, not the other side."""
    return not _NOT_WHO_LED.match(fold(title).strip())


def begins_signature(text: str) -> bool:
    """Whether the words are an authority or a title in capitals, as in the right column of a closing."""
    return is_upper(text) and (_gives_authority(text) or is_signature_title(text))


def starts_organ(text: str) -> bool:
    """Whether the words begin the name of an organ ("UBND …", "PHÒNG …"), not of a place."""
    return bool(_ORGAN.match(letters(text)) or _COMMITTEE.match(text))


def starts_area(text: str) -> bool:
    """Whether the words begin with a kind of place ("HUYỆN …")."""
    return bool(_AREA.match(letters(text) + " ")) and not _COMMITTEE.match(text)


def _alike(plain: str, model: str) -> bool:
    if plain == model:
        return True
    if abs(len(plain) - len(model)) > 0.2 * len(model):
        return False
    matcher = SequenceMatcher(None, plain, model, autojunk=False)
    return matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE
