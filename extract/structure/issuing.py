"""Whether a recognised issuing body can be whole: its words, its axis, and what signs for it.

A stamp or a fold takes a line of the head away, and what is left is read surely: the place without its body
("HUYỆN NÀ LẦU"), the body without its place, or the superior in the place of the issuer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.document import HeaderField, PlacedWord
from extract.official import Official
from extract.structure.signing import off_axis, rows_of
from extract.vietnamese import fold

_BROKEN = 0.5
_COMMITTEE = re.compile(r"^(?:ubnd|uy ban nhan dan)\b")
_LOST_BODY = re.compile(r"^(?:huyen|xa|tinh|quan|thi xa|thanh pho|phuong|thi tran|dac khu) (?!uy\b)")
_BARE = re.compile(r"^(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|so|phong|ban|van phong \w+|trung tam)$")
"""What is no body without the place or the branch that it lost."""


def issuer_ceiling(
    issuer: HeaderField, parts: Official, under: Sequence[PlacedWord], fields: dict[str, HeaderField]
) -> float:
    """The most that the confidence of a recognised issuer may be, by the form."""
    folded = fold(issuer.value)
    if parts.rest or _BARE.match(folded) or _LOST_BODY.match(folded):
        return _BROKEN
    rows = rows_of(under)
    if len(rows) > 1 and off_axis(rows, ()):
        return _BROKEN
    return _BROKEN if _contradicted(folded, fields) else 1.0


def _contradicted(issuer: str, fields: dict[str, HeaderField]) -> bool:
    """Whether the number's symbol or the authority names another kind of body than the issuer."""
    signed = fold(fields["authority"].value) if "authority" in fields else ""
    number = fold(fields["number"].value) if "number" in fields else ""
    title = fold(fields["signer_title"].value) if "signer_title" in fields else ""
    committee = _COMMITTEE.match(issuer) is not None
    says = bool(re.search(r"\b(?:ubnd|uy ban nhan dan|chu tich)\b", f"{signed} {title}")) or "ubnd" in number
    others = re.search(
        r"\b(?:giam doc|truong (?:phong|ban|doan)|chanh (?:thanh tra|van phong)|chu nhiem|bi thu)\b",
        f"{signed} {title}",
    )
    if committee:
        # a head of an office signs for the committee only by order (TL., TUQ.) of its chairman
        return bool(others) and not says
    return "ubnd" in number and not re.search(r"^(?:doan|to|ban|van phong|hoi dong)\b", issuer)
