import pytest

from ..conftest import Find

Person = tuple[str | None, str | None, str | None, str | None]

# language, headline, text, persons as (name, office, affiliation, country) in order of first mention
CASES: list[tuple[str, str, str, list[Person]]] = [
    ("en", "Lithuania signs protocols", "The Interior Minister Vladislav Kondratović visited Serbia.", [
        ("Vladislav Kondratović", "Interior Minister", "Ministry of the Interior of the Republic of Lithuania", "LT")]),
    ("en", "", "It was chaired by Alibek Bakayev, Deputy Minister of Foreign Affairs of Kazakhstan, and Johannes "
     "Luchner, Deputy Director-General in the Directorate-General for Migration and Home Affairs (DG HOME).", [
        ("Alibek Bakayev", "Deputy Minister of Foreign Affairs", "Ministry of Foreign Affairs of Kazakhstan", "KZ"),
        ("Johannes Luchner", "Deputy Director-General", "Directorate-General for Migration and Home Affairs", None)]),
    ("en", "", "Statement by Commissioner for Migration, Home Affairs and Citizenship Dimitris Avramopoulos and "
     "Commissioner for the Security Union Julian King.", [
        ("Dimitris Avramopoulos", "Commissioner for Migration, Home Affairs and Citizenship", "European Commission",
         None),
        ("Julian King", "Commissioner for the Security Union", "European Commission", None)]),
    ("en", "", "Danish Justice Minister Nick Haekkerup and his Kosovo counterpart Albulena Haxhiu signed.", [
        ("Nick Haekkerup", "Justice Minister", "Ministry of Justice of Denmark", "DK"),
        ("Albulena Haxhiu", "Justice Minister", "Ministry of Justice of Kosovo", "XK")]),
    ("en", "", "*Ministers Bejtush GASHI, Herbert KICKL, Mevludin NUHODŽIĆ", [
        ("Bejtush Gashi", "Minister", None, None), ("Herbert Kickl", "Minister", None, None),
        ("Mevludin Nuhodžić", "Minister", None, None)]),
    ("en", "", "Laura Lungarotti, Chief of Mission of IOM, the International Organization for Migration, spoke.", [
        ("Laura Lungarotti", "Chief of Mission", "International Organization for Migration", None)]),
    ("en", "", "Akosua Brennan, IOM Ghana's Chief of Mission, thanked the donors.", [
        ("Akosua Brennan", "Chief of Mission", "International Organization for Migration", None)]),
    ("en", "", "He gave the keys to the director of the Centre for Joint Analysis (CJA), Emir Halilović, on Monday.", [
        ("Emir Halilović", "director", "Centre for Joint Analysis", None)]),
    ("en", "", '"It was a good course," said IOM trainer, Nadira Yusupova.', [("Nadira Yusupova", None, None, None)]),
    ("en", "", "It was led by experts from Member States, the Frontex Coordinator and others.", []),
    ("en", "", "Frontex is worried, and its Executive Director, Hans Leijtens, pointed to risks.", [
        ("Hans Leijtens", "Executive Director", "European Border and Coast Guard Agency", None)]),
    ("en", "", "Serbian Deputy Prime Minister and Minister of Interior Nebojša Stefanović came.", [
        ("Nebojša Stefanović", "Deputy Prime Minister and Minister of Interior",
         "Ministry of Internal Affairs of the Republic of Serbia", "RS")]),
    ("en", "", "Susanne Raab, former Austrian Minister for Women, was elected Director General of ICMPD.", [
        ("Susanne Raab", "Director General", "International Centre for Migration Policy Development", None)]),
    ("en", "", "Ms Christine Schöny of the Federal Ministry of the Interior of Austria opened it.", [
        ("Christine Schöny", None, "Federal Ministry of the Interior of Austria", "AT")]),
    ("de", "", "Es kamen die Innenminister Wolfgang Peschorn (Österreich), Davor Božinović (Kroatien) und Jan Hamáček "
     "(Tschechien).", [
        ("Wolfgang Peschorn", "Innenminister", "Federal Ministry of the Interior of Austria", "AT"),
        ("Davor Božinović", "Innenminister", "Ministry of the Interior of Croatia", "HR"),
        ("Jan Hamáček", "Innenminister", "Ministry of the Interior of the Czech Republic", "CZ")]),
    ("nl", "", "Hoofdspreker was Mari Juritsch, de eerste terugkeercoördinator van de Europese Unie.", [
        ("Mari Juritsch", "eerste terugkeercoördinator", "European Union", None)]),
    ("lt", "", "Sakė vidaus reikalų viceministras Vitalij Dmitrijev ir V. Dmitrijevas.", [
        ("Vitalij Dmitrijev", "vidaus reikalų viceministras", "Ministry of the Interior of the Republic of Lithuania",
         "LT")]),
    ("sr", "", "Podgorica - Potpise su stavili Jusuf Kalamperović, ministar unutrašnjih poslova i javne uprave, i "
     "Dragutin Mate, ministar unutrašnjih poslova Slovenije. Prema riječima D. Matea, Crna Gora je spremna.", [
        ("Jusuf Kalamperović", "ministar unutrašnjih poslova", "Ministry of Interior of Montenegro", "ME"),
        ("Dragutin Mate", "ministar unutrašnjih poslova", "Ministry of the Interior of Slovenia", "SI")]),
    ("mk", "", "Директорот на Бирото за јавна безбедност Сашо Тасевски и министерот за внатрешни работи на Словачка, "
     "Роман Микулец, дојдоа.", [
        ("Сашо Тасевски", "Директорот", "Bureau for Public Security", "MK"),
        ("Роман Микулец", "министерот за внатрешни работи", "Ministry of Interior of the Slovak Republic", "SK")]),
    ("sq", "", "Kryeministri Edi Rama dhe kryeministrja italiane Giorgia Meloni e nënshkruan në Shqipëri.", [
        ("Edi Rama", "Kryeministri", "Government of Albania", "AL"),
        ("Giorgia Meloni", "kryeministrja", "Government of Italy", "IT")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "expected"), CASES)
def test_persons_have_office_affiliation_and_country(
    find: Find, language: str, title: str, text: str, expected: list[Person]
) -> None:
    seen: dict[str | None, Person] = {}
    for m in find(text, "person", language=language, title=title):
        seen.setdefault(m.name, (m.name, m.office, m.affiliation, m.country_code))
    assert list(seen.values()) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Minister of the Interior met the Executive Director of the agency."),
        ("en", "Joint Action Days under the Common Implementation Plan of the European Commission"),
        ("en", "said Western Balkan partners and Member States"),
        ("en", "Minister May March Monday"),
        ("hr", "ministar je rekao da Vlada radi"),
        ("mk", "Директорот на Бирото"),
    ],
)
def test_offices_and_titles_without_names_are_no_persons(find: Find, language: str, text: str) -> None:
    assert [m.text for m in find(text, "person", language=language)] == []


