"""Issuing bodies by name: reading one behind "của", and what a name says about body, level and place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.citations.grammar import (
    BODIES,
    ISSUER_SLUGS,
    ISSUER_STOPS,
    KIND_BY_WORDS,
    KINDS,
    Body,
    folded,
    slug,
)
from extract.vietnamese import LOWER, UPPER

LEVELS = {
    "tinh": "province",
    "thanh pho": "city",
    "tp": "city",
    "huyen": "district",
    "quan": "district",
    "thi xa": "district",
    "tx": "district",
    "xa": "commune",
    "phuong": "commune",
    "thi tran": "commune",
    "tt": "commune",
    "dac khu": "commune",
}
"""Kinds of places, folded. A thành phố may be of either level; the document has to say."""

_LEVEL_NAMES = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_LEVEL = "|".join(sorted(LEVELS, key=len, reverse=True))
_LEVEL_WORD = re.compile(rf"(?<![a-z])(?P<level>{_LEVEL})\.?\s+(?=\S)")
_LEVEL_ENDS = re.compile(rf"\s+(?P<level>{_LEVEL})\Z")
_CENTRAL_CITIES = {"ha-noi", "hai-phong", "da-nang", "can-tho", "ho-chi-minh", "hue"}

GOVERNMENT = re.compile(
    r"(?:(?P<head>(?:pho )?chu tich|thuong truc|pct|ct)\s+)?"
    r"(?P<body>ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)(?:\s*[-–]\s*(?:ubnd|hdnd))?"
    rf"(?![a-z])(?:\s+(?P<level>{_LEVEL})(?:(?<=tp|tx|tt)\.|(?![a-z0-9]))[ \u00a0]{{0,3}})?"
)
"""UBND or HĐND with the level behind it, in folded text."""

_NAMES = sorted({folded(body.name): body for body in BODIES.values() if body.reach == "national"}.items())
_SPELLED = {name: body.name for name, body in _NAMES}
_NATIONAL = re.compile(
    r"(?:lien\s+)?(?:bo truong\s+)?(?:"
    + "|".join(
        sorted(
            (
                *(re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", "[-–]") for name, _ in _NAMES),
                r"thu tuong",
                r"ban chap hanh trung uong(?:\s+dang)?(?:\s+khoa\s+[ivx]+)?",
                r"bo chinh tri(?:\s+khoa\s+[ivx]+)?",
                r"ban bi thu(?:\s+(?:trung uong|khoa\s+[ivx]+))?",
                r"trung uong(?:\s+dang)?(?:\s+khoa\s+[ivx]+)?",
            ),
            key=len,
            reverse=True,
        )
    )
    + r")(?![a-z])"
)
_AND = re.compile(r"(?:\s*,|\s+va)\s+")
ORGAN = re.compile(
    r"(?:giam doc\s+|truong phong\s+)?"
    r"(?:lien so|so|phong|ban|bo|tong cuc|cuc|chi cuc|van phong|thanh tra|trung tam|doan|to|"
    r"huyen uy|tinh uy|thanh uy|thi uy|quan uy|dang uy|dang bo|cong an|bao hiem xa hoi|bhxh|kho bac|toa an|"
    r"vien|hoi dong|truong|benh vien|uy ban|ubmttq|ubkt|mat tran|bch|bcd|hoi|lien doan|hat|nganh|"
    r"tram)(?![a-z])"
)
"""The first words of an organ's name, in folded text."""
_WORD = re.compile(r"\s*(?:(?P<word>[^\s,;:.()\"“”]+)|(?P<mark>,)(?=\s+(?:Thể thao|Thông tin|Gia đình)))")
_STOP_PAIRS = {
    "ban": {"hành"},
    "quy": {"định"},
    "thành": {"lập"},
    "phê": {"duyệt", "bình"},
    "hướng": {"dẫn"},
    "yêu": {"cầu"},
    "giao": {"nhiệm"},
    "đề": {"nghị", "xuất"},
    "nhắc": {"nhở"},
    "chỉ": {"ra", "rõ"},
    "đôn": {"đốc"},
    "trả": {"lời"},
    "đánh": {"giá"},
    "kết": {"luận"},
    "công": {"bố"},
    "xác": {"định", "nhận"},
    "Kính": {"gửi"},
    "Nơi": {"nhận"},
}
"""Verbs that begin what the document does; their first syllable alone may belong to a name ("Ban")."""

