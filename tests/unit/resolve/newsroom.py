"""Small hand-made inputs of the resolve stage, in the form of the contracts.

A test writes pages (document versions) as sentences and says what was read in them; offsets, sentences and ids are
worked out from the words, as the stages before do.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tasks.resolve.corpus import read_corpus
from tasks.resolve.fold import fold
from tasks.resolve.left import Left, read_left, write_left
from tasks.resolve.registry import Registry
from tasks.resolve.state import State
from tasks.resolve.step import further_state, resolve, resolved_tables, standing
from warehouse.collectives import Membership
from warehouse.corrections import Correction
from warehouse.ids import claim_id, make_id, mention_id, normalise_sentence, sentence_id, sha256_hex
from warehouse.tables import contract_of

INPUTS = (
    "documents.documents",
    "documents.sentences",
    "documents.duplicates",
    "extracted.mentions",
    "extracted.claims",
    "extracted.claim_arguments",
)
DEFAULTS: Mapping[str, object] = {
    "bool": False, "string": "x", "int32": 0, "float64": 0.9, "date": date(2025, 1, 1),
    "timestamp": datetime(2025, 1, 1, tzinfo=UTC),
}  # fmt: skip

Row = dict[str, Any]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def row(table: str, given: Mapping[str, object]) -> Row:
    """A row of a table: what is given, null where null is lawful, else some lawful value."""
    contract = contract_of(*table.split("."))
    assert not set(given) - set(contract.column_names), f"{table} has no {set(given) - set(contract.column_names)}"
    lawful = {
        column.name: None if column.nullable else column.values[0] if column.values else DEFAULTS[column.type]
        for column in contract.columns
    }
    return {**lawful, **given}


class Page:
    """One version of one document: its title, then its sentences, and what was read in them."""

    def __init__(
        self,
        name: str,
        captured: str,
        title: str,
        body: Iterable[str],
        published: str | None,
        hour: int,
        language: str,
    ) -> None:
        self.doc_id = make_id("doc", name)
        lines = [title, *body]
        self.text = "\n\n".join(lines)
        self.version_id = make_id("ver", name, self.text)
        self.captured = date.fromisoformat(captured)
        self.rows: dict[str, list[Row]] = {name: [] for name in INPUTS}
        self.where = {"doc_id": self.doc_id, "document_version_id": self.version_id}
        retrieved = datetime(self.captured.year, self.captured.month, self.captured.day, hour, tzinfo=UTC)
        self.add(
            "documents.documents", **self.where, logical_date=self.captured, retrieved_at=retrieved, external_id=name,
            source_id="test", language=language,
            published_on=day(published), text=self.text, text_sha256=sha256_hex(self.text.encode()),
        )  # fmt: skip
        start = 0
        seen: list[str] = []
        for ordinal, line in enumerate(lines):
            occurrence = seen.count(normalise_sentence(line))
            seen.append(normalise_sentence(line))
            self.add(
                "documents.sentences", **self.where, ordinal=ordinal, occurrence=occurrence, start=start,
                sentence_id=sentence_id(self.doc_id, line, occurrence), end=start + len(line), text=line,
                zone="body" if ordinal else "title", paragraph=ordinal, language=language,
            )  # fmt: skip
            start += len(line) + 2

    def add(self, table: str, **given: object) -> Row:
        self.rows[table].append(row(table, given))
        return self.rows[table][-1]

    def sentence(self, at: int) -> Row:
        return next(found for found in self.rows["documents.sentences"] if found["start"] <= at <= found["end"])

    def find(self, words: str, nth: int = 1) -> tuple[int, Row]:
        """Where the words stand for the n-th time, and the sentence that holds them."""
        at = -1
        for _ in range(nth):
            at = self.text.index(words, at + 1)
        return at, self.sentence(at)

    def mention(self, words: str, kind: str, nth: int = 1, **given: object) -> Row:
        at, sentence = self.find(words, nth)
        found = mention_id(sentence["sentence_id"], kind, at - sentence["start"], len(words), "test")
        values = {
            "mention_id": found, "sentence_id": sentence["sentence_id"], "kind": kind, "start": at,
            "end": at + len(words), "text": words, "zone": sentence["zone"], "confidence": 0.9, "rule_id": "test",
        }  # fmt: skip
        return self.add("extracted.mentions", **self.where, **{**values, **given})

    def state(self, words: str, code: str, nth: int = 1, name: str | None = None) -> Row:
        """A country: its code, under its English name."""
        given = {"name": name or words, "country_code": code, "reference_id": code}
        return self.mention(words, "territory", nth, **given)

    def place(self, words: str, code: str | None = None, nth: int = 1) -> Row:
        return self.mention(words, "place", nth, name=words, country_code=code)

    def person(
        self, words: str, office: str | None = None, code: str | None = None, nth: int = 1, **given: object
    ) -> Row:
        values = {"name": words, "office": office, "country_code": code}
        return self.mention(words, "person", nth, **{**values, **given})

    def body(self, words: str, reference: str | None = None, nth: int = 1, **given: object) -> Row:
        """An organisation."""
        return self.mention(words, "organisation", nth, **{"name": words, "reference_id": reference, **given})

    def claim(
        self,
        event_type: str,
        trigger: str,
        *arguments: tuple[str, Row] | tuple[str, Row, str],
        nth: int = 1,
        date: str | None = None,
        until: str | None = None,
        precision: str = "day",
        basis: str = "text",
        place: Row | None = None,
        country: str | None = None,
        project: Row | None = None,
        **given: object,
    ) -> Row:
        """A claim whose evidence is its trigger's sentence; arguments are role, mention and, if not text, basis."""
        at, sentence = self.find(trigger, nth)
        same = [found for found in self.rows["extracted.claims"] if found["trigger_start"] == at]
        where = country or (place["country_code"] if place else None)
        ordinal = sum(found["claim_type"] == event_type for found in same)
        found = claim_id(sentence["sentence_id"], event_type, at - sentence["start"], ordinal)
        values = {
            "claim_id": found, "sentence_id": sentence["sentence_id"], "claim_type": event_type, "trigger_start": at,
            "trigger_end": at + len(trigger), "trigger_text": trigger, "start": sentence["start"],
            "end": sentence["end"], "quote": sentence["text"], "zone": sentence["zone"], "confidence": 0.8,
            "date_start": day(date), "date_end": day(until or date), "date_precision": precision if date else "unknown",
            "date_basis": basis if date else None, "date_verbatim": date,
            "place_mention_id": place["mention_id"] if place else None, "place_name": place["text"] if place else None,
            "place_basis": basis if place else None, "country_code": where,
            "country_basis": basis if where else None,
            "project_mention_id": project["mention_id"] if project else None,
        }  # fmt: skip
        for number, (role, mention, *own) in enumerate(arguments):
            self.add(
                "extracted.claim_arguments", **self.where, claim_id=found, ordinal=number, role=role,
                mention_id=mention["mention_id"], start=mention["start"], end=mention["end"], text=mention["text"],
                basis=own[0] if own else "text",
            )  # fmt: skip
        return self.add("extracted.claims", **self.where, **{**values, **given})


