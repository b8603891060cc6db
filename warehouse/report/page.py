"""The page itself: data packed, template filled, style and script named by hash in the content security policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.errors import StorageError
from warehouse.report.events import EVENTS_A_BLOCK, EVENTS_SHOWN, documents_of, events_of
from warehouse.report.evidence import FACTS_A_BLOCK, evidence_blocks, other_facts
from warehouse.report.figures import figures_of
from warehouse.report.pools import Pool
from warehouse.report.relations import relations_of
from warehouse.report.runs import RunQuality
from warehouse.report.text import visible, web_address

if TYPE_CHECKING:
    import jinja2

_HERE = Path(__file__).parent
# One script: the parts in this order, in one scope.
_SCRIPTS = ("data", "format", "state", "filters", "timeline", "list", "panel", "countries", "relations", "main")
# Level 6 packs 50,000 events in a third of the time of level 9, into 3 % more.
_LEVEL = 6
_COUNTRIES = "SELECT country_code, name, is_eu_member, is_wb6 FROM dim_country WHERE country_code <> 'ZZ' ORDER BY ALL"


def render_report(database: Path, about: Mapping[str, Any], runs: Sequence[RunQuality] = ()) -> bytes:
    """Return the page of a release; the same release, verdicts of runs and code give the same bytes.

    Args:
        database: The release's `warehouse.duckdb`.
        about: What its manifest says: release_id, schema_version, parent, run_id, gaps, environment.
        runs: The last runs, oldest first; the page then shows how quality went.

    Raises:
        StorageError: The database cannot be read, or is not one of a release.
    """
    try:
        with duckdb.connect(str(database), read_only=True) as base:
            data = _data(base)
            figures = figures_of(base, about, runs)
    except duckdb.Error as error:
        raise StorageError(
            f"the report could not be made ({error})", str(database), "`communique verify` says whether it is whole."
        ) from error
    style = (_HERE / "assets" / "report.css").read_text("utf-8")
    script = _script()
    template = environment().get_template("report.html.j2")
    core = data["core"]
    page = template.render(
        **figures,
        facts_a_block=FACTS_A_BLOCK,
        events_a_block=EVENTS_A_BLOCK,
        policy=_policy(script, style),
        style=style,
        script=script,
        data={name: _packed(content) for name, content in data.items()},
        events_left_out=core["events_total"] - core["n_events"],
        relations=core["relations"],
        facts=frozenset(data["facts"]) | {one for block in _words(data) for one in block["id"]},
    )
    return page.encode("utf-8", "replace")


def _data(base: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return the parts of the data by name: `core` is unpacked at once, every other part when it is asked for."""
    documents: Pool[str] = Pool()
    events = events_of(base, documents)
    others = other_facts(base, events.ids, EVENTS_SHOWN)
    blocks = list(evidence_blocks(base, [*events.ids, *others], documents))
    relations = relations_of(base, {*events.ids, *others})
    ((total,),) = base.execute("SELECT count(*) FROM fact_event").fetchall()
    core = {
        "events": events.columns,
        "n_events": len(events.ids),
        "events_total": total,
        "labels": dict(base.execute("SELECT event_type, label FROM dim_event_type ORDER BY ALL").fetchall()),
        "countries": {
            code: [name, int(member), int(partner)]
            for code, name, member, partner in base.execute(_COUNTRIES).fetchall()
        },
        "tiles": _tiles(),
        "relations": [{key: value for key, value in one.items() if key != "rows"} for one in relations],
    }
    return {
        "core": core,
        **{f"words-{number}": block for number, block in enumerate(events.words)},
        "documents": documents_of(base, documents),
        "facts": others,
        "relations": {one["name"]: one["rows"] for one in relations},
        **{f"evidence-{number}": block for number, block in enumerate(blocks)},
    }


def _words(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [part for name, part in data.items() if name.startswith("words-")]


def _tiles() -> list[list[str | int]]:
    """Return country code, column and row of each tile of the map."""
    lines = (_HERE / "tiles.csv").read_text("utf-8").splitlines()[1:]
    return [[code, int(column), int(row)] for code, column, row in (line.split(",") for line in lines)]


def _script() -> str:
    parts = "".join((_HERE / "assets" / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _packed(content: Any) -> str:
    """Return JSON, compressed, as text that means nothing to a parser of HTML."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return base64.b64encode(gzip.compress(data, _LEVEL, mtime=0)).decode()


def _policy(script: str, style: str) -> str:
    """Return the policy under which the page loads nothing and runs nothing but itself, and no text becomes markup."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{source_of(script)}'",
            f"style-src '{source_of(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def source_of(content: str) -> str:
    """Return how a content security policy names this style or script: by its hash."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


@cache
def environment() -> jinja2.Environment:
    """Return the templates of the pages: everything is escaped, and a name that is missing is an error."""
    # Here, because only publishing and `communique report` need it: it takes some 60 ms to import.
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = lambda value: visible(str(value))
    environment.filters["grouped"] = lambda value: f"{value:,}".replace(",", "\u202f")
    environment.filters["web_address"] = web_address
    return environment
