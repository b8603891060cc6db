"""The page of one document with its annotations: self-contained, without a script, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from warehouse.report.highlight import Row, pieces
from warehouse.report.page import environment, source_of

_ASSETS = Path(__file__).parent / "assets"


def render_inspection(
    place: str,
    document: Row,
    mentions: Sequence[Row],
    claims: Sequence[Row],
    rejects: Sequence[Row],
    topics: Sequence[Row],
    removals: Mapping[str, int],
) -> bytes:
    """Return the page; the same annotations give the same bytes.

    Args:
        place: The file or address that was asked for.
        document: Row with `text`, `body_start` and what is known of the document.
        mentions: Mentions by position, with rule, confidence and knowledge row.
        claims: Claims by position, with their parties.
        rejects: Candidates that were refused.
        topics: Topics of the document.
        removals: Kind of what was left out → how many spans.
    """
    text, begins = document["text"], document["body_start"]
    # After the tokens and the type of the report comes what only this page has.
    style = "".join((_ASSETS / name).read_text("utf-8") for name in ("report.css", "inspection.css"))
    page = (
        environment()
        .get_template("inspection.html.j2")
        .render(
            policy=_policy(style),
            style=style,
            place=place,
            document=document,
            headline=pieces(text, 0, len(text[:begins].rstrip()), mentions, claims),
            body=pieces(text, begins, len(text), mentions, claims),
            mentions=mentions,
            kinds=sorted({str(row["kind"]) for row in mentions}),
            claims=claims,
            rejects=rejects,
            topics=topics,
            removals=removals,
            facts=_facts,
        )
    )
    return page.encode("utf-8", "replace")


def _policy(style: str) -> str:
    """Return the policy under which the page loads nothing, runs nothing and sends nothing."""
    return f"default-src 'none'; style-src '{source_of(style)}'; base-uri 'none'; form-action 'none'"


def _facts(row: Row, *names: str) -> list[tuple[str, Any]]:
    """Return the names that have a value, as they are shown, with it."""
    return [(name.replace("_", " "), row[name]) for name in names if row[name] is not None]
