"""Offices (agencies) named in running text, from the list of offices that People's Committees have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.document import Span, UnitMention
from extract.vietnamese import CAPITALISED, LOWER, UPPER, either_tone_place

_NOT_SUBJECT = re.compile(
    r"(?:theo(?: (?:đề nghị|hướng dẫn|yêu cầu|báo cáo|tổng hợp|số liệu|thống kê|thông tin|kết luận|đánh giá|"
    r"ý kiến|nhận định|lãnh đạo|đại diện|(?:phó )?(?:chánh|trưởng|giám đốc)))?|"
    r"phối hợp (?:với|cùng)|gửi|về|với|qua)(?: (?:của|từ))?\s*$",
    re.IGNORECASE,
)
TELLS = (
    "cho biết|cho hay|cho rằng|nói(?! trên)|nhận thấy|ghi nhận|phát hiện|chỉ ra|chỉ rõ|nêu rõ|nhận định|"
    r"khẳng định|đánh giá(?=\s*[,:]|\s+rằng)"
)
"""Verbs of who tells what he found with others, as alternatives of a pattern."""
_SPEAKS = re.compile(
    rf"(?:[ ](?:huyện|thị xã|thành phố|quận|tỉnh|TP))?(?:[ ]{CAPITALISED}){{0,4}}"
    r",?[ ](?:(?:đã|cũng|vừa|còn|không|chưa)[ ])*"
    rf"(?:{TELLS}|"
    r"(?:yêu cầu|kết luận) (?:các|UBND|Ủy ban nhân dân|[Cc]hủ tịch|lãnh đạo|thủ trưởng|xã|phường|thị trấn|"
    r"đơn vị) )",
)
"""What an office says, finds or asks of others: the statement is about these, not about the office."""
_COUNTS_OTHERS = re.compile(
    r"[^.;:,\n]{0,40}?(?<!\w)có \d+ (?:đơn vị|xã|phường|địa phương|cơ quan)(?!\w)(?! (?:trực )?thuộc)"
)
"""Behind an office by whose count others did something: "theo thống kê, Phòng Nội vụ mới chỉ có 4 xã …"."""
_BY_COUNT = re.compile(
    r"theo (?:thống kê|tổng hợp|theo dõi|số liệu|báo cáo)[^,.;:]{0,60},\s*$", re.IGNORECASE
)
_OF_ALL_LEVELS = re.compile(
    r"\s+(?:(?:của )?các (?:cấp|xã|phường|huyện|địa phương)|cấp \w+(?:\s*,\s*|\s+và\s+)cấp|cấp xã"
    r"|của (?:tỉnh|huyện)(?:,| và) (?:huyện|xã))(?!\w)"
)
"""What makes of an office's name many: "Trung tâm Phục vụ hành chính công các cấp"."""
_PERSONS = re.compile(r"^\W*theo (?:lời )?(?:ông|bà|anh|chị|đồng chí|đ/c)\b[^.;:\n]{3,60}$", re.IGNORECASE)
"""Before the office of the one who tells: "Theo ông Lù A Páo, Giám đốc Sở Nội vụ, …"."""
_SEVERAL = re.compile(r"(?<!\w)(?:các|hai|ba|\d+)\s+$", re.IGNORECASE)


_AREA = (
    rf"(?:\s+(?:(?:huyện|thị xã|thành phố|quận|xã|phường)(?:\s+{CAPITALISED})*"
    rf"|T[PX](?:\.\s*|\s+){CAPITALISED}(?:\s+{CAPITALISED})*))?"
)
"""Where an office is, as the end of its name."""


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    with Path(__file__).with_name("offices.toml").open("rb") as file:
        return tomllib.load(file)


def _offices() -> list[dict[str, Any]]:
    offices: list[dict[str, Any]] = _read()["office"]
    return offices


def _alternatives(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    printed = (re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", "[-–]") for name in longest_first)
    return either_tone_place("|".join(printed))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names: list[str] = []
    for office in _offices():
        heads = [office["head"], *([office["head"].lower()] if office.get("in_text") else [])]
        names += [f"{head} {field}" for head in heads for field in office["fields"]]
    school = (
        r"Trường\s+(?:Mầm non|Tiểu học|THCS|Trung học cơ sở|TH&THCS|PTDTBT|Trung học phổ thông|THPT)"
        rf"(?:\s+(?:số\s+\d|và|{CAPITALISED}))+"
    )
    return re.compile(rf"(?<![{UPPER}{LOWER}])(?:(?:{_alternatives(names)})(?![{LOWER}]){_AREA}|{school})")


@lru_cache(maxsize=1)
def _other_pattern() -> re.Pattern[str]:
    """What is no office of a committee, and where it is: "Công an huyện Lũng Vàng"."""
    names = _alternatives(_read()["elsewhere"]["names"])
    return re.compile(rf"(?<![{UPPER}{LOWER}])(?:{names})(?![{LOWER}]){_AREA}")


@lru_cache(maxsize=1)
def _further() -> re.Pattern[str]:
    """One more of "các phòng Tư pháp, Nội vụ và Tài chính - Kế hoạch"."""
    fields = (field for office in _offices() if office["head"] == "Phòng" for field in office["fields"])
    return re.compile(rf"\s*(?:,\s*và|,|;|và)\s+(?P<field>{_alternatives(fields)})(?![{LOWER}])")


def in_office(text: str, span: Span, at: int) -> bool:
    """Whether what stands at ``at`` belongs to the name of an office: "Sở Nội vụ TP Bến Đá"."""
    return any(
        hit.start() <= at < hit.end()
        for pattern in (_pattern(), _other_pattern())
        for hit in pattern.finditer(text, *span)
    )


def find_offices(text: str, span: Span) -> list[UnitMention]:
    """The offices that ``text[span]`` speaks of, in reading order.

    An office that only advises, receives or is asked ("theo đề nghị của Phòng Nội vụ") is none, nor one that
    tells what it found with others ("Sở Nội vụ phát hiện …").
    """
    found: list[UnitMention] = []
    for hit in _pattern().finditer(text, *span):
        if _NOT_SUBJECT.search(text[max(span[0], hit.start() - 30) : hit.start()]):
            continue
        before = text[span[0] : hit.start()]
        if _BY_COUNT.search(before) and _COUNTS_OTHERS.match(text, hit.end(), span[1]):
            continue
        if _OF_ALL_LEVELS.match(text, hit.end(), span[1]):
            continue
        if _SPEAKS.match(text, hit.end(), span[1]) or _PERSONS.match(before):
            continue
        name = " ".join(hit.group().split())
        found.append(UnitMention(name[0].upper() + name[1:], "agency", hit.group(), span=hit.span()))
        if name.startswith("phòng") and _SEVERAL.search(text, span[0], hit.start()):
            more = _further().match(text, hit.end(), span[1])
            while more:
                field = " ".join(more["field"].split())
                found.append(UnitMention(f"Phòng {field}", "agency", more["field"], span=more.span("field")))
                more = _further().match(text, more.end(), span[1])
    return found
