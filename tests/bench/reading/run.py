"""How well and how fast scans are read: plain Tesseract, OCRmyPDF and rasoat side by side in one run.

    make bench-reading ARGS="--damages red_seal,fold --dpis 200 --documents 4 --show 2"

prints a row per damage and resolution as it goes, then the sums, the header fields and the figures that are
promised. ``--check`` ends with status 1 when one of them is missed. What is counted and what is fair is said in
``score.py``; who is timed how in ``engines.py``. Documents are those in ``documents/``, which nothing is fitted on:
no lexicon, no model, no threshold has seen them. They are cut to about a page each so that head, text and closing
stand on every picture (``--blocks 0``: whole). Whoever looks for causes takes places of the written corpus
(``--districts an-trach,sa-loc``); words are then mended from a lexicon that leaves those places out.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from unittest.mock import patch

from corpora.build_lexicon import WRITTEN, build
from corpora.scans import DAMAGES, Form, Scan, make_scan, written_forms
from extract.document import Document
from extract.errors import FileProblem
from extract.pages import Source
from extract.reading.read import read
from extract.reading.spelling import mending
from extract.reading.spelling.lexicon import lexicon
from extract.structure import wording
from extract.structure.furniture import body_of
from extract.units.register import Register
from models.artefact import load
from models.classify import Classifier
from pipelines.road import walk

from .engines import ENGINES, Bundle, Reading, bundle, remembered
from .score import Errors, Outcome, field_outcomes, normal, page_errors

DOCUMENTS = Path(__file__).parent / "documents"
"""Invented places that stand nowhere else in the project."""
CLEAN_MARGIN = 0.0005
SHARE_OF_PLAIN = 0.25
TIME_OF_PLAIN = 1.3
MISLED = 1 / 200


@dataclass(slots=True)
class Row:
    """One damage at one resolution: errors and seconds by engine, outcomes of rasoat's header fields."""

    damage: str
    dpi: int
    pages: int
    errors: dict[str, Errors] = field(default_factory=dict)
    processor: dict[str, float | None] = field(default_factory=dict)
    wall: dict[str, float | None] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    by_page: list[tuple[str, Errors, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Options:
    """What a run covers."""

    damages: Sequence[str] = tuple(DAMAGES)
    dpis: Sequence[int] = (150, 200, 300)
    documents: int = 4
    blocks: int | None = 9
    seed: int = 1
    engines: Sequence[str] = tuple(ENGINES)
    hand: bool = True
    fields: bool = True
    fresh: bool = False
    districts: Sequence[str] = ()


def chosen(count: int, districts: Sequence[str] = ()) -> list[Form]:
    """``count`` documents, of these districts of the written corpus where any are named: the kinds in turn.

    More documents hold the fewer ones too, so that a small run is a part of a large one.
    """
    by_kind: dict[str, list[Form]] = {}
    forms = written_forms(WRITTEN if districts else DOCUMENTS)
    for form in sorted(forms, key=lambda form: zlib.crc32(form.name.encode())):
        if districts and form.name.partition("/")[0] not in districts:
            continue
        by_kind.setdefault(form.fields["kind"], []).append(form)
    rows = zip_longest(*(by_kind[kind] for kind in sorted(by_kind)))
    return [form for row in rows for form in row if form][:count]


@contextmanager
def without_places(districts: Sequence[str]) -> Iterator[None]:
    """Meanwhile words are mended from a lexicon that has not seen the documents of these places."""
    if not districts:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lexicon.txt"
        others = [place for place in WRITTEN.iterdir() if place.is_dir() and place.name not in districts]
        path.write_text(build(others), encoding="utf-8")
        known = lexicon(path)
    with patch.object(mending, "lexicon", lambda: known), patch.object(wording, "lexicon", lambda: known):
        yield


def measure(damage: str, dpi: int, options: Options, road: Road | None) -> Row:
    """Read the documents under one damage with every engine."""
    scans = _scans(damage, dpi, options)
    truths = [page for scan in scans for page in scan.truth.pages]
    row = Row(damage, dpi, len(truths))
    with tempfile.TemporaryDirectory() as folder:
        given = bundle([image for scan in scans for image in scan.pages], dpi, Path(folder))
        for name in options.engines:
            done = _read(name, given, fresh=options.fresh)
            if done.source:
                done.texts = bodies(done.source, scans)
            found = [page_errors(truth, text) for truth, text in zip(truths, done.texts, strict=True)]
            row.errors[name] = sum(found, Errors())
            row.processor[name], row.wall[name] = done.processor, done.wall
            if name == "rasoat":
                row.by_page = [
                    (f"{damage} {dpi} page {number}", errors, truth.text, text)
                    for number, (errors, truth, text) in enumerate(
                        zip(found, truths, done.texts, strict=True), start=1
                    )
                ]
                if road:
                    row.outcomes += road.outcomes(scans, done.source)
    if road and options.hand and "rasoat" in options.engines:
        row.outcomes += _by_hand(damage, dpi, options, road)
    return row


def _scans(damage: str, dpi: int, options: Options, *, hand: bool = False) -> list[Scan]:
    # two pages on one picture need two pages
    blocks = options.blocks and options.blocks * (3 if DAMAGES[damage].two_up else 1)
    return [
        make_scan(form, damage, dpi, options.seed + at, blocks=blocks, hand=hand)
        for at, form in enumerate(chosen(options.documents, options.districts))
    ]


def bodies(source: Source, scans: Iterable[Scan]) -> list[str]:
    """The text of each page that is said to be the document's, by document: stamps and notes are zones."""
    texts: list[str] = []
    for scan in scans:
        pages = source.pages[len(texts) : len(texts) + len(scan.pages)]
        lines = body_of(pages).lines
        texts += ["\n".join(line.text for line in lines if line.page == page.number) for page in pages]
    return texts


def _read(name: str, given: Bundle, *, fresh: bool) -> Reading:
    try:
        return remembered(name, given, fresh=fresh)
    except FileProblem:
        # nothing that could be taken for Vietnamese on any page: all letters are lost
        return Reading([""] * len(given.pages))


def _by_hand(damage: str, dpi: int, options: Options, road: Road) -> list[Outcome]:
    """Header fields of the same documents with number and day written by hand."""
    scans = _scans(damage, dpi, options, hand=True)
    with tempfile.TemporaryDirectory() as folder:
        given = bundle([image for scan in scans for image in scan.pages], dpi, Path(folder))
        found = road.outcomes(scans, _read("rasoat", given, fresh=True).source)
    return [outcome for outcome in found if outcome.hand]


class Road:
    """The pipeline behind reading, with its register and model loaded once."""

    def __init__(self) -> None:
        self._register = Register()
        self._classifier = Classifier(load())

    def outcomes(self, scans: Iterable[Scan], source: Source | None) -> list[Outcome]:
        """The header fields of each scan, whose pages stand one after the other in ``source``."""
        found: list[Outcome] = []
        at = 0
        for scan in scans:
            document: Document | None = None
            if source:
                pages = source.pages[at : at + len(scan.pages)]
                parts = walk(replace(source, pages=pages), self._register, self._classifier)
                document = parts[0] if parts else None
            at += len(scan.pages)
            found += field_outcomes(scan.truth.fields, document)
        return found


def table(rows: Sequence[Row], engines: Sequence[str]) -> list[list[str]]:
    """Head and rows: errors of each engine, then time against plain Tesseract."""
    head = ["damage", "dpi", "pages"]
    head += [f"{name} {what}" for name in engines for what in ("CER", "WER", "strict CER")]
    head += [f"{name} time" for name in engines if name != "tesseract"]
    lines = [head]
    for row in rows:
        cells = [row.damage, str(row.dpi), str(row.pages)]
        for name in engines:
            found = row.errors[name]
            cells += [f"{found.cer:.4f}", f"{found.wer:.4f}", f"{found.strict_cer:.4f}"]
        plain = row.processor.get("tesseract")
        for name in engines:
            if name != "tesseract":
                own = row.processor[name]
                cells.append(f"{own / plain:.2f}" if own and plain else "-")
        lines.append(cells)
    return lines


def summed(rows: Sequence[Row], name: str, damage: str | None = None) -> Errors:
    """The errors of an engine over all damaged pages, or over those of one damage."""
    wanted = (row for row in rows if (row.damage == damage if damage else row.damage != "clean"))
    return sum((row.errors[name] for row in wanted), Errors())


def missed(rows: Sequence[Row], outcomes: Sequence[Outcome]) -> list[str]:
    """The promised figures that these rows do not reach, each in a sentence."""
    found = []
    damages = dict.fromkeys(row.damage for row in rows)
    engines = rows[0].errors if rows else {}
    if "clean" in damages and {"tesseract", "rasoat"} <= set(engines):
        plain, own = summed(rows, "tesseract", "clean").cer, summed(rows, "rasoat", "clean").cer
        if own > plain + CLEAN_MARGIN:
            found.append(f"clean pages: CER {own:.4f}, plain Tesseract {plain:.4f}")
    if "tesseract" in engines and set(damages) - {"clean"}:
        plain_edits, own_edits = summed(rows, "tesseract").edits, summed(rows, "rasoat").edits
        if own_edits > SHARE_OF_PLAIN * plain_edits:
            found.append(f"damaged pages: {own_edits / max(1, plain_edits):.3f} of plain Tesseract's errors")
    if "ocrmypdf" in engines:
        for damage in damages:
            other, own = summed(rows, "ocrmypdf", damage).cer, summed(rows, "rasoat", damage).cer
            if damage != "clean" and own >= other and own > 0:
                found.append(f"{damage}: CER {own:.4f}, OCRmyPDF {other:.4f}")
    times = total_time(rows)
    if times and times["rasoat"] > TIME_OF_PLAIN * times["tesseract"]:
        found.append(f"time: {times['rasoat'] / times['tesseract']:.2f} of plain Tesseract's")
    if times and "ocrmypdf" in times and times["rasoat"] >= times["ocrmypdf"]:
        found.append(f"time: {times['rasoat'] / times['ocrmypdf']:.2f} of OCRmyPDF's")
    misled = sum(outcome.misleads for outcome in outcomes)
    if outcomes and misled > MISLED * len(outcomes):
        found.append(f"header fields: {misled} of {len(outcomes)} wrong with confidence above 0.8")
    return found


def total_time(rows: Sequence[Row], *, clock: bool = False) -> dict[str, float]:
    """Processor seconds (or those by the clock) by engine over the rows where every engine was timed."""
    timed = [row for row in rows if len(row.processor) > 1 and all(row.processor.values())]
    names = timed[0].processor if timed and "tesseract" in timed[0].processor else ()
    return {name: sum((row.wall if clock else row.processor)[name] or 0.0 for row in timed) for name in names}


def field_table(outcomes: Sequence[Outcome]) -> list[list[str]]:
    """Share right, open and wrong of every header field, printed and handwritten apart."""
    lines = [["field", "written", "count", "right", "open", "wrong", "wrong above 0.8"]]
    groups = dict.fromkeys((outcome.hand, outcome.field) for outcome in outcomes)
    for hand, name in sorted(groups, key=lambda group: group[0]):
        of = [outcome for outcome in outcomes if (outcome.hand, outcome.field) == (hand, name)]
        verdicts = Counter(outcome.verdict for outcome in of)
        shares = [f"{verdicts[verdict] / len(of):.3f}" for verdict in ("right", "open", "wrong")]
        misled = sum(outcome.misleads for outcome in of)
        lines.append([name, "by hand" if hand else "print", str(len(of)), *shares, str(misled)])
    return lines


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    head, *rest = lines
    return "\n".join(["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rest)])


def differences(truth: str, read: str) -> str:
    """The words that differ, with what was read for them."""
    wanted, found = normal(truth).split(), normal(read).split()
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind != "equal":
            parts.append(f"[{' '.join(wanted[a:b])} -> {' '.join(found[c:d])}]")
    return " ".join(parts)


def report(rows: Sequence[Row], options: Options) -> tuple[str, list[str]]:
    """The whole report and the promises that were missed."""
    outcomes = [outcome for row in rows for outcome in row.outcomes]
    parts = [markdown(table(rows, options.engines))]
    if any(row.damage != "clean" for row in rows):
        sums = {name: summed(rows, name) for name in options.engines}
        parts.append(
            "Over all damaged pages: "
            + "; ".join(
                f"{name} CER {s.cer:.4f}, WER {s.wer:.4f}, {s.edits} edits" for name, s in sums.items()
            )
        )
    for clock in (False, True):
        if times := total_time(rows, clock=clock):
            plain = times["tesseract"]
            shares = "; ".join(f"{name} {seconds / plain:.2f}" for name, seconds in times.items())
            parts.append(f"{'Clock' if clock else 'Processor'} time against plain Tesseract: {shares}")
    if outcomes:
        parts.append(markdown(field_table(outcomes)))
    misses = missed(rows, outcomes) if "rasoat" in options.engines else []
    parts.append(
        "Missed: " + "; ".join(misses) if misses else "Every promised figure that was measured is reached."
    )
    return "\n\n".join(parts), misses


def run(options: Options, *, show: int = 0) -> list[Row]:
    """Measure everything asked for, printing row by row."""
    road = Road() if options.fields and "rasoat" in options.engines else None
    if "rasoat" in options.engines:
        _warm_up()
    rows: list[Row] = []
    for damage in options.damages:
        for dpi in options.dpis:
            rows.append(measure(damage, dpi, options, road))
            print(markdown(table(rows[-1:], options.engines)).splitlines()[-1], flush=True)
            for name, errors, truth, text in sorted(rows[-1].by_page, key=lambda page: -page[1].cer)[:show]:
                print(f"    {name}: CER {errors.cer:.4f} {differences(truth, text)}", flush=True)
            for outcome in rows[-1].outcomes if show else ():
                if outcome.verdict == "wrong":
                    how = f"{outcome.truth!r} -> {outcome.value!r} {outcome.confidence:.2f}"
                    print(f"    {outcome.field}{' by hand' if outcome.hand else ''}: {how}", flush=True)
    return rows


def _warm_up() -> None:
    """Load what a process loads once, so that no page pays for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warm.png"
        make_scan(chosen(1)[0], "rotation", 150, blocks=1, pages=[0]).save(path)
        read(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--damages", default=",".join(DAMAGES), help="names, parted by commas (default: all)")
    parser.add_argument("--dpis", default="150,200,300")
    parser.add_argument("--documents", type=int, default=4)
    parser.add_argument(
        "--districts", default="", help="these places of the written corpus, parted by commas, instead"
    )
    parser.add_argument("--blocks", type=int, default=9, help="blocks of the body, 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--no-hand", action="store_true", help="no scans with number and day by hand")
    parser.add_argument("--no-fields", action="store_true", help="text only")
    parser.add_argument("--fresh", action="store_true", help="forget texts of earlier runs: times need this")
    parser.add_argument("--show", type=int, default=0, help="print what rasoat read wrong on the worst pages")
    parser.add_argument("--output", type=Path, help="write the report to a .md, or the rows to a .csv")
    parser.add_argument("--check", action="store_true", help="status 1 where a promised figure is missed")
    given = parser.parse_args(arguments)
    options = Options(
        damages=given.damages.split(","),
        dpis=[int(dpi) for dpi in given.dpis.split(",")],
        documents=given.documents,
        blocks=given.blocks or None,
        seed=given.seed,
        engines=given.engines.split(","),
        hand=not given.no_hand,
        fields=not given.no_fields,
        fresh=given.fresh,
        districts=given.districts.split(",") if given.districts else (),
    )
    if unknown := set(options.damages) - set(DAMAGES) | set(options.engines) - set(ENGINES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; damages are {', '.join(DAMAGES)}")
    if "ocrmypdf" in options.engines and shutil.which("unpaper") is None:
        parser.error(
            "OCRmyPDF's --clean needs unpaper ('apt-get install unpaper'), or name the other --engines"
        )
    print(markdown([table([], options.engines)[0]]), flush=True)
    with without_places(options.districts):
        rows = run(options, show=given.show)
    text, misses = report(rows, options)
    print(f"\n{text}")
    if given.output and given.output.suffix == ".csv":
        with given.output.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(table(rows, options.engines))
    elif given.output:
        given.output.write_text(text + "\n", encoding="utf-8")
    return 1 if given.check and misses else 0


if __name__ == "__main__":
    sys.exit(main())