def test_a_headline_is_no_name(find: Find) -> None:
    assert find("They met.", "person", title="Minister Visits Vilnius") == []


def test_every_later_mention_is_linked_to_the_first(find: Find) -> None:
    body = "Johann Sattler, Head of the EU Delegation to BiH, spoke. J. Sattler thanked them. Then Sattler left."
    found = find(body, "person", title="Sattler opens the centre")
    assert [(m.text, m.rule_id) for m in found] == [
        ("Sattler", "person.surname"),
        ("Johann Sattler", "person.name_office"),
        ("J. Sattler", "person.again"),
        ("Sattler", "person.surname"),
    ]
    assert {m.name for m in found} == {"Johann Sattler"}
    assert {m.affiliation for m in found} == {"Delegation of the European Union to Bosnia and Herzegovina"}
    assert [m.antecedent_mention_id for m in found] == [None] + [found[0].mention_id] * 3


def test_two_spellings_of_one_name_are_one_person(find: Find) -> None:
    body = "Interior Minister Vladislav Kondratović of Lithuania went. Minister V. Kondratovič said so."
    assert {m.name for m in find(body, "person")} == {"Vladislav Kondratović"}


def test_both_surnames_of_a_person_are_that_person(find: Find) -> None:
    persons = find("Ambassador Anton Camilleri Galea signed. Ambassador Camilleri Galea thanked all.", "person")
    assert {mention.name for mention in persons} == {"Anton Camilleri Galea"}


@pytest.mark.parametrize(
    "text",
    [
        "The head of the interior department's legal unit, Maria Rossi, told the hearing that returns are costly.",
        "Maria Rossi, Europol's Deputy Director, opened the hearing.",
        "Maria Rossi, ECRE spokesperson, opened the hearing.",
        "Homeland Security Secretary Maria Rossi opened the hearing.",
    ],
)
def test_a_name_beside_an_office_with_its_body(find: Find, text: str) -> None:
    assert [mention.name for mention in find(text, "person")] == ["Maria Rossi"]


