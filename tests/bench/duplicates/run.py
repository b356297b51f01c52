"""Precision and recall of "one report twice" on made pairs: ``python -m tests.bench.duplicates.run [HALF]``;
``--typed`` leaves the scans out, ``--show`` prints what was judged wrongly.

Half 0 of the districts is to look at, half 1 to measure. Scans are really recognised: some minutes.
Beside the pairs, every two documents of the written corpus are compared: none repeats another.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from corpora.copies.judge import Verdict, judge, paper
from corpora.copies.texts import compare, imprint
from extract.document import Document
from pipelines.road import process
from tests.bench.duplicates.cases import make, sources


def verdict(one: Document, other: Document) -> Verdict | None:
    """What the two are said to be to each other."""
    first, second = sorted((one, other), key=lambda document: document.id)
    papers = [paper(document.to_record(), document.source) for document in (first, second)]
    return judge(*papers, compare(imprint(first.text), imprint(second.text)))


def main(half: int, shown: bool, scans: bool = True) -> None:
    """Print one line per kind of pair, then precision and recall of ``same``."""
    table: Counter[tuple[str, str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for case in make(half, Path(folder), scans=scans):
            read = [process(path, path.name) for path in (case.first, case.second)]
            if case.kind == "misread":
                read[1][0].engine = "simulated"  # a text with the errors of a scan, read as one
            said = "read apart" if len(read[0]) != len(read[1]) else verdict(read[0][0], read[1][0])
            table[case.kind, case.truth, str(said)] += 1
            if shown and str(said) != case.truth.replace("other", "None").replace("conflict", "one_number"):
                one, other = read[0][0], read[1][0]
                alike = compare(imprint(one.text), imprint(other.text))
                print(case.first.parent.name, said, alike, flush=True)
                for document in (one, other):
                    print("   ", paper(document.to_record(), document.source))
    for (kind, truth, said), count in sorted(table.items()):
        print(f"{kind:28} {truth:10} said {said:12} {count}")
    right = sum(count for (_, truth, said), count in table.items() if truth == said == "same")
    said_same = sum(count for (_, _, said), count in table.items() if said == "same")
    are = sum(count for (_, truth, _), count in table.items() if truth == "same")
    print(f"{sum(table.values())} pairs: precision {right}/{said_same}, recall {right}/{are}")
    _natural(half)


def _natural(half: int) -> None:
    """Every two of the written documents of one half: what is said of them."""
    read = [document for path in sources(half) for document in process(path, path.name)]
    marked = [(paper(one.to_record(), one.source), imprint(one.text)) for one in read]
    found: Counter[str] = Counter()
    for at, (head, marks) in enumerate(marked):
        for other_head, other_marks in marked[at + 1 :]:
            found[str(judge(head, other_head, compare(marks, other_marks)))] += 1
    print(f"written documents against each other: {dict(found)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0, "--show" in sys.argv, "--typed" not in sys.argv)
