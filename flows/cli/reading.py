"""Commands that read: status, query, explain, quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.output import say, show_json, show_mapping, show_table
from flows.cli.releases import released
from warehouse.errors import ConfigurationError, StorageError
from warehouse.settings import Settings

Home = Annotated[Path | None, typer.Option("--home", help="Directory of the warehouse.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]

# How many runs `status` shows, and how many refused rows `quarantine` prints: what fits on a screen.
RUNS_SHOWN = 10
ROWS_SHOWN = 20


def existing_home(home: Path | None) -> Path:
    """Return the directory of the warehouse.

    Raises:
        ConfigurationError: There is none.
    """
    directory = home or Settings().home
    if not directory.is_dir():
        raise ConfigurationError(
            "there is no warehouse here", str(directory), "Name it with --home, or run `communique run`."
        )
    return directory


def status(home: Home = None, as_json: AsJson = False) -> None:
    """Show the current release, the last runs and what is archived."""
    from warehouse.ledger import Ledger
    from warehouse.publication import current
    from warehouse.staging import leftovers
    from warehouse.storage import Store
    from warehouse.tables import archive

    directory = existing_home(home)
    release = current(directory)
    runs = Ledger(directory).runs()
    captures = Store(directory).files(archive.CAPTURES)
    archived: dict[str, dict[str, Any]] = {}
    for ref in captures:
        if ref.partition is not None:
            entry = archived.setdefault(ref.partition.source_id, {"documents": 0, "days": set()})
            entry["documents"] += ref.rows
            entry["days"].add(ref.partition.logical_date)
    overview: dict[str, Any] = {
        "home": str(directory),
        "release": None if release is None else release.release_id,
        "warning": None if release is None else release.warning,
        "archived": {
            source: {"documents": entry["documents"], "first": min(entry["days"]), "last": max(entry["days"])}
            for source, entry in sorted(archived.items())
        },
        "runs": [
            {
                "run_id": run.run_id, "kind": run.kind, "logical_date": run.logical_date,
                "outcome": run.outcome, "exit_code": run.exit_code,
            }
            for run in runs[:RUNS_SHOWN]
        ],
        "staged": [path.name for path in leftovers(directory)],
    }  # fmt: skip
    if as_json:
        show_json(overview)
    else:
        print_overview(directory, overview)
    if overview["warning"]:
        raise typer.Exit(StorageError.exit_code)


def print_overview(directory: Path, overview: dict[str, Any]) -> None:
    """Print the state of a warehouse for people."""
    say(f"Warehouse {directory}: release {overview['release'] or 'none yet'}")
    if overview["warning"]:
        say(f"WARNING: {overview['warning']}. The next publication or `communique rollback` mends it.")
    show_table(
        ("source", "documents archived", "first day", "last day"),
        [(source, entry["documents"], entry["first"], entry["last"]) for source, entry in overview["archived"].items()],
    )
    show_table(
        ("run", "kind", "logical date", "outcome", "exit code"), [tuple(run.values()) for run in overview["runs"]]
    )
    for name in overview["staged"]:
        say(f"Rows of {name} wait in the staging area: its gate blocked, or it was killed.")


def query(
    sql: Annotated[str, typer.Argument(help="SQL on a release; tables and views as in the README.")],
    release: Annotated[
        str | None, typer.Option("--release", help="As of this kept release; the current one if not given.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Run SQL on the current release, or as of an earlier one that is kept; read-only."""
    import duckdb

    with released(existing_home(home), release) as chosen:
        path = str(chosen.duckdb_path)
        try:
            with duckdb.connect(path, read_only=True, config={"enable_external_access": "false"}) as base:
                cursor = base.execute(sql)
                names = [column[0] for column in cursor.description or []]
                rows = cursor.fetchall()
        except duckdb.Error as error:
            raise ConfigurationError(
                str(error).split("\n\n")[0], "query", "`SHOW TABLES` lists what there is."
            ) from error
        if as_json:
            show_json([dict(zip(names, row, strict=True)) for row in rows])
        else:
            show_table(names, rows)


