"""The words around a number: kind and title before it, date, issuer and subject behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.citations.grammar import KIND_BY_WORDS, KINDS, Kind, digits_meant, folded
from extract.citations.issuers import read_issuer
from extract.dates import to_iso

_SHORT = {folded(kind.symbol): kind for kind in KINDS if kind.name != "lệnh"}
_WORDS = "|".join(
    re.escape(words).replace(r"\ ", r"\s+")
    for words in sorted((*KIND_BY_WORDS, *_SHORT), key=lambda one: (-len(one), one))
)
_SO = r"(?:so\s+hieu|so|ky\s+hieu)(?:\s*[:.])?"
_LEAD = re.compile(
    rf"(?<![a-z0-9])(?:(?P<many>cac|nhung)\s+)?(?P<kind>{_WORDS})(?:\s*[:(,]|\s+nay)?\s*"
    rf"(?P<so>{_SO})?\s*\Z"
)
_ONLY_SO = re.compile(rf"(?<![a-z0-9]){_SO}\s*\Z")
_LAST_WORDS = sorted({words.split()[-1] for words in (*KIND_BY_WORDS, *_SHORT)})
_ENDS_IN_KIND = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_LAST_WORDS)}|so|hieu)[\s:.(,]*\Z")
_TITLED = ("luật", "pháp lệnh")
# In folded text an OCR engine's O, l and I for digits are o, l and i; a blank may have got into the year.
TWO = r"(?=[oil]?\d|[oil]{2})[\doil]{1,2}"
"""Day or month, and year, in folded text as an OCR engine may print them."""
FOUR = r"[12il](?:[ ]?[\doil]){3}(?![^\W_])"
_SHORT_YEAR = r"(?<=[/.\-–])\d\d(?![^\W_]|[ ]?[/.\-–][ ]?\d)"
_DATE = re.compile(
    r"[\s,]{0,3}(?P<open>\()?\s*(?:(?:duoc|da)\s+)?(?:(?:ky\s+ban\s+hanh|ban\s+hanh|phat\s+hanh|thong\s+qua|ky|de|lap)\s+)?"
    rf"(?:(?:vao\s+|(?P<same>cung\s+)(?:ghi\s+)?)?ngay\s*)(?P<day>{TWO})\s*(?:thang|[/.\-–])\s*(?P<month>{TWO})\s*(?:,?\s*nam|[/.\-–])\s*"
    rf"(?P<year>{FOUR}|{_SHORT_YEAR})(?(open)\s*\)?)"
)
_BRACKET_DATE = re.compile(
    rf"\s*\(\s*(?P<day>{TWO})\s*[/.\-–]\s*(?P<month>{TWO})\s*[/.\-–]\s*(?P<year>{FOUR})\s*\)"
)
_DAY_MONTH = rf"{TWO}\s*[/.\-–]\s*{TWO}(?:\s*[/.\-–]\s*{FOUR})?"
REMARK = re.compile(r"\s*\((?!\s*so\s)[^()\n\d]{1,60}\)(?=\s*(?:,|;|va\s|cua\s))")
"""What is said in brackets of one document of a list: "số 03/KH-UBND (tuyên truyền), số …"."""
_WHOLE_DAY = rf"{TWO}\s*[/.\-–]\s*{TWO}\s*[/.\-–]\s*{FOUR}"
_EACH_DAY = re.compile(
    rf"[\s,]{{1,3}}(?P<days>ngay\s+{_WHOLE_DAY}(?:(?:\s*,\s*|\s+va\s+)ngay\s+{_WHOLE_DAY})+)"
)
_IN_TURN = re.compile(
    r"[\s,(]{0,3}(?=(?:vao\s+|cac\s+|ngay\s+)*lan\s+luot)(?:vao\s+|cac\s+|ngay\s+|lan\s+luot\s+)+"
    rf"(?P<days>{_DAY_MONTH}(?:(?:\s*[,;]\s*|\s+va\s+)(?:ngay\s+)?{_DAY_MONTH})+)"
)
_ONE_DAY = re.compile(rf"(?P<day>{TWO})\s*[/.\-–]\s*(?P<month>{TWO})(?:\s*[/.\-–]\s*(?P<year>{FOUR}))?")
_SAME_DAY = re.compile(r"[\s,]{0,3}\(?\s*cung\s+ngay(?!\s*\d)(?![a-z])\s*\)?")
BETWEEN = re.compile(
    r"\s*(?:,|;|(?:[,;]\s*)?(?<![a-z])(?:va|hoac|hay|den|lan)(?![a-z]))\s*(?:so\s*[:.]?\s*)?"
)
"""What stands between the numbers of one list, in folded text."""
_WORDS_BETWEEN = re.compile(r"(?:\s+[^\W\d_]+){1,8}(?=\s+cung\s+ngay)")
"""What a document does, before the day that it shares: "… phân công trực cùng ngày 24/5/2021"."""
YEAR_BEHIND = re.compile(r"\s*,?\s*n[ăa]m\s+((?:19|20)\d\d)(?!\s*[-–]\s*\d)")
"""The year that a document is said to be of, behind its number."""
_SENT = re.compile(
    r"\s+(?:gui|chuyen|ban hanh|phat hanh|ky|tra loi)(?:\s+(?!ngay|de|xin|ma|va|theo|cua)[^\W\d_]+){1,5}?"
    r"(?=\s+(?:vao\s+)?ngay\s)"
)
"""To whom a document went, between its issuer and its day: "của UBND huyện gửi các xã ngày 04/3/2022"."""
_IN_YEAR = re.compile(r"[\s,]{1,3}nam\s+\d{4}(?=\s+cua(?![a-z]))")
_OF = re.compile(r"[\s,)]{0,3}(?:(?P<all>deu|cung)\s+)?(?:cua|do)\s+")
_ABOUT = re.compile(r"[\s,]{0,3}(?P<words>(?:ve|v/v)(?![a-z])|quy\s+dinh(?=\s+(?:ve|chi\s+tiet|viec)\b))")
_CLAUSE_ENDS = re.compile(
    # With tone marks: folded, "đạt" is "Đất" and "đã" is "đá".
    r"[;()\n:“”]|\.(?!\d)|,\s+(?=(?:một số|các|đã|chưa|không|tuy|nhưng|ubnd|đoàn|đơn vị|xã|phường|thị trấn|"
    r"trong|qua|nhiều|còn|đồng thời|để|đó|do|theo|căn cứ|với|nhất là|hiện|tại|đến|đặc biệt|tỷ lệ|số lượng|"
    r"việc|vẫn|thực hiện)(?![^\W_]))"
    r"|\s+(?=(?:tuy nhiên|nhưng|đã|chưa|còn (?:thiếu|hạn|chậm)|đạt|đến nay|hiện nay|nhằm)(?![^\W_]))",
    re.IGNORECASE,
)
_SUBJECT_LIMIT = 240
_BLANK_END = re.compile(r"[\s,]+\Z")
_TRAILING = re.compile(r"(?:[\s,]|(?<![^\W_])(?:và|của|các|theo|tại)(?![^\W_]))+\Z")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a number; ``explicit``: "số" is there, ``many``: a list is announced.

    ``capital``: the kind begins with a capital.
    """

    kind: Kind | None
    start: int
    name: str | None = None
    explicit: bool = False
    many: bool = False
    title: str | None = None
    capital: bool = False


