"""What `rasoat show` prints of a document: page, confidence, what a bare value measures, copies by name."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.printing.document import show_documents


def head(name: str, copy_of: str | None = None) -> dict[str, Any]:
    fields = "kind number date place issuer_parent issuer issuer_unit subject period recipients copies"
    empty = dict.fromkeys(f"{fields} authority signer_title signer pages".split())
    return {
        **empty,
        "record": "document",
        "id": f"id-{name}",
        "source": name,
        "part": 1,
        "confidence": {},
        "warnings": [],
        "duplicate_of": copy_of and f"id-{copy_of}",
    }


def finding(text: str, status: str = "machine", page: int | None = None) -> dict[str, Any]:
    return {
        "record": "finding",
        "id": f"f-{text}",
        "unit": {"name": "Xã Khe Mận"},
        "polarity": "deficiency",
        "area": "procedures",
        "types": ["late"],
        "confidence": {"polarity": 0.534},
        "status": status,
        "text": text,
        "boxes": [] if page is None else [{"page": page, "box": [0, 0, 1, 1]}],
    }


def test_a_finding_is_shown_with_its_page_and_how_sure_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show_documents([[head("a.pdf"), finding("Gửi chậm.", page=3), finding("Nộp trễ.", status="corrected")]])
    out = capsys.readouterr().out
    machine = next(line for line in out.splitlines() if "Gửi chậm." in line)
    person = next(line for line in out.splitlines() if "Nộp trễ." in line)
    assert machine.startswith("3") and "0.53" in machine
    assert "đã sửa" in person and "0.53" not in person


def test_a_bare_value_of_a_table_says_what_it_measures(capsys: pytest.CaptureFixture[str]) -> None:
    measured = {"record": "measurement", "finding": "f-89,9", "indicator": "Tỷ lệ đúng hạn"}
    worded = {"record": "measurement", "finding": "f-Đạt 89,9%.", "indicator": "Tỷ lệ đúng hạn"}
    show_documents([[head("a.docx"), finding("89,9"), finding("Đạt 89,9%."), measured, worded]])
    out = capsys.readouterr().out
    assert "Tỷ lệ đúng hạn: 89,9\n" in out
    assert "Tỷ lệ đúng hạn: Đạt" not in out


def test_copies_of_what_is_shown_are_only_named(capsys: pytest.CaptureFixture[str]) -> None:
    scan, typed = [head("a-scan.pdf", "b.docx"), finding("Gửi chậm.")], [head("b.docx"), finding("Gửi chậm.")]
    show_documents([scan, typed])
    out = capsys.readouterr().out
    assert out.count("Gửi chậm.") == 1
    assert out.index("b.docx") < out.index("a-scan.pdf")
    assert "rasoat show id-a-scan.pdf" in out
    show_documents([scan])
    assert "Gửi chậm." in capsys.readouterr().out
