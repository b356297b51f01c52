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

from extract.vietnamese import UPPER, fold, is_upper


class Role(Enum):
    """The component of the form that a line belongs to."""

    NATION = "quốc hiệu"
    MOTTO = "tiêu ngữ"
    NUMBER = "số, ký hiệu"
    DATE = "địa danh, thời gian"
    KIND = "tên loại"
    ABOUT = "trích yếu công văn"
    ADDRESSEES = "kính gửi"
    RECIPIENTS = "nơi nhận"
    AUTHORITY = "quyền hạn"
    ORGAN = "cơ quan"
    URGENCY = "độ khẩn, độ mật"
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
_MOTTO = "doc lap tu do hanh phuc"
_NUMBER = re.compile(r"^s[oố]\s*[:.]?\s*(?P<number>\S.{0,40})?$", re.IGNORECASE)
_SYMBOL = re.compile(r"\d*\s*/|/\s*[a-z]|[-–]\s*[a-z]{2}")
_DATE = re.compile(r"\bngay\b.{0,12}\bthang\b.{0,10}\bnam\s*\d{0,4}\s*$")
_ABOUT = re.compile(r"^(?:v/v|ve viec)\b")
_ADDRESSEES = re.compile(r"^kinh gui\b")
_RECIPIENTS = re.compile(r"^noi nhan\s*:?$|^noi nhan\s*:")
_AUTHORITY = re.compile(rf"^(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*[./]\s*[{UPPER}]")
_ORGAN = re.compile(
    r"^(?:uy ban|ubnd|hoi dong|hdnd|so |phong |ban |doan |to |trung tam|thanh tra|chi cuc|van phong|"
    r"cong an|bo |tong cuc|cuc |dang uy|huyen uy|tinh uy|thanh uy|truong |benh vien|kho bac|chinh phu)"
)
_AREA = re.compile(r"^(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu) ")
_ALIKE = 0.85
_URGENCY = re.compile(r"^(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat)$")


def letters(text: str) -> str:
    """``text`` folded, with everything but letters and digits as single blanks."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


@lru_cache(maxsize=1 << 16)
def role_of(text: str) -> Role:
    """The role of one line by its words alone; :attr:`Role.TEXT` when it has no special one."""
    folded = fold(text).strip()
    plain = letters(text)
    if not plain:
        return Role.RULE
    if _NATION in plain or (len(plain) < 50 and _alike(plain, _NATION)):
        return Role.NATION
    if _MOTTO in plain or (len(plain) < 40 and _alike(plain, _MOTTO)):
        return Role.MOTTO
    if number_part(text) is not None:
        return Role.NUMBER
    if len(plain) < 80 and _DATE.search(folded.rstrip(" .,;")) and not folded.startswith(("can cu", "theo ")):
        return Role.DATE
    if kind_of(text):
        return Role.KIND
    if _ABOUT.match(folded):
        return Role.ABOUT
    if _ADDRESSEES.match(folded):
        return Role.ADDRESSEES
    if _RECIPIENTS.match(folded):
        return Role.RECIPIENTS
    if _AUTHORITY.match(text) and len(plain) < 80:
        return Role.AUTHORITY
    if _URGENCY.match(plain) and is_upper(text):
        return Role.URGENCY
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


def starts_organ(text: str) -> bool:
    """Whether the words begin the name of an organ ("UBND …", "PHÒNG …"), not of a place."""
    return bool(_ORGAN.match(letters(text)))


def starts_area(text: str) -> bool:
    """Whether the words begin with a kind of place ("HUYỆN …")."""
    return bool(_AREA.match(letters(text) + " "))


def _alike(plain: str, model: str) -> bool:
    if plain == model:
        return True
    if abs(len(plain) - len(model)) > 0.2 * len(model):
        return False
    matcher = SequenceMatcher(None, plain, model, autojunk=False)
    return matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE
