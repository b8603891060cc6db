"""The reviewed facts of the sample announcements, what the release says of them, and how the two are matched.

Everything is read from the published release, country codes of mentions aside, which only the extracted layer has.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse.publication import current, release_directory
from warehouse.storage import Store
from warehouse.tables import extracted

GOLDEN = Path(__file__).parent
SAMPLES = GOLDEN.parents[1] / "seeds" / "documents"
HAPPENED = frozenset({"occurred", "background"})
# Case endings of the ten languages: "Vijeće" and "Vijeća", "policija" and "policije", "Brunner" and "Brunnerom".
LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """One event a person found in one document; `start` and `end` are its evidence's offsets in the document's text."""

    doc: str
    event_type: str
    status: str
    start_on: date | None
    end_on: date | None
    country: str | None
    start: int
    end: int

    @property
    def happened(self) -> bool:
        return self.status in HAPPENED


@dataclass(frozen=True, slots=True)
class Told:
    """One published event as one document tells it.

    Attributes:
        status: Best status of its claims in this document; of the event itself where no other document tells it.
        passages: Offsets of its claims in this document.
        claimed: Status of each of those claims, in the same order.
    """

    event_id: str
    event_type: str
    status: str
    start_on: date | None
    end_on: date | None
    country: str | None
    passages: tuple[tuple[int, int], ...]
    claimed: tuple[str, ...]

    @property
    def happened(self) -> bool:
        return self.status in HAPPENED


@dataclass(frozen=True, slots=True)
class Document:
    """What the release says of one document; names are lists of all forms that are one thing."""

    title: str | None
    language: str
    published_on: date | None
    text: str = field(repr=False)
    countries: frozenset[str]
    persons: tuple[frozenset[str], ...]
    organisations: tuple[frozenset[str], ...]
    quantities: frozenset[tuple[float, str]]
    events: tuple[Told, ...]


# Of the statuses the claims of one document give, the one a reader would keep.
_STATUS_ORDER = ("cancelled", "occurred", "background", "planned")


def reviewed() -> dict[str, dict[str, Any]]:
    """Return the reviewed facts by document."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(GOLDEN.glob("d??.json"))}
    listed = [json.loads(line)["doc_id"] for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines()]
    assert sorted(found) == sorted(listed), "every sample announcement has reviewed facts"
    return found


