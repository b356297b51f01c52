"""Builds the lexicon that slips of the OCR are mended from: pairs of syllables in the written documents.

    python -m corpora.build_lexicon            # rewrites extract/reading/spelling/lexicon.txt

Counted are neighbours in small letters (the first may begin a sentence) that two places or more use,
so that no invented name of a person or a commune gets in; and the fixed words of the form of Nghị định
30/2020/NĐ-CP. The same documents give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from extract.reading.spelling.lexicon import FILE, WORD, key

WRITTEN = Path(__file__).parent / "written"
_PLACES = 2
"""So many of the places must use a pair."""
_FIXED = 100
"""What each pair of the form counts: more than any slip could."""
_FORM = """
    cộng hòa xã hội chủ nghĩa việt nam
    độc lập tự do hạnh phúc
    ủy ban nhân dân
    hội đồng nhân dân
    đoàn kiểm tra
    nơi nhận như trên
    kính gửi
    thay mặt, ký thay, thừa lệnh, thừa ủy quyền
    phó chủ tịch, chủ tịch, trưởng đoàn, phó trưởng đoàn, chánh văn phòng, phó chánh văn phòng
    trưởng phòng, phó trưởng phòng, giám đốc, phó giám đốc
    nghị quyết, quyết định, chỉ thị, quy chế, quy định, thông cáo, thông báo, hướng dẫn, chương trình
    kế hoạch, phương án, đề án, dự án, báo cáo, biên bản, tờ trình, hợp đồng, công văn, công điện
    bản ghi nhớ, bản thỏa thuận, giấy ủy quyền, giấy mời, giấy giới thiệu, phiếu gửi, kết luận
    nghị định, thông tư, thông tư liên tịch, luật, pháp lệnh, thủ tướng chính phủ
    căn cứ luật tổ chức chính quyền địa phương, theo đề nghị của, xét đề nghị của
    chịu trách nhiệm thi hành, có hiệu lực kể từ ngày ký, ban hành kèm theo
    kết quả, tổng hợp, tổ chức thực hiện, tồn tại hạn chế
"""
"""Head, kinds of documents, authority, titles, standing phrases (Nghị định 30/2020/NĐ-CP, Phụ lục I, III)."""
_MARKUP = re.compile(r"[*_#|`]+")
_STOP = re.compile(r"[^\w\s]|\d")


def build(folders: Iterable[Path]) -> str:
    """The text of the lexicon from the documents in ``folders``, one folder a place."""
    counts: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for folder in sorted(folders):
        for path in sorted(folder.glob("*.md")):
            for pair in _pairs(path.read_text(encoding="utf-8")):
                counts[pair] += 1
                places[pair].add(folder.name)
    kept = Counter({pair: count for pair, count in counts.items() if len(places[pair]) >= _PLACES})
    for pair in _pairs(_FORM):
        kept[pair] += _FIXED
    lines = [f"{first} {second} {count}" for (first, second), count in sorted(kept.items())]
    return "\n".join(["# made by corpora/build_lexicon.py; first syllable, second, how often", *lines, ""])


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Neighbours within a line with nothing but a blank between them."""
    text = _MARKUP.sub(" ", unicodedata.normalize("NFC", text))
    for line in text.splitlines():
        for part in _STOP.split(line):
            for first, second in pairwise(WORD.findall(part)):
                if second.islower() and (first.islower() or first.istitle()):
                    yield key(first), key(second)


def main() -> None:
    """Rewrite the lexicon."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--without", nargs="*", default=[], help="places left out, to measure on them")
    parser.add_argument("--output", type=Path, default=FILE)
    given = parser.parse_args()
    folders = [path for path in WRITTEN.iterdir() if path.is_dir() and path.name not in given.without]
    given.output.write_text(build(folders), encoding="utf-8")


if __name__ == "__main__":
    main()
