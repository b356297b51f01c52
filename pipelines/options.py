"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="Folder of the dataset. Else $RASOAT_WORKSPACE, else ./rasoat-workspace.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Unit = Annotated[
    str | None, typer.Option(help="Name of a unit: 'Xã Khe Mận', 'khe man'.", show_default=False)
]
Year = Annotated[int | None, typer.Option(help="Year reported on.", show_default=False)]
Area = Annotated[str | None, typer.Option(help="Reform area, e.g. digital.", show_default=False)]
Type = Annotated[
    str | None, typer.Option("--type", help="Type of deficiency, e.g. late.", show_default=False)
]
Polarity = Annotated[str | None, typer.Option(help="E.g. deficiency, achievement.", show_default=False)]
Document = Annotated[
    str | None, typer.Option("--document", help="Id, number or source of a document.", show_default=False)
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")]
