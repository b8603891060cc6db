import pytest

from ..conftest import Find

# language, text, (text of the mention, value_min, value_max, unit, qualifier)
CASES = [
    ("en", "an estimated 58 individuals expected to be relocated", ("58 individuals", 58, 58, "people", "estimated")),
    ("en", "room for about 1,500 people", ("1,500 people", 1500, 1500, "people", "about")),
    ("en", "at least 1,600 children and teenagers", ("1,600 children", 1600, 1600, "people", "at_least")),
    ("en", "up to 2000 places", ("2000 places", 2000, 2000, "places", "up_to")),
    ("en", "paid EUR 1.7 million", ("EUR 1.7 million", 1.7e6, 1.7e6, "EUR", "exact")),
    ("en", "cut to 35 euros", ("35 euros", 35, 35, "EUR", "exact")),
    ("en", "some €2.5m", ("€2.5m", 2.5e6, 2.5e6, "EUR", "about")),
    ("en", "half a million dollars", ("half a million dollars", 5e5, 5e5, "USD", "exact")),
    ("en", "fell by 38 percent", ("38 percent", 38, 38, "percent", "exact")),
    ("en", "rose by 4.5%", ("4.5%", 4.5, 4.5, "percent", "exact")),
    ("en", "100 to 150 officers", ("100 to 150 officers", 100, 150, "people", "exact")),
    ("en", "100-150 thousand people", ("100-150 thousand people", 1e5, 1.5e5, "people", "exact")),
    ("en", "a four-year plan", ("four-year", 4, 4, "years", "exact")),
    ("en", "EUR 1 over 30 months", ("30 months", 30, 30, "months", "exact")),
    ("en", "nearly 12,000 illegal border crossings", ("12,000 illegal border crossings", 12000, 12000, "crossings",
                                                      "about")),
    ("en", "four Member States", ("four Member States", 4, 4, "countries", "exact")),
    ("en", "17 widgets were bought", ("17 widgets", 17, 17, "widgets", "exact")),
    ("lt", "apie 160 žmonių", ("160 žmonių", 160, 160, "people", "about")),
    ("lt", "3,16 mln. eurų", ("3,16 mln. eurų", 3.16e6, 3.16e6, "EUR", "exact")),
    ("de", "rund 1.416 illegale Übertritte", ("1.416 illegale Übertritte", 1416, 1416, "crossings", "about")),
    ("de", "36,7 Millionen Euro", ("36,7 Millionen Euro", 36.7e6, 36.7e6, "EUR", "exact")),
    ("de", "17-mal so viele", ("17-mal", 17, 17, "times", "exact")),
    ("nl", "al meer dan 25 jaar", ("25 jaar", 25, 25, "years", "at_least")),
    ("hr", "za otprilike 1500 osoba", ("1500 osoba", 1500, 1500, "people", "about")),
    ("sr", "deset do petnaest crnogorskih državljana", ("deset do petnaest crnogorskih državljana", 10, 15, "people",
                                                        "exact")),
    ("sl", "deset Eritrejcev in", ("deset Eritrejcev", 10, 10, "people", "exact")),
    ("mk", "61 глас „за“", ("61 глас", 61, 61, "votes", "exact")),
    ("sq", "deri në 3.000 persona", ("3.000 persona", 3000, 3000, "people", "up_to")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_quantities_carry_value_unit_and_hedge(
    find: Find, language: str, text: str, expected: tuple[str, float, float, str, str]
) -> None:
    found = [
        (m.text, m.value_min, m.value_max, m.unit, m.qualifier)
        for m in find(f"x {text} x", "quantity", language=language)
    ]
    assert expected in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Article 12 of Decision No. 573/2007 and paragraph 3"),
        ("en", "phone +370 5 271 7112 or 00 800 67 89 10 11"),
        ("en", "in 2018, from 12 to 13 May 2025, since 2017"),
        ("en", "the 22nd meeting, the 3rd and the second"),
        ("en", "Regulation (EU) 2024/1351, room 12, flight 370"),
        ("en", "at 12:30, IPA 2019, Covid-19, the A1 and G7"),
        ("en", "one of the two, both countries, two agreements"),
        ("hr", "12. sastanak i 3. stavak"),
        ("en", "the 2025–2026 operational plan"),
    ],
)
def test_numbers_that_name_something_are_no_quantities(find: Find, language: str, text: str) -> None:
    assert [m.text for m in find(f"x {text} x", "quantity", language=language)] == []


