"""The rules that find mentions, each with its prior: how often what it finds is right.

The priors are judgements of the authors, set before measuring and rounded to five hundredths; they order candidates
and stand in for rules of families that were never measured. What is published is measured: `tasks.extract.confidence`.
The reason stands beside each.
"""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, tuple[float, str]] = {
    "territory.name": (0.95, "a country's name or adjective in a language of the document is rarely something else"),
    "region.name": (0.95, "listed groups have names of two words or more"),
    "organisation.name": (0.95, "a listed name in full"),
    "organisation.abbreviation": (0.9, "capitals are reused by other bodies"),
    "organisation.context": (0.85, "an ambiguous abbreviation, but the document names the body in full"),
    "organisation.type_country": (0.9, "a sort of body beside its country"),
    "organisation.type_language": (0.75, "a body without its country, in the language of one country"),
    "organisation.type_document": (0.6, "a body without its country, in a document on one country"),
    "organisation.type": (0.55, "a body of a country the text does not tell"),
    "organisation.bracket": (0.85, "the text itself defines the abbreviation"),
    "organisation.defined": (0.85, "an abbreviation the text has defined"),
    "organisation.pattern": (0.65, "capitalised words with a head noun of organisations"),
    "organisation.implied": (0.85, "an institution of the Union in a text that speaks of the Union"),
    "organisation.short": (0.7, "a short form with an antecedent; the nearest may be the wrong one"),
    "person.office_name": (0.95, "an office right before the name"),
    "person.name_office": (0.9, "an office in apposition"),
    "person.list": (0.85, "a name in a list that an office opens"),
    "person.honorific": (0.85, "Mr, Ms, Dr before the name"),
    "person.speech": (0.75, "a verb of speech beside a known given name and a surname"),
    "person.act": (0.7, "a verb of a public act beside a known given name and a surname"),
    "person.party": (0.8, "a known given name and a surname, and a political party in brackets"),
    "person.joined": (0.75, "a known given name and a surname in one list with a person of the text"),
    "person.affiliated": (0.75, "a known given name tied to an organisation"),
    "person.country": (0.8, "a known given name and a surname, and a country in brackets"),
    "person.initial": (0.75, "an initial and a surname in Lithuanian news"),
    "person.again": (0.9, "a name the document has introduced, in full or by initial"),
    "person.surname": (0.8, "the surname alone of a person the document has introduced"),
    "place.name": (0.9, "a listed place; some are also names of people"),
    "place.context": (0.8, "an ambiguous place after a preposition"),
    "place.pattern": (0.65, "capitalised words where a place stands"),
    "place.located": (0.6, "a capitalised word after a preposition of place that is nothing else we know"),
    "instrument.name": (0.95, "a listed title"),
    "instrument.context": (0.8, "a short title after the full one"),
    "instrument.act": (0.95, "the number of a legal act"),
    "instrument.term": (0.8, "a term for one sort of instrument"),
    "instrument.title": (0.75, "capitalised words with a head noun of instruments"),
    "instrument.subject": (0.75, "a common noun with its parties or with what it is on"),
    "instrument.bare": (0.6, "a word for a sort of instrument beside the act, where no name is told"),
    "instrument.coordinated": (0.7, "one noun for two instruments"),
    "instrument.defined": (0.85, "an abbreviation the text has defined"),
    "project.quoted": (0.9, "a title in quotes beside the word project"),
    "project.named": (0.7, "capitalised words beside the word project"),
    "project.taken_up": (0.6, "a name that 'The project' of the next sentence takes up"),
    "project.again": (0.85, "the title or short title of a project the document has introduced"),
    "relation.text": (0.9, "funder or implementer and project in one sentence"),
    "relation.document": (0.8, "the project is named before, and the sentence speaks of it"),
    "topic.title": (0.9, "the headline says what a text is about"),
    "topic.event": (0.85, "an event of that type, or with words of the topic"),
    "topic.paragraph": (0.75, "words of the topic three times in a paragraph, or in two paragraphs"),
    "topic.term": (0.75, "a term of art of the topic, outside the name of a body"),
    "date.absolute": (0.95, "day, month or year stand in the text"),
    "date.inferred_year": (0.85, "the year is that nearest to the day of publication"),
    "date.relative": (0.85, "leans on the day of publication"),
    "date.unresolved": (0.8, "a date expression without a day to resolve it against"),
    "quantity.money": (0.95, "a number beside a currency"),
    "quantity.unit": (0.9, "a number before a count noun"),
    "quantity.compound": (0.85, "a number joined with a unit of time"),
    "quantity.nationals": (0.85, "a number before inhabitants of a country"),
    "quantity.noun": (0.6, "a number before a noun we do not know"),
    "labeller.mention": (0.5, "a model's word that no rule of ours confirms; not measured"),
    "labeller.claim": (0.5, "as above, for a whole event"),
    "quantity.inherited": (0.6, "what is counted stands with the number before"),
}


def prior(rule_id: str) -> float:
    """Return the prior of a rule; KeyError for a rule that is not listed."""
    return RULES[rule_id][0]
