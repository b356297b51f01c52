"""The wording of what others put on a document: incoming stamps, copy stamps, digital signatures.

The incoming stamp is that of Nghị định 30/2020/NĐ-CP, Phụ lục IV ("ĐẾN, Số, Ngày, Chuyển, Số và ký hiệu
HS"), the forms of a copy those of its Điều 25 and Phụ lục I ("SAO Y", "SAO LỤC", "TRÍCH SAO"); the digital
signature's words are those of the signing programs in use ("Người ký, Email, Cơ quan, Thời gian ký",
"Signature Not Verified"). Layout uses them to keep such a block together, structure to keep it out of
the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pages import ZoneKind
from extract.vietnamese import UPPER, fold, is_upper

_DATE = r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}"
_CLOCK = r"\d{1,2}\s*:\s*\d{2}(?:\s*:\s*\d{2})?"
_OFFSET = r"(?:\s*(?:gmt|utc)?\s*[+-]\s*\d{1,2}\s*[:.']?\s*\d{2}'?)?"
_MOMENT = re.compile(
    rf"^(?:{_DATE}\s*,?\s*(?:luc\s*)?{_CLOCK}{_OFFSET}|{_CLOCK}{_OFFSET}(?:\s*,?\s*(?:ngay\s*)?{_DATE})?|"
    rf"{_DATE}|\d{{4}}[.-]\d{{2}}[.-]\d{{2}}(?:[ t]+{_CLOCK}{_OFFSET})?|[+-]\d{{2}}[:.']?\d{{2}}'?)$"
)
_STAMP_TIME = re.compile(rf"{_DATE}\s*,?\s*(?:luc\s*)?{_CLOCK}")

_SIGNED_BY = re.compile(
    r"^(?:(?:da |duoc )?ky (?:so |dien tu )?boi\s*[:;]?|nguoi ky(?: so)?\s*[:;]|digitally signed by\b|"
    r"signature (?:not verified|is valid|valid)\b|chu ky (?:chua|da|khong) (?:duoc )?(?:xac thuc|hop le))"
)
_SIGNED_FIELD = re.compile(
    r"^(?:e-?mail|co quan|to chuc|don vi|chuc vu|(?:thoi gian|ngay|gio) ky|date|reason|location|ly do|"
    r"dia diem|cn|ou?|dn|serial(?: number)?|subject|foxit [a-z ]*version|nguoi ky(?: so)?)\s*[:;=]"
)
_SIGNING_TIME = re.compile(r"\b(?:thoi gian|ngay|gio) ky\s*[:;]?\s*\d")
_SIGNED_WITHOUT_HEAD = re.compile(r"^(?:e-?mail|co quan)\s*[:;]")
_SIGNED_INSIDE = re.compile(r"(?<=\S)\s+(?=(?:Người ký|(?:Được )?[Kk]ý (?:số )?bởi)\s*:)")

_ARRIVED = re.compile(r"^(?:(?:cong van|van ban|cv|vb)\s+)?den(?![a-z])\W*")
_ARRIVED_FIELD = re.compile(
    r"^(?:(?:so|s[0o6])\s*(?:(?:cong van |cv |vb )?den)?\s*[:.;…]*\s*[\d\s.…_-]*|"
    rf"ngay\s*(?:den|nhan)?\s*[:.;…]*\s*(?:{_DATE}|[\d\s./…_-]*)|"
    r"(?:kinh )?chuyen\s*[:;.…].*|gio\s*(?:den)?\s*[:.;…\d].*|"
    r"(?:so va )?ky hieu (?:hs|ho so)\b.*|so va ky hieu hs.*|luu (?:hs|ho so)(?: so)?\s*[:.;…].*)$"
)
_ARRIVED_RUNNING = re.compile(r"^(?:so|ngay|chuyen|gio)\s*(?:den)?\s*[:.;…\d]")

_COPIED = re.compile(
    r"^(?:(?:sao (?:y|vy|yv)|sao luc|trich sao)(?: ban (?:chinh|goc|sao))?|"
    r"chung thuc ban sao(?: dung voi ban chinh)?|"
    r"ban sao(?=\W*$))"
    r"(?![a-z])\s*[;:.,(-]?\s*"
)
"""What a copy is called, and how engines misread the Y."""
_COPY_TIME = re.compile(r"^(?:thoi gian|ngay gio)\b.{0,3}(?=\d)")
_BODY_NAMED = re.compile(r"[;:]\s*$")
"""Between the form of a copy and whoever made it: "SAO Y; Xã Khe Mận" (Nghị định 30/2020, Phụ lục I)."""
_NAME = 60
_COPYING_BODY = re.compile(r"^(?:ubnd|uy ban|hdnd|hoi dong|so |phong |van phong|ban |chi cuc|trung tam|bo )")
_CERTIFIED = re.compile(r"^(?:so chung thuc|quyen so|ngay )")
COPY_NUMBER = re.compile(
    rf"^(?i:S[ốoóô])\s*[:.]?\s*\d*\s*/\s*(?:\d{{4}}\s*/\s*)?(?:SY|SL|TrS|TRS)\s*[-(–{UPPER}]"
)
"""The number line of a copy's own form: "Số: 05/SY-UBND"."""
_STOPS = re.compile(r"cong hoa xa|^doc lap\b|^dang cong san|^kinh gui\b|^noi nhan\b|^v/v\b")
_LONG = 100
_BLOCK = 10


