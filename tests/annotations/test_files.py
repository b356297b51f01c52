"""Annotation files: what is written is read back, and what is wrong is named by file, line and reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.files import (
    Annotation,
    AnnotationFile,
    AnnotationProblem,
    MachineAnswer,
    read_annotations,
    read_folder,
    read_what_can_be,
    text_hash,
    write_annotations,
)
from annotations.labels import AREAS, POLARITIES, TYPES
from extract.errors import UsageError

TEXT = "Thiếu phụ lục. Sổ ghi đủ."
HEAD: dict[str, Any] = {
    "record": "annotation_file",
    "schema": 1,
    "document": "a/b.md",
    "part": 1,
    "text_sha256": text_hash(TEXT),
}
FIRST: dict[str, Any] = {
    "record": "annotation",
    "n": 1,
    "span": [0, 14],
    "text": TEXT[:14],
    "polarity": "deficiency",
    "area": "steering",
    "types": ["incomplete"],
    "units": None,
}
SECOND = FIRST | {"n": 2, "span": [15, 25], "text": TEXT[15:], "polarity": "achievement", "types": []}


def put(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    return path


_words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@st.composite
def contents(draw: st.DrawFn) -> tuple[str, AnnotationFile]:
    """A text of any characters and statements of any labels over it."""
    text, found = "", list[Annotation]()
    for n in range(1, draw(st.integers(0, 5)) + 1):
        text += draw(st.text(st.characters(codec="utf-8"), max_size=5))
        words = draw(_words)
        polarity = draw(st.sampled_from(list(POLARITIES)))
        area = st.sampled_from(list(AREAS))
        types = st.lists(st.sampled_from(list(TYPES)), min_size=1, max_size=3, unique=True)
        found.append(
            Annotation(
                n,
                (len(text), len(text) + len(words)),
                words,
                polarity,
                draw(st.none() | area if polarity == "information" else area),
                tuple(draw(types)) if polarity == "deficiency" else (),
                draw(st.none() | st.lists(_words, min_size=1, max_size=2).map(tuple)),
            )
        )
        text += words
    return text, AnnotationFile(draw(_words), draw(st.integers(1, 9)), text_hash(text), tuple(found))


@given(contents())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[str, AnnotationFile]
) -> None:
    text, content = made
    path = tmp_path_factory.getbasetemp() / "round" / "trip.jsonl"
    write_annotations(path, content)
    assert read_annotations(path) == read_annotations(path, text) == content
    before = path.read_bytes()
    write_annotations(path, read_annotations(path))
    assert path.read_bytes() == before


@given(st.binary(max_size=200) | st.text(st.characters(codec="utf-8")).map(str.encode))
def test_any_bytes_give_a_file_or_a_problem(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.jsonl"
    path.write_bytes(raw)
    with pytest.raises(AnnotationProblem):
        read_annotations(path)


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from(sorted(HEAD)), st.sampled_from(sorted(FIRST)), _json)
def test_a_field_of_any_value_gives_a_file_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, of_head: str, of_row: str, value: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for rows in ((HEAD | {of_head: value}, FIRST), (HEAD, FIRST | {of_row: value})):
        path = put(folder / "field.jsonl", *rows)
        try:
            content = read_annotations(path)
        except AnnotationProblem as problem:
            assert problem.path == path and problem.line in (1, 2)
        else:
            write_annotations(path, content)
            assert read_annotations(path) == content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"polarity": "bad"}, "unknown polarity 'bad'; one of deficiency"),
        ({"polarity": ["deficiency"]}, "polarity is no text"),
        ({"area": "nowhere"}, "unknown area 'nowhere'"),
        ({"area": None}, "only information may have no area"),
        ({"types": ["odd"]}, "unknown type 'odd'"),
        ({"types": "late"}, "types is no list"),
        ({"types": []}, "at least one type"),
        ({"types": ["late", "late"]}, "stands twice"),
        ({"polarity": "achievement"}, "nothing else has any"),
        ({"units": [""]}, "units is no list"),
        ({"span": [5, 5]}, "span is empty"),
        ({"span": [-14, 0]}, "begins before the text"),
        ({"span": [0, 14, 20]}, "no pair of whole numbers"),
        ({"span": [0, 14.0]}, "no pair of whole numbers"),
        ({"span": [0, 15]}, "15 code points long and the text 14"),
        ({"n": 0}, "counts up from 1"),
        ({"n": True}, "n is no whole number"),
        ({"text": ""}, "text is no text, or empty"),
        ({"record": "note"}, "record is 'note'"),
        ({"untis": []}, "unknown field 'untis'"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = put(tmp_path / "wrong.jsonl", HEAD, FIRST | change, SECOND)
    with pytest.raises(AnnotationProblem) as caught:
        read_annotations(path)
    assert (caught.value.path, caught.value.line) == (path, 2)
    assert said in caught.value.reason
    assert str(caught.value) == f"{path}, line 2: {caught.value.reason}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 2}, "schema 1"),
        ({"record": "annotation"}, "no head"),
        ({"document": None}, "document is no text"),
        ({"part": 0}, "parts count from 1"),
        ({"part": "1"}, "part is no whole number"),
        ({"text_sha256": "x"}, "64 hexadecimal digits"),
    ],
)
def test_a_wrong_head_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(AnnotationProblem, match=f"line 1: .*{said}"):
        read_annotations(put(tmp_path / "head.jsonl", HEAD | change, FIRST))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"span": [10, 20]}, r"\(10, 20\) overlaps that of n 1 \(0, 14\)"),
        ({"n": 1}, "counts up"),
    ],
)
def test_rows_that_do_not_follow_each_other(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(AnnotationProblem, match=f"line 3: .*{said}"):
        read_annotations(put(tmp_path / "rows.jsonl", HEAD, FIRST, SECOND | change))


def test_rows_out_of_reading_order(tmp_path: Path) -> None:
    rows = (SECOND | {"n": 1}, FIRST | {"n": 2})
    with pytest.raises(AnnotationProblem, match=r"line 3: .* stands before"):
        read_annotations(put(tmp_path / "order.jsonl", HEAD, *rows))


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    rows = [{name: value for name, value in FIRST.items() if name != left} for left in ("area", "units")]
    with pytest.raises(AnnotationProblem, match="line 2: the field 'area' is missing"):
        read_annotations(put(tmp_path / "a.jsonl", HEAD, rows[0]))
    assert read_annotations(put(tmp_path / "b.jsonl", HEAD, rows[1])).annotations[0].units is None


@pytest.mark.parametrize("line", ["{", "[]", "1" * 5000, "[" * 100_000, '"text"'])
def test_a_line_that_is_no_json_object(tmp_path: Path, line: str) -> None:
    path = put(tmp_path / "json.jsonl", HEAD, FIRST)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(AnnotationProblem, match="line 3: not"):
        read_annotations(path)


def test_a_text_that_is_not_the_document_s(tmp_path: Path) -> None:
    path = put(tmp_path / "t.jsonl", HEAD, FIRST, SECOND)
    assert len(read_annotations(path, TEXT).annotations) == 2
    with pytest.raises(AnnotationProblem, match="line 1: made on another text"):
        read_annotations(path, TEXT + " ")
    moved = put(tmp_path / "m.jsonl", HEAD, FIRST, SECOND | {"span": [16, 26]})
    with pytest.raises(AnnotationProblem, match="line 3: the document has other words"):
        read_annotations(moved, TEXT)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = put(tmp_path / "bom.jsonl", HEAD, FIRST)
    content = read_annotations(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_annotations(path) == content


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes("été".encode("latin-1"))
    for name, said in (("latin.jsonl", "not UTF-8"), ("none.jsonl", "cannot be read")):
        with pytest.raises(AnnotationProblem, match=said) as caught:
            read_annotations(tmp_path / name)
        assert caught.value.line is None


def test_nothing_wrong_is_written(tmp_path: Path) -> None:
    bad = Annotation(1, (0, 3), "abc", "deficiency", "steering", ())
    with pytest.raises(AnnotationProblem, match="at least one type"):
        write_annotations(tmp_path / "x.jsonl", AnnotationFile("a", 1, text_hash("abc"), (bad,)))
    assert not (tmp_path / "x.jsonl").exists()


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    put(tmp_path / "a" / "1.jsonl", HEAD, FIRST)
    put(tmp_path / "a" / "2.jsonl", HEAD | {"part": 2}, FIRST | {"area": "nowhere"})
    put(tmp_path / "b" / "1.jsonl", HEAD | {"part": 3}, FIRST)
    put(tmp_path / "b" / "2.jsonl", HEAD, SECOND | {"n": 1})
    (tmp_path / "b" / "notes.txt").write_text("no annotation file", encoding="utf-8")
    read = read_folder(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path, _ in read.files] == ["a/1.jsonl", "b/1.jsonl"]
    bad, twice = read.problems
    assert (bad.path, bad.line) == (tmp_path / "a" / "2.jsonl", 2) and "nowhere" in bad.reason
    assert (twice.path, twice.line) == (tmp_path / "b" / "2.jsonl", 1) and "a/1.jsonl already" in twice.reason


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        read_folder(tmp_path / "none")


def test_an_entry_may_go_on_in_lines_that_begin_with_a_blank(tmp_path: Path) -> None:
    path = put(tmp_path / "plain.jsonl", HEAD, FIRST, SECOND)
    content = read_annotations(path, TEXT)
    first, second, third = path.read_text(encoding="utf-8").splitlines()
    folded = second.replace(', "text"', ',\n "text"').replace(', "polarity"', ',\r\n\t"polarity"')
    path.write_text(f"# ai đọc thì đọc\n{first}\n\n{folded}\n  # ghi chú\n{third}\n", encoding="utf-8")
    assert read_annotations(path, TEXT) == content
    path.write_text(path.read_text(encoding="utf-8").replace('"steering"', "steering", 1), encoding="utf-8")
    with pytest.raises(AnnotationProblem, match="line 6: not JSON"):
        read_annotations(path)


def test_what_can_be_read_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "some.jsonl", HEAD, FIRST | {"area": "nowhere"}, SECOND, FIRST | {"n": 3})
    taken = read_what_can_be(path, TEXT)
    assert [one.text for one in taken.file.annotations] == ["Thiếu phụ lục.", "Sổ ghi đủ."]
    assert taken.lines == (4, 3)
    assert [problem.line for problem in taken.problems] == [2]
    other = put(tmp_path / "other.jsonl", HEAD | {"text_sha256": "0" * 64}, FIRST)
    with pytest.raises(AnnotationProblem, match="line 1: made on another text"):
        read_what_can_be(other, TEXT)


def test_of_two_that_overlap_the_later_is_refused_unless_one_is_rejected(tmp_path: Path) -> None:
    wide = FIRST | {"span": [5, 20], "text": TEXT[5:20], "n": 2}
    taken = read_what_can_be(put(tmp_path / "both.jsonl", HEAD, FIRST, wide), TEXT)
    assert [one.span for one in taken.file.annotations] == [(0, 14)]
    assert [problem.line for problem in taken.problems] == [3] and "overlaps" in taken.problems[0].reason
    taken = read_what_can_be(put(tmp_path / "one.jsonl", HEAD, FIRST | {"status": "rejected"}, wide), TEXT)
    assert len(taken.file.annotations) == 2 and not taken.problems


def test_a_line_that_a_person_added_needs_only_words_and_labels(tmp_path: Path) -> None:
    row = {name: value for name, value in FIRST.items() if name in ("text", "polarity", "area", "types")}
    taken = read_what_can_be(put(tmp_path / "a.jsonl", HEAD, row), TEXT)
    assert taken.file.annotations[0].span == (0, 14)
    for words, said in (("Không có.", "stand nowhere"), ("ụ", "stand 2 times"), ("h", "stand 3 times")):
        (problem,) = read_what_can_be(put(tmp_path / "b.jsonl", HEAD, row | {"text": words}), TEXT).problems
        assert said in problem.reason


@pytest.mark.parametrize(
    ("status", "same", "answer"),
    [
        (None, None, "given"),
        ("machine", True, None),
        ("machine", False, "corrected"),
        ("accepted", True, "accepted"),
        ("accepted", False, "corrected"),
        ("corrected", True, "accepted"),
        ("rejected", False, "rejected"),
        ("added", None, "added"),
    ],
)
def test_what_a_person_answered(status: str | None, same: bool | None, answer: str | None) -> None:
    machine = None if same is None else MachineAnswer("deficiency", "steering", ("late",))
    types = ("late",) if same else ("incomplete",)
    one = Annotation(1, (0, 14), TEXT[:14], "deficiency", "steering", types, None, status, machine)
    assert one.answer == answer
    assert one.holds is (answer not in (None, "rejected"))
