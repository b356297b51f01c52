"""The key of a cited document: ``kind:number:issuer[:year]`` of the record contract, in ASCII.

``nd:30/2020:chinh-phu``, ``qd:2005:ubnd-huong-son:2021``, ``nq:30c:chinh-phu:2011``: the kind's short
form; the number without its symbol, two digits at least; the slug of the body that the symbol names,
with its place where several such bodies exist; the year of the date where the number has none.
What a document does not say is not made up: "UBND huyện" of an unknown district is ``ubnd-huyen``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.citations.grammar import BODIES, OLD_BODIES, Body, Reach, folded, kind_named, slug
from extract.citations.issuers import LEVELS, describe, spelled_out, under
from extract.citations.numbers import Number, parse
from extract.citations.places import Places
from extract.document import Citation

UNKNOWN = "khong-ro"
"""Stands in a key for an issuer that neither number nor sentence names."""

_BODY_BY_NAME = {folded(body.name): body for body in BODIES.values()}
_BODY_BY_SLUG = {body.slug: body for body in BODIES.values()}
_OWNERS = tuple(
    sorted(body.slug for body in BODIES.values() if body.reach in ("local", "province", "district"))
)
"""Whose an office is, said behind its name: "Văn phòng HĐND và UBND"."""
_LEVEL_WORDS = {slug(words): level for words, level in LEVELS.items()}
_LEVEL_SLUGS = {"province": "tinh", "district": "huyen", "commune": "xa", "city": "thanh-pho"}


@dataclass(frozen=True, slots=True)
class Profile:
    """What one mention, or several of one document together, say about the document.

    ``kind`` and ``body`` are the forms used in keys; ``year`` is that of the number; ``dated`` the
    year of the date or of "năm 2021" behind the number.
    """

    kind: str | None
    serial: str
    year: int | None
    body: str | None
    reach: Reach
    level: str | None
    place: str | None
    date: str | None
    dated: int | None
    yearly: bool
    bare: bool

    @property
    def known_year(self) -> int | None:
        """The year of the document by number or date."""
        return self.year or self.dated

    @property
    def fullness(self) -> int:
        """How much is known, to compare mentions of one number."""
        return (
            2 * (self.date is not None)
            + 2 * (self.place is not None)
            + 2 * (self.year is not None)
            + (self.level is not None)
            + (self.body is not None)
            + (not self.bare)
            + (self.kind is not None)
        )

    @property
    def key(self) -> str:
        """The key as far as it is known."""
        number = f"{self.serial}/{self.year}" if self.year else self.serial
        # Laws and resolutions of Quốc hội are numbered in one row; cited bare, it is a law nearly always.
        parts = [self.kind or ("luat" if self.body == "quoc-hoi" else "vb"), number, self.issuer]
        if self.year is None and self.dated is not None:
            parts.append(str(self.dated))
        return ":".join(parts)

    @property
    def issuer(self) -> str:
        """The issuer's slug, with its place where that tells two bodies apart."""
        if self.body is None:
            return UNKNOWN
        if self.reach == "national":
            return self.body
        if self.reach == "local":
            return local_slug(self.body, self.level, self.place)
        return f"{self.body}-{self.place}" if self.place else self.body


def local_slug(body: str, level: str | None, place: str | None) -> str:
    """The slug of a body that every place has: its place's name, or its level, as far as they are known."""
    told = place or (_LEVEL_SLUGS[level] if level else None)
    return f"{body}-{told}" if told else body