@dataclass(slots=True)
class Tail:
    """What stands behind a number; ``end`` is where the citation ends.

    ``same_day`` says "cùng ngày": one day for it and for the citation before; ``for_all`` "đều của …":
    one issuer. ``in_turn`` are the days of the numbers of a list, this one the last; ``each``: without
    "lần lượt".
    """

    end: int
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    same_day: bool = False
    for_all: bool = False
    in_turn: list[str] = field(default_factory=list)
    each: bool = False


def read_lead(text: str, fold: str, at: int, floor: int, kind: Kind | None) -> Lead:
    """Kind and "số" before the number at ``at``; nothing before ``floor`` is looked at.

    ``kind`` is what the number's own symbol says; it finds a title between kind and number
    ("Luật Cán bộ, công chức số …").
    """
    low = max(floor, at - 48)
    window = fold[low:at]
    if _ENDS_IN_KIND.search(window, max(0, len(window) - 14)):
        found = _LEAD.search(window)
        if found and _is_meant(text[low + found.start("kind") : low + found.end("kind")], found["kind"]):
            words = " ".join(found["kind"].split())
            own = KIND_BY_WORDS.get(words) or _SHORT[words]
            name = "bộ luật" if words == "bo luat" else own.name
            capital = text[low + found.start("kind")].isupper()
            return Lead(
                own, low + found.start(), name, bool(found["so"]), bool(found["many"]), capital=capital
            )
    only = _ONLY_SO.search(window)
    if kind is None:
        return Lead(None, low + only.start() if only else at, None, bool(only))
    return _titled(text, fold, at, floor, kind, only is not None)


def _is_meant(printed: str, words: str) -> bool:
    """Whether short words that are also syllables are written as abbreviations: "QĐ", not "qd"."""
    return words in KIND_BY_WORDS or printed[0].isupper()


def _titled(text: str, fold: str, at: int, floor: int, kind: Kind, explicit: bool) -> Lead:
    low = max(floor, at - 140, *(fold.rfind(mark, floor, at) + 1 for mark in (";", "\n", ":", "(")))
    stop = at
    only = _ONLY_SO.search(fold, low, at)
    if only:
        stop = only.start()
    plain = Lead(None, stop, None, explicit)
    if not explicit and kind.name not in _TITLED:
        return plain
    words = folded(kind.name)
    place = fold.rfind(words, low, stop)
    if place < 0 or (place and fold[place - 1].isalpha()) or re.search(r"\.\s|\d{1,5}\s*/", fold[place:stop]):
        return plain
    start, name = place, kind.name
    if kind.name == "luật":
        if not text[place].isupper() and fold[max(0, place - 3) : place] != "bo ":
            return plain
        if fold[max(floor, place - 3) : place] == "bo ":
            start, name = place - 3, "bộ luật"
    title = " ".join(text[place + len(words) : stop].split()).strip(" ,(")
    if kind.name not in _TITLED and (len(title) > 90 or re.search(r",|\bvà (?:Kế|Quyết|Thông)", title)):
        return plain
    return Lead(kind, start, name, explicit, title=title if kind.name in _TITLED and title else None)


