"""The same, changed, copied, moved, renamed and swapped files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from invented import document

from corpora.dataset import Dataset
from corpora.ledger import Incoming, sha256_of

Take = Callable[[Path, str], tuple[str, str]]


@pytest.fixture
def take(dataset: Dataset) -> Take:
    """Ingest one real file; outcome and name are returned."""

    def run(path: Path, name: str) -> tuple[str, str]:
        decision = dataset.begin(Incoming(str(path), name, sha256_of(path), path.stat().st_size))
        if decision.action != "process":
            return decision.action, decision.name
        made = document(path.read_text(), name="", content=path.read_text())
        made.source = decision.name
        return dataset.store(decision.source_id, [made]).outcome, decision.name

    return run


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def texts(dataset: Dataset) -> dict[str, str]:
    return {record["source"]: record["text"].strip() for record in dataset.records()}


def test_a_copy_is_stored_once_and_named(dataset: Dataset, take: Take, tmp_path: Path) -> None:
    take(write(tmp_path / "a.md", "một"), "a.md")
    assert take(write(tmp_path / "b.md", "một"), "b.md") == ("duplicate", "a.md")
    assert texts(dataset) == {"a.md": "một"}


def test_another_file_of_the_same_name_gets_its_folder_in_front(
    dataset: Dataset, take: Take, tmp_path: Path
) -> None:
    take(write(tmp_path / "2021/bc.md", "một"), "bc.md")
    assert take(write(tmp_path / "2022/bc.md", "hai"), "bc.md") == ("stored", "2022/bc.md")
    assert take(write(tmp_path / "x/2022/bc.md", "ba"), "bc.md") == ("stored", "x/2022/bc.md")
    assert take(write(tmp_path / "2022/bc.md", "bốn"), "bc.md") == ("replaced", "2022/bc.md")
    assert texts(dataset) == {"bc.md": "một", "2022/bc.md": "bốn", "x/2022/bc.md": "ba"}


def test_a_moved_archive_is_the_same_archive(dataset: Dataset, take: Take, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        take(write(tmp_path / "old" / name, name), name)
    (tmp_path / "old").rename(tmp_path / "new")
    write(tmp_path / "new/b.md", "changed")
    assert take(tmp_path / "new/a.md", "a.md") == ("unchanged", "a.md")
    assert take(tmp_path / "new/b.md", "b.md") == ("replaced", "b.md")
    assert texts(dataset) == {"a.md": "a.md", "b.md": "changed"}
    assert {entry.path for entry in dataset.sources()} == {
        str(tmp_path / "new/a.md"),
        str(tmp_path / "new/b.md"),
    }


def test_a_renamed_file_is_stored_under_its_new_name_only(
    dataset: Dataset, take: Take, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.md", "một")
    take(path, "a.md")
    path.rename(tmp_path / "z.md")
    assert take(tmp_path / "z.md", "z.md") == ("stored", "z.md")
    assert texts(dataset) == {"z.md": "một"}
    assert [entry.name for entry in dataset.sources()] == ["z.md"]


def test_an_old_version_kept_under_another_name_is_not_lost(
    dataset: Dataset, take: Take, tmp_path: Path
) -> None:
    path = write(tmp_path / "bc.md", "một")
    take(path, "bc.md")
    path.rename(tmp_path / "a-old.md")
    write(path, "hai")
    assert take(tmp_path / "a-old.md", "a-old.md")[0] == "stored"
    assert dataset.sources()[1].code == "changed"
    take(path, "bc.md")
    assert texts(dataset) == {"a-old.md": "một", "bc.md": "hai"}


def test_two_files_that_changed_places_both_stay(dataset: Dataset, take: Take, tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.md", "một"), write(tmp_path / "b.md", "hai")
    take(first, "a.md")
    take(second, "b.md")
    write(first, "hai")
    write(second, "một")
    take(first, "a.md")
    take(second, "b.md")
    assert texts(dataset) == {"a.md": "hai", "b.md": "một"}


def test_a_file_that_became_a_copy_gives_its_place_up(dataset: Dataset, take: Take, tmp_path: Path) -> None:
    take(write(tmp_path / "a.md", "một"), "a.md")
    second = write(tmp_path / "b.md", "hai")
    take(second, "b.md")
    write(second, "một")
    assert take(second, "b.md") == ("duplicate", "a.md")
    assert texts(dataset) == {"a.md": "một"}


def test_names_are_composed_with_forward_slashes(take: Take, tmp_path: Path) -> None:
    from corpora.ledger import clean_name

    assert clean_name(Path("năm 2021") / normalize("NFD", "báo cáo.md")) == "năm 2021/báo cáo.md"
    assert clean_name(Path("b\udcff.md")) == "b\\xff.md"