def begins(text: str) -> ZoneKind | None:
    """The kind of block that the line may begin; what follows has to confirm it (:func:`extent`)."""
    flat = fold(text).strip(" \t*_[(")
    if _SIGNED_BY.match(flat) or _SIGNED_WITHOUT_HEAD.match(flat):
        return "digital_signature"
    if (found := _ARRIVED.match(flat)) and is_upper(text.strip(" \t*_[(")[: found.end()]):
        return "incoming_stamp"
    if (found := _COPIED.match(flat)) and (
        is_upper(text.strip(" \t*_[(")[: found.end()]) or found.end() == len(flat)
    ):
        return "copy_stamp"
    return None


def extent(texts: Sequence[str]) -> tuple[ZoneKind, int] | None:
    """How many of the lines, from the first on, are one block of a stamp or signature.

    ``None`` where the first line begins none, or what follows does not bear it out: the words "sao y" or
    "đến" alone are text.
    """
    kind = begins(texts[0]) if texts else None
    if kind == "digital_signature":
        count = _signature(texts)
    elif kind == "incoming_stamp":
        count = _arrival(texts)
    elif kind == "copy_stamp":
        count = _copy(texts)
    else:
        return None
    return (kind, count) if count and kind else None


def is_arrival_field(text: str) -> bool:
    """Whether the line is one of the incoming stamp's own ("Số: 1234", "Ngày: 05/9/2021", "Chuyển: …")."""
    return bool(_ARRIVED_FIELD.match(fold(text).strip()))


def is_moment(text: str) -> bool:
    """Whether the line is nothing but a date or a time, as a signing program prints it."""
    return bool(_MOMENT.match(fold(text).strip()))


def inked(text: str) -> ZoneKind | None:
    """The kind of a block known to be in a stamp's ink: by its beginning, or by the time of day in it.

    Of an electronic copy's and a signing program's blocks each tells when it was made (Điều 25).
    """
    kind = begins(text)
    if kind is None and _STAMP_TIME.search(fold(text)):
        return "copy_stamp" if fold(text).startswith("sao") else "digital_signature"
    return kind


def signature_inside(text: str) -> int | None:
    """Where, inside a line, a whole digital signature block begins that ran into it, else ``None``."""
    found = _SIGNED_INSIDE.search(text)
    return found.end() if found and _SIGNING_TIME.search(fold(text[found.end() :])) else None


def _stops(text: str) -> bool:
    return len(text) > _LONG or bool(_STOPS.search(fold(text).strip()))


def _signature(texts: Sequence[str]) -> int:
    first = fold(texts[0]).strip(" \t*_[(")
    whole = _SIGNING_TIME.search(first) is not None
    last, proofs, wrapped = 0, int(whole), 0
    has_time = whole
    for index, text in enumerate(texts[1:_BLOCK], start=1):
        flat = fold(text).strip()
        field = _SIGNED_FIELD.match(flat) or _SIGNED_BY.match(flat)
        if _stops(text) and not _SIGNING_TIME.search(flat):
            break
        if field or is_moment(text) or _SIGNING_TIME.search(flat):
            last, wrapped, proofs = index, 0, proofs + 1
            has_time = has_time or bool(re.search(r"\d[./:-]\d", flat))
        elif wrapped == 2:
            break
        else:
            wrapped += 1
            if texts[index - 1].rstrip().endswith((":", ",", "-")) and last == index - 1:
                last = index  # a value on the line below its label
    if not proofs or (_SIGNED_WITHOUT_HEAD.match(first) and not has_time):
        return 0
    return last + 1


def _arrival(texts: Sequence[str]) -> int:
    flat = fold(texts[0]).strip(" \t*_[(")
    found = _ARRIVED.match(flat)
    rest = flat[found.end() :] if found else ""
    if rest and not (_ARRIVED_RUNNING.match(rest) and len(rest) < 90):
        return 0
    last = 0
    for index, text in enumerate(texts[1:7], start=1):
        if not is_arrival_field(text):
            break
        last = index
    return last + 1 if last or rest else 0


def _copy(texts: Sequence[str]) -> int:
    flat = fold(texts[0]).strip(" \t*_[(")
    found = _COPIED.match(flat)
    rest = flat[found.end() :] if found else ""
    capitals = is_upper(texts[0].strip(" \t*_[(")[: found.end()] if found else "")
    named = found is not None and capitals and _BODY_NAMED.search(found.group()) and len(rest) < _NAME
    if rest and not (named or _COPYING_BODY.match(rest) or is_moment(rest) or _STAMP_TIME.search(rest)):
        return 0
    last = 0
    for index, text in enumerate(texts[1:7], start=1):
        line = fold(text).strip()
        if _stops(text):
            break
        timed = _COPY_TIME.match(line) and _STAMP_TIME.search(line)
        if (
            is_moment(text)
            or timed
            or _SIGNED_FIELD.match(line)
            or _SIGNED_BY.match(line)
            or _CERTIFIED.match(line)
        ):
            if _CERTIFIED.match(line) and not re.search(r"\d", line):
                break
            last = index
        elif _COPYING_BODY.match(line) and last == index - 1:
            following = texts[index + 1] if index + 1 < len(texts) else ""
            if is_upper(text) and not is_moment(following):
                break  # as likely the issuer in the head
            last = index
        else:
            break
    # "Sao y bản chính" in small letters could be any line's words
    return last + 1 if last or rest or capitals else 0