def test_two_first_names_are_two_persons(find: Find) -> None:
    body = "Minister Ana Kovač of Croatia met Minister Ivan Kovač of Slovenia."
    assert [m.name for m in find(body, "person")] == ["Ana Kovač", "Ivan Kovač"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "It will last, said Khalid bin Yusuf al-Mansouri.", ["Khalid bin Yusuf al-Mansouri"]),
        ("en", "The Dutch ambassador, Meline Arakelian-de Wit, came.", ["Meline Arakelian-de Wit"]),
        ("en", "Lt. Col. Petru Munteanu came.", ["Petru Munteanu"]),
        ("en", "Her deputy, Zaza Kiknadze, came.", ["Zaza Kiknadze"]),
        ("en", "List: KOZLOWSKI, Jan (Poland); the rest stayed away.", ["Jan Kozlowski"]),
        ("lt", "Su kolega iš Latvijos Rihardu Kozlovskiu-Bergu kalbėta.", ["Rihardas Kozlovskis-Bergas"]),
        ("lt", "Posėdyje V. Kazlauskas tylėjo.", ["V. Kazlauskas"]),
        ("en", "The ship MS Bellriva and Ms Ott left.", ["Ott"]),
        ("lt", "Posėdis vyko V. Kudirkos gatvėje.", []),
        ("fr", "Le ministre sénégalais Jean Baptiste Tine-Diouf est venu.", ["Jean Baptiste Tine-Diouf"]),
        ("mk", "Шефицата на мисијата на МОМ, Соња Божиновска, дојде.", ["Соња Божиновска"]),
        ("sl", "Sestala se je z vodjo urada IOM Ivom Petrovom.", ["Ivo Petrov"]),
        ("sq", "U takua me homologun e tij Taulant Balla.", ["Taulant Balla"]),
        ("sq", "Erdhi ministrja dhe homologu i saj kosovar, Agron Leka.", ["Agron Leka"]),
        ("sq", "Foli Komisionerja e BE për Punët e Brendshme, Karin Lindqvist, në Durrës.", ["Karin Lindqvist"]),
        ("de", "So die Sonderbevollmächtigte für Migration und Rückkehr, Jana Berger, heute.", ["Jana Berger"]),
        ("fr", "Le chef de la mission de police en Tunisie, Jean Roux, a parlé.", ["Jean Roux"]),
        (
            "fr",
            "La ministre belge de l'Asile Anna Maes et son homologue sénégalais, Ali Diop, y étaient.",
            ["Anna Maes", "Ali Diop"],
        ),
        ("fr", "Le ministre tunisien des Affaires étrangères Sami Gharbi est venu.", ["Sami Gharbi"]),
        (
            "sl",
            "Tam so bili notranji ministri Slovenije, Italije in Hrvaške Jan Novak, Luca Rossi in Ivan Perić.",
            ["Jan Novak", "Luca Rossi", "Ivan Perić"],
        ),
        ("sl", "Prišel je vodja skupine za meje, Johann Winkler, s sodelavci.", ["Johann Winkler"]),
        ("en", "The minister for borders in Vilnius, Police and Customs met.", []),
        ("mk", "Дојде м-р Горан Илиев.", ["Горан Илиев"]),
        ("sr", "Sastao se sa direktorom Frankom Hajnrihom Bergerom.", ["Frank Hajnrih Berger"]),
    ],
)
def test_a_cue_beside_a_name_tells_a_person(find: Find, language: str, text: str, names: list[str]) -> None:
    assert [person.name for person in find(text, "person", language=language)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("State Secretary for Asylum and Administrative Reform Karel Maes spoke.", ["Karel Maes"]),
        ("State Secretary Marta De Wolf spoke.", ["Marta De Wolf"]),
        ("The Indian delegation was led by Rakshan Sharmani.", ["Rakshan Sharmani"]),
        ("Rakshan Sharmani led the Indian delegation.", ["Rakshan Sharmani"]),
        ("The Minister for Employment and Labour Relations (MELR) spoke.", []),
        ("The minister spoke to representatives of the Irish Presidency.", []),
    ],
)
def test_portfolios_nobody_lists_end_where_the_name_begins(find: Find, text: str, names: list[str]) -> None:
    assert [mention.name for mention in find(text, "person")] == names
