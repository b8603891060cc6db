import pytest

from ..conftest import Find

# language, text, (text of the mention, name, kind, country)
CASES = [
    ("en", "the Ministry of the Interior of Lithuania", ("Ministry of the Interior of Lithuania",
     "Ministry of the Interior of the Republic of Lithuania", "ministry", "LT")),
    ("en", "Austria's Federal Ministry of the Interior", ("Austria's Federal Ministry of the Interior",
     "Federal Ministry of the Interior of Austria", "ministry", "AT")),
    ("en", "the Dutch Ministry of Foreign Affairs", ("Dutch Ministry of Foreign Affairs",
     "Ministry of Foreign Affairs of the Netherlands", "ministry", "NL")),
    ("en", "the EU Delegation to BiH", ("EU Delegation to BiH",
     "Delegation of the European Union to Bosnia and Herzegovina", "eu_institution", None)),
    ("en", "the Kazakhstan-EU Cooperation Council met", ("Kazakhstan-EU Cooperation Council",
     "Kazakhstan-EU Cooperation Council", "forum", "KZ")),
    ("en", "co-funded by the Danish Ministry for Refugees and Home Affairs and IOM", (
     "Danish Ministry for Refugees and Home Affairs", "Danish Ministry for Refugees and Home Affairs", "ministry",
     "DK")),
    ("en", "from the Coast Patrol Department and Revenue Service", (
     "Coast Patrol Department", "Coast Patrol Department", "national_agency", None)),
    ("en", "by the Danube Solidarity Fund", ("Danube Solidarity Fund", "Danube Solidarity Fund", "fund", None)),
    ("en", "the Department for Citizenship, Asylum and Borders of Kosovo", (
     "Department for Citizenship, Asylum and Borders of Kosovo",
     "Department for Citizenship, Asylum and Borders of Kosovo", "national_agency", "XK")),
    ("lt", "Lietuvos Respublikos vidaus reikalų ministerijos", ("Lietuvos Respublikos vidaus reikalų ministerijos",
     "Ministry of the Interior of the Republic of Lithuania", "ministry", "LT")),
    ("lt", "kreipėsi į Valstybės sienos apsaugos tarnybą", ("Valstybės sienos apsaugos tarnybą",
     "State Border Guard Service of Lithuania", "police", "LT")),
    ("lt", "pranešė Nacionalinė švietimo agentūra", ("Nacionalinė švietimo agentūra",
     "Nacionalinė švietimo agentūra", "national_agency", "LT")),
    ("sl", "sporočili z ministrstva za notranje zadeve", ("ministrstva za notranje zadeve",
     "Ministry of the Interior of Slovenia", "ministry", "SI")),
    ("sl", "z nemškim ministrstvom za notranje zadeve", ("nemškim ministrstvom za notranje zadeve",
     "Federal Ministry of the Interior of Germany", "ministry", "DE")),
    ("hr", "platilo je austrijsko Ministarstvo unutarnjih poslova", ("austrijsko Ministarstvo unutarnjih poslova",
     "Federal Ministry of the Interior of Austria", "ministry", "AT")),
    ("hr", "šef Delegacije Europske unije (EU) u Bosni i Hercegovini", (
     "Delegacije Europske unije (EU) u Bosni i Hercegovini",
     "Delegation of the European Union to Bosnia and Herzegovina", "eu_institution", None)),
    ("bs", "koje Evropska agencija za graničnu i obalnu stražu (Frontex) provodi", (
     "Evropska agencija za graničnu i obalnu stražu", "European Border and Coast Guard Agency", "eu_agency", None)),
    ("mk", "Собранието го донесе", ("Собранието", "Assembly of the Republic of North Macedonia", "parliament", "MK")),
    ("sq", "Kuvendi i Shqipërisë ratifikoi", ("Kuvendi i Shqipërisë", "Assembly of Albania", "parliament", "AL")),
    ("de", "das Amt für Migration und Integration", ("Amt für Migration und Integration",
     "Amt für Migration und Integration", "national_agency", None)),
    ("nl", "het Ministerie van Asiel en Migratie", ("Ministerie van Asiel en Migratie",
     "Ministry of Asylum and Migration of the Netherlands", "ministry", "NL")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_organisations_are_found_with_kind_and_country(
    find: Find, language: str, text: str, expected: tuple[str, str, str, str | None]
) -> None:
    body = f"Danas x {text} x." if language in ("hr", "bs") else f"x {text} x."
    found = [(m.text, m.name, m.subtype, m.country_code) for m in find(body, "organisation", language=language)]
    assert expected in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the government, the police and a ministry met the parliament at the reception centre"),
        ("en", "In The Asylum Reception Centre they stayed"),
        ("en", "BMI and SFA were there"),
        ("hr", "Policije dvije države i vlada"),
        ("lt", "Vakar tarnyba ir policija"),
        ("de", "Der Dienst und das Amt"),
    ],
)
def test_common_nouns_and_ambiguous_abbreviations_are_no_organisations(find: Find, language: str, text: str) -> None:
    assert [m.text for m in find(text, "organisation", language=language)] == []


