"""Which units a sentence is about: named in it, meant as a group, or carried over from the one before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extract.document import Citation, Span, UnitMention
from extract.sentences import has_predicate, sentences
from extract.units.bodies import ACTS, ASKED, Bodies, Body, asks, is_asked, tells
from extract.units.find import Names, find_units
from extract.units.gazetteer import split_kind
from extract.units.headings import group_of
from extract.units.names import bare, level_of_kind
from extract.units.offices import TELLS, find_offices, in_office
from extract.units.patterns import EXCEPTED, OPENS_LIST
from extract.units.recalled import kind_of_office, recall_in, the_one_in, turns_away
from extract.vietnamese import UPPER

Units = tuple[UnitMention, ...]

_TURN = r"(?:tuy nhiên|tuy vậy|nhưng|song|đồng thời|ngoài ra|bên cạnh đó|việc này|nội dung này|điều này)"
_TURNS = re.compile(rf"^{_TURN}\b(?! (?:các|một số|nhiều))", re.IGNORECASE)
_CARRIES = re.compile(
    rf"^(?:{_TURN}|(?:chủ tịch |lãnh đạo )?(?:ubnd )?(?:đơn vị|xã|phường|thị trấn|địa phương))\b"
    r"(?! (?:các|một số|nhiều))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:đề nghị|kiến nghị|đề xuất|xin đề nghị)\s+(?:với\s+)?(?:HĐND\s*,\s*)?(?:UBND|HĐND và UBND)\s+"
    rf"(?P<kind>huyện|thị xã|thành phố|quận|tỉnh)\b(?! [{UPPER}])",
    re.IGNORECASE,
)
_DISTRICT_ACTS = re.compile(
    r"(?:(?:chủ tịch |lãnh đạo )?(?:ubnd|hđnd|(?:ủy|uỷ) ban nhân dân) )?(?:huyện|thị xã|thành phố|quận)\b|"
    r"(?:các )?(?:phòng|cơ quan) (?:chuyên môn|ban)\b|"
    r"(?:chỉ đạo|đôn đốc|yêu cầu|giao|hướng dẫn|kiểm tra|phê bình|kiểm điểm|xử lý|chấn chỉnh|hỗ trợ|đề nghị|"
    r"tổ chức|rà soát|tiếp tục|khẩn trương|tăng cường|nghiêm túc|chưa|không|chậm)\b",
    re.IGNORECASE,
)
_VILLAGE = re.compile(
    r"(?:(?:[Tt]ại|[Ởở]|[Rr]iêng|[Cc]ác|và)\s+)*"
    r"(?:[Tt]hôn|[Bb]ản|[Ấấ]p|[Xx]óm|[Tt]ổ dân phố|[Kk]hu phố|[Bb]uôn|[Ll]àng|[Kk]hóm)"
    rf"\s+(?:số\s+)?[{UPPER}\d]"
)
_IN_ONE_LIST = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:,|;|và|,\s*và)\s*"
    r"(?:(?:(?:phó )?chủ tịch|bí thư|lãnh đạo|(?:phó )?giám đốc|(?:phó )?trưởng|thủ trưởng)\s+)?"
    r"(?:(?:UBND|(?:ủy|uỷ) ban nhân dân)\s+)?(?:(?:các|\d{1,2})\s+)?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:địa bàn|toàn|thuộc|trong|các (?:xã|phường)(?:, (?:phường|thị trấn))*(?: của)?)\s+$", re.IGNORECASE
)
_FINDS = re.compile(rf"\b(?:{TELLS})(?!\w)[^.;:\n]{{0,60}}:", re.IGNORECASE)
"""What opens a list of what somebody found with others: "Thanh tra huyện chỉ ra một số sai phạm:"."""
_SOURCE = 12
"""Within how many code points behind "Theo" a sentence names the paper that it rests on."""
_TOPIC = re.compile(r"[\W\d]*về\s", re.IGNORECASE)
_OF_THE_PLACE = re.compile(r"(?<!\w)của địa phương(?! (?:khác|mình))(?!\w)", re.IGNORECASE)
_LOOK_BACK = 3
"""How many paragraphs before a statement may name the units that it recalls by their number."""
_QUALIFIES = re.compile(r"(?:\(|,\s*|thuộc\s+|của\s+)$")


class Subjects:
    """Finds the subjects of the sentences of one document."""

    def __init__(
        self,
        text: str,
        names: Names,
        citations: list[Citation],
        issuer: UnitMention | None,
        link: Callable[[UnitMention], UnitMention],
        *,
        council: bool = False,
        news: bool = False,
        only: UnitMention | None = None,
    ) -> None:
        """``council``: its unit's council issues it; ``news``: nobody; ``only`` is what it is about."""
        self.text = text
        self.names = names
        self.citations = citations
        self.issuer = issuer
        self.link = link
        self.council = council
        self.news = news
        self.only = only
        self.bodies = Bodies(text, names, issuer, link) if issuer is None or council else None
        self.last: tuple[Units, float] = ((), 0.0)

    def remember(self, units: Units, sure: float) -> None:
        """Keep the units of the statement before, in another paragraph or not, and how sure they were."""
        self.last = units, sure
        if self.bodies is not None:
            self.bodies.last = units[0] if len(units) == 1 else None

    def of(self, part: Span, carried: Units | None, *, carries: bool) -> tuple[Units, float] | None:
        """The units of a statement and how sure that is; ``None`` when it names nobody."""
        words = self.text[slice(*part)]
        mentions = find_units(self.text, part, self.names)
        named = [self.link(unit) for unit in self._written_about(part, mentions)]
        offices = [office for office in find_offices(self.text, part) if not self._cited(office)]
        if named:
            listed = self._listed_with(named, offices)
            first = offices[0] if offices else None
            if first and first.span and first.span[0] == part[0] and first not in listed:
                return (first,), 0.85  # "Phòng Tư pháp hỗ trợ xã A": the office acts
            units = sorted(named + listed, key=_place)
            if self.council and self.bodies and (asked_too := self.bodies.of(part)):
                return _once([*(body.unit for body in asked_too), *units]), ASKED
            return _once(units), 0.93
        if self.bodies is not None and (found := self._of_bodies(part, self.bodies.of(part), offices)):
            return found
        if offices and self.issuer is None and (one := self._instead_of(offices, part, carried)):
            return _again(one), 0.65
        if offices:
            return _once(offices), 0.8
        asked = _ASKED.match(words)
        if asked:
            return (self._superior(asked["kind"].lower()),), 0.85
        if recall := recall_in(words):
            if carried and (these := recall.among(carried)):
                return _again(these), 0.85
            if recall.count and (these := recall.among(self._named_before(part))):
                return _again(these), 0.8
        group = group_of(words)
        if group:
            return (group,), 0.9
        if carried and (carries or _CARRIES.match(words)) and not self._is_own_village(words):
            return _again(carried), 0.6
        found = self._of_the_press(part, words) if self.issuer is None else None
        return found or self._gone_on_about(part, words, carried)

    def asked(self, line: Span) -> Units:
        """Whom the last sentence of a line that opens a list is about; an office only where it is asked."""
        line = (sentences(self.text, line) or [line])[-1]
        if _TOPIC.match(self.text[slice(*line)].rstrip(" :").rsplit(":", 1)[-1]):
            return ()  # "Về việc … tại huyện A:" says where, not who
        found = self.of(line, None, carries=False)
        units = found[0] if found else ()
        if not units or units[0].level == "group":
            return ()
        if units[0].level == "agency" and not is_asked(self.text[line[0] : _place(units[0])[0]]):
            return ()
        return _again(units)

    def _of_bodies(
        self, part: Span, bodies: list[Body], offices: list[UnitMention]
    ) -> tuple[Units, float] | None:
        """The bodies above, unless they are only asked to see to an office, or a group stands before them."""
        if not bodies or group_of(self.text[part[0] : bodies[0].place[0]]):
            return None
        if offices and not (bodies[0].acts and bodies[0].place < _place(offices[0])):
            return None
        return _once([body.unit for body in bodies]), ACTS if bodies[0].acts else ASKED

    def _instead_of(self, offices: list[UnitMention], part: Span, carried: Units | None) -> Units:
        """The commune that news speaks of where only its offices are named, or others' in its faults.

        "Thanh tra huyện chỉ ra sai phạm: … kế toán Phòng Tài chính …" lists what was found at the commune.
        """
        one = (self.only,) if self.only and self.news else ()
        kinds = {kind_of_office(office.name) for office in offices}
        if one and kinds == {split_kind(one[0].name)[0]} - {""}:
            return one
        colon = _FINDS.search(self.text, *part)
        if colon and all(_place(office)[0] >= colon.end() for office in offices):
            return one or _one_commune(carried) or _one_commune(self._named_before(part))
        return ()

    def _of_the_press(self, part: Span, words: str) -> tuple[Units, float] | None:
        """The one commune that a paper of the press last spoke of, where the statement goes on about it."""
        if (kind := the_one_in(words)) is not None:
            last = self._named_before(part)
            if len(last) == 1 and kind in ("", split_kind(last[0].name)[0]):
                return _again(last), 0.75
        if _TURNS.match(words) and len(last := self._named_before(part, look_back=1)) == 1:
            return _again(last), 0.55
        one = self.bodies.only_province() if self.bodies and _OF_THE_PLACE.search(words) else None
        return ((one,), 0.55) if one else None

    def _gone_on_about(self, part: Span, words: str, carried: Units | None) -> tuple[Units, float] | None:
        """The units of the sentence before, where news goes on about them without naming them.

        A council does so about its committee.
        """
        last, sure = self.last
        of_council = (
            self.council and self.issuer is not None and [self.issuer.level] == [u.level for u in last]
        )
        if not (self.news or of_council) or self.only is not None:
            return None
        goes_on = carried and self._goes_on(self._behind_its_source(part), last, sure)
        if goes_on or (self.news and _TURNS.match(words) and _are_places(last)):
            return _again(last), 0.55
        return None

    def _goes_on(self, words: str, last: Units, sure: float) -> bool:
        """Whether a sentence of news that names nobody goes on about the places of the sentence before it.

        Of several it does only behind the one that names them: further on they are hardly all meant.
        """
        if not _are_places(last) or (len(last) > 1 and sure < 0.6):
            return False
        return not turns_away(words, split_kind(last[0].name)[0])

    def _behind_its_source(self, part: Span) -> str:
        """The words of a sentence behind the paper that it rests on: "Theo Kết luận số …, sổ bị sửa"."""
        for cited in self.citations:
            if part[0] < cited.extent[0] <= part[0] + _SOURCE and self.text.startswith("Theo ", part[0]):
                comma = self.text.find(",", cited.extent[1], part[1])
                return self.text[comma + 1 : part[1]].strip() if comma >= 0 else ""
        return self.text[slice(*part)]

    def _named_before(self, part: Span, look_back: int = _LOOK_BACK) -> Units:
        """The communes of the nearest paragraph that names some: the statement's own or one above."""
        end = part[0]
        for _ in range(look_back + 1):
            start = self.text.rfind("\n", 0, end) + 1
            mentions = find_units(self.text, (start, end), self.names)
            about = self._written_about((start, end), mentions)
            named = [one for one in about if one.level == "commune"]
            if named:
                return _once([self.link(one) for one in named])
            end = len(self.text[:start].rstrip())
        return ()

    def communes(self, part: Span) -> tuple[Units, float] | None:
        """The communes that a statement under a district's heading is about, in a paper of its province.

        ``None`` where the district acts: "UBND huyện chưa kiểm tra xã A", "Chỉ đạo xã A khắc phục".
        """
        if self.issuer is None or self.issuer.level != "province" or _DISTRICT_ACTS.match(self.text, *part):
            return None
        found = self.of(part, None, carries=False)
        return found if found and any(unit.level == "commune" for unit in found[0]) else None

    def among(self, part: Span, units: Units) -> Units:
        """Those of the ``units`` of a heading that a statement under it is about.

        One that opens with some of them ("Riêng xã A …", "Công chức xã A …") speaks of these; one that only
        names them further on ("… cao nhất là xã A (23,6%)") speaks of all, and knows where these stand.
        """
        places: dict[str, UnitMention] = {}
        for unit in find_units(self.text, part, self.names):
            if not self._cited(unit):
                places.setdefault(_called(self.link(unit)), unit)
        named = [unit for unit in units if _called(unit) in places]
        if not named:
            return units
        first = min(place.span or part for place in places.values())
        before = self.text[part[0] : first[0]]
        if OPENS_LIST.fullmatch(before) or not (has_predicate(before) or re.search(r"[\d,;:]", before)):
            units = tuple(named)
        return tuple(
            replace(unit, span=places[_called(unit)].span) if _called(unit) in places else unit
            for unit in units
        )

    def _is_own_village(self, words: str) -> bool:
        """Whether a commune's own paper goes on to another village: it is its own, not the unit's before."""
        return self.issuer is not None and self.issuer.level == "commune" and bool(_VILLAGE.match(words))

    def _superior(self, kind: str) -> UnitMention:
        """ "Đề nghị UBND huyện …": the issuer's own huyện, else as printed."""
        level = level_of_kind(kind)
        if self.bodies is not None:
            return self.bodies.named(kind)
        if self.issuer is not None and self.issuer.level == level:
            return replace(self.issuer, as_printed=f"UBND {kind}", span=None)
        return UnitMention(f"UBND {kind}", level, f"UBND {kind}")

    def _written_about(self, part: Span, mentions: list[UnitMention]) -> list[UnitMention]:
        """The mentions of a statement that it is about."""
        where = self._where_others_lie(mentions)
        return [
            unit for unit in mentions if unit.span not in where and self._is_subject(unit, part, mentions)
        ]

    def _is_subject(self, unit: UnitMention, part: Span, mentions: list[UnitMention]) -> bool:
        """Not the issuer, its superior, the issuer of a cited document, nor what is excepted."""
        span = unit.span or (0, 0)
        if self._cited(unit) or EXCEPTED.search(self.text[max(part[0], span[0] - 25) : span[0]]):
            return False
        if unit.level == "province":
            return False
        if unit.level == "district":
            return self._is_district_written_about(unit, part, mentions)
        if (
            self.issuer is not None
            and bare(unit.name) == bare(self.issuer.name)
            and self.issuer.level != "commune"
        ):
            # "huyện Suối Mơ" issues; "thị trấn Suối Mơ" is another unit.
            return unit.name.lower() != self.issuer.name.lower()
        return True

    def _is_district_written_about(self, unit: UnitMention, part: Span, mentions: list[UnitMention]) -> bool:
        """A district is written about by its province, and by what no authority issues, as news.

        There "trên địa bàn huyện …" says where, not who, unless others are listed with it, and "Sở Nội vụ
        TP …" is an office.
        """
        if self.issuer is None:
            at, end = unit.span or (part[0], part[0])
            before = self.text[max(part[0], at - 60) : at]
            if asks(self.text, end) or (
                tells(self.text, end) and any(one.level == "commune" for one in mentions)
            ):
                return False
            within = _WITHIN.search(before) and not self._opens_list(unit, mentions)
            return not (within or in_office(self.text, part, at))
        return self.issuer.level == "province" and unit.name != self.issuer.name

    def _opens_list(self, unit: UnitMention, mentions: list[UnitMention]) -> bool:
        """Whether another district stands in one list behind this one."""
        later = (one for one in mentions if one.level == "district" and _place(one) > _place(unit))
        return any(self._side_by_side(unit, one) for one in later)

    def _where_others_lie(self, mentions: list[UnitMention]) -> set[Span]:
        """The places of districts that only say where the commune before them lies: "xã A (huyện B)".

        In "quận A, phường B, huyện C" it is one more of a list, for a district stands in it before that says
        so of none.
        """
        where: set[Span] = set()
        for number, unit in enumerate(mentions[1:], start=1):
            before = mentions[number - 1]
            if unit.level != "district" or before.level != "commune":
                continue
            between = self.text[_place(before)[1] : _place(unit)[0]]
            if len(between) >= 12 or not _QUALIFIES.search(between) or "UBND" in between:
                continue
            first = mentions[number - 2] if number > 1 else None
            mixed = first and first.level == "district" and self._side_by_side(first, before)
            if not (mixed and first and _place(first) not in where and between.strip() == ","):
                where.add(_place(unit))
        return where

    def _cited(self, unit: UnitMention) -> bool:
        """Whether the mention belongs to a citation: the issuer of the cited document."""
        span = unit.span or (0, 0)
        return any(cited.extent[0] <= span[0] < cited.extent[1] for cited in self.citations)

    def _listed_with(self, named: list[UnitMention], offices: list[UnitMention]) -> list[UnitMention]:
        """The offices that stand in one list with the units: only commas or "và" between them."""
        listed: list[UnitMention] = []
        grew = True
        while grew:
            grew = False
            for office in offices:
                if office not in listed and any(self._side_by_side(office, one) for one in named + listed):
                    listed.append(office)
                    grew = True
        return listed

    def _side_by_side(self, one: UnitMention, other: UnitMention) -> bool:
        if not one.span or not other.span:
            return False
        a, b = sorted((one.span, other.span))
        return a[1] <= b[0] and bool(_IN_ONE_LIST.fullmatch(self.text[a[1] : b[0]]))


def _place(unit: UnitMention) -> Span:
    return unit.span or (0, 0)


def _are_places(units: Units) -> bool:
    """Whether they are named places or divisions, not offices nor "UBND huyện": what news goes on about."""
    return bool(units) and units[0].level != "agency" and not units[0].name.startswith("UBND ")


def _one_commune(units: Units | None) -> Units:
    """``units`` where they are one commune."""
    return units if units and len(units) == 1 and units[0].level == "commune" else ()


def _again(units: Units) -> Units:
    return tuple(replace(unit, span=None) for unit in units)


def _called(unit: UnitMention) -> str:
    return unit.code or bare(unit.name)


def _once(units: list[UnitMention]) -> Units:
    """The units without repetition, in reading order."""
    seen: dict[str, UnitMention] = {}
    for unit in units:
        seen.setdefault(_called(unit), unit)
    return tuple(seen.values())
