"""The closing of a document: Nơi nhận, quyền hạn, chức vụ, the signer's name."""

from __future__ import annotations

import re

from extract.document import HeaderField, Span
from extract.structure.paragraphs import Block
from extract.structure.roles import Role, role_of, starts_area
from extract.structure.zones import is_person, is_signature_title
from extract.vietnamese import is_upper

_CARRIES_ON = re.compile(r"^(?:T\.?M|K\.?T|T\.?L|TUQ|Q)\b|^(?:TM|KT|TL|TUQ|Q)\.", re.IGNORECASE)


def read_closing(text: str, blocks: list[Block]) -> dict[str, HeaderField]:
    """``copies``, ``authority``, ``signer_title`` and ``signer`` of the closing's lines."""
    lines = [(text[slice(*span)], span) for block in blocks for span in block.line_spans]
    fields: dict[str, HeaderField] = {}
    copies: list[tuple[str, Span]] = []
    authority: list[tuple[str, Span]] = []
    titles: list[tuple[str, Span]] = []
    in_copies = False
    for words, span in lines:
        role = role_of(words)
        if role is Role.RECIPIENTS:
            in_copies = True
            rest = re.sub(r"^[^:]*:?\s*", "", words)
            if rest:
                copies.append((rest, span))
        elif role is Role.AUTHORITY:
            in_copies = False
            authority.append((words, span))
        elif is_signature_title(words):
            in_copies = False
            titles.append((words, span))
        elif (
            authority and not titles and is_upper(words) and starts_area(words) and _wrapped(authority[-1][0])
        ):
            authority[-1] = (f"{authority[-1][0]} {words}", (authority[-1][1][0], span[1]))
        elif (authority or titles) and is_upper(words) and not is_person(words) and not in_copies:
            titles.append((words, span))
        elif "signer" not in fields and (authority or titles) and is_person(words) and not _is_item(words):
            fields["signer"] = HeaderField(" ".join(words.split()), 0.95, span)
        elif in_copies:
            if copies and not _is_item(words) and not copies[-1][0].rstrip().endswith((";", ".", ",")):
                copies[-1] = (f"{copies[-1][0]} {words}", (copies[-1][1][0], span[1]))
            else:
                copies.append((words, span))
    names = tuple(name for words, _ in copies if (name := words.strip(" -–+;.,")))
    if names:
        fields["copies"] = HeaderField(names, 0.93, (copies[0][1][0], copies[-1][1][1]))
    if authority:
        fields["authority"] = _joined(authority)
    if titles:
        fields["signer_title"] = _joined(titles)
    elif authority and len(authority) > 1:
        fields["authority"], fields["signer_title"] = _joined(authority[:1]), _joined(authority[1:])
    elif authority and not authority[0][0].upper().startswith(("TM", "T/M")):
        fields["signer_title"] = _joined(authority)
    return fields


def _is_item(words: str) -> bool:
    return words.lstrip().startswith(("-", "–", "+"))


def _wrapped(words: str) -> bool:
    """Whether the authority's line broke off before the place: ``"TM. ỦY BAN NHÂN DÂN"`` / ``"HUYỆN …"``."""
    return not re.search(r"(?:HUYỆN|XÃ|TỈNH|THỊ TRẤN|THÀNH PHỐ|QUẬN|PHƯỜNG|THỊ XÃ)\b", words)


def _joined(lines: list[tuple[str, Span]]) -> HeaderField:
    return HeaderField(" ".join(words for words, _ in lines), 0.95, (lines[0][1][0], lines[-1][1][1]))