def test_an_ambiguous_abbreviation_counts_after_the_full_name(find: Find) -> None:
    body = "The Service for Foreigners' Affairs (SFA) runs it. SFA has 40 officers."
    found = find(body, "organisation")
    assert [m.text for m in found] == ["Service for Foreigners' Affairs", "SFA", "SFA"]
    assert {m.reference_id for m in found} == {"BA-SPS"}


def test_a_bracket_defines_an_abbreviation_also_for_the_headline(find: Find) -> None:
    found = find("The Adriatic Readmission Network (ARN) met.", "organisation", title="ARN holds its meeting")
    assert [(m.text, m.name) for m in found] == [
        ("ARN", "Adriatic Readmission Network"),
        ("Adriatic Readmission Network", "Adriatic Readmission Network"),
        ("ARN", "Adriatic Readmission Network"),
    ]
    assert found[0].antecedent_mention_id == found[2].antecedent_mention_id == found[1].mention_id


def test_the_same_abbreviation_means_what_its_document_says(find: Find) -> None:
    austria = find("The Federal Ministry of the Interior of Austria (BMI) pays.", "organisation")
    germany = find("The Federal Ministry of the Interior of Germany (BMI) pays.", "organisation")
    assert {m.reference_id for m in austria} == {"AT-BMI"}
    assert {m.reference_id for m in germany} == {"DE-BMI"}


def test_a_longer_name_holds_the_shorter_one(find: Find) -> None:
    assert [m.name for m in find("the Council of the European Union", "organisation")] == [
        "Council of the European Union"
    ]


def test_short_forms_have_an_antecedent(find: Find) -> None:
    body = "Lithuania met the European Union Agency for Asylum. The plan of the Agency was useful."
    found = find(body, "organisation")
    assert [(m.text, m.name) for m in found] == [
        ("European Union Agency for Asylum", "European Union Agency for Asylum"),
        ("the Agency", "European Union Agency for Asylum"),
    ]
    assert found[1].antecedent_mention_id == found[0].mention_id
    assert find("The Agency was useful.", "organisation") == []


def test_the_nearest_fitting_organisation_is_the_antecedent(find: Find) -> None:
    body = "Frontex and the European Commission signed. Then came IOM. The Commission paid, the Agency went."
    found = {m.text: m.reference_id for m in find(body, "organisation")}
    assert found["The Commission"] == "EC"
    assert found["the Agency"] == "IOM"


def test_a_ministry_named_again_without_country_is_the_same(find: Find) -> None:
    body = (
        "The Ministry of Justice of Serbia and of Croatia met. The Ministry of Health of Serbia came. "
        "So did the Ministry."
    )
    found = find(body, "organisation")
    assert found[-1].text == "the Ministry"
    assert found[-1].antecedent_mention_id == found[-2].mention_id
