"""Finding the numbered documents that a text cites.

A document is cited by its number; kind, date, issuer and subject are read around it. Only what carries a
number is found, and laws named with their year (:mod:`extract.citations.named`): "theo Luật Ban hành văn bản
quy phạm pháp luật" is none. A number of a
form ("mẫu số 01/BC") belongs to the form, not to a document, and is none either; a document that a
form is taken from ("theo mẫu tại Thông tư 01/2011/TT-BNV") is one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.citations.areas import announced_by, area_behind, issuer_between
from extract.citations.back import tell_back
from extract.citations.beside import settled
from extract.citations.grammar import BODIES, KIND_BY_WORDS, OLD_BODIES, Kind, digits_meant, folded_as_seen
from extract.citations.lists import Found, share
from extract.citations.makers import last_day, read_maker
from extract.citations.named import find_named
from extract.citations.numbers import Number, find_numbers
from extract.citations.unfit import find_unfit
from extract.citations.words import BETWEEN, REMARK, YEAR_BEHIND, Lead, read_lead, read_subject, read_tail
from extract.document import Citation, Span

_JOINED = re.compile(
    r"\s*\)?\s*(?:,|(?P<apart>;(?:\s*va(?![a-z]))?)|(?:,\s*)?(?<![a-z])(?:va|cung)(?![a-z]))\s*(?:(?:\d{1,2}|cac|nhung)\s+)?"
)
_FURTHER = re.compile(
    r"(?:(?!(?<![a-z])(?:theo|cua|do|tai|can cu|ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)(?![a-z])|\.\s)"
    r"[^;\n:()]){1,160}?(?:,|(?<![a-z])(?:va|cung))\s+"
)
"""What is said of one paper before the next that the same subject made."""
_SHORT_ITEMS = re.compile(
    r"(?:(?<![\w/.,-])[oil]{0,2}\d[\doil]{0,4}[a-h]?\s*(?:,|;|(?<![a-z])va(?![a-z]))\s*(?:so\s+)?)+\Z"
)
_ITEM = re.compile(r"[oil]{0,2}\d[\doil]{0,4}[a-h]?(?![a-z])")
_NEXT_BARE = re.compile(
    r"(?P<year>\s{0,2}/\s{0,2}(?:[1il]9|2[0o])[\doil]{2}(?![^\W_]|/|\.\d))?(?=\s*(?:\Z|[.;:)](?![^\W_])|,(?!\d)|\n|(?:ngay|cua|ve|va|nam|do|co|"
    r"tai|chua|da|thi|duoc|quy\s+dinh|ban\s+hanh|khong|la|phai|moi|van|cung|chi|deu|neu|giao|yeu\s+cau|doi\s+hoi|"
    r"het|dang|se|bi|khi|nhung|de|theo|nen|ket\s+thuc|trong|nhu|tren|cho|voi|vao|lam|nham)(?![a-z])))"
)
_OF_ISSUER = (
    r"cua\s+(?:chinh\s+phu|thu\s+tuong|ubnd|uy\s+ban|hdnd|bo\s|tinh\s+uy|huyen\s+uy|thanh\s+uy|dang\s+uy|"
    r"trung\s+uong|quoc\s+hoi|so\s)"
)
_NEXT_SURE = re.compile(rf"\s*(?:(?:\(|,\s*)?ngay\s*\d|{_OF_ISSUER})")
_IS_ISSUED = re.compile(rf"\s*(?:(?:\(|,\s*)?ngay\s*\d{{1,2}}\s*(?:thang|[/.\-])\s*\d|{_OF_ISSUER})")
_COUNTS = re.compile(
    r"\s*(?:ngày(?!\s*\d)|năm(?!\s*\d{4})|tháng|tuần|giờ|lần|trang|điểm|đồng|triệu|tỷ|người|xã|huyện|tỉnh|"
    r"thôn|nội dung|hồ sơ|trường hợp|đơn vị|cơ quan|nhiệm vụ|chỉ tiêu|tiêu chí|thủ tục|văn bản|công chức|"
    r"cán bộ|đảng viên|ý kiến|kiến nghị|mục tiêu|giải pháp|nhóm|loại|bước|kỳ|quý|phần|chương|điều|"
    r"khoản|mục|vụ|việc)(?![^\W_])",
    re.IGNORECASE,
)
"""What is counted by a number that stands behind a kind by chance: "Báo cáo 10 ngày một lần"."""
_NEXT_AGAIN = re.compile(r"(?P<year>(?!))?(?=[ \u00a0\n]+[^\W\d_])")
_DAY_BACK = 240
"""So far before "cùng ngày" the day that it means is looked for."""
_COLON = re.compile(r"(?::\s*[-–+•]?|(?<![a-z])(?:nhu|gom|cu the la|dien hinh la))\s*\Z")
_BARE_KINDS = frozenset(
    ("nghị định", "thông tư", "thông tư liên tịch", "quyết định", "nghị quyết", "chỉ thị")
)
_NOT_BARE = frozenset(("luật", "bộ luật", "lệnh", "hợp đồng", "biên bản", "dự án", "đề án", "chương trình"))


def find_citations(
    text: str, start: int = 0, end: int | None = None, day: str | None = None
) -> list[Citation]:
    """All documents that ``text[start:end]`` cites by number, and laws by name and year, in reading order.

    What stands where a number has to stand and fits no grammar is kept as printed.

    ``span`` covers the number as it stands, ``extent`` everything from kind to issuer and subject;
    both count code points of ``text``. Spans never overlap. ``key`` is left to
    :func:`extract.citations.resolve`. ``day`` is the citing document's: it tells two laws of one name
    and year apart.
    """
    stop = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    view = text[start:stop]
    fold = folded_as_seen(view)
    found = _around(view, fold)
    share(found)
    tell_back(view, fold, found)
    numbered = [_citation(text, one, start) for one in found]
    named = [_moved(one, start) for one in find_named(view, fold, day)]
    # "Luật Tiếp công dân năm 2013 số 42/2013/QH13": the number says it all.
    named = [one for one in named if not any(_overlap(one.span, other.extent) for other in numbered)]
    taken = [(a - start, b - start) for a, b in (one.span for one in (*numbered, *named))]
    unfit = [_moved(one, start) for one in find_unfit(view, fold, taken)]
    return sorted((*numbered, *named, *unfit), key=lambda one: one.span)


def _moved(one: Citation, shift: int) -> Citation:
    (a, b), (begin, end) = one.span, one.extent
    return replace(one, span=(a + shift, b + shift), extent=(begin + shift, end + shift))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _around(text: str, fold: str) -> list[Found]:
    """The numbers of ``text`` with their words before and behind."""
    leads: list[tuple[Number, Lead]] = []
    numbers = list(find_numbers(text))
    cited = {(one.kind, one.serial) for one, _ in numbers if one and one.kind}
    floor = 0
    for number, head in numbers:
        begin = head.start()
        if number is None:
            bare = _bare(text, fold, head, floor, cited) or _bare_again(fold, head, leads)
            if bare:
                leads.append(bare)
                floor = bare[0].end
            continue
        before = leads[-1][0] if leads else None
        lead = read_lead(text, fold, begin, floor, number.kind or _law(number))
        chained = (
            before is not None
            and BETWEEN.fullmatch(fold, before.end, min(begin, before.end + 16)) is not None
        )
        if lead.kind is None and (
            said := announced_by(text, fold, begin, before.end if before else 0, number)
        ):
            lead = replace(lead, kind=said[0], name=said[0].name)
        if not number.firm and lead.kind is None and not (chained and before and before.kind is number.kind):
            # "số 12/NV" alone may be a box or a room; a phòng's letter says "Công văn".
            body = number.bodies[0] if number.bodies else None
            known = body and body.slug and body.reach not in ("district", "commune")
            again = any(one.bodies == number.bodies and one.kind is number.kind for one, _ in leads[-3:])
            if not (lead.explicit and (known or again)):
                continue
        items = _short_items(text, fold, begin, leads, number)
        if items:
            while leads and leads[-1][0].start >= items[0][0].start:
                leads.pop()  # "số 12" of "số 12, 13 và 15/QĐ-UBND" was taken for a number without symbol
            leads.extend(items)
            lead = Lead(None, begin)
        leads.append((number, lead))
        if kind := number.kind or lead.kind:
            cited.add((kind, number.serial))
        floor = number.end
    return _with_tails(text, fold, leads)


def _law(number: Number) -> Kind | None:
    """ "Luật" for numbers of Quốc hội, whose symbol has no kind, so that the law's title is looked for."""
    return KIND_BY_WORDS["luat"] if number.bodies and number.bodies[0].symbol == "QH" else None


