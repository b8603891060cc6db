"""Whose news it is, from the bodies and people of a text."""

from pathlib import Path

import pytest

from tasks.extract.events.reporting_country import reporting_country
from tasks.extract.frames.examples import example_document
from tasks.extract.frames.frame_model import Example

HERE = str(Path(__file__))


def country(text: str, title: str = "", language: str = "en") -> str | None:
    return reporting_country(*example_document(Example(text, language, title, "2025-07-03", (), (), HERE, 0)))


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("[territory:FI|Finland]: charter grounded", "No plane left for [place:IQ|Baghdad].", "FI"),
        ("", "[place:LV|Riga], June 22 - The house passed a law on [territory:VN|Vietnam].", "LV"),
        ("", "The [organisation:SE|Migration Agency] and [person:SE|Ulla Berg] wrote to [territory:NO|Norway].", None),
        ("", "The minister spoke of [territory:NO|Norway] and [territory:SE|Sweden].", None),
        ("", "Nobody named a country.", None),
    ],
)
def test_the_country_that_leads(title: str, text: str, expected: str | None) -> None:
    assert country(text, title) == expected


def test_a_language_of_one_country_tells() -> None:
    assert country("Seimas svarstė [territory:AM|Armėnijos] susitarimą.", language="lt") == "LT"
