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
