"""The engine in this process, what it falls back to, and the cache before it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from extract.errors import FileProblem, MissingProgram, TooLarge
from extract.reading.base import Layout, OcrWord
from extract.reading.engine import find as engine_module
from extract.reading.engine import tessdata, tesseract_inside
from extract.reading.engine.cache import CachedEngine
from extract.reading.engine.find import find_engine
from extract.reading.engine.tesseract import Tesseract, find_tesseract, parse_tsv
from extract.reading.engine.tesseract_inside import TesseractInside, find_inside
from extract.reading.read import read
from tests.extract.reading.conftest import PdfMaker


@pytest.fixture
def page(letter_pdf: PdfMaker) -> Image.Image:
    with pypdfium2.PdfDocument(letter_pdf()) as pdf:
        image: Image.Image = pdf[0].render(scale=300 / 72, grayscale=True).to_pil().convert("L")
        return image


@pytest.fixture
def inside() -> TesseractInside:
    found = find_inside()
    if found is None:
        pytest.skip("tesserocr or the Vietnamese data are not installed")
    return found


def test_library_reads_like_the_program(page: Image.Image, inside: TesseractInside, tesseract: None) -> None:
    head = page.crop((0, 0, page.width, page.height // 2))
    mine, its = inside.words(head, 300), find_tesseract().words(head, 300)
    same = {(w.text, w.left, w.top, w.right, w.bottom) for w in mine} & {
        (w.text, w.left, w.top, w.right, w.bottom) for w in its
    }
    assert len(same) >= 0.97 * max(len(mine), len(its)) > 100
    assert [w.line for w in mine[:20]] == [w.line for w in its[:20]]
    assert all(0 < w.confidence <= 1 for w in mine)


def test_names_tell_engine_and_data_apart(inside: TesseractInside, tmp_path: Path) -> None:
    program, version, language, data = inside.name.split()
    assert (program, language) == ("tesseract", "vie")
    assert version[0].isdigit()
    folder = tessdata.data_folder()
    assert folder is not None and data == tessdata.label(folder).split()[1]
    (tmp_path / "vie.traineddata").write_bytes(b"another")
    assert tessdata.label(tmp_path) not in ("vie", tessdata.label(folder))
    assert tessdata.label(None) == "vie"


def test_threads_share_it(page: Image.Image, inside: TesseractInside) -> None:
    head = page.crop((0, 0, page.width, 900))
    alone = inside.words(head, 300)
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda _: inside.words(head, 300), range(4)))
    assert together == [alone] * 4
    assert all(len(idle) <= 4 for idle in inside._idle.values())


@pytest.mark.parametrize("turns", range(4))
def test_quarter_turns(page: Image.Image, inside: TesseractInside, turns: int) -> None:
    assert inside.quarter_turns(page.reduce(2).rotate(90 * turns, expand=True)) == turns


@pytest.mark.parametrize(
    "size", [(0, 0), (0, 40), (1, 1), (1, 900), (900, 2), (2, 2), (31_999, 3), (40, 40)], ids=str
)
def test_odd_pictures_have_no_words(inside: TesseractInside, size: tuple[int, int]) -> None:
    for shade in (0, 255):
        image = Image.new("L", size, shade)
        assert inside.words(image, 300) == []
        assert inside.quarter_turns(image) == 0


def test_picture_beyond_the_engines_limit(inside: TesseractInside) -> None:
    strip = Image.new("L", (33_000, 20), 255)
    with pytest.raises(TooLarge):
        inside.words(strip, 300)
    assert inside.quarter_turns(strip) == 0


def test_time_limit(page: Image.Image, inside: TesseractInside) -> None:
    library, folder = tesseract_inside._library(), tessdata.data_folder()
    assert library is not None and folder is not None
    hasty = TesseractInside(library, folder, timeout=0.01)
    with pytest.raises(TooLarge, match="giây chưa xong"):
        hasty.words(page, 300)
    # the object that was broken off is not used again
    assert not hasty._idle["vie"]
    hasty._timeout = 100
    assert hasty.words(page.crop((0, 0, page.width, 500)), 300)


def test_one_thread_a_page(page: Image.Image, inside: TesseractInside, tmp_path: Path) -> None:
    """Whatever the environment says, recognising starts no threads of its own."""
    page.crop((0, 0, page.width, 900)).save(tmp_path / "a.png")
    code = (
        "import os, sys, threading\n"
        "from PIL import Image\n"
        "from extract.reading.engine.tesseract_inside import find_inside\n"
        "image = Image.open(sys.argv[1])\n"
        "image.load()\n"
        "engine = find_inside()\n"
        "before, seen, over = len(os.listdir('/proc/self/task')), [0], threading.Event()\n"
        "def look():\n"
        "    while not over.wait(0.02):\n"
        "        seen[0] = max(seen[0], len(os.listdir('/proc/self/task')))\n"
        "watch = threading.Thread(target=look)\n"
        "watch.start()\n"
        "assert engine.words(image, 300)\n"
        "over.set()\n"
        "watch.join()\n"
        "print(seen[0] - before, os.environ.get('OMP_THREAD_LIMIT'))\n"
    )
    if not Path("/proc/self/task").exists():
        pytest.skip("threads are counted on Linux only")
    env = {key: value for key, value in os.environ.items() if key != "OMP_THREAD_LIMIT"}
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.png"], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "None"]  # the thread that looked on; the environment as it was


def test_program_where_there_is_no_library(
    monkeypatch: pytest.MonkeyPatch, page: Image.Image, tesseract: None
) -> None:
    tesseract_inside._library.cache_clear()
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    try:
        assert find_inside() is None
        assert isinstance(find_engine(), Tesseract)
    finally:
        tesseract_inside._library.cache_clear()


def test_data_of_the_wrong_kind_go_to_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inside: TesseractInside
) -> None:
    (tmp_path / "vie.traineddata").write_bytes(b"no data of Tesseract")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_inside() is None


def test_data_named_by_their_parent_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inside: TesseractInside
) -> None:
    (tmp_path / "tessdata").symlink_to(inside._folder)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tessdata.data_folder() == tmp_path / "tessdata"


def test_nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MissingProgram, match="sudo apt-get install"):
        find_engine()


def test_tsv_with_and_without_headings() -> None:
    rows = "1\t1\t0\t0\t0\t0\t0\t0\t90\t90\t-1\t\n5\t1\t2\t1\t3\t1\t10\t20\t30\t12\t96.5\tTiê\u0301ng\n5\t1\t2\t1\t3\t2\t50\t20\t3\t2\t9\t \n"
    (word,) = parse_tsv(rows)
    assert word == OcrWord("Tiếng", 10, 20, 40, 32, 0.965, (2, 1, 3))
    assert parse_tsv("level\tpage_num\tblock_num\n" + rows.replace("\n", "\r\n")) == [word]


class Counting:
    def __init__(self, name: str = "counting 1") -> None:
        self.name = name
        self.calls: list[str] = []

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        return self.strip(image, dpi, "page")

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        self.calls.append(f"{dpi} {layout}")
        if image.size == (13, 13):
            raise TooLarge("No.", "Less.")
        return [
            OcrWord("Đoàn", 1.5, 2, 3, 4.25, 0.1 + 0.2, (1, 2, 3)),
            OcrWord('"\t\u2028', 0, 0, 1 / 3, 1, 1.0),
        ]

    def quarter_turns(self, image: Image.Image) -> int:
        self.calls.append("turns")
        return 3


@pytest.fixture
def grey() -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (40, 60), dtype=np.uint8))


def test_nothing_is_read_twice(grey: Image.Image, tmp_path: Path) -> None:
    engine = Counting()
    first = CachedEngine(engine, tmp_path / "ocr")
    found, turns = first.words(grey, 300), first.quarter_turns(grey)
    again = CachedEngine(engine, tmp_path / "ocr")
    assert (again.words(grey.copy(), 300), again.quarter_turns(grey)) == (found, turns)
    assert found == Counting().words(grey, 300)
    assert engine.calls == ["300 page", "turns"]
    assert again.name == "counting 1"


def test_other_picture_setting_or_engine_is_read_anew(grey: Image.Image, tmp_path: Path) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    other = grey.copy()
    other.putpixel((0, 0), (grey.getpixel((0, 0)) or 0) ^ 1)  # type: ignore[operator]
    turned = Image.frombytes("L", (40, 60), grey.tobytes())
    for image, dpi, layout in [
        (grey, 300, "page"),
        (grey, 200, "page"),
        (grey, 300, "line"),
        (other, 300, "page"),
        (turned, 300, "page"),
    ]:
        cached.strip(image, dpi, layout)  # type: ignore[arg-type]
    assert cached.words(grey, 300) == engine.words(grey, 300)
    assert len(engine.calls) == 6  # words() is a strip that is a page
    CachedEngine(newer := Counting("counting 2"), tmp_path).words(grey, 300)
    assert newer.calls


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"\x1f\x8b cut off",
        gzip.compress(b"no json", mtime=0),
        gzip.compress(b'{"a": 1}', mtime=0),
        gzip.compress(b"[[1, 2]]", mtime=0),
        gzip.compress(json.dumps([["a", "x", 0, 0, 0, 0, [1, 1, 1]]]).encode(), mtime=0),
        gzip.compress(b"[" * 100_000, mtime=0),
    ],
)
def test_spoilt_entry_is_replaced(grey: Image.Image, tmp_path: Path, spoilt: bytes) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    found = cached.words(grey, 300)
    (entry,) = tmp_path.rglob("*.gz")
    entry.write_bytes(spoilt)
    assert cached.words(grey, 300) == found
    assert cached.words(grey, 300) == found
    assert len(engine.calls) == 2


def test_cut_entry_is_replaced(grey: Image.Image, tmp_path: Path) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    found = cached.words(grey, 300)
    (entry,) = tmp_path.rglob("*.gz")
    whole = entry.read_bytes()
    for length in range(0, len(whole), 7):
        entry.write_bytes(whole[:length])
        assert cached.words(grey, 300) == found


def test_folder_that_cannot_be_written_changes_nothing(grey: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cached = CachedEngine(Counting(), tmp_path / "file" / "ocr")
    assert cached.words(grey, 300) == Counting().words(grey, 300)
    assert cached.quarter_turns(grey) == 3


def test_problems_are_not_remembered(tmp_path: Path) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    for _ in range(2):
        with pytest.raises(FileProblem):
            cached.words(Image.new("L", (13, 13)), 300)
    assert len(engine.calls) == 2
    assert not list(tmp_path.rglob("*.gz"))


def test_writers_at_once_leave_whole_entries(grey: Image.Image, tmp_path: Path) -> None:
    engines = [CachedEngine(Counting(), tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda engine: engine.words(grey, 300), engines))
    assert results == [Counting().words(grey, 300)] * 8
    assert [path.name[-8:] for path in tmp_path.rglob("*") if path.is_file()] == [".json.gz"]


def test_read_uses_the_cache(
    tmp_path: Path, page: Image.Image, inside: TesseractInside, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.crop((0, 0, page.width, 900)).save(tmp_path / "a.png", dpi=(300, 300))
    first = read(tmp_path / "a.png", cache=tmp_path / "ocr")

    class Forgetful(Counting):
        def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
            raise AssertionError("read twice")

    monkeypatch.setattr(engine_module, "find_inside", lambda: Forgetful(inside.name))
    again = read(tmp_path / "a.png", cache=tmp_path / "ocr")
    assert again.pages == first.pages
    assert again.engine == first.engine == inside.name
