"""Cited documents: each once, with all mentions; who cites what had ended; what contradicts itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from citing import citing

from corpora.cited import Cited, cited
from corpora.cited_conflicts import conflicts
from corpora.dataset import FILE_NAME, Dataset
from corpora.filters import Filters
from corpora.ledger import Incoming
from extract.document import Document
from extract.errors import UsageError

Put = Callable[..., str]


def blamed(unit: str, text: str) -> tuple[str, ...]:
    return (unit, "deficiency", "steering", "wrong_form", text)


def only(found: list[Cited]) -> Cited:
    (one,) = found
    return one


def test_each_document_once_with_all_its_mentions(dataset: Dataset, put: Put) -> None:
    put(
        citing(
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;",
            blamed("Xã Khe Mận", "Thể thức chưa đúng NĐ 30."),
            name="a.md",
            date="2021-07-30",
            number="07/BC-ĐKT",
            year=2021,
            pages=1,
        )
    )
    put(
        citing(
            blamed("Xã Bãi Sậy", "Văn thư chưa theo Nghị định 30/2020/NĐ-CP."),
            name="b.md",
            date="2022-07-30",
            year=2022,
        )
    )
    one = only(cited(dataset, "30/2020"))
    assert (one.key, one.number, one.date, one.issuer) == (
        "nd:30/2020:chinh-phu",
        "30/2020/NĐ-CP",
        "2020-03-05",
        "Chính phủ",
    )
    assert (len(one.mentions), len(one.documents), one.years) == (3, 2, (2021, 2022))
    assert one.units == ("Xã Khe Mận", "Xã Bãi Sậy")
    assert [(mention.page, mention.words, mention.as_printed) for mention in one.mentions] == [
        (
            1,
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ; Thể thức chưa đúng NĐ 30.",
            "30/2020/NĐ-CP",
        ),
        (2, "Thể thức chưa đúng NĐ 30.", "30"),
        (None, "Văn thư chưa theo Nghị định 30/2020/NĐ-CP.", "30/2020/NĐ-CP"),
    ]
    record = one.to_record()
    assert (record["record"], record["times"], record["in_register"]) == ("cited", 3, True)


@pytest.mark.parametrize(
    "asked", ["30/2020/NĐ-CP", "30/2020/nd-cp", "30/2020", "nđ 30", "nghị định 30", "nd:30/2020:chinh-phu"]
)
def test_asked_as_people_type_it(dataset: Dataset, put: Put, asked: str) -> None:
    put(
        citing(
            "Theo Nghị định 30/2020/NĐ-CP, Quyết định số 30/QĐ-UBND và Nghị định 130/2020/NĐ-CP.",
            name="a.md",
            date="2021-07-30",
        )
    )
    assert only(cited(dataset, asked)).key == "nd:30/2020:chinh-phu"


def test_who_cites_an_expired_document(dataset: Dataset, put: Put) -> None:
    old = "Văn bản trình bày theo Thông tư 01/2011/TT-BNV."
    put(citing(blamed("Xã Khe Mận", old), name="a.md", date="2019-05-05", year=2019))
    put(citing(blamed("Xã Bãi Sậy", old), name="b.md", date="2021-05-05", year=2021))
    put(
        citing(
            blamed("Xã Nà Phin", "Còn dùng Thông tư 01/2011/TT-BNV đã hết hiệu lực."),
            name="c.md",
            date="2022-05-05",
            year=2022,
        )
    )
    one = only(cited(dataset, expired=True))
    assert (one.replaced_by, one.until, one.ended) == ("30/2020/NĐ-CP", "2020-03-04", "2020-06-01")
    assert [(mention.units, mention.year) for mention in one.mentions] == [(("Xã Bãi Sậy",), 2021)]
    assert len(only(cited(dataset)).mentions) == 3
    assert cited(dataset, expired=True, filters=Filters(year=2019)) == []
    assert len(cited(dataset, expired=True, filters=Filters(unit="bai say"))) == 1
    assert cited(dataset, expired=True, filters=Filters(unit="khe man")) == []


def test_unit_means_its_findings_and_its_own_documents(dataset: Dataset, put: Put) -> None:
    put(
        citing(
            blamed("Xã Khe Mận", "Chưa theo Quyết định số 15/2018/QĐ-UBND."),
            "Theo Nghị định 61/2018/NĐ-CP.",
            name="a.md",
            date="2021-05-05",
        )
    )
    of_unit = {
        name: {one.number for one in cited(dataset, filters=Filters(unit=name))}
        for name in ("khe man", "lung vang", "ba den")
    }
    assert of_unit == {
        "khe man": {"15/2018/QĐ-UBND"},
        "lung vang": {"15/2018/QĐ-UBND", "61/2018/NĐ-CP"},
        "ba den": set(),
    }
    with pytest.raises(UsageError):
        cited(dataset, filters=Filters(document="99/BC-ĐKT"))


def documents_that_complete_each_other() -> list[Document]:
    return [
        citing("Chưa theo Nghị định 99.", name="a.md", date="2022-05-05"),
        citing("Nghị định số 99/2021/NĐ-CP ngày 11/11/2021 của Chính phủ.", name="b.md", date="2022-06-05"),
        citing("Chưa theo Nghị định 99.", name="c.md", date="2020-05-05"),
        citing("Quyết định 1064/QĐ-TTg.", name="d.md", date="2022-05-05"),
        citing("Quyết định 1064/QĐ-TTg ngày 28/8/2018.", name="e.md", date="2021-05-05"),
    ]


def test_other_documents_complete_a_number_whatever_the_order(tmp_path: Path) -> None:
    answers = set()
    for place, order in enumerate(random.Random(1).sample(list(permutations(range(5))), 6)):
        with Dataset.open(tmp_path / str(place) / FILE_NAME, create=True) as dataset:
            made = documents_that_complete_each_other()
            for number in order:
                one = made[number]
                decision = dataset.begin(Incoming(f"/x/{one.source}", one.source, one.source_sha256, 1))
                dataset.store(decision.source_id, [one], {"rasoat": "0"}, 1)
            found = cited(dataset)
            answers.add(tuple((one.key, tuple((m.source, m.joined) for m in one.mentions)) for one in found))
    (answer,) = answers
    assert dict(answer) == {
        "nd:99/2021:chinh-phu": (("a.md", True), ("b.md", False)),
        "qd:1064:thu-tuong:2018": (("e.md", False), ("d.md", True)),
        "nd:99:chinh-phu": (("c.md", False),),
    }


def test_unresolved_numbers_are_listed_as_printed(dataset: Dataset, put: Put) -> None:
    put(
        citing(
            "Công văn số 45.NV/2020 chưa trả lời. Theo Quyết định 45. Nghị định 61/2018/NĐ-CP.",
            name="a.md",
            date="2021-05-05",
        )
    )
    found = cited(dataset, unresolved=True)
    assert {(one.number, one.resolved) for one in found} == {("45.NV/2020", False), ("45", False)}


def test_a_cited_document_that_the_dataset_holds_is_named(dataset: Dataset, put: Put) -> None:
    report = citing("Không.", name="a.md", date="2020-09-09", number="41/KL-UBND", kind="kết luận")
    put(report)
    put(citing("Kết luận số 41/KL-UBND ngày 09/9/2020 của UBND huyện.", name="b.md", date="2020-10-10"))
    assert only(cited(dataset)).held == report.id


def test_a_copy_does_not_count_twice(dataset: Dataset, put: Put) -> None:
    first = citing("Nghị định 61/2018/NĐ-CP.", name="a.md", date="2021-05-05")
    copy = citing("Nghị định 61/2018/NĐ-CP.", name="b.md", date="2021-05-05", content="other")
    copy.duplicate_of = first.id
    put(first)
    put(copy)
    assert len(only(cited(dataset)).mentions) == 1


# lines of two documents, then: number, what, the two values, how sure
CONFLICTS: list[tuple[str, str, list[tuple[str, str, str, str, str]]]] = [
    (
        "Quyết định số 20/2019/QĐ-UBND ngày 19/4/2019 của UBND tỉnh Đông Lĩnh.",
        "Quyết định số 20/2019/QĐ-UBND ngày 14/9/2019 của UBND tỉnh Đông Lĩnh.",
        [("20/2019/QĐ-UBND", "date", "2019-04-19", "2019-09-14", "high")],
    ),
    (
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.",
        "Nghị định số 30/2020/NĐ-CP ngày 03/5/2020.",
        [("30/2020/NĐ-CP", "date", "2020-03-05", "2020-05-03", "high")],
    ),
    (
        "Quyết định số 20/2019/QĐ-UBND ngày 19/4/2018 của UBND tỉnh Đông Lĩnh.",
        "Không.",
        [("20/2019/QĐ-UBND", "date", "2019", "2018-04-19", "high")],
    ),
    (
        "Quyết định số 1147/QĐ-UBND ngày 22/5/2018 của UBND tỉnh Đông Lĩnh.",
        "Quyết định số 1147/QĐ-UBND ngày 22/5/2018 của UBND huyện Lũng Vàng.",
        [("1147/QĐ-UBND", "issuer", "UBND tỉnh Đông Lĩnh", "UBND huyện Lũng Vàng", "high")],
    ),
    (
        "Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND huyện Lũng Vàng.",
        "Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND xã Khe Mận.",
        [("12/KH-UBND", "issuer", "UBND huyện Lũng Vàng", "UBND xã Khe Mận", "medium")],
    ),
    (
        "Nghị định số 99/2019/NĐ-CP của Thủ tướng Chính phủ.",
        "Không.",
        [("99/2019/NĐ-CP", "issuer", "Chính phủ", "Thủ tướng Chính phủ", "high")],
    ),
    # one document by another name, numbers that begin anew each year, a date lent by another mention
    (
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị.",
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Trung ương.",
        [],
    ),
    ("Kế hoạch số 12/KH-UBND ngày 05/01/2021.", "Kế hoạch số 12/KH-UBND ngày 06/01/2020.", []),
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020. Theo NĐ 30/2020/NĐ-CP.", "Nghị định 30/2020/NĐ-CP.", []),
]


@pytest.mark.parametrize(("first", "second", "expected"), CONFLICTS)
def test_conflicts(
    dataset: Dataset, put: Put, first: str, second: str, expected: list[tuple[str, str, str, str, str]]
) -> None:
    put(citing(first, name="a.md", date="2021-05-05"))
    put(citing(second, name="b.md", date="2021-06-05"))
    found = conflicts(dataset)
    assert [(one.number, one.what, one.first.value, one.second.value, one.sure) for one in found] == expected
    for one in found:
        assert one.second.mention is not None and one.second.mention.source in ("a.md", "b.md")
        assert one.to_record()["record"] == "citation_conflict"
