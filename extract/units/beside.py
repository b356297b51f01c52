"""What the words beside a name say: where its unit lies, that it had ended, that it is still to come."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.dates import to_iso
from extract.document import UnitMention
from extract.units.find import kind_and_name
from extract.units.gazetteer import Gazetteer, called, split_kind, squash
from extract.units.likeness import letters_of
from extract.units.names import level_of_kind
from extract.units.patterns import CLOSES, NAME, SEVERAL, WITH_KIND
from extract.units.register import Unit
from extract.units.setting import Setting
from extract.vietnamese import LOWER, UPPER

_JOINED = r"(?:sáp nhập|hợp nhất|sắp xếp)"
_OLD_AFTER = re.compile(
    rf"\s*(?:[(,]\s*)?(?:cũ\b|trước (?:đây|kia)\b|trước (?:khi )?(?:thực hiện )?{_JOINED}|"
    rf"trước (?:ngày )?0?1[/.-]0?7[/.-]2025|nay (?:là|thuộc)\b|đã (?:được )?{_JOINED}|khi chưa {_JOINED})",
    re.IGNORECASE,
)
_PARTS = (
    r"(?:\s+(?:toàn bộ|nguyên trạng|một phần|diện tích(?: tự nhiên)?|quy mô dân số|dân số|của|các|và)\b,?)*"
    rf"\s+(?=(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)\b|(?-i:[{UPPER}])|$)"
)
"""From a word of joining to the first unit joined; "nhập dữ liệu" joins nothing."""
_OLD_BEFORE = re.compile(
    rf"\b(?:nguyên là|trước đây|cũ của|(?:(?<!trước )(?<!sau )(?<!khi )(?:sáp nhập|hợp nhất)|"
    rf"(?<!sáp )nhập|thành lập (?:từ|trên cơ sở(?: nhập| hợp nhất)?)|"
    rf"(?:sáp nhập|hợp nhất|hình thành|lập|gộp|ghép|hợp lại|tách ra) từ){_PARTS})"
    # "nhập xã A vào xã B", "xã A và xã B thành xã C": what comes then stands
    r"(?:(?!\b(?:thành|vào|do|nay|hiện|với)\b)[^.;\n])*$",
    re.IGNORECASE,
)
_JOINING = ("nhập", "nhất", "từ", "cơ sở", "nguyên là", "trước đây", "cũ của")
"""One of these is in whatever ``_OLD_BEFORE`` finds."""
_GONE_AFTER = re.compile(
    r"\s*(?:(?:đều|cùng)\s+)?(?:(?:nay|hiện) (?:là|thuộc|không còn)\b|không còn\b|đã (?:được )?"
    rf"(?:{_JOINED}|nhập|giải thể|chia tách|đổi tên|lên (?:phường|thị trấn)|"
    r"(?:hết|thôi|ngừng|dừng|chấm dứt|kết thúc) hoạt động)\b)",
    re.IGNORECASE,
)
"""What is said of units that are no more, also of several at once; some of it is said of others too."""
FORMER_AFTER = re.compile(r"\s*\(?cũ\b")
"""Behind the last of several names: "Khe Mận, Nà Lầu cũ"."""
_NEW_AFTER = re.compile(
    rf"\s*[(,]?\s*(?:mới\s*\)|mới (?:thành lập|hình thành)|sau (?:khi )?{_JOINED})", re.IGNORECASE
)
_COMES_AFTER = re.compile(
    r"\s*(?:(?:đều|cùng)\s+)?(?:(?:là tên )?dự kiến\b|(?:sẽ|sắp|chưa) (?:được )?(?:thành lập|hình thành))",
    re.IGNORECASE,
)
"""What is said of units to come, also of several at once."""
_NEW_BEFORE = re.compile(
    r"\b(?:(?:dự kiến|sẽ|chuẩn bị|đề án|phương án|đề xuất|trước khi)\s+(?:thành\s+)?lập|(?:đặt|lấy)\s+tên)"
    r"(?:\s+(?:là|các|cho|mới))*\s+$",
    re.IGNORECASE,
)
_PLANNED_BEFORE = re.compile(
    r"\b(?:(?:dự kiến|đề án|phương án|đề xuất)\b[^.;\n]*\b(?:nhập|nhất|xếp)\b[^.;\n]*\bthành|"
    r"tên dự kiến\b[^.;\n]*\blà)\s+$",
    re.IGNORECASE,
)
"""A plan and, further on, what comes of it: "phương án nhập xã A và xã B thành …"."""
_FROM_DAY = re.compile(
    r"\b(?:từ|kể từ|sau) (?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b[^.;\n]*$", re.IGNORECASE
)
"""From what day on something is said, before what comes then: "Từ ngày 01/12/2024, xã A đi vào hoạt động"."""
LIST = re.compile(
    rf"\s*(?:,|;|và|,\s*và)\s*(?:(?:xã|phường|thị trấn)\s+)?"
    rf"[{UPPER}][{UPPER}{LOWER}'’]*(?:[ ][{UPPER}][{UPPER}{LOWER}'’]*|[ ]\d{{1,2}})*"
)
_BELONGS = re.compile(
    r"\s*(?P<how>\(|,|[-–]|(?:\(|,)?\s*(?:thuộc|của|ở|tại)\b|"
    r"(?<=\s)(?=(?:huyện|quận|thị xã|thành phố|tỉnh)\s|(?:[HQ]\.|T[PX]\b)))\s*"
    r"(?P<ground>(?:trên\s+)?(?:địa bàn|khu vực|vùng)\s+)?"
)
"""What leads to the unit that a name lies in; often nothing does: "xã A huyện B"."""
_BARE_DISTRICT = re.compile(rf"\s*\(\s*(?P<name>{NAME})\s*\)")
_NEXT_DISTRICT = re.compile(rf"\s*[,–-]\s*(?P<name>{NAME})")
_NEXT_LINE = re.compile(rf"[ ]?\n(?P<more>{NAME})")
_PLANS = re.compile(
    r"\b(?:dự kiến|đề án|phương án|kế hoạch sắp xếp|đề xuất|chuẩn bị|sẽ|sắp|lấy ý kiến)\b",
    re.IGNORECASE,
)
_LOOK, _NEAR = 160, 40
"""How many code points around a name are looked at, and for words right before it."""


def _words_of(text: str) -> str:
    """The words of ``text`` as names are compared, each between blanks."""
    return " ".join(["", *re.findall(r"\w+", letters_of(text)), ""])


def _joined_before(before: str) -> bool:
    """Whether the words before a name say that its unit went into another; most lack any such word."""
    lower = before.lower()
    return any(word in lower for word in _JOINING) and _OLD_BEFORE.search(before) is not None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the words beside a name say: the units it lies in, that it has ended or is to come.

    ``new`` says that a new unit is meant, ``planned`` that it is still to come,
    ``old`` that what had ended is meant, ``of_old`` that only what it lies in is told as former,
    ``ground`` that this is the ground on which it lies today ("địa bàn huyện B cũ"); ``gone`` that what had
    ended may be meant, years after its end; ``kinds`` are the other kinds under which
    the sentence has the name.
    """

    inside: tuple[Unit, ...] = ()
    firmly: bool = False
    old: bool = False
    of_old: bool = False
    ground: bool = False
    new: bool = False
    planned: bool = False
    gone: bool = False
    kinds: frozenset[str] = frozenset()


