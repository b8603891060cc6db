"""Announcements that repeat one another: documents that share most of their sentences, or most of their words.

Sentences first: containment finds copies with another headline, another frame or a paragraph less. Then MinHash: it
proposes pairs in which single words of many sentences differ, and shingles decide. The second kind is kept apart: the
statistics of May and of June are nearly the same words, and two events.

The result depends on the documents alone. `find_pairs` takes what was found before and looks only at pairs that a new
or changed document can have touched; with nothing found before it is the whole comparison.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any

import numpy as np
import pyarrow as pa

from tasks.clean.sketches import HASH_BYTES, Shingles, Sketch, current_versions, make_sketches
from warehouse.tables.documents import DUPLICATES

# Copies in use lose a paragraph or two; pages of one series share a closing formula and a sentence or two of four or
# more.
MIN_CONTAINMENT = 0.5
# One long sentence in common proves nothing: two documents may quote it.
MIN_SHARED = 2
# Jaccard of three-word sequences: where one word in ten was changed, half of the sequences are left.
_MIN_JACCARD, _MIN_SHINGLES = 0.5, 30
# Up to so many documents with one sentence all pairs are looked at; above it each is compared with the earliest, which
# is enough to tie the copies of one announcement together.
_ALL_PAIRS = 8
# A sentence in more documents than this that stands among other sentences each time is a formula; within one site
# fewer prove it.
_FORMULA_DOCUMENTS, _SITE_FORMULA_DOCUMENTS, _FORMULA_CONTEXTS = 8, 3, 0.5
# Two sites with this many copies between them are twins.
_TWIN_PAIRS = 3

Row = dict[str, Any]
Pairs = dict[tuple[str, str], Row]
Formulas = dict[int, frozenset[str | None]]
"""By sentence: the sites in whose documents it is a formula; None stands for all."""


def find_duplicates(documents: pa.Table, sentences: pa.Table) -> pa.Table:
    """Return the pairs of documents that are the same announcement, by comparing all.

    Args:
        documents: `documents.documents`, all versions; of each document the one retrieved last is compared.
        sentences: `documents.sentences`, all versions.

    Returns:
        `documents.duplicates`; the document captured first stands first in each pair. Order of the input does not
        matter.
    """
    sketches = make_sketches(current_versions(documents), sentences)
    return pair_table(find_pairs(sketches, {}, {}), sketches)


def find_pairs(sketches: Mapping[str, Sketch], before: Mapping[str, Sketch], known: Pairs) -> Pairs:
    """Return all pairs, from those known before and what has changed since.

    Args:
        sketches: The documents as they are.
        before: The documents as they were when `known` was found.
        known: What this function returned for them.

    Returns:
        Pairs by their two documents, not yet labelled as twins; equal to `find_pairs(sketches, {}, {})`.
    """
    now, then = _Postings(sketches), _Postings(before)
    touched = {doc_id for doc_id in {*sketches, *before} if sketches.get(doc_id) != before.get(doc_id)}
    affected = now.keys_of(touched) | then.keys_of(touched)
    holders, holders_then = now.of(affected), then.of(affected)
    formulas, formulas_then = now.formulas(affected), then.formulas(affected)
    for key in affected:
        crowd = max(len(holders.get(key, ())), len(holders_then.get(key, ()))) > _ALL_PAIRS
        # What many have is compared with the earliest only, and who that is may have changed.
        if formulas.get(key) != formulas_then.get(key) or (crowd and None not in formulas.get(key, ())):
            touched.update(holders.get(key, ()), holders_then.get(key, ()))
    candidates = _candidates(now, touched)
    in_play = {doc_id for pair in candidates for doc_id in pair}
    formulas = now.formulas(now.keys_of(in_play))
    own = {doc_id: _own(sketches[doc_id], formulas) for doc_id in in_play}
    words: dict[str, Shingles] = {}
    found = {pair: row for pair, row in known.items() if touched.isdisjoint(pair)}
    for first, second in candidates:
        row = _compare_sentences(own[first], own[second])
        if row is None and own[first] and own[second]:
            for doc_id in (first, second):
                if doc_id not in words:
                    words[doc_id] = sketches[doc_id].shingles_of(own[doc_id])
            row = _compare_words(words[first], words[second], len(own[first] & own[second]))
        if row is not None:
            found[first, second] = row
    return found


class _Postings:
    """Which documents have which sentences and MinHash bands; documents are known in the order of their capture."""

    def __init__(self, sketches: Mapping[str, Sketch]) -> None:
        self.sketches = sketches
        self.doc_ids = sorted(sketches, key=lambda doc_id: sketches[doc_id].order)
        ordered = [sketches[doc_id] for doc_id in self.doc_ids]
        parts = [one.sentences + one.bands for one in ordered]
        keys = np.frombuffer(b"".join(parts), dtype="<u8")
        owners = np.repeat(np.arange(len(parts)), [len(part) // HASH_BYTES for part in parts])
        _, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
        shared = counts[places] > 1
        self.keys, self.owners = keys[shared], owners[shared]
        # What has been looked up: the steps of one comparison ask for much the same keys.
        self.holders: dict[int, list[str]] = {}
        self.found: dict[int, frozenset[str | None]] = {}
        self.looked_up: set[int] = set()
        self.judged: set[int] = set()

    def keys_of(self, doc_ids: Collection[str]) -> set[int]:
        """Return the sentences and bands of some documents."""
        parts = [one.sentences + one.bands for doc_id in doc_ids if (one := self.sketches.get(doc_id)) is not None]
        return set(np.frombuffer(b"".join(parts), dtype="<u8").tolist())

    def of(self, keys: Set[int]) -> Mapping[int, Sequence[str]]:
        """Return the documents that have each of some keys, and of those asked for before; the earliest is in front.

        What a single document has ties it to no other and is left out.
        """
        new = keys - self.looked_up
        if new:
            self.looked_up |= new
            wanted = np.isin(self.keys, np.fromiter(new, dtype="<u8", count=len(new)))
            for key, owner in zip(self.keys[wanted].tolist(), self.owners[wanted].tolist(), strict=True):
                self.holders.setdefault(key, []).append(self.doc_ids[owner])
        return self.holders

    def formulas(self, keys: Set[int]) -> Formulas:
        """Return which of some sentences, and of others asked for before, many documents have among other sentences.

        The sentences of an announcement that sixty sites republish are in sixty documents too, but always between the
        same two. What is frequent on one site counts as a formula there only.
        """
        new, holders = keys - self.judged, self.of(keys)
        self.judged |= new
        many = {key for key in new if len(holders.get(key, ())) > _SITE_FORMULA_DOCUMENTS}
        contexts: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
        for doc_id in sorted({doc_id for key in many for doc_id in holders[key]}):
            around = [0, *self.sketches[doc_id].sentence_hashes, 0]
            for place in range(1, len(around) - 1):
                if around[place] in many:
                    contexts[around[place]][doc_id] = around[place - 1], around[place + 1]
        for key, seen in contexts.items():
            by_site: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
            for doc_id, context in seen.items():
                by_site[self.sketches[doc_id].site].append(context)
                by_site[None].append(context)
            sites = {site for site, around_it in by_site.items() if _is_formula(site, around_it)}
            if sites:
                self.found[key] = frozenset(sites)
        return self.found


def _is_formula(site: str | None, contexts: Sequence[tuple[int, int]]) -> bool:
    least = _FORMULA_DOCUMENTS if site is None else _SITE_FORMULA_DOCUMENTS
    return len(contexts) > least and len(set(contexts)) > _FORMULA_CONTEXTS * len(contexts)


def _candidates(now: _Postings, touched: Collection[str]) -> set[tuple[str, str]]:
    """Return the pairs with a touched document that have a sentence or a band in common, the earlier one first."""
    keys = now.keys_of(touched)
    holders = now.of(keys)
    formulas = now.formulas(keys)
    among = frozenset(touched)
    return {
        pair
        for key, doc_ids in holders.items()
        if None not in formulas.get(key, ())
        for pair in _pairs(doc_ids)
        if not among.isdisjoint(pair)
    }


def _pairs(doc_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of documents that have one key, the earlier first."""
    if len(doc_ids) <= _ALL_PAIRS:
        for place, first in enumerate(doc_ids):
            for second in doc_ids[place + 1 :]:
                yield first, second
    else:
        for second in doc_ids[1:]:
            yield doc_ids[0], second


