"""`rasoat picture` and `rasoat report` as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.commands.pictures import years_of

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", ["a.svg", "a.png", "deep/a.svg"])
def test_a_picture_is_written_and_named(filled: Path, run: Run, tmp_path: Path, name: str) -> None:
    place = tmp_path / "out" / name
    assert run("picture", "heatmap", "--output", place) == (0, "", f"{place}\n")
    assert place.stat().st_size > 1000
    assert json.loads(run("picture", "chains", "--unit", "khe man", "-o", place, "--json")[1]) == [str(place)]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_report_is_written_and_named(filled: Path, run: Run, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    assert run("report", "--output", place, "--year", "2021-2022", "--as", "today") == (0, "", f"{place}\n")
    assert place.stat().st_size > 1000


@pytest.mark.parametrize("command", [("picture", "ranking", "-o", "a.svg"), ("report", "-o", "a.docx")])
def test_nothing_found_is_no_error_and_no_file(
    filled: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*command, "--year", 1999)
    assert (status, out) == (0, "")
    assert "no file was written" in err
    assert run(*command, "--unit", "Xã Đâu Đó", "--json")[1] == "[]\n"
    assert not Path(command[-1]).exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("picture", "pie", "-o", "a.svg"), "Valid: heatmap, trend, ranking, chains"),
        (("picture", "heatmap", "-o", "a.gif"), "ends in .svg or .png"),
        (("picture", "heatmap"), "--output"),
        (("picture", "heatmap", "-o", "a.svg", "--count", "words"), "Valid: findings, chains"),
        (("picture", "heatmap", "-o", "a.svg", "--year", "21"), "Name a year"),
        (("picture", "heatmap", "-o", "a.svg", "--as", "tomorrow"), "Valid: today, then"),
        (("report", "-o", "a.pdf"), "ends in .docx or .xlsx"),
        (("report", "-o", "a.xlsx", "--pictures"), "Only a .docx report"),
        (("report", "-o", "a.docx", "--area", "sea"), "Unknown area"),
        (("report", "-o", "a.docx", "--document", "9/X"), "no document"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    filled: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = run(*command)
    assert status == 2
    assert said in err
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize(
    ("asked", "years"),
    [(None, None), ("2021", (2021, 2021)), ("2019-2021", (2019, 2021)), (" 2019 – 2021 ", (2019, 2021))],
)
def test_years_are_one_or_first_and_last(asked: str | None, years: tuple[int, int] | None) -> None:
    assert years_of(asked) == years
