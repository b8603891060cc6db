"""The command on optional labellers: labellers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.output import say, show_json, show_table
from flows.cli.reading import AsJson, Home, existing_home

CASES_SHOWN = 20


def labellers(
    home: Home = None,
    labeller: Annotated[str | None, typer.Option("--labeller", help="Only this one.", show_default=False)] = None,
    cases: Annotated[bool, typer.Option("--cases", help="Also list what only one side found.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare what optional labellers (spaCy, GLiNER, a language model) found with what the rules found."""
    from tasks.extract.labellers.disagreement import agreements, disagreements
    from warehouse.storage import Store
    from warehouse.tables import extracted, resolved

    store = Store(existing_home(home))
    tables = {
        contract.name: store.read_all(contract)
        for contract in (extracted.VOTES, extracted.MENTIONS, extracted.CLAIMS, extracted.REJECTS)
    }
    votes, mentions, claims = tables["votes"], tables["mentions"], tables["claims"]
    rows = [
        row
        for row in agreements(votes, mentions, claims, tables["rejects"], store.read_all(resolved.EVENT_CLAIMS))
        if labeller in (None, row.labeller)
    ]
    found = [case for case in disagreements(votes, mentions, claims) if labeller in (None, case.labeller)]
    if as_json:
        show_json(
            {
                "agreement": [asdict(row) | {"agreement": row.agreement} for row in rows],
                "cases": [asdict(case) for case in found],
            }
        )
        return
    if not rows:
        say("No labeller has been asked: the rules work alone. COMMUNIQUE_LABELLERS names some (docs/labellers.md).")
        return
    columns = ("labeller", "kind", "both", "rules only", "labeller only", "refused", "agreement")
    show_table(
        columns,
        [
            (
                row.labeller, row.kind, row.both, row.rules_only, row.labeller_only, row.refused,
                "" if row.agreement is None else f"{row.agreement:.2f}",
            )
            for row in rows
        ],
    )  # fmt: skip
    if cases and found:
        say()
        for case in found[:CASES_SHOWN]:
            say(f"{case.doc_id}  {case.kind}, only {case.found_by}: {case.text}")
        if len(found) > CASES_SHOWN:
            say(f"… and {len(found) - CASES_SHOWN} more; --json has all {len(found)}.")


COMMANDS = {"labellers": labellers}
