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
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Working processes; all processors if not given.", show_default=False),
]
Patience = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=0,
        help="Break a page off after so many seconds in which no page was finished; 0: never. "
        "Else $RASOAT_PATIENCE, else 600.",
        show_default=False,
    ),
]
Scans = Annotated[
    list[Path],
    typer.Argument(metavar="SCAN…", help="PDF, JPEG, PNG and TIFF files, folders.", show_default=False),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the PDFs.", show_default=False)
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace PDFs that exist.")]
AlterSigned = Annotated[bool, typer.Option("--alter-signed", help="Change digitally signed PDFs too.")]
