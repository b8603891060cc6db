"""All passes over one document, and what of their finds stays: `read_document`.

Order of the passes: one gazetteer scan; dates; organisations; offices and persons; instruments, projects and places;
quantities in what is left; conflicts; ids. A pass is entered only where the scan or a token can start one of its rules:
that is a speed-up and never changes what is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.annotations import Claim, Document, Mention, Reject
from tasks.extract.conflicts import resolve_conflicts
from tasks.extract.dates.calendar_math import Span
from tasks.extract.dates.counted_dates import COUNTED
from tasks.extract.dates.date_words import DateLetters
from tasks.extract.dates.dates import FoundDate, find_dates
from tasks.extract.dates.relative_dates import RELATIVE_RULES, RelativeDates
from tasks.extract.instruments.instruments import find_instruments
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.organisations.coreference import same_type_again, short_instruments, short_organisations
from tasks.extract.organisations.home_country import HomeCountry
from tasks.extract.organisations.organisations import find_organisations
from tasks.extract.persons.affiliation import Affiliations
from tasks.extract.persons.offices import OfficeFinder
from tasks.extract.persons.person_names import NameReader
from tasks.extract.persons.persons import PersonFinder
from tasks.extract.persons.unnamed_offices import mark_unnamed
from tasks.extract.places import find_places
from tasks.extract.projects.project_parties import find_relations
from tasks.extract.projects.projects import find_projects
from tasks.extract.quantities.numbers import NumberReader
from tasks.extract.quantities.quantities import Quantities
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import Candidate, View
from warehouse.ids import mention_id
from warehouse.reliability import Reliability

# Numbers within these are parts of a date or a name.
_NUMBERS_INSIDE = frozenset({"date", "organisation", "project", "instrument", "person"})
# Several people hold such an office at once: experts, liaison officers.
_MANY_HOLD = "official"
# Counted in these, four digits after "in" may still be a year: in 2000 people fled.
_YEARLESS_UNITS = frozenset({"years", "days"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the passes over one document found.

    Attributes:
        mentions: All mentions, sorted by position.
        rejects: Candidates that were refused.
        relations: Who funds and who carries out the projects of the text, by position.
        view: The text as the passes read it, None if it is empty.
        hits: What the gazetteer found in it.
    """

    mentions: list[Mention]
    rejects: list[Reject]
    relations: list[Claim]
    view: View | None
    hits: Hits


def find_mentions(document: Document, knowledge: Knowledge) -> tuple[list[Mention], list[Reject]]:
    """Return the mentions and rejects of `read_document`."""
    reading = read_document(document, knowledge)
    return reading.mentions, reading.rejects


def read_document(document: Document, knowledge: Knowledge) -> Reading:
    """Return all mentions of a document, the relations of its projects, and the candidates that were refused.

    Every mention's `text` is `document.text[start:end]`. Mentions of different kinds may overlap (a country within the
    name of its ministry); mentions of one kind do not.
    """
    if not document.sentences:
        return Reading([], [], [], None, Hits([]))
    view = View(document, knowledge.word_sets)
    hits = knowledge.gazetteer.scan(view)
    reader = NumberReader(view, knowledge.numbers.words(view.languages))
    dates = _dates(view, hits, knowledge, reader)
    candidates = [_date_candidate(found, found.span) for found in dates if found.span is not None]
    candidates.extend(_named(view, hits, knowledge))
    taken = [one.span for one in candidates if one.kind in _NUMBERS_INSIDE and one.rule_id != COUNTED]
    names = {candidate.start: candidate.end for candidate in candidates if candidate.kind == "organisation"}
    candidates.extend(Quantities(view, reader, hits, taken, names).find())
    kept = resolve_conflicts(candidates, len(view.text))
    mentions = _mentions(view, kept, knowledge.reliability)
    rejects = [_reject(view, found) for found in dates if found.span is None]
    return Reading(mentions, rejects, find_relations(view, hits, mentions), view, hits)


# -- passes
# --------------------------------------------------------------------------------------------------------------


def _dates(view: View, hits: Hits, knowledge: Knowledge, reader: NumberReader) -> list[FoundDate]:
    letters = DateLetters(view, knowledge.dates.readings(view))
    units = {hit.start for hit in hits.of("unit") if hit.entry.reference_id not in _YEARLESS_UNITS}

    def is_counted(index: int) -> bool:
        return index < len(view.tokens) and view.tokens[index].start in units

    return RelativeDates(view, letters, hits, find_dates(view, letters, is_counted), reader).find()


