"""Commands on sources and on the archive: sources list, check, add; archive export."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.output import say, show_json, show_mapping, show_table
from flows.cli.reading import AsJson, Home, existing_home
from warehouse.errors import CommuniqueError, ConfigurationError
from warehouse.settings import Settings

sources = typer.Typer(help="The sources: list them, look at one, propose one.", no_args_is_help=True)
archive = typer.Typer(help="The archive: hand it on.", no_args_is_help=True)
FIRES_SHOWN = 3


@sources.command("list")
def list_sources(
    enabled: Annotated[bool, typer.Option("--enabled", help="Only those a scheduled run asks.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the declared sources, and when each is asked next (UTC)."""
    from tasks.fetch.sources import load_sources

    now = datetime.now(UTC)
    rows: list[dict[str, Any]] = [
        {
            "id": source.id,
            "enabled": source.enabled,
            "kind": source.kind,
            "grade": source.grade,
            "country": source.country,
            "languages": list(source.languages),
            "publisher": source.publisher,
            "cron": source.cadence.cron.text if source.cadence else None,
            "next": source.cadence.cron.next_fires(now, FIRES_SHOWN) if source.cadence else [],
        }
        for source in load_sources(Settings().sources_dir)
        if source.enabled or not enabled
    ]
    if as_json:
        show_json(rows)
        return
    show_table(
        ("source", "enabled", "kind", "grade", "country", "languages", "publisher", "next fires (UTC)"),
        [
            (
                row["id"], "yes" if row["enabled"] else "no", row["kind"], row["grade"], row["country"],
                " ".join(row["languages"]), row["publisher"],
                ", ".join(f"{fire:%a %d %b %H:%M}" for fire in row["next"]) or "every run",
            )
            for row in rows
        ],
    )  # fmt: skip


@sources.command("check")
def check(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a source, enabled or not.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask one source for its lists and three pages, clean them, and say what to mend. Nothing is archived."""
    from flows.probing import check_source
    from tasks.fetch.sources import load_sources

    settings = Settings() if home is None else Settings(home=home)
    known = {source.id: source for source in load_sources(settings.sources_dir)}
    if source_id not in known:
        near = get_close_matches(source_id, sorted(known), n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise ConfigurationError(
            f"no such source: {source_id}",
            str(settings.sources_dir),
            f"{hint}`communique sources list` shows them all.",
        )
    if known[source_id].kind != "web":
        raise ConfigurationError(
            "is no source of the web", source_id, "`communique run --source` reads it, and says what it could not read."
        )
    found = check_source(known[source_id], settings)
    if as_json:
        show_json(found)
    else:
        for line in found.lists:
            say(line)
        say(f"{found.n_listed} pages listed, {found.n_wanted} wanted, {found.n_dated} of them with a day")
        for page in found.pages:
            say()
            say(f"{page.url}: {page.verdict}")
            shown = {
                "title": page.title,
                "published": page.published_on,
                "listed": page.listed_on,
                "language": page.language,
                "sentences": page.sentences,
                "opening": page.opening,
            }
            show_mapping({name: value for name, value in shown.items() if value})
        say()
        for finding in found.findings or ("Nothing to mend.",):
            say(finding)
    if found.findings:
        raise typer.Exit(CommuniqueError.exit_code)


@sources.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Start page or news page of a publisher.")],
    write: Annotated[bool, typer.Option("--write", help="Write it among the declarations, not to the screen.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Propose a declaration from what a page and robots.txt say of feeds and sitemaps."""
    from tasks.fetch.propose import propose_source
    from tasks.fetch.web.options import WebSettings

    settings = Settings() if home is None else Settings(home=home)
    proposal = propose_source(url, WebSettings.from_settings(settings), settings.home / "web")
    path = settings.sources_dir / f"{proposal.source_id}.toml"
    if write:
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(proposal.text)
        except FileExistsError:
            raise ConfigurationError("is declared already", str(path), "Mend that file, or remove it.") from None
        except OSError as error:
            mend = "Make the directory, or name another one in COMMUNIQUE_SOURCES."
            raise ConfigurationError(f"cannot be written ({error.strerror})", str(path), mend) from error
    if as_json:
        written = {"file": path if write else None, "id": proposal.source_id}
        show_json({**written, "lists": proposal.n_lists, "toml": proposal.text})
    elif write:
        lists = f"{proposal.n_lists} feeds and sitemaps" if proposal.n_lists else "a listing to mend: it names no feed"
        say(f"Wrote {path} with {lists}. Read its terms, then `communique sources check {path.stem}`.")
    else:
        show_text(proposal.text)


def show_text(text: str) -> None:
    """Print lines as they are, each safe for a terminal."""
    for line in text.splitlines():
        say(line)


@archive.command("export")
def export(
    warc: Annotated[Path, typer.Option("--warc", help="The file to write, .warc.gz.")],
    source: Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")] = None,
    start: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First logical date.")] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last logical date.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write archived pages with their requests, responses and provenance into one WARC file."""
    from tasks.fetch.warc_writer import export_warc
    from warehouse.storage import Store

    store = Store(existing_home(home))
    days = (None if start is None else start.date(), None if end is None else end.date())
    count = export_warc(store, warc, source or (), *days)
    if as_json:
        show_json({"file": warc, "captures": count})
    else:
        say(f"{warc}: {count} captures")


GROUPS = {"sources": sources, "archive": archive}
