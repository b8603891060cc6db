"""Long lists that say who was there, or who receives, without the verb of the act."""

from datetime import date

import pytest

from tasks.extract.events.roll_calls import roll_calls
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate

from ..conftest import document, filled, told

DAY = date(2024, 3, 14)
HELD = "A conference on asylum was held in Bar on Tuesday. "
STATES = "Chad, Ghana, Malta, Peru, Oman and Laos"
CODES = {"TD", "GH", "MT", "PE", "OM", "LA"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Invited were the ministers of {}.",
        "Ministers responsible for migration from {} attended.",
        "The event saw the participation of {}.",
        "{} agreed at the conference on a common approach.",
    ],
)
def test_a_long_list_of_states_was_at_the_gathering(sentence: str, knowledge: Knowledge) -> None:
    (meeting,) = told(HELD + sentence.format(STATES), "meeting", knowledge, DAY)
    assert filled(meeting, "participant") >= CODES


@pytest.mark.parametrize(
    "sentence",
    [
        # Who is spoken about, and who is helped, was not there.
        "Most applicants come from {}.",
        "The project helps the ministries of {}.",
        # A short list may be anything.
        "The ministers of Chad and Ghana wrote a letter.",
    ],
)
def test_other_lists_are_left_alone(sentence: str, knowledge: Knowledge) -> None:
    (meeting,) = told(HELD + sentence.format(STATES), "meeting", knowledge, DAY)
    assert not filled(meeting, "participant") & CODES


def test_who_receives_may_be_told_in_the_next_sentence(knowledge: Knowledge) -> None:
    text = f"Ninety children will be relocated from Greece. They will be welcomed by {STATES}."
    (move,) = [claim for claim in told(text, "relocation", knowledge, DAY) if claim.status == "planned"][:1]
    assert filled(move, "to") >= CODES


def test_an_office_belongs_to_the_name_before_it(knowledge: Knowledge) -> None:
    text = (
        "The conference on asylum was attended by Ana Roe, Minister of the Interior of Malta, Jan Doe, Minister of "
        "Justice of Chad, State Secretary Eva Poe of Ghana and Deputy Minister Bo Moe from Peru."
    )
    (meeting,) = told(text, "meeting", knowledge, DAY)
    assert filled(meeting, "participant") >= {"Ana Roe", "Jan Doe", "Eva Poe", "Bo Moe"}


def test_german_lists_go_on_behind_an_article(knowledge: Knowledge) -> None:
    names = "Frontex, Europol, die Internationale Organisation für Migration und ICMPD"
    text = f"Am Treffen zur Migration nahmen {names} teil."
    claims = annotate(document(text, "de", DAY), knowledge).claims
    (meeting,) = [claim for claim in claims if claim.claim_type == "meeting"]
    assert len(filled(meeting, "participant")) == 4


def test_no_gathering_no_roll_call() -> None:
    assert roll_calls([], []) is None
