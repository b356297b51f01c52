"""Two annotators: coefficients against known values, statements matched, problems told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from annotations.agreement import Confusion, load_pairs, main, measure, pair
from annotations.coefficients import alpha_masi, cohen_kappa, masi_distance
from annotations.files import (
    Annotation,
    AnnotationFile,
    AnnotationProblem,
    MachineAnswer,
    text_hash,
    write_annotations,
)
from annotations.labels import TYPES
from extract.errors import UsageError

TEXT = "Thiếu phụ lục. Sổ ghi đủ. Chậm gửi báo cáo. Đề nghị xã gửi lại."
ONE = Annotation(1, (0, 14), TEXT[:14], "deficiency", "steering", ("incomplete",))
TWO = Annotation(2, (15, 25), TEXT[15:25], "achievement", "procedures", ())
THREE = Annotation(3, (26, 43), TEXT[26:43], "deficiency", "steering", ("late", "not_reported"))
FOUR = Annotation(4, (44, 63), TEXT[44:63], "recommendation", "steering", ())


def file(*annotations: Annotation, document: str = "a/b.md", text: str = TEXT) -> AnnotationFile:
    return AnnotationFile(document, 1, text_hash(text), annotations)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    found = cohen_kappa(pairs)
    if len({label for one in pairs for label in one}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


def test_nothing_to_compare_has_no_coefficient() -> None:
    assert cohen_kappa([]) is None and alpha_masi([]) is None
    assert alpha_masi([(frozenset("a"), frozenset("a"))]) is None


def test_alpha_of_single_labels_is_krippendorff_s_example() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: two observers, ten units, 0.095."""
    pairs = zip("0100000010", "1110010000", strict=True)
    assert alpha_masi([(frozenset(a), frozenset(b)) for a, b in pairs]) == pytest.approx(0.095, abs=5e-4)


def test_masi_prefers_a_subset_to_an_overlap() -> None:
    one, two, other = frozenset("a"), frozenset("ab"), frozenset("bc")
    assert masi_distance(two, two) == 0
    assert masi_distance(one, two) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_distance(two, other) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance(one, other) == 1


def test_statements_meet_by_their_spans() -> None:
    shorter = replace(TWO, n=1, span=(15, 24), text=TEXT[15:24])
    joined = replace(THREE, n=2, span=(26, 63), text=TEXT[26:63])
    found = pair(file(ONE, TWO, THREE, FOUR), file(shorter, joined))
    assert found.both == ((TWO, shorter),)
    assert found.only_first == (ONE, THREE, FOUR) and found.only_second == (joined,)


def test_what_is_measured() -> None:
    second = file(
        replace(ONE, types=("late",)),
        replace(TWO, area="digital"),
        replace(THREE, types=("late",)),
        replace(FOUR, polarity="information", area=None),
    )
    found = measure([pair(file(ONE, TWO, THREE, FOUR), second)])
    assert (found.documents, found.statements_both, found.span_f1) == (1, 4, 1.0)
    assert found.polarity.agreement == 0.75 and found.polarity.kappa == pytest.approx((12 - 5) / (16 - 5))
    assert found.polarity.confusions == (Confusion("recommendation", "information", 1),)
    assert found.area.agreement == 0.5
    assert found.area.confusions == (Confusion("procedures", "digital", 1), Confusion("steering", None, 1))
    types = found.types
    assert (types.statements, types.equal, types.jaccard) == (2, 0.0, 0.25)
    assert types.f1 == pytest.approx(1 / 3)
    assert types.confusions == (Confusion("incomplete", "late", 1), Confusion("not_reported", None, 1))
    assert list(types.labels) == list(TYPES)
    late = types.labels["late"]
    assert (late.first, late.second, late.both, late.kappa) == (1, 2, 1, 0.0)
    assert types.labels["other"].kappa is None
    assert [(one.field, one.n) for one in found.disagreements] == [
        ("types", (1, 1)),
        ("area", (2, 2)),
        ("types", (3, 3)),
        ("polarity", (4, 4)),
        ("area", (4, 4)),
    ]


