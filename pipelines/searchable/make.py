"""One scan becomes one searchable PDF: read it, wrap or open it, lay the words, save, read back."""

from __future__ import annotations

import re
import shutil
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name

from extract.errors import DamagedFile, EncryptedFile
from extract.pages import Box, Caution, Page, Word
from extract.reading.base import OcrEngine
from extract.reading.pdf.words import layer_words, sheet_of
from extract.reading.read import read
from extract.reading.watch import current
from pipelines.searchable.font import LayerFont
from pipelines.searchable.hidden import Cleaner, standing, without
from pipelines.searchable.layer import Leaf, leaf_of, put_under, visible
from pipelines.searchable.save import save
from pipelines.searchable.wrap import wrap

_TURNED = re.compile(r"turned (90|180|270) degrees")
_REPRINT = "Cần mở bằng phần mềm xem PDF rồi in ra PDF mới."
_LOST = 0.02
"""Share of a page's words that may be missing when the layer is read back, before it is said."""
_TROUBLE = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
)
"""What pikepdf raises on a page whose objects are not what they should be."""
_AT_ONCE = 100
_FAR = 0.02
"""Fraction of the page by which a word may lie off its place."""
_WRONG = 10
"""Words of a visible, wrong text from which on it is named."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one scan.

    ``recognised`` pages carry our text layer, ``turned`` ones (page, degrees clockwise) are shown turned;
    the other ``pages`` are as they were. ``copied`` says that the whole file is. ``pdfa`` is the standard
    that the file was checked against, ``reason`` why it is a plain PDF.
    """

    pages: int | None
    recognised: int = 0
    turned: tuple[tuple[int, int], ...] = ()
    copied: bool = False
    pdfa: str | None = None
    reason: str | None = None
    engine: str | None = None
    warnings: tuple[Caution, ...] = ()


def make(
    path: Path,
    target: Path,
    *,
    engine: OcrEngine | None = None,
    cache: Path | None = None,
    alter_signed: bool = False,
    room: Path | None = None,
) -> Made:
    """Write the scan at ``path`` as a searchable PDF to ``target``, in one move; nothing is left on failure.

    A PDF that carries a digital signature is copied as it is, unless ``alter_signed``; so is one on
    whose pages nothing had to be recognised. ``engine`` and ``cache`` are those of :func:`read`;
    ``room`` is a folder for unfinished files on the disk of ``target``, by default the one it will stand in.

    Raises:
        FileProblem: The file cannot be read, or not be put into a PDF.
        OSError: The PDF cannot be written.
    """
    signed = path.suffix.lower() == ".pdf" and _is_signed(path)
    with tempfile.TemporaryDirectory(prefix=".rasoat-", dir=room or target.parent) as folder:
        if signed and not alter_signed:
            return _copy(path, target, Path(folder), None, [_SIGNED])
        source = read(path, engine=engine, cache=cache, any_text=True)
        cautions = list(source.warnings)
        if source.conversion is not None:
            cautions.append(_old(source.conversion))
        with ExitStack() as files:
            if source.format == "pdf":
                pdf = _open(path, len(source.pages), files)
            else:
                pdf, more = wrap(path.read_bytes(), source.format, source.pages, Path(folder), files)
                cautions += more
            cleaner = files.enter_context(Cleaner(pdf, path)) if source.format == "pdf" else None
            laying = _Laying(pdf, cautions, cleaner)
            laying.lay(source.pages)
            if source.format == "pdf" and not laying.texts:
                return _copy(path, target, Path(folder), len(source.pages), cautions)
            current().alive()
            try:
                saved = save(pdf, Path(folder), keep_metadata=source.format == "pdf")
            except pikepdf.PdfError as error:
                raise DamagedFile("Tệp PDF hỏng nặng, không ghi lại được.", _REPRINT) from error
        current().alive()
        cautions += saved.cautions
        if signed:
            cautions.append(_BROKEN_SIGNATURE)
        cautions += _unread(saved.path, laying.texts)
        saved.path.replace(target)
    return Made(
        len(source.pages),
        recognised=len(laying.texts),
        turned=tuple(laying.turned),
        pdfa=saved.pdfa,
        reason=saved.reason,
        engine=source.engine,
        warnings=tuple(cautions),
    )


