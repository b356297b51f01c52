"""Annotation files for a reviewer: made to be read and corrected in a plain text editor.

Above all stands what to do and which codes there are; above each statement where it stands and how sure
the machine is. Of the entry itself the first line is what a person changes, the second the words,
the third bookkeeping, with the machine's answer as a code (:mod:`annotations.machine_code`).
The result is an annotation file like any other (:mod:`annotations.files`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotations.files import annotation_row, head_row
from annotations.labels import AREAS, POLARITIES, TYPES, Label
from annotations.machine_code import written
from annotations.records import AnnotationFile

_HOW = (
    "Cách duyệt: chỉ sửa dòng đầu của mỗi ý, rồi ghi tệp lại.",
    '  Máy nói đúng:        đổi "machine" thành "accepted".',
    "  Máy ghi sai nhãn:    sửa thẳng nhãn (không cần đổi chữ nào khác).",
    '  Không phải một ý:    đổi "machine" thành "rejected".',
    "  Chưa xem:            để nguyên. Dòng bắt đầu bằng # chỉ để đọc.",
    "  Máy bỏ sót một ý:    chép thêm một dòng như sau, text chép nguyên văn từ văn bản:",
    '    {"status": "added", "polarity": "deficiency", "area": "digital", "types": ["late"], '
    '"units": ["Xã …"], "text": "…"}',
    'Chỉ deficiency có types (một hay nhiều: ["late", "incomplete"]); các polarity khác để types là [].',
    "Chỉ information được để area là null. units: tên đơn vị như trong văn bản, null là theo đề mục.",
)
_FIRST = ("status", "polarity", "area", "types", "units")


def sheet(content: AnnotationFile, called: str, notes: Mapping[int, str], lost: Sequence[str] = ()) -> str:
    """The text of a file for a reviewer.

    ``called`` is what people call the document, ``notes`` a line above the statement of each ``n``, ``lost``
    entries of an earlier file whose words the document no longer has: they are kept to be read.
    """
    lines = [f"# {called}", "#", *(f"# {row}" for row in _HOW), "#"]
    lines += [*_codes("polarity", POLARITIES), *_codes("area", AREAS), *_codes("types", TYPES), ""]
    lines.append('# Tên người duyệt ghi vào giữa hai dấu nháy sau "reviewer".')
    lines += [*_head(head_row(content)), ""]
    for one in content.annotations:
        lines += [f"# {notes.get(one.n, one.n)}", *_entry(annotation_row(one)), ""]
    if lost:
        lines += [
            "# Các ý sau đã duyệt nhưng lời văn không còn trong văn bản:",
            *(f"# {row}" for row in lost),
        ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(row: dict[str, Any]) -> list[str]:
    first = {"reviewer": row.pop("reviewer", "")}
    return [_object(first)[:-1] + ",", " " + _object(row)[1:]]


def _entry(row: dict[str, Any]) -> list[str]:
    first = {name: row.pop(name) for name in _FIRST if name in row}
    words = {"text": row.pop("text")}
    if "machine" in row:
        row["said"] = written(row.pop("machine"))
    return [_object(first)[:-1] + ",", " " + _object(words)[1:-1] + ",", " " + _object(row)[1:]]


def _object(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _codes(name: str, labels: Mapping[str, Label]) -> list[str]:
    width = max(map(len, labels))
    return [f"# {name}:", *(f"#   {code:<{width}}  {label.vi}" for code, label in labels.items())]
