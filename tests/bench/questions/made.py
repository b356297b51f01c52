"""A large made archive: districts that report every year on their communes, and cite what they go by.

Statements are drawn from the written wordings, places are invented, citations are found by the grammar as on
the road: documents of the register, decisions of the district with and without their day, the report of the
year before. Some days and rates are wrong, some numbers are cut short, so that every question has something
to answer.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "corpora" / "support"))

from citing import citing

from corpora.dataset import Dataset
from corpora.ledger import Incoming
from extract.citations.register import Known, documents
from extract.document import Document
from extract.units.register import Unit
from models.subject_pairs import read_wordings

YEARS = range(2006, 2026)
COMMUNES = 10
SEED = 11
_ITEMS = ("hồ sơ đất đai", "hồ sơ chứng thực", "hồ sơ trực tuyến", "thủ tục đã công khai")


class Archive:
    """The documents of ``districts`` districts, one a year each."""

    def __init__(self, districts: int) -> None:
        self.districts = districts
        wordings = read_wordings()
        self._faults = [one for one in wordings if not one.remedy]
        self._remedies = [one for one in wordings if one.remedy]
        self._known = sorted(documents().values(), key=lambda one: one.key)

    def units(self) -> list[Unit]:
        """The register of the invented places."""
        found = []
        for district in range(self.districts):
            found.append(Unit(f"h{district}", self.name(district), "district", "", "", "", ()))
            found += [
                Unit(f"{district}.{at}", self.commune(district, at), "commune", f"h{district}", "", "", ())
                for at in range(COMMUNES)
            ]
        return found

    @staticmethod
    def name(district: int) -> str:
        """What a district is called."""
        return f"Huyện Làng {_letters(district)}"

    @staticmethod
    def commune(district: int, at: int) -> str:
        """What a commune is called."""
        return f"Xã Bến {_letters(district)} {_letters(at)}"

    def documents(self, years: range = YEARS) -> Iterator[Document]:
        """All reports, year after year."""
        for year in years:
            for district in range(self.districts):
                yield self.report(district, year)

    def report(self, district: int, year: int, content: str = "") -> Document:
        """One report: some fifty findings, fifteen citations; the same whenever it is asked for."""
        chance = random.Random(f"{SEED}.{district}.{year}")
        day = date(year, 11, 5) + timedelta(chance.randrange(40))
        lines: list[str | tuple[str, ...]] = ["BÁO CÁO", f"Kết quả kiểm tra năm {year}"]
        lines += [f"Căn cứ {self._cited(chance, district, day)};" for _ in range(9)]
        codes = {}
        for at in range(COMMUNES):
            unit = self.commune(district, at)
            codes[unit] = f"{district}.{at}"
            for place in range(3):
                one = self._faults[(chance.randrange(60) * 11 + 17 * at) % len(self._faults)]
                said = one.text.rstrip(".;")
                if place == 0 and at < 6:
                    said += f" theo {self._cited(chance, district, day)}"
                lines.append((unit, "deficiency", one.area, " ".join(one.types), f"{said}."))
            one = self._remedies[chance.randrange(len(self._remedies))]
            lines.append((unit, "achievement", one.area, "", one.text))
            whole = chance.randrange(20, 90)
            part = chance.randrange(10, whole)
            rate = 100 * part / whole + (chance.random() < 0.02) * 7
            item = _ITEMS[at % len(_ITEMS)]
            figure = f"Có {part}/{whole} {item} đúng hạn, đạt {rate:.1f}%.".replace(".", ",", 1)
            lines.append((unit, "information", "procedures", "", figure))
        if content:
            lines.append(content)
        made = citing(
            *lines, name=f"{year}/{district:04}.md", date=day.isoformat(), year=year,
            number=f"{100 + district % 300}/BC-UBND", district=self.name(district), codes=codes, pages=12,
        )  # fmt: skip
        for one in made.measurements:
            one.indicator = "hồ sơ giải quyết đúng hạn"
        return made

    def _cited(self, chance: random.Random, district: int, day: date) -> str:
        kind = chance.random()
        if kind < 0.5:
            return _national(chance, chance.choice(self._known), day)
        if kind < 0.6:
            before = date(day.year - 1, 11, 5)
            return (
                f"Báo cáo số {100 + district % 300}/BC-UBND ngày {_day(before)} của UBND {self._of(district)}"
            )
        number, issued = chance.randrange(100, 2000), day - timedelta(chance.randrange(300))
        symbol = chance.choice(
            ("Quyết định số {}/QĐ-UBND", "Kế hoạch số {}/KH-UBND", "Công văn số {}/UBND-NV")
        )
        said = symbol.format(number)
        if chance.random() < 0.7:
            said += f" ngày {_day(issued)}"
        return f"{said} của UBND {self._of(district)}" if chance.random() < 0.7 else said

    def _of(self, district: int) -> str:
        name = self.name(district)
        return name[0].lower() + name[1:]


def _national(chance: random.Random, known: Known, day: date) -> str:
    how, kind = chance.random(), (known.kind or "văn bản").capitalize()
    if how < 0.5:
        issued = date.fromisoformat(known.date)
        if chance.random() < 0.02:
            issued += timedelta(chance.randrange(1, 9))
        return f"{kind} số {known.number} ngày {_day(issued)} của {known.issuer or 'Quốc hội'}"
    return f"{kind} {known.number}" if how < 0.8 else f"{kind} {known.number.split('/')[0]}"


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month}/{day.year}"


def _letters(number: int) -> str:
    """A syllable for a number, without digits: names with digits would be read as figures."""
    first, last = (
        "BCDGHKLMNPQRSTVX",
        ("an", "inh", "ong", "ung", "ia", "ơi", "uyên", "ăn", "âu", "ôm", "ét", "ưa", "oan"),
    )
    return first[number % len(first)] + last[number // len(first) % len(last)]


def store(dataset: Dataset, made: Document) -> None:
    """Put one document into the dataset, as :mod:`pipelines.ingest` does."""
    decision = dataset.begin(Incoming(f"/made/{made.source}", made.source, made.source_sha256, 1))
    dataset.store(decision.source_id, [made], {"rasoat": "0"}, 1)
