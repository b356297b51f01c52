"""A wrong text layer is taken out of a page, without changing what the page looks like.

Scanner programs write the text they recognised invisibly (text rendering mode 3), or visibly under
the picture that covers it. Whether text can be seen is not guessed: the page is drawn before and
after, and what changes the picture stays.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name, Operator, Stream
from PIL import ImageChops

from extract.errors import DamagedFile
from extract.pages import Box, Line, Word, Zone
from extract.reading.pdf.words import layer_words, sheet_of
from pipelines.searchable.resources import with_drawn

_SHOWN = frozenset(["Tj", "TJ", "'", '"'])
_INVISIBLE = frozenset([3, 7])
_AT_ONCE = 100
_DEPTH = 8
_SCALE = 0.75
"""Pages are compared at 54 dpi: a letter that appears or goes is seen at a tenth of that."""
_CHANGED = 24
"""Grey levels; less is rounding at the edges of the picture."""

Wanted = Callable[[int, bool], bool]
"""Whether text goes, by its rendering mode and by whether a picture is drawn after it."""


class Cleaner:
    """Takes hidden text out of pages of a PDF.

    Each page is tried on a second handle of the file. pikepdf and pdfium keep what they have copied
    and read, so those handles are opened anew every now and then. Used as a context, which closes them.
    """

    def __init__(self, pdf: pikepdf.Pdf, path: Path) -> None:
        self._pdf = pdf
        self._path = path
        self._handles = ExitStack()
        self._left = 0
        self._trial: pikepdf.Pdf | None = None
        self._shown: Any = None

    def __enter__(self) -> Cleaner:
        return self

    def __exit__(self, *_: object) -> None:
        self._handles.close()

    def clear(self, index: int) -> list[Word]:
        """Take out all text of a page that cannot be seen, and give back the words that are left.

        Boxes are fractions of the page as it is shown.

        Raises:
            DamagedFile: pdfium cannot open the file.
        """
        if not self._left:
            self._reopen()
        self._left -= 1
        sheet = self._shown[index]
        try:
            words = layer_words(sheet, sheet_of(sheet))
            if not words:
                return []
            picture = _drawn(sheet)
        finally:
            sheet.close()
        if self._trial is None:
            self._trial = self._handles.enter_context(pikepdf.open(self._path))
        page = self._trial.pages[index]
        for wanted in (_every, _covered, _invisible):
            kept = dict(page.obj.items())
            if not _Remover(self._trial, wanted).clear(page):
                continue
            with _alone(page) as sheet:
                if _same(picture, _drawn(sheet)):
                    _Remover(self._pdf, wanted).clear(self._pdf.pages[index])
                    return layer_words(sheet, sheet_of(sheet))
            for key in set(page.obj.keys()) - set(kept):
                del page.obj[key]
            for key, value in kept.items():
                page.obj[key] = value
        return words

    def _reopen(self) -> None:
        self._handles.close()
        self._left, self._trial = _AT_ONCE, None
        try:
            self._shown = self._handles.enter_context(pypdfium2.PdfDocument(self._path))
        except pypdfium2.PdfiumError as error:
            raise DamagedFile(
                "Tệp PDF hỏng nặng, không ghi lại được.", "Cần mở bằng phần mềm xem PDF rồi in ra PDF mới."
            ) from error


def _every(mode: int, covered: bool) -> bool:
    return True


def _covered(mode: int, covered: bool) -> bool:
    return covered or mode in _INVISIBLE


def _invisible(mode: int, covered: bool) -> bool:
    return mode in _INVISIBLE


@contextmanager
def _alone(page: pikepdf.Page) -> Iterator[Any]:
    """The page alone, as pdfium opens it."""
    stream = io.BytesIO()
    with pikepdf.new() as alone:
        alone.pages.append(page)
        alone.save(stream, compress_streams=False)
    with pypdfium2.PdfDocument(stream.getvalue()) as shown:
        sheet = shown[0]
        try:
            yield sheet
        finally:
            sheet.close()


def _drawn(sheet: Any) -> Any:
    """A small grey picture of the page."""
    bitmap = sheet.render(scale=min(_SCALE, 2000 / max(sheet.get_size())), grayscale=True)
    try:
        return bitmap.to_pil().convert("L").copy()
    finally:
        bitmap.close()


def _same(before: Any, after: Any) -> bool:
    if before.size != after.size:
        return False
    most: Any = ImageChops.difference(before, after).getextrema()[1]
    return bool(most < _CHANGED)


@dataclass(slots=True)
class _Remover:
    """Writes content streams anew without the text that is wanted away; shared parts are copied first."""

    pdf: pikepdf.Pdf
    wanted: Wanted
    forms: dict[tuple[tuple[int, int], int, bool], Stream | None] = field(default_factory=dict)

    def clear(self, page: pikepdf.Page) -> bool:
        """Whether there was text to take out of the page."""
        resources = page.obj.get(Name.Resources, Dictionary())
        content, renamed, _ = self._rewritten(page, resources, 0, False, 0)
        if content is None:
            return False
        if renamed:
            page.obj[Name.Resources] = with_drawn(resources, renamed)
        page.obj[Name.Contents] = self.pdf.make_stream(content)
        return True

    def _rewritten(
        self, source: Any, resources: Any, mode: int, covered: bool, depth: int
    ) -> tuple[bytes | None, dict[str, Stream], int]:
        """The content without the unwanted text (``None``: nothing to take out), and forms to put in.

        ``covered`` says that a picture follows after the whole content.
        """
        program = list(pikepdf.parse_content_stream(source))
        drawn = resources.get(Name.XObject, Dictionary())
        last_picture = max((n for n, step in enumerate(program) if _is_picture(step, drawn)), default=-1)
        modes: list[int] = []
        kept: list[Any] = []
        renamed: dict[str, Stream] = {}
        gone = 0
        for number, step in enumerate(program):
            operator = str(step.operator)
            below = covered or number < last_picture
            if operator == "q":
                modes.append(mode)
            elif operator == "Q" and modes:
                mode = modes.pop()
            elif operator == "Tr" and step.operands:
                mode = int(step.operands[0])
            elif operator in _SHOWN and self.wanted(mode, below):
                gone += 1
                kept += _moves(step, operator)
                continue
            elif operator == "Do" and depth < _DEPTH and step.operands:
                form = drawn.get(step.operands[0])
                made = self._form(form, mode, below, depth) if _is_form(form) else None
                if made is not None:
                    gone += 1
                    name = Name.random(prefix="Fm-")
                    renamed[str(name)] = made
                    kept.append(([name], Operator("Do")))
                    continue
            kept.append(step)
        if gone and not any(str(_operator(step)) in _SHOWN for step in kept):
            # a font that nothing is set in need not be in the file, and may not lie outside of it in PDF/A
            kept = [step for step in kept if str(_operator(step)) != "Tf"]
        return (pikepdf.unparse_content_stream(kept) if gone else None), renamed, mode

    def _form(self, form: Stream, mode: int, covered: bool, depth: int) -> Stream | None:
        """The form without the unwanted text, ``None`` where nothing is to be taken out."""
        key = (form.objgen, mode, covered)
        if key in self.forms:
            return self.forms[key]
        self.forms[key] = None  # a form that draws itself ends here
        resources = form.get(Name.Resources, Dictionary())
        content, renamed, _ = self._rewritten(form, resources, mode, covered, depth + 1)
        if content is None:
            return None
        made = self.pdf.make_stream(content)
        for entry, value in form.items():
            if entry not in ("/Length", "/Filter", "/DecodeParms"):
                made[entry] = value
        if Name.Resources in form:
            own = with_drawn(resources, renamed)
            if b"Tf" not in content and Name.Font in own:
                del own[Name.Font]
            made[Name.Resources] = own
        self.forms[key] = made
        return made


def _operator(step: Any) -> Any:
    return step[1] if isinstance(step, tuple) else step.operator


def _is_form(value: Any) -> bool:
    return isinstance(value, Stream) and value.get(Name.Subtype) == Name.Form


def _is_picture(step: Any, drawn: Any) -> bool:
    operator = str(step.operator)
    if operator == "Do" and step.operands:
        value = drawn.get(step.operands[0])
        return isinstance(value, Stream) and value.get(Name.Subtype) == Name.Image
    return operator == "INLINE IMAGE"


def _moves(step: Any, operator: str) -> list[Any]:
    """What a text operator does besides showing text."""
    if operator == "'":
        return [([], Operator("T*"))]
    if operator == '"' and len(step.operands) == 3:
        words, letters, _ = step.operands
        return [([words], Operator("Tw")), ([letters], Operator("Tc")), ([], Operator("T*"))]
    return []


# --- what is left is not written twice ---------------------------------------------


def without(lines: Sequence[Line], words: Sequence[Word]) -> list[Line]:
    """The lines without the words that stand in ``words`` with the same text at the same place."""
    if not words:
        return list(lines)
    standing: dict[str, list[Box]] = {}
    for word in words:
        if word.box is not None:
            standing.setdefault(word.text, []).append(word.box)
    kept = []
    for line in lines:
        left = [word for word in line.words if not _stands(word, standing.get(word.text, []))]
        if left:
            kept.append(Line(left, page=line.page))
    return kept


def standing(zone: Zone, words: Sequence[Word]) -> bool:
    """Whether most of what the zone says stands there among ``words`` already."""
    if zone.box is None or not zone.text:
        return False
    left, top, right, bottom = zone.box
    inside = {
        word.text
        for word in words
        if word.box is not None
        and left <= (word.box[0] + word.box[2]) / 2 <= right
        and top <= (word.box[1] + word.box[3]) / 2 <= bottom
    }
    said = zone.text.split()
    return sum(word in inside for word in said) > 0.5 * len(said)


def _stands(word: Word, boxes: Sequence[Box]) -> bool:
    if word.box is None:
        return False
    left, top, right, bottom = word.box
    x, y = (left + right) / 2, (top + bottom) / 2
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)