def _with_tails(text: str, fold: str, leads: list[tuple[Number, Lead]]) -> list[Found]:
    found: list[Found] = []
    for place, (number, lead) in enumerate(leads):
        limit = leads[place + 1][1].start if place + 1 < len(leads) else len(text)
        tail = read_tail(text, fold, number.end, max(limit, number.end))
        subject = read_subject(text, fold, tail.end, limit)
        if subject:
            tail.subject, tail.end = subject
        elif lead.title:
            tail.subject = lead.title
        before = found[-1] if found else None
        end = before.tail.end if before else 0
        if remark := REMARK.match(fold, end, number.start):
            end = remark.end()
        chained = (
            before is not None and lead.kind is None and bool(BETWEEN.fullmatch(fold, end, number.start))
        )
        joint = _JOINED.fullmatch(fold, end, min(lead.start, number.start)) if before is not None else None
        if tail.same_day and tail.date is None:
            begin = max(text.rfind("\n", 0, number.start) + 1, before.tail.end if before else 0)
            tail.date = last_day(fold, max(begin, number.start - _DAY_BACK), number.start)
            if tail.date is None and before and "\n" not in text[before.number.end : number.start]:
                tail.date = before.tail.date
        if tail.issuer is None and (area := area_behind(text, fold, tail.end, limit, number)):
            tail.issuer, tail.end = area
        between = issuer_between(text, fold, lead, number.start) if tail.issuer is None else None
        tail.issuer = tail.issuer or between
        announced = maker = None
        if tail.issuer is None and not chained:
            floor, begin = before.number.end if before else 0, min(lead.start, number.start)
            announced = announced_by(text, fold, begin, floor, number)
            maker = None if announced else read_maker(text, fold, begin, floor, number)
        if announced:
            tail.issuer = announced[1]
        elif maker:
            tail.issuer, tail.date = maker.issuer, tail.date or maker.date
        found.append(
            Found(
                number,
                lead,
                tail,
                chained,
                joined=joint is not None and joint["apart"] is None,
                apart=joint is not None and joint["apart"] is not None,
                further=before is not None
                and joint is None
                and bool(_FURTHER.fullmatch(fold, end, min(lead.start, number.start))),
                made=maker is not None or announced is not None,
                between=between is not None,
                listed=_COLON.search(fold, max(0, lead.start - 24), lead.start) is not None
                or (
                    before is not None
                    and before.listed
                    and (chained or (joint is not None and not joint["apart"]))
                ),
            )
        )
    return found


