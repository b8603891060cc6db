"""The command that looks at one document: inspect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from flows.cli.output import printable, say, show_json, show_mapping, stdout
from flows.cli.reading import AsJson, Home
from warehouse.settings import Settings

# One colour a kind of mention.
STYLES = {
    "territory": "green", "region": "bright_green", "organisation": "blue", "person": "red", "place": "cyan",
    "instrument": "magenta", "project": "bright_magenta", "date": "yellow", "quantity": "bright_black",
}  # fmt: skip


def inspect(
    place: Annotated[str, typer.Argument(metavar="FILE|URL", help="A .html or .txt file, or a page of the web.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write a self-contained page to this file.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Read one document and show its annotations in its text, each with rule and confidence. Nothing is archived."""
    from flows.inspecting import inspect as read

    found = read(place, Settings() if home is None else Settings(home=home))
    if html is not None:
        from warehouse.files import write_bytes
        from warehouse.report.inspection import render_inspection

        write_bytes(html, render_inspection(**asdict(found)))
    if as_json:
        show_json(found)
    elif html is not None:
        say(f"Wrote {len(found.mentions)} mentions and {len(found.claims)} claims of the document to {html}.")
    else:
        print_inspection(found)


def print_inspection(found: Any) -> None:
    """Print a document for people: its text with mentions and triggers marked, then its claims."""
    document = found.document
    about = {
        "language": f"{document['language']} ({document['language_confidence']:.2f})",
        "published": document["published_on"] or f"unknown: {document['published_on_reason']}",
        "day found by": document["published_on_method"],
        "address": document["url"],
    }
    show_mapping({name: value for name, value in about.items() if value})
    say()
    in_colour = stdout.is_terminal and not stdout.no_color
    stdout.print(marked(document["text"], found.mentions, found.claims, named=not in_colour))
    if in_colour:
        say()
        stdout.print(
            Text(" ").join(Text(kind, STYLES[kind]) for kind in sorted({row["kind"] for row in found.mentions}))
        )
    for number, row in enumerate(found.claims, start=1):
        say()
        say(f"[{number}] {row['claim_type']} ({row['status']}): “{' '.join(row['quote'].split())}”")
        show_mapping(dict(_claim(row)))


def marked(text: str, mentions: Any, claims: Any, named: bool) -> Text:
    """Return the text with its mentions coloured and its triggers underlined, each followed by its claim's number.

    Where colours cannot tell the kinds apart, each mention is `named`: its kind follows it in braces.
    """
    from warehouse.report.highlight import pieces

    shown, end = Text(), 0
    for piece in pieces(text, 0, len(text), mentions, claims):
        style = STYLES[piece.mentions[0]["kind"]] if piece.mentions else ""
        # What could steer a terminal is escaped line by line: line ends are the text's own.
        words = "\n".join(printable(line) for line in piece.text.split("\n"))
        shown.append(words, f"{style} bold underline" if piece.triggers else style)
        end += len(piece.text)
        if named:
            shown.append("".join(f"{{{row['kind']}}}" for row in piece.mentions if row["end"] == end))
        for number in piece.signals:
            shown.append(f"[{number}]", "bold")
    return shown


def _claim(row: Any) -> Iterator[tuple[str, str]]:
    if row["date_start"] is not None:
        basis = f"{row['date_basis']}: {row['date_verbatim']}" if row["date_verbatim"] else row["date_basis"]
        anchor = f", against {row['date_anchor']}" if row["date_anchor"] else ""
        yield "when", f"{row['date_start']} to {row['date_end']} ({row['date_precision']}, {basis}{anchor})"
    if row["place_name"] is not None:
        yield "where", f"{row['place_name']} ({row['place_basis']})"
    if row["country_code"] is not None:
        yield "country", f"{row['country_code']} ({row['country_basis']})"
    if row["parties"]:
        yield "parties", "; ".join(f"{one['role']} {one['name']}" for one in row["parties"])
    yield "zone", row["zone"]
    where = f", {row['knowledge']}" if row["knowledge"] else ""
    yield "rule", f"{row['rule_id']}{where}, confidence {row['confidence']:.2f}"


COMMANDS = {"inspect": inspect}
