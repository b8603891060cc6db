"""Which mentions and claims of annotated documents are right: one verdict a row, with the rule that made it.

A mention is right if the reader lists what it names; a claim, if the reader lists an event of its type whose days
agree, whose country is no other and that happened or did not as the claim says; a relation, if the project has that
funder or implementer; a topic, if it is one of the document's. What the annotation leaves open is not judged: things it
calls optional, dates that no matched claim uses, and things that only the headline names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.curate.measure import days
from tasks.curate.measure.names import (
    same_instrument,
    same_organisation,
    same_party,
    same_person,
    same_place,
    same_title,
)
from tasks.curate.measure.scoring import Annotation, same_quantity, same_value
from warehouse.reliability import circumstances_of
from warehouse.storage import Store
from warehouse.tables import contract_of
from warehouse.vocabulary import HAPPENED

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

# Read for one document at a time; documents only for their text and where it begins.
INPUTS = (
    "documents.documents", "extracted.mentions", "extracted.claims", "extracted.claim_arguments", "extracted.topics",
)  # fmt: skip
_OPTIONAL_PASSAGE = 0.6
# Kinds that the annotation lists from the headline as well.
_ALSO_IN_HEADLINE = frozenset({"person", "place"})
_SIDES = {"project_funding": ("funder", "funders"), "project_implementation": ("implementer", "implementers")}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one row is right.

    Attributes:
        doc: The document, by the name the annotation gives it.
        kind: `mention`, `claim` or `topic`.
        rule_id: The rule that made the row.
        confidence: What the row says of itself.
        is_right: Whether the reader agrees.
        circumstances: Of a claim: what of it does not stand in its sentence, as `field:basis`.
    """

    doc: str
    kind: str
    rule_id: str
    confidence: float
    is_right: bool
    circumstances: tuple[str, ...] = ()


def judge(store: Store, gold: Mapping[str, Annotation]) -> list[Verdict]:
    """Return the verdicts on all rows of the annotated documents of a warehouse, in a fixed order.

    Args:
        store: Its tables.
        gold: Annotations by the documents' external ids; documents without one are not judged.
    """
    tables = {name: store.read_all(contract_of(*name.split("."))).to_pylist() for name in INPUTS}
    documents = {row["doc_id"]: row for row in tables["documents.documents"] if row["external_id"] in gold}
    by_document: dict[str, dict[str, list[Row]]] = {doc_id: {} for doc_id in documents}
    for name, rows in tables.items():
        for row in rows:
            document = documents.get(row["doc_id"])
            if document is not None and row["document_version_id"] == document["document_version_id"]:
                by_document[row["doc_id"]].setdefault(name, []).append(row)
    verdicts: list[Verdict] = []
    for doc_id in sorted(documents, key=lambda doc_id: str(documents[doc_id]["external_id"])):
        wanted = gold[str(documents[doc_id]["external_id"])]
        verdicts.extend(_judge_document(documents[doc_id], by_document[doc_id], wanted))
    return verdicts


def _judge_document(document: Row, rows: Rows, wanted: Annotation) -> Iterator[Verdict]:
    doc, begins = str(document["external_id"]), document["body_start"]
    dated: dict[str, bool] = {}
    arguments: dict[str, list[Row]] = {}
    for row in rows.get("extracted.claim_arguments", ()):
        arguments.setdefault(row["claim_id"], []).append(row)
    for claim in rows.get("extracted.claims", ()):
        parties = arguments.get(claim["claim_id"], [])
        if claim["claim_kind"] == "relation":
            right: bool | None = _relation_is_right(claim, parties, wanted)
        else:
            right = _event_is_right(claim, wanted, dated)
        if right is not None:
            circumstances: tuple[str, ...] = ()
            if claim["claim_kind"] == "event":
                circumstances = circumstances_of(claim["date_basis"], claim["country_basis"], bool(parties))
            yield Verdict(doc, "claim", claim["rule_id"], claim["confidence"], right, circumstances)
    for mention in rows.get("extracted.mentions", ()):
        right = dated.get(mention["mention_id"]) if mention["kind"] == "date" else _mention_is_right(mention, wanted)
        headline = mention["start"] < begins and mention["kind"] not in _ALSO_IN_HEADLINE
        if right is not None and (right or not headline):
            yield Verdict(doc, "mention", mention["rule_id"], mention["confidence"], right)
    for topic in rows.get("extracted.topics", ()):
        yield Verdict(doc, "topic", topic["rule_id"], topic["confidence"], topic["topic"] in wanted["topics"])


