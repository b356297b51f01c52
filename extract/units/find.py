"""Names of units in running text: with their kind, in lists, and bare where the document knows them.

Vietnamese place names capitalise every syllable ("An Hòa Thịnh"), other names only the first
("Lao động"), so a run of capitalised syllables closed by a comma, a bracket or "và" inside a list
of units is one more unit.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.document import Span, UnitMention
from extract.units.names import SHORT_KINDS, bare, level_of_kind
from extract.vietnamese import CAPITALISED, LOWER, UPPER, fold

_SYLLABLE = rf"(?!(?:UBND|HĐND|TTHC|CCHC|CBCC|QPPL|UBMTTQ|HĐND-UBND|QĐ|KH|BC)\b){CAPITALISED}"
_NAME = rf"{_SYLLABLE}(?:[ ]{_SYLLABLE}){{0,4}}(?:[ ]\d{{1,2}}(?![\d%/]|[,.]\d|\s*(?:%|/|hồ sơ|xã|đơn vị)))?"
_KIND = (
    r"[Xx]ã|XÃ|[Pp]hường|PHƯỜNG|[Tt]hị trấn|THỊ TRẤN|[Hh]uyện|HUYỆN|[Qq]uận|[Tt]hị xã|THỊ XÃ|"
    r"[Tt]hành phố|[Tt]ỉnh|TỈNH|[Đđ]ặc khu|TT\.?|TP\.?"
)
_WITH_KIND = re.compile(rf"(?<![{UPPER}{LOWER}])(?P<kind>{_KIND})\s+(?P<name>{_NAME}|\d{{1,2}}(?![\d,.%/]))")
_KIND_BEFORE_LIST = re.compile(
    rf"(?<![{UPPER}{LOWER}])(?:các\s+)?(?P<kind>xã|phường|thị trấn|đơn vị|"
    rf"địa phương)(?:\s*,\s*(?:xã|phường|thị trấn))*\s*"
    rf"(?:(?:sau|như|gồm|bao gồm|là|trên|này)?\s*:\s*|\(\s*)(?={_NAME})"
)
_INTRO = re.compile(
    rf"\b(?:như|gồm|bao gồm|cụ thể|là|có|đơn vị|điển hình)\s*:?\s*(?=(?P<name>{_NAME})\s*(?:[,;(]|và\s))"
)
_BETWEEN = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*|(?:đạt\s+)?\d+(?:[.,]\d+)?\s*%\s*)?(?:,\s*và|,|;|và|"
    r"\+)\s*(?:(?:UBND|ủy ban nhân dân)\s+)?"
)
_CLOSES = re.compile(r"\s*(?:[,;.():…/]|$|và\s|\+|\d|-\s)")
_TAIL_NAME = re.compile(_NAME)
_NUMBERED = re.compile(r"\d{1,2}(?=\s*[,;.)]|\s+[^\W\d]|$)")
_NOT_PLACES = (
    "Đoàn",
    "Ban",
    "Phòng",
    "Trung",
    "Hội",
    "Ủy",
    "Bộ",
    "Sở",
    "Chủ",
    "Công",
    "Văn",
    "Nghị",
    "Quyết",
    "Luật",
    "Đảng",
    "Trang",
    "Cổng",
)
_WHOLE = re.compile(rf"^(?:(?P<kind>{_KIND})\s+)?(?P<name>{_NAME}|\d{{1,2}})$")
_AGENCY = re.compile(
    r"^(?:Phòng|Ban|Trung tâm|Văn phòng|Thanh tra|Chi cục|Hạt|Đội|Trạm|Trường|Sở|Công an|"
    r"Ban Chỉ huy|Kho bạc|Tòa án|Bệnh viện|Đài|Nhà văn hóa|Thư viện)\s+\S",
)
_ALL = re.compile(
    r"\b(?:(?:tất cả|toàn bộ)\s+(?:các\s+)?(?:xã|phường|thị trấn|đơn vị|địa phương)|(?:ubnd |"
    r"hđnd[- –]ubnd )?các\s+(?:xã|phường|thị trấn|đơn vị|địa phương|cơ quan)|"
    r"\b(\d{1,3})/\1\s+(?:xã|phường|thị trấn|đơn vị)|100\s*%\s*(?:số\s+)?(?:các\s+)?(?:xã|phường|"
    r"thị trấn|đơn vị|địa phương)|"
    r"ubnd xã, (?:phường|thị trấn)|cấp xã trên địa bàn|mỗi (?:xã|đơn vị|phường)|"
    r"hầu hết (?:các )?(?:xã|đơn vị|phường|địa phương))",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"(?:\b(?:một số|nhiều|vài|một vài|đa số|phần lớn|\d{1,2}/\d{1,3})|(?<=\bcó )\d{1,2}|"
    r"(?<=\bcòn )\d{1,2}|^\d{1,2})\s+(?:ít\s+)?(?:xã|phường|thị trấn|đơn vị|địa phương|nơi|"
    r"cơ quan)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^(?:Hội|Liên đoàn|Ủy ban|Tổ|Công ty|Viện|Khối|Cơ quan|Quỹ|Đoàn|Mặt trận|Huyện|Chi nhánh|"
    r"Hợp tác xã|Nhà)\s"
)
_HEADING_PREFIX = re.compile(
    r"^(?:đối với|tại|kết quả kiểm tra(?: tại)?|kiến nghị(?: đối)? với|đề nghị(?: đối)? với|"
    r"về phía|đơn vị)?\s*:?\s*(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)?\s*",
    re.IGNORECASE,
)

ALL = UnitMention("all", "group", "all", match="none")
"""All units of the report together."""


class Names:
    """The units that one document names, so that "Sơn Giang (8,21)" is known without its kind."""

    def __init__(self, text: str, known: list[str] = ()) -> None:  # type: ignore[assignment]
        self._names: dict[str, tuple[str, str]] = {}
        for name in known:
            self.add(name)
        for found in _WITH_KIND.finditer(text):
            kind = _plain_kind(found["kind"])
            if level_of_kind(kind) == "commune" and " " in found["name"]:
                self._names.setdefault(bare(found["name"]), (kind, found["name"]))
        self._pattern: re.Pattern[str] | None = None
        # Lists give more names: "các phường Long Sậy, Cầu Vông" makes both known.
        for unit in find_units(text, (0, len(text)), self):
            if unit.level == "commune" and " " in unit.as_printed:
                self.add(unit.name)

    def add(self, name: str) -> None:
        """Make a name known; with its kind ("Xã Khe Mận") or without."""
        found = _WHOLE.match(name)
        if found and len(found["name"]) > 2:
            kind = _plain_kind(found["kind"]) if found["kind"] else ""
            key = bare(found["name"])
            if kind or key not in self._names:
                self._names[key] = (kind, found["name"])
            self._pattern = None

    def full(self, name: str) -> str:
        """The name with the kind that the document gives it: ``"Sơn Hàm"`` is ``"Xã Sơn Hàm"``."""
        kind, own = self._names.get(bare(name), ("", name))
        return f"{kind.capitalize()} {own}" if kind and fold(own) == fold(name) else name

    def __contains__(self, name: str) -> bool:
        return bare(name) in self._names

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Any of the names, standing alone: not inside a longer name ("Hồ Thái Sơn Tây")."""
        if self._pattern is None and self._names:
            several = sorted((own for _, own in self._names.values() if " " in own), key=len, reverse=True)
            if several:
                alternatives = "|".join(re.escape(own) for own in several)
                self._pattern = re.compile(
                    rf"(?<![{UPPER}{LOWER}])(?:{alternatives})(?![{UPPER}{LOWER}]|\s[{UPPER}]|\s\d)"
                )
        return self._pattern