def test_what_is_counted_may_stand_with_the_number_before(find: Find) -> None:
    body = "More departures: 18 children are to go to Belgium, 50 to France, four to Slovenia and two to Lithuania."
    assert [(m.value_min, m.unit) for m in find(body, "quantity")] == [
        (18, "people"), (50, "people"), (4, "people"), (2, "people"),
    ]  # fmt: skip


def test_what_is_counted_may_be_announced(find: Find) -> None:
    body = "The number of irregular crossings fell from 145,600 in 2022 to 21,520 in 2024."
    assert [(m.value_min, m.unit) for m in find(body, "quantity")] == [(145600, "crossings"), (21520, "crossings")]


def test_votes_against_are_votes(find: Find) -> None:
    body = "It was adopted with 86 votes in favour, 12 against and 13 abstentions."
    assert [(m.value_min, m.unit) for m in find(body, "quantity")] == [(86, "votes"), (12, "votes"), (13, "votes")]


def test_the_thing_counted_is_given_in_the_words_of_the_text(find: Find) -> None:
    (found,) = find("49 unaccompanied children left Greece.", "quantity")
    assert (found.subtype, found.currency) == ("unaccompanied children", None)
    (money,) = find("They paid EUR 35.", "quantity")
    assert (money.currency, money.unit) == ("EUR", "EUR")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Returns rose to 4,300.", [(4300, "returns")]),
        ("en", "The capacity of the centre grew to 300.", [(300, "places")]),
        ("en", "A team of 12 left.", [(12, "people")]),
        ("en", "The limit was cut from 12 to 6 months.", [(12, "months"), (6, "months")]),
        ("de", "Die Zahl der Asylanträge sank von 300 auf 120.", [(300, "applications"), (120, "applications")]),
        ("en", "The fund gives from 3 to 4 million euros.", [(3e6, "EUR"), (4e6, "EUR")]),
        ("en", "One in ten beds and four in five migrants.", []),
        ("en", "Hundreds of migrants waited.", []),
        ("en", "The centres lost 350 and 180 beds.", [(350, "places"), (180, "places")]),
        ("nl", "Er zijn 10.200 van de 15.350 dossiers af.", [(10200, "cases"), (15350, "cases")]),
        ("en", "In 2022 and 40 officers later it ended.", [(40, "people")]),
        ("en", "It passed by 33 votes to 12 last week.", [(33, "votes"), (12, "votes")]),
        ("en", "We host 7,300 people; another six hundred wait.", [(7300, "people"), (600, "people")]),
        ("en", "Police got 30 document readers.", [(30, "readers")]),
        ("en", "The age limit is 18 for the 60 applicants.", [(60, "people")]),
        ("hr", "Zatečeno je 29 stranaca; njih deset vraćeno je.", [(29, "people"), (10, "people")]),
        ("lt", "Balsavo 12 Seimo narių.", [(12, "people")]),
        ("en", "EUR 1.5 million for 60 asylum-seeking families", [(1.5e6, "EUR"), (60, "families")]),
    ],
)
def test_what_a_number_counts_may_stand_elsewhere(
    find: Find, language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    assert [(m.value_min, m.unit) for m in find(text, "quantity", language=language)] == expected


def test_a_range_of_decimals_shares_its_scale(find: Find) -> None:
    (quantity,) = find("cost EUR 1.2-1.5 million", "quantity")
    assert (quantity.value_min, quantity.value_max) == (1.2e6, 1.5e6)
