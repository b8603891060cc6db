"""Small hand-made inputs of the curate stage, in the form of the contracts.

A `World` is filled by telling what documents say; offsets, sentences and ids are worked out from the texts, so that a
quote that is wrong in a test is wrong because of the stage.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from tasks.curate.step import INPUTS, CurateContext, curate
from warehouse.ids import claim_id, make_id, mention_id, sentence_id, sha256_hex
from warehouse.settings import PROJECT_ROOT
from warehouse.tables import contract_of

STATES = (("Lithuania", "LT"), ("Montenegro", "ME"))
DEFAULTS: Mapping[str, object] = {
    "string": "x",
    "int32": 1,
    "int64": 1,
    "float64": 0.9,
    "bool": False,
    "date": date(2025, 7, 7),
    "timestamp": datetime(2025, 7, 7, 6, tzinfo=UTC),
    "binary": b"x",
}


def row(table: str, given: Mapping[str, object]) -> dict[str, object]:
    """A row of a table: what is given, null where null is lawful, else some lawful value."""
    contract = contract_of(*table.split("."))
    unknown = set(given) - set(contract.column_names)
    assert not unknown, f"{table} has no {unknown}"
    lawful = {
        column.name: None if column.nullable else column.values[0] if column.values else DEFAULTS[column.type]
        for column in contract.columns
    }
    return {**lawful, **given}


class World:
    """Documents and what was read in them."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, object]]] = {name: [] for name in INPUTS}
        self.texts: dict[tuple[str, str], str] = {}
        self.sentences: dict[tuple[str, str], list[dict[str, object]]] = {}

    def add(self, table: str, **given: object) -> None:
        self.rows[table].append(row(table, given))

    def document(
        self,
        name: str,
        *sentences: str,
        version: int = 1,
        body: str | None = None,
        source: str = "alpha",
        day: date = date(2025, 7, 7),
        **given: object,
    ) -> tuple[str, str]:
        """A document version of the given sentences; `body` names its bytes where two versions share them."""
        doc = make_id("doc", name)
        body_sha256 = sha256_hex((body or f"{name} {version}").encode())
        ver = make_id("ver", body_sha256)
        capture = make_id("cap", source, name, body_sha256)
        text = "\n\n".join(sentences)
        retrieved = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        self.add(
            "archive.captures",
            capture_id=capture, source_id=source, logical_date=day, retrieved_at=retrieved, body_sha256=body_sha256,
        )  # fmt: skip
        values = {
            "doc_id": doc, "document_version_id": ver, "capture_id": capture, "source_id": source, "logical_date": day,
            "retrieved_at": retrieved, "external_id": name, "language": "en", "text": text, "body_start": 0,
            "text_chars": len(text), "text_sha256": sha256_hex(text.encode()),
        }  # fmt: skip
        self.add("documents.documents", **{**values, **given})
        start = 0
        told = []
        for ordinal, sentence in enumerate(sentences):
            told.append(
                row("documents.sentences", {
                    "sentence_id": sentence_id(doc, sentence, 0), "doc_id": doc, "document_version_id": ver,
                    "ordinal": ordinal, "occurrence": 0, "start": start, "end": start + len(sentence),
                    "zone": "body", "language": "en", "text": sentence,
                })
            )  # fmt: skip
            start += len(sentence) + 2
        self.rows["documents.sentences"].extend(told)
        self.texts[doc, ver] = text
        self.sentences[doc, ver] = told
        return doc, ver

    def entity(self, name: str, kind: str, **given: object) -> str:
        entity = make_id("ent", name, kind)
        values = {"entity_id": entity, "kind": kind, "name": name}
        self.add("resolved.entities", **{**values, **given})
        self.add("resolved.entity_aliases", entity_id=entity, alias=name)
        return entity

    def mention(self, at: tuple[str, str], words: str, kind: str, entity: str | None = None, **given: object) -> str:
        """The first occurrence of the words in a document version, as a mention of the entity."""
        doc, ver = at
        start = self.texts[at].index(words)
        sentence = self._sentence_at(at, start)
        identifier = mention_id(str(sentence["sentence_id"]), kind, start - int(str(sentence["start"])), len(words))
        values = {
            "mention_id": identifier, "doc_id": doc, "document_version_id": ver, "kind": kind,
            "sentence_id": sentence["sentence_id"], "start": start, "end": start + len(words), "text": words,
        }  # fmt: skip
        self.add("extracted.mentions", **{**values, **given})
        known = self.rows["resolved.entity_mentions"]
        if entity is not None and not any(r["mention_id"] == identifier for r in known):
            self.add("resolved.entity_mentions", mention_id=identifier, doc_id=doc, entity_id=entity)
        return identifier

    def claim(self, at: tuple[str, str], quote: str, claim_type: str, **given: object) -> str:
        doc, ver = at
        start = self.texts[at].index(quote)
        sentence = self._sentence_at(at, start)
        identifier = claim_id(str(sentence["sentence_id"]), claim_type, 0, 0)
        values = {
            "claim_id": identifier, "doc_id": doc, "document_version_id": ver, "claim_type": claim_type,
            "sentence_id": sentence["sentence_id"], "start": start, "end": start + len(quote), "quote": quote,
        }  # fmt: skip
        self.add("extracted.claims", **{**values, **given})
        return identifier

    def event(self, event_type: str, claims: Mapping[str, str], **given: object) -> str:
        """An event told by the given claims (claim → document); the first is its founder and primary evidence."""
        founder, *_ = claims
        event = make_id("evt", founder)
        values = {"event_id": event, "event_type": event_type, "founding_claim_id": founder, "n_claims": len(claims)}
        self.add("resolved.events", **{**values, **given})
        for claim, doc in claims.items():
            role = "primary" if claim == founder else "corroborating"
            self.add("resolved.event_claims", claim_id=claim, doc_id=doc, event_id=event, evidence_role=role)
        self.add("resolved.id_registry", id=event, kind="event", founding_id=founder, status="active")
        return event

    def party(self, event: str, entity: str, role: str, claim: str) -> None:
        self.add("resolved.event_parties", event_id=event, entity_id=entity, role=role, claim_id=claim)

    def quantity(self, at: tuple[str, str], mentions: list[str], **given: object) -> str:
        quantity = make_id("qty", mentions[0])
        values = {"quantity_id": quantity, "doc_id": at[0], "mention_id": mentions[0], "unit": "people"}
        self.add("resolved.quantities", **{**values, "qualifier": "estimated", **given})
        for mention in mentions:
            self.add("resolved.quantity_mentions", quantity_id=quantity, mention_id=mention, doc_id=at[0])
        return quantity

    def relation(self, kind: str, subject: str, thing: str, claim: str, doc: str) -> str:
        relation = make_id("rel", kind, subject, thing)
        self.add(
            "resolved.relations",
            relation_id=relation, relation_type=kind, subject_entity_id=subject, object_entity_id=thing, claim_id=claim,
        )  # fmt: skip
        self.add("resolved.relation_claims", relation_id=relation, claim_id=claim, doc_id=doc, evidence_role="primary")
        return relation

    def tables(self, shuffle: int | None = None) -> dict[str, pa.Table]:
        """The tables, rows in the order given or shuffled; captures without their bodies, as the stage gets them."""
        made = {}
        for name, rows in self.rows.items():
            ordered = list(rows)
            if shuffle is not None:
                random.Random(shuffle).shuffle(ordered)  # noqa: S311 -- an order, not a secret
            made[name] = pa.Table.from_pylist(ordered, schema=contract_of(*name.split(".")).schema)
        made["archive.captures"] = made["archive.captures"].drop_columns(["body"])
        return made

    def _sentence_at(self, at: tuple[str, str], start: int) -> dict[str, object]:
        return next(s for s in self.sentences[at] if int(str(s["start"])) <= start < int(str(s["end"])))


