"""Labels of the held-out documents as text, and of the same documents after a hard scan at 200 dpi.

    python -m tests.bench.labels.after_ocr --documents 8       # --damage, --dpi, --all for every held-out document

A statement of the gold is looked for among all that was found on the scan, by its letters. One that is found
nowhere counts as given no label: a loss of recall, as a user would see it.
"""

from __future__ import annotations

import argparse
import difflib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from annotations.files import read_annotations
from annotations.labels import AREAS, POLARITIES, TYPES
from corpora.scans import Form, make_scan, written_forms
from extract.document import Finding
from extract.vietnamese import fold
from models.examples import gold_files, held_out_districts
from pipelines.road import process

ALIKE = 0.7
"""Share of common letters, tone marks aside, from which two texts are one statement."""
SEED = 71


def documents(count: int | None) -> list[tuple[Form, Path]]:
    """The held-out documents that can be printed, each with its gold; of every district in turn."""
    forms = {form.name: form for form in written_forms()}
    held_out = held_out_districts()
    found = [
        (forms[name], path)
        for path in gold_files()
        if path.parent.name in held_out
        and (content := read_annotations(path)).part == 1
        and (name := str(Path(content.document).with_suffix(""))) in forms
    ]
    found.sort(key=lambda pair: (pair[1].name, pair[1].parent.name))
    return found[:count]


class Score:
    """Counts per label: given and wanted, given, wanted."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.rows = {label: [0, 0, 0] for label in labels}

    def add(self, want: set[str], got: set[str]) -> None:
        """One statement's labels."""
        for label, row in self.rows.items():
            row[0] += label in want and label in got
            row[1] += label in got
            row[2] += label in want

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the labels that occur."""
        values = [2 * hits / (given + wanted) for hits, given, wanted in self.rows.values() if wanted]
        return sum(values) / len(values)


def score(pairs: Sequence[tuple[Path, list[Finding]]]) -> tuple[dict[str, float], int, int]:
    """Macro-F1 per decision; statements of the gold; those among them that are found nowhere."""
    scores = {"polarity": Score(POLARITIES), "area": Score(AREAS), "types": Score(TYPES)}
    total = lost = 0
    for path, findings in pairs:
        for one in read_annotations(path).annotations:
            total += 1
            best = _best(one.text, findings)
            lost += best is None
            scores["polarity"].add({one.polarity}, {best.polarity} if best else set())
            if one.area:
                scores["area"].add({one.area}, {best.area} if best and best.area else set())
            if one.polarity == "deficiency":
                scores["types"].add(set(one.types), set(best.types) if best else set())
    return {name: round(one.macro_f1, 4) for name, one in scores.items()}, total, lost


def _best(text: str, findings: Sequence[Finding]) -> Finding | None:
    wanted = fold(text)
    best, most = None, ALIKE
    for finding in findings:
        given = fold(finding.text)
        if not 0.5 < len(given) / len(wanted) < 2:
            continue
        matcher = difflib.SequenceMatcher(None, wanted, given, autojunk=False)
        if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most:
            alike = matcher.ratio()
            if alike >= most:
                best, most = finding, alike
    return best


def main() -> None:
    """Print both rows of scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--damage", default="hard")
    parser.add_argument("--dpi", type=int, default=200)
    given = parser.parse_args()
    digital, scanned = [], []
    with tempfile.TemporaryDirectory() as folder:
        for at, (form, gold) in enumerate(documents(None if given.all else given.documents)):
            source = Path(folder) / "digital.md"
            source.write_text(form.markdown(), encoding="utf-8")
            digital.append((gold, [f for one in process(source, form.name) for f in one.findings]))
            pdf = Path(folder) / f"{at}.pdf"
            make_scan(form, given.damage, given.dpi, SEED + at).save(pdf)
            scanned.append((gold, [f for one in process(pdf, form.name) for f in one.findings]))
    for name, pairs in (("text", digital), (f"{given.damage}, {given.dpi} dpi", scanned)):
        scores, total, lost = score(pairs)
        print(f"{name:16} {scores} statements {total}, found nowhere {lost}", flush=True)


if __name__ == "__main__":
    main()
