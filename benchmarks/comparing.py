"""The comparison of documents with one another: all at once, and a new day with what is known of the others."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute

from benchmarks.measures import Tables, so_many
from benchmarks.timing import Figure, Scale, Wanted, medians, taking_turns
from tasks.clean.duplicates import find_duplicates, find_pairs
from tasks.clean.sketches import current_versions, make_sketches


def near_duplicates(texts: Tables, scale: Scale) -> list[Figure]:
    """Measure the comparison of all documents, and that of a new day with what is known of the others."""
    documents, sentences = so_many(texts, scale.compared, own_words=True)
    current = current_versions(documents)
    days = sorted(current)
    old = {doc_id: current[doc_id] for doc_id in days[scale.new_day :]}
    before = make_sketches(old, sentences)
    known = find_pairs(before, {}, {})
    new = {doc_id: current[doc_id] for doc_id in days[: scale.new_day]}
    arrived = sentences.filter(pa.compute.is_in(sentences.column("doc_id"), pa.array(days[: scale.new_day])))

    def a_day() -> None:
        find_pairs(before | make_sketches(new, arrived), before, known)

    half = medians(taking_turns(scale.turns, all=lambda: find_duplicates(documents, sentences), day=a_day))
    rate = scale.compared / half["all"]
    return [
        Figure(
            f"near duplicates, all {scale.compared} documents",
            rate,
            "documents / CPU s",
            f"{scale.new_day} new documents among as many",
            scale.new_day / half["day"],
            rate / (scale.new_day / half["day"]),
            scale.turns,
            "times the rate of the new documents, which are compared with sketches of the others",
            Wanted("ours", "≥", 1_500),
        ),
        Figure(
            f"near duplicates, {scale.new_day} new documents among {scale.compared}",
            half["day"],
            "CPU s",
            f"comparing all {scale.compared}",
            half["all"],
            half["day"] / half["all"],
            scale.turns,
            "a new day is compared with sketches of the others, with the same result",
        ),
    ]