def _event_is_right(claim: Row, wanted: Annotation, dated: dict[str, bool]) -> bool | None:
    """Judge an event claim; note in `dated` whether the date it uses is that of the event."""
    event = {
        "type": claim["claim_type"], "start": claim["date_start"], "end": claim["date_end"],
        "country": claim["country_code"], "evidence": claim["quote"],
    }  # fmt: skip
    if claim["zone"] == "title":
        # Passages are annotated in the main text only.
        matching = [one for one in wanted["events"] if days.can_be({**event, "evidence": one["evidence"]}, one)]
    else:
        matching = [one for one in wanted["events"] if days.can_be(event, one)]
    happened = claim["status"] in HAPPENED
    right = [one for one in matching if (one["status"] in HAPPENED) == happened]
    if right and claim["date_basis"] == "text" and claim["date_mention_id"] is not None:
        dated[claim["date_mention_id"]] = any(days.same_days(event, one) for one in right)
    if not matching:
        passages = (wanted.get("optional") or {}).get("events") or ()
        if any(days.overlap(claim["quote"], passage) >= _OPTIONAL_PASSAGE for passage in passages):
            return None
    return bool(right)


def _relation_is_right(claim: Row, arguments: Sequence[Row], wanted: Annotation) -> bool:
    role, side = _SIDES[claim["claim_type"]]
    titles = [row["text"] for row in arguments if row["role"] == "project"]
    bodies = [row["text"] for row in arguments if row["role"] == role]
    known = {name: one for one in wanted["organisations"] for name in (one["name"], *one["aliases_in_text"])}
    for project in wanted["projects"]:
        if any(same_title(title, project) for title in titles):
            meant = [known.get(name, name) for name in project[side]]
            if bodies and all(any(same_party(body, one) for one in meant) for body in bodies):
                return True
    return False


def _mention_is_right(mention: Row, wanted: Annotation) -> bool | None:
    """Judge a mention; None where the annotation leaves it open."""
    optional = wanted.get("optional") or {}
    kind = mention["kind"]
    if kind == "territory":
        code = mention["country_code"]
        return True if code in wanted["countries"] else None if code in (optional.get("countries") or ()) else False
    if kind == "quantity":
        return _quantity_is_right(mention, wanted, optional)
    thing = {
        "name": mention["name"] or mention["text"], "also": [mention["text"]], "kind": mention["subtype"],
    }  # fmt: skip
    same, field = _MATCHES[kind]
    if any(same(thing, one) for one in wanted[field]):
        return True
    left_open = [*(optional.get(field) or ()), *(optional.get("named_things") or ())]
    return None if any(same(thing, one) for one in left_open) else False


_MATCHES = {
    "region": (same_title, "regions"),
    "person": (same_person, "persons"),
    "organisation": (same_organisation, "organisations"),
    "place": (same_place, "places"),
    "instrument": (same_instrument, "instruments"),
    "project": (same_title, "projects"),
}


def _quantity_is_right(mention: Row, wanted: Annotation, optional: Annotation) -> bool | None:
    told = [
        {"value": value, "unit": mention["unit"], "currency": mention["currency"]}
        for value in sorted({mention["value_min"], mention["value_max"]})
    ]
    if all(any(same_quantity(one, other) for other in wanted["quantities"]) for one in told):
        return True
    values = [{"value": value} for value in optional.get("quantities") or ()]
    return None if all(any(same_value(one, other) for other in values) for one in told) else False
