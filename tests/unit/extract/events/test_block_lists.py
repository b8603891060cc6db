"""Lists of which each item is a line of its own."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.extract.annotations import Claim
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate
from tests.unit.extract.conftest import document, filled

MET = "The sixth meeting of the migration network was held in Riga on 14 May 2024."
TRAF_SICH = "Am 14. Mai 2024 fand in Riga das sechste Treffen der Innenminister zur Migration statt."
STATES = {"EE", "FI", "LV", "PL"}


def claims_of(text: str, claim_type: str, knowledge: Knowledge, language: str = "en") -> list[Claim]:
    claims = annotate(document(text, language, published_on=date(2024, 5, 20)), knowledge).claims
    return [claim for claim in claims if claim.claim_type == claim_type]


@pytest.mark.parametrize(
    "lead",
    [
        "The meeting was attended by:",
        "Participating countries",
        "Participants:",
        "The following states took part:",
    ],
)
def test_each_line_of_a_list_of_participants_is_one(lead: str, knowledge: Knowledge) -> None:
    text = f"{MET}\n{lead}\n- Estonia\n- Finland\n- Latvia\n- Poland\nThe next meeting will be in Oslo."
    assert any(filled(meeting, "participant") >= STATES for meeting in claims_of(text, "meeting", knowledge))


@pytest.mark.parametrize(
    "line",
    ["Teilnehmende Staaten: Estland, Finnland, Lettland und Polen.", "Anwesend: Estland, Finnland, Lettland, Polen"],
)
def test_a_list_behind_its_heading(line: str, knowledge: Knowledge) -> None:
    (meeting,) = claims_of(f"{TRAF_SICH}\n{line}", "meeting", knowledge, "de")
    assert filled(meeting, "participant") >= STATES


@pytest.mark.parametrize(
    "text",
    [
        "Riga war am 14. Mai 2024 Gastgeber einer Konferenz zur Migration, "
        "an der Estland, Finnland, Lettland und Polen teilnahmen.",
        f"{TRAF_SICH} Gekommen sind Estland, Finnland, Lettland und Polen.",
        "Am 14. Mai 2024 fand in Riga das sechste Treffen der Innenminister* zur Migration statt.\n"
        "* Estland, Finnland, Lettland und Polen",
        f"{TRAF_SICH} Die Teilnehmer – Estland, Finnland, Lettland und Polen – berieten über Rückführungen.",
    ],
)
def test_lists_behind_a_relative_pronoun_in_a_footnote_and_in_apposition(text: str, knowledge: Knowledge) -> None:
    assert any(filled(meeting, "participant") >= STATES for meeting in claims_of(text, "meeting", knowledge, "de"))


def test_a_footnote_with_a_sentence_gives_no_role(knowledge: Knowledge) -> None:
    note = "* This designation is without prejudice to positions on status and in line with the opinion of Latvia."
    text = f"On 14 May 2024 the migration network* met in Riga.\n{note}"
    for meeting in claims_of(text, "meeting", knowledge):
        assert not filled(meeting, "participant")


def test_a_heading_over_one_line_of_names(knowledge: Knowledge) -> None:
    (meeting,) = claims_of(
        f"{TRAF_SICH}\nTeilnehmer\nEstland, Finnland, Lettland und Polen", "meeting", knowledge, "de"
    )
    assert filled(meeting, "participant") >= STATES


def test_the_items_and_the_subhead_of_a_page_are_lines_too(knowledge: Knowledge) -> None:
    page = document(f"{TRAF_SICH}\nTeilnehmende Staaten\nEstland\nFinnland\nLettland\nPolen", "de", date(2024, 5, 20))
    zones = ["body", "subhead", *["list_item"] * 4]
    zoned = [replace(sentence, zone=zone) for sentence, zone in zip(page.sentences, zones, strict=True)]
    claims = annotate(replace(page, sentences=tuple(zoned)), knowledge).claims
    (meeting,) = [claim for claim in claims if claim.claim_type == "meeting"]
    assert filled(meeting, "participant") >= STATES


def test_lines_may_name_persons_with_their_office_and_state(knowledge: Knowledge) -> None:
    lines = "Mari Kask, Minister of the Interior, Estonia\nJukka Salo, Minister of the Interior, Finland"
    (meeting,) = claims_of(f"{MET}\nMinisters attending:\n{lines}", "meeting", knowledge)
    assert filled(meeting, "participant") >= {"Mari Kask", "Jukka Salo"}


def test_a_list_belongs_to_the_event_of_its_line(knowledge: Knowledge) -> None:
    text = "On 14 May 2024 the following states pledged relocation places:\n- Estonia: 20 places\n- Finland: 40 places"
    (pledge,) = claims_of(text, "pledge_or_commitment", knowledge)
    assert filled(pledge, "issuer") >= {"EE", "FI"}


@pytest.mark.parametrize(
    "rest",
    [
        # A list under another heading.
        "Related news\nEstonia\nFinland",
        # Sentences.
        "Participants discussed returns.\nEstonia has opened a centre in Tartu.\nFinland closed its border in 2023.",
        # One line that is no list.
        "Participants\nEstonia",
    ],
)
def test_other_lines_take_no_part(rest: str, knowledge: Knowledge) -> None:
    for meeting in claims_of(f"{MET}\n{rest}", "meeting", knowledge):
        assert not filled(meeting, "participant") & {"EE", "FI"}