def find_units(text: str, span: Span, names: Names) -> list[UnitMention]:
    """All mentions of units in ``text[span]``, in reading order, none inside another."""
    found: dict[int, UnitMention] = {}
    for hit in _WITH_KIND.finditer(text, *span):
        kind = _plain_kind(hit["kind"])
        name = hit["name"]
        found[hit.start()] = UnitMention(
            f"{kind.capitalize()} {name}", level_of_kind(kind), hit.group(), span=hit.span()
        )
        if level_of_kind(kind) == "commune":
            _carry_on(text, hit.end(), span[1], kind, names, found)
    for hit in _KIND_BEFORE_LIST.finditer(text, *span):
        kind = hit["kind"] if hit["kind"] in ("xã", "phường", "thị trấn") else ""
        _carry_on(text, hit.end(), span[1], kind, names, found, first=True)
    for hit in _INTRO.finditer(text, *span):
        if hit["name"] in names:
            _carry_on(text, hit.end(), span[1], "", names, found, first=True)
    if names.pattern:
        for hit in names.pattern.finditer(text, *span):
            taken = any(m.span and m.span[0] < hit.end() and hit.start() < m.span[1] for m in found.values())
            if not taken and not _inside_name(text, span[0], hit.start()):
                found[hit.start()] = UnitMention(
                    names.full(hit.group()), "commune", hit.group(), span=hit.span()
                )
    return [found[at] for at in sorted(found)]


