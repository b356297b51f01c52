"""Which paragraph is a heading: by marker, weight, format and wording.

The danger lies on both sides: a heading taken for a statement gives a finding about nothing, a short
statement taken for a heading is lost. So what says something ("Chưa niêm yết …") is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.document import Span
from extract.structure.markers import Marker, marker_of
from extract.vietnamese import is_upper

if TYPE_CHECKING:
    from extract.structure.paragraphs import Block

RANKS = {
    family: rank
    for rank, family in enumerate(
        (
            "part",
            "capital",
            "roman",
            "article",
            "number",
            "mixed",
            "many1",
            "many2",
            "many3",
            "letter",
            "dash",
            "plus",
        )
    )
}
"""How deep a family of markers usually stands; only the order counts."""

_LONGEST = 260
_LONGEST_ENDED = 12
_LONGEST_NAME = 6
"""Words of a plain numbered paragraph with a full stop up to which it can be a name ("26. Ban Quản lý.")."""

_LONGEST_HEADLINE, _LONGEST_CAPTION, _RUNNING = 30, 10, 12
"""Words that a headline and a caption have at most, and a paragraph of sentences at least."""
_ENDS = (".", ";", ",", ":", "!", "…")

_STATES_FIRST = re.compile(
    r"^(?:chưa|không|thiếu(?! sót)|chậm|đã|còn|có|mới|bỏ|sai(?! sót| phạm)|để|vẫn|"
    r"chỉ(?! đạo| số| tiêu))\b(?!.*:$)",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:chưa|không|đã|còn|được|phải|cần|đạt|tiếp tục|tăng cường|thiếu(?! sót)|chậm|"
    r"sai(?! sót| phạm)|quá hạn|sơ sài|để)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"^(?:yêu cầu|đề nghị|giao|phê bình|thu hồi|thành lập|ban hành|phê duyệt|công nhận|cử|điều động)\b"
    r"(?! (?:đối với|của|chung)\b)",
    re.IGNORECASE,
)
"""How an article opens that says what is decided, where another bears a title."""
_TITLE = re.compile(r"^(?:những|các|một số|kết quả|mặt|phần|về|tình hình|công tác|nội dung)\b", re.IGNORECASE)
_ORGAN = re.compile(
    r"^(?:phòng|ban|trung tâm|văn phòng|ubnd|xã|phường|thị trấn|đối với|trường|trạm|hạt|đội)\b", re.IGNORECASE
)
_ASPECT = re.compile(
    r"^(?:những\s+)?(?:ưu điểm|ưu, khuyết điểm|tồn tại|hạn chế|tồn tại,? hạn chế|khuyết điểm|nhược điểm|"
    r"kết quả(?: đạt được)?|mặt (?:làm )?được|mặt chưa (?:làm )?được|việc (?:đã )?làm được|"
    r"việc chưa làm được|"
    r"(?:đã |chưa )?(?:làm )?được)\s*[:.]?$",
    re.IGNORECASE,
)
_BOLD_LEVEL, _ASPECT_LEVEL = 7, 8


def is_heading(
    text: str, block: Block, marker: Marker | None, content: Span, following: Block | None
) -> bool:
    """Whether the paragraph ``block`` is a heading over what follows it."""
    words = text[slice(*content)].rstrip()
    if block.cell is not None or not words or len(words) > _LONGEST:
        return False
    if marker and marker.family in ("dash", "plus"):
        return False
    count = len(words.split())
    ended = words.endswith((".", ";", ","))
    states = bool(_STATES_FIRST.match(words)) or (ended and bool(_STATES.search(words)))
    if _ASPECT.match(words):
        return marker is not None or block.bold or block.heading is not None
    if states or (ended and count > _LONGEST_ENDED) or words.endswith((";", ",")):
        return False
    if block.heading is not None:
        return True
    if marker is None:
        return (block.bold or is_upper(words)) and len(words) < 160
    if marker.family in ("part", "roman", "capital") or block.bold:
        return len(words) < 200
    if following is None or len(words) >= 160 or not _goes_deeper(text, marker, following):
        return False
    if marker.family == "article" and (ended or words.endswith(":") or _DECIDES.match(words)):
        return False
    if words.endswith(":"):
        return True
    if ended:
        return count <= _LONGEST_NAME or bool(_ORGAN.match(words))
    return count <= 8 or bool(_TITLE.match(words)) or not _STATES.search(words)


def is_caption(text: str, before: Block | None, block: Block, following: Block | None) -> bool:
    """Whether a plain line is the headline of a paper without official head, or a caption inside it.

    It ends without a mark, states no fault, and stands between paragraphs that are sentences.
    """
    words = text[slice(*block.span)].rstrip()
    if block.cell is not None or following is None or words.endswith(_ENDS) or _STATES_FIRST.match(words):
        return False
    if not _is_running(text, following):
        return False
    count = len(words.split())
    if before is None:
        return count <= _LONGEST_HEADLINE
    return count <= _LONGEST_CAPTION and not _STATES.search(words) and _is_running(text, before)


def _is_running(text: str, block: Block) -> bool:
    words = text[slice(*block.span)].rstrip('”" )')
    return block.cell is None and words.endswith((".", ":", "!", "?", "…")) and len(words.split()) >= _RUNNING


def states_something(words: str) -> bool:
    """Whether a paragraph that looked like a heading reads as a statement ("Chưa có sổ chứng thực")."""
    return len(words.split()) > 2 and bool(_STATES.search(words) or _STATES_FIRST.match(words))


def is_aspect(words: str) -> bool:
    """Whether an unmarked title only divides what is said of one unit ("Ưu điểm", "Tồn tại")."""
    return bool(_ASPECT.match(words.strip()))


def title_level(block: Block, *, aspect: bool) -> int:
    """How deep an unmarked title stands: as the format says, else bold below all, aspects below bold."""
    if aspect:
        return _ASPECT_LEVEL
    return block.heading if block.heading is not None else _BOLD_LEVEL


def _goes_deeper(text: str, marker: Marker, following: Block) -> bool:
    """Whether the next paragraph stands below this one: another list, or running text."""
    below = marker_of(text[slice(*following.span)])
    return below is None or RANKS.get(below.family, 9) > RANKS.get(marker.family, 9)
