"""Short forms and what they stand for: "the Agency", "the Ministry of the Interior", "the pact", in one document.

The antecedent is the mention before it that fits, the nearest first; a form without one is no mention. Persons are linked in
`tasks.extract.persons`, which sees their names.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View


def short_organisations(view: View, hits: Sequence[Hit], organisations: Sequence[Candidate]) -> list[Candidate]:
    """Return the short forms of organisations, each with its antecedent.

    Args:
        view: The text.
        hits: Gazetteer hits (class `short_form` of `words.csv`).
        organisations: Organisations found, in order.
    """
    covered = [(c.start, c.end) for c in organisations]
    named = sorted((c for c in organisations if c.rule_id != "organisation.type"), key=lambda c: c.start)
    found = []
    for hit in hits:
        if hit.entry.subtype != "short_form" or any(s < hit.end and hit.start < e for s, e in covered):
            continue
        antecedent = _antecedent(hit, named)
        if antecedent is None:
            continue
        start = hit.start
        fields = {**antecedent.fields, "antecedent": antecedent}
        rule = "organisation.short"
        found.append(Candidate("organisation", start, hit.end, rule, prior(rule), fields))
    return found


def _antecedent(hit: Hit, named: Sequence[Candidate]) -> Candidate | None:
    """Return the nearest organisation before the short form that is of its kind; for `=ID` that organisation itself."""
    wanted = hit.entry.reference_id
    if wanted.startswith("="):
        same = [c for c in named if c.fields.get("reference_id") == wanted[1:]]
        before = [c for c in same if c.end <= hit.start]
        return before[0] if before else next(iter(same), None)
    kinds = wanted.split("|")
    fitting = [c for c in named if c.end <= hit.start and c.fields.get("subtype") in kinds]
    return fitting[-1] if fitting else None


def same_type_again(candidates: Sequence[Candidate]) -> None:
    """Give a body without country the identity of the only one of its sort that the document names with country.

    "The Ministry of the Interior" after "Ministry of the Interior of Lithuania" is that ministry. Changes the fields in place.
    """
    typed = [
        c
        for c in candidates
        if c.rule_id in ("organisation.type_country", "organisation.name") and c.fields.get("country_code")
    ]
    for candidate in candidates:
        if candidate.rule_id != "organisation.type":
            continue
        alike = {
            c.fields.get("name"): c
            for c in typed
            if c.fields.get("subtype") == candidate.fields.get("subtype")
            and _shares_words(str(c.fields.get("name")), str(candidate.fields.get("name")))
        }
        if len(alike) == 1:
            other = next(iter(alike.values()))
            candidate.fields.update({**other.fields, "antecedent": other})
            candidate.rule_id = "organisation.short"
            candidate.confidence = prior("organisation.short")


def _shares_words(full: str, short: str) -> bool:
    words = {word.lower() for word in short.split() if len(word) > 3}
    return bool(words) and words <= {word.lower() for word in full.split()}


def short_instruments(view: View, hits: Sequence[Hit], instruments: Sequence[Candidate]) -> list[Candidate]:
    """Return the short titles of instruments that the document names in full before them."""
    covered = [(c.start, c.end) for c in instruments]
    found = []
    for hit in hits:
        if hit.entry.kind != "instrument" or not hit.named.needs_context:
            continue
        if any(s < hit.end and hit.start < e for s, e in covered):
            continue
        same = [c for c in instruments if c.fields.get("reference_id") == hit.entry.reference_id]
        if not same:
            continue
        before = [c for c in same if c.end <= hit.start]
        antecedent = before[0] if before else same[0]
        fields = {**antecedent.fields, "antecedent": antecedent}
        rule = "instrument.context"
        found.append(Candidate("instrument", hit.start, hit.end, rule, prior(rule), fields))
    return found
