"""Which document a citation means: mentions of one document get one number, one issuer, one key.

Inside one document a mention takes what it leaves out from a mention that must be the same
document. "Must" is weighed by who issues: a number of the Government or a ministry is the only one
of its year; "12/KH-UBND" is every commune's, so that more has to agree. Where two documents could be
meant, nothing is taken; where two mentions contradict each other, each keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extract.citations.focus import place_of
from extract.citations.grammar import folded, kind_named, slug
from extract.citations.issuers import describe
from extract.citations.keys import Profile, placed, profile
from extract.citations.numbers import parse
from extract.citations.places import Places, places_of
from extract.citations.register import documents, meant
from extract.citations.same import Cluster, Mention, clustered
from extract.citations.whose import Judge, tell_whose
from extract.citations.words import BETWEEN, YEAR_BEHIND
from extract.document import Citation, Span, UnitMention
from extract.vietnamese import title_case

_OWN_MAKING = re.compile(r"(?<!viec )(?:ban hanh|xay dung|trien khai duoc|co|ra)\s+(?:cac\s+)?\Z")
_UNDONE = re.compile(r"(?<![a-z])(?:thay the|thu hoi|bai bo|huy bo|sua doi)\s+\Z")


def resolve(
    citations: Sequence[Citation],
    *,
    document_number: str | None,
    document_date: str | None,
    issuer: str | None,
    issuer_unit: UnitMention | None,
    text: str,
    known: Sequence[Citation] = (),
    above: Mapping[str, str] | None = None,
    judge: Judge | None = None,
) -> list[Citation]:
    """``citations`` of one document without its own number, completed and with their keys.

    ``text`` is the document's canonical text, which the spans point into; ``issuer`` and
    ``issuer_unit`` are its header's. ``known`` are resolved citations of other documents (the same
    file's, the dataset's) that may settle what this one leaves open; nothing of them is returned.
    ``above`` names, by level, the units that the register has over the issuer's. ``judge`` is asked whose a
    paper of a committee or an assembly is where its citation does not say; without one it stays open.
    ``resolved`` is set where the key rests on more than the mention itself.
    """
    kept = [one for one in citations if not _is_own(one, document_number, document_date, issuer)]
    places = places_of(text, issuer, issuer_unit, above)
    mentions: list[Mention] = []
    unread: list[Citation] = []
    years = _years_behind(kept, text)
    for citation in kept:
        mention = None if citation.key else _mention(citation, places, text, years.get(citation.span))
        if mention:
            mentions.append(mention)
        else:
            unread.append(replace(citation, key=citation.key or f"vb:{slug(citation.number)}:khong-ro"))
    others = [
        Mention(citation, citation, alone, alone, foreign=True)
        for citation in known
        if (alone := profile(citation))
    ]
    if judge:
        tell_whose(mentions, others, places, text, issuer_unit, judge)
    mentions += others
    finished = {
        id(mention.source): _finished(mention, cluster, others, places)
        for mention, cluster, others in clustered(mentions, text)
    }
    done = _settled([finished[id(one)] for one in kept if id(one) in finished], text, document_date)
    printed = {one.span: one for one in kept}
    done = [replace(one, completed=_completed(printed[one.span], one)) for one in done]
    return sorted((*done, *unread), key=lambda one: one.span)


def _completed(printed: Citation, whole: Citation) -> list[str]:
    """The fields that stand elsewhere than beside the mention."""
    return [
        name
        for name in ("kind", "number", "date", "issuer")
        if getattr(printed, name) != getattr(whole, name)
    ]


def _settled(citations: list[Citation], text: str, day: str | None) -> list[Citation]:
    """Mentions that the register of documents settles; what settles one mention settles its document.

    A number without a symbol or a year is given both; a document that is known is given its date.
    """
    register = documents()
    settled: dict[str, set[str]] = {}
    for one in citations:
        said = profile(one, _year_behind(one, text)) if one.key not in register else None
        known = meant(said, one, text, day) if said else None
        if known:
            settled.setdefault(one.key, set()).add(known.key)
    done = []
    for one in citations:
        keys = settled.get(one.key, {one.key})
        entry = register.get(next(iter(keys))) if len(keys) == 1 else None
        if entry is None:
            done.append(one)
            continue
        taken_apart = parse(one.number)
        whole = taken_apart is not None and not taken_apart.bare and taken_apart.year == entry.profile.year
        done.append(
            replace(
                one,
                kind=one.kind or entry.kind,
                number=one.number if whole else entry.number,
                date=one.date or entry.date,
                issuer=one.issuer or entry.issuer,
                key=entry.key,
                resolved=one.resolved or not whole or one.key != entry.key,
            )
        )
    return done


def _is_own(citation: Citation, number: str | None, date: str | None, issuer: str | None) -> bool:
    """Whether the citation is the document itself: its number, with no date or level that denies it."""
    if not number or _compact(citation.number) != _compact(number):
        return False
    if citation.date and date and citation.date != date:
        return False
    if citation.issuer and issuer:
        cited, own = describe(citation.issuer), describe(title_case(issuer))
        if cited.level and own.level and cited.level != own.level:
            return False
        if cited.place and own.place and cited.place != own.place:
            return False
    return True


@lru_cache(maxsize=4096)
def _compact(number: str) -> str:
    return re.sub(r"\s+", "", folded(number)).replace("–", "-").lstrip("0")


def _mention(citation: Citation, places: Places, text: str, hint: int | None) -> Mention | None:
    """A mention with what it says itself.

    ``hint`` is the year that stands behind its number, or behind the last one of its list.
    """
    alone = profile(citation, hint)
    if alone is None:
        return None
    before = folded(text[max(0, citation.extent[0] - 21) : citation.extent[0]])
    source, known = citation, alone
    if alone.level in ("commune", "district") and alone.place is None and citation.issuer:
        place = None if places.of(alone.level)[1] else place_of(text, citation.extent[0], alone.level)
        if place:
            citation = replace(citation, issuer=f"{citation.issuer} {place.name}")
            known = profile(citation, hint) or alone
    return Mention(
        source,
        citation,
        alone,
        placed(known, places),
        hint=hint,
        making=bool(_OWN_MAKING.search(before)),
        undone=bool(_UNDONE.search(before)),
    )


def _year_behind(citation: Citation, text: str) -> int | None:
    """The year of ``"Quyết định 93 năm 2007"``."""
    behind = YEAR_BEHIND.match(text, citation.span[1], citation.span[1] + 24)
    return int(behind[1]) if behind else None


def _years_behind(citations: Sequence[Citation], text: str) -> dict[Span, int]:
    """The years behind numbers; in a list without days that behind the last number is everyone's.

    Not of kinds whose numbers hold their year: "Nghị định 61 và 107 năm 2021" are of two.
    """
    years: dict[Span, int] = {}
    behind: Citation | None = None
    for one in reversed(citations):
        year = _year_behind(one, text)
        if year is None and behind and behind.span in years and not (one.date or behind.date):
            listed = BETWEEN.fullmatch(folded(text[one.span[1] : behind.span[0]]))
            kind = kind_named(one.kind)
            if listed and one.kind == behind.kind and not (kind and kind.yearly):
                year = years[behind.span]
        if year is not None:
            years[one.span] = year
        behind = one
    return years


def _finished(mention: Mention, cluster: Cluster, others: list[Cluster], places: Places) -> Citation:
    """The citation with what its document's other mentions, or all that could be, agree on."""
    citation, whole = mention.citation, cluster.known
    sources = [member.citation for member in cluster.members]
    if others:
        whole, agreed = _agreed(mention.known, others)
        sources += agreed
    number = _best_number(mention, sources, whole)
    issuer = _best_issuer(citation, sources, whole, places)
    return replace(
        citation,
        kind=citation.kind or next((one.kind for one in sources if one.kind), None),
        number=number,
        date=citation.date or whole.date,
        issuer=issuer,
        key=whole.key,
        resolved=whole.key != mention.alone.key,
    )


