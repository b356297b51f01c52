"""What indexes and notes answer is what a walk over all records gives, whatever happened to the dataset."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from citing import citing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import document
from walked import walked

from annotations.corrections import Correction
from annotations.records import Annotation, MachineAnswer, text_hash
from corpora import migrations
from corpora.checks.notes import refresh
from corpora.cited import cited
from corpora.consistency import check
from corpora.dataset import FILE_NAME, Dataset, _read_only
from corpora.ledger import Incoming
from extract.document import Document
from extract.errors import WorkspaceProblem

Put = Callable[..., str]

_NUMBERS = (
    "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
    "Nghị định số 30/2020/NĐ-CP ngày 03/5/2020",
    "Nghị định 99",
    "Nghị định số 99/2021/NĐ-CP",
    "Thông tư 01/2011/TT-BNV",
    "Quyết định 1064/QĐ-TTg",
    "Quyết định 1064/QĐ-TTg ngày 28/8/2018",
    "Kế hoạch số 112/KH-UBND của UBND huyện Lũng Vàng",
    "Kế hoạch số 112/KH-UBND ngày 15/01/2021 của UBND huyện Lũng Vàng",
    "Công văn số 45.NV/2020",
)
_SAID = (
    "Có 37/52 hồ sơ đúng hạn, đạt 81,5%.",
    "Có 3/4 hồ sơ đúng hạn, đạt 75%.",
    "Gửi báo cáo chậm.",
    "Tốt.",
)
_PAPER = st.fixed_dictionaries(
    {
        "cited": st.lists(st.sampled_from(_NUMBERS), max_size=4),
        "said": st.lists(
            st.tuples(st.sampled_from(("Xã Khe Mận", "Xã Bãi Sậy")), st.sampled_from(_SAID)), max_size=3
        ),
        "year": st.sampled_from((2019, 2021, 2022)),
        "number": st.sampled_from((None, "112/KH-UBND", "7/BC-UBND")),
    }
)
_STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "forget", "copy")), st.integers(0, 3), _PAPER), min_size=1, max_size=7
)


def _paper(name: str, made: dict[str, Any]) -> Document:
    lines: list[str | tuple[str, ...]] = [f"Theo {one}." for one in made["cited"]]
    lines += [
        (unit, "deficiency", "procedures", "late", f"{said} Theo {one}.")
        for (unit, said), one in zip(made["said"], _NUMBERS, strict=False)
    ]
    number = made["number"]
    kind = "kế hoạch" if number and "KH" in number else "báo cáo"
    return citing(
        *lines or ["Không."],
        name=name,
        date=f"{made['year']}-11-05",
        year=made["year"],
        number=number,
        kind=kind,
    )


def _store(dataset: Dataset, made: Document) -> None:
    decision = dataset.begin(Incoming(f"/x/{made.source}", made.source, made.source_sha256, 1))
    if decision.action == "process":
        dataset.store(decision.source_id, [made], {"rasoat": "0"}, 1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS)
def test_whatever_was_stored_forgotten_and_marked(steps: list[tuple[str, int, dict[str, Any]]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Dataset.open(Path(folder) / FILE_NAME, create=True) as dataset,
    ):
        for step, at, made in steps:
            names = [entry.name for entry in dataset.sources()]
            if step == "put":
                _store(dataset, _paper(f"{at}.md", made))
            elif names and step == "forget":
                dataset.forget(names[at % len(names)])
            elif len(names) > 1:
                _mark(dataset, names[at % len(names)], names[(at + 1) % len(names)])
            check(dataset)
        _agrees(dataset)


def _mark(dataset: Dataset, copy: str, original: str) -> None:
    with dataset.transaction() as connection:
        connection.execute(
            "UPDATE documents SET duplicate_of = (SELECT d.id FROM documents d JOIN sources s "
            "ON s.id = d.source_id WHERE s.name = ? AND d.duplicate_of IS NULL), "
            "record = json_set(record, '$.duplicate_of', 'x') "
            "WHERE source_id = (SELECT id FROM sources WHERE name = ?)",
            (original, copy),
        )
        connection.execute("UPDATE documents SET record = json_set(record, '$.duplicate_of', duplicate_of)")


def _agrees(dataset: Dataset) -> None:
    found = cited(dataset)
    expected = walked(dataset)
    assert {
        one.key: sorted((m.citation, m.joined, tuple(sorted(m.units)), m.expired) for m in one.mentions)
        for one in found
    } == expected
    late = {key for key, mentions in expected.items() if any(expired for *_, expired in mentions)}
    assert {one.key for one in cited(dataset, expired=True)} == late
    first = [one.key for one in found]
    assert [one.key for one in cited(dataset, limit=2)] == first[:2]
    noted = check(dataset)
    with dataset.transaction() as connection:
        connection.execute("DELETE FROM check_notes")  # nothing is left to be compared but what is read now
    assert check(dataset) == noted


def test_a_review_changes_what_was_noted(dataset: Dataset, put: Put) -> None:
    text = "Có 37/52 hồ sơ, đạt 81,5%."
    report = document(
        ("Xã Khe Mận", "deficiency", "procedures", "late", text), name="a.md", date="2021-05-05"
    )
    put(report)
    assert [one.unit for one in check(dataset, kind="rate")] == ["Xã Khe Mận"]
    labels = ("deficiency", "procedures", ("late",))
    said = Annotation(
        1, (0, len(text)), text, *labels, status="rejected", machine=MachineAnswer(*labels),
        reviewer="người duyệt", reviewed_at="2024-01-01T00:00:00+00:00",
    )  # fmt: skip
    dataset.answer([Correction("a.md", 1, text_hash(report.text), "", said)], [report.id])
    assert not dataset.log().problems
    assert [one.unit for one in check(dataset, kind="rate")] == [None]


def test_a_letter_is_set_against_the_report_that_is_there_now(dataset: Dataset, put: Put) -> None:
    blame = ("Xã Khe Mận", "deficiency", "steering", "late", "Phê bình xã Khe Mận gửi báo cáo chậm.")
    letter = citing(
        blame,
        "Theo Báo cáo số 7/BC-UBND.",
        name="letter.md",
        date="2021-12-05",
        year=2021,
        number="91/UBND-NV",
        kind="công văn",
    )
    put(letter)

    def report(*units: str) -> None:
        rows = [(unit, "deficiency", "steering", "late", f"{unit} gửi chậm.") for unit in units]
        put(document(*rows, name="report.md", date="2021-11-05", year=2021, number="7/BC-UBND"))

    assert check(dataset, kind="letter_and_report") == []
    report("Xã Bãi Sậy", "Xã Nà Phin", "Xã Ba Đền")
    (one,) = check(dataset, kind="letter_and_report")
    assert [where.source for where in one.places] == ["letter.md", "report.md"]
    assert check(dataset, kind="letter_and_report") == [one]
    report("Xã Bãi Sậy", "Xã Nà Phin", "Xã Khe Mận")
    assert check(dataset, kind="letter_and_report") == []
    report("Xã Bãi Sậy", "Xã Nà Phin", "Xã Ba Đền", "Xã Lũng Vài")
    assert len(check(dataset, kind="letter_and_report")) == 1
    dataset.forget("report.md")
    assert check(dataset, kind="letter_and_report") == []


def test_only_what_changed_is_noted_again(dataset: Dataset, put: Put) -> None:
    for name in ("a.md", "b.md"):
        put(
            document("Không.", name=name, content=name, number=f"1/{name[0].upper()}-UBND", date="2021-05-05")
        )
    assert refresh(dataset) == 2
    assert refresh(dataset) == 0
    put(document("Có 37/52 hồ sơ, đạt 81,5%.", name="b.md", number="1/B-UBND", date="2021-05-05"))
    assert refresh(dataset) == 1
    assert [one.kind for one in check(dataset)] == ["rate"]
    dataset.forget("b.md")
    assert refresh(dataset) == 0
    assert check(dataset) == []
    dataset.forget("a.md")
    tables = ("check_notes", "check_values", "check_statements", "check_citations", "check_letters")
    assert [table for table in tables if list(dataset.query(f"SELECT 1 FROM {table}"))] == []


def test_a_dataset_that_cannot_be_written_is_answered_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with Dataset.open(path, create=True) as dataset:
        _store(
            dataset,
            document("Có 37/52 hồ sơ, đạt 81,5%.", name="a.md", number="1/BC-UBND", date="2021-05-05"),
        )
        expected = check(dataset)
        with dataset.transaction() as connection:
            connection.execute("DELETE FROM check_notes")
    before = path.read_bytes()
    with Dataset(_read_only(path), path, writable=False) as dataset:
        assert check(dataset) == expected != []
        assert check(dataset) == expected
    assert path.read_bytes() == before


@pytest.mark.parametrize("ask", [cited, check])
def test_one_of_before_that_cannot_be_written_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Dataset], object]
) -> None:
    path = tmp_path / FILE_NAME
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:5])
        Dataset.open(path, create=True).close()
    with (
        Dataset(_read_only(path), path, writable=False) as dataset,
        pytest.raises(WorkspaceProblem, match="older rasoat"),
    ):
        ask(dataset)


def test_a_dataset_of_before_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its citations get their columns from their records."""
    papers = [
        _paper("a.md", {"cited": _NUMBERS[:5], "said": [("Xã Khe Mận", _SAID[0])], "year": 2021, "number": "112/KH-UBND"}),
        _paper("b.md", {"cited": _NUMBERS[4:], "said": [], "year": 2022, "number": None}),
    ]  # fmt: skip
    answers = []
    for name, steps in (("new", migrations.MIGRATIONS), ("old", migrations.MIGRATIONS[:5])):
        path = tmp_path / name / FILE_NAME
        assert steps[4][0] == "0020_alike"
        with monkeypatch.context() as older:
            older.setattr(migrations, "MIGRATIONS", steps)
            if name == "old":
                older.setattr("corpora.writing.insert", _as_before)
            with Dataset.open(path, create=True) as dataset:
                for one in papers:
                    _store(dataset, one)
        with Dataset.open(path) as dataset:
            _agrees(dataset)
            answers.append(([one.to_record() for one in cited(dataset)], check(dataset)))
    assert answers[0] == answers[1]
    assert any(one["held"] for one in answers[0][0])


_LATER = ("own_date", "own_issuer", "subject", "page", "in_force", "says_replaced", "cited_as")


def _as_before(connection: Any, table: str, row: Any) -> int:
    columns = {
        name: value
        for name, value in row.items()
        if name not in _LATER
        or (table == "documents" and name == "subject")
        or table in ("passages", "findings")
    }
    marks = ", ".join("?" * len(columns))
    done = connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
    )
    return int(done.lastrowid or 0)
