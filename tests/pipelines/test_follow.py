"""`rasoat unit` and the options of `rasoat recurring` that follow deficiencies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from invented import REPORT

from corpora.chains.records import Chain, Occurrence
from corpora.dataset import Dataset
from pipelines.following import follow
from pipelines.printing.answers import show_chains
from pipelines.printing.units import about
from pipelines.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]


def test_a_unit_has_a_page(filled: Path, run: Run) -> None:
    status, out, _ = run("unit", "khe", "man")
    assert status == 0
    assert "Xã Khe Mận" in out
    assert "kéo dài" in out
    assert "Dựa trên 2 văn bản" in out
    (page,) = json.loads(run("unit", "Xã Khe Mận", "--json")[1])
    assert (page["record"], page["unit"], page["rests_on"]) == ("unit", "Xã Khe Mận", 2)
    assert page["counts"] == {"steering": {"2021": 1, "2022": 1}}
    assert [chain["state"] for chain in page["chains"]] == ["persisting"]


def test_a_unit_that_nobody_names(filled: Path, run: Run) -> None:
    status, out, err = run("unit", "Xã Đâu Đó")
    assert (status, out) == (0, "")
    assert "no unit of the dataset is called 'Xã Đâu Đó'" in err
    assert run("unit", "Xã Đâu Đó", "--json")[1] == "[]\n"
    assert "Like it: Xã Khe Mận." in run("unit", "xa khe mun")[2]


def test_promises_of_all_units(filled: Path, run: Run, write: Write) -> None:
    asked = "Xã Khe Mận | recommendation | digital | | Cấp đủ chữ ký số trước ngày 30/6/2024."
    write("bc-2023.md", REPORT.format(year=2023).replace("45/", "23/") + asked)
    assert run("ingest", filled, "--workers", 1)[0] == 0
    status, out, _ = run("promises")
    assert status == 0
    assert "Yêu cầu, cam kết chưa rõ (1)" in out and "Dựa trên" in out
    (record,) = json.loads(run("promises", "--json")[1])
    assert (record["unit"], record["state"], record["said"]["page"]) == ("Xã Khe Mận", "open", None)
    assert run("promises", "--state", "kept")[1] == "Không có yêu cầu, cam kết nào.\n"


def test_recurring_by_state_and_years(filled: Path, run: Run) -> None:
    (chain,) = json.loads(run("recurring", "--state", "persisting", "--years", 2, "--json")[1])
    assert (chain["state"], chain["since"], chain["last"], chain["running"]) == ("persisting", 2021, 2022, 2)
    assert chain["subject"]
    assert chain["rests_on"] == 2
    assert json.loads(run("recurring", "--state", "persisting", "--years", 3, "--json")[1]) == []
    assert json.loads(run("recurring", "--state", "remedied", "--json")[1]) == []
    assert "Dựa trên 2 văn bản, năm 2021–2022" in run("recurring")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["recurring", "--state", "lasting"], "Valid: new, persisting"),
        (["recurring", "--as", "tomorrow"], "Valid: today, then"),
        (["unit", "khe man", "--as", "tomorrow"], "Valid: today, then"),
        (["unit"], "NAME"),
        (["promises", "--state", "late"], "Valid: broken, overdue, open, kept"),
    ],
)
def test_a_wrong_call_says_what_is_right(filled: Path, run: Run, arguments: list[str], said: str) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert said in err


def test_forgetting_repairs_chains(filled: Path, run: Run) -> None:
    run("forget", "bc-2021.md")
    assert json.loads(run("recurring", "--json")[1]) == []
    (page,) = json.loads(run("unit", "khe man", "--json")[1])
    assert [(chain["state"], chain["years"]) for chain in page["chains"]] == [("new", [2022])]


def test_chains_of_an_older_dataset_are_built_when_asked_for(
    filled: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.locate()
    before = run("recurring", "--json")[1]
    with sqlite3.connect(workspace.dataset) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM families")
        connection.execute("INSERT INTO stale_units SELECT DISTINCT unit_id FROM findings")
    connection.close()
    assert run("recurring", "--json")[1] == before
    with workspace.open() as dataset:
        assert follow(dataset)


def test_years_without_a_report_are_not_called_running() -> None:
    chain = Chain("Xã Khe Mận", "commune", None, "steering", "late", (2015, 2018, 2019), 3, (), ())
    chain = replace(chain, state="persisting", since=2015, last=2019, running=3)
    assert about(chain) == "Tình trạng: kéo dài 3 năm có báo cáo liên tiếp, từ 2015"
    assert about(replace(chain, since=2017)) == "Tình trạng: kéo dài 3 năm liền, từ 2017"


def test_a_state_that_rests_on_more_than_is_shown_says_so() -> None:
    chain = Chain("Xã Khe Mận", "commune", None, "steering", "late", (2019, 2020), 2, (), ())
    chain = replace(chain, state="persisting", first=2019, since=2019, last=2021, running=3)
    assert about(chain) == "Tình trạng xét cả chuỗi: kéo dài 3 năm liền, từ 2019"
    assert about(replace(chain, years=(2019, 2020, 2021))) == "Tình trạng: kéo dài 3 năm liền, từ 2019"


def test_a_remedy_is_shown_with_its_words_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    told = Occurrence(2020, "2020-11-02", "d1", "1/BC-UBND", "a.pdf", 3, "f1", "Xã Khe Mận", "Chưa niêm yết.")
    gone = replace(told, year=2021, date="2021-11-05", number="2/BC-UBND", page=4, text="Đã niêm yết đủ.")
    chain = Chain("Xã Khe Mận", "commune", None, "procedures", "not_published", (2020,), 1, (), (told,))
    show_chains([replace(chain, state="remedied", remedies=(gone,))])
    assert "Nói đã khắc phục: 2/BC-UBND · 05/11/2021 · trang 4: “Đã niêm yết đủ.”" in capsys.readouterr().out
    copied = replace(chain, occurrences=(replace(told, page_in="b.pdf"),))
    show_chains([copied])
    assert "3 (bản b.pdf)" in capsys.readouterr().out
    show_chains([replace(chain, state="returned", remedies=(gone,))])
    assert "Đã niêm yết đủ" not in capsys.readouterr().out


def test_the_group_of_all_units_is_named_in_words(archive: Path, write: Write, run: Run) -> None:
    write("a.md", REPORT.format(year=2021))
    run("ingest", archive, "--workers", 1)
    out = run("unit", "all")[1]
    assert "all" not in out.split()


def test_one_document_holds_nothing_that_recurs_and_that_is_said(filled: Path, run: Run) -> None:
    status, out, err = run("recurring", "--document", "bc-2021.md")
    assert (status, out) == (0, "Không có tồn tại nào lặp lại.\n")
    assert "--document looks at the occurrences in that document alone" in err
    assert run("recurring")[2] == ""


def test_chains_of_another_likeness_that_cannot_be_built_anew_are_told(
    filled: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Workspace.open

    def sealed(self: Workspace, create: bool = False) -> Dataset:
        dataset = opened(self, create)
        dataset.writable = False
        return dataset

    monkeypatch.setattr(Workspace, "open", sealed)
    assert "cannot be written" not in run("recurring")[2]
    monkeypatch.setattr("models.subject_artefact.version", lambda: "another")
    for command in (("recurring",), ("unit", "khe man")):
        status, out, err = run(*command)
        assert status == 0 and "Xã Khe Mận" in out
        assert "Ask once where it can be written." in err
