"""PDFs written by hand that break rules, and reading under a measure of memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

Objects = dict[int, bytes]

WORDS = b"BT /F 12 Tf 50 700 Td (Uy ban nhan dan huyen kiem tra cong tac cai cach hanh chinh) Tj ET"


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    if packed:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def page(parent: int = 2, entries: bytes = b"", resources: bytes = b"") -> bytes:
    return (
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>%b>>%b>>" % (parent, resources, entries)
    )


def written(changes: Objects) -> bytes:
    """A PDF of one page of words (object 3), with ``changes`` made to its objects."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(),
        4: stream(WORDS),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        **changes,
    }
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, text in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, table))


def forms(levels: int, each: int) -> Objects:
    """Forms, from object 20 on, that draw the next form so many times each."""
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    made = {
        number: stream(b"/X Do " * each, kind + b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
        for number in range(20, 20 + levels)
    }
    return made | {20 + levels: stream(b"0 0 1 1 re f", kind)}


_MEASURED = """
import json, logging, resource, sys, time
from pathlib import Path
logging.disable(logging.CRITICAL)
from extract.errors import FileProblem
from extract.reading.read import read
import extract.reading.pdf.reader, extract.reading.word.docx_file
def memory(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before, start = memory(), time.process_time()
try:
    source = read(Path(sys.argv[1]))
    said = {"pages": [len(page.lines) for page in source.pages], "problem": None,
            "cautions": [caution.message for caution in source.warnings]}
except FileProblem as problem:
    said = {"pages": [], "problem": problem.code, "cautions": [str(problem)]}
print(json.dumps({**said, "megabytes": memory() - before, "seconds": time.process_time() - start}))
"""


def measured(path: Path) -> dict[str, Any]:
    """What reading a file gave, in a process of its own, with its peak memory (MB) and time (s)."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"},
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result
