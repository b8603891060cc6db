"""Annotations of documents as tables of the extracted layer.

Every span is cut out of the document's text here, and a mention or argument whose own text differs from it stops the
stage: evidence that is not in the document must never leave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

import pyarrow as pa

from tasks.extract.annotations import Annotations, Claim, Document, Mention, Reject, Topic, Vote
from warehouse.contract import TableContract
from warehouse.errors import ContractError
from warehouse.ids import make_id
from warehouse.tables import extracted

Values = tuple[Any, ...]

_COMMON = ("doc_id", "document_version_id", "rules_hash")


def _of(kind: type, contract: TableContract) -> tuple[str, ...]:
    """Return the columns of a table that are fields of what its rows are made of."""
    return tuple(field.name for field in fields(kind) if field.name in contract.column_names)


_MENTION_FIELDS = _of(Mention, extracted.MENTIONS)
_TOPIC_FIELDS = _of(Topic, extracted.TOPICS)
_REJECT_FIELDS = _of(Reject, extracted.REJECTS)
_VOTE_FIELDS = _of(Vote, extracted.VOTES)
_CLAIM_FIELDS = _of(Claim, extracted.CLAIMS)
# A row is made of all fields at once: a file has tens of thousands of rows.
_mention, _topic, _reject = attrgetter(*_MENTION_FIELDS), attrgetter(*_TOPIC_FIELDS), attrgetter(*_REJECT_FIELDS)
_vote, _claim = attrgetter(*_VOTE_FIELDS), attrgetter(*_CLAIM_FIELDS)
_ARGUMENT_FIELDS = ("claim_id", "ordinal", "role", "mention_id", "start", "end", "text", "basis", "rule_id")
_OF_CLAIM = ("trigger_text", "quote", "date_mention_id", "place_mention_id", "project_mention_id")
_TABLES: dict[str, tuple[TableContract, tuple[str, ...]]] = {
    "mentions": (extracted.MENTIONS, _MENTION_FIELDS),
    "claims": (extracted.CLAIMS, (*_CLAIM_FIELDS, *_OF_CLAIM)),
    "claim_arguments": (extracted.CLAIM_ARGUMENTS, _ARGUMENT_FIELDS),
    "rejects": (extracted.REJECTS, (*_REJECT_FIELDS, "reject_id")),
    "topics": (extracted.TOPICS, _TOPIC_FIELDS),
    "votes": (extracted.VOTES, _VOTE_FIELDS),
}


def tables(annotated: Iterable[tuple[Document, Annotations]], rules_hash: str) -> dict[str, pa.Table]:
    """Return mentions, claims, claim_arguments, rejects, topics and votes with the schemas of their contracts.

    Args:
        annotated: Documents with all that was found in them.
        rules_hash: Hash of the rules and knowledge that found it.

    Raises:
        ContractError: A text is not what stands at its offsets.
    """
    rows: dict[str, list[Values]] = {name: [] for name in _TABLES}
    for document, found in annotated:
        common = (document.doc_id, document.document_version_id, rules_hash)
        rows["mentions"].extend([common + _mention_row(document, mention) for mention in found.mentions])
        for claim in found.claims:
            rows["claims"].append(common + _claim_row(document, claim))
            rows["claim_arguments"].extend([common + row for row in _argument_rows(document, claim)])
        rows["rejects"].extend([common + _reject_row(document, reject) for reject in found.rejects])
        rows["topics"].extend([common + _topic_row(document, topic) for topic in found.topics])
        rows["votes"].extend([common + _vote(vote) for vote in found.votes])
    return {name: _table(contract, (*_COMMON, *names), rows[name]) for name, (contract, names) in _TABLES.items()}


def _table(contract: TableContract, names: tuple[str, ...], rows: list[Values]) -> pa.Table:
    if not rows:
        return contract.schema.empty_table()
    values = dict(zip(names, zip(*rows, strict=True), strict=True))
    columns = {column.name: pa.array(values[column.name], type=column.field.type) for column in contract.columns}
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


def _mention_row(document: Document, mention: Mention) -> Values:
    _cut(document, mention.start, mention.end, mention.text, "mention")
    return _mention(mention)


def _claim_row(document: Document, claim: Claim) -> Values:
    trigger = document.text[claim.trigger_start : claim.trigger_end]
    quote = document.text[claim.start : claim.end]
    _cut(document, claim.trigger_start, claim.trigger_end, trigger, "trigger")
    _cut(document, claim.start, claim.end, quote, "quote")
    if not claim.start <= claim.trigger_start < claim.trigger_end <= claim.end:
        raise ContractError(
            f"the trigger {trigger!r} lies outside its quote {quote!r}",
            document.document_version_id,
            "This is a defect of the frame; report it with the document.",
        )
    lent = (claim.date_mention, claim.place_mention, claim.project_mention)
    return (*_claim(claim), trigger, quote, *(None if mention is None else mention.mention_id for mention in lent))


def _argument_rows(document: Document, claim: Claim) -> Iterator[Values]:
    for ordinal, argument in enumerate(claim.arguments):
        mention = argument.mention
        start, end = mention.start, mention.end
        text = _cut(document, start, end, mention.text, "argument")
        role, basis, rule = argument.role, argument.basis, argument.rule_id
        yield (claim.claim_id, ordinal, role, mention.mention_id, start, end, text, basis, rule)


def _topic_row(document: Document, topic: Topic) -> Values:
    _cut(document, topic.start, topic.end, topic.text, "topic")
    return _topic(topic)


def _reject_row(document: Document, reject: Reject) -> Values:
    if reject.start is not None and reject.end is not None:
        _cut(document, reject.start, reject.end, reject.text or "", "reject")
    parts = (reject.sentence_id, reject.kind, reject.rule_id, reject.start, reject.end)
    said = () if reject.proposed is None else (reject.proposed, reject.reason)
    return (*_reject(reject), make_id("rej", *parts, *said))
