"""How far recognised words can carry a header field: lower its confidence, or leave the field open.

Number and day are written by hand on most papers, and a recogniser reads a hand-written 1535 as 4235
without doubting it. So a number or date of a scan is stated only where the picture shows print and every
digit is sure; what rests on less is kept as a proposal. Typed words (without confidence) are believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.citations.grammar import body_of_symbol
from extract.document import HeaderField, PlacedWord, Proposal, Span
from extract.official import official
from extract.pages import Caution, Zone, union
from extract.reading.spelling.vietnamese import kind as syllable_kind
from extract.structure.issuing import issuer_ceiling
from extract.structure.signing import by_form, with_ceiling
from extract.structure.wording import is_official_wording
from extract.vietnamese import LOWER, UPPER, fold

SURE_DIGITS = 0.88
"""Word confidence from which a printed word with digits is believed; clean ones have 0.90 to 0.97."""
_FAIR_DIGITS = 0.72
"""Below this they are given with half the confidence."""
SURE_WORDS = 0.85
"""Word confidence from which other words are."""
_BORNE_OUT = 0.74
"""The same where something else bears the word out: its neighbours, the form, the text below."""
_DOUBTFUL = 0.6
"""Word confidence below which a field made of it is open or a guess."""
_FACTORS = (1.0, 0.8, 0.55)
_NUMBER = re.compile(r"\d{1,5}[acdeACDE]?(?:/(?:19|20)\d\d)?[/-][^\W\d_][\w&.,/-]*")
"""A number as a recogniser may be believed: a letter that looks like a digit (O, l, S, B, b) is none."""
_MIXED = frozenset(("TTr", "CTr", "QyĐ", "TTg", "TrS", "ThU", "HĐTĐKT"))
"""Parts of symbols that are not all capitals (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""
_POOR = 0.035
"""Share of doubtful words from which a page reads badly; clean scans have 0.01 to 0.02."""
_FREE = ("subject", "issuer", "issuer_parent", "signer", "place")
"""Fields of free wording: no grammar would notice a wrong tone mark in them."""
_NAMED = ("issuer", "issuer_parent", "signer")
"""Fields that end in a proper name. One wrong mark ("Phan", "Phán") leaves a name all the same, and
recognisers are sure of it: such a name is stated surely only where the document has it twice, or where two
looks at it agree."""
_ONCE = 0.8
_ALIKE = re.compile(r"[âêôấếốứÂÊÔẤẾỐỨ]|[yY]$")
"""Marks that every look misreads alike: an acute over a hat may be a hook, a bare hat may have lost its tone
("tôn tại"), a y its dot."""
_COVERED = ("issuer", "issuer_parent", "subject", "signer", "kind")
"""Fields that lose a word or a line to what lies over them, and nothing in what is left shows it. A title
under a seal is held against its authority instead."""
_STAMPS = ("incoming_stamp", "copy_stamp")
_MARKS = (*_STAMPS, "seal", "digital_signature", "handwriting")
_READ_BY = "handwriting"
_LAYER = "text layer"
_INCOMPLETE = "incomplete reading"
_NAMES = {"number": "số, ký hiệu", "date": "ngày ban hành"}


@dataclass(slots=True)
class Doubted:
    """Header fields after the doubt, what to say about them, and readings that were not believed."""

    fields: dict[str, HeaderField]
    cautions: list[Caution] = field(default_factory=list)
    proposals: dict[str, list[Proposal]] = field(default_factory=dict)


def doubt(
    fields: dict[str, HeaderField],
    words: Sequence[PlacedWord],
    ink: dict[str, bool] | None = None,
    marks: Sequence[Zone] = (),
) -> Doubted:
    """The fields as sure as the words that they rest on.

    Args:
        fields: Header fields by the wording alone.
        words: The words of the document; those without confidence are typed.
        ink: Whether handwriting that gave no word stands in the place of ``"number"`` or ``"date"``.
        marks: Seals, stamps and handwriting on the document's pages.
    """
    out = Doubted({})
    ink = ink or {}
    poor = _is_poor(words)
    by_hand = {name for name, there in ink.items() if there}
    read, fields = fields, by_form(fields, words)
    for name in read.keys() - fields.keys():
        out.proposals[name] = [Proposal(read[name].value, _INCOMPLETE, 0.3)]
    for name, found in fields.items():
        under = [] if found.span is None else _under(found.span, words)
        if name in _NAMES:
            if any(placed.word.hand for placed in under):
                by_hand.add(name)
            kept = _strict(name, found, under, by_hand=name in by_hand)
            if kept is None:
                source = _LAYER if _is_foreign(under) else _READ_BY
                out.proposals[name] = [Proposal(found.value, source, 0.3)]
                by_hand.add(name)
                continue
        else:
            # a subject that opens with a small letter has lost its first words, under a stamp or a fold
            cut = name == "subject" and str(found.value)[:1].islower()
            # a name in capitals is rather what a seal left of a title ("ĂN PHÒNG")
            signer = read.get("signer")
            sealed = name in ("signer", "signer_title") and signer is not None and signer.value.isupper()
            checked, most = _checked(name, found, under, words, fields)
            if name == "issuer" and any(one.word.confidence is not None for one in under):
                found = replace(found, value=official(found.value).text)
            wanted = _BORNE_OUT if checked else SURE_WORDS
            unsure = (poor and name in _FREE and not checked) or cut or sealed
            kept = _loose(found, under, poor=unsure, wanted=wanted)
            seen_through = name == "signer" and checked
            if name in _COVERED and not seen_through and _is_covered(under, marks):
                most = min(most, _ONCE)
            kept = with_ceiling(kept, most)
        out.fields[name] = kept
    if "number" in out.proposals and "kind" in fields and fields["kind"].span == fields["number"].span:
        kind = out.fields["kind"]
        out.fields["kind"] = replace(kind, confidence=min(kind.confidence, 0.8))
    if by_hand:
        named = " và ".join(_NAMES[name] for name in sorted(by_hand, reverse=True))
        said = f"Phần {named} của văn bản viết tay hoặc không rõ. Cần đối chiếu bản gốc."
        out.cautions.append(Caution("handwritten", said))
    return out


def _checked(
    name: str,
    found: HeaderField,
    under: Sequence[PlacedWord],
    words: Sequence[PlacedWord],
    fields: dict[str, HeaderField],
) -> tuple[bool, float]:
    """Whether something vouches for every word of a recognised field, and the most its confidence may be."""
    if found.span is None or all(one.word.confidence is None for one in under):
        return False, 1.0
    if name == "subject":
        fits = is_official_wording(under, words)
        return fits, 1.0 if fits else _ONCE
    if name == "signer_title":
        return official(found.value).whole, 1.0
    if name not in _NAMED:
        return False, 1.0
    again = _stands_again(under, words, found.span)
    if name == "signer":
        # a slip that recognisers always make they make at both places
        sure = (again and not any(_slips(one) for one in under)) or _reads_twice(under)
        return sure, 1.0 if sure else _ONCE
    parts = official(found.value)
    most = issuer_ceiling(found, parts, under, fields) if name == "issuer" else 1.0
    return parts.whole or again, most if parts.whole or again else min(most, _ONCE)


def _under(span: Span, words: Sequence[PlacedWord]) -> list[PlacedWord]:
    return [placed for placed in words if placed.start < span[1] and placed.end > span[0]]


def _reads_twice(under: Sequence[PlacedWord]) -> bool:
    """Whether two looks at a name agree on words in which neither look is likely to be wrong."""
    return all(
        one.word.twice
        and one.word.raw is None
        and (one.word.confidence or 0.0) >= SURE_WORDS
        and not _slips(one)
        for one in under
    )


def _slips(one: PlacedWord) -> bool:
    """Whether a word has a mark that every look misreads alike."""
    return _ALIKE.search(one.word.text) is not None


def _is_covered(under: Sequence[PlacedWord], marks: Sequence[Zone]) -> bool:
    """Whether a mark lies over a recognised field, or a stamp over the room of a line below it."""
    boxes = [one.word.box for one in under if one.word.box is not None and one.word.confidence is not None]
    box = union(boxes)
    if box is None:
        return False
    below = box[3] + max(one[3] - one[1] for one in boxes)
    return any(
        zone.kind in _MARKS
        and zone.box is not None
        and zone.page == under[0].page
        and min(zone.box[2], box[2]) > max(zone.box[0], box[0])
        and min(zone.box[3], below if zone.kind in _STAMPS else box[3]) > max(zone.box[1], box[1])
        for zone in marks
    )


def _is_foreign(under: Sequence[PlacedWord]) -> bool:
    """Whether digits come from the unseen text layer of a scan: nobody looked whether they are printed.

    Words of a layer have a font, and a confidence only where another program recognised them.
    """
    return any(
        placed.word.font is not None
        and placed.word.confidence is not None
        and any(letter.isdigit() for letter in placed.word.text)
        for placed in under
    )


def _strict(
    name: str, found: HeaderField, under: Sequence[PlacedWord], *, by_hand: bool
) -> HeaderField | None:
    """Number or date: as it is where print and digits are sure, less sure where not quite, else ``None``."""
    seen = [placed.word for placed in under if placed.word.confidence is not None]
    if not seen and not by_hand:
        return found
    if by_hand or _is_foreign(under):
        return None
    digits = [word.confidence or 0.0 for word in seen if any(letter.isdigit() for letter in word.text)]
    rest = [word.confidence or 0.0 for word in seen if not any(letter.isdigit() for letter in word.text)]
    worst = min(digits, default=0.0)
    if name == "number" and not _NUMBER.fullmatch(found.value):
        return None
    if worst < _DOUBTFUL:
        return None
    factor = 1.0
    if worst < _FAIR_DIGITS or min(rest, default=1.0) < _DOUBTFUL:
        factor = 0.5
    elif worst < SURE_DIGITS:
        factor = 0.75
    elif name == "number" and not _is_known_symbol(found.value):
        factor = 0.8  # "233/TB-U": the recogniser may have lost its end
    elif name == "number" and sum(word.text[:1].isdigit() for word in seen) > 1:
        factor = 0.6  # "13 10/UBND": put together from pieces
    return replace(found, confidence=round(found.confidence * factor, 4))


def _is_known_symbol(number: str) -> bool:
    """Whether the symbol ends in a body that the grammar knows, or in a unit's own letters behind one."""
    parts = re.split(r"[-–/&]", number)
    if any(part != part.upper() and part not in _MIXED for part in parts[1:]):
        return False  # "TIr" for "TTr"
    return len(parts[-1]) > 1 and any(body_of_symbol(part) is not None for part in parts[1:])


def _loose(
    found: HeaderField, under: Sequence[PlacedWord], *, poor: bool, wanted: float = SURE_WORDS
) -> HeaderField:
    """Any other field: less sure with its worst word, and where a word is no Vietnamese syllable."""
    seen = [placed.word for placed in under if placed.word.confidence is not None]
    if not seen:
        return found
    worst = min(word.confidence or 0.0 for word in seen)
    factor = _FACTORS[0] if worst >= wanted else _FACTORS[1] if worst >= _DOUBTFUL else _FACTORS[2]
    if any(word.hand or is_misread(word.text) for word in seen):
        factor = min(factor, _FACTORS[2])
    if poor:
        factor = min(factor, _FACTORS[1])
    return replace(found, confidence=round(found.confidence * factor, 4))


def _stands_again(under: Sequence[PlacedWord], words: Sequence[PlacedWord], span: Span) -> bool:
    """Whether the last two words of a recognised field stand elsewhere, too; typed ones need not."""
    if all(placed.word.confidence is None for placed in under):
        return True
    name = [_bare(placed) for placed in under[-2:]]
    others = [placed for placed in words if placed.end <= span[0] or placed.start >= span[1]]
    return any([_bare(one), _bare(two)] == name for one, two in pairwise(others))


def _bare(placed: PlacedWord) -> str:
    return placed.word.text.strip(".,;:()").lower()


def _is_poor(words: Sequence[PlacedWord]) -> bool:
    """Whether the document reads badly enough for sure words to be wrong too ("kiếm tra" for "kiểm tra")."""
    seen = [p.word for p in words if p.word.confidence is not None and any(c.isalpha() for c in p.word.text)]
    unsure = sum((word.confidence or 0.0) < SURE_WORDS or is_misread(word.text) for word in seen)
    return len(seen) >= 20 and unsure > _POOR * len(seen)


def is_misread(word: str) -> bool:
    """Whether a word can be neither a Vietnamese syllable nor an abbreviation: ``"HUYỆM"``, ``"tỉẩnh"``.

    Words with digits or signs inside, and abbreviations (no vowel, or the capitals of one), say nothing.
    """
    bare = word.strip(".,;:!?()[]\"'“”‘’*_…-–/")
    if len(bare) == 1 and bare.isalpha():
        return fold(bare) not in "yaoe" and bare != "Đ" and word == bare
    if not bare or not bare.isalpha():
        return bool(re.search(r"[^\W\d_][|\\{}<>~^=#@$%][^\W\d_]", word))
    if re.search(rf"[{LOWER}][{UPPER}]", bare) and len(bare) > 3:
        return True  # a capital inside a word
    vowels = sum(letter in "aeiouy" for letter in fold(bare))
    if not vowels or (bare.isupper() and len(bare) <= 5 and fold(bare).upper() == bare.replace("Đ", "D")):
        return False
    return syllable_kind(bare.lower()) == "foreign"
