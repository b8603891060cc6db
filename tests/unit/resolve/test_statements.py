import pytest


def test_a_number_told_twice_is_one_quantity_with_the_most_careful_hedge(newsroom):
    page = newsroom.page(
        "a", "Lithuania to relocate 58 applicants", "An estimated 58 individuals are expected to be relocated."
    )
    number = {"value_min": 58.0, "value_max": 58.0, "unit": "people"}
    title = page.mention("58", "quantity", nth=1, subtype="applicants", qualifier="exact", **number)
    body = page.mention("58", "quantity", nth=2, subtype="individuals", qualifier="estimated", **number)
    page.claim("relocation", "relocate", ("quantity", title), ("to", page.state("Lithuania", "LT")), status="planned")
    page.claim("relocation", "relocated", ("quantity", body), status="planned")
    resolved = newsroom.resolve()
    [quantity] = resolved["quantities"]
    assert (quantity["value_min"], quantity["value_max"], quantity["unit"]) == (58, 58, "people")
    assert (quantity["qualifier"], quantity["n_mentions"], quantity["counted"]) == ("estimated", 2, "individuals")
    [event] = resolved.events("relocation")
    assert (quantity["event_id"], event["status"]) == (event["event_id"], "planned")


@pytest.mark.parametrize(("copies", "quantities"), [(True, 1), (False, 2)])
def test_copies_share_their_numbers_and_others_do_not(newsroom, copies, quantities):
    pages = [newsroom.page(name, "News", "They paid EUR 1.7 million.") for name in ("a", "b")]
    for page in pages:
        page.mention("EUR 1.7 million", "quantity", value_min=1.7e6, unit="EUR", currency="EUR")
    if copies:
        newsroom.copy(*pages)
    resolved = newsroom.resolve()
    assert [row["n_documents"] for row in resolved["quantities"]] == [3 - quantities] * quantities
    assert len(resolved["quantity_mentions"]) == 2


def test_a_project_has_each_of_its_funders_once(newsroom):
    for name in ("a", "b"):
        page = newsroom.page(name, "News", f"Project “MARRI” ({name}) is financed by AMIF and the Federal Ministry.")
        project = page.mention("MARRI", "project", name="MARRI")
        funders = [page.body("AMIF", "AMIF"), page.body("Federal Ministry", "BMI")]
        page.claim(
            "project_funding", "financed", *(("funder", funder) for funder in funders), ("project", project),
            claim_kind="relation",
        )  # fmt: skip
    resolved = newsroom.resolve()
    assert {resolved.named(row["subject_entity_id"]) for row in resolved["relations"]} == {"AMIF", "Federal Ministry"}
    assert [(row["n_claims"], row["n_documents"]) for row in resolved["relations"]] == [(2, 2), (2, 2)]
    assert {resolved.named(row["object_entity_id"]) for row in resolved["relations"]} == {"MARRI"}
    assert (
        sorted(row["evidence_role"] for row in resolved["relation_claims"]) == ["corroborating"] * 2 + ["primary"] * 2
    )
    assert resolved["events"] == []


@pytest.mark.parametrize(
    ("first", "second", "is_conflicting"),
    [
        ((58.0, "exact", "people"), (60.0, "exact", "people"), True),
        ((58.0, "exact", "people"), (58.0, "estimated", "people"), False),
        ((50.0, "at_least", "people"), (58.0, "exact", "people"), False),
        ((60.0, "at_least", "people"), (58.0, "up_to", "people"), True),
        ((58.0, "exact", "people"), (3.0, "exact", "families"), False),
    ],
)
def test_numbers_that_cannot_both_be_right_all_stay_and_mark_the_event(newsroom, first, second, is_conflicting):
    for name, (number, qualifier, unit) in zip("ab", (first, second), strict=True):
        words = f"Lithuania and Greece trained {number:g} {unit} in Athens on 2025-05-12 ({name})."
        page = newsroom.page(name, f"News of {name}", words)
        given = {"value_min": number, "value_max": number, "unit": unit, "qualifier": qualifier}
        told = page.mention(f"{number:g}", "quantity", **given)
        states = [("organiser", page.state(state, code)) for state, code in (("Lithuania", "LT"), ("Greece", "GR"))]
        place = page.place("Athens", "GR")
        page.claim("training", "trained", *states, ("quantity", told), date="2025-05-12", place=place)
    resolved = newsroom.resolve()
    [event] = resolved.events()
    assert event["is_conflicting"] is is_conflicting
    assert [row["event_id"] for row in resolved["quantities"]] == [event["event_id"]] * 2
