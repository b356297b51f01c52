"""What ``rasoat check`` lists: planted contradictions of every kind, and silence beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invented import document
from planted import MAIN, loud, read, score

from corpora.consistency import KINDS, check
from corpora.dataset import Dataset
from corpora.filters import Filters
from corpora.ledger import Incoming
from extract.errors import UsageError
from extract.units.register import Unit

Put = Callable[..., str]


@pytest.fixture(scope="module", params=["first", "second"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Dataset]]:
    with read(request.param, tmp_path_factory.mktemp(request.param)) as dataset:
        yield request.param, dataset


def test_planted_contradictions_are_found_and_nothing_else(archive: tuple[str, Dataset]) -> None:
    half, dataset = archive
    scores = score(half, dataset)
    assert {kind: found.wrong for kind, found in scores.items() if found.wrong} == {}
    assert not loud(half, dataset)
    planted = sum(found.planted for found in scores.values())
    assert planted >= 45
    # Two of 49 rest on labels near .5, which every training moves. The second half was only measured: see the
    # figures in the corpus's README.
    assert sum(found.found for found in scores.values()) / planted >= (0.95 if half == "first" else 0.85)
    assert all(scores[kind].found for kind in MAIN)


def test_every_result_leads_to_its_places_and_comes_again(archive: tuple[str, Dataset]) -> None:
    _, dataset = archive
    found = check(dataset)
    assert found == check(dataset)
    assert len({one.id for one in found}) == len(found)
    texts = {row["id"]: row["text"] for row in dataset.query("SELECT id, text FROM documents")}
    for one in found:
        assert 1 <= len(one.places) <= 2
        assert one.reason.endswith((".", "”."))
        for where in one.places:
            if where.span is not None:
                inside = " ".join(texts[where.document][slice(*where.span)].split())
                assert inside
    kinds = [list(KINDS).index(one.kind) for one in found]
    assert kinds == sorted(kinds)


def test_filters_limit_the_results(archive: tuple[str, Dataset]) -> None:
    _, dataset = archive
    every = check(dataset)
    rates = check(dataset, kind="rate")
    assert rates == [one for one in every if one.kind == "rate"]
    unit = next(one.unit for one in every if one.unit)
    assert {one.unit for one in check(dataset, Filters(unit=unit))} == {unit}
    first = every[0].places[0].document
    assert all(
        first in {where.document for where in one.places} for one in check(dataset, Filters(document=first))
    )
    assert check(dataset, Filters(year=1999)) == []
    with pytest.raises(UsageError, match="maybe_same"):
        check(dataset, kind="nothing")


def test_a_copy_contradicts_nobody(dataset: Dataset, put: Put) -> None:
    put(document("Có 37/52 hồ sơ, đạt 81,5%.", name="a.md", number="1/BC-UBND", date="2021-05-05"))
    copy = document(
        "Có 37/52 hồ sơ, đạt 81,5%.", name="b.md", content="b", number="1/BC-UBND", date="2021-05-05"
    )
    copy.duplicate_of = next(dataset.records("a.md"))["id"]
    put(copy)
    assert [one.kind for one in check(dataset)] == ["rate"]


def test_bad_input_is_listed(dataset: Dataset, put: Put, tmp_path: Path) -> None:
    dataset.keep_units(
        [
            Unit("9", "Huyện Lũng Vàng", "district", "", "2010-01-01", "", ()),
            Unit("01", "Xã Khe Mận", "commune", "9", "2010-01-01", "", ()),
            Unit("02", "Xã Nà Pheo", "commune", "9", "2010-01-01", "2010-12-31", ("01",)),
        ]
    )
    late = ("Xã Bãi Sậy", "deficiency", "steering", "late", "Gửi báo cáo chậm.")
    known = ("Xã Khe Mận", "deficiency", "steering", "late", "Xã Khe Mận gửi chậm.")
    merged = ("Xã Nà Pheo", "information", "steering", "", "Nhập từ xã Nà Pheo.")
    old = document(
        late, known, merged, "Theo Quyết định số 12-AB/x/y của huyện.", name="a.md", number="3/BC-UBND", date="2008-02-01",
        codes={"Xã Khe Mận": "01"},
    )  # fmt: skip
    put(old)
    put(document("Không số, không ngày.", name="b.md"))
    put(document(late, name="c.md", number="4/BC-UBND", date="2012-02-01", district="Huyện Gò Trám"))
    told = [(one.kind, one.places[0].source) for one in check(dataset)]
    assert told == [
        ("unit_unknown", "a.md"),
        ("citation_form", "a.md"),
        ("undated", "b.md"),
        ("unnumbered", "b.md"),
        ("before_register", "a.md"),
    ]


def test_every_file_that_could_not_be_read_is_listed(dataset: Dataset, tmp_path: Path) -> None:
    for name in ("cat-cut.pdf", "rong.docx", "trong.docx"):
        decision = dataset.begin(Incoming(str(tmp_path / name), name, name.ljust(64, "0"), 3))
        dataset.fail(decision.source_id, "damaged", "The file is cut off.", "Copy it again.")
    assert [one.places[0].source for one in check(dataset, kind="file")] == [
        "cat-cut.pdf",
        "rong.docx",
        "trong.docx",
    ]


def test_answers_that_count_nowhere_are_listed(dataset: Dataset, put: Put) -> None:
    said = ("Xã Khe Mận", "deficiency", "steering", "late", "Gửi chậm.")
    put(document(said, name="a.md", number="1/BC-UBND", date="2021-05-05"))
    copy = document(said, name="b.md", content="b", number="1/BC-UBND", date="2021-05-05")
    copy.duplicate_of = next(dataset.records("a.md"))["id"]
    put(copy)
    assert check(dataset, kind="file") == []
    with dataset.transaction() as connection:
        connection.execute("UPDATE findings SET status = 'accepted' WHERE document_id = ?", (copy.id,))
    (told,) = check(dataset, kind="file")
    assert told.places[0].source == "b.md"
    assert told.reason.startswith("1 ý đã duyệt") and "a.md" in told.reason