_SIGNED = Caution(
    "signed",
    "Tệp PDF có chữ ký số, sửa là mất hiệu lực: đã chép nguyên, không thêm lớp chữ. Muốn có bản tìm được chữ "
    "(chữ ký số không còn hiệu lực), dùng --alter-signed.",
)


def _old(conversion: str) -> Caution:
    said = f"Chữ gõ theo bảng mã cũ ({conversion}), chương trình khác đọc sai; vẫn giữ nguyên."
    return Caution("old_encoding", said)


_BROKEN_SIGNATURE = Caution(
    "signature_broken",
    "Bản sao đã bị sửa nên chữ ký số không còn hiệu lực. Cần dùng tệp gốc đã ký làm căn cứ.",
)


def _copy(path: Path, target: Path, folder: Path, pages: int | None, cautions: Sequence[Caution]) -> Made:
    shutil.copyfile(path, folder / "copy.pdf")
    (folder / "copy.pdf").replace(target)
    return Made(pages, copied=True, warnings=tuple(cautions))


def _is_signed(path: Path) -> bool:
    """Whether a form field holds a signature, or the author certified the file (ISO 32000-2, 12.8)."""
    try:
        with pikepdf.open(path) as pdf:
            if Name.DocMDP in pdf.Root.get(Name.Perms, Dictionary()):
                return True
            fields = list(pdf.Root.get(Name.AcroForm, Dictionary()).get(Name.Fields, []))
            seen: set[tuple[int, int]] = set()
            while fields:
                entry = fields.pop()
                if not isinstance(entry, Dictionary) or entry.objgen in seen - {(0, 0)}:
                    continue
                seen.add(entry.objgen)
                parent = entry.get(Name.Parent, Dictionary())
                if entry.get(Name.FT, parent.get(Name.FT)) == Name.Sig and Name.V in entry:
                    return True
                fields += list(entry.get(Name.Kids, []))
    except (OSError, pikepdf.PdfError, ValueError, TypeError, AttributeError):
        pass  # what is wrong with the file is told by who reads it
    return False


def _open(path: Path, count: int, files: ExitStack) -> pikepdf.Pdf:
    """The PDF to be changed, which must have as many pages as were read."""
    try:
        pdf = files.enter_context(pikepdf.open(path))
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise EncryptedFile("Tệp PDF đặt mật khẩu, không mở được.", _REPRINT) from error
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise DamagedFile("Tệp PDF bị hỏng.", _REPRINT) from error
    if pdf.is_encrypted:
        raise EncryptedFile("Tệp PDF bị khóa, không cho sửa.", _REPRINT)
    if pages != count:
        raise DamagedFile(
            f"Các trang của tệp PDF bị lộn xộn: danh sách có {pages} trang, xem được {count} trang.", _REPRINT
        )
    return pdf


