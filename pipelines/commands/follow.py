"""Commands that follow deficiencies and units through time."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Literal, cast

import typer

from pipelines.commands.shared import filters_of, first, print_json, say_unknown, workspace_of
from pipelines.options import Area, Document, Json, Limit, Polarity, Type, Unit, WorkspaceOption, Year

State = Annotated[
    str | None,
    typer.Option(help="new, persisting, returned, remedied or unknown.", show_default=False),
]
PromiseState = Annotated[
    str | None,
    typer.Option("--state", help="broken, overdue, open or kept.", show_default=False),
]
Years = Annotated[
    int | None,
    typer.Option("--years", min=1, help="Told of in at least so many years running.", show_default=False),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="today|then", help="In the terms of today's communes, or of then.", show_default=False
    ),
]


def recurring(
    context: typer.Context,
    unit: Unit = None,
    year: Year = None,
    area: Area = None,
    type: Type = None,
    polarity: Polarity = None,
    document: Document = None,
    state: State = None,
    years: Years = None,
    units: As = None,
    limit: Limit = 50,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """Deficiencies of one unit that come back in more than one document or year."""
    from corpora.basis import basis
    from corpora.recurrence import Question
    from corpora.recurrence import recurring as run
    from pipelines.following import follow, likeness

    filters = filters_of(None, year, area, type, polarity, document)
    question = Question(state, years, units_of(units), limit + 1)
    with workspace_of(context, workspace).open() as dataset:
        current = follow(dataset)
        chains = first(run(dataset, unit, filters, question, likeness), limit)
        notes(dataset, unit, current)
        rests_on = basis(dataset, unit, filters, question.units)
    if document is not None and not chains:
        sys.stderr.write(
            "rasoat: note: --document looks at the occurrences in that document alone, and what recurs "
            "stands in two. Ask without it, or look at the document: rasoat show.\n"
        )
    if as_json:
        print_json([chain.to_record() for chain in chains])
    else:
        from pipelines.printing.answers import show_chains
        from pipelines.printing.units import show_basis

        show_chains(chains)
        if chains:
            show_basis(*rests_on)


def unit(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="'Xã Khe Mận', 'khe man'.")],
    units: As = None,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """A unit's page: what it was and is, its deficiencies and what became of them, what was promised."""
    from corpora.unit_page import unit_pages
    from pipelines.following import follow, likeness

    asked = " ".join(name)
    with workspace_of(context, workspace).open() as dataset:
        current = follow(dataset)
        pages = unit_pages(dataset, asked, units_of(units) or "today", likeness)
        notes(dataset, asked, current)
    if as_json:
        print_json([page.to_record() for page in pages])
    else:
        from pipelines.printing.units import show_unit

        for page in pages:
            show_unit(page)


def promises(
    context: typer.Context,
    unit: Unit = None,
    year: Year = None,
    area: Area = None,
    document: Document = None,
    state: PromiseState = None,
    units: As = None,
    limit: Limit = 50,
    workspace: WorkspaceOption = None,
    as_json: Json = False,
) -> None:
    """What units were asked or promised to do and what became of it, the worst first."""
    from corpora.basis import basis
    from corpora.promises import promises as run
    from pipelines.following import follow, likeness

    filters = filters_of(None, year, area, None, None, document)
    with workspace_of(context, workspace).open() as dataset:
        current = follow(dataset)
        found = first(run(dataset, unit, filters, state, units_of(units), likeness), limit)
        notes(dataset, unit, current)
        rests_on = basis(dataset, unit, filters, units_of(units))
    if as_json:
        print_json([promise.to_record() for promise in found])
    else:
        from pipelines.printing.promises import show_promises
        from pipelines.printing.units import show_basis

        show_promises(found)
        if found:
            show_basis(*rests_on)


def units_of(asked: str | None) -> Literal["today", "then"] | None:
    """In whose terms to answer; :class:`UsageError` for what is neither."""
    from extract.errors import UsageError

    if asked is None or asked == "today" or asked == "then":
        return cast(Literal["today", "then"] | None, asked)
    raise UsageError(f"There are no units '{asked}'. Valid: today, then.")


def notes(dataset: Any, unit: str | None, current: bool) -> None:
    """What a person should know of an answer that may be empty, or old (not ``current``)."""
    from corpora.meant import members_named

    if not current:
        sys.stderr.write(
            "rasoat: note: the dataset cannot be written here, and its chains are older than its findings "
            "or than this rasoat. Ask once where it can be written.\n"
        )
    if unit is not None and not members_named(dataset, unit):
        say_unknown(dataset, unit)
