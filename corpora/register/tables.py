"""The source tables that the register of units is built from, read into plain rows.

The tables are those of vietnamadminunits (see ``extract/units/country/README.md``). They key units without
tone marks or blanks (``"huyenhuongson"``), as :func:`key` does; their quirks are dealt with here.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from extract.vietnamese import fold, one_tone_place

WARDS = "danhmuchanhchinh.gso.gov.vn_ward_2025-07-18.csv"
DISTRICTS = "danhmuchanhchinh.gso.gov.vn_district_2025-07-18.csv"
CONVERSION = "convert_legacy_2025_simple.csv"
AFTER = "sapnhap.bando.com.vn_ward_2025-07-17.csv"
OLDER_WARDS = "alias_ward.csv"
OLDER_DISTRICTS = "alias_district.csv"
DIVIDED_DISTRICTS = "divided_district.csv"

KINDS = {
    "province": ("Tỉnh", "Thành phố"),
    "district": ("Huyện", "Quận", "Thị xã", "Thành phố"),
    "commune": ("Xã", "Phường", "Thị trấn", "Đặc khu"),
}
"""Kinds of units by level."""


def key(name: str) -> str:
    """A name as the tables key it: ``"Xã Bha Lê"`` gives ``"xabhale"``."""
    return re.sub(r"[^a-z0-9]", "", fold(unicodedata.normalize("NFC", name)))


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table, their cells without blanks around."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: (cell or "").strip() for column, cell in row.items()}


def kind_and_own(name: str, level: str) -> tuple[str, str]:
    """``"Thị Trấn Prao"`` as ``("Thị trấn", "Prao")``; the own name in one spelling of tones and blanks."""
    name = one_tone_place(" ".join(unicodedata.normalize("NFC", name).split()))
    for kind in sorted(KINDS[level], key=len, reverse=True):
        if name.lower().startswith(f"{kind.lower()} "):
            return kind, name[len(kind) + 1 :]
    raise ValueError(f"No kind of {level}: {name}")


@dataclass(slots=True)
class Listed:
    """A unit of the list of the statistics office; ``also`` are other spellings of its own name."""

    code: str
    level: str
    kind: str
    own: str
    parent: str
    also: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Kind and name as the tables key them."""
        return key(self.kind + self.own)


def listed(folder: Path) -> dict[str, dict[str, Listed]]:
    """The units just before 1 July 2025 by level and code."""
    found: dict[str, dict[str, Listed]] = {"province": {}, "district": {}, "commune": {}}
    for row in rows(folder, WARDS):
        province = row["Mã TP"]
        found["province"].setdefault(
            province, Listed(province, "province", *kind_and_own(row["Tỉnh / Thành Phố"], "province"), "")
        )
        found["commune"][row["Mã"]] = Listed(
            row["Mã"], "commune", *kind_and_own(row["Tên"], "commune"), row["Mã QH"]
        )
    for row in rows(folder, DISTRICTS):
        found["district"][row["Mã"]] = Listed(
            row["Mã"], "district", *kind_and_own(row["Tên"], "district"), row["Mã TP"]
        )
    return found


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one unit on 1 July 2025.

    ``before`` is the code of a commune, or of a district that had no communes.
    """

    before: str
    level: str
    before_name: str
    district: str
    district_name: str
    province: str
    province_changes: bool
    merged: bool
    divided: bool
    after: str
    after_name: str
    after_province: str
    after_province_name: str


def conversions(folder: Path) -> list[Converted]:
    """The conversion of 1 July 2025; its codes of communes have lost their zeros."""
    found = []
    for row in rows(folder, CONVERSION):
        district = f"{int(row['districtCode']):03d}"
        ward = row["wardCode"]
        found.append(
            Converted(
                f"{int(float(ward)):05d}" if ward else district,
                "commune" if ward else "district",
                row["ward"] or row["district"],
                district,
                row["district"],
                f"{int(row['provinceCode']):02d}",
                row["isMergedProvince"] == "True",
                row["isMergedWard"] == "True",
                row["isDividedWard"] == "True",
                row["newWardCode"],
                row["newWard"],
                row["newProvinceCode"],
                row["newProvince"],
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Made:
    """A unit after 1 July 2025 as the map of the mergers names it.

    ``parts`` are own names (as keys) of what it was made from, each with whether only the rest came.
    """

    province: str
    kind: str
    own: str
    parts: tuple[tuple[str, bool], ...]


def made(folder: Path) -> list[Made]:
    """The units of the map of the mergers; one that was not merged has no parts."""
    found = []
    for row in rows(folder, AFTER):
        text = unicodedata.normalize("NFC", row["truocsapnhap"])
        province = re.sub(r"^(thudo|thanhpho|tinh)", "", key(row["tentinh"]))
        parts = () if text == "Không sáp nhập" else tuple(_parts(text))
        found.append(Made(province, row["loai"].capitalize(), one_tone_place(row["tenhc"]), parts))
    return found


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    for part in re.split(r",(?![^(]*\))", text):
        name = part.split("(")[0]
        own = re.sub(r"^\s*(?:xã|phường|thị trấn|huyện)\s+", "", name, flags=re.IGNORECASE)
        yield key(own), "phần còn lại" in part


@dataclass(frozen=True, slots=True)
class Older:
    """An older name and the unit that took it over; ``name`` keeps tone marks where the table has them."""

    level: str
    province: str
    district: str
    target: str
    kind: str
    name: str
    source: str
    year: str
    divided: bool = False

    @property
    def dated(self) -> bool:
        """Whether its table tells rounds: a commune without a year is of the rounds of 2023–2025."""
        return self.level == "commune"


@dataclass(slots=True)
class Unused:
    """Rows of the older names that name no unit, by reason."""

    typing: int = 0
    spelling: int = 0
    no_kind: list[str] = field(default_factory=list)
    boundary: list[str] = field(default_factory=list)


_SHORT = re.compile(r"^(?:p|f|q|ward|district|tt|tp|tx)(?=\d|[a-z])|^\d+$")


def older_wards(folder: Path, unused: Unused) -> list[Older]:
    """The communes of the alias table: one row for each, spellings of one name taken together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in rows(folder, OLDER_WARDS):
        if row["source"] in ("typing", "default"):
            unused.typing += 1
            continue
        place = (row["province_key"], row["district_key"], row["ward_key"], row["source"], row["year"])
        groups.setdefault(place, []).append(row["alias_keyword"].lower())
    found = []
    for (province, district, target, source, year), keywords in groups.items():
        for kind, name in _names(keywords, "commune", f"{district}/{target}", unused):
            found.append(Older("commune", province, district, target, kind, name, source, year))
    return found


