"""Short forms and what they stand for: "the Agency", "the Ministry of the Interior", "the pact", in one document.

The antecedent is the mention before it that fits, the nearest first; a form without one is no mention. Persons are
linked in `persons.person_groups`, which sees their names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from tasks.extract.knowledge.knowledge import Organisation
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View

# Kinds of organisations that only the Union has.
_OF_UNION = frozenset({"supranational", "eu_institution", "eu_agency"})
_MEMBERS = re.compile(r"\bMEPs?\b|\bMembers? of the European Parliament\b")


def short_organisations(
    view: View, hits: Hits, organisations: Sequence[Candidate], listed: Mapping[str, Organisation]
) -> list[Candidate]:
    """Return the short forms of organisations, each with its antecedent.

    Args:
        view: The text.
        hits: Gazetteer hits (class `short_form` of `words.csv`).
        organisations: Organisations found.
        listed: Rows of `organisations.csv` by id. In a text that speaks of the Union "the Commission" is the European
            Commission, also where nobody calls it so.
    """
    covered = SpanMask(len(view.text), (candidate.span for candidate in organisations))
    antecedents = _Antecedents([c for c in organisations if c.rule_id != "organisation.type"])
    rule = "organisation.short"
    found = []
    for hit in hits.words("short_form"):
        if covered.touches(hit.start, hit.end):
            continue
        head = view.text[hit.start : hit.end].split()[-1].casefold().removesuffix("'s").removesuffix("’s")
        antecedent = antecedents.of(hit.entry.reference_id, hit.start, head)
        if antecedent is not None:
            fields = {**antecedent.fields, "antecedent": antecedent}
            found.append(Candidate("organisation", hit.start, hit.end, rule, prior(rule), fields))
            continue
        kinds, _, row = hit.entry.reference_id.partition("=")
        implied = listed.get(row)
        # A parliament may be any state's: that of the Union is implied where its members are spoken of.
        if implied is not None and _is_of_union(view, hit, organisations) and (not kinds or _MEMBERS.search(view.text)):
            found.append(_implied(hit, implied))
    return found


def _is_of_union(view: View, hit: Hit, organisations: Sequence[Candidate]) -> bool:
    """True if the text names the Union or one of its bodies, and no other body the short form could stand for."""
    head = view.text[hit.start : hit.end].split()[-1]
    if any(head in view.text[candidate.start : candidate.end] for candidate in organisations):
        return False
    return any(candidate.text_field("subtype") in _OF_UNION for candidate in organisations)


def _implied(hit: Hit, organisation: Organisation) -> Candidate:
    fields: dict[str, object] = {
        "name": organisation.name,
        "reference_id": organisation.organisation_id,
        "subtype": organisation.kind,
        "country_code": organisation.country_code,
    }
    rule = "organisation.implied"
    return Candidate("organisation", hit.start, hit.end, rule, prior(rule), fields)


class _Antecedents:
    """The organisations of a text, by kind and by reference row."""

    def __init__(self, organisations: Sequence[Candidate]) -> None:
        self._by_kind: dict[str, list[Candidate]] = {}
        self._first: dict[str, Candidate] = {}
        for candidate in sorted(organisations, key=lambda c: c.end):
            self._by_kind.setdefault(candidate.text_field("subtype") or "", []).append(candidate)
            reference = candidate.text_field("reference_id")
            if reference is not None:
                self._first.setdefault(reference, candidate)
        # Per kind and noun, for each body the last one up to it whose name holds the noun.
        self._named: dict[tuple[str, str], list[Candidate | None]] = {}
        self._ends = {kind: [c.end for c in found] for kind, found in self._by_kind.items()}

    def of(self, wanted: str, offset: int, head: str) -> Candidate | None:
        """Return what a short form stands for.

        Args:
            wanted: Kinds separated by `|`: the nearest before the offset; `=ID`, alone or behind them: that
            organisation, wherever it is named.
            offset: Start of the short form.
            head: Its noun. A body that bears it in its name ("the Agency": the Agency for Asylum) goes before a nearer
                national one that does not (the Asylum Service).
        """
        kinds, _, row = wanted.partition("=")
        if row and not kinds:
            return self._first.get(row)
        nearest: Candidate | None = None
        bearing: Candidate | None = None
        for kind in kinds.rstrip("|").split("|"):
            position = bisect_right(self._ends.get(kind, []), offset)
            last = self._by_kind[kind][position - 1] if position else None
            if last is not None and (nearest is None or last.end > nearest.end):
                nearest = last
            last = self._last_bearing(kind, position, head)
            if last is not None and (bearing is None or last.end > bearing.end):
                bearing = last
        if bearing is not None and nearest is not None and nearest.text_field("subtype") == "national_agency":
            return bearing
        return nearest if nearest is not None else self._first.get(row)

    def _last_bearing(self, kind: str, position: int, head: str) -> Candidate | None:
        """Return the last of the first bodies of a kind whose name holds the noun."""
        named = self._named.setdefault((kind, head), [])
        if not named:
            found: Candidate | None = None
            for candidate in self._by_kind.get(kind, ()):
                bears = head in (candidate.text_field("name") or "").casefold().split()
                found = candidate if bears else found
                named.append(found)
        return named[position - 1] if position else None


def same_type_again(candidates: Sequence[Candidate]) -> None:
    """Give a body without country the identity of the only one of its sort that the document names with country.

    "The Ministry of the Interior" after "Ministry of the Interior of Lithuania" is that ministry. Changes the fields in
    place.
    """
    by_kind: dict[str, dict[str, Candidate]] = {}
    for candidate in candidates:
        if candidate.rule_id != "organisation.type" and candidate.text_field("country_code") is not None:
            named = by_kind.setdefault(candidate.text_field("subtype") or "", {})
            named.setdefault(candidate.text_field("name") or "", candidate)
    known: dict[tuple[str, str], Candidate | None] = {}
    for candidate in candidates:
        if candidate.rule_id != "organisation.type":
            continue
        kind, short = candidate.text_field("subtype") or "", candidate.text_field("name") or ""
        if (kind, short) not in known:
            alike = [other for name, other in by_kind.get(kind, {}).items() if _shares_words(name, short)]
            known[kind, short] = alike[0] if len(alike) == 1 else None
        other = known[kind, short]
        if other is not None:
            candidate.fields.update({**other.fields, "antecedent": other})
            candidate.rule_id, candidate.confidence = "organisation.short", prior("organisation.short")


def _shares_words(full: str, short: str) -> bool:
    """True if every longer word of the short form stands in the full name."""
    words = {word.lower() for word in short.split() if len(word) > 3}
    return bool(words) and words <= {word.lower() for word in full.split()}


def short_instruments(view: View, hits: Hits, instruments: Sequence[Candidate]) -> list[Candidate]:
    """Return the short titles of instruments that the document names in full."""
    covered = SpanMask(len(view.text), (candidate.span for candidate in instruments))
    first: dict[str, Candidate] = {}
    for candidate in sorted(instruments, key=lambda c: c.start):
        first.setdefault(candidate.text_field("reference_id") or "", candidate)
    rule = "instrument.context"
    found = []
    for hit in hits.of("instrument"):
        antecedent = first.get(hit.entry.reference_id) if hit.needs_context else None
        if antecedent is not None and not covered.touches(hit.start, hit.end):
            fields = {**antecedent.fields, "antecedent": antecedent}
            found.append(Candidate("instrument", hit.start, hit.end, rule, prior(rule), fields))
    return found
