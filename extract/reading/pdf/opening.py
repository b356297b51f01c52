"""Opening a PDF, whole or damaged, and going through its pages within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import DamagedFile, EmptyFile, EncryptedFile, FileProblem, TooLarge
from extract.pages import Caution
from extract.reading.lost import Loss
from extract.reading.pdf.salvage import Slot, is_cut, salvage
from extract.reading.watch import current

MAX_PAGES = 10_000
"""Pages read of one file, as all their words are held in memory: about 150 kB a page of text."""
_HOPELESS = 500
"""Pages one after the other that cannot be opened after which the rest is given up: a tree that claims
a thousand million pages."""

_WORDED = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
_MAX_MARKS = 1_000
"""Annotations of a page that are looked through; a page of a form has a hundred fields."""
_MAX_NAMED = 20
"""Attached files that are named."""
_DOCUMENTS = (
    ".pdf",
    ".doc",
    ".docx",
    ".rtf",
    ".odt",
    ".xls",
    ".xlsx",
    ".tif",
    ".tiff",
    ".jpg",
    ".png",
    ".txt",
)
_XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_COVER = re.compile(r"Please wait|not eventually replaced|Adobe Reader|Vui lòng chờ", re.IGNORECASE)

_REMEDY = "Cần lấy lại tệp, hoặc mở bằng phần mềm xem PDF rồi in ra PDF mới."
BROKEN_PAGE = DamagedFile("Nội dung trang bị hỏng.", _REMEDY)
_CUT_PAGE = DamagedFile("Phần này đã mất khỏi tệp.", "Cần lấy lại tệp.")
_CUT_IN_PAGE = DamagedFile("Tệp bị đứt giữa trang này.", "Cần lấy lại tệp.")
_MANY = TooLarge(f"Mỗi tệp chỉ đọc đến {MAX_PAGES} trang.", "Cần chia nhỏ tệp.")


@dataclass(frozen=True, slots=True)
class Opening:
    """A page by its number in the file, with its place in :attr:`Opened.pdf`; ``page`` is ``None`` if broken.

    ``loss`` says what is known to be missing of it.
    """

    number: int
    index: int
    page: Any
    loss: Loss | None = None


@dataclass(slots=True)
class Opened:
    """An open PDF; ``data`` is what was opened, which is not the file's where it had to be mended."""

    data: bytes
    pdf: Any
    slots: list[Slot] | None = None
    cautions: list[Caution] = field(default_factory=list)
    rest: dict[int, Loss] = field(default_factory=dict)

    def pages(self) -> Iterator[Opening]:
        """The pages one by one; the caller closes them. Those past the bounds are put into ``rest``."""
        slots = self.slots or (Slot(number, True) for number in range(1, len(self.pdf) + 1))
        index = failed = 0
        total = len(self.slots) if self.slots else len(self.pdf)
        for slot in slots:
            if slot.number > MAX_PAGES or failed > _HOPELESS:
                problem: FileProblem = _MANY if failed <= _HOPELESS else BROKEN_PAGE
                self.rest = {slot.number: Loss(problem, last=total)}
                return
            if not slot.found:
                yield Opening(slot.number, index, None, Loss(_CUT_PAGE))
                continue
            left_out = current().skips.get(slot.number)
            if left_out is not None:
                yield Opening(slot.number, index, None, Loss(left_out))
                index += 1
                continue
            page = self._page(index, slot.number)
            failed = failed + 1 if page is None else 0
            loss = None if slot.whole else Loss(_CUT_IN_PAGE, partly=True)
            yield Opening(slot.number, index, page, Loss(BROKEN_PAGE) if page is None else loss)
            index += 1

    def has_pages(self) -> bool:
        """Whether one of the first pages can be opened."""
        for index in range(min(len(self.pdf), _HOPELESS)):
            if current().skips.get(index + 1) is not None:
                return True  # it was opened once, and did not come to an end
            page = self._page(index, index + 1)
            if page is not None:
                page.close()
                return True
        return False

    def _page(self, index: int, number: int) -> Any:
        # pdfium draws up a page's objects, with all forms within forms, when it is opened
        with current().at_work(number):
            return self._load(index)

    def _load(self, index: int) -> Any:
        try:
            page = self.pdf[index]
            if _has_worded_marks(page) and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == (
                pdfium.FLATTEN_SUCCESS
            ):
                page.close()
                page = self.pdf[index]
        except pypdfium2.PdfiumError:
            return None
        return page