def profile(citation: Citation, hint: int | None = None) -> Profile | None:
    """What a mention says by itself; ``hint`` is a year that stands behind its number.

    ``None`` for a number that fits no grammar.
    """
    number = parse(citation.number)
    if number is None:
        return None
    kind = kind_named(citation.kind) or number.kind
    bodies = (
        _old(number, citation.kind)
        or number.bodies
        or ((BODIES[kind.issuer],) if kind and kind.issuer else ())
    )
    said = describe(citation.issuer) if citation.issuer else None
    body, reach = _body_slug(bodies)
    level = place = None
    if not bodies and citation.issuer and said:
        known = _BODY_BY_NAME.get(folded(citation.issuer)) or _BODY_BY_SLUG.get(under(said.body))
        body, reach = (known.slug, known.reach) if known else (said.body, "other")
        level, place = said.level, said.place
    elif body and said and reach != "national":
        level, place = said.level, said.place
        if place is None and reach != "local":
            place = _rest(slug(citation.issuer or ""), body)
            if place is None and body == "tinh-uy":
                place = _rest(slug(citation.issuer or ""), "thanh-uy")  # "TU" is a Thành ủy's in a city
            if reach == "other" and place and not place.startswith(_OWNERS):
                place = None  # "Đoàn kiểm tra công vụ huyện" is the Đoàn kiểm tra of its symbol
            if place in _LEVEL_WORDS:
                # "Đảng ủy xã", "Phòng Nội vụ huyện": which one, the document has to say
                level, place = level or _LEVEL_WORDS[place], None
        meant = spelled_out(citation.issuer or "", bodies[0].symbol) if reach == "other" else None
        if meant and len(bodies) == 1:
            body, level, place = (
                meant.body,
                meant.level or level,
                meant.place,
            )  # "TCT" is a Tổng cục Thuế's as well
    dated = int(citation.date[:4]) if citation.date else hint
    return Profile(
        kind.code if kind else _own_kind(number),
        number.padded,
        number.year,
        body,
        reach,
        level,
        place,
        citation.date,
        dated,
        bool(kind and kind.yearly),
        number.bare,
    )


def _old(number: Number, kind: str | None) -> tuple[Body, ...]:
    """The body that an old symbol meant under this kind: Quyết định 202/CT."""
    if number.kind is None or number.bodies:
        return ()
    symbol = OLD_BODIES.get(f"{kind} {number.kind.symbol}")
    return (BODIES[symbol],) if symbol else ()


def _body_slug(bodies: tuple[Body, ...]) -> tuple[str | None, Reach]:
    """One slug for all bodies of a symbol; the reach is the first one's."""
    if not bodies:
        return None, "other"
    return "-".join(body.slug or slug(body.symbol) for body in bodies), bodies[0].reach


def _rest(issuer: str, body: str) -> str | None:
    """What a printed name says beyond the body: ``"huyen-uy-khe-man"`` beyond ``"huyen-uy"``."""
    _, found, rest = issuer.partition(body + "-")
    return rest if found and rest else None


def _own_kind(number: Number) -> str | None:
    """A kind that the grammar does not know, by its letters in the symbol: ``"xyz"`` of "18/XYZ-STP"."""
    first = number.text.split("/")[-1].split("-")[0]
    if first[:1].isdigit() or any(first.startswith(body.symbol) for body in number.bodies):
        return None
    return slug(first) or None


def with_number(one: Profile, other: Profile) -> Profile:
    """``one`` with what is missing in it taken from ``other``, which is known to be the same document."""
    return replace(
        one,
        kind=one.kind or other.kind,
        year=one.year or other.year,
        body=one.body or other.body,
        reach=one.reach if one.body else other.reach,
        level=one.level or other.level,
        place=one.place or other.place,
        date=one.date or other.date,
        dated=one.dated or other.dated,
        yearly=one.yearly or other.yearly,
        bare=one.bare and other.bare,
    )


def placed(one: Profile, places: Places) -> Profile:
    """``one`` with the place that its level or its body's reach has in this document."""
    if one.place or one.body is None:
        return one
    if one.reach == "local" or (one.reach == "other" and one.level):
        level, name = places.of(one.level)
    elif one.reach in ("province", "district", "commune"):
        level, name = places.of(one.level or one.reach)
    else:
        return one
    return replace(one, level=level or one.level, place=slug(name)) if name else one
