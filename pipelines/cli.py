"""The command ``rasoat``; the single commands stand in :mod:`pipelines.commands`.

Exit status: 0 done (also with no hits), 1 done with files that failed, 2 the call was wrong.
Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated, NoReturn

import typer

from extract.errors import RasoatError
from pipelines.commands import archive, ask, compare, follow, learn, review
from pipelines.commands.cited import cited
from pipelines.commands.pictures import picture, report
from pipelines.options import WorkspaceOption

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("rasoat")
        except PackageNotFoundError:
            number = "(not installed)"
        sys.stdout.write(f"rasoat {number}\n")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Vietnamese administrative inspection reports as findings that can be searched and compared."""
    context.obj = workspace


for _command in (
    archive.ingest,
    archive.digitise,
    ask.search,
    follow.recurring,
    follow.unit,
    follow.promises,
    compare.check,
    ask.show,
    review.review,
    cited,
    picture,
    report,
    archive.documents,
    archive.export,
    archive.forget,
    learn.train,
    learn.evaluate,
    ask.demo,
):
    app.command()(_command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        status = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has enough (| head). Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + 13
    sys.exit(status)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; its exit status is returned and every error is one line on standard error."""
    try:
        done = app(arguments, prog_name="rasoat", standalone_mode=False)
        if done == 130:
            return _complain("interrupted. What was finished is stored; run the command again to go on.", 130)
        return done if isinstance(done, int) else 0
    except typer.TyperException as error:
        return _wrong_call(error)
    except typer.Abort:
        return _complain("interrupted.", 130)
    except KeyboardInterrupt:
        return _complain("interrupted. What was finished is stored; run the command again to go on.", 130)
    except RasoatError as error:
        return _complain(str(error), 2)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("RASOAT_DEBUG"):
            raise
        said = " ".join(str(error).split())
        return _complain(f"internal error: {type(error).__name__}: {said} (RASOAT_DEBUG=1 shows where)", 2)


def _wrong_call(error: typer.TyperException) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(error.format_message() + "\n")
        return 2
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "rasoat"
    return _complain(f"{message} See: {command} --help", 2)


def _complain(message: str, status: int) -> int:
    sys.stderr.write(f"rasoat: {message}\n")
    return status


if __name__ == "__main__":
    main()
