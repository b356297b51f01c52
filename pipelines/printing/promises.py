"""Demands and promises, and what became of them in words."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.printing import line, table, title
from corpora.promises import STATES, Demand, Promise
from extract.dates import day
from pipelines.printing.common import name_said, where_said


def show_promises(promises: Sequence[Promise]) -> None:
    """Demands and promises of any units, a table for each state, the worst first."""
    if not promises:
        line("Không có yêu cầu, cam kết nào.")
        return
    for state, said in STATES.items():
        found = [one for one in promises if one.demand.state == state]
        if not found:
            continue
        title(f"Yêu cầu, cam kết {said} ({len(found)})")
        table(
            ("Hạn", "Đơn vị", "Văn bản", "Kết quả", "Nội dung"),
            [
                (
                    day(one.demand.deadline),
                    name_said(one.unit),
                    f"{one.demand.said.year or ''} {where_said(one.demand.said)}".strip(),
                    became_of(one.demand),
                    one.demand.said.text,
                )
                for one in found
            ],
        )
    line("Kết quả được suy ra từ các văn bản đã nhập: đọc lại câu được dẫn trước khi kết luận.")


def became_of(demand: Demand) -> str:
    """What became of a demand, with the place that says so."""
    if demand.shown_by is None:
        return STATES[demand.state]
    where = where_said(demand.shown_by, dated=True)
    return f"đã làm theo {where}" if demand.kept else f"chưa làm, còn nêu tại {where}"