class Beside:
    """Reads the words around the mentions of one document."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting, text: str) -> None:
        self.gazetteer = gazetteer
        self.setting = setting
        self.text = text
        self._heirs: dict[str, frozenset[str]] = {}
        self._all_words: str | None = None

    def longer(self, mention: UnitMention) -> UnitMention:
        """The mention with the rest of a name of two parts: "phường Cam Ly - Đà Lạt"."""
        if mention.span is None:
            return mention
        start, end = mention.span
        after = self.text[end : end + 40]
        if not (more := self.gazetteer.longer(mention.name, after) or self._broken(mention, after)):
            return mention
        rest = self.text[end : end + more]
        return replace(
            mention,
            name=mention.name + rest.replace("\n", " "),
            as_printed=self.text[start : end + more],
            span=(start, end + more),
        )

    def _broken(self, mention: UnitMention, after: str) -> int:
        """How many letters of ``after`` are the rest of a name in which a line ended: "xã Gia⏎Phố".

        Only a unit of the document's place is read so; where the shorter name is one too, the longer has
        to end the clause.
        """
        found = _NEXT_LINE.match(after)
        if not found:
            return 0
        words = found["more"].split(" ")
        for count in range(len(words), 0, -1):
            rest = " ".join(words[:count])
            end = found.start("more") + len(rest)
            if self._stands(f"{mention.name} {rest}", mention.level):
                return end if CLOSES.match(after, end) or not self._stands(mention.name, mention.level) else 0
        return 0

    def _stands(self, name: str, level: str) -> bool:
        """Whether a unit of the document's district or province was called so at its date."""
        units = self.setting.now(self.gazetteer.named(name, level))
        return any(called(unit, name) and self.lies_here(unit) for unit in units)

    def lies_here(self, unit: Unit) -> bool:
        """Whether a unit lies in the document's district, or where it has none in its province."""
        district, provinces = self.setting.district, self.setting.provinces
        if district is not None:
            return unit.parent in self.gazetteer.family(district.id)
        return self.gazetteer.province_of(unit) in provinces

    def hints(self, mention: UnitMention, around: str) -> Hints:
        """What the text says of the mention, or ``around`` where the mention has no place in the text."""
        if mention.span is not None and self.text:
            start, end = mention.span
            before = self.text[max(0, start - _LOOK) : start]
            after = self.text[end : end + _LOOK]
        elif around and mention.as_printed in around:
            before, _, after = around.partition(mention.as_printed)
        else:
            return Hints()
        several = self.setting.district is not None or SEVERAL.search(before[-8:]) is not None
        inside, firmly, ground, rest = self._qualified(after, mention.level, several)
        itself = bool(_OLD_AFTER.match(after) or _joined_before(before))
        old = itself or _OLD_AFTER.match(rest) is not None
        listed = self._listed(after)
        planned = (
            _COMES_AFTER.match(after, listed)
            or _NEW_BEFORE.search(before[-_NEAR:])
            or (before.endswith(("thành ", "là ")) and _PLANNED_BEFORE.search(before))
            or self._from_a_later_day(before)
        )
        new = planned or _NEW_AFTER.match(after)
        gone = (_GONE_AFTER.match(after, listed) or FORMER_AFTER.match(after, listed)) is not None
        line = before[before.rfind("\n") + 1 :] + " … " + after.partition("\n")[0]
        gone = gone or self._heir_named(mention, line)
        of_old = old and not itself
        others = self._other_kinds(mention)
        return Hints(inside, firmly, old, of_old, ground, bool(new), bool(planned), gone, others)

    def _from_a_later_day(self, before: str) -> bool:
        """Whether the sentence tells of a day after the document's."""
        date, found = self.setting.date, _FROM_DAY.search(before)
        told = to_iso(int(found[3]), int(found[2]), int(found[1])) if found else None
        return bool(date and told and told > date)

    def _heir_named(self, mention: UnitMention, line: str) -> bool:
        """Whether the words around a name that was a former commune's name the one that it went into."""
        if mention.level != "commune":
            return False
        heirs = self._heirs.get(mention.name)
        if heirs is None:
            heirs = self._heirs[mention.name] = self._heirs_of(mention.name)
        if not heirs:
            return False
        words = _words_of(line)
        return any(f" {heir} " in words for heir in heirs)

    def heir_told(self, unit: Unit) -> bool:
        """Whether the document names, anywhere, the commune of another name that a former one went into."""
        if self._all_words is None:
            self._all_words = _words_of(self.text)
        return any(f" {heir} " in (self._all_words or "") for heir in self._heirs_of(unit.name))

    def succeeded(self, unit: Unit) -> bool:
        """Whether what ``unit`` went on in is said to stand, where the register leaves the day open.

        Both cannot. The new one is the issuer or is named with its kind, never in a sentence that plans it.
        """
        register = self.gazetteer.register
        after = [self.gazetteer.unit(link.after) for link in register.successors(unit.id)]
        for heir in after:
            if heir is None or heir.valid_from <= unit.sure_to or "formation" in heir.unsure:
                continue
            if any(one.id == heir.id for one in self.setting.issuers):
                return True
            said = [hit for hit in re.finditer(re.escape(heir.name), self.text, re.IGNORECASE)]
            if said and not any(_PLANS.search(self._sentence(hit.start())) for hit in said):
                return True
        return False

    def _other_kinds(self, mention: UnitMention) -> frozenset[str]:
        """The other kinds under which the sentence has the name too: "phường B, trước là xã B"."""
        kind, own = split_kind(mention.as_printed)
        if mention.span is None or not kind or mention.level != "commune":
            return frozenset()
        sentence = self._sentence(mention.span[0]).lower()
        others = (one for one in ("xã", "phường", "thị trấn") if one != kind)
        return frozenset(one for one in others if f"{one} {own.lower()}" in sentence)

    def _sentence(self, at: int) -> str:
        begin = max(self.text.rfind(mark, 0, at) for mark in (". ", ";", "\n")) + 1
        ends = [end for mark in (". ", ";", "\n") if (end := self.text.find(mark, at)) >= 0]
        return self.text[begin : min(ends, default=len(self.text))]

    def _heirs_of(self, name: str) -> frozenset[str]:
        """The names, as letters, of what the place's former communes called ``name`` went on in.

        None where a commune is called so still.
        """
        here = [
            unit
            for unit in self.gazetteer.named(name, "commune")
            if self.lies_here(unit) and called(unit, name)
        ]
        if self.setting.now(here):
            return frozenset()
        former = [unit for unit in here if self.setting.time_of(unit) < 0]
        queue = [link.after for unit in former for link in self.gazetteer.register.successors(unit.id)]
        found: set[str] = set()
        for id_ in queue:  # grows while it is walked
            unit = self.gazetteer.unit(id_)
            if unit is None or squash(unit.name) == squash(name):
                continue
            own = split_kind(unit.name)[1]
            found.add(letters_of(unit.name if own.isdigit() else own))
            queue += [
                link.after for link in self.gazetteer.register.successors(id_) if link.after not in queue
            ]
        return frozenset(found)

    @staticmethod
    def _listed(after: str) -> int:
        """Where the list that goes on behind a name ends in ``after``."""
        at = 0
        while more := LIST.match(after, at):
            at = more.end()
        return at

    def _qualified(self, after: str, level: str, several: bool) -> tuple[tuple[Unit, ...], bool, bool, str]:
        """The units that the words behind a name say it lies in: ``(huyện B, tỉnh C)``, ``thuộc huyện B``,
        ``(B)`` where the province has a district called so, ``, B`` unless the name is one of
        ``several`` ("các xã A, B") or the paper a district's.

        Behind them whether it is so firmly, whether they say on whose ground, and the words that follow.
        "thuộc" and brackets are firm; after a comma the next unit may also be one more of a list.
        """
        listed = False
        at = 0
        while True:
            belongs = _BELONGS.match(after, at)
            hit = WITH_KIND.match(after, belongs.end()) if belongs else None
            if belongs and hit and level_of_kind(kind_and_name(hit)[0]) in ("district", "province"):
                break
            if not listed and level == "commune" and (bare := _BARE_DISTRICT.match(after)):
                units = self._districts(bare["name"])
                return tuple(units), bool(units), False, after[bare.end() :] if units else after
            if not listed and level == "commune" and not several and (bare := _NEXT_DISTRICT.match(after)):
                units = self.setting.now(self._districts(bare["name"]))
                if units:
                    return tuple(units), True, False, after[bare.end() :]
            more = LIST.match(after, at)
            if not more or level != "commune":
                return (), False, False, after
            at, listed = more.end(), True
        how = belongs["how"]
        named = self._named(hit)
        nearer = re.compile(r"\s*[,-]\s*(?=(?:tỉnh|thành phố|TP)\b)").match(after, hit.end())
        end = hit.end()
        if nearer and (over := WITH_KIND.match(after, nearer.end())):
            provinces = {unit.id for unit in self._named(over)}
            named = [unit for unit in named if unit.parent in provinces] or named
            end = over.end()
        firmly = how.strip(",-– ") != "" or (not how and not listed)
        if listed and how in ("(", ",", "-", "–"):  # these say where the last of the list lies
            return (), False, belongs["ground"] is not None, after[end:]
        return tuple(named), firmly, belongs["ground"] is not None, after[end:]

    def _districts(self, name: str) -> list[Unit]:
        """The districts of the document's province that are called ``name``, now or lately."""
        return [
            unit
            for unit in self.gazetteer.named(name, "district")
            if unit.parent in self.setting.provinces
            and self.setting.time_of(unit) <= 0
            and called(unit, name)
        ]

    def district_before(self, mention: UnitMention) -> frozenset[str]:
        """The district last named before the mention in its line, or in a line that opens what follows."""
        if mention.span is None:
            return frozenset()
        start = self.text.rfind("\n", 0, mention.span[0]) + 1
        above = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        opens = self.text[above:start].rstrip().endswith(":")
        last: list[Unit] = []
        for hit in WITH_KIND.finditer(self.text, above if opens else start, mention.span[0]):
            if level_of_kind(kind_and_name(hit)[0]) == "district":
                last = self._named(hit)
        return self.gazetteer.family(last[0].id) if len(last) == 1 else frozenset()

    def _named(self, hit: re.Match[str]) -> list[Unit]:
        """The district or province that a match names, in the document's province if there is one."""
        kind, name = kind_and_name(hit)
        words = f"{kind} {name}"
        units = self.gazetteer.named(words, "district", "province")
        units = [unit for unit in units if self.setting.time_of(unit) <= 0]
        units = [unit for unit in units if split_kind(unit.name)[0] == kind] or units
        units = [unit for unit in units if called(unit, words)] or units
        there = [unit for unit in units if unit.parent in self.setting.provinces]
        return there or units
