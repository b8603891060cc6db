def test_the_minister_is_one_person_under_two_spellings(newsroom):
    first = newsroom.page(
        "a", "Protocols signed", "Interior Minister Vladislav Kondratović spoke.", "V. Kondratovič left."
    )
    full = first.person("Vladislav Kondratović", "Minister of the Interior", "LT")
    short = first.person("V. Kondratovič", None, None)
    second = newsroom.page("b", "Pasirašyti protokolai", "Vidaus reikalų ministras Vladislavas Kondratovičius kalbėjo.")
    native = second.person("Vladislavas Kondratovičius", "Minister of the Interior", "LT")
    resolved = newsroom.resolve()
    assert len(resolved.entities("person")) == 1
    assert resolved.entity_of(full) == resolved.entity_of(short) == resolved.entity_of(native) is not None
    methods = {row["mention_id"]: row["method"] for row in resolved["entity_mentions"]}
    assert methods[short["mention_id"]] == "initial"
    judged = resolved.judgement(full["mention_id"], short["mention_id"])
    assert (judged["verdict"], judged["rule_id"]) == ("same", "resolve.person.initial")


def test_one_name_in_two_scripts_is_one_person(newsroom):
    latin = newsroom.page("a", "Protokol potpisan", "Ministar unutrašnjih poslova Đorđe Njegošević je govorio.")
    cyrillic = newsroom.page("b", "Протокол потписан", "Министар унутрашњих послова Ђорђе Његошевић је говорио.")
    one = latin.person("Đorđe Njegošević", "Minister of the Interior", "RS")
    same = cyrillic.person("Ђорђе Његошевић", "Minister of the Interior", "RS")
    resolved = newsroom.resolve()
    assert len(resolved.entities("person")) == 1
    assert resolved.entity_of(one) == resolved.entity_of(same) is not None


def test_one_surname_and_two_first_names_are_two_persons(newsroom):
    page = newsroom.page("a", "Meeting", "Vladislav Kondratovič met Viktor Kondratovič.", "V. Kondratovič was glad.")
    persons = [page.person(f"{name} Kondratovič", "Minister", "LT") for name in ("Vladislav", "Viktor")]
    short = page.person("V. Kondratovič")
    resolved = newsroom.resolve()
    assert len({resolved.entity_of(person) for person in (*persons, short)}) == 3
    assert resolved.judgement(persons[0]["mention_id"], persons[1]["mention_id"])["verdict"] == "not_same"


def test_a_short_form_in_another_document_needs_the_office(newsroom):
    newsroom.page("a", "News", "Johann Sattler spoke.").person("Johann Sattler", "Head of Delegation", "BA")
    same = newsroom.page("b", "News", "J. Sattler left.").person("J. Sattler", "Head of Delegation", "BA")
    other = newsroom.page("c", "News", "J. Sattler came.").person("J. Sattler")
    resolved = newsroom.resolve()
    assert resolved.named(resolved.entity_of(same)) == "Johann Sattler"
    assert resolved.named(resolved.entity_of(other)) == "J. Sattler"
    assert len(resolved.entities("person")) == 2


def test_a_short_form_of_an_organisation_follows_its_antecedent(newsroom):
    page = newsroom.page("a", "News", "The EU Agency for Asylum met.", "The Agency agreed.")
    full = page.body("EU Agency for Asylum", "EUAA", subtype="eu_agency")
    short = page.body("The Agency", nth=1, antecedent_mention_id=full["mention_id"])
    resolved = newsroom.resolve()
    assert resolved.entity_of(short) == resolved.entity_of(full)
    aliases = {row["alias"] for row in resolved["entity_aliases"]}
    assert aliases == {"EU Agency for Asylum"}


def test_antecedents_in_a_ring_are_one_thing(newsroom):
    page = newsroom.page("a", "News", "The Agency met the Office.")
    agency, office = page.body("The Agency"), page.body("the Office")
    agency["antecedent_mention_id"], office["antecedent_mention_id"] = office["mention_id"], agency["mention_id"]
    resolved = newsroom.resolve()
    assert resolved.entity_of(agency) == resolved.entity_of(office) is not None


def test_a_project_is_known_by_its_name_and_number(newsroom):
    names = (
        "“Support to Migration Management II”",
        "SUPPORT TO MIGRATION MANAGEMENT II",
        "Support to Migration Management III",
    )
    mentions = []
    for number, name in enumerate(names):
        page = newsroom.page(f"p{number}", "News", f"The project {name} began.")
        mentions.append(page.mention(name, "project", name=name.strip("“”")))
    resolved = newsroom.resolve()
    ids = [resolved.entity_of(mention) for mention in mentions]
    assert ids[0] == ids[1] != ids[2]
    assert any(row["rule_id"] == "resolve.project.numeral" for row in resolved["judgements"])


def test_a_ministry_without_its_country_stays_in_its_document(newsroom):
    ministry = {"subtype": "ministry", "name": "Ministry of the Interior"}
    one = newsroom.page("a", "News", "The Ministry of the Interior agreed.").body(
        "Ministry of the Interior", **ministry
    )
    two = newsroom.page("b", "News", "The Ministry of the Interior denied.").body(
        "Ministry of the Interior", **ministry
    )
    resolved = newsroom.resolve()
    assert resolved.entity_of(one) != resolved.entity_of(two)


def test_a_territory_is_its_code_in_every_language(newsroom):
    codes = {"reference_id": None, "country_code": "LT"}
    one = newsroom.page("a", "News", "Lithuania agreed.").mention("Lithuania", "territory", **codes)
    two = newsroom.page("b", "Naujienos", "Lietuva sutiko.").mention("Lietuva", "territory", **codes)
    resolved = newsroom.resolve()
    assert resolved.entity_of(one) == resolved.entity_of(two)


def test_office_and_organisation_are_those_of_the_newest_document(newsroom):
    for name, published, office, body in (
        ("old", "2018-06-19", "State Secretary", "MFA"),
        ("new", "2025-07-03", "Minister", "MOI"),
    ):
        page = newsroom.page(name, "News", f"Ana Kovač, {office}, spoke for the {body}.", published=published)
        page.body(body, body, subtype="ministry", country_code="SI")
        page.person("Ana Kovač", office, "SI", affiliation=body, affiliation_reference_id=body)
    resolved = newsroom.resolve()
    [person] = resolved.entities("person")
    assert person["office"] == "Minister"
    assert resolved.named(person["affiliation_entity_id"]) == "MOI"
    assert (person["n_mentions"], person["n_documents"]) == (2, 2)


def test_facts_come_from_the_latest_version_only(newsroom):
    newsroom.page("a", "News", "Ana Kovac spoke.", captured="2025-07-01").person("Ana Kovac")
    newsroom.page("a", "News", "Eva Horvat spoke.", captured="2025-07-02").person("Eva Horvat")
    resolved = newsroom.resolve()
    assert [row["name"] for row in resolved.entities("person")] == ["Eva Horvat"]