def test_a_disagreement_about_polarity_counts_once() -> None:
    second = replace(ONE, polarity="achievement", types=())
    found = measure([pair(file(ONE), file(second))])
    assert found.types.statements == 0 and found.types.f1 is None
    assert [one.field for one in found.disagreements] == ["polarity"]


def test_files_meet_by_document_whatever_their_names(tmp_path: Path) -> None:
    write_annotations(tmp_path / "first" / "x" / "1.jsonl", file(ONE))
    write_annotations(tmp_path / "first" / "2.jsonl", file(ONE, document="c.md"))
    write_annotations(tmp_path / "second" / "other.jsonl", file(ONE))
    (only,), problems = load_pairs(tmp_path / "first", tmp_path / "second")
    assert only.document == "a/b.md" and not problems
    assert load_pairs(tmp_path / "first", tmp_path / "second" / "other.jsonl") == ([only], [])


def test_another_text_is_told_with_both_files(tmp_path: Path) -> None:
    write_annotations(tmp_path / "1.jsonl", file(ONE))
    write_annotations(tmp_path / "2.jsonl", file(ONE, text=TEXT + " "))
    paired, (problem,) = load_pairs(tmp_path / "1.jsonl", tmp_path / "2.jsonl")
    assert not paired
    assert (problem.path, problem.line) == (tmp_path / "2.jsonl", 1)
    assert "made on another text of a/b.md" in problem.reason and "1.jsonl" in problem.reason


def test_nothing_in_common(tmp_path: Path) -> None:
    write_annotations(tmp_path / "1.jsonl", file(ONE))
    write_annotations(tmp_path / "2.jsonl", file(ONE, document="c.md"))
    with pytest.raises(UsageError, match="No document"):
        load_pairs(tmp_path / "1.jsonl", tmp_path / "2.jsonl")


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_annotations(first / "1.jsonl", file(ONE, TWO))
    write_annotations(second / "1.jsonl", file(replace(ONE, types=("late",)), TWO))
    assert main([str(first), str(second)]) == 0
    out = capsys.readouterr().out
    assert "Confused: types" in out and "Disagreements: 1 of 1" in out and ONE.text in out
    assert main([str(first), str(second), "--list", "0"]) == 0
    assert "Disagreements" not in capsys.readouterr().out

    (second / "2.jsonl").write_text("{", encoding="utf-8")
    assert main([str(first), str(second), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["types"]["confusions"] == [
        {"first": "incomplete", "second": "late", "count": 1}
    ]
    assert "2.jsonl, line 1: not JSON" in told.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"steering"', '"nowhere"'), "line 2: unknown area 'nowhere'"),
        (("[15, 25]", "[5, 15]"), "line 3: the span (5, 15) overlaps"),
    ],
)
def test_a_wrong_file_ends_the_command_with_file_line_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], said: str
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    write_annotations(good, file(ONE, TWO))
    bad.write_text(good.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(AnnotationProblem):
        load_pairs(good, bad)
    assert main([str(good), str(bad)]) == 2
    told = capsys.readouterr()
    assert not told.out and str(bad) in told.err and said in told.err


def test_of_reviews_only_what_people_answered_is_compared() -> None:
    def answered(*statuses: str) -> AnnotationFile:
        rows = zip((ONE, THREE, FOUR), statuses, strict=True)
        said = [(one, status, MachineAnswer(one.polarity, one.area, one.types)) for one, status in rows]
        return file(*(replace(one, status=status, machine=machine) for one, status, machine in said))

    paired = pair(answered("accepted", "machine", "rejected"), answered("accepted", "accepted", "accepted"))
    assert [a.text for a, _ in paired.both] == [ONE.text]
    assert (len(paired.only_first), len(paired.only_second)) == (0, 2)
