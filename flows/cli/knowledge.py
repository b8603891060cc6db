"""Commands on the knowledge files: knowledge lint, knowledge coverage."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import say, show_json, show_table
from flows.cli.reading import AsJson
from flows.cli.running import embed_prefect, orchestrate
from warehouse.errors import ConfigurationError, GateBlockedError
from warehouse.settings import Settings

app = typer.Typer(help="Check the reference tables and what documents use of them.", no_args_is_help=True)

Reference = Annotated[
    Path | None, typer.Option("--reference", help="Directory of the reference tables; the configured one if not given.")
]


@app.command("lint")
def lint_knowledge(
    reference: Reference = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings as well.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List the rows to be checked one by one as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """List defects of the knowledge files: ids, forms that name two things, failing examples, rows nothing can find."""
    from tasks.extract.knowledge_lint import UNCHECKED, lint

    found = lint(reference or Settings().reference_dir)
    errors = sum(finding.severity == "error" for finding in found)
    if as_json:
        show_json({"errors": errors, "warnings": len(found) - errors, "findings": [asdict(f) for f in found]})
    else:
        shown = [f for f in found if f.check != UNCHECKED or every]
        if shown:
            show_table(
                ("severity", "check", "where", "message"), [(f.severity, f.check, f.where, f.message) for f in shown]
            )
        if len(shown) < len(found):
            say(f"{len(found) - len(shown)} rows are still to be checked at their sources: --all lists them.")
        say(f"{errors} errors, {len(found) - errors} warnings.")
    if errors or (strict and found):
        raise typer.Exit(ConfigurationError.exit_code)


@app.command("coverage")
def cover(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of .html and .txt documents.")],
    least: Annotated[int, typer.Option("--least", min=1, help="Fewest places of a phrase that is shown.")] = 2,
    top: Annotated[int, typer.Option("--top", min=1, help="Most rows and phrases shown; --json has all.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Show which rows of the reference tables a folder of documents uses, and frequent names that no row knows."""
    from tasks.extract.knowledge_coverage import coverage
    from warehouse.storage import Store
    from warehouse.tables import contract_of

    if not directory.is_dir():
        raise ConfigurationError("there is no such folder", str(directory), "Name a folder of .html or .txt documents.")
    with tempfile.TemporaryDirectory(prefix="communique-coverage-") as scratch:
        home = Path(scratch) / "home"
        embed_prefect(home)
        from flows.daily import daily

        try:
            orchestrate(home, daily, folder=str(directory))
        except GateBlockedError as error:
            say(f"A gate stopped the run: {error}. What follows is of the documents that passed before.")
        store = Store(home)
        documents = store.read_all(contract_of("documents", "documents")).to_pylist()
        mentions = store.read_all(contract_of("extracted", "mentions")).to_pylist()
    found = coverage(Settings().reference_dir, documents, mentions, least)
    if as_json:
        show_json(
            {
                "documents": found.n_documents,
                "fired": [dict(zip(("kind", "id", "mentions", "documents"), row, strict=True)) for row in found.fired],
                "silent": [dict(zip(("kind", "id"), row, strict=True)) for row in found.silent],
                "unknown": [dict(zip(("phrase", "places", "documents"), row, strict=True)) for row in found.unknown],
            }
        )
        return
    show_table(("kind", "row", "mentions", "documents"), found.fired[:top])
    say()
    show_table(("named, but in no row", "places", "documents"), found.unknown[:top])
    say()
    rows = len(found.fired) + len(found.silent)
    say(f"{found.n_documents} documents use {len(found.fired)} of {rows} rows.")
