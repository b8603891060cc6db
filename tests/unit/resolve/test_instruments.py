from tests.unit.resolve.stories import PARTNERS, protocols


def pairs(resolved):
    """The parties of each instrument, by its name."""
    found = {}
    for row in resolved["instrument_parties"]:
        name = resolved.named(row["instrument_entity_id"])
        found.setdefault(name, set()).add(resolved.named(row["party_entity_id"]))
    return found


def test_four_partners_make_four_protocols(newsroom):
    protocols(newsroom)
    resolved = newsroom.resolve()
    assert pairs(resolved) == {
        f"Lithuania–{partner} implementing protocol": {"Lithuania", partner} for partner, _ in PARTNERS
    }
    assert {row["subtype"] for row in resolved.entities("instrument")} == {"implementing_protocol"}
    assert {row["basis"] for row in resolved["event_instruments"]} == {"derived"}
    assert len(resolved["event_instruments"]) == 4


def sign(newsroom, sentence, trigger, states, instrument, subtype, name="a", **given):
    page = newsroom.page(name, "News", sentence)
    parties = [("party", page.state(words, code)) for words, code in states]
    mention = page.mention(instrument, "instrument", subtype=subtype, **given)
    page.claim("agreement_signed", trigger, *parties, ("instrument", mention), date="2025-07-01")
    return page, mention


def test_two_parties_make_one_instrument_and_the_mention_is_linked_to_it(newsroom):
    _, mention = sign(
        newsroom, "Belarus and Latvia signed a readmission agreement.", "signed",
        (("Belarus", "BY"), ("Latvia", "LV")), "readmission agreement", "readmission_agreement",
    )  # fmt: skip
    resolved = newsroom.resolve()
    assert pairs(resolved) == {"Belarus–Latvia readmission agreement": {"Belarus", "Latvia"}}
    assert resolved.named(resolved.entity_of(mention)) == "Belarus–Latvia readmission agreement"
    assert [row["basis"] for row in resolved["event_instruments"]] == ["text"]


def test_parties_without_a_hub_share_one_instrument(newsroom):
    states = (("Germany", "DE"), ("France", "FR"), ("Poland", "PL"))
    sign(newsroom, "Germany, France and Poland signed a protocol.", "signed", states, "protocol", "protocol")
    resolved = newsroom.resolve()
    assert pairs(resolved) == {"protocol": {"Germany", "France", "Poland"}}


def test_a_titled_instrument_stays_one(newsroom):
    states = (("Lithuania", "LT"), ("Albania", "AL"), ("Serbia", "RS"))
    sign(
        newsroom, "Lithuania signed the Tirana Protocol with Albania and Serbia.", "signed", states, "Tirana Protocol",
        "protocol", reference_id="TIRANA",
    )  # fmt: skip
    resolved = newsroom.resolve()
    assert [row["reference_id"] for row in resolved.entities("instrument")] == ["TIRANA"]
    assert pairs(resolved) == {"Tirana Protocol": {"Lithuania", "Albania", "Serbia"}}


def test_a_ministry_of_a_party_is_no_further_party(newsroom):
    page = newsroom.page("a", "News", "Kosovo signed a protocol with Malta; the Ministry of Interior of Malta signed.")
    ministry = page.body("Ministry of Interior of Malta", subtype="ministry", country_code="MT")
    protocol = page.mention("protocol", "instrument", subtype="protocol")
    parties = [page.state("Kosovo", "XK"), page.state("Malta", "MT"), ministry]
    page.claim("agreement_signed", "signed", *(("party", party) for party in parties), ("instrument", protocol))
    assert pairs(newsroom.resolve()) == {"Kosovo–Malta protocol": {"Kosovo", "Malta"}}


def test_the_bare_word_gives_way_to_the_kind(newsroom):
    states = (("Belarus", "BY"), ("Latvia", "LV"))
    sign(newsroom, "Belarus and Latvia signed an agreement.", "signed", states, "agreement", "agreement")
    sign(
        newsroom, "Belarus and Latvia put their names to a visa agreement.", "put", states, "visa agreement",
        "visa_agreement", name="b",
    )  # fmt: skip
    resolved = newsroom.resolve()
    assert len(resolved.events()) == 1
    assert list(pairs(resolved)) == ["Belarus–Latvia visa agreement"]


