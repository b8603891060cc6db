"""Commands that run the pipeline: demo, run, backfill."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.output import bars, say, show_json, show_mapping
from flows.cli.reading import print_contents, print_fact
from warehouse.errors import CommuniqueError, DegradedError
from warehouse.lock import warehouse_lock
from warehouse.settings import Settings

if TYPE_CHECKING:
    from flows.session import RunSummary

Home = Annotated[Path | None, typer.Option("--home", help="Directory of the warehouse.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Logical date; today if not given.")]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")]

DEMO_HOME = Path("communique-demo")
# A busy server takes a second; one that takes ten will not carry a run.
SERVER_ANSWERS_SECONDS = 10


def orchestrate(home: Path, flow: Callable[..., RunSummary], /, **parameters: Any) -> RunSummary:
    """Run a flow with the embedded defaults: the lock first, then Prefect's own temporary API beside the warehouse.

    Raises:
        CommuniqueError: There is a Prefect server in the environment, and it does not answer.
    """
    import httpx
    from prefect.settings import PREFECT_API_URL

    from flows.runner import was_interrupted

    home.mkdir(parents=True, exist_ok=True)
    try:
        with warehouse_lock(home, Settings().lock_timeout_seconds), termination_interrupts(), bars():
            if address := PREFECT_API_URL.value():
                # Whatever it answers, it is there; Prefect itself would say the same with less.
                httpx.get(f"{address}/health", timeout=SERVER_ANSWERS_SECONDS)
            return flow(home=str(home), **parameters)
    except httpx.HTTPError as error:
        # The address stays out of the message: it may hold a password.
        raise CommuniqueError(
            f"the Prefect server does not answer ({type(error).__name__})",
            "PREFECT_API_URL",
            "Start the server, or unset the variable: a run then brings a server of its own.",
        ) from error
    except ValueError as error:
        if was_interrupted(error):
            raise KeyboardInterrupt from error
        raise


@contextmanager
def termination_interrupts() -> Iterator[None]:
    """Let SIGTERM end a run as Ctrl-C does; otherwise it ends the process and leaves its temporary server running."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def embed_prefect(home: Path) -> None:
    """Give Prefect a home of ours, time to start on a busy machine, and no telemetry; before it is imported."""
    home.mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str((home / ".prefect").resolve()),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        # The temporary server is one process on SQLite: on a busy machine it waits, and what it loses is only its own
        # record of states. Ours is the ledger.
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def home_of(home: Path | None) -> Path:
    """Return the directory of the warehouse: the option, else the setting."""
    return home or Settings().home


def demo(home: Home = None, as_json: AsJson = False) -> None:
    """Run the pipeline on the sample announcements and show one fact with its sentence."""
    directory = home or DEMO_HOME
    embed_prefect(directory)
    from flows.daily import daily

    summary = orchestrate(directory, daily, sources=["sample"])
    if as_json:
        show_json(summary)
        return
    print_summary(summary)
    print_contents(directory)
    say()
    print_fact(directory)
    say()
    say(f"Release: {directory / 'releases' / str(summary.release_id)}")
    say(f"Report:  {directory / 'current' / 'report.html'}")
    say("Next:")
    say(f"  communique query 'FROM v_event_flat' --home {directory}      every event with its parties and sentence")
    say(f"  communique status --home {directory}")
    say("  communique run --folder DIR --home HOME      your own documents")


def run(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Take the .html and .txt files of this folder.", show_default=False)
    ] = None,
    source: Sources = None,
    day: Day = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Fetch, clean, extract, resolve and publish for one logical date."""
    directory = home_of(home)
    embed_prefect(directory)
    from flows.daily import daily

    summary = orchestrate(
        directory,
        daily,
        sources=source or None,
        folder=None if folder is None else str(folder),
        logical_date=None if day is None else day.date(),
    )
    finish(summary, as_json)


def backfill(
    start: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First logical date.")],
    end: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last logical date.")],
    source: Sources = None,
    stage: Annotated[
        list[str] | None, typer.Option("--stage", help="clean, extract or publish; may be repeated. All if not given.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the plan.")] = False,
    fetch: Annotated[
        bool,
        typer.Option("--fetch", help="First archive what sources of the web list for these days."),
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Bring the archived documents of a range of days up to date with the code and the rules.

    Without --fetch no network is used.
    """
    from flows.ranges import check_request

    stages = check_request(start.date(), end.date(), stage)
    directory = home_of(home)
    embed_prefect(directory)
    from flows.backfill import backfill as backfill_flow

    days: dict[str, date] = {"start": start.date(), "end": end.date()}
    summary = orchestrate(
        directory, backfill_flow, **days, sources=source or None, stages=stages, dry_run=dry_run, fetch=fetch
    )
    finish(summary, as_json)


def finish(summary: RunSummary, as_json: bool) -> None:
    """Print what a run came to and end with its exit code."""
    if as_json:
        show_json(summary)
    else:
        print_summary(summary)
    if summary.exit_code == DegradedError.exit_code:
        raise typer.Exit(summary.exit_code)


def print_summary(summary: RunSummary) -> None:
    """Print outcome, counters, gaps and notes of a run."""
    sentences = {
        "published": f"Published release {summary.release_id}.",
        "unchanged": f"Nothing new: release {summary.release_id} stands, and nothing was published.",
        "degraded": f"Published release {summary.release_id}, with gaps.",
        "processed": "Processed; nothing was published.",
        "planned": "Planned; nothing was done.",
    }
    say(sentences[summary.outcome])
    stages: dict[str, list[str]] = {}
    for name, count in summary.counters.items():
        stage, _, what = name.partition(": ")
        stages.setdefault(stage, []).append(f"{what} {count}")
    show_mapping({stage: ", ".join(counts) for stage, counts in stages.items()})
    for source, reason in summary.gaps.items():
        say(f"  gap: {source}: {reason}")
    for note in summary.notes:
        say(f"  {note}")


COMMANDS = {"demo": demo, "run": run, "backfill": backfill}
