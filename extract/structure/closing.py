"""The closing of a document: Nơi nhận, quyền hạn, chức vụ, the signer's name.

The form sets it in two columns, the recipients on the left and the signature on the right. Files
whose columns ran together print a piece of both on one line ("- Như Điều 4; PHÓ CHỦ TỊCH"), so every
line is first cut into what can stand in one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.document import HeaderField, Span
from extract.structure.paragraphs import Block
from extract.structure.roles import (
    Role,
    begins_signature,
    is_signature_title,
    is_small_title,
    led,
    role_of,
    signs_minutes,
    starts_area,
)
from extract.structure.zones import is_person, only_signed, person_of
from extract.vietnamese import is_upper

_Piece = tuple[str, Span]
_MARK = re.compile(r"[*_]*nơi (?:nhận|gửi)\s*[:;.]?\s*", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_KEEPS_TITLE = re.compile(
    r"(?:T[./]?M|K[./]?T|T[./]?L|T[./]?[UƯ][./]?Q|Q|P)\s*[./:]?|PHÓ|QUYỀN|CỦA|VÀ|NGUYÊN"
)
"""What before a title makes it part of its own words: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"."""
_FOR_ALL = re.compile(r"T[./]?M", re.IGNORECASE)
_FOR_ANOTHER = re.compile(r"(?:K[./]?\s?T|T[./]?\s?L|T[./]?\s?[UƯ][./]?\s?Q)\s*[./:]", re.IGNORECASE)
"""Says for whom someone signs: the signer's own title stands below it, and may have been lost."""
_ONE_OF_SEVERAL = 0.7
"""How sure a signature is the document's where several people sign."""
_FILED = re.compile(r"[-–+•*\s]*lưu\b", re.IGNORECASE)
_FILED_THEN_NAME = re.compile(r"[-–+•*\s]*Lưu\b[^.]*\.\s+(?=\S)")
_KEPT = r"[Ll]ưu(?=\s*:|\s*\.?$|\s+(?:[VHTĐ]\w*|hồ sơ|văn)\b)"
"""What is filed ("Lưu: VT"), not a place of that name ("xã Lưu Kiếm")."""
_ITEMS = re.compile(rf"(?<=[;,.])\s*[-–+•]\s+|;\s*[-–+•]\s*|\s[-–]\s(?={_KEPT})|[;,.]\s*(?={_KEPT})")
_RUNNING_ITEMS = re.compile(rf"{_ITEMS.pattern}|;\s*")


def read_closing(text: str, blocks: list[Block], *, minutes: bool = False) -> dict[str, HeaderField]:
    """``copies``, ``authority``, ``signer_title`` and ``signer`` of the closing's lines.

    Of several signatures one below or beside the other the first is the document's; of those of minutes
    (biên bản) the last of those who may have led the meeting.
    """
    fields: dict[str, HeaderField] = {}
    copies: list[_Piece] = []
    authority: list[_Piece] = []
    titles: list[_Piece] = []
    signatures: list[tuple[HeaderField, list[_Piece], list[_Piece]]] = []
    marked = in_copies = filed = False
    for words, span in _pieces(text, blocks):
        role = role_of(words)
        if only_signed(words):
            continue
        if "signer" in fields and (role is Role.AUTHORITY or _is_title(words)):
            if not minutes:
                continue
            signatures.append((fields.pop("signer"), authority, titles))
            authority, titles = [], []
        if role is Role.RECIPIENTS:
            marked = in_copies = True
        elif role is Role.AUTHORITY:
            in_copies = False
            authority.append((words, span))
        elif _is_title(words) or (
            is_small_title(words) and (authority or titles or not in_copies or _ended(copies))
        ):
            in_copies = False
            titles.append((words, span))
        elif (
            authority and not titles and is_upper(words) and starts_area(words) and _wrapped(authority[-1][0])
        ):
            authority[-1] = (f"{authority[-1][0]} {words}", (authority[-1][1][0], span[1]))
        elif (
            (authority or titles)
            and "signer" not in fields
            and is_upper(words)
            and not is_person(words)
            and not in_copies
            and not _is_item(words)
        ):
            titles.append((words, span))
        elif "signer" not in fields and (authority or titles) and is_person(words) and not _is_item(words):
            fields["signer"] = _signer(words, span)
        elif in_copies or (marked and not filed and (_is_item(words) or _FILED.match(words))):
            filed = filed or bool(_FILED.match(words))
            if copies and not _is_item(words) and not copies[-1][0].rstrip().endswith((";", ".", ",")):
                copies[-1] = (f"{copies[-1][0]} {words}", (copies[-1][1][0], span[1]))
            else:
                copies.append((words, span))
    if "signer" in fields:
        signatures.append((fields.pop("signer"), authority, titles))
    if signatures:
        leading = [one for one in signatures if led((one[1] + one[2])[0][0])] if minutes else []
        fields["signer"], authority, titles = (leading or signatures)[-1]
    names = tuple(name for words, _ in copies for name in _items(words))
    if names:
        fields["copies"] = HeaderField(names, 0.93, (copies[0][1][0], copies[-1][1][1]))
    if authority:
        fields["authority"] = _joined(authority)
    if titles:
        fields["signer_title"] = _joined(titles)
    elif authority and len(authority) > 1:
        fields["authority"], fields["signer_title"] = _joined(authority[:1]), _joined(authority[1:])
        if _FOR_ANOTHER.match(authority[-1][0]):
            fields["authority"] = _joined(authority)
            del fields["signer_title"]
    elif authority and not _FOR_ALL.match(authority[0][0]) and not _FOR_ANOTHER.match(authority[0][0]):
        fields["signer_title"] = replace(_joined(authority), confidence=0.6)
    if len(signatures) > 1:
        for name in ("authority", "signer_title", "signer"):
            if name in fields:
                fields[name] = replace(fields[name], confidence=_ONE_OF_SEVERAL)
    return fields