def _bare(
    text: str, fold: str, head: re.Match[str], floor: int, cited: set[tuple[Kind, str]]
) -> tuple[Number, Lead] | None:
    """A kind with a number that has no symbol: ``"Nghị định 30"``, ``"Quyết định số 739 ngày 22/3/2017"``.

    ``cited`` are the numbers that the text gives in full.
    """
    begin, end = head.start(), head.end("serial")
    lead = read_lead(text, fold, begin, floor, None)
    if lead.kind is None or lead.name is None or begin - lead.start < 3:
        return None
    serial = digits_meant(head["serial"])
    again = (
        len(serial) > 1
        and (lead.kind, serial) in cited
        and text[lead.start].isupper()
        and not _COUNTS.match(text, end)
    )
    follows = _NEXT_BARE.match(fold, end) or (_NEXT_AGAIN.match(fold, end) if again else None)
    if not follows or (lead.name in _NOT_BARE and not again):
        return None
    year = _year_of(follows)
    if year and (lead.name not in _BARE_KINDS or not (lead.explicit or lead.capital)):
        return None  # "Báo cáo 6/2021" is a month's
    if not lead.explicit and not year and not again:
        issued = _NEXT_SURE.match(fold, follows.end()) is not None
        if lead.name not in _BARE_KINDS:
            # "Công văn 1310 của UBND huyện"; "Báo cáo 10 ngày một lần" is none.
            if not (text[lead.start].isupper() and _IS_ISSUED.match(fold, follows.end())):
                return None
        elif not (
            lead.many or _is_short_name(text, lead, fold, begin) or (text[lead.start].isupper() and issued)
        ):
            return None
    bodies = (BODIES[lead.kind.issuer],) if lead.kind.issuer else ()
    symbol = f"/{lead.kind.symbol}-{bodies[0].symbol}" if bodies else ""
    whole = f"{serial}{f'/{year}' if year else ''}{symbol}"
    return Number(
        serial, year, whole, begin, follows.end("year") if year else end, lead.kind, bodies, bare=True
    ), lead


