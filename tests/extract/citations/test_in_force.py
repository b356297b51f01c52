"""The register of documents: whole in itself, and what it says of a citation on its day."""

from __future__ import annotations

import re
from datetime import date

import pytest

from extract.citations import find_citations, resolve
from extract.citations.in_force import mark_in_force
from extract.citations.register import AS_OF, documents
from extract.document import Citation


def marked(text: str, day: str | None) -> list[Citation]:
    found = resolve(
        find_citations(text, day=day),
        document_number=None,
        document_date=day,
        issuer=None,
        issuer_unit=None,
        text=text,
    )
    mark_in_force(found, text, day)
    return found


def test_the_register_is_whole() -> None:
    known = documents()
    assert len(known) > 90
    for one in known.values():
        days = [one.date, one.starts, one.until, one.ended, one.sure_until]
        assert all(date.fromisoformat(day) for day in days if day), one.key
        assert one.source and one.title, one.key
        assert one.starts is None or one.date <= one.starts, one.key
        assert (one.ended is None) == (one.replaced_by is None), one.key
        if one.ended and one.until:
            assert one.date <= one.until < one.ended, one.key
        if one.replaced_by:
            heir = known[one.replaced_by]
            assert one.date < heir.date and heir.date <= (one.ended or ""), one.key
        for key in one.amended_by:
            assert one.date < known[key].date, one.key
        assert one.sure_until <= AS_OF, one.key


def test_what_was_checked_says_where() -> None:
    place = re.compile(r"https?://[\w.-]+\.\w+(:\d+)?/\S+|[\w.-]+/[\w.-]+: \S.*\.\w+")
    for one in documents().values():
        assert not (one.checked and one.checked_part), one.key
        for where in one.checked + one.checked_part:
            assert place.fullmatch(where), (one.key, where)


def test_no_chain_of_replacements_is_a_loop() -> None:
    known = documents()
    for one in known.values():
        seen = set()
        while one.replaced_by:
            assert one.key not in seen
            seen.add(one.key)
            one = known[one.replaced_by]


# number, day of the citing document, in force, what stood in its place then
STATES: list[tuple[str, str | None, bool | None, str | None]] = [
    ("110/2004/NĐ-CP", "2021-06-30", False, "30/2020/NĐ-CP"),
    ("110/2004/NĐ-CP", "2020-03-05", False, "30/2020/NĐ-CP"),
    ("110/2004/NĐ-CP", "2020-03-04", None, None),  # from when it was in force is not recorded
    ("01/2011/TT-BNV", "2020-09-14", False, "30/2020/NĐ-CP"),
    ("30/2020/NĐ-CP", "2021-06-30", True, None),
    ("61/2018/NĐ-CP", "2018-06-20", None, None),  # signed, not yet in force
    ("61/2018/NĐ-CP", "2018-06-21", True, None),
    ("61/2018/NĐ-CP", "2025-07-01", False, "118/2025/NĐ-CP"),
    ("93/2007/QĐ-TTg", "2016-01-01", False, "09/2015/QĐ-TTg"),
    ("93/2007/QĐ-TTg", "2019-01-01", False, "61/2018/NĐ-CP"),
    ("181/2003/QĐ-TTg", "2007-09-01", None, None),  # the very day of its end is open
    ("43/2011/NĐ-CP", "2022-08-14", True, None),
    ("43/2011/NĐ-CP", "2022-08-15", False, "42/2022/NĐ-CP"),
    ("63/2010/NĐ-CP", "2021-06-30", True, None),
    ("30/2020/NĐ-CP", "2026-01-01", None, None),  # later than the register knows
    ("99/2021/NĐ-CP", "2022-01-01", None, None),
    ("30/2020/NĐ-CP", None, None, None),
    ("77/2015/QH13", "2025-04-01", False, "65/2025/QH15"),
    ("77/2015/QH13", "2025-06-20", False, "72/2025/QH15"),
    ("01/2011/TT-BNV", "2020-04-01", None, None),  # its decree was gone, it was abolished by name later
    ("144/2006/QĐ-TTg", "2014-05-02", None, None),  # two days are told for its successor
    ("144/2006/QĐ-TTg", "2014-05-18", False, "19/2014/QĐ-TTg"),
    ("11/2022/QH15", "2025-07-01", False, "84/2025/QH15"),
    ("83/2015/QH13", "2025-12-31", True, None),
    ("83/2015/QH13", "2026-01-01", False, "89/2025/QH15"),
    ("09/2008/QH12", "2018-01-01", False, "15/2017/QH14"),
]


@pytest.mark.parametrize(("number", "day", "in_force", "heir"), STATES)
def test_state(number: str, day: str | None, in_force: bool | None, heir: str | None) -> None:
    (found,) = marked(f"Theo số {number} thì hồ sơ lưu mười năm.", day)
    assert (found.in_force, found.replaced_by) == (in_force, heir)


