"""What the stage reads: every version of every document with its sentences, mentions and claims, and when it stood.

Reading only; nothing here compares or decides, apart from which version of a document is the one facts come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from warehouse.ids import normalise_sentence
from warehouse.vocabulary import REPEATING_KINDS

VersionKey = tuple[str, str]
"""Document and version: two documents may have the same bytes, and then the same version id."""
Seen = tuple[date, datetime, str]
"""When evidence was captured first: logical date, time of retrieval, and the evidence's own id to break ties."""


@dataclass(frozen=True)
class SentenceRow:
    """One sentence; `normal` is the form that identifies it."""

    sentence_id: str
    ordinal: int
    zone: str
    paragraph: int
    normal: str


@dataclass(frozen=True)
class MentionRow:
    """One row of `extracted.mentions`, without offsets and values nobody compares."""

    mention_id: str
    sentence_id: str
    kind: str
    start: int
    end: int
    text: str
    name: str | None
    reference_id: str | None
    subtype: str | None
    country_code: str | None
    office: str | None
    affiliation: str | None
    affiliation_reference_id: str | None
    antecedent_mention_id: str | None
    value_min: float | None
    value_max: float | None
    unit: str | None
    currency: str | None
    qualifier: str | None
    confidence: float


@dataclass(frozen=True)
class ArgumentRow:
    """One thing in one role of a claim."""

    role: str
    mention_id: str
    basis: str
    start: int


@dataclass(frozen=True)
class ClaimRow:
    """One row of `extracted.claims` with its arguments."""

    claim_id: str
    sentence_id: str
    claim_kind: str
    claim_type: str
    status: str
    polarity: str
    zone: str
    trigger_start: int
    start: int
    end: int
    date_start: date | None
    date_end: date | None
    date_precision: str
    date_verbatim: str | None
    date_basis: str | None
    place_mention_id: str | None
    place_basis: str | None
    country_code: str | None
    country_basis: str | None
    project_mention_id: str | None
    reference_marker: str | None
    series_ordinal: int | None
    confidence: float
    arguments: tuple[ArgumentRow, ...] = ()


@dataclass(frozen=True)
class Version:
    """One version of one document with all that was read from it, in the order of the text."""

    doc_id: str
    version_id: str
    logical_date: date
    retrieved_at: datetime
    published_on: date | None
    language: str
    sentences: tuple[SentenceRow, ...]
    mentions: tuple[MentionRow, ...]
    claims: tuple[ClaimRow, ...]

    @property
    def key(self) -> VersionKey:
        """Document and version."""
        return self.doc_id, self.version_id

    @property
    def order(self) -> tuple[date, datetime, str]:
        """Versions of one document in the order in which one took the place of the other."""
        return self.logical_date, self.retrieved_at, self.version_id

    @property
    def news(self) -> tuple[date, date, datetime, str]:
        """Documents in the order in which they made things known: published, else captured."""
        return self.published_on or self.logical_date, self.logical_date, self.retrieved_at, self.doc_id


@dataclass(frozen=True)
class Corpus:
    """All versions of all documents.

    Attributes:
        histories: The versions of each document in the order in which they stood; one that was put back stands twice.
        seen: When each claim and each mention was captured first, over all versions that hold it.
        duplicates: Pairs of documents that are one announcement, by their latest versions.
    """

    histories: Mapping[str, tuple[Version, ...]]
    seen: Mapping[str, Seen]
    duplicates: tuple[tuple[str, str], ...] = field(default=())

    @property
    def days(self) -> list[date]:
        """The logical dates on which anything was captured, in order."""
        return sorted({version.logical_date for versions in self.histories.values() for version in versions})

    def until(self, day: date) -> Mapping[str, tuple[Version, ...]]:
        """Return the versions captured up to a logical date, of the documents that have any."""
        found = {name: tuple(v for v in known if v.logical_date <= day) for name, known in self.histories.items()}
        return {doc_id: versions for doc_id, versions in found.items() if versions}

    def with_documents(self, fresh: Corpus, duplicates: tuple[tuple[str, str], ...]) -> Corpus:
        """Return the corpus with these documents put in, in place of what was known of them."""
        histories = dict(sorted({**self.histories, **fresh.histories}.items()))
        return Corpus(histories, {**self.seen, **fresh.seen}, duplicates)

    def current(self, day: date) -> dict[str, Version]:
        """Return the version of each document that stood at the end of a logical date."""
        standing: dict[str, Version] = {}
        for doc_id, versions in self.histories.items():
            captured = [version for version in versions if version.logical_date <= day]
            if captured:
                standing[doc_id] = captured[-1]
        return standing

    def changes(self) -> dict[date, list[tuple[Version | None, Version]]]:
        """Return the documents that changed on each logical date: the version before (None if new), and the new one."""
        found: dict[date, list[tuple[Version | None, Version]]] = defaultdict(list)
        for doc_id in sorted(self.histories):
            before: Version | None = None
            for day, version in _last_of_each_day(self.histories[doc_id]):
                found[day].append((before, version))
                before = version
        return dict(sorted(found.items()))


def _last_of_each_day(versions: tuple[Version, ...]) -> Iterator[tuple[date, Version]]:
    for at, version in enumerate(versions):
        if at + 1 == len(versions) or versions[at + 1].logical_date > version.logical_date:
            yield version.logical_date, version


