"""What a scheme provides for, who votes on it, and words of a noun phrase that look like verbs."""

from datetime import date

import pytest

from tasks.extract.knowledge.knowledge import Knowledge

from ..conftest import filled, told

DAY = date(2024, 3, 14)  # a Thursday


@pytest.mark.parametrize(
    "text",
    [
        "A proposal to relocate 3,000 asylum seekers from Malta was on the table.",
        "The rules for relocating 900 refugees from Cyprus are under discussion in the Council.",
        "They want a permanent mechanism to be set up in order to relocate 500 applicants from Spain.",
        "The number of refugees to be resettled is thus 2,000.",
        "At least half of the refugees resettled should be families.",
    ],
)
def test_a_scheme_moves_nobody(text: str, knowledge: Knowledge) -> None:
    assert not told(text, "relocation", knowledge, DAY)


def test_people_who_were_moved_under_a_scheme_are_told(knowledge: Knowledge) -> None:
    text = "Under the scheme, 40 asylum seekers were relocated from Malta to Ireland on Tuesday."
    assert [claim.status for claim in told(text, "relocation", knowledge, DAY)] == ["occurred"]


def test_a_vote_of_the_parliament_has_its_issuer_and_day(knowledge: Knowledge) -> None:
    text = (
        "MEPs debated asylum with the European Commission. The temporary scheme to relocate 3,000 people from Malta "
        "was approved by Parliament on 5 March and endorsed by the Home Affairs Council on 12 March."
    )
    claims = told(text, "legislation_adopted", knowledge, DAY)
    assert [(claim.date_start, filled(claim, "issuer")) for claim in claims] == [
        (date(2024, 3, 5), {"EP"}),
        (date(2024, 3, 12), {"JHA-COUNCIL"}),
    ]
    assert not [claim for claim in told(text, "meeting", knowledge, DAY) if claim.date_start == date(2024, 3, 12)]


def test_the_parliament_of_a_state_is_not_that_of_the_union(knowledge: Knowledge) -> None:
    text = "The asylum bill was approved by Parliament on 5 March, the European Commission noted."
    assert [filled(claim, "issuer") for claim in told(text, "legislation_adopted", knowledge, DAY)] != [{"EP"}]


def test_what_came_before_the_news_is_recalled(knowledge: Knowledge) -> None:
    text = (
        "The Council adopted the asylum regulations on Tuesday after they were approved by the European Parliament "
        "last month."
    )
    claims = told(text, "legislation_adopted", knowledge, DAY)
    assert [(claim.status, filled(claim, "issuer")) for claim in claims] == [
        ("occurred", {"CONSILIUM"}),
        ("background", {"EP"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In the plenary debate on Wednesday, Minister Ana Costa spoke about asylum and borders.",
        "Europol supported the border action with the analysis of gathered intelligence on migrants.",
    ],
)
def test_a_word_of_a_noun_phrase_is_no_verb(text: str, knowledge: Knowledge) -> None:
    assert not told(text, "meeting", knowledge, DAY)


@pytest.mark.parametrize(
    ("text", "claim_type"),
    [
        (
            "Asylum policy in brief.\n\nStates share the work.\n\nOthers help.\n\nThey accept some asylum seekers "
            "relocated from another state.",
            "relocation",
        ),
        ("He spoke of the importance of fair procedures, and to guarantee access to asylum.", "pledge_or_commitment"),
    ],
)
def test_what_has_nobody_nowhere_at_no_time_is_no_event(text: str, claim_type: str, knowledge: Knowledge) -> None:
    assert not told(text, claim_type, knowledge, DAY)