def _agreed(own: Profile, others: list[Cluster]) -> tuple[Profile, list[Citation]]:
    """``own`` with the number and place that all ``others`` share; dates that differ are no one's."""
    shared = own
    first = others[0].known
    if all(
        (one.known.year, one.known.kind, one.known.body) == (first.year, first.kind, first.body)
        for one in others
    ):
        shared = replace(
            shared,
            year=own.year or first.year,
            kind=own.kind or first.kind,
            body=own.body or first.body,
            reach=own.reach if own.body else first.reach,
            bare=False,
        )
        if all((one.known.level, one.known.place) == (first.level, first.place) for one in others):
            shared = replace(shared, level=own.level or first.level, place=own.place or first.place)
        return shared, [member.citation for member in others[0].members]
    return own, []


def _best_number(mention: Mention, sources: list[Citation], whole: Profile) -> str:
    """The fullest number printed for this document: with its year, with its symbol, padded."""
    own = mention.alone
    if (
        not own.bare
        and (own.year is not None or whole.year is None)
        and own.serial in mention.citation.number
    ):
        same = [one.number for one in sources if _compact(one.number) == _compact(mention.citation.number)]
        return max(same, key=len, default=mention.citation.number)
    fuller = []
    for one in sources:
        said = profile(one)
        if said and not said.bare and said.serial == own.serial and (said.year == whole.year):
            fuller.append(one.number)
    return max(fuller, key=len, default=mention.citation.number)


def _best_issuer(citation: Citation, sources: list[Citation], whole: Profile, places: Places) -> str | None:
    """The issuer with its place: the mention's own words, another mention's, or the document's place."""
    for name in (citation.issuer, *(one.issuer for one in sources)):
        if name is None:
            continue
        said = describe(name)
        local = said.body in ("ubnd", "hdnd")
        if (local and said.place) or (not local and citation.issuer in (None, name)):
            return name
    name = citation.issuer or next((one.issuer for one in sources if one.issuer), None)
    if name is None or whole.place is None:
        return name
    _, place = places.of(describe(name).level)
    return f"{name} {place}" if place and slug(place) == whole.place else name
