"""What people answer: written, edited, read, shown, kept through every re-ingest."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.corrections import FILE_NAME, read_log
from annotations.files import read_annotations
from annotations.labels import AREAS, POLARITIES, TYPES
from corpora.copies.mark import mark_copies
from corpora.filters import Filters
from corpora.recurrence import recurring
from corpora.search import search
from extract.errors import UsageError
from pipelines.ingest import ingest
from pipelines.reviewing import read_sheets, write_sheets
from pipelines.workspace import Workspace

Write = Callable[[str, str], Path]

REPORT = """number: 45/BC-ĐKT
date: 2021-11-05
year: 2021
BÁO CÁO
Xã Khe Mận | deficiency | steering | late | Báo cáo năm gửi chậm.
Xã Khe Mận | achievement | digital | | Dùng chữ ký số đạt 80% theo 739/QĐ-UBND.
Xã Bãi Sậy | deficiency | procedures | not_published | Chưa niêm yết thủ tục đất đai.
Xã Bãi Sậy chưa mở sổ theo dõi, đạt 12% theo 740/QĐ-UBND.
"""
ADDED = "Xã Bãi Sậy chưa mở sổ theo dõi, đạt 12% theo 740/QĐ-UBND."


@pytest.fixture
def filled(archive: Path, write: Write, workspace: Workspace) -> Workspace:
    write("a.md", REPORT)
    ingest([archive], workspace, 1)
    return workspace


def sheet_of(workspace: Workspace, folder: Path, **more: Any) -> Path:
    with workspace.open() as dataset:
        report = write_sheets(dataset, folder, **more)
    assert not report.problems, report.problems
    return folder / "a.md.jsonl"


def take(workspace: Workspace, *paths: Path, reviewer: str | None = "An") -> Any:
    with workspace.open() as dataset:
        return read_sheets(dataset, paths, reviewer)


def findings(workspace: Workspace) -> list[dict[str, Any]]:
    with workspace.open() as dataset:
        return [record for record in dataset.records() if record["record"] == "finding"]


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Change a file below its legend as an editor does; every text to be changed stands in it."""
    legend, head, text = path.read_text(encoding="utf-8").partition('{"reviewer"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(legend + head + text, encoding="utf-8")


def line_of(words: str, path: Path) -> str:
    """The first line of the statement with ``words``."""
    found = re.search(rf'(\{{.*)\n "text": "{re.escape(words)}', path.read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_a_sheet_is_an_annotation_file_with_the_machine_s_answers(filled: Workspace, tmp_path: Path) -> None:
    content = read_annotations(sheet_of(filled, tmp_path / "s", reviewer="Bình"))
    assert (content.document, content.part, content.reviewer) == ("a.md", 1, "Bình")
    assert [(one.polarity, one.area, one.types, one.units) for one in content.annotations] == [
        ("deficiency", "steering", ("late",), ("Xã Khe Mận",)),
        ("achievement", "digital", (), ("Xã Khe Mận",)),
        ("deficiency", "procedures", ("not_published",), ("Xã Bãi Sậy",)),
    ]
    assert all(one.answer is None for one in content.annotations)


def test_a_sheet_says_how_to_answer_and_where_each_statement_stands(
    filled: Workspace, tmp_path: Path
) -> None:
    text = sheet_of(filled, tmp_path / "s").read_text(encoding="utf-8")
    legend, _, rows = text.partition('{"reviewer": "",\n')
    assert all(f"#   {code} " in legend for code in (*POLARITIES, *AREAS, *TYPES))
    assert "# 2/3 · mục II.1 · chắc chắn: đơn vị 100%, nhận định 90%, lĩnh vực 80%\n" in rows
    assert max(map(len, legend.splitlines())) <= 140


def test_an_untouched_sheet_says_nothing(filled: Workspace, tmp_path: Path) -> None:
    before = findings(filled)
    report = take(filled, sheet_of(filled, tmp_path / "s"))
    assert (report.taken, report.problems, report.exit_status) == ({}, [], 0)
    assert findings(filled) == before
    assert not (filled.folder / FILE_NAME).exists()


def test_accepting_correcting_rejecting_adding(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    first, second = line_of("Báo cáo năm", path), line_of("Dùng chữ", path)
    third = line_of("Chưa niêm", path)
    edit(
        path,
        (first, first.replace('"machine"', '"accepted"')),
        (second, second.replace('"digital"', '"steering"')),
        (third, third.replace('"machine"', '"rejected"')),
    )
    added = {"polarity": "deficiency", "area": "procedures", "types": ["not_issued"], "text": ADDED}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(added | {"units": ["Xã Bãi Sậy"]}, ensure_ascii=False) + "\n")
    report = take(filled, path)
    assert report.taken == {"accepted": 1, "corrected": 1, "rejected": 1, "added": 1}
    shown = {one["text"]: one for one in findings(filled)}
    assert [one["status"] for one in shown.values()] == ["accepted", "corrected", "rejected", "added"]
    assert {one["reviewer"] for one in shown.values()} == {"An"}
    assert all(one["reviewed_at"] for one in shown.values())
    corrected = shown["Dùng chữ ký số đạt 80% theo 739/QĐ-UBND."]
    assert (corrected["area"], corrected["machine"]["area"]) == ("steering", "digital")
    assert (corrected["confidence"]["area"], corrected["confidence"]["polarity"]) == (1.0, 0.9)
    assert shown[ADDED]["unit"]["name"] == "Xã Bãi Sậy"
    with filled.open() as dataset:
        assert [hit.text for hit in search(dataset, "mở sổ theo dõi", Filters(area="procedures"))] == [ADDED]
        assert search(dataset, "niêm yết thủ tục") == []
        assert not recurring(dataset, "Xã Bãi Sậy")
        (entry,) = dataset.sources()
    assert (entry.documents[0]["findings"], entry.documents[0]["deficiencies"]) == (3, 2)


def test_ids_are_named_from_both_sides_whatever_was_answered(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    added = {"polarity": "deficiency", "area": "procedures", "types": ["low_rate"], "text": ADDED}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(added | {"units": ["Xã Bãi Sậy", "Xã Khe Mận"]}, ensure_ascii=False) + "\n")
    take(filled, path)
    with filled.open() as dataset:
        records = {record["id"]: record for record in dataset.records()}
    added_ones = [one for one in records.values() if one.get("status") == "added"]
    assert {one["unit"]["name"] for one in added_ones} == {"Xã Bãi Sậy", "Xã Khe Mận"}
    for one in records.values():
        if one["record"] == "finding":
            assert all(one["id"] in records[cited]["findings"] for cited in one["citations"])
            assert all(records[item]["finding"] == one["id"] for item in one["measurements"])
        elif one["record"] == "citation":
            assert all(one["id"] in records[found]["citations"] for found in one["findings"])


def test_units_that_a_person_changes(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    first = line_of("Báo cáo năm", path)
    edit(path, (first, first.replace('["Xã Khe Mận"]', '["Xã Bãi Sậy", "Thị trấn Suối Mơ"]')))
    assert take(filled, path).taken == {"corrected": 1}
    told = [
        (one["unit"]["name"], one["unit"]["level"], one["status"])
        for one in findings(filled)
        if one["text"] == "Báo cáo năm gửi chậm."
    ]
    assert sorted(told) == [
        ("Thị trấn Suối Mơ", "commune", "added"),
        ("Xã Bãi Sậy", "commune", "corrected"),
    ]


def test_a_changed_unit_keeps_the_finding_and_takes_its_figure_along(
    filled: Workspace, tmp_path: Path
) -> None:
    def told() -> list[Any]:
        with filled.open() as dataset:
            records = [one for one in dataset.records() if one["record"] in ("finding", "measurement")]
            (found,) = [one for one in records if one.get("text", "").startswith("Dùng chữ ký số")]
            (rate,) = [one for one in records if one.get("value") == 80]
            assert rate["finding"] == found["id"] and found["measurements"] == [rate["id"]]
            hits = [hit.text for hit in search(dataset, "chữ ký số", Filters(unit="Xã Bãi Sậy"))]
            machine = found.get("machine", {}).get("unit", {}).get("name")
            return [found["status"], found["unit"]["name"], rate["unit"]["name"], machine, len(hits)]

    assert told() == ["machine", "Xã Khe Mận", "Xã Khe Mận", None, 0]
    path = sheet_of(filled, tmp_path / "s")
    first = line_of("Dùng chữ", path)
    changed = first.replace("Xã Khe Mận", "Xã Bãi Sậy")
    edit(path, (first, changed))
    assert take(filled, path).taken == {"corrected": 1}
    assert told() == ["corrected", "Xã Bãi Sậy", "Xã Bãi Sậy", "Xã Khe Mận", 1]
    edit(path, (changed, first.replace('"machine"', '"accepted"')))
    os.utime(path, (time.time() + 5, time.time() + 5))
    take(filled, path)
    assert told() == ["accepted", "Xã Khe Mận", "Xã Khe Mận", None, 0]


def test_a_unit_that_nobody_else_names_comes_back_after_another_source_is_forgotten(
    filled: Workspace, write: Write, tmp_path: Path
) -> None:
    strange = (
        "number: 9/BC-UBND\nyear: 2020\nXã Lạ Hoắc | deficiency | digital | late | Chậm nâng cấp mạng.\n"
    )
    ingest([write("b.md", strange)], filled, 1)
    path = sheet_of(filled, tmp_path / "s").with_name("b.md.jsonl")
    first = line_of("Chậm nâng", path)
    changed = first.replace("Xã Lạ Hoắc", "Xã Bãi Sậy")
    edit(path, (first, changed))
    take(filled, path)
    filled.forget("a.md")
    edit(path, (changed, first.replace('"machine"', '"accepted"')))
    os.utime(path, (time.time() + 5, time.time() + 5))
    take(filled, path)
    (found,) = [one for one in findings(filled) if one["text"].startswith("Chậm nâng")]
    assert (found["status"], found["unit"]["name"]) == ("accepted", "Xã Lạ Hoắc")
    with filled.open() as dataset:
        assert [hit.text for hit in search(dataset, "nâng cấp", Filters(unit="Xã Lạ Hoắc"))]


def test_replacing_all_over_the_file_is_an_answer(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("not_published", "not_updated"), encoding="utf-8")
    assert take(filled, path).taken == {"corrected": 1}
    path.write_text(text.replace("machine", "accepted"), encoding="utf-8")
    report = take(filled, path)
    assert (report.taken, report.problems) == ({"accepted": 3}, [])
    (bai_say,) = [one for one in findings(filled) if one["text"].startswith("Chưa niêm")]
    assert (bai_say["types"], bai_say["status"]) == (["not_published"], "accepted")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_sheet_saved_by_an_office_program(filled: Workspace, tmp_path: Path, encoding: str) -> None:
    path = sheet_of(filled, tmp_path / "s")
    first = line_of("Báo cáo năm", path)
    bent = first.replace('"status": "machine"', "“status”: “accepted”")
    text = path.read_text(encoding="utf-8").replace(first, bent)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    report = take(filled, path)
    assert (report.taken, report.problems) == ({"accepted": 1}, [])


def test_a_damaged_code_of_the_machine_is_told(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"said": "\w{9}', '"said": "', text, count=1), encoding="utf-8")
    (problem,) = take(filled, path).problems
    assert problem.line == 1 + text[: text.index('"said"')].count("\n")
    assert "leave the third line" in problem.reason


def test_a_statement_cut_otherwise_takes_the_place_of_the_machine_s(
    filled: Workspace, tmp_path: Path
) -> None:
    path = sheet_of(filled, tmp_path / "s")
    row = {"polarity": "achievement", "area": "digital", "types": [], "text": "Dùng chữ ký số đạt 80%"}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    take(filled, path)
    told = {one["text"]: (one["status"], one["unit"]["name"]) for one in findings(filled)}
    assert told["Dùng chữ ký số đạt 80%"] == ("added", "Xã Khe Mận")
    assert told["Dùng chữ ký số đạt 80% theo 739/QĐ-UBND."][0] == "rejected"


def test_to_read_twice_adds_nothing(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"machine"', '"accepted"'))
    take(filled, path)
    before = (filled.folder / FILE_NAME).read_bytes()
    shown = findings(filled)
    again = take(filled, path)
    assert (again.taken, again.repeated) == ({}, 1)
    assert (filled.folder / FILE_NAME).read_bytes() == before
    assert findings(filled) == shown


def test_an_old_file_does_not_take_back_a_newer_answer(filled: Workspace, tmp_path: Path) -> None:
    """Files that lie about are read again and again (training does); a person may change her mind elsewhere."""
    old, new = sheet_of(filled, tmp_path / "old"), sheet_of(filled, tmp_path / "new")
    edit(old, ('"late"', '"incomplete"'))
    edit(new, ('"late"', '"not_reported"'))
    an_hour_ago = time.time() - 3600
    os.utime(old, (an_hour_ago, an_hour_ago))
    take(filled, old)
    take(filled, new)
    assert take(filled, old).taken == {}
    assert findings(filled)[0]["types"] == ["not_reported"]
    os.utime(old, (time.time() + 60, time.time() + 60))  # changed again: she means it
    assert take(filled, old).taken == {"corrected": 1}
    assert findings(filled)[0]["types"] == ["incomplete"]


def test_answers_outlive_reading_anew_and_a_changed_text(
    filled: Workspace, archive: Path, write: Write, tmp_path: Path
) -> None:
    path = sheet_of(filled, tmp_path / "s")
    second, third = line_of("Dùng chữ", path), line_of("Chưa niêm", path)
    edit(
        path,
        (second, second.replace('"digital"', '"steering"')),
        (third, third.replace('"machine"', '"rejected"')),
    )
    take(filled, path)
    shown = findings(filled)
    ingest([archive], filled, 1, again=True)
    assert findings(filled) == shown
    write("a.md", REPORT.replace("BÁO CÁO", "BÁO CÁO\nMột đoạn mới đứng trước mọi ý."))
    ingest([archive], filled, 1)
    told = {one["text"]: (one["status"], one["reviewer"]) for one in findings(filled)}
    assert told["Dùng chữ ký số đạt 80% theo 739/QĐ-UBND."] == ("corrected", "An")
    assert told["Chưa niêm yết thủ tục đất đai."] == ("rejected", "An")
    assert told["Báo cáo năm gửi chậm."] == ("machine", None)


def test_an_answer_whose_words_are_gone_is_said_and_comes_back_with_them(
    filled: Workspace, archive: Path, write: Write, tmp_path: Path
) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"machine"', '"accepted"'))
    take(filled, path)
    write("a.md", REPORT.replace("Báo cáo năm gửi chậm.", "Kế hoạch năm ban hành muộn."))
    (outcome,) = ingest([archive], filled, 1).outcomes
    assert outcome.lost == 1
    with filled.open() as dataset:
        warnings = next(dataset.records())["warnings"]
    assert [one["code"] for one in warnings] == ["answers_lost"]
    assert "Báo cáo năm gửi chậm." in warnings[0]["message"] and "(An)" in warnings[0]["message"]
    assert {one["status"] for one in findings(filled)} == {"machine"}
    write("a.md", REPORT)
    ingest([archive], filled, 1)
    with filled.open() as dataset:
        assert next(dataset.records())["warnings"] == []
    assert findings(filled)[0]["status"] == "accepted"


def test_statements_with_the_same_words_are_told_apart_by_what_stands_before(
    archive: Path, write: Write, workspace: Workspace, tmp_path: Path
) -> None:
    rows = "".join(
        f"1. Đối với {name}:\n{name} | deficiency | steering | late | Gửi chậm.\n"
        for name in ("Xã Khe Mận", "Xã Bãi Sậy", "Xã Nà Pheo")
    )
    write("a.md", "BÁO CÁO\n" + rows)
    ingest([archive], workspace, 1)
    path = sheet_of(workspace, tmp_path / "s")
    edit(path, ('"late"], "units": ["Xã Bãi Sậy"]', '"incomplete"], "units": ["Xã Bãi Sậy"]'))
    take(workspace, path)
    write("a.md", "BÁO CÁO\nThêm một dòng.\n" + rows)
    ingest([archive], workspace, 1)
    told = {one["unit"]["name"]: one["status"] for one in findings(workspace)}
    assert told == {"Xã Khe Mận": "machine", "Xã Bãi Sậy": "corrected", "Xã Nà Pheo": "machine"}


def test_two_reviewers(filled: Workspace, tmp_path: Path) -> None:
    """The later answer holds, the other stays on record and is told; nobody's answer becomes another's."""
    of_an = sheet_of(filled, tmp_path / "an", reviewer="An")
    of_binh = sheet_of(filled, tmp_path / "binh", reviewer="Bình")
    edit(of_an, ('"late"', '"incomplete"'))
    edit(of_binh, ('"late"', '"not_reported"'))
    assert not take(filled, of_an, reviewer=None).disagreements
    (told,) = take(filled, of_binh, reviewer=None).disagreements
    assert (told.reviewer, told.other) == ("Bình", "An")
    assert findings(filled)[0]["types"] == ["not_reported"]
    assert take(filled, of_an, of_binh, reviewer=None).taken == {}
    assert findings(filled)[0]["reviewer"] == "Bình"
    log = read_log(filled.folder / FILE_NAME)
    assert [one.annotation.reviewer for one in log.corrections] == ["An", "Bình"]
    # a third one gets a sheet with the answer that holds, and it stays Bình's when nobody changes it
    third = sheet_of(filled, tmp_path / "third", reviewer="Chi")
    assert "đã duyệt: Bình" in third.read_text(encoding="utf-8")
    assert take(filled, third, reviewer=None).taken == {}
    edit(third, ('"not_reported"', '"late"'))
    take(filled, third, reviewer=None)
    assert (findings(filled)[0]["status"], findings(filled)[0]["reviewer"]) == ("accepted", "Chi")
    with filled.open() as dataset:
        (problem,) = write_sheets(dataset, tmp_path / "an", reviewer="Bình").problems
    assert "is the file of An" in problem.reason


def test_to_write_again_keeps_what_a_person_wrote(
    filled: Workspace, archive: Path, write: Write, tmp_path: Path
) -> None:
    path = sheet_of(filled, tmp_path / "s", reviewer="An")
    edit(path, ('"late"', '"incomplete"'))
    sheet_of(filled, tmp_path / "s")
    content = read_annotations(path)
    assert content.annotations[0].types == ("incomplete",) and content.reviewer == "An"
    # also where the text has changed since, and what found no place is kept to be read
    edit(path, ('"machine", "polarity": "achievement"', '"accepted", "polarity": "achievement"'))
    write("a.md", REPORT.replace("BÁO CÁO", "BÁO CÁO SỐ HAI").replace("Dùng chữ ký", "Sử dụng chữ ký"))
    ingest([archive], filled, 1)
    (refused,) = take(filled, path).problems
    assert "text_sha256 differs" in refused.reason and "rasoat review --write" in refused.reason
    sheet_of(filled, tmp_path / "s")
    assert "# {" in path.read_text(encoding="utf-8") and "Dùng chữ ký" in path.read_text(encoding="utf-8")
    assert take(filled, path).taken == {"corrected": 1}


def test_a_broken_file_is_never_written_over(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"late"]', '"late"'))
    before = path.read_bytes()
    with filled.open() as dataset:
        report = write_sheets(dataset, tmp_path / "s")
    assert path.read_bytes() == before
    assert report.exit_status == 1 and "left as it is" in report.problems[0].reason


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"late"]', '"late"', "not JSON"),
        ('"late"', '"tardy"', "unknown type 'tardy'"),
        ('"area": "steering"', '"area": "nowhere"', "unknown area 'nowhere'"),
        ('"status": "machine"', '"status": "fine"', "unknown status 'fine'"),
        ("Báo cáo năm gửi", "Báo cáo năm đã gửi", "other words at the span"),
    ],
)
def test_a_wrong_line_is_refused_and_the_rest_is_taken(
    filled: Workspace, tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, (old, new), ('"digital"', '"steering"'))
    before, _, _ = path.read_text(encoding="utf-8").partition('\n{"status"')
    report = take(filled, path)
    (problem,) = report.problems
    assert problem.path == path and said in problem.reason
    assert problem.line == before.count("\n") + 2
    assert report.taken == {"corrected": 1} and report.exit_status == 1


def test_of_copies_the_one_that_is_answered_most_counts(
    filled: Workspace, archive: Path, write: Write, tmp_path: Path
) -> None:
    def counted() -> list[str]:
        with filled.open() as dataset:
            records = [one for one in dataset.records() if one["record"] == "document"]
        return [one["source"] for one in records if one["duplicate_of"] is None]

    write("b.md", REPORT.replace("gửi chậm", "gửi muộn"))
    ingest([archive], filled, 1)
    with filled.open() as dataset, dataset.transaction() as connection:
        first, second = sorted(row["id"] for row in connection.execute("SELECT id FROM documents"))
        connection.execute("INSERT OR REPLACE INTO alike VALUES (?, ?, 'same', 1.0, 0)", (first, second))
    with filled.open() as dataset:
        mark_copies(dataset)
        write_sheets(dataset, tmp_path, Filters(document="a.md"))
        written = write_sheets(dataset, tmp_path, Filters(document="b.md"))
    assert counted() == ["a.md"]
    assert [(one.document, one.original) for one in written.copies] == [("b.md", "a.md")]
    for name in ("a.md", "b.md"):
        edit(tmp_path / f"{name}.jsonl", ('"machine"', '"accepted"'))
    assert take(filled, tmp_path / "b.md.jsonl").copies == []
    assert counted() == ["b.md"]
    taken = take(filled, tmp_path / "a.md.jsonl")
    assert (taken.taken, taken.copies, counted()) == ({"accepted": 1}, [], ["a.md"])
    edit(tmp_path / "b.md.jsonl", ('"accepted"', '"rejected"'))
    taken = take(filled, tmp_path / "b.md.jsonl")
    assert [(one.document, one.original) for one in taken.copies] == [("b.md", "a.md")]


def test_overlapping_statements_and_unknown_documents_are_refused(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"machine"', '"accepted"'))
    row = {"polarity": "achievement", "area": "digital", "types": [], "text": "cáo năm gửi"}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    stranger = path.with_name("b.jsonl")
    digest = "0" * 64
    stranger.write_text(
        path.read_text(encoding="utf-8").replace('"a.md"', '"b.md"').replace(read_log_hash(path), digest),
        encoding="utf-8",
    )
    report = take(filled, path, stranger)
    assert report.taken == {"accepted": 1}
    overlapping, unknown = report.problems
    assert "overlaps" in overlapping.reason and overlapping.line == path.read_text("utf-8").count("\n")
    assert "has no document 'b.md'" in unknown.reason and "Ingest it first" in unknown.reason
    with filled.open() as dataset, pytest.raises(UsageError):
        read_sheets(dataset, [tmp_path / "none"])


def read_log_hash(path: Path) -> str:
    found = re.search(r'"text_sha256": "(\w+)"', path.read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_a_person_s_own_file_is_held_against_the_machine(filled: Workspace, tmp_path: Path) -> None:
    """A file as the gold has them, with no status: the same labels accept, others correct, new words add."""
    with filled.open() as dataset:
        text = next(dataset.records())["text"]
    from annotations.files import Annotation, AnnotationFile, text_hash, write_annotations

    rows = [
        ("Báo cáo năm gửi chậm.", "deficiency", "steering", ("late",)),
        ("Chưa niêm yết thủ tục đất đai.", "achievement", "procedures", ()),
        (ADDED, "deficiency", "procedures", ("not_issued",)),
    ]
    found = tuple(
        Annotation(n, (text.index(words), text.index(words) + len(words)), words, polarity, area, types)
        for n, (words, polarity, area, types) in enumerate(rows, start=1)
    )
    write_annotations(tmp_path / "own.jsonl", AnnotationFile("a.md", 1, text_hash(text), found))
    report = take(filled, tmp_path / "own.jsonl")
    assert report.taken == {"accepted": 1, "corrected": 1, "added": 1}


def test_a_damaged_line_of_the_log_hides_no_other(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"machine"', '"accepted"'))
    take(filled, path)
    log = filled.folder / FILE_NAME
    log.write_bytes(log.read_bytes() + b'{"record": "correction", "docu')
    edit(path, ('"status": "machine"', '"status": "rejected"'))
    report = take(filled, path)
    assert [problem.line for problem in report.problems] == [2]
    assert report.taken == {"rejected": 1}
    assert [one["status"] for one in findings(filled)] == ["accepted", "rejected", "machine"]


def test_forget_takes_the_sheets_of_the_workspace_with_it(filled: Workspace, write: Write) -> None:
    other = "number: 9/BC-UBND\nyear: 2020\nXã Nà Pheo | deficiency | digital | late | Chậm nâng cấp mạng.\n"
    ingest([write("b.md", other)], filled, 1)
    kept = sheet_of(filled, filled.annotations).with_name("b.md.jsonl")
    (filled.annotations / "broken.jsonl").write_text("{", encoding="utf-8")
    assert filled.forget("a.md").sheets == 1
    assert sorted(path.name for path in filled.annotations.iterdir()) == ["b.md.jsonl", "broken.jsonl"]
    assert kept.exists()


def test_forget_takes_the_answers_with_it(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"machine"', '"accepted"'))
    take(filled, path)
    assert filled.forget("a.md").answers == 1
    assert "Báo cáo" not in (filled.folder / FILE_NAME).read_text(encoding="utf-8")


def test_a_moved_file_keeps_its_answers(filled: Workspace, archive: Path, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "s")
    edit(path, ('"machine"', '"accepted"'))
    take(filled, path)
    filled_before = [one["status"] for one in findings(filled)]
    (archive / "2021").mkdir()
    (archive / "a.md").rename(archive / "2021" / "b.md")
    ingest([archive], filled, 1)
    assert [one["status"] for one in findings(filled)] == filled_before


def test_filters_and_limit_choose_what_is_written(filled: Workspace, tmp_path: Path) -> None:
    with filled.open() as dataset:
        write_sheets(dataset, tmp_path / "one.jsonl", limit=1)
        write_sheets(dataset, tmp_path / "unit.jsonl", Filters(unit="bai say"))
    assert len(read_annotations(tmp_path / "one.jsonl").annotations) == 1
    assert [one.units for one in read_annotations(tmp_path / "unit.jsonl").annotations] == [("Xã Bãi Sậy",)]


# --- whatever a person writes is what is read ----------------------------------------

_answers = st.one_of(
    st.just(("machine",)),
    st.just(("accepted",)),
    st.just(("rejected",)),
    st.sampled_from(sorted(POLARITIES)).flatmap(
        lambda polarity: st.tuples(
            st.sampled_from(["machine", "corrected", "accepted"]),
            st.just(polarity),
            st.sampled_from(sorted(AREAS)),
            st.lists(
                st.sampled_from(sorted(TYPES)),
                min_size=polarity == "deficiency",
                max_size=3 if polarity == "deficiency" else 0,
                unique=True,
            ),
        )
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(_answers, min_size=3, max_size=3), st.booleans())
def test_write_edit_read_gives_exactly_the_edits(
    filled: Workspace, tmp_path: Path, answers: list[tuple[Any, ...]], crlf: bool
) -> None:
    (filled.folder / FILE_NAME).unlink(missing_ok=True)
    folder = tmp_path / "property"
    path = folder / "a.md.jsonl"
    path.unlink(missing_ok=True)
    with filled.open() as dataset:  # forget what the example before answered
        dataset.answer([], [row["id"] for row in dataset.query("SELECT id FROM documents")])
    before = findings(filled)
    sheet_of(filled, folder)
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    places = [at for at, line in enumerate(lines) if line.startswith('{"status"')]
    for at, answer in zip(places, answers, strict=True):
        row = json.loads(lines[at].rstrip(",") + "}")
        row["status"] = answer[0]
        if len(answer) > 1:
            row |= {"polarity": answer[1], "area": answer[2], "types": answer[3]}
        lines[at] = json.dumps(row, ensure_ascii=False)[:-1] + ","
    path.write_bytes(("\ufeff" + ("\r\n" if crlf else "\n").join(lines)).encode())
    report = take(filled, path)
    assert not report.problems
    for old, new, answer in zip(before, findings(filled), answers, strict=True):
        wanted = [old["polarity"], old["area"], old["types"]] if len(answer) == 1 else list(answer[1:])
        said = [old["polarity"], old["area"], old["types"]]
        assert [new["polarity"], new["area"], new["types"]] == wanted
        if answer[0] == "rejected":
            assert new["status"] == "rejected"
        elif [wanted[0], wanted[1], set(wanted[2])] != [said[0], said[1], set(said[2])]:
            assert new["status"] == "corrected"
        else:
            assert new["status"] == ("machine" if answer[0] == "machine" else "accepted")


def test_a_unit_that_only_an_answer_names_is_told(filled: Workspace, tmp_path: Path) -> None:
    path = sheet_of(filled, tmp_path / "out")
    edit(path, ('"units": ["Xã Bãi Sậy"]', '"units": ["bai say"]'))
    assert take(filled, path).new_units == []
    edit(path, ('"units": ["bai say"]', '"units": ["Xã Bãi Sây"]'))
    report = take(filled, path)
    assert [(new.name, new.like) for new in report.new_units] == [("Xã Bãi Sây", ["Xã Bãi Sậy"])]
    assert report.exit_status == 0