def read_tail(text: str, fold: str, at: int, limit: int) -> Tail:
    """Date, issuer and subject from ``at`` on, in either order, up to ``limit``."""
    tail = Tail(at)
    _read_days(tail, fold, limit)
    for _ in range(2):
        if tail.date is None:
            found = _DATE.match(fold, tail.end, limit) or _BRACKET_DATE.match(fold, tail.end, limit)
            iso = iso_of(found) if found else None
            if found and iso:
                tail.date, tail.end = iso, found.end()
                tail.same_day = bool(found.re is _DATE and found["same"])
        if tail.date is None and not tail.same_day and (found := _SAME_DAY.match(fold, tail.end, limit)):
            tail.same_day, tail.end = True, found.end()
        if tail.date is None and (found := _IN_YEAR.match(fold, tail.end, limit)):
            tail.end = found.end()
        behind = REMARK.match(fold, tail.end, limit)
        if tail.issuer is None and (found := _OF.match(fold, behind.end() if behind else tail.end, limit)):
            issuer = read_issuer(text, fold, found.end(), limit)
            if issuer:
                tail.issuer, tail.end = issuer
                tail.for_all = found["all"] is not None
                if tail.date is None:
                    _read_days(tail, fold, limit)
    if tail.date is None and tail.issuer and (sent := _SENT.match(fold, tail.end, limit)):
        found = _DATE.match(fold, sent.end(), limit)
        iso = iso_of(found) if found else None
        if found and iso:
            tail.date, tail.end = iso, found.end()
    words = _WORDS_BETWEEN.match(fold, tail.end, limit) if tail.date is None and tail.issuer is None else None
    if words and (found := _DATE.match(fold, words.end(), limit)) and (iso := iso_of(found)):
        tail.date, tail.same_day, tail.end = iso, True, found.end()
    return tail


def _read_days(tail: Tail, fold: str, limit: int) -> None:
    """The days of the numbers of a list, said "lần lượt" or one by one: "ngày 20/3 và ngày 03/4/2023"."""
    found = _IN_TURN.match(fold, tail.end, limit) or _EACH_DAY.match(fold, tail.end, limit)
    if found and (days := _days_of(found["days"])):
        tail.in_turn, tail.end = days, found.end()
        tail.date = days[-1 if found.re is _IN_TURN else 0]
        tail.each = found.re is _EACH_DAY


def _days_of(printed: str) -> list[str]:
    """The days of "02/3, 15/3 và 06/4/2022", the year for all; none where one is no day."""
    days: list[str] = []
    year = ""
    for found in reversed(list(_ONE_DAY.finditer(printed))):
        year = digits_meant(found["year"]) if found["year"] else year
        day = to_iso(int(year or 0), int(digits_meant(found["month"])), int(digits_meant(found["day"])))
        if not day:
            return []
        days.insert(0, day)
    return days


def read_day(fold: str, at: int, limit: int) -> tuple[str, int] | None:
    """The ISO day of ``"ngày 19 tháng 6 năm 2015"`` at ``at`` and where it ends."""
    found = _DATE.match(fold, at, limit)
    iso = iso_of(found) if found else None
    return (iso, found.end()) if found and iso else None


def iso_of(found: re.Match[str]) -> str | None:
    """The day of a match with the groups ``year``, ``month`` and ``day``, misread digits put right."""
    year, month, day = (int(digits_meant(found[name])) for name in ("year", "month", "day"))
    if year < 100:
        year += 2000 if year < 50 else 1900
    return to_iso(year, month, day)


def read_subject(text: str, fold: str, at: int, limit: int) -> tuple[str, int] | None:
    """The subject that begins at ``at`` ("về việc …", "về …") and where it ends, ``None`` without one."""
    found = _ABOUT.match(fold, at, limit)
    if not found:
        return None
    stop = min(limit, found.start("words") + _SUBJECT_LIMIT)
    ends = _CLAUSE_ENDS.search(text, found.end(), stop)
    if ends:
        stop = ends.start()
    elif stop < limit:
        return None  # no end of a clause in sight: rather no subject than half a page
    begin = found.start("words")
    # Words that lead to the next citation ("và", "theo") are cut only where one follows.
    trailing = (_BLANK_END if ends or limit == len(text) else _TRAILING).search(text, begin, stop)
    if trailing:
        stop = trailing.start()
    subject = " ".join(text[begin:stop].split())
    return (subject, stop) if len(subject.split()) >= 2 else None
