"""The layer of people's answers: it only grows, is read back whole, and finds its words again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchor import place_by_context
from annotations.corrections import Correction, Log, append, forget, read_log, standing, words_before
from annotations.records import Annotation, MachineAnswer, text_hash

TEXT = "Xã A: chậm. Xã B: chậm. Xã C: nhanh và tốt."
MACHINE = MachineAnswer("deficiency", "steering", ("late",))


def answer(
    span: tuple[int, int],
    status: str = "corrected",
    types: tuple[str, ...] = ("incomplete",),
    reviewer: str = "An",
    text: str = TEXT,
    document: str = "a.md",
) -> Correction:
    said = Annotation(
        1,
        span,
        text[slice(*span)],
        "deficiency",
        "steering",
        types,
        None,
        status,
        None if status == "added" else MACHINE,
        reviewer,
        "2026-11-27T08:00:00+00:00",
    )
    return Correction(document, 1, text_hash(text), words_before(text, span[0]), said, "0123456789abcdef")


_answers = st.builds(
    answer,
    st.tuples(st.integers(0, 10), st.integers(11, len(TEXT))),
    st.sampled_from(["corrected", "rejected", "added"]),
    st.sampled_from([("incomplete",), ("not_issued", "late")]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=8),
)


@given(st.lists(st.lists(_answers, max_size=3), max_size=3))
def test_what_is_added_is_read_back_in_order(
    tmp_path_factory: pytest.TempPathFactory, groups: list[list[Correction]]
) -> None:
    path = tmp_path_factory.mktemp("log") / "corrections.jsonl"
    before = b""
    for group in groups:
        append(path, group)
        now = path.read_bytes() if path.exists() else b""
        assert now.startswith(before)
        before = now
    assert read_log(path) == Log(tuple(one for group in groups for one in group))


def test_a_later_answer_takes_the_place_of_the_earlier_one() -> None:
    early, late = answer((6, 11)), answer((6, 11), types=("not_issued",), reviewer="Bình")
    other = answer((18, 23))
    assert standing([early, other, late]) == [late, other]


def test_a_statement_cut_otherwise_takes_the_place_of_what_it_covers() -> None:
    whole, first, second = answer((0, 23), "rejected"), answer((0, 11), "added"), answer((12, 23), "added")
    assert standing([whole, first, second]) == [first, whole, second]
    assert standing([first, second, whole]) == [first, whole, second]
    assert standing([first, answer((6, 23))]) == [answer((6, 23))]


def test_words_that_stand_twice_are_told_apart_by_what_stands_before() -> None:
    newer = "Thêm. " + TEXT
    place = place_by_context("chậm.", words_before(TEXT, 18), newer)
    assert place is not None and newer[: place[0]].endswith("Xã B: ")
    assert place_by_context("chậm.", "", newer) is None
    assert place_by_context("muộn.", "", newer) is None
    assert place_by_context("nhanh và tốt.", "", newer) is not None


@given(st.text("ab \n", max_size=30), st.text("cd \n", max_size=20), st.text("ab \n", max_size=30))
def test_words_in_a_text_are_found_where_they_were(before: str, words: str, after: str) -> None:
    if words.split():
        text = before + words.strip() + after
        place = place_by_context(words, before, text)
        assert place == (len(before), len(before) + len(words.strip()))


def test_answers_are_found_by_source_or_by_the_very_text() -> None:
    log = Log((answer((6, 11)), answer((25, 30), document="b.md", text="Một văn bản khác hẳn về việc khác")))
    placed, lost = log.of("moved.md", 1, TEXT)
    assert (len(placed), lost) == (1, [])
    placed, lost = log.of("b.md", 1, TEXT)
    assert len(placed) == 1 and [one.document for one in lost] == ["b.md"]
    assert log.of("c.md", 1, "Không liên quan") == ([], [])


def test_only_forgetting_takes_answers_away(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [answer((6, 11)), answer((6, 11), document="b.md"), answer((18, 23))])
    assert forget(path, "a.md") == 2
    assert [one.document for one in read_log(path).corrections] == ["b.md"]
    assert forget(path, "a.md") == 0
    assert forget(tmp_path / "none.jsonl", "a.md") == 0


@pytest.mark.parametrize(
    "line",
    [
        '{"record": "correction"}',
        '{"record": "finding"}',
        "{",
        '{"record": "correction", "status": "machine"}',
    ],
)
def test_a_line_that_is_no_answer_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [answer((6, 11))])
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    append(path, [answer((18, 23))])
    log = read_log(path)
    assert len(log.corrections) == 2
    assert [problem.line for problem in log.problems] == [2]
