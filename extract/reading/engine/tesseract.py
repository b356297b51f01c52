"""Tesseract: the only place that knows its command line, its versions and what to say when it is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from extract.errors import DamagedFile, MissingProgram, TooLarge
from extract.reading.base import Layout, OcrWord
from extract.reading.engine.tessdata import LANGUAGE, data_folder, label

# psm 3 reads rotated pages whole, where psm 4 loses lines
PSM: dict[Layout, int] = {"page": 3, "block": 6, "line": 7}
"""Tesseract's page segmentation modes."""
TIMEOUT = 240.0
"""Seconds for one page; an ordinary one takes one or two, a page full of noise twenty."""
_INSTALL = "Cần cài bằng lệnh: sudo apt-get install tesseract-ocr tesseract-ocr-vie"
_MAX_SIDE = 32_000  # the engine's own limit is 32767 pixels
_ROTATE = re.compile(r"^Rotate:\s*(\d+)", re.MULTILINE)
_ROTATE_SURE = re.compile(r"^Orientation confidence:\s*([\d.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tesseract:
    """A Tesseract program that has Vietnamese data; made by :func:`find_tesseract`."""

    program: str
    version: str
    languages: frozenset[str]
    timeout: float = TIMEOUT
    folder: Path | None = None

    @property
    def name(self) -> str:
        """``tesseract``, its version, the language and a short hash of its data."""
        return f"tesseract {self.version} {label(self.folder)}"

    def words(self, image: Image.Image, dpi: int) -> list[OcrWord]:
        """The words of a grey picture, in Tesseract's order.

        Raises:
            TooLarge: the picture is wider or higher than Tesseract takes, or took too long.
            DamagedFile: Tesseract failed on it.
        """
        return self._words(image, dpi, "page")

    def strip(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        """The words of a part of a page; raises as :meth:`words`."""
        return self._words(image, dpi, layout)

    def _words(self, image: Image.Image, dpi: int, layout: Layout) -> list[OcrWord]:
        options = ["-l", LANGUAGE, "--psm", str(PSM[layout]), "--dpi", str(dpi), "tsv"]
        return parse_tsv(self._run(image, options))

    def quarter_turns(self, image: Image.Image) -> int:
        """Quarter turns clockwise that make the picture upright; 0 when Tesseract cannot tell."""
        if "osd" not in self.languages:
            return 0
        try:
            report = self._run(image, ["-l", "osd", "--psm", "0"])
        except (DamagedFile, TooLarge):
            return 0  # too few letters on the page
        rotate, sure = _ROTATE.search(report), _ROTATE_SURE.search(report)
        if rotate is None or sure is None or float(sure[1]) < 1.0:
            return 0
        return int(rotate[1]) // 90 % 4

    def _run(self, image: Image.Image, options: list[str]) -> str:
        check_size(image)
        grey = image if image.mode == "L" else image.convert("L")
        # PNM needs no compression on this side and no decompression on the other
        picture = b"P5 %d %d 255\n" % grey.size + grey.tobytes()
        try:
            done = subprocess.run(
                [self.program, "stdin", "stdout", *options],
                input=picture,
                capture_output=True,
                timeout=self.timeout,
                env=_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise too_slow(self.timeout) from error
        except OSError as error:
            raise MissingProgram("Không khởi động được Tesseract.", _INSTALL) from error
        if done.returncode != 0:
            raise failed()
        return done.stdout.decode("utf-8", errors="replace")


def find_tesseract() -> Tesseract:
    """Tesseract from ``PATH`` with its Vietnamese data (``TESSDATA_PREFIX`` is honoured).

    Raises:
        MissingProgram: naming what is missing and the command that installs it.
    """
    return _find(os.environ.get("PATH", ""), os.environ.get("TESSDATA_PREFIX", ""))


@lru_cache(maxsize=8)
def _find(path: str, data: str) -> Tesseract:
    program = shutil.which("tesseract", path=path)
    if program is None:
        raise MissingProgram("Đọc trang quét cần chương trình Tesseract, nhưng máy chưa cài.", _INSTALL)
    version = re.search(r"tesseract v?(\d[\w.\-]*)", _ask(program, "--version"))
    languages = frozenset(line.strip() for line in _ask(program, "--list-langs").splitlines()[1:])
    if LANGUAGE not in languages:
        where = " trong thư mục mà TESSDATA_PREFIX chỉ đến" if data else ""
        raise MissingProgram(
            f"Tesseract thiếu dữ liệu tiếng Việt (“{LANGUAGE}”){where}.",
            "Cần cài bằng lệnh: sudo apt-get install tesseract-ocr-vie"
            + (" hoặc sửa lại TESSDATA_PREFIX." if data else ""),
        )
    return Tesseract(program, version[1] if version else "unknown", languages, folder=data_folder())


def _ask(program: str, option: str) -> str:
    """What Tesseract answers; old versions print to standard error."""
    try:
        done = subprocess.run(
            [program, option], capture_output=True, timeout=30, env=_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingProgram("Tesseract đã cài nhưng không khởi động được.", _INSTALL) from error
    return (done.stdout or done.stderr).decode("utf-8", errors="replace")


def _environment() -> dict[str, str]:
    # with OpenMP's own threads a page takes six times longer on two cores
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def check_size(image: Image.Image) -> None:
    """Raise :class:`TooLarge` for a picture that Tesseract does not take."""
    if max(image.size) > _MAX_SIDE:
        raise TooLarge("Trang quá dài, không nhận dạng được.", "Cần cắt ảnh thành từng trang.")


def too_slow(seconds: float) -> TooLarge:
    """The problem of a page that took longer than ``seconds``."""
    return TooLarge(
        f"Nhận dạng trang quá {seconds:.0f} giây chưa xong nên đã dừng.",
        "Cần kiểm tra đây có phải trang chữ không, rồi quét lại ở 300 dpi, thang xám.",
    )


def failed() -> DamagedFile:
    """The problem of a page that Tesseract broke off."""
    return DamagedFile("Tesseract không nhận dạng được trang.", "Cần quét lại trang, hoặc lưu thành PNG.")


def parse_tsv(table: str) -> list[OcrWord]:
    """The words of Tesseract's TSV output, with or without its line of headings.

    Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    """
    words = []
    for row in table.split("\n"):
        columns = row.split("\t", 11)
        if len(columns) < 12 or columns[0] != "5":
            continue
        text = unicodedata.normalize("NFC", columns[11].strip())
        if not text:
            continue
        left, top, width, height, confidence = map(float, columns[6:11])
        words.append(
            OcrWord(
                text=text,
                left=left,
                top=top,
                right=left + width,
                bottom=top + height,
                confidence=min(max(confidence / 100, 0.0), 1.0),
                line=(int(columns[2]), int(columns[3]), int(columns[4])),
            )
        )
    return words