@contextmanager
def release_database(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of the current release, as a reader would."""
    release = current(home)
    assert release is not None
    path = release_directory(home, release.release_id) / "warehouse.duckdb"
    with duckdb.connect(str(path), read_only=True) as base:
        yield base


def published(home: Path) -> dict[str, Document]:
    """Return what the current release says of each document, by its external id."""
    with release_database(home) as base:
        rows = base.execute(
            "SELECT external_id, document_version_id, title, language, published_on, text, body_start "
            "FROM dim_document JOIN document_text USING (document_version_id) WHERE is_current"
        ).fetchall()
        countries = _countries(home)
        return {
            external_id: Document(
                title=title,
                language=language,
                published_on=published_on,
                text=text,
                countries=frozenset(code for code, start in countries[version] if start >= body_start),
                persons=_names(base, version, "person"),
                organisations=_names(base, version, "organisation"),
                quantities=_quantities(base, version),
                events=_told(base, version),
            )
            for external_id, version, title, language, published_on, text, body_start in rows
        }


def _countries(home: Path) -> Mapping[str, list[tuple[str, int]]]:
    """Return code and offset of every mention of a country, by document version."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in Store(home).read_all(extracted.MENTIONS).to_pylist():
        if row["kind"] == "territory" and row["country_code"] is not None:
            found[row["document_version_id"]].append((row["country_code"], row["start"]))
    return found


def _names(base: duckdb.DuckDBPyConnection, version: str, kind: str) -> tuple[frozenset[str], ...]:
    """Return for each person or organisation of a document its forms there and its name in the dimension."""
    rows = base.execute(
        f"SELECT list(DISTINCT m.text), any_value(d.name) FROM fact_mention m LEFT JOIN dim_{kind} d "  # noqa: S608
        f"ON d.{kind}_id = m.entity_id WHERE m.document_version_id = ? AND m.kind = ? GROUP BY m.entity_id",
        [version, kind],
    ).fetchall()
    return tuple(frozenset([*texts, name] if name else texts) for texts, name in rows)


def _quantities(base: duckdb.DuckDBPyConnection, version: str) -> frozenset[tuple[float, str]]:
    rows = base.execute(
        "SELECT DISTINCT unnest([q.value_min, q.value_max]), q.unit FROM fact_quantity q JOIN bridge_fact_evidence e "
        "ON e.fact_id = q.quantity_id WHERE e.document_version_id = ?",
        [version],
    ).fetchall()
    return frozenset(rows)


def _told(base: duckdb.DuckDBPyConnection, version: str) -> tuple[Told, ...]:
    rows = base.execute(
        "SELECT e.event_id, any_value(e.event_type), any_value(e.status), any_value(e.n_documents), "
        "any_value(e.start_on), any_value(e.end_on), any_value(nullif(e.country_code, 'ZZ')), "
        'list([c.start, c."end"] ORDER BY c.start, c.claim_id), list(c.status ORDER BY c.start, c.claim_id) '
        "FROM fact_event e JOIN fact_claim c USING (event_id) WHERE c.document_version_id = ? "
        "GROUP BY e.event_id ORDER BY min(c.start), e.event_id",
        [version],
    ).fetchall()
    return tuple(
        Told(
            event_id,
            event_type,
            status if n_documents == 1 else min(claimed, key=_STATUS_ORDER.index),
            start_on,
            end_on,
            country,
            tuple((start, end) for start, end in passages),
            tuple(claimed),
        )
        for event_id, event_type, status, n_documents, start_on, end_on, country, passages, claimed in rows
    )


def expected_events(doc: str, facts: Mapping[str, Any], text: str) -> list[Expected]:
    """Return the reviewed events of a document, each with the place of its evidence in the published text."""
    found = []
    for event in facts["events"]:
        start = text.find(event["evidence"])
        assert start >= 0, f"{doc}: the text no longer has {event['evidence']!r}"
        first, last = (None if event[name] is None else date.fromisoformat(event[name]) for name in ("start", "end"))
        found.append(
            Expected(
                doc=doc,
                event_type=event["type"],
                status=event["status"],
                start_on=first,
                end_on=last,
                country=event["country"],
                start=start,
                end=start + len(event["evidence"]),
            )
        )
    return found


def overlap(event: Expected, passages: Iterable[tuple[int, int]]) -> int:
    """Return how many code points of the evidence the passages cover, at most."""
    return max((min(end, event.end) - max(start, event.start) for start, end in passages), default=0)


def contradict(event: Expected, told: Told) -> bool:
    """Return whether both have days and share none."""
    if event.start_on is None or event.end_on is None or told.start_on is None or told.end_on is None:
        return False
    return event.end_on < told.start_on or told.end_on < event.start_on


def same_days(event: Expected, told: Told) -> bool:
    return (event.start_on, event.end_on) == (told.start_on, told.end_on)


def matched(expected: Sequence[Expected], told: Sequence[Told]) -> list[tuple[Expected, Told]]:
    """Pair reviewed and published events of one document, one to one.

    Both have one type, overlapping evidence and no contradicting days. Pairs that agree on the days come before others,
    then those with more evidence in common.
    """
    candidates = [
        (event, one)
        for event in expected
        for one in told
        if event.event_type == one.event_type and overlap(event, one.passages) > 0 and not contradict(event, one)
    ]
    candidates.sort(key=lambda pair: (not same_days(*pair), -overlap(pair[0], pair[1].passages)))
    pairs: list[tuple[Expected, Told]] = []
    for event, one in candidates:
        if all(event is not taken and one is not paired for taken, paired in pairs):
            pairs.append((event, one))
    return pairs


def same_name(one: str, other: str) -> bool:
    """Return whether two forms are one name: the same words in the same order, but for accents and case endings."""
    left, right = _words(one), _words(other)
    return len(left) == len(right) and all(map(_same_word, left, right))


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in plain).split()


def _same_word(one: str, other: str) -> bool:
    common = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    shared = min(len(one), len(other)) if common is None else common
    return one == other or shared >= max(LONGEST_ENDING, max(len(one), len(other)) - LONGEST_ENDING)
