"""All passes over one document, and what of their finds stays: `find_mentions`.

Order of the passes: one gazetteer scan; dates; organisations; offices and persons; instruments, projects and places; quantities
in what is left; conflicts; ids. A pass is entered only where the scan or a token can start one of its rules: that is a speed-up
and never changes what is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.affiliation import Affiliations
from tasks.extract.annotations import Document, Mention, Reject
from tasks.extract.conflicts import resolve_conflicts
from tasks.extract.coreference import same_type_again, short_instruments, short_organisations
from tasks.extract.date_words import DateLetters
from tasks.extract.dates import FoundDate, find_dates
from tasks.extract.gazetteer import Hit
from tasks.extract.home_country import HomeCountry
from tasks.extract.instruments import find_instruments
from tasks.extract.knowledge import Knowledge
from tasks.extract.numbers import NumberReader
from tasks.extract.offices import OfficeFinder
from tasks.extract.organisations import find_organisations
from tasks.extract.persons import PersonFinder
from tasks.extract.places import find_places
from tasks.extract.projects import find_projects
from tasks.extract.quantities import Quantities
from tasks.extract.relative_dates import RelativeDates
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View
from warehouse.ids import mention_id

_DATE_CLASSES = frozenset({"relative_date", "period_part", "season", "session"})


def find_mentions(document: Document, knowledge: Knowledge) -> tuple[list[Mention], list[Reject]]:
    """Return all mentions of a document, sorted by position, and the candidates that were refused.

    Every mention's `text` is `document.text[start:end]`. Mentions of different kinds may overlap (a country within the
    name of its ministry); mentions of one kind do not.
    """
    if not document.sentences:
        return [], []
    view = View(document)
    hits = knowledge.gazetteer.scan(view)
    dates = _dates(view, hits, knowledge)
    candidates = [_date_candidate(found) for found in dates if found.span is not None]
    named = _named(view, hits, knowledge)
    candidates.extend(named)
    taken = [
        (c.start, c.end)
        for c in (*candidates, *named)
        if c.kind in ("date", "organisation", "project", "instrument", "person")
    ]
    reader = NumberReader(view, knowledge.numbers.words(view.languages))
    candidates.extend(Quantities(view, reader, hits, taken).find())
    kept = resolve_conflicts(candidates)
    rejects = [_reject(view, found) for found in dates if found.span is None]
    return _mentions(view, kept), rejects


# -- passes --------------------------------------------------------------------------------------------------------------


def _dates(view: View, hits: Sequence[Hit], knowledge: Knowledge) -> list[FoundDate]:
    letters = DateLetters(view, knowledge.dates.words(view.languages))
    units = {hit.start for hit in hits if hit.entry.kind == "unit" and hit.entry.reference_id not in ("years", "days")}

    def is_counted(index: int) -> bool:
        return index < len(view.tokens) and view.tokens[index].start in units

    absolute = find_dates(view, letters, is_counted)
    date_hits = [hit for hit in hits if hit.entry.subtype in _DATE_CLASSES]
    return RelativeDates(view, letters, date_hits, absolute).find()


def _named(view: View, hits: Sequence[Hit], knowledge: Knowledge) -> list[Candidate]:
    """Return everything that has a name: territories, regions, organisations, persons, instruments, projects, places."""
    home = HomeCountry(view, hits)
    organisations = find_organisations(view, hits, knowledge, home)
    same_type_again(organisations)
    organisations.extend(short_organisations(view, hits, organisations))
    instruments = find_instruments(view, hits, knowledge.act_numbers)
    instruments.extend(short_instruments(view, hits, instruments))
    projects = find_projects(view, hits)
    types = {office.office_id: office.type_id for office in knowledge.offices.values() if office.type_id}
    offices = OfficeFinder(view, hits, organisations, types).find()
    persons: list[Candidate] = []
    if offices or organisations or any(hit.entry.subtype in ("honorific", "speech") for hit in hits):
        affiliations = Affiliations(view, home, offices, organisations, knowledge)
        calendar = frozenset(knowledge.dates.words(view.languages))
        persons = PersonFinder(view, hits, offices, organisations, affiliations, calendar, knowledge.given_names).find()
    places = find_places(view, hits, [*organisations, *persons, *projects])
    territories = [_listed(hit) for hit in hits if hit.entry.kind in ("territory", "region")]
    return [*territories, *organisations, *instruments, *projects, *persons, *places]


def _listed(hit: Hit) -> Candidate:
    entry = hit.entry
    rule = f"{entry.kind}.name"
    fields: dict[str, object] = {
        "name": entry.name,
        "reference_id": entry.reference_id,
        "country_code": entry.country_code,
    }
    return Candidate(entry.kind, hit.start, hit.end, rule, prior(rule), fields)


def _date_candidate(found: FoundDate) -> Candidate:
    span = found.span
    if span is None:
        raise ValueError("a refused date is no candidate")
    if span.start is None:
        confidence = prior("date.unresolved")
    elif found.has_year:
        confidence = prior("date.absolute")
    else:
        confidence = prior(
            "date.relative" if span.anchor is not None and found.rule_id in _RELATIVE else "date.inferred_year"
        )
    fields: dict[str, object] = {
        "date_start": span.start,
        "date_end": span.end,
        "date_precision": span.precision,
        "date_anchor": span.anchor,
    }
    return Candidate("date", found.start, found.end, found.rule_id, confidence, fields)


_RELATIVE = frozenset(
    {"date.day", "date.week", "date.month", "date.year", "date.approx", "date.weekday", "date.beside"}
)


# -- results -------------------------------------------------------------------------------------------------------------


def _mentions(view: View, kept: Sequence[Candidate]) -> list[Mention]:
    ids: dict[tuple[str, int, int], str] = {}
    for candidate in kept:
        sentence = view.sentence(candidate.start)
        ids[candidate.kind, candidate.start, candidate.end] = mention_id(
            sentence.sentence_id, candidate.kind, candidate.start - sentence.start, candidate.end - candidate.start
        )
    return [_mention(view, candidate, ids) for candidate in kept]


def _mention(view: View, candidate: Candidate, ids: dict[tuple[str, int, int], str]) -> Mention:
    sentence = view.sentence(candidate.start)
    fields = dict(candidate.fields)
    antecedent = fields.pop("antecedent", None)
    span = fields.pop("antecedent_span", None)
    if isinstance(antecedent, Candidate):
        span = (antecedent.start, antecedent.end)
    key = (candidate.kind, *span) if isinstance(span, tuple) else None
    return Mention(
        mention_id=ids[candidate.kind, candidate.start, candidate.end],
        sentence_id=sentence.sentence_id,
        kind=candidate.kind,
        start=candidate.start,
        end=candidate.end,
        text=view.text[candidate.start : candidate.end],
        zone=sentence.zone,
        rule_id=candidate.rule_id,
        confidence=candidate.confidence,
        antecedent_mention_id=ids.get(key) if key is not None else None,
        **fields,  # type: ignore[arg-type]  # every rule fills fields of Mention, each of its type
    )


def _reject(view: View, found: FoundDate) -> Reject:
    return Reject(
        sentence_id=view.sentence(found.start).sentence_id,
        kind="date",
        start=found.start,
        end=found.end,
        text=view.text[found.start : found.end],
        rule_id=found.rule_id,
        reason=found.reason,
    )
