"""Commands for people who correct: review, correct."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import say, show_json, show_table, warn
from flows.cli.reading import AsJson, Home, existing_home
from warehouse.errors import ConfigurationError
from warehouse.settings import Settings

# Rows of a table that fit on a screen.
ROWS_SHOWN = 20


def review(
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the list here, to be filled in.", show_default=False)
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Take over a list that was filled in.", show_default=False)
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Events to list at most.")] = 50,
    below: Annotated[
        float, typer.Option("--below", min=0.0, max=1.0, help="List events less confident than this.")
    ] = 0.7,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the events that most need a person to look at them, or take over what a person has answered.

    The list is a CSV file with an empty column `answer`: right, wrong, or `set COLUMN=VALUE`. An event that was
    answered is asked again only when its passages have changed.
    """
    from tasks.curate.review import questions, read_answers, write_questions
    from warehouse.lock import warehouse_lock

    directory = existing_home(home)
    if answers is not None:
        with warehouse_lock(directory, Settings().lock_timeout_seconds):
            taken = read_answers(directory, answers)
        say(f"Took over {taken} answer{'' if taken == 1 else 's'}; the next run applies what they change.")
        return
    asked = questions(directory, most, below)
    if out is not None:
        write_questions(out, asked)
        say(f"Wrote {len(asked)} questions to {out}.")
    elif as_json:
        show_json(asked)
    elif asked:
        names = ("event_id", "event_type", "start_on", "confidence", "quote")
        show_table(names, [[row[name] for name in names] for row in asked[:ROWS_SHOWN]])
        say(f"{len(asked)} events; --out FILE writes the list to be filled in.")
    else:
        say("Nothing to review.")


def correct(
    action: Annotated[str, typer.Argument(help="merge, split, retract, set or takedown.")],
    identifier: Annotated[str, typer.Argument(metavar="ID", help="What is corrected.")],
    other: Annotated[
        str, typer.Argument(metavar="[OTHER | COLUMN=VALUE]", help="The other id of a merge or split; what to set.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why; required.")] = "",
    who: Annotated[str, typer.Option("--who", help="Who decided it; required.")] = "",
    home: Home = None,
) -> None:
    """Write down a correction; the next run applies it, and every run after it."""
    from tasks.curate.review import unknown
    from warehouse.corrections import add_corrections
    from warehouse.lock import warehouse_lock

    directory = existing_home(home)
    column, _, value = other.partition("=") if action == "set" else ("", "", "")
    if action == "set" and "=" not in other:
        raise ConfigurationError(
            f"{other!r} does not say what to set", f"set {identifier}", "Write COLUMN=VALUE, as in start_on=2025-05-12."
        )
    with warehouse_lock(directory, Settings().lock_timeout_seconds):
        given = {"action": action, "id": identifier, "column": column, "value": value, "reason": reason, "who": who}
        given["other_id"] = "" if action == "set" else other
        path = add_corrections(directory, [given])
    named = [name for name in (identifier, given["other_id"]) if name]
    for name in unknown(directory, named):
        warn(f"The current release does not know {name}: the correction changes nothing until one does.")
    say(f"Written to {path}; `communique run` or a backfill of publish applies it.")


COMMANDS = {"review": review, "correct": correct}