def test_the_programme_of_ten_years_is_open_between_its_end_and_the_next_one() -> None:
    states = [
        marked("Nghị quyết số 30c/NQ-CP ngày 08/11/2011", day)[0].in_force
        for day in ("2015-05-05", "2020-12-31", "2021-02-01", "2021-07-15")
    ]
    assert states == [True, True, None, False]


def test_amended_is_not_ended() -> None:
    (before,) = marked("Nghị định số 63/2010/NĐ-CP", "2013-05-01")
    (after,) = marked("Nghị định số 63/2010/NĐ-CP", "2018-05-01")
    assert (before.in_force, before.amended_by) == (True, [])
    assert (after.in_force, after.amended_by) == (True, ["48/2013/NĐ-CP", "92/2017/NĐ-CP"])


# sentence, for each citation whether the sentence itself says that it was replaced
SAID: list[tuple[str, list[bool]]] = [
    ("Nghị định 30/2020/NĐ-CP thay thế Nghị định 110/2004/NĐ-CP.", [False, True]),
    (
        "Nghị định 30/2020/NĐ-CP thay thế Nghị định 110/2004/NĐ-CP và Nghị định 09/2010/NĐ-CP.",
        [False, True, True],
    ),
    ("Văn bản còn theo Nghị định 110/2004/NĐ-CP đã hết hiệu lực.", [True]),
    ("Thông tư 01/2011/TT-BNV không còn hiệu lực.", [True]),
    ("Mẫu theo Thông tư 01/2011/TT-BNV chưa được thay thế.", [False]),
    ("Xã chưa có văn bản thay thế Thông tư 01/2011/TT-BNV.", [False]),
    ("Nghị định 30/2020/NĐ-CP đã thay thế Nghị định 110/2004/NĐ-CP.", [False, True]),
    ("Từ Nghị định 30/2020/NĐ-CP thì Nghị định 110/2004/NĐ-CP hết hiệu lực.", [False, True]),
    ("Quyết định này thay thế Quyết định số 88/QĐ-UBND ngày 12/01/2018 của UBND huyện.", [True]),
    ("Trước đây làm theo Thông tư 01/2011/TT-BNV.", [True]),
    ("Thông tư 01/2011/TT-BNV đã được thay thế.", [True]),
    ("Văn bản trình bày theo Thông tư 01/2011/TT-BNV.", [False]),
    ("Chưa có quyết định thay thế; văn bản theo Nghị định 110/2004/NĐ-CP.", [False]),
    ("Quy chế cũ chưa được thay thế, văn thư vẫn dẫn Nghị định 110/2004/NĐ-CP.", [False]),
    ("Thông tư 01/2011/TT-BNV được áp dụng. Quy chế cũ đã bãi bỏ.", [False]),
    ("Quyết định về bến bãi phải bãi bỏ vì trái Nghị định 110/2004/NĐ-CP.", [False]),
    ("Quy chế đã bị hủy bỏ theo Nghị định 110/2004/NĐ-CP.", [False]),
    ("Trước đây trình bày theo Nghị định 110/2004/NĐ-CP.", [True]),
    ("Xã áp dụng mẫu mới thay vì theo Thông tư 01/2011/TT-BNV.", [True]),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_a_sentence_that_says_it_is_not_blamed(text: str, said: list[bool]) -> None:
    assert [one.says_replaced for one in marked(text, "2021-06-30")] == said


# what settles a shortened number: the words, the day, the other mention; never the number alone
SETTLED: list[tuple[str, str, str]] = [
    ("Thể thức chưa theo NĐ 30.", "2021-06-30", "nd:30/2020:chinh-phu"),
    ("Chưa theo NĐ 30.", "2021-06-30", "nd:30:chinh-phu"),
    ("Thể thức chưa theo NĐ 30.", "2019-06-30", "nd:30:chinh-phu"),
    ("Công văn theo thể thức mới. Chưa theo NĐ 30.", "2021-06-30", "nd:30:chinh-phu"),
    ("Nghị quyết 76 của Chính phủ về Chương trình tổng thể.", "2022-01-01", "nq:76:chinh-phu:2021"),
    ("Nghị quyết số 76/NQ-CP.", "2022-01-01", "nq:76:chinh-phu"),
    ("Nghị định 42/NĐ-CP về cổng thông tin điện tử.", "2023-01-01", "nd:42/2022:chinh-phu"),
    ("Nghị định 43/NĐ-CP về cổng thông tin điện tử.", "2023-01-01", "nd:43/2011:chinh-phu"),
]


@pytest.mark.parametrize(("text", "day", "key"), SETTLED)
def test_settled_by_the_register(text: str, day: str, key: str) -> None:
    assert [one.key for one in marked(text, day)] == [key]


def test_what_was_completed_is_named() -> None:
    text = "Theo NĐ 30, thể thức sai. Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ"
    short, whole = marked(text, "2021-06-30")
    assert set(short.completed) == {"number", "date"}
    assert whole.completed == []