def read_corpus(tables: Mapping[str, pa.Table]) -> Corpus:
    """Return the corpus of the tables documents, sentences, duplicates, mentions, claims and claim_arguments.

    Rows of a version that is not in `documents` (set aside by a gate) are left out; the order of rows does not matter.
    """
    sentences = _by_version(tables["sentences"], _SENTENCE, ("ordinal",))
    mentions = _by_version(tables["mentions"], _names(MentionRow), ("mention_id",))
    claims = _by_version(tables["claims"], _names(ClaimRow) - {"arguments"}, ("claim_id",))
    arguments = _by_version(
        tables["claim_arguments"], {"claim_id", "ordinal", *_names(ArgumentRow)}, ("claim_id", "ordinal")
    )
    appearances: dict[str, list[Version]] = defaultdict(list)
    versions: dict[VersionKey, Version] = {}
    read_last: dict[str, datetime] = {}
    columns = ("doc_id", "document_version_id", "logical_date", "retrieved_at", "published_on", "language")
    rows = tables["documents"].select(columns).to_pylist()
    for row in sorted(rows, key=lambda row: (row["logical_date"], row["retrieved_at"])):
        key = (row["doc_id"], row["document_version_id"])
        # Arrow gives a zone of the zone database, which cannot be written to a file as plain values can.
        retrieved_at = row["retrieved_at"].astimezone(UTC)
        # The same bytes archived twice are one version, which stands from its first capture on; archived again after
        # another version, and read later than that, it stands once more.
        again = key in versions
        if not again:
            versions[key] = Version(
                *key,
                row["logical_date"],
                retrieved_at,
                row["published_on"],
                row["language"],
                tuple(_sentence(found) for found in sorted(sentences[key], key=lambda found: int(found["ordinal"]))),
                _in_text_order(MentionRow(**found) for found in mentions[key]),
                _claims(claims[key], arguments[key]),
            )
        if not again or retrieved_at > read_last[key[0]]:
            moment = {"logical_date": row["logical_date"], "retrieved_at": retrieved_at}
            appearances[key[0]].append(replace(versions[key], **moment))
        read_last[key[0]] = max(retrieved_at, read_last.get(key[0], retrieved_at))
    stood = ((doc_id, sorted(found, key=lambda one: one.order)) for doc_id, found in sorted(appearances.items()))
    ordered = {doc_id: _without_repeats(found) for doc_id, found in stood}
    return Corpus(ordered, _first_seen(ordered), duplicate_pairs(tables["duplicates"], ordered))


def duplicate_pairs(table: pa.Table, known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of known documents that are one announcement, each once and in order."""
    rows = table.select(["doc_id_a", "doc_id_b", "kind"]).to_pylist()
    pairs = [sorted((row["doc_id_a"], row["doc_id_b"])) for row in rows if row["kind"] in REPEATING_KINDS]
    duplicates = sorted({(first, second) for first, second in pairs})
    return tuple((a, b) for a, b in duplicates if a in known and b in known and a != b)


def _without_repeats(appearances: Sequence[Version]) -> tuple[Version, ...]:
    """Return the versions as they took each other's place: one that follows itself has taken nobody's."""
    return tuple(
        version
        for at, version in enumerate(appearances)
        if at == 0 or version.version_id != appearances[at - 1].version_id
    )


_SENTENCE = {"sentence_id", "ordinal", "zone", "paragraph", "text"}


def _names(row: type) -> set[str]:
    return set(row.__dataclass_fields__)  # type: ignore[attr-defined]  # a dataclass has them


def _by_version(table: pa.Table, columns: set[str], key: tuple[str, ...]) -> dict[VersionKey, list[dict[str, Any]]]:
    """Return the rows of each version, each key once: bytes archived twice were also read twice."""
    found: dict[VersionKey, dict[tuple[Any, ...], dict[str, Any]]] = defaultdict(dict)
    names = sorted(columns)
    values = [table.column(name).to_pylist() for name in ("doc_id", "document_version_id", *names)]
    for doc_id, version_id, *rest in zip(*values, strict=True):
        row = dict(zip(names, rest, strict=True))
        own = tuple(row[name] for name in key)
        other = found[doc_id, version_id].setdefault(own, row)
        if other != row:
            found[doc_id, version_id][own] = min(row, other, key=repr)
    return defaultdict(list, {version: list(rows.values()) for version, rows in found.items()})


def _sentence(row: Mapping[str, Any]) -> SentenceRow:
    return SentenceRow(
        row["sentence_id"], row["ordinal"], row["zone"], row["paragraph"], normalise_sentence(row["text"])
    )


def _in_text_order(mentions: Iterator[MentionRow]) -> tuple[MentionRow, ...]:
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.mention_id)))


def _claims(rows: list[dict[str, Any]], arguments: list[dict[str, Any]]) -> tuple[ClaimRow, ...]:
    of_claim: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in arguments:
        of_claim[row["claim_id"]].append(row)
    claims = []
    for row in rows:
        ordered = sorted(of_claim[row["claim_id"]], key=lambda found: int(found["ordinal"]))
        filled = tuple(
            ArgumentRow(found["role"], found["mention_id"], found["basis"], found["start"]) for found in ordered
        )
        claims.append(ClaimRow(**row, arguments=filled))
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.trigger_start, claim.claim_id)))


def _first_seen(histories: Mapping[str, tuple[Version, ...]]) -> dict[str, Seen]:
    seen: dict[str, Seen] = {}
    for versions in histories.values():
        for version in versions:
            held = (*(row.claim_id for row in version.claims), *(row.mention_id for row in version.mentions))
            for evidence_id in held:
                # Versions come oldest first, so the first one that holds it is the one that was captured first.
                seen.setdefault(evidence_id, (version.logical_date, version.retrieved_at, evidence_id))
    return seen
