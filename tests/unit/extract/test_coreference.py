from tasks.extract.coreference import same_type_again, short_organisations
from tasks.extract.gazetteer import Hits
from tasks.extract.knowledge import Knowledge
from tasks.extract.tokens import Candidate, View

from .conftest import document


def _body(
    start: int, end: int, name: str, kind: str, country: str | None, rule: str, reference: str | None
) -> Candidate:
    fields: dict[str, object] = {"name": name, "subtype": kind, "country_code": country, "reference_id": reference}
    return Candidate("organisation", start, end, rule, 0.9, fields)


def test_a_body_without_country_is_the_only_one_of_its_sort() -> None:
    full = _body(0, 10, "Ministry of Health of Serbia", "ministry", "RS", "organisation.type_country", None)
    short = _body(20, 30, "Ministry of Health", "ministry", None, "organisation.type", None)
    same_type_again([full, short])
    assert (short.fields["country_code"], short.fields["antecedent"], short.rule_id) == (
        "RS", full, "organisation.short",
    )  # fmt: skip


def test_of_two_candidates_neither_is_taken() -> None:
    one = _body(0, 10, "Ministry of Health of Serbia", "ministry", "RS", "organisation.type_country", None)
    two = _body(11, 19, "Ministry of Health of Croatia", "ministry", "HR", "organisation.type_country", None)
    short = _body(20, 30, "Ministry of Health", "ministry", None, "organisation.type", None)
    same_type_again([one, two, short])
    assert (short.fields["country_code"], short.rule_id) == (None, "organisation.type")


def test_another_sort_of_ministry_is_not_taken() -> None:
    full = _body(0, 10, "Ministry of Justice of Serbia", "ministry", "RS", "organisation.type_country", None)
    short = _body(20, 30, "Ministry of Health", "ministry", None, "organisation.type", None)
    same_type_again([full, short])
    assert short.fields["country_code"] is None


def test_a_form_of_one_organisation_takes_it_wherever_it_is_named(knowledge: Knowledge) -> None:
    view = View(document("Komisija paid. So did the European Commission.", language="sl"), knowledge.word_sets)
    hits: Hits = knowledge.gazetteer.scan(view)
    named = _body(25, 45, "European Commission", "eu_institution", None, "organisation.name", "EC")
    (short,) = short_organisations(view, hits, [named])
    assert (short.start, short.fields["antecedent"]) == (0, named)
    assert short_organisations(view, hits, []) == []
