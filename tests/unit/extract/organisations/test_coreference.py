import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.organisations.coreference import same_type_again, short_organisations
from tasks.extract.text.gazetteer import Hits
from tasks.extract.text.tokens import Candidate, View

from ..conftest import Find, document


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
    (short,) = short_organisations(view, hits, [named], knowledge.organisations)
    assert (short.start, short.fields["antecedent"]) == (0, named)
    assert short_organisations(view, hits, [], knowledge.organisations) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "The Commission promised money to Frontex.",
            ["European Commission", "European Border and Coast Guard Agency"],
        ),
        ("The Council and the European Parliament agreed.", ["Council of the European Union", "European Parliament"]),
        ("The Commission promised money to Serbia.", []),
        ("The State Commission for Refugees met Frontex. The Commission was glad.", None),
    ],
)
def test_in_a_text_on_the_union_its_institutions_need_no_full_name(
    text: str, meant: list[str] | None, find: Find
) -> None:
    found = [mention for mention in find(text) if mention.kind == "organisation"]
    if meant is None:
        assert "EC" not in {mention.reference_id for mention in found}
    else:
        assert [mention.name for mention in found] == meant
