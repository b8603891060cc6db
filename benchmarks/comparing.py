"""The comparison of documents with one another: all at once, and a new day with what is known of the others."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute

from benchmarks.measures import Tables, so_many
from benchmarks.timing import Figure, medians, taking_turns
from tasks.clean.duplicates import find_duplicates, find_pairs
from tasks.clean.sketches import current_versions, make_sketches

# Announcements compared with one another, and how many of them come as a new day.
COMPARED, NEW_DAY = 2_000, 50


def near_duplicates(texts: Tables, turns: int = 3) -> list[Figure]:
    """Measure the comparison of all documents, and that of a new day with what is known of the others."""
    documents, sentences = so_many(texts, COMPARED, own_words=True)
    current = current_versions(documents)
    days = sorted(current)
    old = {doc_id: current[doc_id] for doc_id in days[NEW_DAY:]}
    before = make_sketches(old, sentences)
    known = find_pairs(before, {}, {})
    new = {doc_id: current[doc_id] for doc_id in days[:NEW_DAY]}
    arrived = sentences.filter(pa.compute.is_in(sentences.column("doc_id"), pa.array(days[:NEW_DAY])))

    def a_day() -> None:
        find_pairs(before | make_sketches(new, arrived), before, known)

    half = medians(taking_turns(turns, all=lambda: find_duplicates(documents, sentences), day=a_day))
    return [
        Figure(
            f"near duplicates, {NEW_DAY} new documents among {COMPARED}",
            half["day"],
            "CPU s",
            f"comparing all {COMPARED} ({COMPARED / half['all']:.0f} documents / CPU s)",
            half["all"],
            half["day"] / half["all"],
            turns,
            "a new day is compared with sketches of the others, with the same result",
        )
    ]
