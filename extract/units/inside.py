"""Whether a hit lies inside a longer name."""

from __future__ import annotations

import re

from extract.units.learn import SURNAMES
from extract.vietnamese import LOWER, UPPER


def inside_name(text: str, start: int, at: int) -> bool:
    """Whether a capitalised word stands right before, as in a person's name ("Hồ Thái Sơn Tây").

    The first word of a sentence is capitalised anyway and says nothing, unless it is a surname; organs
    before a unit ("UBND xã …") are written in capitals alone.
    """
    before = re.search(rf"(?P<word>[{UPPER}][{LOWER}'’][{UPPER}{LOWER}'’]*) $", text[start:at])
    if not before:
        return False
    opens = re.search(r"(?:^|[.;:!?]\s*|\n|^-\s*)$", text[start : start + before.start()])
    return not opens or before["word"] in SURNAMES
