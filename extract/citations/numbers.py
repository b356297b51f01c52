"""Numbers of documents as they stand in a text: ``2005/QĐ-UBND``, ``496-TB/TU``, ``1310 /UBND- NV``.

One expression finds where a number could begin; the symbol behind it is then read part by part,
so that no input makes the search slow and every blank that a line end or an OCR engine put into a
symbol is judged by what stands on both sides of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.citations.grammar import (
    BODIES,
    KIND_BY_WORDS,
    MATTERS,
    Body,
    Kind,
    body_of_symbol,
    digits_meant,
    folded,
    is_misread,
    kind_of_symbol,
    misread_body,
    misread_kind,
    one_letter_off,
    repaired,
)
from extract.citations.heads import (
    BLANK_HEAD,
    BROKEN_HEAD,
    DASH_CLASS,
    DASHES,
    GAP,
    GAP_BEHIND,
    HEAD,
    LIKE_DIGITS,
    MISREAD_BARE,
    MISREAD_HEAD,
    PART,
    SLASHES,
)
from extract.citations.parts import rejoined, unglued

_DIGITS = re.compile(r"\d+")
_JOINT = re.compile(
    rf"(?P<before>{GAP})(?P<mark>[{DASH_CLASS}{SLASHES}&.+_~=])(?P<after>{GAP_BEHIND})(?P<part>[^\W_]{{1,16}})"
)
_BARE = re.compile(r"(\d{1,5}[a-hA-H]?)(?:/((?:19|20)\d\d))?\Z")
_DASHLESS = re.compile(rf"[ \u00a0](?P<part>{PART})(?=\s*(?:$|[,;.)]|ngày\b|của\b))")
_VOWELS = frozenset("aeiouy")
_UNIT_ENDS = re.compile(r"\s*(?:\Z|[,;.)]|\(?\s*(?:ng[^\W\d_]y|c[^\W\d_]a|v[^\W\d_])(?![^\W_]))")
_TIGHT_SINGLE = re.compile(r"[^\W\d_]\d?")
_NO_NUMBER_BEFORE = re.compile(r"(?<![a-z])(?:nam|thang|quy|ngay|dieu|khoan|muc|lan thu)\s+$")
_SO_BEFORE = re.compile(r"(?<![a-z])so\s*:?\s*\Z")
_MANY_BEFORE = re.compile(r"(?<![a-z])(?:cac|nhung)\s[^\d,;.]*\Z")
_KIND_BEFORE = re.compile(rf"(?<![a-z])(?P<kind>{'|'.join(KIND_BY_WORDS)})\s(?:so\s*:?\s*)?\Z")
_FORM_BEFORE = re.compile(r"(?:bieu mau|mau|bieu|phu luc|(?<!thay )bang)\s+(?P<so>so\s*:?\s*)?$")


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number taken apart.

    ``text`` is the number as meant (no blanks, symbol repaired), ``start`` and ``end`` where it
    stands. ``bodies`` are the issuing bodies of the symbol, several for a joint document; a body
    that the grammar does not know has only its symbol. ``firm`` says that the symbol proves a
    document by itself, so that no kind or "số" is needed before it; ``bare`` that it has no symbol;
    ``matter`` that the symbol says what is decided ("QĐ-XPHC") in the place of a body.
    """

    serial: str
    year: int | None
    text: str
    start: int
    end: int
    kind: Kind | None = None
    bodies: tuple[Body, ...] = ()
    firm: bool = False
    bare: bool = False
    matter: bool = False

    @property
    def padded(self) -> str:
        """The serial as the form prints it, two digits at least (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
        return padded(self.serial)


@lru_cache(maxsize=1024)
def parse(number: str) -> Number | None:
    """A whole number taken apart again: ``"30/2020/NĐ-CP"``, ``"739"``; ``None`` for what is none."""
    head = HEAD.match(number)
    if not head:
        return None
    if head["part"]:
        return read(number, head)
    found = _BARE.match(number)
    return (
        Number(found[1], int(found[2]) if found[2] else None, number, 0, len(number), bare=True)
        if found
        else None
    )


def padded(serial: str) -> str:
    """``"9"`` and ``"009"`` as ``"09"``, ``"30C"`` as ``"30c"``."""
    digits = serial.rstrip("abcdefghABCDEFGH")
    return f"{int(digits):02d}{serial[len(digits) :].lower()}"


def find_numbers(text: str) -> Iterator[tuple[Number | None, re.Match[str]]]:
    """Every digit run of ``text`` that could be a number, with the number where a symbol was read.

    Runs without a symbol come with ``None``: whether they are numbers ("Nghị định 30") is for the
    words before them to say.
    """
    at = 0
    # Digits first, HEAD only there: its look-behinds at every letter would cost most of the time.
    for digits in _DIGITS.finditer(text):
        if digits.start() < at:
            continue
        found = HEAD.match(text, digits.start())
        number = read(text, found) if found and found["part"] else None
        if number is None:
            first = _first_like_digit(text, digits.start(), at)
            for form in (MISREAD_HEAD, *_behind_blank(text, digits.end())):
                misread = form.match(text, first)
                number = read(text, misread) if misread else None
                if number:
                    found = misread
                    break
            if number is None and (
                first < digits.start() or text[digits.end() : digits.end() + 1] in tuple(LIKE_DIGITS)
            ):
                found = MISREAD_BARE.match(text, first)
        if found:
            yield number, found
            at = number.end if number else found.end("serial")


def _behind_blank(text: str, at: int) -> tuple[re.Pattern[str], ...]:
    """The forms with a blank that can begin with the digits before ``at``; looked for only where they can."""
    while text[at : at + 1] in tuple(LIKE_DIGITS):
        at += 1
    if text[at : at + 1] not in (" ", "\u00a0"):
        return ()
    following = text[at + 1 : at + 2]
    if following.isdigit() or following in tuple(LIKE_DIGITS):
        return (BROKEN_HEAD,)
    return (BLANK_HEAD,) if following.isupper() else ()


def _first_like_digit(text: str, at: int, floor: int) -> int:
    while at > floor and text[at - 1] in LIKE_DIGITS:
        at -= 1
    return at


def read(text: str, head: re.Match[str]) -> Number | None:
    """The number that begins at ``head``, ``None`` where what follows is no symbol."""
    before = folded(text[max(0, head.start() - 16) : head.start()])
    if _NO_NUMBER_BEFORE.search(before):
        return None
    form = _FORM_BEFORE.search(before)
    if form and (form["so"] or len(head["serial"]) <= 2):
        return None
    parts, marks, end = _symbol(text, head)
    if not parts:
        return None
    blank = head.re is BLANK_HEAD
    dashed = head["mark"] in DASHES + "~"
    kind, bodies, spelled = _understood(parts, marks, before)
    if blank and marks[:1] == ["/"] and bodies:
        # "17 NQ/TW" is the Party's 17-NQ/TW; a committee's "402 QĐ/UB" is 402/QĐ-UB.
        dashed = bodies[0].reach != "local"
        marks[0] = "/" if dashed else "-"
    known_body = bool(bodies) and body_of_symbol(spelled[1 if kind else 0]) is not None
    serial, year = _serial(head), int(digits_meant(head["year"])) if head["year"] else None
    if head.re is not HEAD:
        announced = _SO_BEFORE.search(before) is not None
        if not _is_sure(serial, year, kind, len(parts), bodies, announced):
            return None
        if head.re is not MISREAD_HEAD and not (known_body and (kind if blank else announced)):
            return None
        if head.re is BROKEN_HEAD and _MANY_BEFORE.search(
            folded(text[max(0, head.start() - 32) : head.start()])
        ):
            return None  # "các Quyết định số 3 12/QĐ-UBND": two, the comma lost
    # "38-CP", "18-TTg" are forms of the nineties; what else follows a dash alone needs a kind.
    old = len(parts) == 1 and known_body and bodies[0].symbol in ("CP", "TTg", "HĐBT")
    if dashed and not (kind and bodies) and year is None and not old:
        return None
    if dashed and not known_body and "/" not in marks:
        return None
    rest = "".join(mark + part for mark, part in zip(["-" if dashed else "/", *marks], spelled, strict=True))
    # Without a kind or a body of the grammar the words have to say what it is: "25/TLPT-DS" is a court's.
    known_unit = any(body.slug for body in bodies) and (len(parts) > 1 or year is not None)
    matter = kind is not None and len(parts) > 1 and spelled[1] in MATTERS
    if matter:
        bodies = ()
    firm = not blank and (bool(kind and bodies) or known_unit or matter)
    return Number(
        serial,
        year,
        serial + (f"/{year}" if year else "") + rest,
        head.start(),
        end,
        kind,
        bodies,
        firm,
        matter=matter,
    )


def _serial(head: re.Match[str]) -> str:
    if head.re is HEAD:
        return head["serial"].lower()
    return digits_meant(head["serial"]) + (head["letter"] or "").lower()


def _is_sure(
    serial: str, year: int | None, kind: Kind | None, parts: int, bodies: tuple[Body, ...], announced: bool
) -> bool:
    """Whether a misread number is one: its year can be, its body is known, it has a kind or a unit.

    ``announced``: "số" stands before it, so that its body may stand alone, or be unknown behind a kind.
    """
    if (
        not serial[0].isdigit()
        or not (year is None or 1945 <= year < 2100)
        or len(serial.rstrip("abcdefgh")) > 5
    ):
        return False
    first = bodies[0] if bodies else None
    if first is None:
        return False
    if not first.slug:
        return announced and kind is not None
    return bool(kind or parts > 1 or announced or (year and first.symbol in ("QH", "UBTVQH")))


def _symbol(text: str, head: re.Match[str]) -> tuple[list[str], list[str], int]:
    """The parts of the symbol, the marks between them as meant, and where the symbol ends."""
    part, end = rejoined(text, head["part"], head.end(), ())
    if not _is_part(part):
        return [], [], end
    parts, marks = [part], []
    while len(parts) < 6:
        found = _JOINT.match(text, end)
        if not found:
            found_body = _lost_dash(text, parts, end)
            if not found_body:
                break
            parts.append(found_body[0])
            marks.append("-")
            end = found_body[1]
            continue
        part, stop = rejoined(text, found["part"], found.end(), parts)
        if not _joins(found, part, parts, part.isupper() and _UNIT_ENDS.match(text, stop) is not None):
            break
        parts.append(part)
        marks.append(
            "-" if found["mark"] in DASHES + "_~=" else "/" if found["mark"] in SLASHES else found["mark"]
        )
        end = stop
    if glued := unglued(parts[0]):
        parts[:1] = glued
        marks.insert(0, "-")
    if len(parts) > 1 and marks[0] in "/." and head["mark"] in SLASHES and kind_of_symbol(parts[0]):
        # "2005/QĐ/UBND", "2005/QĐ.UBND": between a kind and a body only the dash can be meant.
        marks[0] = "-" if body_of_symbol(parts[1]) else marks[0]
    return parts, marks, end


def _lost_dash(text: str, parts: list[str], end: int) -> tuple[str, int] | None:
    """``"48/KH UBND ngày"``: the dash was lost; only before a body that no name of a place follows."""
    if len(parts) != 1 or not kind_of_symbol(parts[0]):
        return None
    found = _DASHLESS.match(text, end)
    if not found:
        return None
    body = body_of_symbol(found["part"])
    return (found["part"], found.end()) if body and body[0] == found["part"] else None


def _joins(found: re.Match[str], part: str, parts: list[str], unit_ends: bool) -> bool:
    """Whether the mark of ``found`` joins ``part`` to the symbol or begins something new.

    ``unit_ends``: it is in capitals and behind it stands what stands behind a number.
    """
    before, after, mark = found["before"], found["after"], found["mark"]
    if mark in "~=":
        known = kind_of_symbol(parts[-1]) or body_of_symbol(parts[-1]) or misread_kind(parts[-1])
        return known is not None and _is_part(part)
    if not _is_part(part):
        single = _TIGHT_SINGLE.fullmatch(part) is not None and part.isupper()
        # "VPCP-V.I": units of the Văn phòng Chính phủ were numbered.
        return single and (mark != "." or len(parts[-1]) == 1) and not (before or after)
    if mark in ".&+":
        return not (before or after)
    if "\n" in before and after:
        return False  # "… 12/QĐ" and on the next line "- UBND xã …": an item of a list
    if before and after:
        # Blanks on both sides join only what has to follow: a body behind a kind, or the unit that drafted
        # a letter, where the words go on as behind a whole number.
        if len(parts) > 1:
            return False
        if kind_of_symbol(parts[0]):
            return body_of_symbol(part) is not None
        return "\n" not in before + after and body_of_symbol(parts[0]) is not None and unit_ends
    return True


def _is_part(part: str) -> bool:
    """Whether a word can stand in a symbol: known to the grammar, or written in capitals."""
    letters = [letter for letter in part if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if is_misread(part):
        return True
    if body_of_symbol(part) or kind_of_symbol(part):
        # A known one in lower case is a typist's habit ("qđ-ubnd"), one like "Pa" or "Da" is a word; "Ttr",
        # which no vowel makes a syllable, is none.
        return part.islower() or capitals * 2 > len(letters) or not _VOWELS & set(folded(part))
    return part[0].isupper() and capitals >= 2 and capitals * 3 >= 2 * len(letters)


def _understood(
    parts: list[str], marks: list[str], before: str
) -> tuple[Kind | None, tuple[Body, ...], list[str]]:
    """What the parts stand for, and how they are spelled when they are right."""
    spelled = [repaired(part) for part in parts]
    first_kind, first_body = kind_of_symbol(parts[0]), body_of_symbol(parts[0])
    if not first_kind and not first_body:
        second = body_of_symbol(parts[1]) or misread_body(parts[1]) if len(parts) > 1 else None
        first_kind = misread_kind(parts[0]) or _told_kind(parts[0], before) if second else None
        first_body = misread_body(parts[0]) if not second else None
    if first_kind and not (first_body and first_body[0] == spelled[0] and first_kind[0] != spelled[0]):
        spelled[0], kind = first_kind
        bodies = []
        for place in range(1, len(parts)):
            if place > 1 and not kind.joint:
                break
            body = (
                body_of_symbol(parts[place]) or misread_body(parts[place]) or _only_body(kind, parts[place])
            )
            if body:
                spelled[place] = body[0]
            bodies.append(body[1] if body else _unknown(spelled[place]))
        return kind, tuple(bodies), spelled
    if first_body:
        spelled[0] = first_body[0]
        return None, (first_body[1],), spelled
    if (
        len(parts) > 1
        and marks[0] == "-"
        and (second := body_of_symbol(parts[1]))
        and second[1].reach not in ("district", "commune")
    ):
        # "18/BCX-STP": a kind of its own, issued by the second part. A phòng's symbol there ("-NV")
        # is the drafting unit of a letter.
        spelled[1] = second[0]
        return None, (second[1],), spelled
    if parts[0].islower():
        return None, (), spelled
    return None, (_unknown(spelled[0]),), spelled


def _told_kind(part: str, before: str) -> tuple[str, Kind] | None:
    """The kind that the word ``before`` the number says, where one letter of its symbol is another."""
    said = _KIND_BEFORE.search(before)
    kind = KIND_BY_WORDS[said["kind"]] if said else None
    if kind is None or len(part) != len(kind.symbol) or not one_letter_off(part, kind.symbol):
        return None
    return kind.symbol, kind


def _only_body(kind: Kind, part: str) -> tuple[str, Body] | None:
    """The one body that issues ``kind``, where one letter of its symbol at most is another: "NĐ-CF"."""
    symbol = kind.issuer
    return (symbol, BODIES[symbol]) if symbol and one_letter_off(part, symbol) else None


def _unknown(symbol: str) -> Body:
    """A body that only its symbol is known of."""
    return Body(symbol, symbol, "", "other")
