"""Names of units in running text: with their kind, in lists, and bare where the document knows them.

Vietnamese place names capitalise every syllable ("An Hòa Thịnh"), other names only the first
("Lao động"): a run of capitalised syllables that a comma, a bracket or "và" closes in a list is one more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from extract.document import Span, UnitMention
from extract.units.bare import PERSON, inside_name, is_officer, may_be_person, stands_for_place
from extract.units.capitals import names_in_capitals
from extract.units.learn import bare_names, goes_on, numbered_names
from extract.units.lists import DISTRICTS_BEFORE_LIST, carry_districts, carry_on
from extract.units.names import Level, bare, cased, level_of_kind
from extract.units.one_syllable import in_lists, pattern_of
from extract.units.patterns import (
    BETWEEN,
    INTRO,
    KIND_BEFORE_LIST,
    KIND_ENDS_LINE,
    LINE_OF_NAME,
    NOT_PLACES,
    SEVERAL,
    TOWN,
    WHOLE,
    WITH_KIND,
    plain_kind,
    shortened,
)
from extract.vietnamese import LOWER, UPPER, either_tone_place, fold, one_tone_place

_SENTENCE = rf"[{UPPER}][{UPPER}{LOWER}]*[ ][{LOWER}]"
"""What a line begins with that goes on with no name: "2. Khe Mận⏎Chưa niêm yết …"."""


_WITHOUT_KIND = re.compile(
    rf"(?<![{UPPER}{LOWER}])(?<!xã )(?<!Xã )(?<!hường )(?<!rấn )(?<!uyện )[A-ZĐ]{{2,6}}(?![{UPPER}{LOWER}])"
)
"""Initials behind no kind: where a text says "công tác TCD", "xã TCD" is no unit of that name."""


class Names:
    """The units that one document names, so that "Sơn Giang (8,21)" is known without its kind.

    ``namesakes`` are communes whose bare names mean something else, a unit over them or a common word; a kind
    that ends the line before is theirs.
    """

    def __init__(self, text: str, known: Iterable[str] = (), namesakes: Iterable[str] = ()) -> None:
        self._names: dict[str, dict[str, str]] = {}  # folded: each spelling with its kind
        self.districts: dict[str, str] = {}  # own name: with its kind
        self._named: set[str] = set()
        self._above: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        known, namesakes = list(known), list(namesakes)
        self._abbreviated = set(_WITHOUT_KIND.findall(text))
        self.namesakes = {fold(name) for name in namesakes}
        self.one_syllable = pattern_of(namesakes)
        self._namesakes = namesakes
        self.shortened = shortened([*known, *namesakes])
        self._numbered = numbered_names(text, known)
        for name in known:
            self.add(name)
        for found in WITH_KIND.finditer(text):
            kind, name = kind_and_name(found)
            name = self.own_part(name, found["name"] or "")
            if level_of_kind(kind) != "commune":
                self._above.add(bare(name))
            elif is_officer(text, found.start(), name):
                continue
            elif " " in name:
                self._named.add(bare(name))
                self._names.setdefault(bare(name), {name: kind})
        # Lists give more names: "các phường Long Sậy, Cầu Vông" makes both known.
        for unit in find_units(text, (0, len(text)), self):
            if unit.level != "commune" or fold(unit.name) in self.namesakes:
                continue
            if " " in unit.as_printed:
                self.add(unit.name)
                self._named.add(bare(unit.name))
        kind = self._only_kind()
        above = self._above | set(map(bare, self.districts.values()))
        for _ in range(2):  # a name just learned makes its neighbours known
            for name in bare_names(text, self.__contains__, above):
                self.add(f"{kind} {name}".strip())
                self._named.add(bare(name))

    def add(self, name: str) -> None:
        """Make a name known; with its kind ("Xã Khe Mận") or without."""
        found = WHOLE.match(name)
        if found and found["name"] and len(found["name"]) > 2:
            kind = plain_kind(found["kind"]) if found["kind"] else ""
            self._pattern = None
            if level_of_kind(kind) == "district":
                self.districts[one_tone_place(found["name"])] = f"{kind.capitalize()} {found['name']}"
                return
            spelt = self._names.setdefault(bare(found["name"]), {})
            if kind or not spelt:  # "Nậm Cắn" and "Nậm Càn" may be two communes of one district
                spelt[cased(found["name"])] = kind

    def broken(self, kind: str, words: str) -> str:
        """The name that ``words`` begin with where with ``kind`` it is one of the ``namesakes``."""
        parts = words.split()
        begun = (" ".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((name for name in begun if fold(f"{kind} {name}") in self.namesakes), "")

    def namesake(self, own: str) -> str:
        """The one of the ``namesakes`` whose own name this is, with its kind."""
        return next((name for name in self._namesakes if name.endswith(f" {own}")), own)

    def across_lines(self, text: str, at: int) -> str:
        """The known name at ``at`` in which a line ends, empty where there is none."""
        found = self.pattern.match(text, at) if self.pattern else None
        return found.group() if found and "\n" in found.group() else ""

    def without_count(self, name: str) -> str:
        """``"Khe Mận 2"`` without its 2 where that counts something ("xã Khe Mận 2 vụ")."""
        base = re.sub(r"[ ]\d{1,2}$", "", name)
        return name if base == name or fold(name) in self._numbered else base

    def is_abbreviation(self, name: str) -> bool:
        """Whether initials behind a kind name no unit: "Chủ tịch xã TCD vào thứ Ba" receives citizens."""
        return name in self._abbreviated

    def own_part(self, name: str, printed: str) -> str:
        """``name`` without what only seems to belong to it: a count, the words that the clause goes on with.

        Of ``"XÃ KHE MẬN CHƯA BÁO CÁO"`` it is the longest beginning that is known; where not all are
        capitals, before an organ, a title or a person ("Tại xã Khe Mận Đoàn …").
        """
        name = self.without_count(name)
        if name in self:
            return name
        words = name.split()
        cuts = reversed(range(2, len(words))) if printed.isupper() else goes_on(words)
        begun = (" ".join(words[:cut]) for cut in cuts)
        for shorter in begun:
            if shorter in self:
                return shorter
        person = PERSON.search(name, 1)  # "xã Khe Mận Trần Văn Út" has a chairman of that name
        return name[: person.start()].rstrip() if person else name

    @property
    def town(self) -> str | None:
        """The one thị trấn that the document names: the one that "thị trấn" alone means."""
        towns = [
            spelt for spelt in self._names.values() if any(kind == "thị trấn" for kind in spelt.values())
        ]
        return f"Thị trấn {next(iter(towns[0]))}" if len(towns) == 1 else None

    def _only_kind(self) -> str:
        """The kind that all communes of the document have, towns apart; empty where there are two."""
        kinds = {kind for spelt in self._names.values() for kind in spelt.values()} - {"thị trấn", ""}
        return kinds.pop() if len(kinds) == 1 else ""

    def full(self, name: str) -> str:
        """The name with the kind that the document gives it: ``"Sơn Hàm"`` is ``"Xã Sơn Hàm"``."""
        spelt = self._names.get(bare(name), {})
        own = name if name in spelt else next(reversed(spelt), name)
        kind = spelt.get(own)
        return f"{kind.capitalize()} {own}" if kind and fold(own) == fold(name) else name

    def named(self, name: str) -> bool:
        """Whether the document itself says of the name that it is a unit's, somewhere."""
        return bare(name) in self._named or (self.is_above(name) and self.district(name) is not None)

    def district(self, name: str) -> str | None:
        """The district, with its kind, that a bare name means in a paper that speaks of a whole province.

        None where the document calls only a xã or phường so: its thị trấn is the seat of the district.
        """
        kinds = set(self._names.get(bare(name), {}).values()) - {"thị trấn"}
        if kinds and bare(name) in self._named and not self.is_above(name):
            return None
        return self.districts.get(one_tone_place(cased(name)))

    def spelt_in_capitals(self, name: str) -> bool:
        """Whether a name in capitals is known, with its very tone marks."""
        own = cased(name)
        return own in self._names.get(bare(name), {}) or self.district(name) is not None

    def is_above(self, name: str) -> bool:
        """Whether the document names a district, town or province of this name."""
        return bare(name) in self._above

    def __contains__(self, name: str) -> bool:
        return bare(name) in self._names

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Any of the names of several syllables, not inside a longer name."""
        if self._pattern is None and (self._names or self.districts):
            spelt = {own for names in (*self._names.values(), self.districts) for own in names}
            owns = (own for own in spelt if " " in own)
            several = sorted(owns, key=len, reverse=True)
            if several:
                # a line may end inside a name
                escaped = (either_tone_place(re.escape(own)) for own in several)
                alternatives = "|".join(own.replace(r"\ ", r"[ \n]") for own in escaped)
                self._pattern = re.compile(
                    # the capital is asked for first: a district has dozens of names
                    rf"(?=[{UPPER}])(?<![{UPPER}{LOWER}])(?:{alternatives})"
                    rf"(?![{UPPER}{LOWER}]|[ ][{UPPER}]|\n(?!{_SENTENCE})[{UPPER}])"
                )
        return self._pattern


def find_units(text: str, span: Span, names: Names) -> list[UnitMention]:
    """All mentions of units in ``text[span]``, in reading order, none inside another."""
    found: dict[int, UnitMention] = {}
    for hit in WITH_KIND.finditer(text, *span):
        if hit.group()[:1].isupper() and inside_name(text, span[0], hit.start()):
            continue  # "bà Nguyễn Thị Xã Hội"
        kind, name = kind_and_name(hit)
        level = level_of_kind(kind)
        own = names.own_part(name, hit["name"]) if hit["name"] else name
        if level == "commune" and (is_officer(text, hit.start(), own) or names.is_abbreviation(own)):
            continue
        end = hit.end() - len(name) + len(own)
        printed = text[hit.start() : end]
        found[hit.start()] = UnitMention(
            f"{kind.capitalize()} {own}", level, printed, span=(hit.start(), end)
        )
        several = SEVERAL.search(text, max(span[0], hit.start() - 8), hit.start()) is not None
        if level == "commune":
            carry_on(text, end, span[1], kind, names, found, several=several or not names.districts)
        else:
            carry_districts(text, end, span[1], kind, names, found, several=several)
    for hit in DISTRICTS_BEFORE_LIST.finditer(text, *span):
        carry_districts(text, hit.end(), span[1], "huyện", names, found, several=True, first=True)
    for hit in KIND_BEFORE_LIST.finditer(text, *span):
        if hit.end() in found and found[hit.end()].level != "commune":
            continue  # "các thị xã: Lũng Vàng, …"
        if hit["first"] and hit["first"] not in names and hit["first"].split()[0] in NOT_PLACES:
            continue
        kind = plain_kind(hit["kind"])
        kind = kind if kind in ("xã", "phường", "thị trấn") else ""
        carry_on(text, hit.end(), span[1], kind, names, found, first=True)
    for hit in INTRO.finditer(text, *span):
        if hit["name"] in names:
            carry_on(text, hit.end(), span[1], "", names, found, first=True)
    if names.pattern:
        _find_bare(text, span, names, names.pattern, found)
    taken = _taken(found)
    for place in names_in_capitals(text, span, names.spelt_in_capitals):
        if not taken(place):
            _take(text, place, names, found)
    if names.one_syllable:
        communes = [unit.span for unit in found.values() if unit.span and unit.level == "commune"]
        for place in in_lists(text, span, names.one_syllable, communes):
            if not taken(place):
                own = text[slice(*place)]
                found[place[0]] = UnitMention(names.namesake(own), "commune", own, span=place)
    for hit in names.shortened.finditer(text, *span) if names.shortened else ():
        kind, own = ("phường", hit["number"]) if hit["number"] else (plain_kind(hit["kind"]), hit["name"])
        if not taken(hit.span()):
            found[hit.start()] = UnitMention(
                f"{kind.capitalize()} {own}", "commune", hit.group(), span=hit.span()
            )
    for hit in LINE_OF_NAME.finditer(text, *span) if names.namesakes else ():
        ends = KIND_ENDS_LINE.search(text, max(span[0], hit.start() - 12), hit.start())
        kind = plain_kind(ends["kind"]) if ends else ""
        if ends and (own := names.broken(kind, hit["name"])):
            whole = (ends.start(), hit.start("name") + len(own))
            name = f"{kind.capitalize()} {cased(own)}"
            found[whole[0]] = UnitMention(name, level_of_kind(kind), text[slice(*whole)], span=whole)
    if names.town:
        for hit in TOWN.finditer(text, *span):
            if hit.start() not in found and not (text[hit.end() :][:1].isspace() and hit.end() + 1 in found):
                found[hit.start()] = UnitMention(names.town, "commune", hit.group(), span=hit.span())
    return [found[at] for at in sorted(found)]


def kind_and_name(hit: re.Match[str]) -> tuple[str, str]:
    """Kind (lower case, in full) and name of a match of ``WITH_KIND`` or ``WHOLE``."""
    kind = hit["kind"] or hit["numbered"] or ""
    return plain_kind(kind), cased(hit["name"] or hit["number"])


def _find_bare(
    text: str, span: Span, names: Names, pattern: re.Pattern[str], found: dict[int, UnitMention]
) -> None:
    """Take the known names that stand without their kind and are a place's.

    Of those that may be a person's, the ones that are listed with a commune are: "Đỗ Sơn và Ninh Dân".
    """
    perhaps: list[re.Match[str]] = []
    taken = _taken(found)
    for hit in pattern.finditer(text, *span):
        if taken(hit.span()) or not stands_for_place(text, span[0], hit, names.named):
            continue
        if may_be_person(text, span[0], hit):
            perhaps.append(hit)
        else:
            _take(text, hit.span(), names, found)
    for hit in reversed(perhaps):
        after = BETWEEN.match(text, hit.end())
        if after and after.end() in found and found[after.end()].level == "commune":
            _take(text, hit.span(), names, found)
    for hit in perhaps:
        before = (m.span[1] for m in found.values() if m.span and m.level == "commune")
        if any(BETWEEN.fullmatch(text, end, hit.start()) for end in before if end <= hit.start()):
            _take(text, hit.span(), names, found)


def _taken(found: dict[int, UnitMention]) -> Callable[[Span], bool]:
    """Whether a place lies in one of the mentions, none of which lies in another."""
    spans = sorted(unit.span for unit in found.values() if unit.span)

    def taken(place: Span) -> bool:
        at = bisect_left(spans, (place[1], 0))  # those that begin before it ends
        return at > 0 and place[0] < spans[at - 1][1]

    return taken


def _take(text: str, place: Span, names: Names, found: dict[int, UnitMention]) -> None:
    printed = text[slice(*place)]
    own = cased(" ".join(printed.split()))
    district = names.district(own)
    level: Level = "district" if district else "commune"
    found[place[0]] = UnitMention(district or names.full(own), level, printed, span=place)