@dataclass(slots=True)
class _Laying:
    """The text of a file's pages goes under them; ``texts`` are the words to be found there again."""

    pdf: pikepdf.Pdf
    cautions: list[Caution]
    cleaner: Cleaner | None
    texts: dict[int, _Text] = field(default_factory=dict)
    turned: list[tuple[int, int]] = field(default_factory=list)
    font: LayerFont | None = None

    def lay(self, pages: Sequence[Page]) -> None:
        """Give every page that was recognised its text."""
        empty = []
        for index, page in enumerate(pages):
            if page.origin not in ("ocr", "mixed"):
                continue
            if not page.lines and not page.zones:
                empty.append(index + 1)
                continue
            try:
                with current().at_work(index + 1):
                    self._lay(index, page)
            except _TROUBLE as error:
                said = f"Trang {index + 1} không thêm được lớp chữ: {' '.join(str(error).split())[:200]}"
                self.cautions.append(Caution("lines_lost", said))
            # the words are in the PDF now; thousands of pages need not stay in memory
            page.lines = []
        if self.font is not None:
            self.font.finish()
        lost = {page for caution in self.cautions if caution.code == "lines_lost" for page in _pages(caution)}
        if empty := [number for number in empty if number not in lost]:
            said = ", ".join(map(str, empty[:20])) + (", …" if len(empty) > 20 else "")
            self.cautions.append(Caution("no_words", f"Không nhận dạng được chữ nào ở trang {said}."))

    def _lay(self, index: int, page: Page) -> None:
        sheet = self.pdf.pages[index]
        turns = next((int(found[1]) // 90 for step in page.steps if (found := _TURNED.search(step))), 0)
        shown = round(float(sheet.obj.get(Name.Rotate, 0)) / 90) % 4
        left = self.cleaner.clear(index) if self.cleaner else []
        sheet.remove_unreferenced_resources()
        lines = without(page.lines, left)
        self._name_wrong(index + 1, page, left)
        x0, y0, x1, y1 = visible(sheet)
        if x1 - x0 < 1 or y1 - y0 < 1:
            raise ValueError("trang không ghi kích thước.")
        size = (x1 - x0, y1 - y0) if shown % 2 == 0 else (y1 - y0, x1 - x0)
        zones = [zone for zone in page.zones if not standing(zone, left)]
        leaf = leaf_of(lines, zones, size, turns)
        if turns:
            sheet.Rotate = (shown + turns) % 4 * 90
            self.turned.append((index + 1, 90 * turns))
        if leaf.runs:
            self.font = self.font or LayerFont(self.pdf)
            put_under(self.pdf, sheet, leaf, self.font, shown + turns)
        self.texts[index] = _text_of(leaf)

    def _name_wrong(self, number: int, page: Page, left: Sequence[Word]) -> None:
        ours = {word.text for line in page.lines for word in line.words}
        wrong = [word for word in left if word.text not in ours]
        if len(wrong) >= _WRONG and len(wrong) > 0.5 * len(left):
            said = f"Trang {number} có chữ mà chương trình khác đọc sai; chữ nhận dạng được đặt bên cạnh."
            self.cautions.append(Caution("text_layer_kept", said))


def _pages(caution: Caution) -> range:
    """The pages that the caution names in front."""
    found = re.match(r"Trang (\d+)(?: đến trang (\d+))?", caution.message)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a page, parted by blanks, and their middles in fractions of the page."""

    words: str
    places: array[float]


def _text_of(leaf: Leaf) -> _Text:
    placed = [word for run in leaf.runs for word in run.words]
    places = array("f")
    for word in placed:
        x, y = word.middle
        places.extend((x / leaf.width, y / leaf.height))
    return _Text(" ".join(word.text for word in placed), places)


def _unread(path: Path, texts: dict[int, _Text]) -> list[Caution]:
    """A caution for each page whose words do not come back, or elsewhere, when the written file is read."""
    cautions = []
    for some in _batched(texts.items(), _AT_ONCE):
        # pdfium keeps what it has read of a file
        with pypdfium2.PdfDocument(path) as pdf:
            for index, text in some:
                with current().at_work(index + 1):
                    page = pdf[index]
                    try:
                        found = layer_words(page, sheet_of(page))
                    finally:
                        page.close()
                if (caution := _differs(index + 1, text, found)) is not None:
                    cautions.append(caution)
    return cautions


def _differs(number: int, text: _Text, found: Sequence[Word]) -> Caution | None:
    words = text.words.split()
    lost = Counter(words) - Counter(word.text for word in found)
    # a hyphen at the end of a line makes one word of two
    whole = "".join(word.text for word in found)
    count = sum(times for word, times in lost.items() if len(word) < 4 or word not in whole)
    bound = max(2, _LOST * len(words))
    if count > bound:
        said = f"Trang {number}: {count}/{len(words)} từ không đọc lại được từ PDF."
        return Caution("text_layer_incomplete", said)
    if (away := _away(words, text.places, found)) > bound:
        said = f"Trang {number}: {away}/{len(words)} từ nằm lệch chỗ trong PDF."
        return Caution("text_layer_misplaced", said)
    return None


def _batched(entries: Iterable[tuple[int, _Text]], size: int) -> Iterator[list[tuple[int, _Text]]]:
    """``itertools.batched`` of Python 3.12."""
    rest = iter(entries)
    while some := list(islice(rest, size)):
        yield some


def _away(words: Sequence[str], places: Sequence[float], found: Sequence[Word]) -> int:
    """How many words have none of the same text near them."""
    near: dict[str, list[Box]] = {}
    for word in found:
        if word.box is not None:
            near.setdefault(word.text, []).append(word.box)
    away = 0
    for number, text in enumerate(words):
        x, y = places[2 * number], places[2 * number + 1]
        boxes = near.get(text)
        if boxes and not any(
            abs((box[0] + box[2]) / 2 - x) < _FAR and abs((box[1] + box[3]) / 2 - y) < _FAR for box in boxes
        ):
            away += 1
    return away
