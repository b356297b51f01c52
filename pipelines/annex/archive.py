"""Office files without the hour of their making: the same dataset gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def without_clock(path: Path, as_of: str | None) -> None:
    """Write the ZIP at ``path`` anew: parts without their hour, its own dates those of the dataset."""
    day = f"{as_of or '1980-01-01'}T00:00:00Z".encode()
    with zipfile.ZipFile(path) as made:
        parts = [(item.filename, made.read(item)) for item in made.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as steady:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>" + day + rb"\g<2>", content)
            steady.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
