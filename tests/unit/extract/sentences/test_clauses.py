"""Where clauses begin: behind boundary words, at participles that describe papers, and where a main clause goes on."""

from datetime import date

import pytest

from tasks.extract.events.claims import find_claims
from tasks.extract.frames.examples import example_document
from tasks.extract.frames.frame_model import Example
from tasks.extract.frames.words import language_key
from tasks.extract.sentences.sentence_view import view_of
from tests.unit.extract.real_frames import FRAMES


def example(text: str, language: str = "en", title: str = "", published_on: str = "") -> Example:
    return Example(text, language, title, published_on, (), (), "test", 1)


def clauses(text: str, language: str = "en") -> list[str]:
    document, mentions = example_document(example(text, language))
    view = view_of(document, document.sentences[0], FRAMES.indexes[language_key(language)], mentions)
    ends = [*view.clauses[1:], len(view.tokens)]
    return [
        document.text[view.tokens[first].start : view.tokens[end - 1].end]
        for first, end in zip(view.clauses, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The agreement, initialled in March, was signed in Vienna.",
            ["The agreement,", "initialled in March,", "was signed in Vienna."],
        ),
        (
            "en",
            "The protocol signed in July will be ratified in May.",
            ["The", "protocol signed in July", "will be ratified in May."],
        ),
        (
            "en",
            "Under the memorandum signed on Sunday, the EU is to pay.",
            ["Under the", "memorandum signed on Sunday,", "the EU is to pay."],
        ),
        (
            "en",
            "Twelve people whose applications had been turned down arrived in [place:CH|Bern].",
            ["Twelve people", "whose applications had been turned down", "arrived in Bern."],
        ),
        (
            "en",
            "The Council adopted a plan which was signed in [date|May] and will enter into force soon.",
            ["The Council adopted a plan", "which was signed in May and will enter into force soon."],
        ),
        (
            "de",
            "Das Abkommen, das im März paraphiert wurde, ist in Wien unterzeichnet worden.",
            ["Das Abkommen", ", das im März paraphiert wurde,", "ist in Wien unterzeichnet worden."],
        ),
    ],
)
def test_clauses(language: str, text: str, expected: list[str]) -> None:
    assert clauses(text, language) == expected


def test_who_signs_is_not_described_by_the_verb() -> None:
    assert clauses("Both ministers of the agreement countries signed in May.") == [
        "Both ministers of the agreement countries signed in May."
    ]


def test_a_verb_behind_an_apposition_goes_on_with_its_subject() -> None:
    text = "A delegation of the committee, led by its chair, travelled to [place:IT|Rome] from [date|13 to 15 May]."
    document, mentions = example_document(example(text))
    view = view_of(document, document.sentences[0], FRAMES.indexes["en"], mentions)
    assert [view.resumes(begin) for begin in view.clauses] == [None, 0]


def told(text: str, title: str = "", published_on: str = "2024-05-16") -> list[tuple[str, str, date | None]]:
    document, mentions = example_document(example(text, title=title, published_on=published_on))
    claims, _ = find_claims(document, mentions, FRAMES)
    return [(claim.claim_type, claim.status, claim.date_start) for claim in claims]


FLIGHT = (
    "On [date:2024-04-10|10 April], [quantity:31 people|31 people] were deported from [territory:AT|Austria] to "
    "[territory:IQ|Iraq]."
)


def test_a_series_goes_on_without_its_name() -> None:
    later = f"{FLIGHT} A second plane, carrying 18, followed on [date:2024-04-26|26 April]."
    assert told(later)[1:] == [("return_operation", "occurred", date(2024, 4, 26))]


def test_the_next_of_a_series_is_planned() -> None:
    later = f"{FLIGHT} The next one is due on [date:2024-06-03|3 June]."
    assert told(later)[1:] == [("return_operation", "planned", date(2024, 6, 3))]


@pytest.mark.parametrize(
    "text",
    [
        "The next one is hard to foresee.",
        "The second centre opened its doors to the public on [date:2024-04-26|26 April], neighbours say.",
        "Another man was arrested on [date:2024-04-26|26 April].",
    ],
)
def test_what_names_something_new_goes_on_with_nothing(text: str) -> None:
    assert [claim for claim in told(f"{FLIGHT} {text}") if claim[0] == "return_operation"] == told(FLIGHT)
