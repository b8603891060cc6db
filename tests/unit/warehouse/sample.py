"""A whole, tiny set of curated tables: one announcement of a meeting, and on demand a second one of a visit.

Keys and references fit; what a test does not care about is filled from the contract.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from warehouse.contract import Column, TableContract
from warehouse.tables import CURATED, contract_of

Row = Mapping[str, Any]

# Composed and combining letters, an emoji, Cyrillic: code points, bytes and graphemes all count differently.
TITLE = "Sastanak o readmisiji u Budvi 🤝 Састанак"
BODY = "Ministers of Lithuania and Montenegro met in Budva on 12 and 13 May 2025. Vytautas Kondratovic\u030c spoke."
TEXT = f"{TITLE}\n\n{BODY}"
QUOTE = "Ministers of Lithuania and Montenegro met in Budva on 12 and 13 May 2025."
OTHER_TEXT = "Besuch\n\nThe minister visited Podgorica on 3 June 2025."
OTHER_QUOTE = "The minister visited Podgorica on 3 June 2025."

EVENT = "evt_" + "a" * 26
OTHER_EVENT = "evt_" + "b" * 26
VERSION = "ver_" + "a" * 26
OTHER_VERSION = "ver_" + "b" * 26
CLAIM = "clm_" + "a" * 26
OTHER_CLAIM = "clm_" + "b" * 26

_EMPTY: Mapping[str, Any] = {
    "string": "x",
    "int32": 0,
    "int64": 0,
    "float64": 0.5,
    "bool": False,
    "date": dt.date(2025, 5, 12),
    "timestamp": dt.datetime(2025, 5, 14, 8, 30, tzinfo=dt.UTC),
    "binary": b"x",
}


def filled(contract: TableContract, rows: Sequence[Row]) -> pa.Table:
    """The rows as a table of the contract; columns not given are null where they may be, else some lawful value."""
    whole = [{column.name: row.get(column.name, _default(column)) for column in contract.columns} for row in rows]
    return pa.Table.from_pylist(whole, contract.schema)


def curated_tables(with_visit: bool = False, run_id: str = "run_1") -> dict[str, pa.Table]:
    """All curated tables by name: one meeting, and a visit if asked for; `run_id` goes into the gate results only."""
    rows = {contract.name: list(_ROWS.get(contract.name, ())) for contract in CURATED}
    if with_visit:
        for name, more in _VISIT.items():
            rows[name] += more
    rows["fact_gate_result"] = [
        {"run_id": run_id, "rule": rule, "severity": severity, "verdict": verdict}
        for rule, severity, verdict in (("floor", "critical", "passed"), ("volume", "warning", "failed"))
    ]
    return {name: filled(contract_of("curated", name), given) for name, given in rows.items()}


def _default(column: Column) -> Any:
    if column.nullable:
        return None
    return column.values[0] if column.values else _EMPTY[column.type]


def _document(version: str, doc: str, title: str, url: str, published: dt.date) -> Row:
    return {
        "document_version_id": version,
        "doc_id": doc,
        "source_id": "mvp",
        "title": title,
        "url": url,
        "language": "en",
        "published_date_key": 20250514,
        "published_on": published,
        "retrieved_at": dt.datetime(2025, 5, 14, 8, 30, tzinfo=dt.UTC),
        "body_sha256": "0" * 64,
    }


def _claim(claim: str, event: str, version: str, claim_type: str, quote: str, start: int) -> Row:
    return {
        "claim_id": claim,
        "event_id": event,
        "document_version_id": version,
        "claim_type": claim_type,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "rule_id": "frames.meeting.1",
        "confidence": 0.9,
    }


def _evidence(event: str, claim: str, version: str, quote: str, start: int) -> Row:
    return {
        "fact_id": event,
        "fact_table": "fact_event",
        "evidence_id": claim,
        "document_version_id": version,
        "sentence_id": "sen_" + "a" * 26,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
    }


def _party(party: str, name: str, country: str, role: str) -> Row:
    names = {"party_id": party, "party_name": name, "country_code": country, "role": role}
    return {"event_id": EVENT, "claim_id": CLAIM, **names}


def _unknown(*names: str) -> list[Row]:
    return [dict.fromkeys(names, "ent_unknown") | {"country_code": "ZZ", "organisation_id": "ent_unknown"}]


_ROWS: Mapping[str, Sequence[Row]] = {
    "dim_date": [
        {"date_key": 0},
        {"date_key": 20250512, "day_on": dt.date(2025, 5, 12), "year": 2025},
        {"date_key": 20250513, "day_on": dt.date(2025, 5, 13), "year": 2025},
        {"date_key": 20250514, "day_on": dt.date(2025, 5, 14), "year": 2025},
    ],
    "dim_country": [
        {"country_code": "ZZ", "name": "unknown"},
        {"country_code": "LT", "country_code3": "LTU", "name": "Lithuania", "is_eu_member": True},
        {"country_code": "ME", "country_code3": "MNE", "name": "Montenegro", "is_wb6": True},
    ],
    "dim_place": [
        *_unknown("place_id", "name"),
        {"place_id": "ent_budva", "name": "Budva", "country_code": "ME"},
    ],
    "dim_organisation": _unknown("organisation_id", "name"),
    "dim_person": _unknown("person_id", "name"),
    "dim_collective": _unknown("collective_id", "name"),
    "dim_instrument": [
        *_unknown("instrument_id", "name"),
        {"instrument_id": "ent_protocol", "name": "Protocol LT–ME", "kind": "implementing_protocol"},
    ],
    "dim_project": _unknown("project_id", "name"),
    "dim_source": [{"source_id": "unknown"}, {"source_id": "mvp", "kind": "folder", "n_documents": 1}],
    "dim_document": [
        _document("ver_unknown", "doc_unknown", "", "", dt.date(2025, 5, 14)) | {"source_id": "unknown"},
        _document(VERSION, "doc_" + "a" * 26, TITLE, "https://example.org/budva", dt.date(2025, 5, 14)),
    ],
    "document_text": [{"document_version_id": VERSION, "year": 2025, "body_start": len(TITLE) + 2, "text": TEXT}],
    # What has no rule of its own in this sample was found by "x".
    "dim_rule": [{"rule_id": rule, "n_judged": 4, "n_right": 3} for rule in ("unknown", "frames.meeting.1", "x")],
    "dim_event_type": [
        {"event_type": "unknown", "label": "Unknown"},
        {"event_type": "meeting", "label": "Meeting"},
        {"event_type": "visit", "label": "Visit"},
    ],
    "fact_event": [
        {
            "event_id": EVENT,
            "event_type": "meeting",
            "start_date_key": 20250512,
            "end_date_key": 20250513,
            "start_on": dt.date(2025, 5, 12),
            "end_on": dt.date(2025, 5, 13),
            "place_id": "ent_budva",
            "country_code": "ME",
            "instrument_id": "ent_protocol",
            "project_id": "ent_unknown",
            "n_documents": 1,
        }
    ],
    "bridge_event_party": [
        _party("ent_me", "Montenegro", "ME", "host"),
        _party("ent_me", "Montenegro", "ME", "participant"),
        _party("ent_lt", "Lithuania", "LT", "participant"),
    ],
    "bridge_role_candidate": [
        {
            "event_id": EVENT,
            "party_id": "ent_me",
            "party_name": "Montenegro",
            "role": "host",
            "office": "Minister of the Interior",
            "office_id": "MIN-INTERIOR",
            "claim_id": CLAIM,
            "reference_id": number,
            "candidate_name": name,
            "person_id": "ent_unknown",
            "n_candidates": 2,
        }
        for number, name in (("1", "Jane Doe"), ("2", "<b>John\u202e Roe</b>"))
    ],
    "bridge_event_instrument": [{"event_id": EVENT, "instrument_id": "ent_protocol", "claim_id": CLAIM}],
    "fact_quantity": [
        {
            "quantity_id": "qty_1",
            "event_id": EVENT,
            "document_version_id": VERSION,
            "value_min": 2.0,
            "value_max": 2.0,
            "unit": "days",
        }
    ],
    "fact_mention": [
        {
            "mention_id": "men_1",
            "document_version_id": VERSION,
            "kind": "place",
            "entity_id": "ent_budva",
            "start": TEXT.index("Budva"),
            "end": TEXT.index("Budva") + 5,
            "text": "Budva",
        }
    ],
    "fact_claim": [_claim(CLAIM, EVENT, VERSION, "meeting", QUOTE, TEXT.index(QUOTE))],
    "bridge_fact_evidence": [_evidence(EVENT, CLAIM, VERSION, QUOTE, TEXT.index(QUOTE))],
    "id_registry": [{"id": EVENT, "kind": "event", "founding_id": CLAIM}],
}

_VISIT: Mapping[str, Sequence[Row]] = {
    "dim_document": [
        _document(OTHER_VERSION, "doc_" + "b" * 26, "Besuch", "https://example.org/besuch", dt.date(2025, 6, 4))
    ],
    "document_text": [{"document_version_id": OTHER_VERSION, "year": 2025, "body_start": 8, "text": OTHER_TEXT}],
    "fact_event": [
        {
            "event_id": OTHER_EVENT,
            "event_type": "visit",
            "place_id": "ent_unknown",
            "country_code": "ZZ",
            "instrument_id": "ent_unknown",
            "project_id": "ent_unknown",
        }
    ],
    "fact_claim": [_claim(OTHER_CLAIM, OTHER_EVENT, OTHER_VERSION, "visit", OTHER_QUOTE, 8)],
    "bridge_fact_evidence": [_evidence(OTHER_EVENT, OTHER_CLAIM, OTHER_VERSION, OTHER_QUOTE, 8)],
    "fact_change": [
        {"fact_table": "fact_event", "fact_id": OTHER_EVENT, "change": "added", "reason": "a document that is new"}
    ],
    "id_registry": [{"id": OTHER_EVENT, "kind": "event", "founding_id": OTHER_CLAIM}],
}
