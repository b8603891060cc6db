import pytest

from ..conftest import Find

TITLE = "Strengthening Migration Management, Asylum and Return Processes"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"as part of the project “{TITLE}” financed by AMIF"),
        ("en", f'part of the project "{TITLE}", which HWI carries out'),
        ("en", f"the “{TITLE}” project began"),
        ("de", f"im Rahmen des Projekts „{TITLE}“ wurde"),
        ("bs", f"u okviru projekta „{TITLE}” koji"),
        ("fr", f"dans le cadre du projet « {TITLE} » qui"),
        ("lt", f"įgyvendinant projektą „{TITLE}“ buvo"),
        ("en", f"“{TITLE}” is carried out by towns. The project ends."),
    ],
)
def test_quoted_titles_beside_the_word_are_projects(find: Find, language: str, text: str) -> None:
    assert [m.name for m in find(text, "project", language=language)] == [TITLE]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("under the FReM II project in", "FReM II"),
        ("the project EU4Migration started", "EU4Migration"),
        ("the Regional Return Support Scheme project", "Return Support Scheme"),
    ],
)
def test_coined_and_capitalised_names_beside_the_word_are_projects(find: Find, text: str, name: str) -> None:
    assert [m.name for m in find(text, "project")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "the conference “Migration on the Move” and, in another clause; the project",
        "the EU project and a Twinning project of the European Union",
        "“This visit is an important step.” The project",
        "no word of it: “Strengthening Migration Management”",
        'the project " and " nothing',
    ],
)
def test_other_titles_and_plain_projects_are_none(find: Find, text: str) -> None:
    assert [m.text for m in find(text, "project")] == []


def test_a_project_is_found_again_by_title_and_acronym(find: Find) -> None:
    body = f"The project “{TITLE}” (SMMA) began. SMMA ends in May. {TITLE} was useful."
    found = find(body, "project")
    assert [m.text for m in found] == [TITLE, "SMMA", "SMMA", TITLE]
    assert {m.name for m in found} == {TITLE}
    assert [m.antecedent_mention_id for m in found] == [None] + [found[0].mention_id] * 3


def test_what_a_title_names_is_no_organisation_but_its_countries_are_named(find: Find) -> None:
    mentions = find("the project “Support of the European Commission to Serbia and the Western Balkans” ended")
    assert {m.kind for m in mentions} == {"project", "territory", "region"}