def _is_title(words: str) -> bool:
    return is_signature_title(words) or signs_minutes(words)


def _pieces(text: str, blocks: list[Block]) -> Iterator[_Piece]:
    """The closing's lines cut where recipients, authority, title and name stand on one line."""
    for block in blocks:
        for a, b in block.line_spans:
            cuts = [0, *_cuts(text[a:b]), b - a]
            for start, stop in pairwise(cuts):
                words = text[a + start : a + stop]
                # The dash of "KT. CHỦ TỊCH - PHÓ CHỦ TỊCH" belongs to neither.
                bare = re.sub(r"[\s\-–/|]+$", "", words) if stop < b - a else words.rstrip()
                if bare:
                    yield bare, (a + start, a + start + len(bare))


def _cuts(line: str) -> Iterator[int]:
    """Where new pieces begin inside ``line``."""
    start = 0
    if role_of(line) is Role.RECIPIENTS and (mark := _MARK.match(line)) and mark.end() < len(line):
        start = mark.end()
        yield start
    filed = _FILED_THEN_NAME.match(line, start)
    if filed and is_person(line[filed.end() :]):
        yield filed.end()
        return
    inside = False
    before: str | None = None
    for word in _WORD.finditer(line, start):
        rest = line[word.start() :]
        if before is None:
            inside = _signs(rest)
        elif inside and not is_upper(word.group()) and (is_person(rest) or is_small_title(rest)):
            yield word.start()
            return
        elif (
            is_upper(word.group())
            and not _KEEPS_TITLE.fullmatch(before)
            and _signs(rest)
            and (inside or _leaves_recipients(line[start : word.start()]))
        ):
            yield word.start()
            inside = True
        before = word.group()


def _signs(rest: str) -> bool:
    """Whether ``rest`` is an authority or title in capitals, with nothing but the name behind it."""
    words = list(_WORD.finditer(rest))
    small = (at for at, word in enumerate(words) if word.group() != word.group().upper())
    size = next(small, len(words))
    if not size or not begins_signature(rest[: words[size - 1].end()]):
        return False
    behind = rest[words[size].start() :] if size < len(words) else ""
    return not behind or is_person(behind) or is_small_title(behind) or only_signed(behind)


def _leaves_recipients(left: str) -> bool:
    """Whether the words before a signature are a recipient's; "- TT HĐND, CHỦ TỊCH UBND" is one itself."""
    return bool(re.search(r"[^\W\d_]", left)) and (not is_upper(left) or bool(_FILED.match(left)))


def _items(words: str) -> Iterator[str]:
    """The recipients of one entry: several where they were not given a line each."""
    dashed = words.lstrip().startswith(("-", "–", "+", "•", "*"))
    # "- Các phòng, ban; UBND các xã;" is one entry of a list, "Như trên; Sở Nội vụ; Lưu: VT." are three.
    running = not dashed and re.search(rf"[;,]\s*{_KEPT}", words)
    for part in (_RUNNING_ITEMS if running else _ITEMS).split(words):
        if name := re.sub(r"\.?/\.?$", "", part.strip()).strip(" -–+•*;.,"):
            yield name


def _ended(copies: list[_Piece]) -> bool:
    """Whether the list of recipients is over: closed by a full stop, or at what is filed."""
    return bool(copies) and (copies[-1][0].rstrip().endswith(".") or bool(_FILED.match(copies[-1][0])))


def _signer(words: str, span: Span) -> HeaderField:
    name = person_of(words) or words
    at = words.find(name)
    place = (span[0] + at, span[0] + at + len(name)) if at >= 0 else span
    return HeaderField(name, 0.95, place)


def _is_item(words: str) -> bool:
    return words.lstrip().startswith(("-", "–", "+", "•"))


def _wrapped(words: str) -> bool:
    """Whether the authority's line broke off before the place: ``"TM. ỦY BAN NHÂN DÂN"`` / ``"HUYỆN …"``."""
    return not re.search(r"(?:HUYỆN|XÃ|TỈNH|THỊ TRẤN|THÀNH PHỐ|QUẬN|PHƯỜNG|THỊ XÃ)\b", words)


def _joined(lines: list[_Piece]) -> HeaderField:
    joined = " ".join(words for words, _ in lines).strip(" '‘’`´\"“”*_-–|,;:")
    return HeaderField(joined, 0.95, (lines[0][1][0], lines[-1][1][1]))