def explain(
    fact_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of an event, quantity, relation, claim, document or entity.")
    ],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the chain of a fact: claims, rule, sentence, document, archived bytes and fetch."""
    from tasks.curate.explain import explain as chain_of

    directory = existing_home(home)
    with released(directory):
        chain = chain_of(directory, fact_id, Settings().reference_dir)
        if as_json:
            show_json(chain)
        else:
            print_chain(chain)


def print_chain(chain: dict[str, Any]) -> None:
    """Print the chain of a fact for people."""
    if chain["redirected_from"]:
        say(f"{chain['redirected_from']} was merged into {chain['id']}.")
    say(f"{chain['id']} in {chain['table']}, release {chain['release']}")
    show_mapping({name: value for name, value in chain["fact"].items() if value is not None})
    for passage in chain["evidence"]:
        say()
        # A sentence may run over lines of its page.
        say(f"“{' '.join(passage['quote'].split())}”")
        shown = {
            "role": passage["evidence_role"],
            "rule": f"{passage['rule_id']}, confidence {passage['confidence']:.2f}" if passage.get("rule_id") else None,
            "knowledge": passage.get("knowledge"),
            "anchor": passage.get("date_anchor"),
            "zone": passage.get("zone"),
            "parties": "; ".join(_party(party) for party in passage.get("parties") or ()) or None,
            "span": f"{passage['start']}–{passage['end']} of {passage['document_version_id']}",
            "document": passage["title"],
            "link": passage["url"],
            "published": passage["published_on"],
            "archived": f"sha-256 {passage['body_sha256']}, retrieved {passage['retrieved_at']}",
        }
        show_mapping({name: value for name, value in shown.items() if value is not None})
        for capture in passage["archived"]:
            for fetch in capture["fetches"]:
                made = f"{fetch['outcome']} at {fetch['attempted_at']} by {fetch['run_id']}"
                say(f"  fetched     {capture['location']}: {made}")


def _party(party: dict[str, Any]) -> str:
    """Return one party of a claim with what names it."""
    named = f"{party['rule_id']}, {party['knowledge']}" if party["knowledge"] else party["rule_id"]
    return f"{party['role']} {party['name']} ({named})"


def print_contents(directory: Path) -> None:
    """Print how much of what the current release holds; the unknown member of a dimension does not count."""
    from warehouse.publication import current

    release = current(directory)
    if release is None:
        return
    kinds = {
        "fact_event": "events", "dim_document": "document versions", "dim_person": "persons",
        "dim_organisation": "organisations", "dim_instrument": "instruments", "dim_project": "projects",
        "fact_quantity": "quantities", "bridge_fact_evidence": "quoted passages",
    }  # fmt: skip
    rows = release.rows
    counts = [f"{rows[table] - table.startswith('dim_')} {kind}" for table, kind in kinds.items()]
    say(f"The release holds {', '.join(counts)}.")


def print_fact(directory: Path) -> None:
    """Print one event of the current release with its sentence and link: the best supported one."""
    import duckdb

    from warehouse.publication import current, release_directory

    release = current(directory)
    if release is None:
        return
    with duckdb.connect(
        str(release_directory(directory, release.release_id) / "warehouse.duckdb"), read_only=True
    ) as base:
        row = base.execute(
            "SELECT event_id, event_type, status, start_on, end_on, place, country, parties, quote, title, url "
            "FROM v_event_flat WHERE status = 'occurred' AND start_on IS NOT NULL AND quote IS NOT NULL "
            "ORDER BY n_independent_sources DESC, confidence DESC, event_id LIMIT 1"
        ).fetchone()
    if row is None:
        say("The release has no dated event that occurred.")
        return
    event_id, event_type, state, start, end, place, country, parties, quote, title, url = row
    where = ", ".join(name for name in (place, country) if name and name != "unknown")
    say("One fact, with its sentence:")
    days = f"{start}" if start == end else f"{start} to {end}"
    say(f"  {event_type} ({state}), {days}{', ' + where if where else ''}: {parties}")
    say(f"  “{quote}”")
    say(f"  {title} — {url or 'no address'}")
    say(f"  communique explain {event_id} --home {directory}")


def quarantine(
    run_id: Annotated[str | None, typer.Option("--run", help="Only the rows of this run.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show what was refused and why: rows by a gate, pages that are none, documents that could not be read."""
    from warehouse.storage import Store
    from warehouse.tables import archive, documents, extracted, quality

    directory = existing_home(home)
    store = Store(directory)
    rows = [
        {
            "what": row["table_name"],
            "key": row["row_key"],
            "source": row["source_id"],
            "rule": row["rule"],
            "reason": row["reason"],
        }
        for row in store.read_all(quality.QUARANTINE).to_pylist()
        if run_id in (None, row["run_id"])
    ]
    rejects = [
        {
            "what": "document",
            "key": row["location"],
            "source": row["source_id"],
            "rule": row["reason"],
            "reason": row["detail"],
        }
        for row in ([] if run_id else store.read_all(documents.REJECTS).to_pylist())
    ]
    rejects += [
        {
            "what": "document",
            "key": row["doc_id"],
            "source": "",
            "rule": row["reason"],
            "reason": row["proposed"],
        }
        for row in (
            [] if run_id else store.read_all(extracted.REJECTS, columns=["doc_id", "reason", "proposed"]).to_pylist()
        )
        if row["reason"] == "extraction_failed"
    ]
    pages = [
        {
            "what": "page",
            "key": row["location"],
            "source": row["source_id"],
            "rule": row["reason"],
            "reason": row["detail"],
        }
        for row in store.read_all(archive.FETCHES).to_pylist()
        if row["outcome"] == "quarantined" and run_id in (None, row["run_id"])
    ]
    refused = sorted(rows + pages + rejects, key=lambda row: tuple(str(value) for value in row.values()))
    if as_json:
        show_json(refused)
        return
    if not refused:
        say("Nothing was refused.")
        return
    show_table(tuple(refused[0]), [tuple(row.values()) for row in refused[:ROWS_SHOWN]])
    if len(refused) > ROWS_SHOWN:
        say(f"… and {len(refused) - ROWS_SHOWN} more; --json shows all {len(refused)}.")


COMMANDS = {"status": status, "query": query, "explain": explain, "quarantine": quarantine}
