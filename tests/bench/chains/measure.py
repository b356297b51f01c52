"""How well chains are followed on the followed archive: pairwise precision and recall.

    python -m tests.bench.chains.measure                    # the two districts for work; --held-out for the third
    python -m tests.bench.chains.measure --show             # with every pair that is wrong

Once with the labels of the truth (does the likeness of subjects part and join rightly?) and once from
the text, through reading, units and classifiers, as a user would see it. A pair is two deficiencies of one chain.
A statement that the road calls a deficiency and the truth does not makes wrong pairs; one that it misses,
missing ones.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from corpora.chains.records import Chain
from corpora.dataset import FILE_NAME, Dataset
from corpora.ledger import Incoming
from corpora.recurrence import Question, recurring
from extract.document import Document, Finding, HeaderField, Period, UnitMention
from extract.units.register import Register
from models.subjects import default_likeness
from pipelines.ingest import ingest
from pipelines.workspace import Workspace
from tests.bench.chains import followed
from tests.bench.chains.followed import Truth, Written

Item = tuple[str, str, str]
"""Document, unit and words: one deficiency."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of pairs, and of states that are as the truth says.

    ``found_together`` and ``found_said`` leave out all pairs with a statement whose polarity is wrong: what is lost
    or wrong among the rest is the likeness's doing.
    """

    together: int
    said: int
    right: int
    found_together: int
    found_said: int
    states: int
    states_right: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.said)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.together)


def with_gold_labels(district: str, folder: Path) -> list[Chain]:
    """Chains over findings whose unit, polarity, area and types are those of the truth, checked by a person."""
    register = {row["code"]: row for row in followed.units(district)}
    with Dataset.open(folder / FILE_NAME, create=True) as dataset:
        dataset.keep_units(Register.load([followed.ARCHIVE / district / "units.csv"]).units.values())
        for number, written in enumerate(followed.read(district)):
            document = _document(written, number, register)
            decision = dataset.begin(Incoming(f"/{written.name}", written.name, document.source_sha256, 1))
            dataset.store(decision.source_id, [document])
        return recurring(dataset, question=Question(single=True), likeness=default_likeness)


def _document(written: Written, number: int, register: dict[str, dict[str, str]]) -> Document:
    name = f"{number:016x}"
    document = Document(name, written.name, name * 4, 1, written.text, [])
    kind = "công văn" if "cong-van" in written.name else "báo cáo"
    document.header["kind"] = HeaderField(kind, 1.0)
    document.header["period"] = HeaderField(
        Period(f"năm {written.year}", f"{written.year}-01-01", f"{written.year}-12-31"), 1.0
    )
    district = next(row["name"] for row in register.values() if row["level"] == "district")
    document.header["issuer_unit"] = HeaderField(UnitMention(district, "district", district), 1.0)
    for truth in written.truths:
        row = register[truth.unit]
        document.findings.append(
            Finding(
                UnitMention(row["name"], "commune", row["name"], row["code"], "exact"),
                truth.text,
                truth.span,
                (truth.unit,),
                truth.kind,
                truth.area,
                truth.types,
                {"unit": 1.0, "polarity": 1.0, "area": 1.0, "types": [1.0] * len(truth.types)},
                [],
                id=f"f{number}-{truth.span[0]}-{truth.unit}",
                document=document.id,
                status="accepted",
            )
        )
    return document


def end_to_end(district: str, folder: Path) -> list[Chain]:
    """Chains as the road makes them from the texts."""
    texts = folder / "texts"
    texts.mkdir()
    for written in followed.read(district):
        (texts / written.name).write_text(written.text, encoding="utf-8")
    workspace = Workspace(folder / "workspace")
    workspace.units_folder.mkdir(parents=True)
    units = (followed.ARCHIVE / district / "units.csv").read_bytes()
    (workspace.units_folder / "units.csv").write_bytes(units)
    ingest([texts], workspace, 1, patience=0)
    with workspace.open() as dataset:
        return recurring(dataset, question=Question(single=True), likeness=default_likeness)


def score(district: str, chains: Sequence[Chain], show: bool = False) -> Figures:
    """Pairs of the chains against the truth."""
    truths = {
        (written.name, truth.unit, truth.text): truth
        for written in followed.read(district)
        for truth in written.truths
        if truth.kind == "deficiency"
    }
    codes = {row["name"]: row["code"] for row in followed.units(district)}
    of_chain: dict[str, list[Item]] = {}
    for item, truth in truths.items():
        of_chain.setdefault(truth.chain, []).append(item)
    together = _pairs(of_chain.values())
    said_groups = [[_item(one, codes, truths) for one in chain.occurrences] for chain in chains]
    said = _pairs(said_groups)
    if show:
        _show(together, said, {item for group in said_groups for item in group}, truths)
    wanted = followed.states(district)
    got = _states(chains, codes, truths)
    if show:
        for name, state in wanted.items():
            if got.get(name) != state:
                print(f"  state of {name}: {got.get(name)}, should be {state}")
    found = {item for group in said_groups for item in group}
    among = [sum(pair <= found and pair <= truths.keys() for pair in pairs) for pairs in (together, said)]
    right = sum(got.get(name) == state for name, state in wanted.items())
    return Figures(len(together), len(said), len(together & said), *among, len(wanted), right)


def _pairs(groups: Iterable[Sequence[Item]]) -> set[frozenset[Item]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}


def _item(one: object, codes: dict[str, str], truths: dict[Item, Truth]) -> Item:
    """The deficiency of the truth that an occurrence tells of, or the occurrence itself."""
    source, unit, text = one.source.rpartition("/")[2], codes.get(one.unit, one.unit), one.text  # type: ignore[attr-defined]
    for item in truths:
        if item[0] == source and item[1] == unit and (item[2] in text or text.rstrip(".;") in item[2]):
            return item
    return source, unit, text


def _states(chains: Sequence[Chain], codes: dict[str, str], truths: dict[Item, Truth]) -> dict[str, str]:
    """For each chain of the truth the state of the chain that holds most of it."""
    votes: dict[str, Counter[tuple[int, str]]] = {}
    for at, chain in enumerate(chains):
        for one in chain.occurrences:
            truth = truths.get(_item(one, codes, truths))
            if truth is not None:
                votes.setdefault(truth.chain, Counter())[at, chain.state] += 1
    return {name: count.most_common(1)[0][0][1] for name, count in votes.items()}


def _show(
    together: set[frozenset[Item]], said: set[frozenset[Item]], found: set[Item], truths: dict[Item, Truth]
) -> None:
    for title, pairs in (("wrongly together", said - together), ("wrongly apart", together - said)):
        print(f"  {title}: {len(pairs)}")
        for pair in sorted(map(sorted, pairs)):
            for item in pair:
                note = "" if item in truths else " (no deficiency)"
                print(
                    f"    {item[0][:12]} {item[1]} {item[2]}{note}{'' if item in found else ' (not found)'}"
                )
            print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--held-out", action="store_true", help="the district kept for the end")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    asked = parser.parse_args()
    districts = [name for name in followed.DISTRICTS if (name == followed.HELD_OUT) == asked.held_out]
    for title, run in (("labels of the truth", with_gold_labels), ("from the text", end_to_end)):
        for district in districts:
            with tempfile.TemporaryDirectory() as folder:
                figures = score(district, run(district, Path(folder)), asked.show)
            print(
                f"{title:20} {district:14} precision {figures.precision:.3f} recall {figures.recall:.3f} "
                f"({figures.together} pairs, {figures.said} said)   of rightly found deficiencies "
                f"{figures.right / figures.found_said:.3f} {figures.right / figures.found_together:.3f}   "
                f"states {figures.states_right}/{figures.states}"
            )


if __name__ == "__main__":
    main()
