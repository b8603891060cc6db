"""Offices whose holders a text does not name, and the country or body that bears them."""

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from ..conftest import Find

# language, text, (words that stand for the holder, office, row of the office; None where a word says who is meant)
CASES = [
    ("en", "The Minister of the Interior of Albania said that returns would go on.",
     [("Albania", "Minister of the Interior", "MIN-INTERIOR")]),
    ("en", "Serbia's interior minister met the Executive Director of Frontex in Warsaw.",
     [("Serbia", "interior minister", "MIN-INTERIOR"), ("Frontex", "Executive Director", "EXECUTIVE-DIRECTOR")]),
    ("de", "Der albanische Innenminister sprach mit dem Außenminister von Kroatien.",
     [("albanische", "Innenminister", "MIN-INTERIOR"), ("Kroatien", "Außenminister", "MIN-FOREIGN")]),
    ("en", "The Interior Ministers of Albania and Montenegro signed the protocol.",
     [("Albania", "Minister of the Interior", "MIN-INTERIOR"),
      ("Montenegro", "Minister of the Interior", "MIN-INTERIOR")]),
    ("en", "The acting Minister of the Interior of Albania spoke.",
     [("Albania", "acting Minister of the Interior", None)]),
    # Two offices, each with an article and a body of its own, have two holders.
    ("en", "The Minister of the Interior of Albania and the Executive Director of Frontex signed it.",
     [("Albania", "Minister of the Interior", "MIN-INTERIOR"),
      ("Frontex", "Executive Director", "EXECUTIVE-DIRECTOR")]),
    # A deputy holds another office.
    ("en", "The Deputy Minister of the Interior of Albania spoke.",
     [("Albania", "Deputy Minister of the Interior", "DEPUTY-MIN-INTERIOR")]),
]  # fmt: skip
NAMED = [
    ("en", "The Minister of the Interior of Albania, Taulant Balla, said that returns would go on."),
    ("en", "Taulant Balla, Minister of the Interior of Albania, came. The Albanian interior minister thanked Italy."),
    ("en", "Albanian Minister Taulant Balla came to Rome. The interior minister of Albania thanked Italy."),
    ("en", "The former Minister of the Interior of Albania spoke."),
    ("en", "The Ministry of the Interior of Albania said that returns would go on."),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_the_country_or_body_bears_the_office_of_its_unnamed_holder(
    find: Find, language: str, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = [(m.text, m.unnamed_office, m.unnamed_office_id) for m in find(text, language=language) if m.unnamed_office]
    assert found == expected


@pytest.mark.parametrize(("language", "text"), NAMED)
def test_no_office_is_unnamed_whose_holder_the_text_names(find: Find, language: str, text: str) -> None:
    assert [m for m in find(text, language=language) if m.unnamed_office] == []


def test_another_state_keeps_its_unnamed_minister_beside_a_named_one(find: Find) -> None:
    found = find("Taulant Balla, Minister of the Interior of Albania, met the Minister of the Interior of Serbia.")
    assert [m.text for m in found if m.unnamed_office] == ["Serbia"]


def test_the_rows_of_offices_are_those_of_the_table(find: Find, knowledge: Knowledge) -> None:
    found = find("The Prime Minister of Albania and the Foreign Minister of Kosovo attended.")
    assert {m.unnamed_office_id for m in found if m.unnamed_office} == {"PRIME-MINISTER", "MIN-FOREIGN"}
    assert {m.unnamed_office_id for m in found if m.unnamed_office} <= set(knowledge.offices)
