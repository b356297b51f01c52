"""Pairs of files that are one report twice, and pairs that only look like it, made of the written documents.

Every pair is two files on disk with a truth: ``same`` (one report twice), ``amended`` (issued again with
changes), ``conflict`` (two documents under one number), ``other`` (nothing to do with each other).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora.render import markdown_to_text
from corpora.render_docx import markdown_to_docx
from corpora.render_pdf import markdown_to_pdf
from corpora.render_scan import copier_scan, pdf_to_scan
from corpora.scans import scan_pdf
from extract.vietnamese import LOWER, UPPER, fold

WRITTEN = Path(__file__).resolve().parents[3] / "corpora" / "written"
_NUMBER = re.compile(r"(Số:\s*)(\d+)(?=\s*/)")
_DAY = re.compile(r"(ngày\s+)(\d{1,2})(\s+tháng\s+)(\d{1,2})(\s+năm)")
_YEAR = re.compile(r"(?<!\d)(20[012]\d)(?!\d)")
_FIGURE = re.compile(
    r"(?<![\d/.\-])\d{1,3}(?:[.,]\d{1,2})?(?=\s?%)|(?<![\d/.,\-])\d{2,4}(?= (?:hồ sơ|thủ tục|văn bản|người))"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A pair: what it is called, its two files, what it is."""

    kind: str
    truth: str
    first: Path
    second: Path


def sources(half: int) -> list[Path]:
    """The written documents of one half, by district: 0 to look at, 1 to measure."""
    places = sorted(path for path in WRITTEN.iterdir() if path.is_dir())
    return [path for at, place in enumerate(places) if at % 2 == half for path in sorted(place.glob("*.*"))]


