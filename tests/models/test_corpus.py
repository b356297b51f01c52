"""The report on the gold, over a gold of two districts made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotations.files import Annotation, AnnotationFile, text_hash, write_annotations
from annotations.labels import AREAS, POLARITIES, TYPES
from models.corpus import load_places, main, measure, words

ROWS = {
    "ben-tren": [
        ("Xã Khe Mận chưa niêm yết thủ tục hành chính lĩnh vực đất đai.", "deficiency", ("not_published",)),
        ("Đã ban hành kế hoạch năm 2020.", "achievement", ()),
    ],
    "xom-duoi": [
        ("Xã Sín Pao chưa niêm yết thủ tục hành chính lĩnh vực đất đai.", "deficiency", ("not_published",)),
        ("Đã ban hành kế hoạch năm 2021.", "achievement", ()),
        ("Sổ sách để thất lạc.", "deficiency", ("poor_records", "other")),
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    for district, rows in ROWS.items():
        at, found = 0, list[Annotation]()
        for n, (text, polarity, types) in enumerate(rows, start=1):
            found.append(Annotation(n, (at, at + len(text)), text, polarity, "procedures", types))
            at += len(text) + 1
        whole = " ".join(row[0] for row in rows)
        content = AnnotationFile(f"{district}/1.md", 1, text_hash(whole), tuple(found))
        write_annotations(folder / district / "1.jsonl", content)
    (folder / "split.toml").write_text('held_out = ["xom-duoi"]\n', encoding="utf-8")
    return folder


def test_what_is_counted(gold: Path) -> None:
    places, problems = load_places(gold)
    assert not problems
    found = measure(places)
    assert (found.documents, found.statements, found.distinct) == (2, 5, 3)
    first, second = found.districts
    assert (first.name, first.held_out, first.documents, first.statements) == ("ben-tren", False, 1, 2)
    assert (second.name, second.held_out, second.distinct) == ("xom-duoi", True, 3)
    assert first.new_words + second.new_words == found.words == found.growth[-1].words
    assert second.new_words == second.own_words == len(words(ROWS["xom-duoi"][2][0]))
    assert first.own_words == 0
    assert second.new_words_per_step == pytest.approx(1000 * second.new_words / 3)


def test_near_duplicates_across_the_split_come_first(gold: Path) -> None:
    pairs = measure(load_places(gold)[0]).near
    assert [one.across for one in pairs] == [True, True]
    assert {one.first.district for one in pairs} == {"ben-tren"}
    assert pairs[0].likeness == 1.0


def test_labels_are_counted_on_each_side(gold: Path) -> None:
    counts = measure(load_places(gold)[0]).labels
    assert [one.label for one in counts] == [*POLARITIES, *AREAS, *TYPES]
    by_label = {one.label: (one.total, one.training, one.held_out) for one in counts}
    assert by_label["deficiency"] == (3, 1, 2)
    assert by_label["procedures"] == (5, 2, 3)
    assert by_label["poor_records"] == (1, 0, 1)
    assert by_label["late"] == (0, 0, 0)
    assert all(one.rare for one in counts)


def test_words_are_words_without_names_and_numbers() -> None:
    found = words("UBND xã Khe Mận chưa niêm yết 12 thủ tục theo Quyết định số 5/QĐ-UBND.")
    assert {"xã", "chưa", "niêm yết", "thủ tục"} <= found
    assert not [word for word in found if not word.islower() or any(letter.isdigit() for letter in word)]
    assert words("toà") == words("tòa") == {"tòa"}


def test_command(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(gold), "--list", "1"]) == 0
    out = capsys.readouterr().out
    assert "2 pairs, 2 across the split" in out and "ACROSS" in out and "1 more: --list 2" in out
    assert "late (rare)" in out

    (gold / "xom-duoi" / "2.jsonl").write_text("{", encoding="utf-8")
    assert main([str(gold), "--json"]) == 1
    told = capsys.readouterr()
    assert "2.jsonl, line 1: not JSON" in told.err
    record = json.loads(told.out)
    assert record["statements"] == 5
    pair = record["near_duplicates"]["pairs"][0]
    assert pair["across_split"] and pair["first"]["document"] == "ben-tren/1.md:1"
    assert record["labels"][0] | {"label": "deficiency", "total": 3, "rare": True} == record["labels"][0]


def test_what_is_no_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 2
    assert main([str(tmp_path)]) == 2
    (tmp_path / "split.toml").write_text("held_out = []\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert "no folder" in told[0] and "split.toml cannot be read" in told[1] and "no annotated" in told[2]
