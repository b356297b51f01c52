"""What a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.printing import console, escaped, line, on_terminal
from corpora.review import Item
from pipelines.printing.common import labels_said, name_said, place_said
from pipelines.reviewing import ReviewReport

_REASONS = {
    "named": "nêu tên đơn vị",
    "recurs": "lặp lại",
    "cited": "văn bản được công văn viện dẫn",
    "figures": "có số liệu",
}


def show_items(items: Sequence[Item]) -> None:
    """Statements in review order: where, about whom, what the machine says, how sure, why it matters."""
    if not items:
        line("Không có gì cần xem lại.")
        return
    for place, item in enumerate(items, 1):
        where = place_said(item.number or item.source, item.date, item.page)
        where.append(", ".join(name_said(name) for name in item.units))
        head = f"{place}. {' · '.join(where)}"
        labels = labels_said(item.polarity, item.area, item.types)
        why = ", ".join(_REASONS[name] for name in item.reasons)
        below = [item.text.replace("\n", " "), labels, f"{sureness(item.confidence, item.area)}"]
        below.append(f"mức ưu tiên {item.score:.2f}".replace(".", ",") + (f": {why}" if why else ""))
        if on_terminal():
            screen = console()
            screen.print(f"[bold]{escaped(head)}[/]")
            screen.print(f"   {escaped(below[0])}")
            for said in below[1:]:
                screen.print(f"   [dim]{escaped(said)}[/]")
        else:
            line("\n   ".join([head, *below]))


def show_review(report: ReviewReport) -> None:
    """What came of writing files or of taking them in; problems and disagreements one by one."""
    for one in report.written:
        line(f"{one.path}: {one.statements} statements, {one.answered} of them answered")
    if report.read:
        said = [f"{count} {status}" for status, count in sorted(report.taken.items())]
        said += [f"{report.repeated} known already"] if report.repeated else []
        line(f"{report.read} files: {', '.join(said) or 'no answers'}.")
    elif not report.written:
        line("Không có gì cần xem lại.")
    for two in report.disagreements:
        words = " ".join(two.text.split())
        line(f"DISAGREE   {two.document}: {two.other} answered otherwise, now {two.reviewer} holds: {words}")
    for new in report.new_units:
        like = f" (like it: {', '.join(new.like)})" if new.like else ""
        line(
            f"NEW UNIT   {new.document}: nothing read so far names '{new.name}'{like}. Taken as it stands; "
            "if it is a slip, correct it and read the file again."
        )
    for copy in report.copies:
        line(
            f"COPY       {copy.document}: a copy of {copy.original}, which alone is counted. Answers about "
            f"the copy are kept, but change no figure until more of it is answered; review {copy.original}."
        )
    for problem in report.problems:
        line(f"REFUSED    {problem}")


def sureness(confidence: dict[str, Any], area: str | None) -> str:
    """The confidences in one line, in percent."""
    named: list[tuple[str, list[float]]] = [
        ("đơn vị", [confidence["unit"]]),
        ("nhận định", [confidence["polarity"]]),
        ("lĩnh vực", [confidence["area"]] if area is not None else []),
        ("loại", confidence["types"]),
    ]
    return "chắc chắn: " + ", ".join(
        f"{name} {'/'.join(f'{value:.0%}' for value in values)}" for name, values in named if values
    )