def test_instruments_follow_their_event_when_it_is_merged(newsroom):
    states = (("Belarus", "BY"), ("Latvia", "LV"))
    agreement = ("readmission agreement", "readmission_agreement")
    told = []
    for name, captured, when in (("a", "2025-07-02", "2025-07-01"), ("b", "2025-07-03", "2025-06-29")):
        page = newsroom.page(
            name, "News", f"Belarus and Latvia signed a readmission agreement ({name}).", captured=captured
        )
        parties = [("party", page.state(words, code)) for words, code in states]
        mention = page.mention(agreement[0], "instrument", subtype=agreement[1])
        told.append(page.claim("agreement_signed", "signed", *parties, ("instrument", mention), date=when))
    apart = newsroom.resolve()
    assert len(apart.entities("instrument")) == 2
    told[1]["date_start"] = told[1]["date_end"] = told[0]["date_start"]
    merged = newsroom.resolve(prior=apart)
    [instrument] = merged.entities("instrument")
    [gone] = {row["entity_id"] for row in apart.entities("instrument")} - {instrument["entity_id"]}
    assert (merged.registry(gone)["status"], merged.registry(gone)["redirect_to"]) == (
        "redirected",
        instrument["entity_id"],
    )


def told_by(newsroom, event_type, when, captured):
    page = newsroom.page(
        f"{event_type} {when}", "News", f"Kazakhstan and Latvia, {when}: readmission agreement.", captured=captured
    )
    parties = [("party", page.state("Kazakhstan", "KZ")), ("party", page.state("Latvia", "LV"))]
    mention = page.mention("readmission agreement", "instrument", subtype="readmission_agreement")
    page.claim(event_type, "readmission", *parties, ("instrument", mention), date=when)


def test_the_steps_of_one_agreement_are_about_one_instrument(newsroom):
    told_by(newsroom, "agreement_signed", "2026-06-01", "2026-06-02")
    told_by(newsroom, "negotiation", "2025-12-02", "2025-12-03")
    told_by(newsroom, "negotiation", "2026-03-03", "2026-03-04")
    told_by(newsroom, "agreement_entered_into_force", "2027-01-01", "2027-01-02")
    resolved = newsroom.resolve()
    assert len(resolved.events()) == len(resolved["event_instruments"]) == 4
    [instrument] = resolved.entities("instrument")
    assert instrument["n_documents"] == 4


def test_a_second_signature_begins_another_instrument(newsroom):
    told_by(newsroom, "agreement_signed", "2007-06-01", "2026-06-02")
    told_by(newsroom, "agreement_entered_into_force", "2008-01-01", "2026-06-03")
    told_by(newsroom, "negotiation", "2025-12-02", "2026-06-04")
    told_by(newsroom, "agreement_signed", "2026-06-01", "2026-06-05")
    resolved = newsroom.resolve()
    events = {row["event_id"]: row["start_on"].year for row in resolved["events"]}
    years = {}
    for row in resolved["event_instruments"]:
        years.setdefault(row["entity_id"], set()).add(events[row["event_id"]])
    assert sorted(map(sorted, years.values())) == [[2007, 2008], [2025, 2026]]


def test_an_instrument_that_names_its_parties_is_not_the_one_that_carries_it_out(newsroom):
    words = "Montenegro and Slovenia signed a protocol under the Agreement of the EU and Montenegro."
    page = newsroom.page("a", "News", words)
    parties = [("party", page.state("Montenegro", "ME")), ("party", page.state("Slovenia", "SI"))]
    page.state("Montenegro", "ME", nth=2)
    page.body("EU", "EU", name="European Union")
    protocol = page.mention("protocol", "instrument", subtype="protocol")
    title = page.mention("Agreement of the EU and Montenegro", "instrument", subtype="agreement")
    page.claim(
        "agreement_signed", "signed", *parties, ("instrument", protocol), ("instrument", title), date="2008-01-01"
    )
    assert pairs(newsroom.resolve()) == {
        "Montenegro–Slovenia protocol": {"Montenegro", "Slovenia"},
        "Agreement of the EU and Montenegro": {"European Union", "Montenegro"},
    }


def test_partners_named_only_inside_the_instrument_are_parties(newsroom):
    page = newsroom.page("a", "Lithuania signs protocols with Kosovo and Montenegro", "They will be ratified.")
    lithuania = page.state("Lithuania", "LT")
    page.state("Kosovo", "XK"), page.state("Montenegro", "ME")
    protocols = page.mention("protocols with Kosovo and Montenegro", "instrument", subtype="protocol")
    page.claim(
        "agreement_signed",
        "signs",
        ("party", lithuania),
        ("instrument", protocols),
        country="LT",
        country_basis="derived",
    )
    resolved = newsroom.resolve()
    [event] = resolved.events()
    assert resolved.parties(event) == {(name, "party") for name in ("Lithuania", "Kosovo", "Montenegro")}
    assert {row["basis"] for row in resolved["event_parties"]} == {"text", "derived"}
    assert event["country_code"] is None
    assert set(pairs(resolved)) == {"Lithuania–Kosovo protocol", "Lithuania–Montenegro protocol"}
