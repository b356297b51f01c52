"""One letter in Unicode, TCVN3 and VNI, as .rtf and .doc: the same findings, measurements and citations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from extract.reading.word import libreoffice
from extract.reading.word.antiword import find_antiword
from pipelines.road import process

FIXTURES = Path(__file__).resolve().parent / "fixtures" / "old_word"
HEADER = ("kind", "number", "date", "issuer", "issuer_parent", "place")


def said(name: str) -> dict[str, Any]:
    """What was read from a file, without what differs between files: ids and the way the file was read."""
    (document,) = process(FIXTURES / name, name)
    return {
        "text": document.text,
        "header": [document.value(field) for field in HEADER],
        "findings": [
            (finding.unit.name, finding.polarity, finding.area, finding.types, finding.text, finding.span)
            for finding in document.findings
        ],
        "measurements": [(one.value, one.as_printed, one.span) for one in document.measurements],
        "citations": [(one.key, one.as_printed, one.span) for one in document.citations],
    }


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    found = said("unicode.rtf")
    assert len(found["findings"]) >= 8 and found["header"][1] == "07/BC-ĐKT"
    return found


@pytest.mark.parametrize("name", ["tcvn3.rtf", "vni.rtf"])
def test_rtf(name: str, plain: dict[str, Any]) -> None:
    assert said(name) == plain


@pytest.mark.skipif(find_antiword() is None, reason="antiword is not installed")
@pytest.mark.parametrize("name", ["unicode.doc", "tcvn3.doc", "vni.doc"])
def test_doc_by_antiword(name: str, plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """antiword has no numbers of lists: "1." is "-", one letter shorter, and what stands behind moves."""
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    found = said(name)
    assert found["text"] == re.sub(r"^\d\. (?=[a-z])", "- ", plain["text"], flags=re.MULTILINE)
    for kind in ("findings", "measurements", "citations"):
        assert [one[:-1] for one in found[kind]] == [one[:-1] for one in plain[kind]]
    assert found["header"] == plain["header"]
