"""A unit's page, and what became of a deficiency in words."""

from __future__ import annotations

from annotations.labels import AREAS, TYPES
from annotations.printing import line, table, title
from corpora.chains.records import Chain
from corpora.chains.states import OPEN, STATES
from corpora.unit_page import Kin, UnitPage
from extract.dates import day
from pipelines.printing.common import label, name_said, quoted, where_said
from pipelines.printing.promises import became_of

_STRENGTHS = 20


def about(chain: Chain) -> str:
    """Subject and state of a chain in one line."""
    parts = [f"Nội dung: {chain.subject}"] if chain.subject else []
    said = STATES.get(chain.state, chain.state)
    if chain.state == "persisting" and chain.since:
        said += f" {_run(chain)}, từ {chain.since}"
    elif chain.state == "returned" and chain.last:
        said += f" năm {chain.last}"
    elif chain.state == "remedied" and chain.remedies:
        last = chain.remedies[-1]
        said += f" theo {last.number or last.source}"
    elif chain.silent:
        said += f": văn bản năm {', '.join(map(str, chain.silent))} không nhắc lại"
    elif chain.state == "unknown" and chain.last:
        said += f": sau {chain.last} chưa có báo cáo về đơn vị"
    name = "Tình trạng xét cả chuỗi" if is_part(chain) else "Tình trạng"
    return "; ".join([*parts, f"{name}: {said}"])


def is_part(chain: Chain) -> bool:
    """Whether years of the chain are not among those shown: its state rests on more than is seen here."""
    return bool(chain.years) and not {chain.first, chain.last} <= {*chain.years, None}


def _run(chain: Chain) -> str:
    """How long the deficiency lasts; years without a report about the unit are not passed off as told of."""
    whole = chain.last is not None and chain.since is not None and chain.last - chain.since < chain.running
    return f"{chain.running} năm liền" if whole else f"{chain.running} năm có báo cáo liên tiếp"


def show_basis(documents: int, first: int | None, last: int | None) -> None:
    """On what a summary rests."""
    years = "" if first is None else f", năm {first}" if first == last else f", năm {first}–{last}"
    line()
    line(
        f"Dựa trên {documents} văn bản{years} (bản trùng tính một lần). "
        "Nhiều tồn tại hơn có thể do kiểm tra kỹ hơn, không hẳn do làm kém hơn."
    )


def show_unit(page: UnitPage) -> None:
    """One unit: lineage, documents, deficiencies by area and year, chains, promises, strengths."""
    title(name_said(page.unit) + (f" (mã {page.code})" if page.code else ""))
    if page.units == "then":
        line("Theo đơn vị thời đó; không gồm đơn vị trước và sau sáp nhập.")
    if page.was:
        line(f"Trước đây: {'; '.join(map(_kin, page.was))}")
    if page.became:
        line(f"Về sau: {'; '.join(map(_kin, page.became))}")
    _documents(page)
    _counts(page)
    _chains(page)
    _demands(page)
    if page.strengths:
        title(f"Kết quả đạt được ({len(page.strengths)})")
        table(
            ("Năm", "Văn bản", "Nội dung"),
            [(str(one.year or ""), where_said(one), one.text) for one in page.strengths[-_STRENGTHS:]],
        )
    years = [one.year for one in page.documents if one.year is not None and one.repeats is None]
    show_basis(page.rests_on, min(years, default=None), max(years, default=None))


def _kin(unit: Kin) -> str:
    until = f" (đến {day(unit.valid_to)})" if unit.valid_to else ""
    since = f" (từ {day(unit.valid_from)})" if unit.valid_from and not until else ""
    return unit.name + (" (một phần)" if unit.divided else "") + until + since


def _documents(page: UnitPage) -> None:
    title(f"Văn bản nói đến đơn vị ({page.rests_on})")
    table(
        ("Năm", "Văn bản", "Ngày", "Nhận định", "Tồn tại", "Đơn vị"),
        [
            (
                str(one.year or ""),
                (one.number or one.source) + (" (bản trùng)" if one.repeats else ""),
                day(one.date),
                str(one.findings),
                str(one.deficiencies),
                name_said(one.unit),
            )
            for one in page.documents
        ],
    )


def _counts(page: UnitPage) -> None:
    years = sorted({year for counts in page.counts.values() for year in counts})
    if not years:
        return
    title("Tồn tại theo lĩnh vực và năm")
    rows = [
        (*(str(page.counts[area].get(year, "")) for year in years), label(AREAS, area))
        for area in AREAS
        if area in page.counts
    ]
    table((*map(str, years), "Lĩnh vực"), rows)


def _chains(page: UnitPage) -> None:
    still = [chain for chain in page.chains if chain.state in OPEN]
    gone = [chain for chain in page.chains if chain.state not in OPEN]
    for name, chains in (("Tồn tại chưa thấy khắc phục", still), ("Tồn tại đã khắc phục", gone)):
        if not chains:
            continue
        title(f"{name} ({len(chains)})")
        table(
            ("Năm", "Tình trạng", "Lĩnh vực, loại", "Văn bản gần nhất", "Nội dung"),
            [
                (
                    ", ".join(map(str, chain.years)),
                    STATES.get(chain.state, chain.state),
                    f"{label(AREAS, chain.area)}, {label(TYPES, chain.type).lower()}",
                    where_said(chain.occurrences[-1]),
                    _bearers(chain) + chain.occurrences[-1].text + _remedy(chain),
                )
                for chain in chains
            ],
        )
    if any(map(is_part, page.chains)):
        line("Tình trạng xét cả chuỗi, gồm cả những năm và đơn vị trước, sau sáp nhập không nêu ở đây.")
    if any(chain.predecessors for chain in page.chains):
        line(
            "Trong ngoặc vuông là đơn vị cũ đã bị nêu tồn tại; sau sáp nhập, văn bản không nói tồn tại ấy "
            "còn ở phần nào của đơn vị mới."
        )


def _remedy(chain: Chain) -> str:
    """The statement that a remedied deficiency is gone."""
    if chain.state != "remedied" or not chain.remedies:
        return ""
    return f" → đã khắc phục theo {quoted(chain.remedies[-1])}"


def _bearers(chain: Chain) -> str:
    """Whose deficiency it was, where a merger hides it."""
    names = [unit.name for unit in chain.predecessors]
    return f"[{', '.join(names)}] " if names else ""


def _demands(page: UnitPage) -> None:
    if not page.demands:
        return
    title(f"Yêu cầu, cam kết ({len(page.demands)})")
    table(
        ("Năm", "Văn bản", "Hạn", "Kết quả", "Nội dung"),
        [
            (
                str(one.said.year or ""),
                where_said(one.said),
                day(one.deadline),
                became_of(one),
                one.said.text,
            )
            for one in page.demands
        ],
    )
