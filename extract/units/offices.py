"""Offices (agencies) named in running text, from the list of offices that People's Committees have."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from extract.document import Span, UnitMention
from extract.vietnamese import CAPITALISED, LOWER, UPPER, either_tone_place

_NOT_SUBJECT = re.compile(
    r"(?:theo (?:đề nghị|hướng dẫn|yêu cầu|báo cáo|tổng hợp|số liệu)|phối hợp (?:với|cùng)|gửi|về|"
    r"với|qua)(?: của)?\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    with Path(__file__).with_name("offices.toml").open("rb") as file:
        offices = tomllib.load(file)["office"]
    names = sorted(
        (f"{office['head']} {field}" for office in offices for field in office["fields"]),
        key=len,
        reverse=True,
    )
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", "[-–]") for name in names)
    school = (
        r"Trường\s+(?:Mầm non|Tiểu học|THCS|Trung học cơ sở|TH&THCS|PTDTBT|Trung học phổ thông|THPT)"
        rf"(?:\s+(?:số\s+\d|và|{CAPITALISED}))+"
    )
    area = rf"(?:\s+(?:huyện|thị xã|thành phố|quận|xã|phường)(?:\s+{CAPITALISED})*)?"
    alternatives = either_tone_place(alternatives)
    return re.compile(rf"(?<![{UPPER}{LOWER}])(?:(?:{alternatives})(?![{LOWER}]){area}|{school})")


def find_offices(text: str, span: Span) -> list[UnitMention]:
    """The offices that ``text[span]`` speaks of, in reading order.

    An office that only advises, receives or is asked ("theo đề nghị của Phòng Nội vụ") is none.
    """
    found: list[UnitMention] = []
    for hit in _pattern().finditer(text, *span):
        if _NOT_SUBJECT.search(text[max(span[0], hit.start() - 30) : hit.start()]):
            continue
        name = " ".join(hit.group().split())
        found.append(UnitMention(name, "agency", hit.group(), span=hit.span()))
    return found
