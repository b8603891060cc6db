"""A whole small warehouse in memory, all of it consistent: what every gate must let through.

Two sources, three announcements: one of a signature with a person, a pledge and a project, its republication, and a
meeting that another source reports. Tests break single values of it.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from expectations.gate import GateContext
from expectations.postponed import UNUSED, postpone
from expectations.stages import STAGES
from warehouse.ids import (
    claim_id,
    document_id,
    document_version_id,
    make_id,
    mention_id,
    sentence_id,
    sha256_hex,
)
from warehouse.staging import Part
from warehouse.storage import Partition
from warehouse.tables import contract_of

# The tests beside this import Great Expectations when they are collected; in the pipeline the gate does it.
postpone(*UNUSED)

Tables = dict[str, pa.Table]
Row = dict[str, Any]

SIGNATURE = (
    "Lithuania signs protocol with Kosovo\n\n"
    "Lithuania and Kosovo signed a readmission protocol in Vilnius on 1 July 2025. "
    "Minister Ana Petrović said that about 58 people will be relocated. "
    "The project MARRI Plus is funded by Norway."
)
MEETING = "Return officials meet in Budva\n\nOfficials of Albania met in Budva on 12 and 13 May 2025."
RULES_HASH = "r1"
VILNIUS, BUDVA = ("Vilnius", "LT"), ("Budva", "ME")


class Document:
    """One announcement of the sample and what is found in it."""

    def __init__(self, source: str, day: date, location: str, text: str, published_on: date | None) -> None:
        self.source, self.day, self.location, self.text, self.published_on = source, day, location, text, published_on
        self.url = f"https://{source}.example/{location}"
        self.body = f"{location}\n{text}".encode()
        self.sha256 = sha256_hex(self.body)
        self.capture_id = make_id("cap", source, location, self.sha256)
        self.doc_id = document_id(self.url, source, location)
        self.version = document_version_id(self.sha256)
        self.retrieved_at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        self.title = text.split("\n\n")[0]

    @property
    def own(self) -> Row:
        return {"doc_id": self.doc_id, "document_version_id": self.version}

    def sentences(self) -> list[Row]:
        rows: list[Row] = []
        spans = [(0, len(self.title))]
        start = len(self.title) + 2
        for words in self.text[start:].split(". "):
            end = min(start + len(words) + 1, len(self.text))
            spans.append((start, end))
            start = end + 1
        for ordinal, (first, last) in enumerate(spans):
            words = self.text[first:last]
            rows.append(
                self.own
                | {
                    "sentence_id": sentence_id(self.doc_id, words, 0),
                    "ordinal": ordinal,
                    "occurrence": 0,
                    "start": first,
                    "end": last,
                    "zone": "title" if not ordinal else "body",
                    "paragraph": min(ordinal, 1),
                    "language": "en",
                    "text": words,
                }
            )
        return rows

    def sentence_of(self, offset: int) -> Row:
        return [row for row in self.sentences() if row["start"] <= offset][-1]

    def mention(self, kind: str, words: str, **more: object) -> Row:
        start = self.text.index(words, len(self.title))
        sentence = self.sentence_of(start)
        identity = mention_id(sentence["sentence_id"], kind, start - sentence["start"], len(words))
        return (
            self.own
            | {
                "mention_id": identity,
                "sentence_id": sentence["sentence_id"],
                "kind": kind,
                "start": start,
                "end": start + len(words),
                "text": words,
                "zone": "body",
                "name": None if kind in ("date", "quantity") else words,
                "rule_id": f"{kind}.sample",
                "rules_hash": RULES_HASH,
                "confidence": 0.9,
            }
            | more
        )

    def claim(self, kind: str, claim_type: str, trigger: str, **more: object) -> Row:
        at = self.text.index(trigger, len(self.title))
        sentence = self.sentence_of(at)
        identity = claim_id(sentence["sentence_id"], claim_type, at - sentence["start"], 0)
        return (
            self.own
            | {
                "claim_id": identity,
                "sentence_id": sentence["sentence_id"],
                "claim_kind": kind,
                "claim_type": claim_type,
                "status": "occurred",
                "polarity": "affirmed",
                "zone": "body",
                "trigger_start": at,
                "trigger_end": at + len(trigger),
                "trigger_text": trigger,
                "start": sentence["start"],
                "end": sentence["end"],
                "quote": sentence["text"],
                "date_precision": "unknown",
                "rule_id": f"{claim_type}.sample",
                "rules_hash": RULES_HASH,
                "confidence": 0.8,
            }
            | more
        )


DOCUMENTS = (
    Document("alpha", date(2025, 7, 4), "signature", SIGNATURE, date(2025, 7, 2)),
    Document("alpha", date(2025, 7, 4), "signature-again", SIGNATURE, date(2025, 7, 3)),
    Document("beta", date(2025, 7, 5), "meeting", MEETING, None),
)
REJECTED = Document("alpha", date(2025, 7, 4), "empty", "", None)
DAY = {"date_precision": "day", "date_basis": "text"}
JULY = {"date_start": date(2025, 7, 1), "date_end": date(2025, 7, 1)}
MAY = {"date_start": date(2025, 5, 12), "date_end": date(2025, 5, 13)}


def entity(kind: str, name: str) -> str:
    return make_id("ent", kind, name)


def archive_rows() -> dict[str, list[Row]]:
    captures: list[Row] = [
        {
            "capture_id": one.capture_id,
            "source_id": one.source,
            "logical_date": one.day,
            "location": one.location,
            "external_id": one.location,
            "url": one.url,
            "canonical_url": one.url,
            "content_type": "text/plain",
            "http_status": 200,
            "retrieved_at": one.retrieved_at,
            "retrieved_at_basis": "response",
            "body_sha256": one.sha256,
            "body_bytes": len(one.body),
            "body": one.body,
        }
        for one in (*DOCUMENTS, REJECTED)
    ]
    fetches: list[Row] = [
        {
            "fetch_id": make_id("fet", one.location),
            "run_id": "run-1",
            "source_id": one.source,
            "logical_date": one.day,
            "location": one.location,
            "target": "page",
            "attempt": 1,
            "outcome": "captured",
            "capture_id": one.capture_id,
            "attempted_at": one.retrieved_at,
        }
        for one in DOCUMENTS
    ]
    fetches.append(
        fetches[0]
        | {"fetch_id": make_id("fet", "gone"), "location": "gone", "outcome": "failed", "capture_id": None}
        | {"reason": "not_found", "detail": "HTTP 404"}
    )
    about = {"source_id": "alpha", "logical_date": date(2025, 7, 4), "run_id": "run-1"}
    absences: list[Row] = [
        {key: about[key] for key in ("source_id", "logical_date")}
        | {"absence_id": make_id("abs", "1"), "location": DOCUMENTS[0].location, "doc_id": DOCUMENTS[0].doc_id}
        | {"state": "gone", "observed_at": DOCUMENTS[0].retrieved_at}
    ]
    period = {"interval_start": date(2025, 6, 28), "interval_end": date(2025, 7, 4), "n_expected": 1, "n_got": 2}
    silence = {"silent_days": 0, "allowed_days": 7, "last_new_on": date(2025, 7, 4)}
    coverage: list[Row] = [
        about | {"coverage_id": make_id("cov", "1"), "basis": "declared"} | period | silence,
        about | {"coverage_id": make_id("cov", "2"), "basis": "listed", "n_refused": 0} | period,
        about | {"source_id": "beta", "logical_date": date(2025, 7, 5), "coverage_id": make_id("cov", "3")}
        | {"basis": "declared", "language": "en"} | period | silence | {"silent_days": 20, "allowed_days": 28},
    ]  # fmt: skip
    return {
        "archive.captures": captures, "archive.fetches": fetches, "archive.absences": absences,
        "archive.coverage": coverage,
    }  # fmt: skip


def document_rows() -> dict[str, list[Row]]:
    documents: list[Row] = [
        one.own
        | {
            "source_id": one.source,
            "logical_date": one.day,
            "capture_id": one.capture_id,
            "external_id": one.location,
            "url": one.url,
            "canonical_url": one.url,
            "media_type": "text",
            "encoding": "utf-8",
            "encoding_method": "utf8",
            "title": one.title,
            "title_method": "first_line",
            "language": "en",
            "language_confidence": 0.99,
            "published_on": one.published_on,
            "published_on_method": "dateline" if one.published_on else None,
            "published_on_precision": "day" if one.published_on else None,
            "published_on_reason": None if one.published_on else "no_date",
            "text": one.text,
            "body_start": len(one.title) + 2,
            "text_sha256": sha256_hex(one.text.encode()),
            "text_chars": len(one.text),
            "retrieved_at": one.retrieved_at,
        }
        for one in DOCUMENTS
    ]
    first = DOCUMENTS[0]
    return {
        "documents.documents": documents,
        "documents.sentences": [row for one in DOCUMENTS for row in one.sentences()],
        "documents.removals": [
            first.own
            | {
                "removal_id": make_id("rem", first.version, 0),
                "ordinal": 0,
                "kind": "filler",
                "raw_start": 3,
                "raw_end": 9,
                "text": "zzzzzz",
                "rule_id": "filler",
            }
        ],
        "documents.links": [
            first.own
            | {
                "link_id": make_id("lnk", first.version),
                "relation": "cites",
                "target_url": "https://ministry.example/x",
                "rule_id": "anchor",
            }
        ],
        "documents.rejects": [
            {
                "capture_id": REJECTED.capture_id,
                "source_id": REJECTED.source,
                "logical_date": REJECTED.day,
                "location": REJECTED.location,
                "reason": "empty",
                "detail": "0 bytes",
            }
        ],
        "documents.duplicates": [
            {
                "doc_id_a": first.doc_id,
                "doc_id_b": DOCUMENTS[1].doc_id,
                "kind": "exact",
                "containment": 1.0,
                "n_shared_sentences": 4,
                "is_twin_site": False,
            }
        ],
    }


def _topic(mention: Row) -> Row:
    kept = {name: value for name, value in mention.items() if name in contract_of("extracted", "topics").column_names}
    return kept | {"topic": "readmission", "n_words": 1, "rule_id": "topic.title"}


def _vote(kind: str, target: object) -> Row:
    first = DOCUMENTS[0]
    own = {"doc_id": first.doc_id, "document_version_id": first.version, "rules_hash": "rul_x"}
    return own | {"target_kind": kind, "target_id": target, "labeller": "rules", "found": True}


def extracted_rows() -> dict[str, list[Row]]:
    mentions: list[Row] = []
    claims: list[Row] = []
    arguments: list[Row] = []
    for one in DOCUMENTS:
        found = _signature(one) if one.text == SIGNATURE else _meeting(one)
        mentions += found[0]
        claims += found[1]
        arguments += found[2]
    first = DOCUMENTS[0]
    reject = {key: value for key, value in mentions[0].items() if key not in _MENTION_ONLY}
    return {
        "extracted.mentions": mentions,
        "extracted.claims": claims,
        "extracted.claim_arguments": arguments,
        "extracted.rejects": [reject | {"reject_id": make_id("rej", first.version), "reason": "no_sentence_context"}],
        "extracted.topics": [_topic(mentions[0])],
        "extracted.votes": [_vote("claim", claims[0]["claim_id"]), _vote("mention", mentions[0]["mention_id"])],
    }


_MENTION_ONLY = {"mention_id", "zone", "name", "confidence", "country_code", "reference_id"}


def _arguments(claim: Row, *roles: tuple[str, Row]) -> list[Row]:
    return [
        {key: claim[key] for key in ("claim_id", "doc_id", "document_version_id")}
        | {key: mention[key] for key in ("mention_id", "start", "end", "text")}
        | {"ordinal": ordinal, "role": role, "basis": "text", "rule_id": "role.sample"}
        for ordinal, (role, mention) in enumerate(roles)
    ]


def _signature(one: Document) -> tuple[list[Row], list[Row], list[Row]]:
    lithuania = one.mention("territory", "Lithuania", country_code="LT", reference_id="LT")
    kosovo = one.mention("territory", "Kosovo", country_code="XK", reference_id="XK")
    vilnius = one.mention("place", "Vilnius", country_code="LT")
    protocol = one.mention("instrument", "readmission protocol", subtype="implementing_protocol")
    day = one.mention("date", "1 July 2025", date_precision="day", **JULY)
    person = one.mention("person", "Ana Petrović", office="Minister", antecedent_mention_id=lithuania["mention_id"])
    people = one.mention(
        "quantity", "58 people", value_min=58.0, value_max=58.0, unit="people", qualifier="about", subtype="people"
    )
    money = one.mention("quantity", "Plus", value_min=1.0, value_max=2.0, unit="EUR", currency="EUR", qualifier="exact")
    project = one.mention("project", "MARRI Plus")
    norway = one.mention("territory", "Norway", country_code="NO", reference_id="NO")
    signed = one.claim(
        "event", "agreement_signed", "signed", country_code="LT", place_name="Vilnius", place_basis="text",
        date_verbatim="1 July 2025", date_mention_id=day["mention_id"], place_mention_id=vilnius["mention_id"],
        project_mention_id=project["mention_id"], series_ordinal=1, **JULY | DAY,
    )  # fmt: skip
    funded = one.claim("relation", "project_funding", "funded")
    mentions = [lithuania, kosovo, vilnius, protocol, day, person, people, money, project, norway]
    arguments = _arguments(signed, ("party", lithuania), ("party", kosovo), ("instrument", protocol))
    return mentions, [signed, funded], arguments + _arguments(funded, ("funder", norway), ("project", project))


def _meeting(one: Document) -> tuple[list[Row], list[Row], list[Row]]:
    albania = one.mention("territory", "Albania", country_code="AL", reference_id="AL")
    budva = one.mention("place", "Budva", country_code="ME")
    day = one.mention("date", "12 and 13 May 2025", date_precision="day", **MAY)
    met = one.claim(
        "event", "meeting", "met", country_code="ME", date_verbatim="12 and 13 May 2025",
        date_mention_id=day["mention_id"], place_mention_id=budva["mention_id"], **MAY | DAY,
    )  # fmt: skip
    return [albania, budva, day], [met], _arguments(met, ("participant", albania))


def resolved_rows(extracted: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    things = {
        ("territory", "Lithuania"): "LT",
        ("territory", "Kosovo"): "XK",
        ("territory", "Norway"): "NO",
        ("territory", "Albania"): "AL",
        ("place", "Vilnius"): "LT",
        ("place", "Budva"): "ME",
        ("instrument", "readmission protocol"): None,
        ("person", "Ana Petrović"): "LT",
        ("project", "MARRI Plus"): None,
        ("organisation", "Ministry of the Interior"): "LT",
        ("region", "Western Balkans"): None,
    }
    mentions = extracted["extracted.mentions"]
    ministry = entity("organisation", "Ministry of the Interior")
    entities: list[Row] = []
    for (kind, name), country in things.items():
        of_it = [row for row in mentions if (row["kind"], row["name"]) == (kind, name)]
        entities.append(
            {
                "entity_id": entity(kind, name),
                "kind": kind,
                "name": name,
                "subtype": {"instrument": "implementing_protocol", "organisation": "ministry"}.get(kind),
                "country_code": country,
                "office": "Minister" if kind == "person" else None,
                "affiliation_entity_id": ministry if kind == "person" else None,
                "founding_mention_id": (of_it or mentions)[0]["mention_id"],
                "n_mentions": len(of_it),
                "n_documents": len({row["doc_id"] for row in of_it}),
            }
        )
    events, event_claims = _events(extracted["extracted.claims"])
    signature, meeting = (row["event_id"] for row in events)
    signed, met = (row["founding_claim_id"] for row in events)
    by_name = {row["name"]: row for row in mentions if row["name"]}
    parties = [
        (signature, signed, "Lithuania", "party"),
        (signature, signed, "Kosovo", "party"),
        (meeting, met, "Albania", "participant"),
    ]
    protocol = entity("instrument", "readmission protocol")
    funded = [row for row in extracted["extracted.claims"] if row["claim_type"] == "project_funding"]
    relation = make_id("rel", "project_funding", "Norway", "MARRI Plus")
    people = [row for row in mentions if row["text"] == "58 people"]
    quantity = make_id("qty", people[0]["mention_id"])
    ids = [row["entity_id"] for row in entities] + [signature, meeting]
    registry: list[Row] = [
        {
            "id": one,
            "kind": "event" if one.startswith("evt") else "entity",
            "founding_id": signature if one == protocol else "x",
            "minted_on": date(2025, 7, 4),
            "status": "active",
        }
        for one in ids
    ]
    retired = {"founding_id": "y", "kind": "event", "minted_on": date(2025, 7, 4), "reason": "merged"}
    registry.append(
        retired | {"id": make_id("evt", "old"), "status": "redirected", "redirect_to": make_id("evt", "mid")}
    )
    registry.append(retired | {"id": make_id("evt", "mid"), "status": "redirected", "redirect_to": signature})
    return {
        "resolved.entities": entities,
        "resolved.entity_mentions": [
            {
                "mention_id": row["mention_id"],
                "doc_id": row["doc_id"],
                "entity_id": entity(row["kind"], row["name"]),
                "method": "name",
                "confidence": 0.9,
            }
            for row in mentions
            if row["name"]
        ],
        "resolved.entity_aliases": [
            {"entity_id": entity("person", "Ana Petrović"), "alias": "A. Petrović", "n_mentions": 1}
        ],
        "resolved.events": events,
        "resolved.event_claims": event_claims,
        "resolved.event_parties": [
            {
                "event_id": event,
                "entity_id": entity("territory", name),
                "role": role,
                "basis": "text",
                "claim_id": claim,
                "mention_id": by_name[name]["mention_id"],
            }
            for event, claim, name, role in parties
        ],
        "resolved.event_instruments": [
            {"event_id": signature, "entity_id": protocol, "basis": "derived", "claim_id": signed}
        ],
        "resolved.instrument_parties": [
            {"instrument_entity_id": protocol, "party_entity_id": entity("territory", name), "claim_id": signed}
            for name in ("Lithuania", "Kosovo")
        ],
        "resolved.relations": [
            {
                "relation_id": relation,
                "relation_type": "project_funding",
                "subject_entity_id": entity("territory", "Norway"),
                "object_entity_id": entity("project", "MARRI Plus"),
                "claim_id": funded[0]["claim_id"],
                "n_claims": 2,
                "n_documents": 2,
                "confidence": 0.8,
            }
        ],
        "resolved.relation_claims": [
            {"relation_id": relation, "evidence_role": role} | {key: row[key] for key in ("claim_id", "doc_id")}
            for row, role in zip(funded, ("primary", "corroborating"), strict=True)
        ],
        "resolved.quantities": [
            {
                "quantity_id": quantity,
                "event_id": signature,
                "doc_id": people[0]["doc_id"],
                "mention_id": people[0]["mention_id"],
                "value_min": 58.0,
                "value_max": 58.0,
                "unit": "people",
                "qualifier": "about",
                "counted": "people",
                "n_mentions": 2,
                "n_documents": 2,
                "confidence": 0.8,
            }
        ],
        "resolved.quantity_mentions": [
            {"quantity_id": quantity} | {key: row[key] for key in ("mention_id", "doc_id")} for row in people
        ],
        "resolved.judgements": [
            {
                "kind": "event",
                "left_id": min(signed, met),
                "right_id": max(signed, met),
                "verdict": "not_same",
                "reason": "another type",
                "rule_id": "type",
                "author": "rule",
                "score": 0.0,
            }
        ],
        "resolved.id_registry": registry,
        "resolved.registry_evidence": [
            {
                "id": signature,
                "evidence_id": signed,
                "sentence_id": extracted["extracted.claims"][0]["sentence_id"],
            }
        ],
    }


def _events(claims: list[Row]) -> tuple[list[Row], list[Row]]:
    events: list[Row] = []
    event_claims: list[Row] = []
    for claim_type, (place, country) in (("agreement_signed", VILNIUS), ("meeting", BUDVA)):
        told = [row for row in claims if row["claim_type"] == claim_type]
        event_id = make_id("evt", told[0]["claim_id"])
        events.append(
            {
                "event_id": event_id,
                "event_type": claim_type,
                "status": "occurred",
                "polarity": "affirmed",
                "start_on": told[0]["date_start"],
                "end_on": told[0]["date_end"],
                "date_precision": "day",
                "date_verbatim": told[0]["date_verbatim"],
                "date_basis": "text",
                "place_entity_id": entity("place", place),
                "place_basis": "text",
                "country_code": country,
                "country_basis": "text",
                "project_entity_id": entity("project", "MARRI Plus"),
                "founding_claim_id": told[0]["claim_id"],
                "n_claims": len(told),
                "n_documents": len(told),
                "n_independent_sources": 1,
                "confidence": 0.8,
                "is_conflicting": False,
            }
        )
        for nth, row in enumerate(told):
            role = "corroborating" if nth else "primary"
            event_claims.append(
                {"claim_id": row["claim_id"], "doc_id": row["doc_id"], "event_id": event_id, "evidence_role": role}
            )
    return events, event_claims


def only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def day_key(day: date | None) -> int:
    return 0 if day is None else day.year * 10000 + day.month * 100 + day.day


def dimension_rows(rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    entities = rows["resolved.entities"]
    unknown = {"name": "unknown", "n_documents": 0}
    nowhere = {"country_code": "ZZ"}

    def of_kind(kind: str, key: str, *names: str) -> list[Row]:
        return [{key: one["entity_id"]} | only(one, "name", *names) for one in entities if one["kind"] == kind]

    days = [date(2025, 5, 12), date(2025, 5, 13), date(2025, 7, 1), date(2025, 7, 2), date(2025, 7, 3)]
    countries = {"AL": "ALB", "BA": "BIH", "LT": "LTU", "ME": "MNE", "MK": "MKD", "NO": "NOR", "RS": "SRB", "XK": "XKX"}
    types = ("agreement_signed", "meeting", "unknown")
    ministry = entity("organisation", "Ministry of the Interior")
    return {
        "curated.dim_date": [{"date_key": 0}]
        + [
            {
                "date_key": day_key(day),
                "day_on": day,
                "year": day.year,
                "quarter": (day.month + 2) // 3,
                "month": day.month,
                "month_name": day.strftime("%B"),
                "iso_year": day.isocalendar().year,
                "iso_week": day.isocalendar().week,
                "weekday": day.isoweekday(),
                "weekday_name": day.strftime("%A"),
            }
            for day in days
        ],
        "curated.dim_country": [
            {
                "country_code": code,
                "country_code3": code3,
                "name": code,
                "is_eu_member": code == "LT",
                "eu_member_since_on": date(2004, 5, 1) if code == "LT" else None,
                "is_wb6": code not in ("LT", "NO"),
            }
            for code, code3 in countries.items()
        ]
        + [{"country_code": "ZZ", "name": "unknown", "is_eu_member": False, "is_wb6": False}],
        "curated.dim_place": [*of_kind("place", "place_id", "country_code"), unknown_of("place_id") | nowhere],
        "curated.dim_organisation": [
            *of_kind("organisation", "organisation_id", "country_code", "n_documents"),
            unknown_of("organisation_id") | unknown | nowhere,
        ],
        "curated.dim_person": [
            one | {"organisation_id": ministry} for one in of_kind("person", "person_id", "country_code", "n_documents")
        ]
        + [unknown_of("person_id") | unknown | nowhere | {"organisation_id": "ent_unknown"}],
        "curated.dim_collective": [
            *of_kind("region", "collective_id", "n_documents"),
            unknown_of("collective_id") | unknown,
        ],
        "curated.dim_instrument": [
            one | {"kind": "implementing_protocol", "parties": "LT | XK", "n_parties": 2}
            for one in of_kind("instrument", "instrument_id", "n_documents")
        ]
        + [unknown_of("instrument_id") | unknown | {"n_parties": 0}],
        "curated.dim_project": [
            one | {"url": "https://project.example/", "n_funders": 1, "n_events": 1}
            for one in of_kind("project", "project_id", "n_documents")
        ]
        + [unknown_of("project_id") | unknown | {"n_funders": 0, "n_events": 0}],
        "curated.dim_source": [
            {
                "source_id": source,
                "kind": "folder",
                "n_documents": 1,
                "first_retrieved_at": DOCUMENTS[0].retrieved_at,
                "last_retrieved_at": DOCUMENTS[0].retrieved_at,
                "is_gap": source == "beta",
                "gap_reason": "fetch failed" if source == "beta" else None,
            }
            for source in ("alpha", "beta", "unknown")
        ],
        "curated.dim_document": [
            one.own
            | {
                "source_id": one.source,
                "external_id": one.location,
                "url": one.url,
                "title": one.title,
                "language": "en",
                "published_date_key": day_key(one.published_on),
                "published_on": one.published_on,
                "retrieved_at": one.retrieved_at,
                "body_sha256": one.sha256,
                "text_sha256": sha256_hex(one.text.encode()),
                "is_current": True,
                "n_events": 1,
            }
            for one in DOCUMENTS
        ]
        + [
            {
                "document_version_id": "ver_unknown",
                "doc_id": "doc_unknown",
                "source_id": "unknown",
                "external_id": "unknown",
                "language": "und",
                "published_date_key": 0,
                "body_sha256": "",
                "text_sha256": "",
                "is_current": False,
                "n_events": 0,
            }
        ],
        "curated.document_text": [
            {"document_version_id": one.version, "year": 2025, "body_start": len(one.title) + 2, "text": one.text}
            for one in DOCUMENTS
        ],
        "curated.dim_topic": [
            {"topic": one, "label": one, "definition": f"what {one} is"} for one in ("readmission", "unknown")
        ],
        "curated.dim_rule": rule_rows(rows),
        "curated.dim_role_spell": [
            {
                "role_spell_id": spell,
                "person_id": "ent_unknown",
                "office": "Minister",
                "organisation_id": "ent_unknown",
                "country_code": "LT",
                "valid_from_on": date(2024, 12, 12),
                "valid_to_on": date(2025, 9, 25),
                "first_attested_on": date(2025, 7, 1),
                "last_attested_on": date(2025, 7, 3),
                "n_documents": 2,
                "basis": "text",
            }
            for spell in (make_id("rsp", "minister"), "rsp_unknown")
        ],
        "curated.bridge_collective_member": [
            {
                "collective_id": "ent_unknown",
                "country_code": "AL",
                "valid_from_on": date(2013, 7, 1),
                "valid_to_on": date(2020, 1, 1),
            }
        ],
        "curated.dim_event_type": [{"event_type": one, "label": one, "definition": f"when {one}"} for one in types],
    }


def rule_rows(rows: Mapping[str, list[Row]]) -> list[Row]:
    """Every rule of the extracted rows, measured, and the unknown one."""
    kinds = {"extracted.mentions": "mention", "extracted.claims": "claim", "extracted.topics": "topic"}
    used = {(one["rule_id"], kind) for name, kind in kinds.items() for one in rows[name]}
    measured = [
        {
            "rule_id": rule_id,
            "kind": kind,
            "family": str(rule_id).partition(".")[0],
            "n_judged": 8,
            "n_right": 7,
            "reliability": 0.85,
            "low": 0.5,
            "high": 0.98,
            "basis": "rule",
        }
        for rule_id, kind in sorted(used)
    ]
    unknown = {"rule_id": "unknown", "kind": "unknown", "family": "unknown", "n_judged": 0, "n_right": 0}
    return [*measured, unknown | {"basis": "prior"}]


def unknown_of(key: str) -> Row:
    return {key: "ent_unknown", "name": "unknown"}


def fact_rows(rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    name_of = {one["entity_id"]: one for one in rows["resolved.entities"]}
    event_of = {(one["claim_id"], one["doc_id"]): one["event_id"] for one in rows["resolved.event_claims"]}
    quantity = rows["resolved.quantities"][0]
    relation = rows["resolved.relations"][0]
    claims, mentions = rows["extracted.claims"], rows["extracted.mentions"]
    shared = ("rule_id", "rules_hash", "confidence", "zone", "sentence_id", "document_version_id", "start", "end")
    topic_columns = contract_of("curated", "bridge_document_topic").column_names
    evidence = ("sentence_id", "document_version_id", "start", "end")
    quotes = [
        only(one, "quote", *evidence)
        | {
            "fact_id": event_of.get((one["claim_id"], one["doc_id"]), relation["relation_id"]),
            "fact_table": "fact_event" if one["claim_kind"] == "event" else "fact_funding",
            "evidence_id": one["claim_id"],
            "evidence_role": "primary",
        }
        for one in claims
    ]
    quotes += [
        only(one, *evidence)
        | {"fact_id": quantity["quantity_id"], "fact_table": "fact_quantity", "evidence_id": one["mention_id"]}
        | {"quote": one["text"], "evidence_role": "primary"}
        for one in mentions
        if one["text"] == "58 people"
    ]
    instrument = rows["resolved.event_instruments"][0]
    event, party = rows["resolved.events"][0], rows["resolved.event_parties"][0]
    (signed,) = (one for one in rows["resolved.events"] if one["event_id"] == instrument["event_id"])
    return {
        "curated.fact_event": [
            {
                key: value
                for key, value in one.items()
                if key not in ("place_entity_id", "project_entity_id", "founding_claim_id")
            }
            | {
                "start_date_key": day_key(one["start_on"]),
                "end_date_key": day_key(one["end_on"]),
                "place_id": one["place_entity_id"],
                "instrument_id": "ent_unknown",
                "project_id": one["project_entity_id"],
            }
            for one in rows["resolved.events"]
        ],
        "curated.bridge_event_party": [
            only(one, "event_id", "role", "basis", "claim_id")
            | {
                "party_id": one["entity_id"],
                "party_kind": name_of[one["entity_id"]]["kind"],
                "party_name": name_of[one["entity_id"]]["name"],
                "country_code": name_of[one["entity_id"]]["country_code"],
            }
            for one in rows["resolved.event_parties"]
        ],
        "curated.bridge_role_candidate": [
            only(party, "event_id", "role", "claim_id")
            | {
                "party_id": party["entity_id"],
                "party_name": name_of[party["entity_id"]]["name"],
                "office": "Minister of the Interior",
                "office_id": "MIN-INTERIOR",
                "reference_id": "DOE-JANE",
                "candidate_name": "Jane Doe",
                "person_id": "ent_unknown",
                "held_from_on": date(2020, 1, 1),
                "n_candidates": 1,
                "basis": "reference",
            }
        ],
        "curated.bridge_event_instrument": [
            only(instrument, "event_id", "basis", "claim_id") | {"instrument_id": instrument["entity_id"]}
        ],
        "curated.fact_quantity": [
            only(
                quantity,
                "quantity_id",
                "event_id",
                "value_min",
                "value_max",
                "unit",
                "qualifier",
                "counted",
                "n_documents",
            )
            | {"document_version_id": DOCUMENTS[0].version, "currency": None, "confidence": 0.8}
        ],
        "curated.fact_funding": [
            only(relation, "relation_id", "relation_type", "n_documents", "confidence")
            | {"organisation_id": "ent_unknown", "country_code": "NO", "project_id": entity("project", "MARRI Plus")}
        ],
        "curated.fact_mention": [
            only(one, "mention_id", "kind", "text", *shared)
            | {"entity_id": entity(one["kind"], one["name"]) if one["name"] else None}
            for one in mentions
        ],
        "curated.fact_claim": [
            only(
                one, "claim_id", "claim_type", "status", "polarity", "trigger_text", "quote", "date_precision", *shared
            )
            | {
                "event_id": event_of.get((one["claim_id"], one["doc_id"])),
                "start_on": one.get("date_start"),
                "end_on": one.get("date_end"),
                "country_code": one.get("country_code"),
            }
            for one in claims
        ],
        "curated.bridge_document_topic": [
            {name: value for name, value in _topic(mentions[0]).items() if name in topic_columns}
            | {"quote": mentions[0]["text"]}
        ],
        "curated.fact_pledge": [
            only(event, "event_id", "event_type", "status", "polarity")
            | {
                "pledge_id": make_id("plg", name),
                "quantity_id": quantity["quantity_id"] if number else None,
                "kind": "people" if number else "undertaking",
                "n_pledgers": 1,
                "country_code": "LT",
                "value_min": number,
                "value_max": number,
                "unit": "people" if number else None,
                "qualifier": "estimated" if number else None,
                "cycle": "2025",
                "cycle_basis": "derived",
                "supersedes_pledge_id": make_id("plg", "earlier") if number else None,
                "is_latest": number is not None,
            }
            for name, number in (("earlier", None), ("later", 58.0))
        ],
        "curated.fact_instrument_status": [
            only(signed, "event_id", "status", "polarity", "start_on", "end_on", "date_precision")
            | {
                "instrument_status_id": make_id("ist", signed["event_id"]),
                "instrument_id": instrument["entity_id"],
                "step": "signed",
                "step_rank": 3,
                "basis": "text",
                "is_furthest": True,
            }
        ],
        "curated.fact_statement": [
            only(party, "event_id", "role", "claim_id")
            | {
                "statement_id": make_id("stm", party["event_id"]),
                "event_type": "meeting",
                "speaker_id": party["entity_id"],
                "speaker_kind": name_of[party["entity_id"]]["kind"],
                "speaker_name": name_of[party["entity_id"]]["name"],
                "organisation_id": "ent_unknown",
                "country_code": name_of[party["entity_id"]]["country_code"],
                "form": "indirect",
            }
        ],
        "curated.bridge_fact_evidence": quotes,
        "curated.id_registry": rows["resolved.id_registry"],
    }


def as_tables(rows: Mapping[str, list[Row]]) -> Tables:
    return {name: pa.Table.from_pylist(own, schema=contract_of(*name.split(".")).schema) for name, own in rows.items()}


@pytest.fixture(scope="session")
def good() -> Tables:
    """All tables of all stages by `layer.name`, consistent with one another."""
    extracted = extracted_rows()
    rows = archive_rows() | document_rows() | extracted | resolved_rows(extracted)
    return as_tables(rows | dimension_rows(rows) | fact_rows(rows))


@pytest.fixture(scope="session")
def parts_of() -> Callable[[str, Mapping[str, pa.Table]], list[Part]]:
    """Cut the tables of a stage into the files the stage would hand over: one a source and day."""
    source_of = {one.version: Partition(one.source, one.day) for one in (*DOCUMENTS, REJECTED)}
    source_of |= {one.capture_id: Partition(one.source, one.day) for one in (*DOCUMENTS, REJECTED)}
    partitions = sorted(set(source_of.values()))

    def cut(stage: str, tables: Mapping[str, pa.Table], only: str | None = None) -> list[Part]:
        parts = []
        for contract in (*STAGES[stage].tables, *STAGES[stage].optional):
            if only not in (None, f"{contract.layer}.{contract.name}"):
                continue
            table = tables[f"{contract.layer}.{contract.name}"]
            if not contract.partitioned:
                parts.append(Part(contract, None, None, table))
                continue
            columns = [
                name for name in ("document_version_id", "capture_id", "source_id") if name in table.column_names
            ]
            owners = [_owner(row, source_of, partitions) for row in table.select(columns).to_pylist()]
            for partition in partitions:
                mask = pa.array([owner == partition for owner in owners], pa.bool_())
                parts.append(Part(contract, partition, "part-1", table.filter(mask)))
        return parts

    return cut


def _owner(row: Row, source_of: Mapping[str, Partition], partitions: list[Partition]) -> Partition:
    """The file a row lies in; a row that was broken lies in the first file of its source."""
    for name in ("capture_id", "document_version_id"):
        if row.get(name) in source_of:
            return source_of[row[name]]
    return next((one for one in partitions if one.source_id == row.get("source_id")), partitions[0])


@pytest.fixture(scope="session")
def context_of() -> Callable[..., GateContext]:
    """The context of a gate: every table as a reference, both sources, a limit of one row in two."""

    def make(tables: Mapping[str, pa.Table], **changes: object) -> GateContext:
        values: dict[str, object] = {
            "run_id": "run-1",
            "quarantine_share": 0.5,
            "references": dict(tables),
            "sources": ("alpha", "beta"),
        }
        return GateContext(**(values | changes))  # type: ignore[arg-type]

    return make
