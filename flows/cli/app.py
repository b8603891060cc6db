"""The application: its commands, and the one boundary at which errors become exit codes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows.cli import (
    inspecting,
    keeping,
    knowledge,
    labelling,
    measuring,
    reading,
    releases,
    reporting,
    reviewing,
    running,
    sourcing,
)
from flows.cli.output import complain
from warehouse.errors import CommuniqueError

INTERRUPTED = 130

app = typer.Typer(
    name="communique",
    help="Turn public announcements on migration management into a warehouse of policy events with their evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Options of every command."""
    complain.traceback = debug


for module in (running, reading, releases, reporting, reviewing, keeping, labelling, measuring, inspecting):
    for name, command in module.COMMANDS.items():
        app.command(name)(command)

for group_name, group in {**sourcing.GROUPS, "knowledge": knowledge.app}.items():
    app.add_typer(group, name=group_name)


def main() -> None:
    """Run the command line and exit with its code.

    0 ok, 1 unexpected, 2 usage or configuration, 3 degraded but published, 4 gate blocked, 5 locked by another run,
    6 storage or verification failed, 130 interrupted.
    """
    try:
        app()
    except CommuniqueError as error:
        complain(error)
        sys.exit(error.exit_code)
    except SystemExit as end:
        # Typer has made this of a KeyboardInterrupt, without a word.
        if end.code == INTERRUPTED:
            complain(end, "interrupted; what was done is kept, run the command again to go on")
        raise
    except Exception as error:  # the last boundary: whatever else happens ends as exit code 1 and a line
        complain(error, f"unexpected {type(error).__name__}: {error} — `communique --debug …` shows the traceback")
        sys.exit(1)