def _inside_name(text: str, start: int, at: int) -> bool:
    """Whether a capitalised word stands right before, as in a person's name ("Hồ Thái Sơn Tây").

    The first word of a sentence is capitalised anyway and says nothing.
    """
    before = re.search(rf"(?P<word>[{UPPER}][{UPPER}{LOWER}'’]*) $", text[start:at])
    return bool(before and not re.search(r"(?:^|[.;:!?]\s*|\n|^-\s*)$", text[start : start + before.start()]))


def _carry_on(
    text: str, at: int, end: int, kind: str, names: Names, found: dict[int, UnitMention], first: bool = False
) -> None:
    """Take the bare names of a list: ``"thị trấn Phố Châu, Sơn Hàm và Sơn Tây"``."""
    while at < end:
        if not first:
            between = _BETWEEN.match(text, at, end)
            if not between:
                return
            at = between.end()
        first = False
        if _WITH_KIND.match(text, at, end):
            return
        hit = _TAIL_NAME.match(text, at, end) or (
            _NUMBERED.match(text, at, end) if kind == "phường" else None
        )
        if not hit or not (
            _CLOSES.match(text, hit.end()) or hit.group() in names or _looks_like_place(hit.group(), kind)
        ):
            return
        if " " not in hit.group() and hit.group() not in names and not kind:
            return
        own = names.full(hit.group()) if not hit.group().isdigit() else hit.group()
        if own == hit.group() and kind and kind != "thị trấn":
            own = f"{kind.capitalize()} {own}"
        found.setdefault(hit.start(), UnitMention(own, "commune", hit.group(), span=hit.span()))
        at = hit.end()


def _looks_like_place(name: str, kind: str) -> bool:
    """Two capitalised syllables in a list of communes, as place names have and organs have not."""
    return bool(kind) and " " in name and name.split()[0] not in _NOT_PLACES


def group_of(text: str) -> UnitMention | None:
    """The group that a sentence speaks of: :data:`ALL`, or "một số đơn vị" as printed."""
    some, all_ = _SOME.search(text), _ALL.search(text)
    if all_ and (not some or all_.start() <= some.start()):
        return replace(ALL, as_printed=all_.group())
    if some:
        return UnitMention(some.group().lower(), "group", some.group())
    return None


def unit_of_heading(title: str, names: Names, among_units: bool) -> UnitMention | None:
    """The unit that a heading names, ``None`` when the heading is about something else.

    ``among_units`` says that the headings beside it name units, so that a bare or odd name
    ("17. Sơn Lẽ", "27. Trung tâm ứng dụng …") is one too.
    """
    clean = re.sub(r"\s*\([^)]*\)\s*$", "", title).strip(" .:;*-–")
    own = _HEADING_PREFIX.sub("", clean).strip()
    if not own:
        return None
    group = group_of(clean)
    if group and len(clean) < 90:
        return group if group.name == "all" else UnitMention(own, "group", clean)
    short = re.split(r"\s*[,–-]\s*(?=(?:huyện|tỉnh|thị xã|thành phố)\b)", own)[0].strip()
    found = _WHOLE.match(short)
    if found and found["kind"]:
        kind = _plain_kind(found["kind"])
        return UnitMention(f"{kind.capitalize()} {_cased(found['name'])}", level_of_kind(kind), short)
    if re.match(r"(?:huyện|tỉnh|thành phố|thị xã|quận)$", fold(own)) or fold(own) in (
        "huyen",
        "tinh",
        "quan",
        "thi xa",
        "thanh pho",
    ):
        return UnitMention(clean, "district" if fold(own) != "tinh" else "province", clean)
    if fold(own) in (
        "xa",
        "phuong",
        "xa, thi tran",
        "xa, phuong",
        "phuong, xa",
        "xa, phuong, thi tran",
        "cac xa",
        "cap xa",
    ):
        return replace(ALL, as_printed=clean)
    if found and found["name"] and (short in names or among_units) and " " in short:
        return UnitMention(names.full(short), "commune", short)
    if (
        _AGENCY.match(own)
        and not re.search(r"\b(?:chưa|không|đã|còn|thực hiện|kiểm tra)\b", own)
        and len(own) < 110
    ):
        return UnitMention(own, "agency", own)
    if among_units and len(own.split()) <= 14 and _BODY.match(own):
        return UnitMention(own, "agency", own)
    return None


def _cased(name: str) -> str:
    return (
        " ".join(w.capitalize() if w.isupper() and len(w) > 1 else w for w in name.split())
        if name.isupper()
        else name
    )


def _plain_kind(kind: str) -> str:
    kind = kind.lower().rstrip(".")
    return SHORT_KINDS.get(kind, kind)
