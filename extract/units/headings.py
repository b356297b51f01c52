"""Which units a heading speaks of, and the groups that sentences speak of."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.document import UnitMention
from extract.units import patterns
from extract.units.find import Names, find_units, kind_and_name
from extract.units.names import cased, level_of_kind
from extract.units.offices import TELLS, find_offices
from extract.vietnamese import fold, is_upper

ALL = UnitMention("all", "group", "all", match="none")
"""All units of the report together."""

_PLURAL = re.compile(
    r"^(?:cac\s+|cap\s+)?(?:xa|phuong|thi tran)(?:(?:\s*,\s*|\s+va\s+)(?:xa|phuong|thi tran))*$|"
    r"^cac xa\b.{0,20}$"
)
_DISTRICTS = {"huyen", "quan", "thi xa", "thanh pho"}
_CONNECTS = {"huyện", "thị", "xã", "thành", "phố", "quận", "và", "tỉnh", "phường", "trấn"}
_LONGEST_OFFICE = 14
_IN_LIST = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,\s*và|,|;|và)\s*(?:ubnd\s+)?", re.IGNORECASE)
_TELLS = re.compile(rf"\b(?:{TELLS}|thừa nhận|kết luận|nhấn mạnh|yêu cầu|đề nghị)$")
"""What ends no name: "Sở Nội vụ cho biết: …" opens what somebody says, not what is said of him."""
_SAYS = re.compile(r"\b(?:chưa|không|đã|còn|thực hiện|kiểm tra)\b")

_DIVISIONS = re.compile(
    r"các cơ quan chuyên môn (?:của|thuộc|trực thuộc) (?:UBND|(?:ủy|uỷ) ban nhân dân) "
    r"(?:huyện|thị xã|thành phố|quận|tỉnh)\b",
    re.IGNORECASE,
)
"""The offices of one committee, which are not all units of a report."""
_RANKS = re.compile(r"\b(?:thứ|hạng|vị trí|vị thứ)\s+$", re.IGNORECASE)
"""Before a rank, which is no number of units: "xếp thứ 5/14 xã"."""


def goes_on(units: tuple[UnitMention, ...]) -> bool:
    """Whether what follows may go on about the units without naming them: they are no mere group."""
    return units[0].level != "group" or _DIVISIONS.fullmatch(units[0].name) is not None


def group_of(text: str) -> UnitMention | None:
    """The group that a sentence speaks of: :data:`ALL`, or "một số đơn vị" as printed."""
    ranks = (hit for hit in patterns.SOME.finditer(text) if not _RANKS.search(text, 0, hit.start()))
    some, all_ = next(ranks, None), patterns.ALL.search(text)
    if all_ and (not some or all_.start() <= some.start()) and (own := _DIVISIONS.match(text, all_.start())):
        return UnitMention(own.group().lower(), "group", own.group())
    if all_ and (not some or all_.start() <= some.start()):
        if part := patterns.NOT_ALL.match(text, all_.end()):
            printed = text[all_.start() : part.end()]
            return UnitMention(re.sub(r"^(?:hđnd[- –])?ubnd\s+", "", printed.lower()), "group", printed)
        return replace(ALL, as_printed=all_.group())
    if found := some or patterns.THESE.search(text):
        return UnitMention(found.group().lower(), "group", found.group())
    return None


def units_of_heading(title: str, names: Names, *, among_units: bool = False) -> list[UnitMention]:
    """The units that a heading names, none when it is about something else.

    ``among_units`` says that the headings beside it name units, so that a bare or odd name
    ("17. Sơn Lẽ", "27. Trung tâm ứng dụng …") is one too. "UBND huyện" alone comes back with the
    level and without a name of its own: the reader knows which huyện issues.
    """
    clean = re.sub(r"\s*\([^)]*\)\s*$", "", title).strip(" .:;*-–")
    own = patterns.HEADING_PREFIX.sub("", clean).strip()
    if not own or _TELLS.search(own):
        return []
    folded = fold(own)
    if about := _spoken_of(clean, names):
        return about
    if _PLURAL.match(folded):
        return [replace(ALL, as_printed=clean)]
    group = group_of(clean)
    if group and len(clean) < 90:
        return [group if group.name == "all" else UnitMention(own, "group", clean)]
    short = re.split(r"\s*[,–-]\s*(?=(?:huyện|tỉnh|thị xã|thành phố)\b)", own)[0].strip()
    found = patterns.WHOLE.match(short)
    if found and (found["kind"] or found["numbered"]):
        kind, name = kind_and_name(found)
        name = names.without_count(name) if found["name"] else name
        return [UnitMention(f"{kind.capitalize()} {name}", level_of_kind(kind), short)]
    if folded in _DISTRICTS or folded == "tinh":
        return [UnitMention(own, "province" if folded == "tinh" else "district", clean)]
    several = _only_names(own, names)
    if len(several) > 1:
        return several
    if district := names.district(short):
        return [UnitMention(district, level_of_kind("huyện"), short)]
    if found and found["name"] and " " in short and (short in names or (among_units and not is_upper(short))):
        return [UnitMention(names.full(cased(short)), "commune", short)]
    if patterns.AGENCY.match(own) and not _SAYS.search(own) and len(own) < 110 and _is_whole_name(own):
        return [UnitMention(own, "agency", own)]
    if among_units and len(own.split()) <= 14 and patterns.BODY.match(own):
        return [UnitMention(own, "agency", own)]
    return []


def units_opened_with(words: str, names: Names) -> list[UnitMention]:
    """The communes that a heading or an item that ends with a colon opens with, before it says something.

    "Các xã Khe Mận, Nà Phin và thị trấn Bến Giang còn các tồn tại sau:" names the three of all that follows.
    Their spans are of ``words``; none where other units or a group come behind the list.
    """
    found = find_units(words, (0, len(words)), names)
    listed: list[UnitMention] = []
    at = 0
    for unit in found:
        if unit.span is None or unit.level != "commune":
            return []
        gap = words[at : unit.span[0]]
        fits = _IN_LIST.fullmatch(gap) if listed else patterns.OPENS_LIST.fullmatch(gap)
        if not fits:
            return []
        listed.append(unit)
        at = unit.span[1]
    return [] if not listed or group_of(words[at:]) else listed


def _spoken_of(clean: str, names: Names) -> list[UnitMention]:
    """The communes that end a heading about something of them: "Trách nhiệm của UBND xã Khe Mận"."""
    about = patterns.ABOUT.match(clean)
    if about is None or _SAYS.search(about.group()):
        return []
    rest = clean[about.end() :]
    units = _only_names(rest, names)
    return units if units and all(unit.level == "commune" for unit in units) else []


def _is_whole_name(own: str) -> bool:
    """Whether the words are an office's name and nothing more ("Phòng Y tế xây dựng quy chế …" is more)."""
    known = [office for office in find_offices(own, (0, len(own))) if office.span and office.span[0] == 0]
    if not known:
        return not own.endswith(".") and len(own.split()) <= _LONGEST_OFFICE
    assert known[0].span is not None
    rest = re.findall(r"\w+", own[known[0].span[1] :])
    return all(word[0].isupper() or word in _CONNECTS for word in rest)


def _only_names(own: str, names: Names) -> list[UnitMention]:
    """The units of a heading that is nothing but a list of them: "Xã Tân An và xã Tân Bình"."""
    named = find_units(own, (0, len(own)), names)
    rest = own
    for unit in sorted(named, key=lambda one: -len(one.as_printed)):
        rest = rest.replace(unit.as_printed, " ", 1)
    if re.sub(r"\b(?:và|ubnd|hđnd)\b|[\s,;+–-]", "", rest, flags=re.IGNORECASE):
        return []
    return [replace(unit, span=None) for unit in named]
