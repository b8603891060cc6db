"""Which release a command reads, and commands that compare releases: diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.output import say, show_json, warn
from warehouse.errors import ConfigurationError, StorageError

if TYPE_CHECKING:
    from warehouse.publication import Release

# What fits on a few screens; --json has everything.
CHANGES_SHOWN = 60


@contextmanager
def released(home: Path, name: str | None = None) -> Iterator[Release]:
    """Give the release a command reads: the one named, else the current one.

    Where the current release is not the one the pointer names, because that one is damaged, the command still answers,
    says so on stderr, and ends with the exit code of a storage that failed.

    Raises:
        ConfigurationError: There is no release, or none of this name.
    """
    from warehouse.publication import current, kept

    release = current(home) if name is None else kept(home, name)
    if release is None:
        raise ConfigurationError("there is no release yet", str(home), "Run `communique run` first.")
    yield release
    if release.warning:
        warn(f"{release.warning}; this is {release.release_id}. `communique rollback` or the next release mends it.")
        raise typer.Exit(StorageError.exit_code)


def diff(
    before: Annotated[
        str | None, typer.Argument(metavar="A", help="The earlier release; the one before B if not given.")
    ] = None,
    after: Annotated[
        str | None, typer.Argument(metavar="B", help="The later release; the current one if not given.")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="Directory of the warehouse.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Show which facts two releases differ in, and why. An id may be cut short where it is still the only one."""
    from flows.cli.reading import existing_home
    from tasks.curate.comparison import compare_releases
    from warehouse.publication import kept

    directory = existing_home(home)
    with released(directory, after) as later:
        if before is None and later.parent is None:
            raise ConfigurationError("is the first release", later.release_id, "Name the one to compare it with.")
        earlier = kept(directory, before or str(later.parent))
        changes = compare_releases(earlier, later)
        if as_json:
            show_json({"from": earlier.release_id, "to": later.release_id, "changes": changes})
        else:
            print_changes(earlier.release_id, later.release_id, changes)


def print_changes(earlier: str, later: str, changes: list[dict[str, Any]]) -> None:
    """Print the differences for people: counts first, then what went or changed, then what is new."""
    say(f"From {earlier} to {later}:")
    if not changes:
        say("  no fact differs.")
        return
    for (table, change), count in sorted(Counter((row["fact_table"], row["change"]) for row in changes).items()):
        say(f"  {table}: {count} {change}")
    say()
    ordered = sorted(changes, key=lambda row: (row["change"] == "added", row["fact_table"], row["fact_id"]))
    for row in ordered[:CHANGES_SHOWN]:
        columns = f" ({row['columns']})" if row["columns"] else ""
        successor = f", now {row['successor_id']}" if row["successor_id"] else ""
        say(f"{row['change']} {row['fact_id']} {row['label'] or ''}{columns}{successor}: {row['reason']}")
    if len(ordered) > CHANGES_SHOWN:
        say(f"… and {len(ordered) - CHANGES_SHOWN} more; --json shows all {len(ordered)}.")


COMMANDS = {"diff": diff}
