"""Which way a date lies that the text gives without its year, or as a weekday; published on Thursday 3 July 2025."""

from datetime import date

import pytest

from ..conftest import Find

AHEAD = [
    ("The centre in Plav is scheduled to open in March.", date(2026, 3, 1)),
    ("The centre in Plav is to be renovated and opened in March.", date(2026, 3, 1)),
    ("The ministers will hold their next round on 12 February.", date(2026, 2, 12)),
    ("The visit, due to start in January, was agreed.", date(2026, 1, 1)),
    ("Ministers will meet on Monday.", date(2025, 7, 7)),
]
BEHIND = [
    ("Ministers will discuss the protocol signed in March with Chad.", date(2025, 3, 1)),
    ("The protocol signed in March will enter into force soon.", date(2025, 3, 1)),
    ("Due to the storms in March, the talks will be held later.", date(2025, 3, 1)),
    ("The ministry said on Monday that it will open a centre.", date(2025, 6, 30)),
    ("The talks will go on, as they did in March.", date(2025, 3, 1)),
    # Stale news, not a day eleven months away.
    ("The ministers will meet on 27 June.", date(2025, 6, 27)),
]


@pytest.mark.parametrize(("text", "day"), [*AHEAD, *BEHIND], ids=lambda value: str(value)[:40])
def test_the_words_around_a_date_say_where_it_lies(text: str, day: date, find: Find) -> None:
    found = find(text, "date")
    assert found[0].date_start == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "Das Zentrum soll im März eröffnet werden.", date(2026, 3, 1)),
        ("fr", "Le centre devrait ouvrir en mars.", date(2026, 3, 1)),
        ("nl", "Het centrum zal in maart opengaan.", date(2026, 3, 1)),
    ],
)
def test_other_languages_have_such_words_too(language: str, text: str, day: date, find: Find) -> None:
    found = find(text, "date", language=language)
    assert [mention.date_start for mention in found] == [day]