def tell(world: World) -> dict[str, str]:
    """Two announcements on one signature, one on a movement and a project; returns the ids of what they tell."""
    lt, me = (world.entity(name, "territory", country_code=code) for name, code in STATES)
    region = world.entity("Western Balkans", "region", reference_id="WB")
    vilnius = world.entity("Vilnius", "place", country_code="LT", subtype="city")
    commission = world.entity("European Commission", "organisation", subtype="eu_institution", country_code="BE")
    ministry = world.entity("Ministry of the Interior", "organisation", subtype="ministry", country_code="LT")
    minister = world.entity(
        "Vladislav Kondratovič", "person", country_code="LT", office="Minister", affiliation_entity_id=ministry
    )
    world.add("resolved.entity_aliases", entity_id=minister, alias="V. Kondratovič")
    protocol = world.entity("implementing protocol, LT and ME", "instrument", subtype="implementing_protocol")
    for party in (me, lt):
        world.add("resolved.instrument_parties", instrument_entity_id=protocol, party_entity_id=party)
    fund = world.entity("Asylum, Migration and Integration Fund", "instrument", subtype="programme")
    project = world.entity("PROTECT", "project")

    first = world.document(
        "first",
        "Lithuania signs a protocol with Montenegro",
        "V. Kondratovič signed it in Vilnius on 1 July 2025 – “in full 🤝” – for the Western Balkans.",
        published_on=date(2025, 7, 4),
    )
    second = world.document(
        "second",
        "In Vilnius, Lithuania and Montenegro signed a protocol on Tuesday, 1 July.",
        source="beta",
        day=date(2025, 7, 8),
    )
    third = world.document(
        "third",
        "An estimated 58 people will be moved to Lithuania.",
        "These 58 are the first.",
        "The project PROTECT is funded by the Asylum, Migration and Integration Fund and by Lithuania.",
        day=date(2025, 7, 9),
    )
    world.add("documents.duplicates", doc_id_a=first[0], doc_id_b=second[0], kind="republished")
    world.add(
        "documents.links", doc_id=third[0], document_version_id=third[1], link_id=make_id("lnk", "third"),
        relation="project_page", target_url="https://protect.example/",
    )  # fmt: skip

    mentioned = [
        (first, "Lithuania", "territory", lt), (first, "Montenegro", "territory", me),
        (first, "V. Kondratovič", "person", minister), (first, "Vilnius", "place", vilnius),
        (first, "Western Balkans", "region", region), (second, "Lithuania", "territory", lt),
        (second, "Montenegro", "territory", me), (third, "PROTECT", "project", project),
        (third, "Asylum, Migration and Integration Fund", "instrument", fund),
    ]  # fmt: skip
    for at, words, kind, entity in mentioned:
        world.mention(at, words, kind, entity)
    day = world.mention(first, "1 July 2025", "date", date_start=date(2025, 7, 1), date_end=date(2025, 7, 1))

    signed = world.claim(
        first, "signed it in Vilnius on 1 July 2025 – “in full 🤝”", "agreement_signed", date_start=date(2025, 7, 1)
    )
    headline = world.claim(first, "Lithuania signs a protocol with Montenegro", "agreement_signed")
    again = world.claim(second, "Lithuania and Montenegro signed a protocol on Tuesday", "agreement_signed")
    event = world.event(
        "agreement_signed",
        {signed: first[0], headline: first[0], again: second[0]},
        start_on=date(2025, 7, 1), end_on=date(2025, 7, 1), date_precision="day", place_entity_id=vilnius,
        place_basis="text", country_code="LT", country_basis="derived", n_documents=2, n_independent_sources=1,
    )  # fmt: skip
    for entity, role in ((lt, "party"), (me, "party"), (minister, "signatory"), (region, "beneficiary")):
        world.party(event, entity, role, signed)
    world.party(event, commission, "participant", again)
    world.add("resolved.event_instruments", event_id=event, entity_id=protocol, basis="derived", claim_id=signed)

    moved = world.claim(third, "58 people will be moved to Lithuania", "relocation", status="planned")
    relocation = world.event("relocation", {moved: third[0]}, status="planned", project_entity_id=project)
    world.party(relocation, lt, "to", moved)
    estimated = world.mention(third, "An estimated 58 people", "quantity", value_min=58.0, value_max=58.0)
    bare = world.mention(third, "58 are", "quantity", value_min=58.0, value_max=58.0)
    quantity = world.quantity(third, [estimated, bare], event_id=relocation, value_min=58.0, value_max=58.0)
    funded = world.claim(
        third, "funded by the Asylum, Migration and Integration Fund and by Lithuania", "project_funding",
        claim_kind="relation",
    )  # fmt: skip
    by_fund = world.relation("project_funding", fund, project, funded, third[0])
    by_state = world.relation("project_funding", lt, project, funded, third[0])
    return {
        "event": event, "relocation": relocation, "quantity": quantity, "by_fund": by_fund, "by_state": by_state,
        "lt": lt, "me": me, "region": region, "vilnius": vilnius, "commission": commission, "ministry": ministry,
        "minister": minister, "protocol": protocol, "fund": fund, "project": project, "signed": signed,
        "headline": headline, "again": again, "day": day, "estimated": estimated, "bare": bare, "funded": funded,
        "first": first[0], "first_version": first[1], "second": second[0], "second_version": second[1],
        "third": third[0], "third_version": third[1],
    }  # fmt: skip


@pytest.fixture(scope="session")
def reference() -> Path:
    """The knowledge tables of the repository."""
    return PROJECT_ROOT / "seeds" / "reference"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def story(world: World) -> dict[str, str]:
    """The world is told the story; the ids of what it tells."""
    return tell(world)


@pytest.fixture(scope="session")
def releases(reference: Path) -> Callable[..., dict[str, pa.Table]]:
    """Curate the story, altered by a function, in a world of its own; for fixtures that several tests only read."""

    def make(alter: Callable[[World, dict[str, str]], None] = lambda world, ids: None) -> dict[str, pa.Table]:
        world = World()
        alter(world, tell(world))
        return curate(world.tables(), reference, CurateContext(sources={"alpha": "folder"}, gaps={"gamma": "down"}))

    return make
