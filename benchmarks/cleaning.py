"""The clean stage beside trafilatura on the very same pages.

The stage is measured whole: read the captures, decode, parse, choose the text, title, date and language, split the
sentences, keep what is removed, and build the tables. Trafilatura gets the bytes of the pages and says what it finds.
"""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path
from typing import Any

import trafilatura

from benchmarks import corpus
from benchmarks.measures import DAY, ONE_FILE
from benchmarks.timing import Figure, Wanted, Work, medians, taking_turns
from tasks.clean.step import clean_file
from tasks.fetch.entry import fetch_one
from tasks.fetch.sources import folder_source
from warehouse.storage import Store

_PEERS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "as it comes, with title and date": {"with_metadata": True},
    "fast": {"fast": True, "include_comments": False},
    "fast, with title and date": {"fast": True, "include_comments": False, "with_metadata": True},
}
_AT_LEAST = Wanted("ratio", "≥", 0.8)


def given_pages(folder: Path) -> list[bytes]:
    """Return the pages of a folder: its files `*.html` and `*.html.gz`, sorted by name."""
    found = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in found]


def clean_stage(scratch: Path, kind: str, bodies: list[bytes], turns: int) -> list[Figure]:
    """Measure the clean stage against trafilatura alone on the same pages, in four settings."""
    home = scratch / f"clean-{kind.replace(' ', '-')}" / "home"
    store = Store(home)
    folder = corpus.write_pages(home.parent / "pages", bodies)
    captures = fetch_one(home, folder_source(folder), DAY, "run_bench", ONE_FILE).captures

    def ours() -> None:
        for ref in captures:
            clean_file(store, ref)

    def alone(setting: dict[str, Any]) -> None:
        for body in bodies:
            trafilatura.bare_extraction(body, **setting)

    # What only the first page pays: word lists and the model of languages.
    clean_file(store, captures[0])
    works: dict[str, Work] = {peer: partial(alone, setting) for peer, setting in _PEERS.items()}
    half = medians(taking_turns(turns, **{"": ours}, **works))
    rate = {name: len(bodies) / seconds for name, seconds in half.items()}
    return [
        Figure(
            f"clean stage, {len(bodies)} {kind}",
            rate[""],
            "pages / CPU s",
            f"trafilatura alone, {peer}",
            rate[peer],
            rate[""] / rate[peer],
            turns,
            "share of its speed; the stage also names the language, splits sentences and keeps what it removes",
            _AT_LEAST if peer == "as it comes" else None,
        )
        for peer in _PEERS
    ]
