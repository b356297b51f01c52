"""The ruler itself: what counts as an error, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpora.scans import Scan, make_scan
from extract.document import Document, HeaderField

from .run import chosen, differences, missed
from .score import Errors, field_outcomes, page_errors


@pytest.fixture(scope="module")
def scan() -> Scan:
    return make_scan(chosen(1)[0], dpi=40, blocks=24)


def by_rows(scan: Scan) -> str:
    """The first page as a reader sees it who knows nothing of columns."""
    lines = scan.truth.pages[0].lines
    left = [line.text for line in lines if line.part == "head_left"]
    right = [line.text for line in lines if line.part == "head_right"]
    rows = [" ".join(pair) for pair in zip(left, right, strict=False)]
    rest = [*left[len(rows) :], *right[len(rows) :]]
    return "\n".join([*rows, *rest, *(line.text for line in lines if not line.part.startswith("head"))])


def test_the_truth_has_no_errors(scan: Scan) -> None:
    for page in scan.truth.pages:
        errors = page_errors(page, "\n".join(line.text for line in page.lines))
        assert (errors.edits, errors.strict, errors.word_edits) == (0, 0, 0)
        assert errors.letters == len(page.text) and errors.words == len(page.text.split())


def test_columns_read_by_rows_are_known_but_out_of_order(scan: Scan) -> None:
    errors = page_errors(scan.truth.pages[0], by_rows(scan))
    assert errors.edits == errors.word_edits == 0
    assert errors.strict > 50


def test_lost_and_added_lines_count(scan: Scan) -> None:
    page = scan.truth.pages[0]
    lines = [line.text for line in page.lines]
    lost = page_errors(page, "\n".join(lines[:10] + lines[11:]))
    assert lost.edits == pytest.approx(len(lines[10]) + 1, abs=1)
    assert lost.word_edits == len(lines[10].split())
    added = page_errors(page, "\n".join([*lines, "CÔNG VĂN ĐẾN"]))
    assert added.edits == len(" CÔNG VĂN ĐẾN")
    assert page_errors(page, "").cer == 1


def test_page_numbers_do_not_count(scan: Scan) -> None:
    page = scan.truth.pages[1]
    without = [line.text for line in page.lines if line.part != "page_number"]
    assert page_errors(page, "\n".join(without)).edits == 0
    assert page_errors(page, "\n".join(["- 2 -", *without])).edits == 0
    assert page_errors(page, "\n".join(["7", *without])).edits > 0


def test_forms_of_marks_are_not_told_apart(scan: Scan) -> None:
    page = scan.truth.pages[0]
    text = "\n".join(line.text for line in page.lines)
    assert page_errors(page, text.replace("-", "–").replace('"', "“")).edits == 0


@pytest.mark.parametrize("turn", ["turned_90", "turned_180", "turned_270", "two_pages"])
def test_turned_pages_are_scored_alike(turn: str) -> None:
    scan = make_scan(chosen(1)[0], turn, dpi=40, blocks=24)
    errors = page_errors(scan.truth.pages[0], "\n".join(line.text for line in scan.truth.pages[0].lines))
    assert errors.edits == errors.strict == 0


def test_fields_are_right_open_or_wrong(scan: Scan) -> None:
    truth = scan.truth.fields
    document = Document("d", "s", "0", 1, "", [])
    document.header["number"] = HeaderField(truth["number"].value.lower(), 0.9)
    document.header["date"] = HeaderField("1999-01-01", 0.9)
    document.header["signer"] = HeaderField("Ai Đó", 0.5)
    found = {outcome.field: outcome for outcome in field_outcomes(truth, document)}
    assert [found[name].verdict for name in ("number", "date", "signer", "kind")] == [
        "right",
        "wrong",
        "wrong",
        "open",
    ]
    assert [name for name, outcome in found.items() if outcome.misleads] == ["date"]
    assert {outcome.verdict for outcome in field_outcomes(truth, None)} == {"open"}


def test_missed_promises_are_named() -> None:
    from .run import Row

    clean, bad, good = Errors(1000, 1, 1, 200, 1), Errors(1000, 40, 40, 200, 20), Errors(1000, 9, 9, 200, 5)
    rows = [
        Row("clean", 200, 1, {"tesseract": clean, "ocrmypdf": clean, "rasoat": clean}, {}, {}),
        Row("fold", 200, 1, {"tesseract": bad, "ocrmypdf": bad, "rasoat": good}, {}, {}),
    ]
    assert missed(rows, []) == []
    rows[0].errors["rasoat"] = replace(clean, edits=3)
    rows[1].errors["rasoat"] = bad
    rows[1].processor = {"tesseract": 1.0, "ocrmypdf": 1.2, "rasoat": 1.4}
    assert [sentence.partition(":")[0] for sentence in missed(rows, [])] == [
        "clean pages",
        "damaged pages",
        "fold",
        "time",
        "time",
    ]


def test_differences_name_the_words() -> None:
    assert differences("một hai ba", "một hại ba bốn") == "[hai -> hại] [ -> bốn]"
