"""An annotated set of documents against what the pipeline says of them: figures by half and language, with intervals.

Figures are sums over documents. Their intervals are percentiles of the bootstrap (Efron and Tibshirani, An Introduction
to the Bootstrap, 1993, chapter 13), which draws documents, not items: the sentences of one document go wrong together.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from tasks.curate.measure.scoring import Annotation, score_document
from tasks.curate.measure.tally import FIELDS, Score, rates, total
from warehouse.errors import ConfigurationError

HALVES = ("a", "b")
# Rules are written on half a: its documents say what a rule is worth, the others how much that flatters.
READABLE_HALF = "a"
# Bounds of an interval that holds 95 % of the samples.
_LOWER, _UPPER = 0.025, 0.975
_SEED = 1

Pair = tuple[str, str]
Links = Mapping[str, Iterable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class AnnotatedSet:
    """A folder with documents, what a careful reader found in each, and the half each belongs to.

    Attributes:
        gold: Document → its annotation.
        halves: Document → `a` or `b`.
        links: Which documents repeat each other, tell one event, or must stay apart.
    """

    gold: Mapping[str, Annotation]
    halves: Mapping[str, str]
    links: Links


def read_annotated(directory: Path) -> AnnotatedSet:
    """Read `gold/`, `manifest.jsonl` and `links.json` of a folder.

    Raises:
        ConfigurationError: One of them is missing or malformed, or a document has no half.
    """
    advice = "An annotated folder has gold/ with one JSON a document, manifest.jsonl with its half, and documents."
    try:
        lines = (directory / "manifest.jsonl").read_text("utf-8").splitlines()
        halves = {str(entry["doc_id"]): str(entry["half"]) for entry in map(json.loads, filter(str.strip, lines))}
        gold = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((directory / "gold").glob("*.json"))}
        links = directory / "links.json"
        pairs: Links = json.loads(links.read_text("utf-8")) if links.is_file() else {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"no annotated set ({error})", str(directory), advice) from error
    without = sorted(doc for doc in gold if halves.get(doc) not in HALVES)
    if without or not gold:
        named = f"no half for {', '.join(without[:5])}" if without else "no annotations"
        raise ConfigurationError(named, str(directory), advice)
    return AnnotatedSet(gold, {doc: halves[doc] for doc in gold}, pairs)


def evaluate(
    annotated: AnnotatedSet, told: Mapping[str, Annotation], links: Links, samples: int = 0
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the figures of a set, by half and by language.

    Args:
        annotated: The set.
        told: Document → what the pipeline says of it; one that is missing says nothing.
        links: The pairs of documents the pipeline found.
        samples: How many bootstrap samples the intervals come from; 0 for none.

    Returns:
        `half` and `language` → group → the figures of `figures_of`, with the number of documents.
    """
    scores = {doc: score_document(wanted, told.get(doc, {})) for doc, wanted in annotated.gold.items()}
    groups = {
        "half": dict(annotated.halves),
        "language": {doc: str(wanted["language"]) for doc, wanted in annotated.gold.items()},
    }
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for name, group_of in groups.items():
        found[name] = {}
        for group in sorted(set(group_of.values())):
            members = [doc for doc in scores if group_of[doc] == group]
            found[name][group] = figures_of([scores[doc] for doc in members], samples)
            if name == "half":
                found[name][group] |= {"links": link_figures(annotated.links, told, links, frozenset(members))}
    return found


def figures_of(scores: Sequence[Score], samples: int = 0) -> dict[str, Any]:
    """Return the figures of several documents.

    Returns:
        `documents`; `fields`: field → precision, recall, f1, found, surplus, missed, and low and high of F1 if sampled;
        `attributes`: attribute → mean and n.
    """
    whole = total(scores)
    intervals = _intervals(scores, samples) if samples else {}
    fields = {}
    for name in FIELDS:
        counts = whole.counts.get(name, [0, 0, 0])
        precision, recall, f1 = rates(counts)
        found, surplus, missed = counts
        fields[name] = {
            "precision": precision, "recall": recall, "f1": f1, "found": found, "surplus": surplus, "missed": missed,
            **intervals.get(name, {}),
        }  # fmt: skip
    attributes = {
        name: {"mean": sum(values) / len(values), "n": len(values)} for name, values in sorted(whole.shares.items())
    }
    return {"documents": len(scores), "fields": fields, "attributes": attributes}


def _intervals(scores: Sequence[Score], samples: int) -> dict[str, dict[str, float]]:
    """Return field → low and high of F1, from samples of as many documents, drawn with replacement."""
    draw = random.Random(_SEED)  # noqa: S311 - a sample, no secret
    drawn: dict[str, list[float]] = {name: [] for name in FIELDS}
    for _ in range(samples):
        chosen = [score.counts for score in draw.choices(scores, k=len(scores))]
        for name in FIELDS:
            counts = [counted[name] for counted in chosen if name in counted]
            drawn[name].append(rates([sum(column) for column in zip(*counts, strict=True)] if counts else (0, 0, 0))[2])
    return {
        name: {"low": _quantile(values, _LOWER), "high": _quantile(values, _UPPER)} for name, values in drawn.items()
    }


def _quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def link_figures(
    wanted: Links, told: Mapping[str, Annotation], links: Links, members: frozenset[str]
) -> dict[str, Any]:
    """Return the figures of pairs within some documents: repeated announcements, and reports of one event.

    Returns:
        `duplicates` and `same_event`: precision, recall, f1, found, surplus, missed; `wrong_merges`: pairs that must
        stay apart and were put together; `traps`: how many such pairs there are.
    """

    def pairs(source: Links, name: str) -> set[Pair]:
        chosen = {(min(pair), max(pair)) for pair in source.get(name, ())}
        return {(one, other) for one, other in chosen if {one, other} <= members}

    repeated = {"wanted": pairs(wanted, "duplicates"), "told": _closed(pairs(links, "duplicates"))}
    events = {"wanted": pairs(wanted, "same_event"), "told": pairs(links, "same_event") | _one_event(told, members)}
    ignored = repeated["wanted"] | pairs(wanted, "ignore_same_event")
    apart = pairs(wanted, "must_not_merge")
    return {
        "duplicates": _pair_rates(**repeated, ignored=set()),
        "same_event": _pair_rates(**events, ignored=ignored),
        "wrong_merges": [list(pair) for pair in sorted((repeated["told"] | events["told"]) & apart)],
        "traps": len(apart),
    }


def _one_event(told: Mapping[str, Annotation], members: frozenset[str]) -> set[Pair]:
    """Return the pairs of documents that tell an event of one id as having occurred."""
    tellers: dict[str, set[str]] = {}
    for doc in members:
        for event in told.get(doc, {}).get("events") or ():
            if event.get("event_id") and event.get("status") == "occurred":
                tellers.setdefault(event["event_id"], set()).add(doc)
    return {pair for docs in tellers.values() for pair in combinations(sorted(docs), 2)}


def _closed(pairs: set[Pair]) -> set[Pair]:
    """Return the pairs with those that follow: of a and b, b and c also a and c."""
    groups: list[set[str]] = []
    for pair in sorted(pairs):
        touching = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touching]
        groups.append(set(pair).union(*touching))
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _pair_rates(told: set[Pair], wanted: set[Pair], ignored: set[Pair]) -> dict[str, float]:
    counts = (len(told & wanted), len(told - wanted - ignored), len(wanted - told))
    precision, recall, f1 = rates(counts)
    found, surplus, missed = counts
    return {
        "precision": precision, "recall": recall, "f1": f1, "found": found, "surplus": surplus, "missed": missed,
    }  # fmt: skip
