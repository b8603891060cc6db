import pytest

from tasks.resolve.things import Thing, block_keys, judge_things


def person(name, office=None, country=None, **given):
    return Thing("person", name, office=office, country_code=country, **given)


MINISTER = person("Vladislav Kondratovič", "Minister of the Interior", "LT")


def verdict(left, right, **how):
    judged = judge_things(left, right, **how)
    assert judge_things(right, left, **how) == judged or judged.verdict == judge_things(right, left, **how).verdict
    return judged.verdict if judged else None


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (person("Vladislav Kondratović", "Interior Minister", "LT"), "same"),
        (person("Vladislavas Kondratovičius"), "same"),
        (person("Владислав Кондратович", "Minister of the Interior", "LT"), "same"),
        (person("V. Kondratovič", "Minister of the Interior", "LT"), "same"),
        (person("V. Kondratovič"), "unsure"),
        (person("Viktor Kondratovič", "Minister of the Interior", "LT"), "not_same"),
        (person("Vladislav Kondratovič", "Minister of the Interior", "PL"), "not_same"),
        (person("Vladislav Petrovič", "Minister of the Interior", "LT"), None),
    ],
)
def test_persons_of_two_documents(other, expected):
    assert verdict(MINISTER, other) == expected


def test_a_letter_apart_needs_the_same_office():
    assert (
        verdict(person("Nebojša Stefanović", "Minister", "RS"), person("Nebojsa Stefanovich", "Minister", "RS"))
        == "same"
    )
    assert verdict(person("Stefan Radovanovic"), person("Stefan Radovanovik")) == "unsure"
    assert (
        verdict(person("Stefan Radovanovic", "Minister", "DE"), person("Stefan Radovanovik", "Minister", "DE"))
        == "same"
    )


def test_what_may_be_one_meets_in_a_block():
    spellings = ("Stefan Radovanovic", "Stefan Radovanovik", "Stefan Radvanovic")
    keys = [set(block_keys(person(name))) for name in spellings]
    assert keys[0] & keys[1]
    assert keys[0] & keys[2]
    assert not keys[0] & set(block_keys(person("Stefan Hahn")))


def test_projects_differ_by_their_numerals():
    assert verdict(Thing("project", "FREM II"), Thing("project", "FREM III")) == "not_same"
    assert verdict(Thing("project", "“Frem” II"), Thing("project", "FREM II")) == "same"
    assert verdict(Thing("project", "FREM II"), Thing("project", "MARRI")) is None


def test_two_rows_of_the_reference_are_two_things():
    one, other = Thing("organisation", "Council", "CONSILIUM"), Thing("organisation", "Council", "COE")
    assert verdict(one, other) == "not_same"
    assert verdict(one, Thing("organisation", "the Council", "CONSILIUM")) == "same"


def test_a_ministry_without_a_country_is_not_another_ones():
    ministry = Thing("organisation", "Ministry of the Interior", subtype="ministry", country_code="LT")
    other = Thing("organisation", "Ministry of Interior", subtype="ministry")
    assert verdict(ministry, other) == "unsure"
    assert verdict(ministry, other, within=True) == "same"
    assert (
        verdict(ministry, Thing("organisation", "Ministry of Interior", subtype="ministry", country_code="RS"))
        == "not_same"
    )


def test_places_of_one_name_in_two_countries():
    assert verdict(Thing("place", "Bar", country_code="ME"), Thing("place", "Bar", country_code="UA")) == "not_same"
    assert verdict(Thing("place", "Bar", country_code="ME"), Thing("place", "BAR")) == "same"


def test_a_description_is_no_title():
    left = Thing("instrument", "readmission agreement", subtype="readmission_agreement", scope=("doc_a", "ver_a"))
    right = Thing("instrument", "readmission agreement", subtype="readmission_agreement", scope=("doc_b", "ver_b"))
    assert verdict(left, right) == "unsure"
    assert verdict(left, right, republished=True) == "same"
