"""The command that shows a release to people: report."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import say, show_json
from flows.cli.reading import AsJson, Home, existing_home
from warehouse.errors import ConfigurationError


def report(
    release: Annotated[
        str | None, typer.Option("--release", help="This release; the current one if not given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Make the page anew, as this program makes it, and write it here.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say where the page of a release lies, make it anew, or open it."""
    from warehouse.files import write_bytes
    from warehouse.products import REPORT_NAME
    from warehouse.publication import current, history
    from warehouse.report import quality_of_runs, render_report

    directory = existing_home(home)
    chosen = (
        current(directory)
        if release is None
        else next((r for r in history(directory) if r.release_id == release), None)
    )
    if chosen is None:
        kept = ", ".join(kept.release_id for kept in history(directory)) or "none"
        raise ConfigurationError("there is no such release", release or str(directory), f"Releases kept: {kept}.")
    page = chosen.path / REPORT_NAME if out is None else out
    if out is not None:
        write_bytes(out, render_report(chosen.duckdb_path, chosen.manifest, quality_of_runs(directory)))
    elif not page.is_file():
        raise ConfigurationError(
            "was published without a page", chosen.release_id, "Make one: `communique report --out report.html`."
        )
    if open_it:
        webbrowser.open(page.resolve().as_uri())
    if as_json:
        show_json({"release": chosen.release_id, "path": page})
    else:
        say(str(page))


COMMANDS = {"report": report}