def older_districts(folder: Path, current: set[tuple[str, str]], unused: Unused) -> list[Older]:
    """The districts of the alias table and the divided ones that are no more.

    A district that still stands and only gave land to another is no unit that ended: it is put in ``unused``.
    """
    groups: dict[tuple[str, str, str], list[str]] = {}
    for row in rows(folder, OLDER_DISTRICTS):
        place = (row["province_key"], row["district_key"], row["source"])
        groups.setdefault(place, []).append(row["alias_keyword"])
    found = []
    for (province, target, source), keywords in groups.items():
        for kind, name in _names(keywords, "district", target, unused):
            found.append(Older("district", province, "", target, kind, name, source, ""))
    for row in rows(folder, DIVIDED_DISTRICTS):
        old = row["dividedDistrictKey"]
        kind = _kind_of(old, "district")
        if (row["provinceKey"], old) in current or not kind:
            unused.boundary.append(f"{old} > {row['districtKey']}")
            continue
        own = old.removeprefix(key(kind))
        found.append(
            Older("district", row["provinceKey"], "", row["districtKey"], kind, own, row["source"], "", True)
        )
    return found


def _kind_of(keyword: str, level: str) -> str:
    for kind in sorted(KINDS[level], key=len, reverse=True):
        for prefix in (key(kind), kind.lower().replace(" ", "")):
            if keyword.startswith(prefix) and len(keyword) > len(prefix):
                return kind
    return ""


def _names(keywords: list[str], level: str, place: str, unused: Unused) -> Iterator[tuple[str, str]]:
    """The units among the keywords of one target: kind and own name, spellings of one name only once.

    A keyword begins with its kind, and mostly stands once more without it; ``"xaphin"`` beside ``"xaxaphin"``
    is a name and no kind.
    """
    every = set(keywords)
    plain = {word for word in every if any(key(kind) + word in every for kind in KINDS[level])}
    seen: set[str] = set()
    for keyword in sorted(keywords, key=str.isascii):  # spellings with tone marks first
        kind = "" if keyword in plain else _kind_of(keyword, level)
        if not kind:
            continue
        own = re.sub(rf"^(?:{key(kind)}|{kind.lower().replace(' ', '')})", "", keyword)
        own = str(int(own)) if own.isdigit() else own
        if not own.isdigit() and own not in every:
            # A slip in the keyword with its kind ("xaamocnam" beside "mocnam").
            own = next((word for word in every if len(word) > 3 and own.endswith(word)), own)
        form = key(kind) + key(own).replace("nongtruong", "nt")
        if form in seen:
            unused.spelling += 1
            continue
        seen.add(form)
        plain |= {own, key(own)}
        yield kind, own
    left = [word for word in every - plain if not _kind_of(word, level) and not _SHORT.match(word)]
    unused.no_kind.extend(f"{place}: {word}" for word in sorted(left))


def source_title(source: str) -> str:
    """The title in an encyclopedia's address with its tone marks: ``"Trà Lĩnh (huyện)"``; else empty."""
    found = re.search(r"wikipedia\.org/wiki/([^#?]+)", source)
    return unicodedata.normalize("NFC", unquote(found[1])).replace("_", " ") if found else ""