_STOPS_FOLDED = frozenset(folded(word) for word in ISSUER_STOPS)
_WHOLE = frozenset(folded(body.name) for body in BODIES.values())
_HEAD = re.compile(
    r"(?:bo truong|giam doc|truong phong|chanh(?= thanh tra| van phong)|truong(?= (?:doan|ban|to) ))\s+"
)
"""Who signs for a body, before its name in folded text."""
_LEVEL_SLUGS = frozenset(slug(level) for level in LEVELS)
_NO_NAME = r"(?!(?:Luật|Về|UBND|V/v|V/V|VV)(?![^\W_]))"
_NAME_WORD = rf"{_NO_NAME}[{UPPER}][{UPPER}{LOWER}'’ʼ]*"
_NAME = re.compile(
    rf"(?:{_NAME_WORD}(?:[ \u00a0]{_NAME_WORD}){{0,4}}(?:[ \u00a0]\d{{1,2}}(?![\d/]))?|\d{{1,2}}(?![\d/]))"
)
_FOLLOWER = re.compile(r"[ \u00a0](?P<word>[^\W\d_]+)(?:[ \u00a0](?P<next>[^\W\d_]+))?")
_WORDS = re.compile(r"[^ \u00a0]+")
_UNDERTAKINGS = ("đề án", "dự án", "chương trình")
"""Kinds that may belong to a body's name: "Tổ công tác Đề án 06"."""
_KIND_PAIRS = frozenset(
    tuple(kind.name.split()[:2])
    for kind in KINDS
    if " " in kind.name and not kind.name.startswith(_UNDERTAKINGS)
)
_ONE_SYLLABLE = frozenset(("vinh", "hue"))


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issuer's name says: slug of the body, level, slug of the place; ``None`` if unsaid."""

    body: str
    level: str | None
    place: str | None


def read_issuer(text: str, fold: str, at: int, end: int) -> tuple[str, int] | None:
    """The issuer's name that begins at ``at``, in the spelling of records, and where it ends.

    ``fold`` is ``text`` folded. ``"Ủy ban nhân dân huyện"`` is ``"UBND huyện"``.
    """
    government = GOVERNMENT.match(fold, at, end)
    if government:
        return _government(text, government, end)
    national = _NATIONAL.match(fold, at, end)
    if national and text[at].isupper():
        stop = national.end()
        # A joint circular names all who issued it.
        while (joint := _AND.match(fold, stop, end)) and (more := _NATIONAL.match(fold, joint.end(), end)):
            stop = more.end()
        name = " ".join(text[at:stop].split())
        return _SPELLED.get(folded(name), name), stop
    organ = ORGAN.match(fold, at, end)
    if organ and text[at].isupper():
        return _organ(text, fold, at, organ.end(), end)
    return None


def _government(text: str, found: re.Match[str], end: int) -> tuple[str, int] | None:
    body = "UBND" if found["body"].startswith("u") else "HĐND"
    head = " ".join(text[found.start() : found.end("head")].split()) + " " if found["head"] else ""
    head = head[:1].upper() + head[1:]
    level = found["level"]
    if level is None:
        return f"{head}{body}", found.end("body")
    written = _LEVEL_NAMES.get(level) or text[found.start("level") : found.end("level")].lower()
    stop = end_of_name(text, found.end(), end)
    if stop is not None:
        return f"{head}{body} {written} {' '.join(text[found.end() : stop].split())}", stop
    return f"{head}{body} {written}", found.end("level")


def end_of_name(text: str, at: int, end: int | None = None) -> int | None:
    """Where the place's name that begins at ``at`` ends, ``None`` where none begins.

    A document's title may stand right behind its issuer and begins with a capital as well: "của UBND huyện
    Thông báo kết quả …", "của UBND xã Bàu Đưng Ban hành Quy chế …".
    """
    found = _NAME.match(text, at, len(text) if end is None else end)
    stop = at
    for word in _WORDS.finditer(text, at, found.end() if found else at):
        alone = found is not None and word.span() == found.span()
        if _titles(text, *word.span()) if alone else _begins_title(text, *word.span()):
            break
        stop = word.end()
    return stop if stop > at else None


def _begins_title(text: str, start: int, end: int) -> bool:
    """Whether the word is the first of a kind ("Thông báo") or of what a document does ("Ban hành")."""
    following = _FOLLOWER.match(text, end)
    word, follower = text[start:end].lower(), following["word"].lower() if following else ""
    return (word, follower) in _KIND_PAIRS or follower in _STOP_PAIRS.get(word, ())


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """Whether a lone capital syllable before a small one is no name but opens a title: "Triển khai …".

    Of districts and provinces only two have a name of one syllable; a commune's is lost before a verb that is
    not known to end a name.
    """
    following = _FOLLOWER.match(text, end)
    if not following or not text[start:end].isalpha() or slug(text[start:end]) in _ONE_SYLLABLE:
        return False
    follower, third = following["word"], following["next"] or ""
    ends = follower in ISSUER_STOPS or third in _STOP_PAIRS.get(follower, ()) or folded(follower) in LEVELS
    return follower.islower() and not ends and follower not in ("và", "cùng", "hoặc")


def _titles(text: str, start: int, end: int) -> bool:
    return _begins_title(text, start, end) or _opens_sentence(text, start, end)