def _named(view: View, hits: Hits, knowledge: Knowledge) -> list[Candidate]:
    """Return everything that has a name; overlapping ones are not resolved yet."""
    home = HomeCountry(view, hits)
    organisations = find_organisations(view, hits, knowledge, home)
    same_type_again(organisations)
    organisations.extend(short_organisations(view, hits, organisations, knowledge.organisations))
    instruments = find_instruments(view, hits, knowledge.act_numbers)
    instruments.extend(short_instruments(view, hits, instruments))
    projects = find_projects(view, hits, organisations)
    territories = [_listed(hit) for hit in hits.of("territory", "region")]
    persons = _persons(view, hits, territories, organisations, home, knowledge)
    places = find_places(view, hits, [*organisations, *persons, *projects])
    return [*territories, *organisations, *instruments, *projects, *persons, *places]


def _persons(
    view: View,
    hits: Hits,
    territories: Sequence[Candidate],
    organisations: Sequence[Candidate],
    home: HomeCountry,
    knowledge: Knowledge,
) -> list[Candidate]:
    """Return the persons; offices that are nobody's are marked on the countries and bodies of their phrase."""
    offices = OfficeFinder(view, hits, organisations, knowledge.office_types).find()
    affiliations = Affiliations(view, home, offices, organisations, knowledge)
    names = NameReader(view, hits, organisations, knowledge.dates.calendar(view.languages), knowledge.given_names)
    finder = PersonFinder(view, hits, offices, organisations, affiliations, names)
    persons = finder.find()
    single = [office for office in offices if knowledge.offices[office.office_id].rank != _MANY_HOLD]
    mark_unnamed(single, finder.named_offices(), territories, organisations)
    return persons


def _listed(hit: Hit) -> Candidate:
    entry = hit.entry
    rule = f"{entry.kind}.name"
    fields: dict[str, object] = {
        "name": entry.name,
        "reference_id": entry.reference_id,
        "country_code": entry.country_code,
    }
    return Candidate(entry.kind, hit.start, hit.end, rule, prior(rule), fields)


def _date_candidate(found: FoundDate, span: Span) -> Candidate:
    if span.start is None:
        rule = "date.unresolved"
    elif found.has_year:
        rule = "date.absolute"
    else:
        rule = "date.relative" if found.rule_id in RELATIVE_RULES else "date.inferred_year"
    fields: dict[str, object] = {
        "date_start": span.start,
        "date_end": span.end,
        "date_precision": span.precision,
        "date_anchor": span.anchor,
    }
    return Candidate("date", found.start, found.end, found.rule_id, prior(rule), fields)


# -- results
# -------------------------------------------------------------------------------------------------------------


def _mentions(view: View, kept: Sequence[Candidate], table: Reliability) -> list[Mention]:
    ids: dict[tuple[str, int, int], str] = {}
    for candidate in kept:
        sentence = view.sentence(candidate.start)
        ids[candidate.kind, candidate.start, candidate.end] = mention_id(
            sentence.sentence_id, candidate.kind, candidate.start - sentence.start, candidate.end - candidate.start
        )
    return [_mention(view, candidate, ids, table) for candidate in kept]


def _mention(view: View, candidate: Candidate, ids: dict[tuple[str, int, int], str], table: Reliability) -> Mention:
    sentence = view.sentence(candidate.start)
    fields = dict(candidate.fields)
    antecedent = fields.pop("antecedent", None)
    if isinstance(antecedent, Candidate):
        antecedent = antecedent.span
    key = (candidate.kind, *antecedent) if isinstance(antecedent, tuple) else None
    return Mention(
        mention_id=ids[candidate.kind, candidate.start, candidate.end],
        sentence_id=sentence.sentence_id,
        kind=candidate.kind,
        start=candidate.start,
        end=candidate.end,
        text=view.text[candidate.start : candidate.end],
        zone=sentence.zone,
        rule_id=candidate.rule_id,
        # From here on what was measured counts; the prior has ordered the candidates.
        confidence=table.confidence("mention", candidate.rule_id, candidate.confidence),
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
