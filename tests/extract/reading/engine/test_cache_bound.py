"""The cache of recognised pages stays within its bound, whoever uses it meanwhile."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from extract.reading.base import Layout, OcrWord
from extract.reading.engine import cache_bound
from extract.reading.engine.cache import CachedEngine
from extract.reading.engine.cache_bound import bound, trim

HOUR = 3600.0
Fill = Callable[..., list[Path]]


class Counting:
    """An engine that counts what it is asked."""

    name = "counting 1"

    def __init__(self) -> None:
        self.asked = 0

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        self.asked += 1
        return [OcrWord("xã", 1, 2, 3, 4, 0.9)]

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        return self.words(image, dpi)

    def quarter_turns(self, image: Image.Image) -> int:
        return 0


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Entries of a block each, spread as hashes are, the first used longest ago."""

    def run(count: int = 512, age: float = 1000 * HOUR) -> list[Path]:
        made = []
        for number in range(count):
            file = tmp_path / f"{number % 256:02x}" / f"{number:038x}.json.gz"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(b"x" * 100)
            used = time.time() - age + number
            os.utime(file, (used, used))
            made.append(file)
        return made

    return run


def left(files: list[Path]) -> list[int]:
    return [number for number, file in enumerate(files) if file.exists()]


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path, fill: Fill) -> None:
    files = fill()
    removed = trim(tmp_path, 256 * 4096, time.time())
    assert left(files) == list(range(removed, 512))
    assert 230 - 5 <= 512 - removed <= 230 + 5  # nine tenths of the bound


def test_within_the_bound_nothing_is_looked_through(
    tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = fill()
    monkeypatch.setattr(os, "listdir", lambda _: pytest.fail("all folders were looked through"))
    assert trim(tmp_path, 1_000 * 4096, time.time()) == 0
    assert len(left(files)) == 512
    assert trim(tmp_path, None, time.time()) == 0
    assert trim(tmp_path / "nowhere", 1, time.time()) == 0


def test_what_this_batch_used_stays_even_if_it_is_too_much(tmp_path: Path, fill: Fill) -> None:
    files = fill()
    begun = time.time()
    for file in files[:100]:
        cache_bound.used(file)
    trim(tmp_path, 10 * 4096, begun)
    assert left(files) == list(range(100))


def test_reading_an_entry_is_use(tmp_path: Path) -> None:
    engine, image = Counting(), Image.new("L", (60, 40), 200)
    cached = CachedEngine(engine, tmp_path)
    cached.words(image, 300)
    (file,) = tmp_path.rglob("*.json.gz")
    os.utime(file, (1.0, 1.0))
    cached.words(image, 300)
    assert engine.asked == 1
    assert file.stat().st_mtime > time.time() - 60


def test_rests_of_processes_that_died_are_removed(tmp_path: Path, fill: Fill) -> None:
    fill()
    old, new = tmp_path / "00" / ".old.part", tmp_path / "00" / ".new.part"
    for file in (old, new):
        file.write_bytes(b"x")
    os.utime(old, (1.0, 1.0))
    trim(tmp_path, 4096, time.time())
    assert not old.exists() and new.exists()


def test_others_may_read_write_and_trim_meanwhile(tmp_path: Path, fill: Fill) -> None:
    fill()
    cached = CachedEngine(Counting(), tmp_path)
    failed: list[BaseException] = []

    def use() -> None:
        try:
            for number in range(60):
                assert cached.words(Image.new("L", (60, 40), number), 300)[0].text == "xã"
        except BaseException as error:
            failed.append(error)

    def clean() -> None:
        try:
            for _ in range(10):
                trim(tmp_path, 8 * 4096, time.time() + HOUR)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for work in (use, use, clean, clean)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


@pytest.mark.parametrize(("text", "size"), [("", 2_000_000_000), ("50", 50_000_000), ("0", None)])
def test_the_bound_is_found(text: str, size: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_OCR_CACHE", text)
    assert bound() == size