class Resolved:
    """The resolved tables as rows."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self.tables = tables

    def __getitem__(self, name: str) -> list[Row]:
        return self.tables[name].to_pylist()

    def named(self, entity_id: str | None) -> str | None:
        return next((found["name"] for found in self["entities"] if found["entity_id"] == entity_id), None)

    def entities(self, kind: str) -> list[Row]:
        return [found for found in self["entities"] if found["kind"] == kind]

    def entity_of(self, mention: Row) -> str | None:
        links = {found["mention_id"]: found["entity_id"] for found in self["entity_mentions"]}
        return links.get(mention["mention_id"])

    def events(self, event_type: str | None = None) -> list[Row]:
        return [found for found in self["events"] if event_type in {None, found["event_type"]}]

    def event_of(self, claim: Row) -> Row:
        told = {found["claim_id"]: found["event_id"] for found in self["event_claims"]}
        return next(found for found in self["events"] if found["event_id"] == told[claim["claim_id"]])

    def role_of(self, claim: Row) -> str:
        return next(found["evidence_role"] for found in self["event_claims"] if found["claim_id"] == claim["claim_id"])

    def parties(self, event: Row) -> set[tuple[str | None, str]]:
        return {
            (self.named(found["entity_id"]), found["role"])
            for found in self["event_parties"]
            if found["event_id"] == event["event_id"]
        }

    def registry(self, identifier: str) -> Row:
        return next(found for found in self["id_registry"] if found["id"] == identifier)

    def judgement(self, a: str, b: str) -> Row | None:
        pair = (min(a, b), max(a, b))
        return next((found for found in self["judgements"] if (found["left_id"], found["right_id"]) == pair), None)

    @property
    def prior(self) -> dict[str, pa.Table]:
        return {name: self.tables[name] for name in ("id_registry", "registry_evidence")}


class Newsroom:
    """Pages and which of them are copies."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.copies: list[tuple[str, str]] = []

    def page(
        self,
        name: str,
        title: str,
        *body: str,
        captured: str = "2025-07-10",
        published: str | None = None,
        hour: int = 6,
        language: str = "en",
    ) -> Page:
        self.pages.append(Page(name, captured, title, body, published, hour, language))
        return self.pages[-1]

    def copy(self, original: Page, repeated: Page) -> None:
        self.copies.append((original.doc_id, repeated.doc_id))

    def tables(self, seed: int | None = None, until: str | None = None) -> dict[str, pa.Table]:
        """All rows of the pages captured until a day, shuffled where a seed is given."""
        rows: dict[str, list[Row]] = {name: [] for name in INPUTS}
        pages = [page for page in self.pages if until is None or page.captured <= date.fromisoformat(until)]
        known = {page.doc_id for page in pages}
        for page in pages:
            for name, found in page.rows.items():
                rows[name] += found
        rows["documents.duplicates"] = [
            row("documents.duplicates", {"doc_id_a": a, "doc_id_b": b, "containment": 1.0})
            for a, b in self.copies
            if {a, b} <= known
        ]
        tables = {}
        for name, found in rows.items():
            if seed is not None:
                random.Random(seed).shuffle(found)  # noqa: S311 - the order of rows, not a secret
            tables[name] = pa.Table.from_pylist(found, schema=contract_of(*name.split(".")).schema)
        return tables

    def resolve(
        self,
        prior: Resolved | None = None,
        seed: int | None = None,
        until: str | None = None,
        corrections: Sequence[Correction] = (),
        memberships: Sequence[Membership] = (),
    ) -> Resolved:
        return Resolved(resolve(self.tables(seed, until), prior.prior if prior else {}, corrections, memberships))

    def daily(self) -> Resolved:
        """One run on each day on which a page was captured, each with the registry of the run before."""
        resolved: Resolved | None = None
        for captured in sorted({page.captured.isoformat() for page in self.pages}):
            resolved = self.resolve(prior=resolved, until=captured)
        assert resolved is not None
        return resolved

    def growing(self, home: Path) -> Iterator[tuple[Resolved, State]]:
        """One run on each day, each going on from the file the one before left, with the documents of its day alone.

        Every day comes to the tables that all documents and the registry of before come to.
        """
        before: Resolved | None = None
        for number, captured in enumerate(sorted({page.captured.isoformat() for page in self.pages})):
            tables = self.tables(until=captured)
            new = {page.doc_id for page in self.pages if page.captured.isoformat() == captured}
            fresh = {
                name: table.filter(pc.is_in(table["doc_id"], pa.array(new)))
                if "doc_id" in table.schema.names
                else table
                for name, table in tables.items()
            }
            left = read_left(home, f"day{number - 1}")
            state = (
                further_state(left.state, fresh, ()) if left else fold(read_corpus(standing(tables, ())), Registry())
            )
            assert state is not None, "a new day follows from the day before"
            write_left(home, f"day{number}", Left({}, state.left), None)
            after = Resolved(resolved_tables(state))
            whole = self.resolve(prior=before, until=captured)
            for name, table in whole.tables.items():
                assert table.equals(after.tables[name]), (captured, name)
            before = after
            yield after, state