def _organ(text: str, fold: str, at: int, stop: int, end: int) -> tuple[str, int] | None:
    """Words of an organ's name up to the first one that cannot belong to it."""
    words = 0
    while words < 14 and (found := _WORD.match(text, stop, end)):
        if found["mark"]:
            stop = found.end()
            continue
        first = found.start("word")
        word = text[first : found.end()]
        following = _WORD.match(text, found.end(), end)
        follower = following["word"] if following else None
        if word in ("và", "-", "–", "&"):
            # "Giáo dục và Đào tạo" goes on, "… và Kế hoạch số 12" is another document.
            if (
                not following
                or not follower
                or not follower[0].isupper()
                or _begins_kind(fold, following.start("word"))
            ):
                break
        elif word in _STOP_PAIRS:
            if follower in _STOP_PAIRS[word]:
                break
        elif folded(word) in LEVELS and word.islower() and not (follower and follower[0].isupper()):
            if folded(_name(text, at, stop)) in _WHOLE:
                stop = found.end()
                break  # "Phòng Nội vụ huyện đề nghị": a level without a name ends a name that is whole
        elif _cannot_belong(word) or (word[0].isupper() and _begins_kind(fold, first)):
            break
        elif word[0].isupper() and _is_whole(_name(text, at, stop)) and _titles(text, first, found.end()):
            break  # "Sở Nội vụ Hướng dẫn tổ chức …": the document's title
        elif word.islower() and folded(word) in _STOPS_FOLDED and _is_whole(_name(text, at, stop)):
            break  # "Sở Nội vụ vê": with its mark lost, "về" still ends a name that is whole
        stop = found.end()
        words += 1
    name = _name(text, at, stop)
    return (name, stop) if len(name) > 3 else None


def _is_whole(name: str) -> bool:
    """Whether a name of the grammar ends ``name``: "Ban Thường vụ Huyện ủy"."""
    words = folded(name).split()
    return any(" ".join(words[at:]) in _WHOLE for at in range(len(words)))


def _name(text: str, at: int, stop: int) -> str:
    return " ".join(text[at:stop].split()).rstrip(" -–,")


def _cannot_belong(word: str) -> bool:
    return word in ISSUER_STOPS or any(letter.isdigit() for letter in word)


def _begins_kind(fold: str, at: int) -> bool:
    """Whether another document begins here, as "Kế hoạch số" does in "và Kế hoạch số 12"."""
    words = fold[at : at + 40].split()[:4]
    return any(
        " ".join(words[:size]) in KIND_BY_WORDS and words[size : size + 1] == ["so"] for size in (1, 2, 3)
    )


def describe(issuer: str) -> Issued:
    """What a name says: ``"UBND huyện Khe Mận"`` is ``ubnd`` of the ``district`` ``khe-man``."""
    fold = folded(issuer)
    government = GOVERNMENT.match(fold)
    if government:
        body = "ubnd" if government["body"].startswith("u") else "hdnd"
        level = LEVELS.get(government["level"] or "")
        place = slug(issuer[government.end() :]) or None
        if level == "city":
            level = _city_level(place)
        return Issued(body, level, place)
    levels = list(_LEVEL_WORD.finditer(fold))
    found = levels[-1] if levels else None
    if found and found.start() and (name := _NAME.match(issuer, found.end())):
        level, place = LEVELS[found["level"]], slug(name.group())
        return Issued(slug(issuer[: found.start()]), _city_level(place) if level == "city" else level, place)
    ending = _LEVEL_ENDS.search(fold)
    if ending and fold[: ending.start()] in _WHOLE:
        return Issued(slug(issuer[: ending.start()]), None, None)
    return Issued(slug(_HEAD.sub("", fold)), None, None)


def is_body(issuer: str, body: Body) -> bool:
    """Whether a name is that of the body which a symbol names, or has the initials of one not known."""
    if not body.slug:
        return spelled_out(issuer, body.symbol) is not None
    return under(describe(issuer).body) == body.slug or folded(issuer) == folded(body.name)


def under(body: str) -> str:
    """The slug under which a body issues: Bộ Chính trị, of any khóa, under Trung ương."""
    return next(
        (slug for name, slug in ISSUER_SLUGS.items() if body == name or body.startswith(f"{name}-")), body
    )


def spelled_out(issuer: str, symbol: str) -> Issued | None:
    """What ``issuer`` says, where ``symbol`` has its initials: "BQLDA" is "Ban Quản lý dự án".

    The first word ("Phòng"), "và" and the level may be left out of a symbol: "HND" is "Hội Nông dân xã".
    """
    said, meant = describe(issuer), slug(symbol).replace("-", "")
    words = said.body.split("-")
    level = next((size for size in (2, 1) if "-".join(words[-size:]) in _LEVEL_SLUGS), 0)
    for size in {len(words), len(words) - level}:
        name = words[:size]
        for shown in (name, name[1:]):
            initials = {
                "".join(word[0] for word in part) for part in (shown, [w for w in shown if w != "va"])
            }
            if len(meant) > 1 and meant in initials:
                own = LEVELS.get(" ".join(words[len(name) :]))
                return Issued("-".join(name), said.level or own, said.place)
    return None


def _city_level(place: str | None) -> str | None:
    """A thành phố is a province when it is one of the centrally run ones, a district when it is another."""
    if place is None:
        return "city"
    return "province" if place in _CENTRAL_CITIES else "district"
