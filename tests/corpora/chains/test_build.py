"""Chains in the dataset: whatever the order, only what changed, and nothing left of what is gone."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from invented import document

from corpora.chains.build import refresh, stale, subject_of
from corpora.chains.likeness import ByLabels, Encoded, Matrix, Statement
from corpora.dataset import FILE_NAME, Dataset
from corpora.ledger import Incoming
from corpora.recurrence import Question, recurring
from extract.document import Document
from extract.errors import UsageError, WorkspaceProblem

Put = Callable[..., int]
ALL = Question(single=True)


class FirstWord:
    """A likeness for tests: statements with the same first word are about the same thing."""

    version = "first word"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, text: str) -> Encoded:
        self.encoded.append(text)
        return Encoded(text.split()[0].lower().encode(), text.split()[0].lower())

    def same(self, statements: Sequence[Statement]) -> Matrix:
        return self.answers(statements, statements)

    def answers(self, deficiencies: Sequence[Statement], others: Sequence[Statement]) -> Matrix:
        rows = [[3.0 if one.terms == other.terms else -3.0 for other in others] for one in deficiencies]
        return np.array(rows, dtype=np.float32).reshape(len(deficiencies), len(others))


@pytest.fixture
def dataset(tmp_path: Path) -> Iterator[Dataset]:
    with Dataset.open(tmp_path / FILE_NAME, create=True) as opened:
        yield opened


def put(dataset: Dataset, *documents: Document) -> int:
    name, content = documents[0].source, documents[0].source_sha256
    decision = dataset.begin(Incoming(f"/archive/{name}", name, content, 1))
    if decision.action == "process":
        dataset.store(decision.source_id, documents)
    return decision.source_id


def wrong(
    text: str, unit: str = "Xã Khe Mận", area: str = "steering", types: str = "late"
) -> tuple[str, ...]:
    return (unit, "deficiency", area, types, text)


def well(text: str, unit: str = "Xã Khe Mận", area: str = "steering") -> tuple[str, ...]:
    return (unit, "achievement", area, "", text)


def asked(text: str, unit: str = "Xã Khe Mận", area: str = "steering") -> tuple[str, ...]:
    return (unit, "recommendation", area, "", text)


def report(when: int, *lines: tuple[str, ...], **more: Any) -> Document:
    return document(f"Năm {when}", *lines, name=f"{when}.md", year=when, date=f"{when}-11-01", **more)


REPORTS = [
    report(2019, wrong("Báo_cáo gửi chậm."), wrong("Sổ ghi muộn."), wrong("Báo_cáo chậm.", "Xã Bãi Sậy")),
    report(2020, wrong("Báo_cáo nộp trễ."), well("Sổ ghi đủ.")),
    report(2021, wrong("Báo_cáo lại trễ."), wrong("Sổ lại muộn."), well("Báo_cáo tốt.", "Xã Bãi Sậy")),
    report(2022, wrong("Báo_cáo trễ."), asked("Sổ cần ghi xong trước ngày 31/12/2022.")),
]


def chains(dataset: Dataset, question: Question = ALL) -> list[Any]:
    return recurring(dataset, question=question, likeness=FirstWord)


def test_subjects_part_what_labels_join(dataset: Dataset) -> None:
    for one in REPORTS:
        put(dataset, one)
    found = {(chain.unit, chain.subject): chain for chain in chains(dataset)}
    assert set(found) == {("Xã Khe Mận", "báo_cáo"), ("Xã Khe Mận", "sổ"), ("Xã Bãi Sậy", "báo_cáo")}
    reports, books = found["Xã Khe Mận", "báo_cáo"], found["Xã Khe Mận", "sổ"]
    assert (reports.state, reports.years, reports.running) == ("persisting", (2019, 2020, 2021, 2022), 4)
    # Silent in 2022 after it had come back in 2021: nobody says what became of it.
    assert (books.state, books.years, books.silent) == ("unknown", (2019, 2021), (2022,))
    assert [one.text for one in books.remedies] == ["Sổ ghi đủ."]
    assert [one.text for one in books.demands] == ["Sổ cần ghi xong trước ngày 31/12/2022."]
    assert found["Xã Bãi Sậy", "báo_cáo"].state == "remedied"


def test_questions_by_state_and_years(dataset: Dataset) -> None:
    for one in REPORTS:
        put(dataset, one)
    assert [chain.subject for chain in chains(dataset, Question("persisting", 3))] == ["báo_cáo"]
    assert chains(dataset, Question("persisting", 5)) == []
    assert [chain.unit for chain in chains(dataset, Question("remedied", single=True))] == ["Xã Bãi Sậy"]
    assert len(chains(dataset, Question(limit=1, single=True))) == 1
    with pytest.raises(UsageError, match="persisting"):
        chains(dataset, Question("lasting"))


def test_without_a_later_report_on_the_unit_nothing_is_known(dataset: Dataset) -> None:
    put(dataset, report(2019, wrong("Báo_cáo chậm.")))
    assert chains(dataset)[0].state == "new"
    put(dataset, report(2020, wrong("Sổ muộn.", "Xã Bãi Sậy")))
    states = {chain.unit: chain.state for chain in chains(dataset)}
    assert states == {"Xã Khe Mận": "unknown", "Xã Bãi Sậy": "new"}
    put(dataset, report(2021, wrong("Sổ muộn.", "Xã Nà Pheo"), district="Huyện Gò Trám"))
    assert {chain.unit: chain.state for chain in chains(dataset)}["Xã Bãi Sậy"] == "new"


def test_a_letter_covers_nothing(dataset: Dataset) -> None:
    put(dataset, report(2019, wrong("Báo_cáo chậm.")))
    put(dataset, report(2020, well("Sổ tốt."), kind="công văn"))
    put(dataset, report(2021, wrong("Báo_cáo chậm.")))
    assert chains(dataset)[0].state == "persisting"


def stored(dataset: Dataset) -> list[tuple[Any, ...]]:
    """All that is stored of chains, without numbers that only count rows."""
    sql = """SELECT c.id, f.name, c.area, c.types, c.subject, c.state, c.first, c.since, c.last, c.running,
        c.years, c.documents, c.silent, f.district, f.documents,
        (SELECT group_concat(finding_id) FROM (SELECT finding_id FROM chain_findings WHERE chain_id = c.id
         ORDER BY 1)),
        (SELECT group_concat(finding_id) FROM (SELECT finding_id FROM chain_answers WHERE chain_id = c.id
         ORDER BY 1))
        FROM chains c JOIN families f ON f.id = c.family_id ORDER BY c.id"""
    return [tuple(row) for row in dataset.query(sql)]


def test_the_order_of_ingest_does_not_matter(tmp_path: Path) -> None:
    results = []
    for number, order in enumerate(permutations(REPORTS)):
        with Dataset.open(tmp_path / f"{number}.sqlite", create=True) as dataset:
            for at, one in enumerate(order):
                put(dataset, one)
                if (number + at) % 2:
                    refresh(dataset, FirstWord())
            refresh(dataset, FirstWord())
            results.append(stored(dataset))
    assert results[0]
    assert all(result == results[0] for result in results)


def test_only_what_changed_is_built_again(dataset: Dataset) -> None:
    likeness = FirstWord()
    put(dataset, REPORTS[0])
    assert refresh(dataset, likeness) == 2
    assert refresh(dataset, likeness) == 0
    likeness.encoded.clear()
    put(dataset, REPORTS[1])
    assert stale(dataset)
    assert refresh(dataset, likeness) == 1
    assert sorted(likeness.encoded) == ["Báo_cáo nộp trễ.", "Sổ ghi đủ."]


def test_forgetting_a_source_repairs_its_chains(dataset: Dataset, tmp_path: Path) -> None:
    for one in REPORTS:
        put(dataset, one)
    refresh(dataset, FirstWord())
    dataset.forget("2020.md")
    # Until they are built again no chain holds anything of what is gone.
    left = [row["subject"] for row in dataset.query("SELECT subject FROM chains")]
    assert "sổ" not in left
    refresh(dataset, FirstWord())
    with Dataset.open(tmp_path / "other.sqlite", create=True) as other:
        for one in (REPORTS[0], *REPORTS[2:]):
            put(other, one)
        refresh(other, FirstWord())
        assert stored(other) == stored(dataset)


def test_a_copy_found_later_counts_no_more(dataset: Dataset) -> None:
    put(dataset, REPORTS[0])
    copy = document("bản quét", wrong("Báo_cáo gửi chậm."), name="scan.pdf", year=2019, date="2019-11-01")
    put(dataset, copy)
    assert [chain.documents for chain in chains(dataset, Question())] == [2]
    with dataset.transaction() as connection:
        connection.execute("UPDATE documents SET duplicate_of = ? WHERE id = ?", (REPORTS[0].id, copy.id))
    assert chains(dataset, Question()) == []


def test_a_corrected_finding_moves_its_chain(dataset: Dataset) -> None:
    for one in REPORTS[:2]:
        put(dataset, one)
    refresh(dataset, FirstWord())
    wrongly = REPORTS[1].findings[0].id
    with dataset.transaction() as connection:
        connection.execute("UPDATE findings SET status = 'rejected' WHERE id = ?", (wrongly,))
    assert chains(dataset, Question()) == []


def test_another_likeness_builds_everything_again(dataset: Dataset) -> None:
    for one in REPORTS:
        put(dataset, one)
    refresh(dataset, ByLabels())
    assert len(recurring(dataset)) == 1
    refresh(dataset, FirstWord())
    assert len(chains(dataset, Question())) == 2
    # Asked without a likeness, what a learned one has built stays.
    assert len(recurring(dataset)) == 2


def test_a_list_does_not_tell_one_fault_twice(dataset: Dataset) -> None:
    class Doubting(FirstWord):
        def answers(self, deficiencies: Sequence[Statement], others: Sequence[Statement]) -> Matrix:
            return super().answers(deficiencies, others) / 2

    put(dataset, report(2019, wrong("Sổ muộn."), wrong("Sổ trễ.")))
    assert len(recurring(dataset, question=ALL, likeness=Doubting)) == 2
    put(dataset, report(2020, wrong("Sổ muộn.", "Xã Bãi Sậy")))
    put(dataset, report(2021, wrong("Sổ trễ.", "Xã Bãi Sậy")))
    assert len(recurring(dataset, "bai say", question=ALL, likeness=Doubting)) == 1


def test_a_dataset_that_cannot_be_written_is_asked_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / FILE_NAME
    with Dataset.open(place, create=True) as dataset:
        for one in REPORTS[:2]:
            put(dataset, one)
        refresh(dataset, FirstWord())
    with Dataset(_sealed(place), place, writable=False) as sealed:
        assert len(recurring(sealed, likeness=FirstWord)) == 1
    with Dataset.open(place) as dataset:
        put(dataset, REPORTS[2])
    with Dataset(_sealed(place), place, writable=False) as sealed:
        assert [chain.years for chain in recurring(sealed, likeness=FirstWord)] == [(2019, 2020)]
        assert stale(sealed)


def test_an_older_dataset_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    place = tmp_path / FILE_NAME
    with Dataset.open(place, create=True) as dataset, dataset.transaction() as connection:
        connection.execute("DROP TABLE stale_units")
    with (
        Dataset(_sealed(place), place, writable=False) as sealed,
        pytest.raises(WorkspaceProblem, match="older rasoat"),
    ):
        recurring(sealed)


def _sealed(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{place.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def test_the_subject_of_a_chain_is_the_phrase_that_says_most_of_it() -> None:
    assert subject_of(["đạt", "ký số văn bản"]) == "ký số văn bản"
    assert subject_of(["sổ hộ tịch", "dự toán ngân sách năm", "sổ đăng ký hộ tịch"]) == "sổ đăng ký hộ tịch"
    assert subject_of(["niêm yết", "công khai"]) == "niêm yết"
    assert subject_of([]) == ""


def test_a_file_without_pages_is_quoted_with_the_page_of_its_copy(dataset: Dataset) -> None:
    late = ("Xã Khe Mận", "deficiency", "steering", "late", "Gửi chậm.")
    twice = ("Xã Khe Mận", "deficiency", "digital", "low_usage", "Ít dùng.")
    head = {"number": "1/BC-ĐKT", "date": "2020-11-05", "year": 2020}
    typed = document("BÁO CÁO", late, twice, name="a.docx", **head)
    paged = document("BÁO CÁO", twice, late, twice, name="b.pdf", pages=1, **head)
    paged.duplicate_of = typed.id
    put(dataset, typed)
    put(dataset, paged)
    refresh(dataset, ByLabels())
    told = {one.text: one for chain in recurring(dataset, None, None, ALL) for one in chain.occurrences}
    assert (told["Gửi chậm."].page, told["Gửi chậm."].page_in) == (3, "b.pdf")
    assert (told["Ít dùng."].page, told["Ít dùng."].page_in) == (None, None)  # on two pages there