def make(half: int, folder: Path, *, scans: bool = True) -> Iterator[Case]:
    """Write the pairs of one half into ``folder``, two files each."""
    chance = random.Random(half)
    files = sources(half)
    picked = files[:: max(1, len(files) // 44)][:44]
    plan: list[tuple[str, str]] = []
    plan += [("docx", "same")] * 4 + [("pdf", "same")] * 4 + [("text", "same")] * 3
    plan += [("scan", "same")] * 4 + [("copier", "same")] * 4 + [("damaged", "same")] * 4
    plan += [("draft", "same")] * 5 + [("no-marks", "same")] * 3 + [("misread", "same")] * 5
    plan += [("draft-and-scan", "same")] * 3
    plan += [("next-year", "other")] * 6 + [("next-year-one-number", "other")] * 4
    plan += [("next-year-no-number", "other")] * 3 + [("other-district", "other")] * 6
    plan += [("other-district-one-number", "other")] * 4 + [("half-years", "other")] * 5
    plan += [("reply", "other")] * 5 + [("amended", "amended")] * 6 + [("one-number", "conflict")] * 6
    for at, (kind, truth) in enumerate(plan):
        if not scans and kind in ("scan", "copier", "damaged", "draft-and-scan"):
            continue
        source = picked[at % len(picked)]
        other = picked[(at + 7) % len(picked)]
        text = source.read_text(encoding="utf-8")
        place = folder / f"{at:03}-{kind}"
        place.mkdir(parents=True, exist_ok=True)
        first = place / f"a{source.suffix}"
        first.write_text(text, encoding="utf-8")
        yield Case(kind, truth, first, _second(kind, text, other, place, chance))


def _second(kind: str, text: str, other: Path, place: Path, chance: random.Random) -> Path:
    if kind in ("docx", "pdf", "text", "scan", "copier", "damaged"):
        return _rendered(kind, text, place / "b", chance)
    if kind == "draft-and-scan":
        for held in place.glob("a.*"):
            held.write_text(_draft(text, chance), encoding="utf-8")
        return _rendered("copier", text, place / "b", chance)
    made: Callable[[str, random.Random], str] = {
        "draft": _draft,
        "no-marks": lambda said, _: _without_marks(said),
        "misread": _misread,
        "next-year": lambda said, dice: _next_year(said, dice, "new"),
        "next-year-one-number": lambda said, dice: _next_year(said, dice, "same"),
        "next-year-no-number": lambda said, dice: _next_year(said, dice, "none"),
        "other-district": lambda said, dice: _other_district(said, dice, "new"),
        "other-district-one-number": lambda said, dice: _other_district(said, dice, "same"),
        "half-years": _half_years,
        "reply": _reply,
        "amended": _amended,
        "one-number": lambda said, dice: _one_number(said, other.read_text(encoding="utf-8")),
    }[kind]
    path = (place / "b").with_suffix(next(place.glob("a.*")).suffix)
    path.write_text(made(text, chance), encoding="utf-8")
    if kind == "next-year-no-number":
        for held in place.glob("a.*"):
            held.write_text(
                _NUMBER.sub(r"\1    ", held.read_text(encoding="utf-8"), count=1), encoding="utf-8"
            )
    return path


def _rendered(kind: str, text: str, path: Path, chance: random.Random) -> Path:
    if kind == "docx":
        markdown_to_docx(text, path.with_suffix(".docx"))
        return path.with_suffix(".docx")
    if kind == "text":
        path.with_suffix(".txt").write_text(markdown_to_text(text), encoding="utf-8")
        return path.with_suffix(".txt")
    pdf = path.with_suffix(".pdf")
    markdown_to_pdf(text, pdf)
    if kind == "pdf":
        return pdf
    scan = path.with_name("scan.pdf")
    if kind == "scan":
        pdf_to_scan(pdf, scan, dpi=200)
    elif kind == "copier":
        copier_scan(pdf, scan, dpi=200, seed=chance.randrange(99))
    else:
        damage = chance.choice(("mixed", "copy_of_copy", "photograph", "faint", "jpeg"))
        scan_pdf(pdf, damage, dpi=150, seed=chance.randrange(99)).save(scan)
    pdf.unlink()
    return scan


def _sentences(text: str) -> list[int]:
    """The lines of the body that may be changed without touching head and closing."""
    lines = text.splitlines()
    return [
        at
        for at, line in enumerate(lines)
        if len(line) > 60 and 0.2 * len(lines) < at < 0.85 * len(lines) and "|" not in line
    ]


def _draft(text: str, chance: random.Random) -> str:
    """Number and day open, not signed, two lines worded otherwise than in the signed copy."""
    lines = text.splitlines()
    for at in chance.sample(_sentences(text), min(2, len(_sentences(text)))):
        words = lines[at].split(" ")
        del words[chance.randrange(3, len(words) - 2)]
        lines[at] = " ".join(words)
    said = "\n".join(line for line in lines if "Đã ký" not in line)
    said = _NUMBER.sub(r"\1     ", said, count=1)
    return _DAY.sub(r"\1    \3    \5", said, count=1) + "\n"


def _without_marks(text: str) -> str:
    plain = fold(text)
    return "".join(
        letter.upper() if held.isupper() else letter for held, letter in zip(text, plain, strict=True)
    )


_CONFUSED = {
    "l": "1",
    "ô": "ó",
    "ế": "ê",
    "ữ": "ử",
    "ẫ": "ấ",
    "n": "ri",
    "đ": "d",
    "ộ": "ô",
    "ã": "ä",
    "6": "8",
    "0": "o",
}


def _misread(text: str, chance: random.Random) -> str:
    """Letters confused as a poor scan's are: about one syllable in seven has an error."""
    head = text.find("năm", text.find("Độc lập"))
    read = "".join(
        _CONFUSED[letter] if letter in _CONFUSED and chance.random() < 0.17 else letter
        for letter in text[head:]
    )
    return text[:head] + read


def _figures(text: str, chance: random.Random) -> str:
    def other(found: re.Match[str]) -> str:
        value = found[0]
        return "".join(str(chance.randrange(1, 10)) if sign.isdigit() else sign for sign in value)

    return _FIGURE.sub(other, text)


def _numbered(text: str, number: str, chance: random.Random) -> str:
    if number == "same":
        return text
    put = str(chance.randrange(20, 900)) if number == "new" else "    "
    return _NUMBER.sub(rf"\g<1>{put}", text, count=1)


def _next_year(text: str, chance: random.Random, number: str) -> str:
    later = _YEAR.sub(lambda found: str(int(found[1]) + 1), text)
    later = _DAY.sub(
        lambda found: f"{found[1]}{chance.randrange(10, 28)}{found[3]}{found[4]}{found[5]}", later, count=1
    )
    return _figures(_numbered(later, number, chance), chance)


_NAME = re.compile(
    rf"(?:(?:xã|Xã|trấn|phường|huyện|quận|Phường|Huyện) )([{UPPER}][{LOWER}']+(?: [{UPPER}][{LOWER}']+){{1,2}})"
)


_HEAD = re.compile(
    rf"(?:HUYỆN|THỊ XÃ|THÀNH PHỐ|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|TỈNH) ([{UPPER}']+(?: [{UPPER}']+){{1,2}})(?=[\n* ]|$)"
)


def _other_district(text: str, chance: random.Random, number: str) -> str:
    """The same form filled in elsewhere: each name of two words or more becomes another."""
    names: dict[str, str] = {}
    first = ("Lạc", "Hà", "Phong", "Yên", "Thạch", "Quảng", "Đông", "Tam", "Gia", "Trà")
    second = ("Vực", "Sậy", "Trảng", "Mơ", "Lĩnh", "Kiều", "Dục", "Xuân", "Thắng", "Bờ")
    heads = [found[1].title() for found in _HEAD.finditer(text)]
    for name in dict.fromkeys([*heads, *(found[1].strip() for found in _NAME.finditer(text))]):
        names[name] = f"{chance.choice(first)} {chance.choice(second)}"
    for name, put in sorted(names.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(name, put).replace(name.upper(), put.upper())
    return _figures(_numbered(text, number, chance), chance)


def _half_years(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    body = _sentences(text)
    gone = set(chance.sample(body, len(body) // 4))
    said = "\n".join(line for at, line in enumerate(lines) if at not in gone)
    said = said.replace("6 tháng đầu năm", "6 tháng cuối năm")
    said = _DAY.sub(
        lambda found: f"{found[1]}{chance.randrange(10, 28)}{found[3]}12{found[5]}", said, count=1
    )
    return _figures(_numbered(said, "new", chance), chance)


def _reply(text: str, chance: random.Random) -> str:
    lines = [text.splitlines()[at] for at in _sentences(text)]
    quoted = "\n".join(lines[: len(lines) // 2])
    return (
        f"UBND XÃ TRẢNG SẬY\n\nSố: {chance.randrange(20, 300)}/UBND-VP\n\nTrảng Sậy, ngày 12 tháng 12 năm 2022\n\n"
        "V/v giải trình các nội dung được nêu\n\nKính gửi: Ủy ban nhân dân huyện.\n\n"
        f"Văn bản của cấp trên nêu như sau:\n{quoted}\n\n"
        "Về các nội dung trên, Ủy ban nhân dân xã xin giải trình: nguyên nhân chủ quan là chưa phân công rõ "
        "người theo dõi; nguyên nhân khách quan là đường truyền của xã hay mất vào mùa mưa. Xã đã họp kiểm điểm "
        "và giao Văn phòng lập bảng theo dõi từng việc, báo cáo vào thứ sáu hằng tuần.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nPhan Thị Lài\n"
    )


def _amended(text: str, chance: random.Random) -> str:
    """Issued again under its number: some figures and lines are others, one line is new."""
    lines = text.splitlines()
    body = _sentences(text)
    for at in chance.sample(body, max(2, len(body) // 8)):
        lines[at] = _figures(lines[at], chance)
        if chance.random() < 0.5:
            lines[at] += " Nội dung này được kiểm tra lại và xác định đơn vị đã khắc phục một phần."
    lines.insert(body[0], "Báo cáo này thay thế báo cáo đã gửi do đính chính số liệu tại một số đơn vị.")
    said = "\n".join(lines)
    return said


def _one_number(text: str, other: str) -> str:
    """Another document under the head of this one."""
    cut = text.find("BÁO CÁO") if "BÁO CÁO" in text else len(text) // 8
    rest = other.find("BÁO CÁO") if "BÁO CÁO" in other else len(other) // 8
    return text[:cut] + other[rest:]
