"""What a ZIP archive says of itself, looked at before any program opens it.

``zipfile`` reads the whole directory of an archive when it opens it and makes an object of every entry:
measured, 15 seconds for a file of 53 MB with a million of them.
"""

from __future__ import annotations

import struct

MAX_DIRECTORY = 5_000_000
"""Bytes of an archive's directory: 50 000 entries, each a kilobyte in memory; a report has some dozen."""
_END, _LOCATOR, _END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_TAIL = (1 << 16) + 22
"""The end record and the longest comment behind it."""


def directory_size(data: bytes) -> int:
    """The bytes that an archive's directory takes by its own statement; 0 where there is none.

    A comment, or the end record itself, may hold what looks like another end record, and readers differ in
    which they take: the largest statement counts. So does that of ZIP64 records, whatever the old one says.
    """
    largest = 0
    at = data.find(_END, max(0, len(data) - _TAIL))
    while at >= 0:
        if at + 22 <= len(data):
            largest = max(largest, *_stated(data, at))
        at = data.find(_END, at + 1)
    return largest


def _stated(data: bytes, at: int) -> tuple[int, int]:
    (size,) = struct.unpack_from("<I", data, at + 12)
    new = at - 20 - 56
    if new < 0 or data[at - 20 : at - 16] != _LOCATOR or data[new : new + 4] != _END_64:
        return size if size != 0xFFFFFFFF else 0, 0
    (size_64,) = struct.unpack_from("<Q", data, new + 40)
    return size if size != 0xFFFFFFFF else 0, size_64


def is_overfull(data: bytes) -> bool:
    """Whether the archive has more entries than may be looked at."""
    return directory_size(data) > MAX_DIRECTORY
