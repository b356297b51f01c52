"""Time of the pass over new documents in a large archive: ``python -m tests.bench.duplicates.scale [DOCUMENTS]``.

The archive is made up: forms that every district fills in every year (the hard case, as their texts are nearly
one), with one document in twenty lying there twice. Printed are process seconds for the whole archive and
for a batch of a hundred more, and how many pairs were compared; linear is what it has to be.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from pathlib import Path

from corpora.copies.mark import mark_copies
from corpora.dataset import Dataset

_SYLLABLES = re.findall(
    r"\w+",
    "cải cách hành chính thủ tục hồ sơ một cửa công khai niêm yết kế hoạch báo cáo quy chế chi tiêu nội bộ văn bản "
    "kiểm tra đơn vị thực hiện nhiệm vụ lĩnh vực đất đai tư pháp hộ tịch chứng thực công chức cán bộ ký số phần mềm "
    "trực tuyến tiếp nhận giải quyết đúng hạn quá hạn khắc phục tồn tại hạn chế chỉ đạo điều hành tuyên truyền",
)
_FIRST = re.findall(
    r"\w+", "Nà Bản Khe Suối Tân Phú Lũng Mường Cửa Vàm Hòn Đồng Gò Bến Thạch Vĩnh Yên Cổ An Hòa"
)
_SECOND = re.findall(
    r"\w+", "Lạn Khoang Sủi Kheo Cáy Sài Rạng Ngà Trảng Mơ Vạc Lếch Ngải Hạt Cưa Kho Sến Ngọn Dầu Gành"
)


def _form(chance: random.Random, words: int) -> list[str]:
    return [chance.choice(_SYLLABLES) if chance.random() > 0.12 else "#" for _ in range(words)]


def _filled(form: list[str], place: str, year: int, chance: random.Random) -> str:
    """A form with its figures and some names: every ninth word of it is this document's own."""
    said = []
    for word in form:
        if word != "#":
            said.append(word)
        elif chance.random() < 0.5:
            said.append(str(chance.randrange(10, 990)))
        else:
            said.append(f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}")
    return f"UBND huyện {place} Báo cáo năm {year} " + " ".join(said)


def fill(dataset: Dataset, first: int, many: int, forms: list[list[str]]) -> None:
    """Add ``many`` documents, numbered from ``first``."""
    with dataset.transaction() as connection:
        for at in range(first, first + many):
            chance = random.Random(at - 1 if at % 20 == 0 else at)
            place = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.choice(_SECOND)}"
            year = 2008 + chance.randrange(18)
            text = _filled(chance.choice(forms), place, year, chance)
            number, date = f"{chance.randrange(1, 400)}/BC-UBND", f"{year}-{chance.randrange(1, 13):02}-15"
            unit = {"name": f"Huyện {place}"}
            record = {
                "id": f"d{at:08}", "text": text, "number": number, "date": date, "kind": "báo cáo",
                "issuer": f"ỦY BAN NHÂN DÂN HUYỆN {place.upper()}", "issuer_unit": unit, "period": None,
                "signer": None, "subject": None, "engine": None, "reading": [], "warnings": [],
                "duplicate_of": None, "confidence": {"number": 0.97, "date": 0.97, "issuer": 0.97},
            }  # fmt: skip
            connection.execute(
                "INSERT INTO sources (id, name, path, status, ingested_at) VALUES (?, ?, ?, 'ok', '')",
                (at + 1, f"{at:08}.md", f"/made/{at:08}.md"),
            )
            connection.execute(
                """INSERT INTO documents (id, source_id, part, number, date, year, issuer_unit, text, record)
                VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)""",
                (record["id"], at + 1, number, date, year, unit["name"], text, json.dumps(record)),
            )


def main(many: int) -> None:
    """Print the time of one archive, and of a hundred documents more."""
    chance = random.Random(7)
    forms = [_form(chance, 600) for _ in range(12)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Dataset.open(Path(folder) / "rasoat.sqlite", True) as dataset,
    ):
        for first, count in ((0, many), (many, 100)):
            fill(dataset, first, count, forms)
            begun = time.process_time()
            done = mark_copies(dataset)
            spent = time.process_time() - begun
            print(
                f"{first + count} documents, {count} new: {spent:.1f} s, {1000 * spent / count:.1f} ms each, "
                f"{done.pairs} pairs compared, {done.duplicates} repeat another"
            )
        print(f"{dataset.path.stat().st_size / 1e6:.0f} MB with the texts")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