def _has_worded_marks(page: Any) -> bool:
    """Whether something with words was laid upon the page after it was made.

    A digital signature, the number and date that a registry filled in, a copy stamp: these are
    annotations, which pdfium neither reads nor draws until they are made part of the page.
    """
    count = pdfium.FPDFPage_GetAnnotCount(page.raw)
    if count > _MAX_MARKS:
        return False
    for at in range(count):
        mark = pdfium.FPDFPage_GetAnnot(page.raw, at)
        if not mark:
            continue
        sort = pdfium.FPDFAnnot_GetSubtype(mark)
        pdfium.FPDFPage_CloseAnnot(mark)
        if sort in _WORDED:
            return True
    return False


def open_pdf(data: bytes) -> Opened:
    """Open a PDF; of one that is cut off or broken, what is left.

    Raises:
        EncryptedFile: it opens only with a password.
        DamagedFile: no page is left.
    """
    cut = is_cut(data)
    if not cut:
        try:
            opened = Opened(data, _open(data))
        except DamagedFile:
            return _mended(data, cut)
        if opened.has_pages():
            _look_for_more(opened, data)
            return opened
        opened.pdf.close()
    return _mended(data, cut)


def _look_for_more(opened: Opened, data: bytes) -> None:
    """Say where the pages are only the cover of what the file holds.

    Raises:
        EmptyFile: a form of Adobe's whose pages are made by its own program.
    """
    left_out = current().skips.get(1) is not None
    if not left_out and len(opened.pdf) == 1 and (opened.pdf.get_formtype() in _XFA or b"/XFA" in data):
        page = opened.pdf[0]
        textpage = page.get_textpage()
        cover = textpage.get_text_range(0, min(textpage.count_chars(), 2000), errors="replace")
        textpage.close()
        page.close()
        if _COVER.search(cover):
            raise EmptyFile(
                "Tệp PDF là biểu mẫu XFA, chỉ Adobe Reader mở được nội dung; ở đây chỉ thấy trang bìa.",
                "Cần mở bằng Adobe Reader rồi in ra PDF mới.",
            )
    if b"/Collection" in data or b"/EmbeddedFiles" in data:
        count = min(opened.pdf.count_attachments(), _MAX_NAMED)
        names = [opened.pdf.get_attachment(at).get_name() for at in range(count)]
        documents = [name for name in names if name.lower().endswith(_DOCUMENTS)]
        if documents:
            listed = ", ".join(f"“{name}”" for name in documents)
            message = f"Tệp PDF có tệp đính kèm bên trong chưa được đọc: {listed}."
            message += " Cần lưu các tệp đó ra từ phần mềm xem PDF rồi nạp riêng."
            opened.cautions.append(Caution("lines_lost", message))


def _mended(data: bytes, cut: bool) -> Opened:
    broken = (
        DamagedFile("Tệp PDF bị thiếu, không còn trang nào.", "Cần lấy lại tệp.")
        if cut
        else DamagedFile("Tệp PDF bị hỏng.", _REMEDY)
    )
    found = salvage(data)
    if found is None:
        raise broken
    pdf = _open(found.data)
    if len(pdf) != sum(slot.found for slot in found.slots):
        pdf.close()
        raise broken
    opened = Opened(found.data, pdf, found.slots)
    known = len(found.slots)
    if found.expected is None:
        message = f"Tệp PDF bị thiếu: chỉ còn {known} trang, không rõ thiếu bao nhiêu trang. Cần lấy lại tệp."
        opened.cautions.append(Caution("lines_lost", message))
    elif found.expected > known:
        opened.slots = [*found.slots, *(Slot(n, False) for n in range(known + 1, _most(found.expected) + 1))]
    return opened


def _most(expected: int) -> int:
    return min(expected, MAX_PAGES)


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedFile(
                "Tệp PDF đặt mật khẩu, không mở được.",
                "Cần mở bằng phần mềm xem PDF rồi in ra PDF mới không có mật khẩu.",
            ) from error
        raise DamagedFile("Tệp PDF bị hỏng.", _REMEDY) from error