def _year_of(follows: re.Match[str]) -> int | None:
    """The year that stands behind a number without symbol: "61/2018"."""
    return int(digits_meant(follows["year"].strip(" \n/"))) if follows["year"] else None


def _is_short_name(text: str, lead: Lead, fold: str, at: int) -> bool:
    """Whether people call documents of this kind by their number alone: "NĐ 30"; not "CT 5"."""
    written = fold[lead.start : at].strip()
    return text[lead.start].isupper() and (written in KIND_BY_WORDS or written in ("nd", "qd", "nq"))


def _bare_again(
    fold: str, head: re.Match[str], leads: list[tuple[Number, Lead]]
) -> tuple[Number, Lead] | None:
    """The next number of ``"các Nghị định số 30, 61 và 63 của Chính phủ"``; all have a year or none has."""
    follows = _NEXT_BARE.match(fold, head.end("serial"))
    if not leads or not leads[-1][0].bare or not follows:
        return None
    before = leads[-1][0]
    if not BETWEEN.fullmatch(fold, before.end, min(head.start(), before.end + 16)):
        return None
    serial = digits_meant(head["serial"])
    year, end = _year_of(follows), follows.end("year") if follows["year"] else head.end("serial")
    if (year is None) != (before.year is None):
        return None
    own, other = (f"{one}/{of}" if of else one for one, of in ((before.serial, before.year), (serial, year)))
    text = before.text.replace(own, other, 1)
    again = Number(serial, year, text, head.start(), end, before.kind, before.bodies, bare=True)
    return again, Lead(None, head.start())


def _short_items(
    text: str, fold: str, at: int, leads: list[tuple[Number, Lead]], number: Number
) -> list[tuple[Number, Lead]]:
    """The shortened numbers of ``"các Quyết định số 12, 13 và 15/QĐ-UBND"`` before the last one."""
    kind = number.kind or (KIND_BY_WORDS["cong van"] if number.firm else None)
    if kind is None:
        return []
    low = max([at - 60, 0, *(found.end for found, _ in leads[-6:] if not found.bare)])
    run = _SHORT_ITEMS.search(fold, low, at)
    if not run:
        return []
    lead = read_lead(text, fold, run.start(), low, None)
    named = lead.name not in _NOT_BARE and text[lead.start].isupper()
    if lead.kind is not kind or not (lead.explicit or lead.many or named):
        return []
    rest = number.text[len(number.serial) :]
    items: list[tuple[Number, Lead]] = []
    for item in _ITEM.finditer(fold, run.start(), at):
        serial = digits_meant(item.group())
        short = Number(serial, number.year, serial + rest, *item.span(), number.kind, number.bodies)
        items.append((short, lead if not items else Lead(None, item.start())))
    return items


def _citation(text: str, found: Found, shift: int) -> Citation:
    lead, tail = found.lead, found.tail
    start, end = found.number.start + shift, found.number.end + shift
    behind = YEAR_BEHIND.match(text, end, end + 24)
    number = settled(
        found.number, text[start:end], lead.kind, tail.date, int(behind[1]) if behind else None, tail.issuer
    )
    return Citation(
        kind=_kind(number, lead),
        number=number.text,
        as_printed=text[start:end],
        span=(start, end),
        extent=(min(lead.start, number.start) + shift, tail.end + shift),
        date=tail.date,
        issuer=tail.issuer or _issuer_of(number),
        subject=tail.subject,
    )


def _kind(number: Number, lead: Lead) -> str | None:
    """The kind: the symbol's own before the word in the sentence, which writers take lightly."""
    if number.kind and not number.bodies and f"{lead.name} {number.kind.symbol}" in OLD_BODIES:
        return lead.name
    if number.kind:
        return lead.name if lead.kind is number.kind else number.kind.name
    if lead.name and lead.name != "văn bản":
        return lead.name
    body = number.bodies[0] if number.bodies else None
    if body is None or body.symbol in ("QH", "UBTVQH"):
        return None
    first = number.text.split("/")[-1].split("-")[0]
    # NN/CQ-đơn vị is the form of a công văn; a first part that is no body is a kind unknown to us.
    return "công văn" if first.startswith(body.symbol) else None


def _issuer_of(number: Number) -> str | None:
    """The issuer that the symbol names fully: "TTg", "BNV", "SNV"; "UBND" alone names none."""
    names = [
        body.name
        for body in number.bodies
        if body.slug and body.reach in ("national", "province", "district", "commune")
    ]
    return ", ".join(names) if names and len(names) == len(number.bodies) else None
