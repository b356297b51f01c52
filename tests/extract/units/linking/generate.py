"""Makes cases of linking from the national register, by chance with a stated seed, without the linker.

    python -m tests.extract.units.linking.generate

writes ``generated_HALF.txt`` (``fresh`` was drawn after ``held_out`` had been looked at; another state of the
register gives other cases, so the committed files are the measure). Districts, communes, dates, sentences and
slips are drawn; what a name means is known because it was drawn from the register. A slip is only kept
where no other commune of the district looks like it.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from extract.units.register import Register, Unit
from extract.vietnamese import fold

HERE = Path(__file__).parent
SEEDS = {"develop": 2011, "held_out": 2026, "fresh": 777}
PER_SORT = 14
KINDS = ("Thị trấn", "Thành phố", "Thị xã", "Đặc khu", "Huyện", "Quận", "Phường", "Xã", "Tỉnh")
SHORT = {"Thị trấn": ["TT", "TT."], "Phường": ["P."], "Xã": ["X."]}
TONES = "\u0300\u0301\u0303\u0309\u0323"
SHAPES = [("n", "u"), ("c", "e"), ("h", "b"), ("l", "i"), ("u", "v"), ("g", "q"), ("t", "l"), ("o", "c")]
SENTENCES = [
    "Đoàn làm việc tại {0}.",
    "Buổi sáng đoàn làm việc với {0}, buổi chiều tổng hợp biên bản.",
    "{0} cử người dự họp.",
    "Thời gian làm việc tại {0}: 01 ngày.",
    "Đại diện {0} ký biên bản.",
    "Tài liệu do {0} cung cấp gồm 3 tập.",
]
PEOPLE = [
    "Ông {0} làm thư ký.",
    "Bà {0} ghi biên bản.",
    "Đồng chí {0} phát biểu.",
    "Ông Nguyễn {0} dự họp.",
    "Lê {0}, công chức, ghi biên bản.",
]
PLACES = [
    "Thôn {0} có nhà văn hóa mới.",
    "Đường {0} dài 2 km.",
    "Trường Tiểu học {0} có 20 lớp.",
    "Chợ {0} họp ngày lẻ.",
    "Hợp tác xã {0} có 12 thành viên.",
]
DAYS = [
    "2018-05-14",
    "2019-03-20",
    "2019-10-08",
    "2020-09-17",
    "2021-04-06",
    "2021-11-25",
    "2022-06-30",
    "2023-02-10",
    "2023-08-22",
    "2024-03-12",
    "2024-10-30",
    "2025-06-12",
    "2025-06-30",
]
NEW_DAYS = ["2025-07-01", "2025-07-18", "2025-09-30", "2025-12-24", "2026-03-05", "2026-08-11"]


def main() -> None:
    register = Register.load(country=True)
    for part, seed in SEEDS.items():
        maker = Maker(register, random.Random(seed))
        lines = [
            f"# Made by tests/extract/units/linking/generate.py, seed {seed}; the marks are those of written_{part}.txt."
        ]
        for sort, make in maker.sorts().items():
            made = 0
            for _ in range(PER_SORT * 60):
                case = make()
                if case is None:
                    continue
                head, text = case
                lines += ["", f"== {sort} | {head}", text]
                made += 1
                if made == PER_SORT:
                    break
        (HERE / f"generated_{part}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


class Maker:
    """Draws cases; each maker gives the head of a case and its marked text, or ``None`` to draw again."""

    def __init__(self, register: Register, chance: random.Random) -> None:
        self.register = register
        self.chance = chance
        self._at: dict[str, dict[str, list[Unit]]] = {}
        self._districts = [u for u in register.at("2025-06-30", "district") if u.surely_valid("2025-06-30")]

    def sorts(self) -> dict[str, Callable[[], tuple[str, str] | None]]:
        return {
            "full": self.full,
            "short": self.short,
            "list": self.list_,
            "capitals": self.capitals,
            "homonym": self.homonym,
            "tone slip": lambda: self.slip(tone_slip),
            "letter slip": lambda: self.slip(letter_slip),
            "other kind": self.other_kind,
            "qualified": self.qualified,
            "open in province": self.open_in_province,
            "people": lambda: self.stray(PEOPLE),
            "other names": lambda: self.stray(PLACES),
            "invented": self.invented,
            "no header": self.no_header,
            "two tiers": self.two_tiers,
            "old name": self.old_name,
            "slip in two tiers": self.slip_in_two_tiers,
            "districts": self.districts,
        }

    # --- drawing --------------------------------------------------------------------

    def communes(self, day: str) -> dict[str, list[Unit]]:
        """The communes that surely existed on a day and are spelt with tone marks, by their parent."""
        if day not in self._at:
            by_parent: dict[str, list[Unit]] = defaultdict(list)
            for unit in self.register.at(day, "commune"):
                if unit.surely_valid(day) and unit.marked and unit.code:
                    by_parent[unit.parent].append(unit)
            self._at[day] = by_parent
        return self._at[day]

    def setting(self) -> tuple[str, Unit, Unit, list[Unit]]:
        """A day, a district of then, its province and its communes."""
        while True:
            day = self.chance.choice(DAYS)
            district = self.chance.choice(self._districts)
            units = self.communes(day).get(district.id, [])
            if len(units) >= 5 and district.surely_valid(day):
                return day, district, self.register.parents(district.id)[0], units

    def head(self, day: str, issuer: Unit, above: Unit | None) -> str:
        return f"{day} | {issuer.name} | {above.name if above else '-'} | {own(issuer)}"

    def say(self, words: str) -> str:
        sentence = self.chance.choice(SENTENCES)
        text = sentence.format(words)
        if sentence.startswith("{0}") and not words.startswith("["):
            return text
        return text[:1] + text[1].upper() + text[2:] if text.startswith("[") else text

    # --- sorts -----------------------------------------------------------------------

    def full(self) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        named = self.chance.sample(units, 2)
        return self.head(day, district, province), self.say(
            " và ".join(mark(lower(u), u.code) for u in named)
        )

    def short(self) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        unit = self.chance.choice(units)
        if " " not in own(unit) and not own(unit).isdigit():
            return None
        kind = self.chance.choice(SHORT[kind_of(unit)])
        return self.head(day, district, province), self.say(mark(f"{kind} {own(unit)}", unit.code))

    def list_(self) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        same = [u for u in units if kind_of(u) == "Xã" and " " in own(u) and own(u) != own(district)]
        if len(same) < 4:
            return None
        a, b, c, d = self.chance.sample(same, 4)
        words = f"các xã: {mark(own(a), a.code)}, {mark(own(b), b.code)}, {mark(own(c), c.code)} và {mark(own(d), d.code)}"
        return self.head(day, district, province), f"Đoàn làm việc tại {words}."

    def capitals(self) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        unit = self.chance.choice(units)
        return self.head(
            day, district, province
        ), f"BIÊN BẢN LÀM VIỆC TẠI {mark(unit.name.upper(), unit.code)}"

    def homonym(self) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        times = Counter(own(u) for some in self.communes(day).values() for u in some)
        often = [u for u in units if times[own(u)] >= 5]
        if not often:
            return None
        unit = self.chance.choice(often)
        return self.head(day, district, province), self.say(mark(lower(unit), unit.code))

    def slip(self, slipped: Callable[[random.Random, str], str | None]) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        unit = self.chance.choice(units)
        wrong = self._slipped(unit, day, [district.id], slipped)
        if wrong is None:
            return None
        return self.head(day, district, province), self.say(
            mark(f"{kind_of(unit).lower()} {wrong}", f"~{unit.code}")
        )

    def _slipped(
        self, unit: Unit, day: str, places: list[str], slipped: Callable[[random.Random, str], str | None]
    ) -> str | None:
        """A misprint of the name that looks like no other unit around and like none of the whole province."""
        wrong = slipped(self.chance, own(unit))
        if wrong is None:
            return None
        around = [u for place in places for u in self.register.children(place, day) if u.id != unit.id]
        province = self.register.parents(unit.id)[-1]
        names = {fold(own(u)).replace(" ", "") for u in around}
        if any(edits(one, fold(wrong).replace(" ", "")) <= 2 for one in names):
            return None
        under = [
            u for one in self.register.children(province.id) for u in (one, *self.register.children(one.id))
        ]
        if any(
            fold(own(u)).replace(" ", "") == fold(wrong).replace(" ", "") for u in under if u.id != unit.id
        ):
            return None
        return wrong

    def other_kind(self) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        unit = self.chance.choice(units)
        if [own(u) for u in self.register.children(district.id) if own(u) == own(unit)] != [own(unit)]:
            return None
        kind = "xã" if kind_of(unit) != "Xã" else "phường"
        if own(unit).isdigit():
            return None
        return self.head(day, district, province), self.say(mark(f"{kind} {own(unit)}", f"~{unit.code}"))

    def qualified(self) -> tuple[str, str] | None:
        day, district, province, _ = self.setting()
        others = [
            d
            for d in self._districts
            if d.parent == province.id and d.id != district.id and d.surely_valid(day)
        ]
        if not others:
            return None
        other = self.chance.choice(others)
        units = self.communes(day).get(other.id, [])
        if not units:
            return None
        unit = self.chance.choice(units)
        form = self.chance.choice(["{0}, {1}", "{0} ({1})", "{0} thuộc {1}"])
        issuer = self.chance.choice([district, province])
        head = self.head(day, issuer, province if issuer is district else None)
        return head, self.say(form.format(mark(lower(unit), unit.code), lower(other)))

    def open_in_province(self) -> tuple[str, str] | None:
        day, _, province, _ = self.setting()
        named: dict[str, list[Unit]] = defaultdict(list)
        for district in self.register.children(province.id, day):
            for unit in self.register.children(district.id, day):
                if unit.level == "commune":
                    named[fold(own(unit)).replace(" ", "")].append(unit)
        twice = [
            some
            for some in named.values()
            if len(some) == 2
            and len({u.name for u in some}) == 1
            and all(u.code and u.surely_valid(day) for u in some)
        ]
        if not twice or not self.chance.random() < 0.8:
            once = [
                some[0]
                for some in named.values()
                if len(some) == 1 and some[0].code and some[0].surely_valid(day) and some[0].marked
            ]
            unit = self.chance.choice(once)
            return (
                (self.head(day, province, None), self.say(mark(lower(unit), unit.code)))
                if not own(unit).isdigit()
                else None
            )
        some = self.chance.choice(twice)
        codes = " ".join(sorted(u.code for u in some))
        return self.head(day, province, None), self.say(mark(lower(some[0]), f"?{codes}"))

    def stray(self, forms: list[str]) -> tuple[str, str] | None:
        day, district, province, units = self.setting()
        several = [u for u in units if " " in own(u) and not own(u)[-1].isdigit()]
        if not several:
            return None
        unit, stray = self.chance.choice(units), self.chance.choice(several)
        return self.head(
            day, district, province
        ), f"{self.chance.choice(forms).format(own(stray))} {self.say(mark(lower(unit), unit.code))}"

    def invented(self) -> tuple[str, str] | None:
        """A name of two syllables that no unit of the country has, and none of the district nearly has."""
        day, district, province, units = self.setting()
        syllables = sorted(
            {
                part
                for some in self.communes(day).values()
                for u in some
                for part in own(u).split()
                if part.isalpha()
            }
        )
        name = " ".join(self.chance.sample(syllables, 2))
        key = fold(name).replace(" ", "")
        if self.register.named(f"Xã {name}") or any(
            edits(key, fold(own(u)).replace(" ", "")) <= 2 for u in self.register.children(district.id)
        ):
            return None
        unit = self.chance.choice(units)
        return self.head(day, district, province), self.say(
            f"{mark(f'xã {name}', '-')} và {mark(lower(unit), unit.code)}"
        )

    def no_header(self) -> tuple[str, str] | None:
        day, _, _, units = self.setting()
        few = self.chance.sample(units, 4)
        if any(own(u).isdigit() for u in few):
            return None
        shared = Counter(
            place
            for u in few
            for place, some in self.communes(day).items()
            if any(own(o) == own(u) for o in some)
        )
        if sum(times >= 2 for times in shared.values()) > 1:
            return None
        return f"{day} | - | - | -", self.say(", ".join(mark(lower(u), u.code) for u in few))

    def two_tiers(self) -> tuple[str, str] | None:
        day, province, units = self._new_setting()
        a, b, issuer = self.chance.sample(units, 3)
        head = self.head(day, *self.chance.choice([(province, None), (issuer, province)]))
        return head, self.say(f"{mark(lower(a), a.code)} và {mark(lower(b), b.code)}")

    def slip_in_two_tiers(self) -> tuple[str, str] | None:
        day, province, units = self._new_setting()
        unit, issuer = self.chance.sample(units, 2)
        wrong = self._slipped(unit, day, [province.id], tone_slip)
        if wrong is None:
            return None
        return self.head(day, issuer, province), self.say(
            mark(f"{kind_of(unit).lower()} {wrong}", f"~{unit.code}")
        )

    def old_name(self) -> tuple[str, str] | None:
        """A commune that went into the issuer, by its old name."""
        day, province, units = self._new_setting()
        issuer = self.chance.choice(units)
        olds = [u for link in self.register.predecessors(issuer.id) if (u := self.register.unit(link.before))]
        olds = [
            u
            for u in olds
            if u.level == "commune" and u.code and u.valid_to == "2025-06-30" and own(u) != own(issuer)
        ]
        if not olds or day > "2026-06":
            return None
        old = self.chance.choice(olds)
        again = [
            u
            for u in self.register.named(old.name, day, "commune")
            if self.register.parents(u.id)[-1].id == province.id
        ]
        if again:
            return None
        form = self.chance.choice(["{0} (cũ)", "{0} trước sáp nhập", "{0}"])
        return (
            self.head(day, issuer, province),
            f"Tài liệu của {form.format(mark(lower(old), '<' + old.code))} do {mark(lower(issuer), issuer.code)} quản lý.",
        )

    def districts(self) -> tuple[str, str] | None:
        day, _, province, _ = self.setting()
        others = [d for d in self._districts if d.parent == province.id and d.surely_valid(day)]
        if len(others) < 2:
            return None
        a, b = self.chance.sample(others, 2)
        return self.head(day, province, None), self.say(
            f"{mark(lower(a), a.code)} và {mark(lower(b), b.code)}"
        )

    def _new_setting(self) -> tuple[str, Unit, list[Unit]]:
        day = self.chance.choice(NEW_DAYS)
        province = self.chance.choice([p for p in self.register.at(day, "province") if p.surely_valid(day)])
        return day, province, self.communes(day)[province.id]


def kind_of(unit: Unit) -> str:
    return next(kind for kind in KINDS if unit.name.startswith(f"{kind} "))


def own(unit: Unit) -> str:
    return unit.name.removeprefix(kind_of(unit)).strip()


def lower(unit: Unit) -> str:
    return f"{kind_of(unit).lower()} {own(unit)}"


def mark(words: str, meant: str) -> str:
    return f"[{words}|{meant}]"


def tone_slip(chance: random.Random, name: str) -> str | None:
    """Another tone on one syllable, or a letter mark lost."""
    parts = unicodedata.normalize("NFD", name)
    if chance.random() < 0.6:
        places = [at for at, letter in enumerate(parts) if letter in TONES]
        if not places:
            return None
        at = chance.choice(places)
        tone = chance.choice([t for t in (*TONES, "") if t != parts[at]])
        after = at + 1
        while after < len(parts) and unicodedata.combining(parts[after]):
            after += 1  # the tone comes last, behind the letter's own mark
        parts = parts[:at] + parts[at + 1 : after] + tone + parts[after:]
    else:
        places = [at for at, letter in enumerate(parts) if letter in "\u0302\u0306\u031b" or letter in "đĐ"]
        if not places:
            return None
        at = chance.choice(places)
        parts = parts[:at] + {"đ": "d", "Đ": "D"}.get(parts[at], "") + parts[at + 1 :]
    return unicodedata.normalize("NFC", parts)


def letter_slip(chance: random.Random, name: str) -> str | None:
    """One letter taken for another of like shape, in a name long enough to be known all the same."""
    if len(name.replace(" ", "")) < 7:
        return None
    pairs = [*SHAPES, *((b, a) for a, b in SHAPES)]
    places = [(at, other) for at, letter in enumerate(name) for one, other in pairs if letter == one]
    if not places:
        return None
    at, other = chance.choice(places)
    return name[:at] + other + name[at + 1 :]


def edits(a: str, b: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, above = [i], row
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


if __name__ == "__main__":
    main()