def _own(sketch: Sketch, formulas: Formulas) -> frozenset[int]:
    """Return the sentences of a document that are no formula on its site."""
    return frozenset(
        key for key in sketch.sentence_hashes if formulas.get(key, frozenset()).isdisjoint((None, sketch.site))
    )


def _compare_sentences(own: frozenset[int], other: frozenset[int]) -> Row | None:
    """Return what two documents have in common, if it is most sentences of one of them."""
    smaller, shared = min(len(own), len(other)), len(own & other)
    if not shared or shared < MIN_CONTAINMENT * smaller:
        return None
    if shared < MIN_SHARED and not len(own) == len(other) == shared:
        return None
    kind = "exact" if own == other else "republished"
    return {"kind": kind, "containment": shared / smaller, "n_shared_sentences": shared}


def _compare_words(words: Shingles, others: Shingles, shared: int) -> Row | None:
    """Return what two documents have in common, if it is half of all their three-word sequences."""
    least = min(len(words), len(others))
    if least < _MIN_SHINGLES or max(len(words), len(others)) * _MIN_JACCARD > least:
        return None
    both = np.concatenate((words, others))
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    if common < _MIN_JACCARD * (len(words) + len(others) - common):
        return None
    return {"kind": "near_duplicate", "containment": common / least, "n_shared_sentences": shared}


def pair_table(pairs: Pairs, sketches: Mapping[str, Sketch]) -> pa.Table:
    """Return pairs as `documents.duplicates`, with the label that depends on how often two sites repeat one another."""
    between = Counter(sites for pair, row in pairs.items() if (sites := _sites(pair, row, sketches)))
    rows = []
    for pair, row in sorted(pairs.items()):
        sites = _sites(pair, row, sketches)
        twins = sites is not None and between[sites] >= _TWIN_PAIRS
        rows.append({"doc_id_a": pair[0], "doc_id_b": pair[1], **row, "is_twin_site": twins})
    return pa.Table.from_pylist(rows, schema=DUPLICATES.schema)


def read_pairs(table: pa.Table) -> Pairs:
    """Return the pairs of `documents.duplicates`, without the label that depends on the others."""
    pairs: Pairs = {}
    for row in table.drop_columns(["is_twin_site"]).to_pylist():
        pair = row.pop("doc_id_a"), row.pop("doc_id_b")
        pairs[pair] = row
    return pairs


def _sites(pair: tuple[str, str], row: Row, sketches: Mapping[str, Sketch]) -> tuple[str, str] | None:
    """Return the two sites between which a copy went; None within one site and for what only resembles."""
    first, second = sorted(sketches[doc_id].site for doc_id in pair)
    return None if first == second or row["kind"] == "near_duplicate" else (first, second)
