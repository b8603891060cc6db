"""Announcements that repeat one another: documents that share most of their sentences.

Sentence containment finds copies with another headline, another frame or a paragraph less; a copy with every sentence
reworded is another text and no matter of this table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warehouse.ids import make_id, normalise_sentence
from warehouse.tables.documents import DUPLICATES

# Copies in use lose a paragraph or two; pages of one series share a closing formula and a sentence or two of four or
# more.
MIN_CONTAINMENT = 0.5
# One long sentence in common proves nothing: two documents may quote it.
MIN_SHARED = 2
# A sentence of fewer letters ("The meeting was held in Tirana.") stands in unrelated documents.
_SHORTEST = 25
# Up to so many documents with one sentence all pairs are looked at; above it each is compared with the earliest, which
# is enough to tie the copies of one announcement together.
_ALL_PAIRS = 8
# A sentence in more documents than this that stands among other sentences each time is a formula.
_FORMULA_DOCUMENTS, _FORMULA_CONTEXTS = 8, 0.5


@dataclass(frozen=True, slots=True)
class _Document:
    """A document by the hashes of its sentences, in order, each once."""

    doc_id: str
    sentences: tuple[str, ...]


def find_duplicates(documents: pa.Table, sentences: pa.Table) -> pa.Table:
    """Return the pairs of documents that are the same announcement.

    Of each document the version retrieved last is compared. Time is linear in the sentences, and in the pairs that
    share one.

    Args:
        documents: `documents.documents`, all versions.
        sentences: `documents.sentences`, all versions.

    Returns:
        `documents.duplicates`; the document captured first stands first in each pair. Order of the input does not
        matter.
    """
    ordered = _current(documents, sentences)
    postings: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(ordered):
        for sentence in document.sentences:
            postings[sentence].append(number)
    formulas = _formulas(ordered, postings)
    own = [frozenset(document.sentences) - formulas for document in ordered]
    pairs = {pair for sentence, numbers in postings.items() if sentence not in formulas for pair in _pairs(numbers)}
    rows = []
    for first, second in sorted(pairs):
        smaller = min(len(own[first]), len(own[second]))
        shared = len(own[first] & own[second])
        containment = shared / smaller
        if containment < MIN_CONTAINMENT or (shared < MIN_SHARED and not len(own[first]) == len(own[second]) == shared):
            continue
        rows.append(
            {
                "doc_id_a": ordered[first].doc_id,
                "doc_id_b": ordered[second].doc_id,
                "kind": "exact" if own[first] == own[second] else "republished",
                "containment": containment,
                "n_shared_sentences": shared,
            }
        )
    return pa.Table.from_pylist(
        sorted(rows, key=lambda row: (row["doc_id_a"], row["doc_id_b"])), schema=DUPLICATES.schema
    )


def _current(documents: pa.Table, sentences: pa.Table) -> list[_Document]:
    """Return the latest version of each document, the document captured first in front."""
    columns = ["doc_id", "document_version_id", "logical_date", "retrieved_at"]
    latest: dict[str, dict[str, Any]] = {}
    captured: dict[str, tuple[Any, ...]] = {}
    for row in documents.select(columns).to_pylist():
        doc_id = row["doc_id"]
        key = (row["logical_date"], row["retrieved_at"], doc_id)
        captured[doc_id] = min(captured.get(doc_id, key), key)
        best = latest.get(doc_id)
        if best is None or _recency(row) > _recency(best):
            latest[doc_id] = row
    bodies: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    table = sentences.select(["doc_id", "document_version_id", "ordinal", "zone", "text"])
    for row in table.to_pylist():
        version = (row["doc_id"], row["document_version_id"])
        current = latest.get(row["doc_id"])
        if row["zone"] != "title" and current is not None and current["document_version_id"] == version[1]:
            bodies[version].append((row["ordinal"], row["text"]))
    found = [
        _Document(doc_id, _hashes(bodies.get((doc_id, row["document_version_id"]), ())))
        for doc_id, row in latest.items()
    ]
    return sorted(found, key=lambda document: captured[document.doc_id])


def _recency(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["retrieved_at"], row["document_version_id"]


def _hashes(body: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    normalised = (normalise_sentence(text) for _, text in sorted(body))
    return tuple(dict.fromkeys(make_id("sn", text) for text in normalised if len(text) >= _SHORTEST))


def _formulas(ordered: Sequence[_Document], postings: Mapping[str, Sequence[int]]) -> frozenset[str]:
    """Return the sentences that many documents have, each among other sentences.

    The sentences of an announcement that sixty sites republish are in sixty documents too, but always between the same
    two.
    """
    contexts: dict[str, set[tuple[str, str]]] = {
        sentence: set() for sentence, numbers in postings.items() if len(numbers) > _FORMULA_DOCUMENTS
    }
    for document in ordered:
        around = ("", *document.sentences, "")
        for place, sentence in enumerate(document.sentences):
            if sentence in contexts:
                contexts[sentence].add((around[place], around[place + 2]))
    return frozenset(
        sentence for sentence, found in contexts.items() if len(found) > _FORMULA_CONTEXTS * len(postings[sentence])
    )


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents that have one sentence, the earlier first."""
    if len(numbers) <= _ALL_PAIRS:
        for place, first in enumerate(numbers):
            for second in numbers[place + 1 :]:
                yield first, second
    else:
        for second in numbers[1:]:
            yield numbers[0], second
