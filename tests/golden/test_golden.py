"""The sample announcements against their reviewed facts, through the whole pipeline with its gates.

What a reader relies on most is exact: language, headline and day of every document, which documents repeat which, which
tell one event and which must not, that nothing planned or called off is told as happened, and that every quote is the
text. What depends on how much the rules know has a floor over all documents, just below what was reached when it was
set; a change of rules may move a document, not the sum.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import pytest

from tests.golden.reviewed import (
    HAPPENED,
    Document,
    Expected,
    Told,
    expected_events,
    matched,
    overlap,
    published,
    release_database,
    reviewed,
    same_days,
    same_name,
)

REVIEWED = reviewed()
DOCUMENTS = sorted(REVIEWED)
# How much the reviewed facts hold, and of that what must be found: beside each floor what was reached when it was set.
TOTALS = {"countries": 47, "persons": 22, "organisations": 42, "quantities": 34, "events": 49}
FLOORS = {
    "countries": 46,  # 47
    "persons": 21,  # 22
    "organisations": 37,  # 38
    "quantities": 30,  # 31
    "events": 44,  # 45
    "events with their days": 42,  # 43
    "events with their country": 43,  # 44
    "events with their status": 42,  # 43
    "events that did or did not happen": 44,  # 45
}
# How much may be said that nobody found; beside it what was said when it was set.
CEILINGS = {
    "countries nobody found": 0,  # 0
    "persons nobody found": 0,  # 0
    "organisations nobody found": 3,  # 2
    "quantities nobody found": 2,  # 1
    "events nobody found": 2,  # 1
}

Matched = dict[str, list[tuple[Expected, Told]]]


@pytest.fixture(scope="module")
def home(sample_home):
    return sample_home


@pytest.fixture(scope="module")
def told(home) -> dict[str, Document]:
    return published(home)


@pytest.fixture(scope="module")
def release(home):
    with release_database(home) as base:
        yield base


@pytest.fixture(scope="module")
def expected(told) -> dict[str, list[Expected]]:
    return {doc: expected_events(doc, REVIEWED[doc], told[doc].text) for doc in DOCUMENTS}


@pytest.fixture(scope="module")
def pairs(told, expected) -> Matched:
    return {doc: matched(expected[doc], told[doc].events) for doc in DOCUMENTS}


def pairs_of(field: str) -> set[tuple[str, str]]:
    """The pairs of documents that a reviewed field ties, each in alphabetical order."""
    found = set()
    for doc, facts in REVIEWED.items():
        others = facts[field] if isinstance(facts[field], list) else [facts[field]] if facts[field] else []
        found |= {(min(doc, other), max(doc, other)) for other in others}
    return found


# --- exact, document by document --------------------------------------------------------------------------------------


def test_every_announcement_is_published_and_no_other(told):
    assert sorted(told) == DOCUMENTS


@pytest.mark.parametrize("doc", DOCUMENTS)
@pytest.mark.parametrize("field", ["language", "title", "published_on"])
def test_the_head_of_a_document(told, doc, field):
    said = getattr(told[doc], field)
    assert (said.isoformat() if field == "published_on" and said else said) == REVIEWED[doc][field]


# --- exact, over all documents ----------------------------------------------------------------------------------------


def test_nothing_planned_or_called_off_is_told_as_happened(told, expected):
    wrong = []
    for doc in DOCUMENTS:
        happened = [event for event in expected[doc] if event.happened]
        for event in expected[doc]:
            if event.happened:
                continue
            for one in told[doc].events:
                for passage, status in zip(one.passages, one.claimed, strict=True):
                    of_another = any(e.event_type == one.event_type and overlap(e, [passage]) > 0 for e in happened)
                    if (
                        one.event_type == event.event_type
                        and overlap(event, [passage]) > 0
                        and not of_another
                        and (one.happened or status in HAPPENED)
                    ):
                        wrong.append((doc, event.event_type, event.status, told[doc].text[slice(*passage)]))
    assert wrong == []


def test_an_event_is_told_only_by_documents_that_were_found_to_tell_it(told, expected):
    """Two documents share an event where one repeats the other, or where a person found that event in both."""
    lawful = pairs_of("dup_of")
    tellers: dict[str, set[str]] = {}
    for doc in DOCUMENTS:
        for one in told[doc].events:
            tellers.setdefault(one.event_id, set()).add(doc)
    types = {one.event_id: one.event_type for doc in DOCUMENTS for one in told[doc].events}
    wrong = [
        (types[event_id], pair)
        for event_id, docs in tellers.items()
        for pair in combinations(sorted(docs), 2)
        if pair not in lawful and not agree(types[event_id], *(expected[doc] for doc in pair))
    ]
    assert wrong == []


def agree(event_type: str, left: list[Expected], right: list[Expected]) -> bool:
    """Whether both documents tell an event of the type on the same known days."""
    days = [
        {(e.start_on, e.end_on) for e in side if e.event_type == event_type and e.start_on} for side in (left, right)
    ]
    return bool(days[0] & days[1])


def test_republications_are_found_exactly(release):
    rows = release.execute(
        "SELECT o.external_id, d.external_id FROM dim_document d JOIN dim_document o "
        "ON o.doc_id = d.republishes_doc_id WHERE d.is_current AND o.is_current"
    ).fetchall()
    assert {tuple(sorted(row)) for row in rows} == pairs_of("dup_of")
    assert len(rows) == len(pairs_of("dup_of"))


@pytest.mark.parametrize("pair", sorted(pairs_of("same_event_as")))
def test_two_reports_of_one_event_are_one_event(told, pair):
    """The event that both lead with is one, and neither document tells a second one of its type."""
    (news,) = {REVIEWED[doc]["events"][0]["type"] for doc in pair}
    found = [[one for one in told[doc].events if one.event_type == news] for doc in pair]
    assert [len(events) for events in found] == [1, 1]
    assert len({events[0].event_id for events in found}) == 1


@pytest.mark.parametrize("pair", sorted(pairs_of("near_but_different")))
def test_what_is_almost_the_same_stays_two(told, pair):
    left, right = ({one.event_id for one in told[doc].events} for doc in pair)
    assert left
    assert right
    assert left & right == set()


@pytest.mark.parametrize(
    ("table", "offset"), [("bridge_fact_evidence", "quote"), ("fact_claim", "quote"), ("fact_mention", "text")]
)
def test_every_quote_is_the_text_at_its_offsets(release, table, offset):
    rows = release.execute(
        f'SELECT f.{offset}, f.start, f."end", t.text FROM {table} f LEFT JOIN document_text t '  # noqa: S608
        "USING (document_version_id)"
    ).fetchall()
    assert rows
    assert [row[:3] for row in rows if row[3] is None or row[3][row[1] : row[2]] != row[0]] == []


def test_every_published_fact_has_a_passage(release):
    facts = {"fact_event": "event_id", "fact_quantity": "quantity_id", "fact_funding": "relation_id"}
    for table, key in facts.items():
        without = release.execute(
            f"SELECT {key} FROM {table} WHERE {key} NOT IN (SELECT fact_id FROM bridge_fact_evidence)"  # noqa: S608
        ).fetchall()
        assert without == []


# --- floors and ceilings over all documents ---------------------------------------------------------------------------


@dataclass
class Tally:
    """What was reached over all documents; `shown` is what was missed or too much, for the message of a failure."""

    reached: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def found(self, what: str, doc: str, wanted: Iterable[object], is_found: Callable[[Any], bool]) -> None:
        """Count what was found of what is wanted."""
        for one in wanted:
            self.reached[what] += is_found(one)
            if not is_found(one):
                self.shown[what].append(f"{doc}: {one}")

    def surplus(self, what: str, doc: str, said: Iterable[object], is_known: Callable[[Any], bool]) -> None:
        """Count what is said and nobody found."""
        extra = [f"{doc}: {one}" for one in said if not is_known(one)]
        self.reached[f"{what} nobody found"] += len(extra)
        self.shown[f"{what} nobody found"] += extra


@pytest.fixture(scope="module")
def tally(told, expected, pairs) -> Tally:
    counted = Tally()
    for doc, facts in REVIEWED.items():
        said = told[doc]
        counted.found("countries", doc, facts["countries"], said.countries.__contains__)
        counted.surplus("countries", doc, said.countries, facts["countries"].__contains__)
        for kind, things in (("persons", said.persons), ("organisations", said.organisations)):
            names = facts[kind]
            counted.found(kind, doc, names, lambda name, t=things: any(is_named(name, forms) for forms in t))
            counted.surplus(kind, doc, things, lambda forms, n=names: any(is_named(name, forms) for name in n))
        stated = {(float(quantity["value"]), quantity["unit"]) for quantity in facts["quantities"]}
        counted.found("quantities", doc, stated, said.quantities.__contains__)
        counted.surplus("quantities", doc, said.quantities, stated.__contains__)
        paired = {id(event) for pair in pairs[doc] for event in pair}
        counted.found("events", doc, expected[doc], lambda event, p=paired: id(event) in p)
        counted.surplus("events", doc, said.events, lambda event, p=paired: id(event) in p)
        counted.found("events with their days", doc, pairs[doc], lambda pair: same_days(*pair))
        counted.found("events with their country", doc, pairs[doc], lambda pair: pair[0].country == pair[1].country)
        counted.found("events with their status", doc, pairs[doc], lambda pair: pair[0].status == pair[1].status)
        counted.found(
            "events that did or did not happen", doc, pairs[doc], lambda pair: pair[0].happened == pair[1].happened
        )
    return counted


def is_named(name: str, forms: frozenset[str]) -> bool:
    return any(same_name(name, form) for form in forms)


def test_the_reviewed_facts_are_as_many_as_the_floors_were_set_for():
    totals = {kind: sum(len(facts[kind]) for facts in REVIEWED.values()) for kind in TOTALS}
    assert totals == TOTALS


@pytest.mark.parametrize("what", FLOORS)
def test_floor(tally, what):
    assert tally.reached[what] >= FLOORS[what], "\n".join(tally.shown[what])


@pytest.mark.parametrize("what", CEILINGS)
def test_ceiling(tally, what):
    assert tally.reached[what] <= CEILINGS[what], "\n".join(tally.shown[what])
