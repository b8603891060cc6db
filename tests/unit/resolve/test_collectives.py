"""A group of countries is a party where its members are not named, and none beside two of them."""

from datetime import date

import pytest

from tests.unit.resolve.newsroom import Newsroom
from warehouse.collectives import Membership

BALKANS = [Membership("WB", code, date(2013, 7, 1)) for code in ("AL", "BA", "ME", "MK", "RS", "XK")]


def signed(newsroom: Newsroom, name: str, *codes: str, when: str = "2025-07-03", group_role: str = "party"):
    words = f"Lithuania signed protocols with the Western Balkans, with {' and '.join(codes)}, on {when}."
    page = newsroom.page(name, f"News of {name}", words)
    group = page.mention("Western Balkans", "region", reference_id="WB")
    parties = [("party", page.state(code, code)) for code in codes]
    claim = page.claim(
        "agreement_signed", "signed", ("party", page.state("Lithuania", "LT")), (group_role, group), *parties, date=when
    )
    return claim, group


def has_group(resolved, claim, group) -> bool:
    event, entity = resolved.event_of(claim)["event_id"], resolved.entity_of(group)
    assert entity is not None, "the mention stays linked to the group"
    return (event, entity) in {(row["event_id"], row["entity_id"]) for row in resolved["event_parties"]}


@pytest.mark.parametrize(
    "codes, is_party",
    [(("ME", "MK", "XK"), False), (("ME", "MK"), False), (("ME",), True), (("UA", "MD"), True), (("ME", "UA"), True)],
)
def test_two_members_spell_their_group_out(newsroom, codes, is_party):
    claim, group = signed(newsroom, "a", *codes)
    resolved = newsroom.resolve(memberships=BALKANS)
    assert has_group(resolved, claim, group) is is_party
    assert has_group(newsroom.resolve(), claim, group), "without the table of members nothing is known of them"


def test_members_in_another_role_are_beside_nothing(newsroom):
    claim, group = signed(newsroom, "a", "ME", "MK", group_role="participant")
    assert has_group(newsroom.resolve(memberships=BALKANS), claim, group)


def test_who_was_no_member_yet_spells_nothing_out(newsroom):
    claim, group = signed(newsroom, "a", "ME", "MK", when="2012-07-03")
    assert has_group(newsroom.resolve(memberships=BALKANS), claim, group)


def test_the_members_may_be_named_in_another_report_of_the_event(newsroom):
    page = newsroom.page("a", "News", "Lithuania signed protocols with the Western Balkans on 2025-07-03 in Vilnius.")
    group = page.mention("Western Balkans", "region", reference_id="WB")
    parties = ("party", page.state("Lithuania", "LT")), ("party", group)
    claim = page.claim("agreement_signed", "signed", *parties, date="2025-07-03", place=page.place("Vilnius", "LT"))
    alone = newsroom.resolve(memberships=BALKANS)
    assert has_group(alone, claim, group)
    other = newsroom.page("b", "More news", "Lithuania signed with Montenegro and Kosovo on 2025-07-03 in Vilnius.")
    named = (("Lithuania", "LT"), ("Montenegro", "ME"), ("Kosovo", "XK"))
    states = [("party", other.state(name, code)) for name, code in named]
    told = other.claim("agreement_signed", "signed", *states, date="2025-07-03", place=other.place("Vilnius", "LT"))
    resolved = newsroom.resolve(memberships=BALKANS)
    assert resolved.event_of(told)["event_id"] == resolved.event_of(claim)["event_id"]
    assert not has_group(resolved, claim, group)
