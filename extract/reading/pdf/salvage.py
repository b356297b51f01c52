"""What is left of a PDF that was cut off: its page objects under a new page tree.

A PDF is read from its end, where the table of its objects and often the page tree stand. Without them
pdfium gives up, though the pages before the cut may be whole. So the objects are looked for in the
bytes themselves, and a page tree over the pages found is written behind them; pdfium and pdfplumber
then rebuild the table by themselves. Only dictionaries are looked at, by their text.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,8})[ \r\n\t]+(\d{1,5})[ \r\n\t]+obj\b")
_REFERENCE = re.compile(rb"(?<![0-9])(\d{1,8})[ \r\n\t]+\d{1,5}[ \r\n\t]+R\b")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_COUNT = re.compile(rb"/Count\s+(\d{1,9})\b")
_LINEAR = re.compile(rb"/Linearized\b.*?/N\s+(\d{1,7})\b", re.DOTALL)
_UPWARDS = re.compile(
    rb"/(?:Parent|Annots|B|StructParents|Metadata|PieceInfo|Thumb)\s*(?:\d+\s+\d+\s+R|\[[^\]]*\])"
)
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})\b")

MAX_OBJECTS = 2_000_000
"""Objects looked for; a scan of a thousand pages has five thousand."""
_HEAD = 20_000
"""Bytes of an object that its dictionary may take; the lists of children of very large trees pass it."""
_MAX_PACKED = 50_000_000
"""Bytes that one stream of packed objects may unpack to."""
_REACH = 400
"""Objects a page may need (fonts, pictures, forms) that are checked to be there."""
_MAX_DEPTH = 60
"""Levels of the page tree that are followed."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A page that there should be: its number, and whether it is there and whole."""

    number: int
    found: bool
    whole: bool = True


@dataclass(slots=True)
class Salvage:
    """``data`` opens as a PDF with the pages of ``slots`` that were found, in their order.

    ``expected`` is how many pages the file says it has, ``None`` where that is not left.
    """

    data: bytes
    slots: list[Slot] = field(default_factory=list)
    expected: int | None = None


def is_cut(data: bytes) -> bool:
    """Whether the file ends before its end: no end mark, or objects after the last one."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        return b"startxref" not in data[-2048:]  # only the last line may be missing
    return _OBJECT.search(data, end + 5) is not None


def salvage(data: bytes) -> Salvage | None:
    """A PDF of the pages that are left in ``data``; ``None`` when there are none, or they are encrypted."""
    if re.search(rb"/Encrypt\b", data):
        return None  # the key to the streams stood at the end
    remains = _Remains(data)
    order = remains.order()
    if not any(remains.is_page(number) for number in order):
        return None
    slots = []
    kept = []
    for place, number in enumerate(order, 1):
        found = remains.is_page(number)
        slots.append(Slot(place, found, found and remains.is_whole(number)))
        if found:
            kept.append(number)
    return Salvage(remains.rebuilt(kept), slots, remains.expected)


class _Remains:
    """The objects that can be found in the bytes, by number; a later one replaces an earlier one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._heads: dict[int, bytes] = {}
        self._packed: dict[int, bytes] = {}
        self._cut: int | None = None
        marks = []
        for match in _OBJECT.finditer(data):
            marks.append((int(match[1]), match.end()))
            if len(marks) >= MAX_OBJECTS:
                break
        for at, (number, start) in enumerate(marks):
            stop = marks[at + 1][1] if at + 1 < len(marks) else len(data)
            self._heads[number] = _dictionary(data[start : min(stop, start + _HEAD)])
        if marks and data.find(b"endobj", marks[-1][1]) < 0:
            self._cut = marks[-1][0]
        self._unpack(marks)
        count = _LINEAR.search(data[:2048])
        self.expected = int(count[1]) if count else None

    def _unpack(self, marks: list[tuple[int, int]]) -> None:
        for number, start in marks:
            head = self._heads[number]
            first = _FIRST.search(head)
            if number == self._cut or not _PACKED.search(head) or not first:
                continue
            begin = self._data.find(b"stream", start)
            begin += 8 if self._data[begin + 6 : begin + 8] == b"\r\n" else 7
            try:
                body = zlib.decompressobj().decompress(self._data[begin:], _MAX_PACKED)
            except zlib.error:
                continue
            index = [int(part) for part in body[: int(first[1])].split()[:200_000] if part.isdigit()]
            places = list(zip(index[::2], index[1::2], strict=False))
            ends = [offset for _, offset in places[1:]] + [len(body)]
            for (inner, offset), end in zip(places, ends, strict=False):
                text = body[int(first[1]) + offset : int(first[1]) + end]
                self._packed[inner] = text
                self._heads[inner] = text[:_HEAD]

    def is_page(self, number: int) -> bool:
        return number in self._heads and _PAGE.search(self._heads[number]) is not None

    def is_whole(self, number: int) -> bool:
        """Whether what the page needs is there and was not itself cut."""
        open_, seen = [number], set[int]()
        while open_ and len(seen) < _REACH:
            at = open_.pop()
            if at in seen:
                continue
            seen.add(at)
            if at not in self._heads or at == self._cut:
                return False
            head = _UPWARDS.sub(b"", self._heads[at])
            open_ += [int(match[1]) for match in _REFERENCE.finditer(head)]
        return True

    def order(self) -> list[int]:
        """The numbers of the page objects in the order of the tree where it is left, else of the file."""
        nodes = {number for number, head in self._heads.items() if _PAGES.search(head)}
        for number in nodes:
            count = _COUNT.search(self._heads[number])
            if count:
                self.expected = max(self.expected or 0, int(count[1]))
        roots = [number for number in nodes if b"/Parent" not in self._heads[number]]
        in_file = [number for number in self._heads if self.is_page(number)]
        if len(roots) != 1:
            return in_file
        order: list[int] = []
        self._walk(roots[0], order, set(), 0)
        listed = set(order)
        return order + [number for number in in_file if number not in listed]

    def _walk(self, number: int, order: list[int], seen: set[int], depth: int) -> None:
        if number in seen or depth > _MAX_DEPTH:
            return
        seen.add(number)
        head = self._heads.get(number, b"")
        kids = _KIDS.search(head)
        if not _PAGES.search(head) or not kids:
            order.append(number)
            return
        for match in _REFERENCE.finditer(kids[1]):
            self._walk(int(match[1]), order, seen, depth + 1)

    def rebuilt(self, pages: list[int]) -> bytes:
        """The bytes with the cut object closed, packed objects laid open, and a new page tree."""
        top = max(self._heads, default=0) + 1
        if self._cut is not None:
            parts = [self._data, b"\nendstream\nendobj\n"]
        else:
            # half a table or trailer would be taken for the whole one
            parts = [self._data[: self._data.rfind(b"endobj") + 6], b"\n"]
        parts += [b"%d 0 obj\n%b\nendobj\n" % entry for entry in self._packed.items()]
        kids = b" ".join(b"%d 0 R" % number for number in pages)
        parts.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%b]>>\nendobj\n" % (top, len(pages), kids))
        parts.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (top + 1, top))
        parts.append(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n" % (top + 2, top + 1))
        return b"".join(parts)


def _dictionary(head: bytes) -> bytes:
    """The object up to its stream or its end."""
    for mark in (b"endobj", b"stream"):
        at = head.find(mark)
        if at >= 0:
            head = head[:at]
    return head
