"""One document through fetch, clean and extract, nothing archived: what a person sees who looks at a single page.

Plain calls of the stages; nothing is orchestrated, and Prefect is not needed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.measured import extract_folder
from tasks.curate.knowledge_rows import frame_of, row_of
from tasks.extract.rules import RULES
from tasks.fetch.folder import MANIFEST, SUFFIXES
from tasks.fetch.probe import probe_page
from tasks.fetch.web.options import WebSettings
from warehouse.errors import ConfigurationError
from warehouse.reference import read_regular
from warehouse.settings import Settings
from warehouse.storage import Store
from warehouse.tables import contract_of

Row = Mapping[str, Any]

_TABLES = ("documents.documents", "documents.rejects", "documents.removals", "extracted.mentions", "extracted.claims",
           "extracted.claim_arguments", "extracted.rejects", "extracted.topics")  # fmt: skip
# What is told of a mention, a claim and a candidate that was refused, beside rule and knowledge.
_MENTION = (
    "mention_id", "kind", "start", "end", "text", "zone", "name", "subtype", "country_code", "office", "affiliation",
    "date_start", "date_end", "date_precision", "date_anchor", "value_min", "value_max", "unit", "qualifier",
    "reference_id", "rule_id", "confidence",
)  # fmt: skip
_CLAIM = (
    "claim_id", "claim_type", "status", "polarity", "zone", "start", "end", "quote", "trigger_start", "trigger_end",
    "trigger_text", "date_start", "date_end", "date_precision", "date_verbatim", "date_basis", "place_name",
    "place_basis", "country_code", "country_basis", "rule_id", "confidence",
)  # fmt: skip
_DOCUMENT = (
    "title", "language", "language_confidence", "published_on", "published_on_method", "published_on_reason",
    "publisher", "url", "media_type", "encoding", "text", "body_start",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one document says. All offsets count code points of `document["text"]`.

    Attributes:
        place: The file or address as it was asked for.
        document: What the clean stage made of it.
        mentions: Mentions by position, each with its rule, what the rule rests on, and its knowledge row.
        claims: Claims by position, each with its parties, rule, frame and the day its date was resolved against.
        rejects: Candidates that were refused, with the reason.
        topics: Topics with the words that tell them.
        removals: How many spans of each kind were left out of the text.
    """

    place: str
    document: Row
    mentions: Sequence[Row]
    claims: Sequence[Row]
    rejects: Sequence[Row]
    topics: Sequence[Row]
    removals: Mapping[str, int]


def inspect(place: str, settings: Settings) -> Inspection:
    """Read one file or one page of the web and return what the stages make of it.

    Args:
        place: Path of a .html or .txt file, or an address that begins with http:// or https://; it is asked with the
            manners and limits of every other page.
        settings: Limits, contact and knowledge.

    Raises:
        ConfigurationError: There is no such file, the page is refused or set aside, or it holds no document.
    """
    with tempfile.TemporaryDirectory(prefix="communique-inspect-") as scratch:
        folder, home = Path(scratch) / "inspected", Path(scratch) / "home"
        folder.mkdir()
        if place.casefold().startswith(("http://", "https://")):
            _put_page(place, folder, settings)
        else:
            _put_file(Path(place), folder)
        extract_folder(home, folder, settings.reference_dir)
        store = Store(home)
        tables = {name: store.read_all(contract_of(*name.split("."))).to_pylist() for name in _TABLES}
    if not tables["documents.documents"]:
        reasons = "; ".join(f"{row['reason']}: {row['detail']}" for row in tables["documents.rejects"])
        raise ConfigurationError(f"holds no document ({reasons})", place, "Look at it in a browser.")
    return _inspection(place, tables, settings.reference_dir)


def _put_file(path: Path, folder: Path) -> None:
    if path.suffix.casefold() not in SUFFIXES:
        raise ConfigurationError("is no .html or .txt file", str(path), "Save the page as HTML or as plain text.")
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.is_file() else datetime.now(UTC)
    _put(folder, path.suffix.casefold(), read_regular(path), {"retrieved_at": modified.isoformat()})


def _put_page(url: str, folder: Path, settings: Settings) -> None:
    page = probe_page(url, WebSettings.from_settings(settings), settings.home / "web", settings.reference_dir)
    if page.body is None:
        raise ConfigurationError(f"gives no page: {page.verdict} ({page.detail})", url, "Look at it in a browser.")
    suffix = ".txt" if (page.content_type or "").startswith("text/plain") else ".html"
    about = {"url": page.final_url or url, "content_type": page.content_type}
    _put(folder, suffix, page.body, {**about, "retrieved_at": datetime.now(UTC).isoformat()})


def _put(folder: Path, suffix: str, body: bytes, about: Mapping[str, str | None]) -> None:
    """Lay the bytes into the folder under a name of ours: that of the file may be anything."""
    name = f"document{suffix}"
    (folder / name).write_bytes(body)
    (folder / MANIFEST).write_text(json.dumps({"file": name, "doc_id": "document", **about}) + "\n", "utf-8")


def _inspection(place: str, tables: Mapping[str, list[dict[str, Any]]], reference: Path) -> Inspection:
    (document,) = tables["documents.documents"]
    mentions = {row["mention_id"]: row for row in tables["extracted.mentions"]}
    parties: dict[str, list[Row]] = {}
    for row in tables["extracted.claim_arguments"]:
        named = mentions[row["mention_id"]]
        parties.setdefault(row["claim_id"], []).append(
            {
                "role": row["role"], "name": named["name"] or row["text"], "basis": row["basis"],
                "rule_id": row["rule_id"],
            }
        )  # fmt: skip
    removals: dict[str, int] = {}
    for row in tables["documents.removals"]:
        removals[row["kind"]] = removals.get(row["kind"], 0) + 1
    return Inspection(
        place=place,
        document={name: document[name] for name in _DOCUMENT},
        mentions=[
            {
                **{name: row[name] for name in _MENTION},
                "rule_says": says(row["rule_id"]),
                "knowledge": row_of(reference, row["kind"], row["reference_id"]),
            }
            for row in sorted(mentions.values(), key=lambda row: (row["start"], -row["end"], row["kind"]))
        ],
        claims=[
            {
                **{name: row[name] for name in _CLAIM},
                "date_anchor": mentions.get(row["date_mention_id"], {}).get("date_anchor"),
                "parties": parties.get(row["claim_id"], []),
                "rule_says": says(row["rule_id"]),
                "knowledge": frame_of(reference, row["rule_id"]),
            }
            for row in sorted(tables["extracted.claims"], key=lambda row: (row["start"], row["claim_id"]))
        ],
        rejects=[
            {name: row[name] for name in ("kind", "start", "end", "text", "proposed", "rule_id", "reason")}
            # A document that the rules could not digest has no place in itself.
            for row in sorted(
                tables["extracted.rejects"], key=lambda row: (row["start"] or 0, row["end"] or 0, row["reject_id"])
            )
        ],
        topics=[
            {name: row[name] for name in ("topic", "start", "end", "text", "rule_id", "confidence")}
            for row in sorted(tables["extracted.topics"], key=lambda row: row["topic"])
        ],
        removals=dict(sorted(removals.items())),
    )


def says(rule_id: str) -> str | None:
    """Return what a rule of the code rests on, in words; None for a frame, which says it itself."""
    return RULES[rule_id][1] if rule_id in RULES else None
