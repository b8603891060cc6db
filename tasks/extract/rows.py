"""Annotations of documents as tables of the extracted layer.

Every span is cut out of the document's text here, and a mention or argument whose own text differs from it stops the
stage: evidence that is not in the document must never leave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import pyarrow as pa

from tasks.extract.annotations import Annotations, Claim, Document, Mention, Reject, Topic, Vote
from warehouse.contract import TableContract
from warehouse.errors import ContractError
from warehouse.ids import make_id
from warehouse.tables import extracted

_MENTION_FIELDS = tuple(field.name for field in fields(Mention))
_TOPIC_FIELDS = tuple(field.name for field in fields(Topic))
_REJECT_FIELDS = tuple(field.name for field in fields(Reject))
_VOTE_FIELDS = tuple(field.name for field in fields(Vote))
_CLAIM_FIELDS = tuple(
    name
    for name in extracted.CLAIMS.column_names
    if name in {field.name for field in fields(Claim)}
)  # fmt: skip


def tables(annotated: Iterable[tuple[Document, Annotations]], rules_hash: str) -> dict[str, pa.Table]:
    """Return mentions, claims, claim_arguments, rejects, topics and votes with the schemas of their contracts.

    Args:
        annotated: Documents with all that was found in them.
        rules_hash: Hash of the rules and knowledge that found it.

    Raises:
        ContractError: A text is not what stands at its offsets.
    """
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("mentions", "claims", "claim_arguments", "rejects", "topics", "votes")
    }
    for document, found in annotated:
        common = {
            "doc_id": document.doc_id,
            "document_version_id": document.document_version_id,
            "rules_hash": rules_hash,
        }
        rows["mentions"].extend(common | _mention_row(document, mention) for mention in found.mentions)
        for claim in found.claims:
            rows["claims"].append(common | _claim_row(document, claim))
            rows["claim_arguments"].extend(common | row for row in _argument_rows(document, claim))
        rows["rejects"].extend(common | _reject_row(document, reject) for reject in found.rejects)
        rows["topics"].extend(common | _topic_row(document, topic) for topic in found.topics)
        rows["votes"].extend(common | {name: getattr(vote, name) for name in _VOTE_FIELDS} for vote in found.votes)
    contracts = {
        "mentions": extracted.MENTIONS,
        "claims": extracted.CLAIMS,
        "claim_arguments": extracted.CLAIM_ARGUMENTS,
        "rejects": extracted.REJECTS,
        "topics": extracted.TOPICS,
        "votes": extracted.VOTES,
    }
    return {name: _table(contract, rows[name]) for name, contract in contracts.items()}


def _table(contract: TableContract, rows: list[dict[str, Any]]) -> pa.Table:
    columns = {
        column.name: pa.array([row.get(column.name) for row in rows], type=column.field.type)
        for column in contract.columns
    }
    return pa.table(columns, schema=contract.schema)


def _cut(document: Document, start: int, end: int, text: str, what: str) -> str:
    """Return the text at the offsets.

    Raises:
        ContractError: It is empty, out of bounds, or not `text`.
    """
    cut = document.text[start:end]
    if not 0 <= start < end <= len(document.text) or cut != text:
        raise ContractError(
            f"{what} {text!r} does not stand at {start}:{end}, where the text has {cut!r}",
            document.document_version_id,
            "This is a defect of the rule that found it; report it with the document.",
        )
    return cut


def _mention_row(document: Document, mention: Mention) -> dict[str, Any]:
    _cut(document, mention.start, mention.end, mention.text, "mention")
    return {name: getattr(mention, name) for name in _MENTION_FIELDS}


def _claim_row(document: Document, claim: Claim) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(claim, name) for name in _CLAIM_FIELDS}
    trigger = document.text[claim.trigger_start : claim.trigger_end]
    quote = document.text[claim.start : claim.end]
    row["trigger_text"] = _cut(document, claim.trigger_start, claim.trigger_end, trigger, "trigger")
    row["quote"] = _cut(document, claim.start, claim.end, quote, "quote")
    if not claim.start <= claim.trigger_start < claim.trigger_end <= claim.end:
        raise ContractError(
            f"the trigger {trigger!r} lies outside its quote {quote!r}",
            document.document_version_id,
            "This is a defect of the frame; report it with the document.",
        )
    row["date_mention_id"] = claim.date_mention.mention_id if claim.date_mention else None
    row["place_mention_id"] = claim.place_mention.mention_id if claim.place_mention else None
    row["project_mention_id"] = claim.project_mention.mention_id if claim.project_mention else None
    return row


def _argument_rows(document: Document, claim: Claim) -> Iterator[dict[str, Any]]:
    for ordinal, argument in enumerate(claim.arguments):
        mention = argument.mention
        yield {
            "claim_id": claim.claim_id,
            "ordinal": ordinal,
            "role": argument.role,
            "mention_id": mention.mention_id,
            "start": mention.start,
            "end": mention.end,
            "text": _cut(document, mention.start, mention.end, mention.text, "argument"),
            "basis": argument.basis,
            "rule_id": argument.rule_id,
        }


def _topic_row(document: Document, topic: Topic) -> dict[str, Any]:
    _cut(document, topic.start, topic.end, topic.text, "topic")
    return {name: getattr(topic, name) for name in _TOPIC_FIELDS}


def _reject_row(document: Document, reject: Reject) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(reject, name) for name in _REJECT_FIELDS}
    if reject.start is not None and reject.end is not None:
        row["text"] = _cut(document, reject.start, reject.end, reject.text or "", "reject")
    parts = (reject.sentence_id, reject.kind, reject.rule_id, reject.start, reject.end)
    said = () if reject.proposed is None else (reject.proposed, reject.reason)
    return row | {"reject_id": make_id("rej", *parts, *said)}
