"""One JSON a document in the form of the annotation codebook, from the tables of the warehouse.

This is how the pipeline is compared with people: the same fields, filled from mentions, claims and resolved events of
the current version of each document, restricted to what that document itself says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from warehouse.storage import Store
from warehouse.tables import contract_of
from warehouse.vocabulary import PARTY_ROLES, PRECISIONS, REPEATING_KINDS, STATUSES

INPUTS = (
    "documents.documents",
    "documents.duplicates",
    "extracted.mentions",
    "extracted.claims",
    "extracted.claim_arguments",
    "extracted.topics",
    "resolved.entities",
    "resolved.entity_mentions",
    "resolved.events",
    "resolved.event_claims",
)
# What a reader would call the status of an event told several times: that it happened outweighs that it was planned.
STATUS_ORDER = {"cancelled": 0, "occurred": 1, "background": 2, "planned": 3}
assert set(STATUS_ORDER) == set(STATUSES)  # noqa: S101 - a new status must be ranked here

Frames = Mapping[str, pd.DataFrame]


def annotate(home: Path) -> tuple[dict[str, dict[str, Any]], dict[str, list[list[str]]]]:
    """Return the annotations of every current document by external id, and the links between documents.

    The links have two keys: `duplicates` (pairs that repeat one announcement) and `same_event` (pairs that tell the
    same event that occurred, without being repetitions).
    """
    store = Store(home)
    frames = {name: store.read_all(contract_of(*name.split("."))).to_pandas() for name in INPUTS}
    documents = frames["documents.documents"].sort_values(["logical_date", "retrieved_at", "document_version_id"])
    current = documents.drop_duplicates("doc_id", keep="last")
    annotations = {str(row["external_id"]): _annotate_document(row, frames) for row in current.to_dict("records")}
    return annotations, _links(current, frames)


def _annotate_document(document: Mapping[str, Any], frames: Frames) -> dict[str, Any]:
    here = _of_version(document)
    mentions = here(frames["extracted.mentions"]).merge(
        frames["resolved.entity_mentions"][["mention_id", "doc_id", "entity_id"]],
        on=["mention_id", "doc_id"],
        how="left",
    )
    body = mentions[mentions["start"] >= document["body_start"]]
    claims = here(frames["extracted.claims"]).merge(
        frames["resolved.event_claims"][["claim_id", "doc_id", "event_id"]], on=["claim_id", "doc_id"], how="left"
    )
    arguments = here(frames["extracted.claim_arguments"]).merge(
        mentions[["mention_id", "entity_id", "kind", "name", "country_code"]], on="mention_id", how="left"
    )
    entities = frames["resolved.entities"].set_index("entity_id")
    return {
        "doc_id": document["external_id"],
        "url": document["url"],
        "language": document["language"],
        "title": document["title"],
        "published_on": None if pd.isna(document["published_on"]) else document["published_on"].isoformat(),
        "main_text": document["text"][document["body_start"] :],
        "countries": sorted(set(body.loc[body["kind"] == "territory", "country_code"].dropna())),
        "regions": sorted(set(body.loc[body["kind"] == "region", "name"].dropna())),
        "persons": list(_persons(mentions, entities)),
        "organisations": list(_things(body, "organisation")),
        "places": list(_things(mentions, "place")),
        "instruments": list(_things(body, "instrument")),
        "projects": list(_projects(body, claims, arguments)),
        "quantities": list(_quantities(body)),
        "topics": sorted(here(frames["extracted.topics"])["topic"]),
        "events": list(_events(document, claims, arguments, entities, _forms(mentions), frames)),
    }


def _of_version(document: Mapping[str, Any]) -> Any:
    """Return a filter that keeps the rows of this document version."""
    doc_id, version = document["doc_id"], document["document_version_id"]
    return lambda frame: frame[(frame["doc_id"] == doc_id) & (frame["document_version_id"] == version)]


def _first(values: pd.Series) -> Any:
    """Return the first value that is not null, else None."""
    known = values.dropna()
    return None if known.empty else known.iloc[0]


def _groups(mentions: pd.DataFrame, kind: str) -> Iterator[pd.DataFrame]:
    """Yield the mentions of each thing of a kind, in the order of the text."""
    chosen = mentions[mentions["kind"] == kind].sort_values("start")
    keys = chosen["entity_id"].fillna(chosen["name"]).fillna(chosen["text"])
    for _, group in chosen.groupby(keys, sort=False):
        yield group


def _things(mentions: pd.DataFrame, kind: str) -> Iterator[dict[str, Any]]:
    for group in _groups(mentions, kind):
        yield {
            "name": _first(group["name"]) or group["text"].iloc[0],
            "aliases_in_text": sorted(set(group["text"])),
            "kind": _first(group["subtype"]),
            "country": _first(group["country_code"]),
        }


def _persons(mentions: pd.DataFrame, entities: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for group in _groups(mentions, "person"):
        yield {
            "name": max(group["name"].dropna(), key=len, default=group["text"].iloc[0]),
            "office": _first(group["office"]),
            "affiliation": _first(group["affiliation"]),
            "country": _first(group["country_code"]),
            "aliases_in_text": sorted(set(group["text"])),
        }


def _projects(body: pd.DataFrame, claims: pd.DataFrame, arguments: pd.DataFrame) -> Iterator[dict[str, Any]]:
    relations = claims[claims["claim_kind"] == "relation"]
    for group in _groups(body, "project"):
        entity = _first(group["entity_id"])
        about = arguments[(arguments["role"] == "project") & (arguments["entity_id"] == entity)]["claim_id"]
        mine = arguments[arguments["claim_id"].isin(set(about) & set(relations["claim_id"]))]
        yield {
            "name": _first(group["name"]) or group["text"].iloc[0],
            "funders": sorted(set(mine.loc[mine["role"] == "funder", "name"].dropna())),
            "implementers": sorted(set(mine.loc[mine["role"] == "implementer", "name"].dropna())),
        }


def _quantities(body: pd.DataFrame) -> Iterator[dict[str, Any]]:
    chosen = body[body["kind"] == "quantity"].drop_duplicates(["value_min", "value_max", "unit"])
    for row in chosen.to_dict("records"):
        quantity = {"unit": row["unit"], "currency": _none(row["currency"]), "what": _none(row["subtype"])}
        for value in sorted({row["value_min"], row["value_max"]}):
            yield {"value": value, **quantity}


def _none(value: Any) -> Any:
    return None if pd.isna(value) else value


def _events(
    document: Mapping[str, Any],
    claims: pd.DataFrame,
    arguments: pd.DataFrame,
    entities: pd.DataFrame,
    forms: Mapping[str, list[str]],
    frames: Frames,
) -> Iterator[dict[str, Any]]:
    events = frames["resolved.events"].set_index("event_id").to_dict("index")
    territories = entities[entities["kind"] == "territory"].dropna(subset=["country_code"]).sort_index()
    states = dict(zip(territories["country_code"], territories["name"], strict=True))
    for event_id, group in claims[claims["claim_kind"] == "event"].groupby("event_id", sort=False):
        event = events[event_id]
        in_body = group[group["start"] >= document["body_start"]]
        shown = (
            (in_body if len(in_body) else group).sort_values(["confidence", "start"], ascending=[False, True]).iloc[0]
        )
        told_here = event["n_documents"] == 1
        # Another document may know the day of what this one only dates by its month.
        start, end, precision = (
            (event["start_on"], event["end_on"], event["date_precision"]) if told_here else _date_told(group)
        )
        mine = arguments[arguments["claim_id"].isin(group["claim_id"]) & arguments["role"].isin(PARTY_ROLES)]
        place = event["place_entity_id"]
        yield {
            "event_id": event_id,
            "type": event["event_type"],
            "status": event["status"] if told_here else min(group["status"], key=STATUS_ORDER.__getitem__),
            "start": _iso(start),
            "end": _iso(end),
            "date_precision": precision,
            "place": entities["name"].get(place),
            "country": _none(event["country_code"]),
            "participants": list(_participants(mine, forms, states)),
            "evidence": shown["quote"],
        }


def _forms(mentions: pd.DataFrame) -> dict[str, list[str]]:
    """Return entity id → the forms in which the document names the entity."""
    named = mentions.dropna(subset=["entity_id"])
    return {str(entity): sorted(set(group["text"])) for entity, group in named.groupby("entity_id")}


def _participants(
    mine: pd.DataFrame, forms: Mapping[str, list[str]], states: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield each thing once in each of its roles; `also` holds the other forms in which the document names it.

    Who is flown to a city comes to its state, whose name some document gives (`states`, by code).
    """
    of_city = mine["country_code"].where(mine["kind"] == "place").map(states)
    names = of_city.fillna(mine["name"]).fillna(mine["text"])
    things = of_city.fillna(mine["entity_id"]).fillna(names)
    for (thing, role), group in names.groupby([things, mine["role"]], sort=False):
        name = group.iloc[0]
        also = sorted({*group, *forms.get(str(thing), ())} - {name})
        yield {"name": name, "role": role, **({"also": also} if also else {})}


