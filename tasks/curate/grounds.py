"""What a passage rests on: the rule, the row of the knowledge tables, the day its date was resolved against, the zone.

The release publishes the rule of a passage; what the rule had before it is read in the extracted layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tasks.curate.knowledge_rows import frame_of, row_of
from warehouse.storage import Store
from warehouse.tables import extracted

Row = dict[str, Any]

_MENTION = (
    "mention_id", "kind", "text", "zone", "name", "reference_id", "rule_id", "rules_hash", "confidence", "date_anchor",
    "antecedent_mention_id",
)  # fmt: skip
_CLAIM = (
    "claim_id", "zone", "rule_id", "rules_hash", "confidence", "date_mention_id", "date_basis", "place_mention_id",
    "place_basis", "country_basis",
)  # fmt: skip
_ARGUMENT = ("claim_id", "mention_id", "role", "text", "basis", "rule_id")
# What a passage may know already from the release.
_PUBLISHED = ("rule_id", "rules_hash", "confidence", "zone")


def ground(home: Path, reference: Path, evidence: Sequence[Row]) -> None:
    """Add to each passage, in place, what it rests on.

    Args:
        home: Directory of the warehouse.
        reference: Directory of the knowledge tables; rows are named as they stand there now.
        evidence: Passages with `evidence_id` (of a claim or a mention) and `source_id`. They get `rule_id`,
            `rules_hash`, `confidence` and `zone` if they have none, and `knowledge` (file and line, or None),
            `date_anchor`, `date_basis`, `place_basis`, `country_basis` and `parties`, each party with role, name,
            basis, rule and knowledge row.
    """
    store = Store(home)
    sources = {row["source_id"] for row in evidence}
    ids = {row["evidence_id"] for row in evidence if row.get("evidence_id")}
    claims = {row["claim_id"]: row for row in _rows(store, extracted.CLAIMS, "claim_id", ids, _CLAIM, sources)}
    arguments = _rows(store, extracted.CLAIM_ARGUMENTS, "claim_id", set(claims), _ARGUMENT, sources)
    wanted = ids | {row["mention_id"] for row in arguments}
    wanted |= {row[name] for row in claims.values() for name in ("date_mention_id", "place_mention_id") if row[name]}
    rows = _rows(store, extracted.MENTIONS, "mention_id", wanted, _MENTION, sources)
    mentions = {row["mention_id"]: row for row in rows}
    for passage in evidence:
        identity = passage.get("evidence_id")
        if identity in claims:
            passage |= _of_claim(passage, claims[identity], arguments, mentions, reference)
        elif identity in mentions:
            passage |= _of_mention(passage, mentions[identity], reference)


def _rows(
    store: Store, contract: Any, key: str, ids: Iterable[str], columns: Sequence[str], sources: set[str]
) -> list[Row]:
    """Return the rows of the extracted layer with one of these ids, from the files of some sources."""
    wanted = pa.array(sorted(ids), pa.string())
    found: dict[tuple[Any, ...], Row] = {}
    for ref in store.files(contract):
        if ref.partition is None or ref.partition.source_id not in sources:
            continue
        table = store.read(ref, columns=list(columns))
        for row in table.filter(pc.is_in(table.column(key), value_set=wanted)).to_pylist():
            # A sentence that stands in several versions says the same in each.
            found.setdefault(tuple(row[name] for name in columns if name.endswith("_id") or name == "role"), row)
    return list(found.values())


def _published(passage: Mapping[str, Any], row: Row) -> Row:
    return {name: row[name] for name in _PUBLISHED if passage.get(name) is None}


def _of_claim(passage: Row, claim: Row, arguments: Sequence[Row], mentions: Mapping[str, Row], reference: Path) -> Row:
    dated = mentions.get(claim["date_mention_id"] or "", {})
    parties = []
    for row in arguments:
        if row["claim_id"] == claim["claim_id"]:
            mention = mentions.get(row["mention_id"], {})
            name = mention.get("name") or row["text"]
            known = row_of(reference, mention.get("kind", ""), mention.get("reference_id"))
            told = {"role": row["role"], "name": name, "basis": row["basis"], "rule_id": row["rule_id"]}
            parties.append({**told, "knowledge": known})
    return {
        **_published(passage, claim),
        "knowledge": frame_of(reference, claim["rule_id"]),
        "date_anchor": dated.get("date_anchor"),
        **{name: claim[name] for name in ("date_basis", "place_basis", "country_basis")},
        "parties": parties,
    }


def _of_mention(passage: Row, mention: Row, reference: Path) -> Row:
    return {
        **_published(passage, mention),
        "knowledge": row_of(reference, mention["kind"], mention["reference_id"]),
        "date_anchor": mention["date_anchor"],
        "antecedent_mention_id": mention["antecedent_mention_id"],
    }