def _date_told(claims: pd.DataFrame) -> tuple[Any, Any, str]:
    """Return start, end and precision as the claims of one document give them: the most exact, then the surest."""
    order = {precision: rank for rank, precision in enumerate(PRECISIONS)}
    ranked = claims.assign(rank=claims["date_precision"].map(order))
    best = ranked.sort_values(["rank", "confidence", "start"], ascending=[True, False, True]).iloc[0]
    return best["date_start"], best["date_end"], str(best["date_precision"])


def _iso(value: Any) -> str | None:
    return None if pd.isna(value) else value.isoformat()


def _links(current: pd.DataFrame, frames: Frames) -> dict[str, list[list[str]]]:
    names = dict(zip(current["doc_id"], current["external_id"], strict=True))
    pairs = frames["documents.duplicates"]
    duplicates = {
        tuple(sorted((names[a], names[b])))
        for a, b, kind in zip(pairs["doc_id_a"], pairs["doc_id_b"], pairs["kind"], strict=True)
        if a in names and b in names and kind in REPEATING_KINDS
    }
    # A document reports an event that its headline tells or that its own words say occurred; others plan or recall it.
    events, claims = frames["resolved.events"], frames["extracted.claims"]
    reported = claims.loc[(claims["status"] == "occurred") | (claims["zone"] == "title"), ["claim_id", "doc_id"]]
    told = frames["resolved.event_claims"].merge(reported.drop_duplicates(), on=["claim_id", "doc_id"])
    told = told[told["event_id"].isin(events.loc[events["status"] == "occurred", "event_id"])]
    same: set[tuple[str, ...]] = set()
    for _, group in told.groupby("event_id"):
        tellers = sorted({names[doc_id] for doc_id in group["doc_id"] if doc_id in names})
        same |= {(a, b) for i, a in enumerate(tellers) for b in tellers[i + 1 :]}
    return {
        "duplicates": [list(pair) for pair in sorted(duplicates)],
        "same_event": [list(pair) for pair in sorted(same - duplicates)],
    }
