"""Days counted from another: from the day of publication, Thursday 3 July 2025, or from the date named last."""

from datetime import date

import pytest

from ..conftest import Find

FROM_PUBLICATION = [
    ("en", "The treaty was signed a week ago.", date(2025, 6, 26), "approx"),
    ("en", "The treaty was signed four days ago.", date(2025, 6, 29), "day"),
    ("en", "The treaty was signed a few days ago.", date(2025, 6, 30), "approx"),
    ("en", "The treaty was signed a fortnight ago.", date(2025, 6, 19), "approx"),
    ("en", "The treaty was signed half a year ago.", date(2025, 1, 3), "approx"),
    ("en", "The treaty was signed six years ago.", date(2019, 1, 1), "year"),
    ("en", "The treaty will be signed in three weeks.", date(2025, 7, 24), "approx"),
    ("en", "The treaty will be signed in two years' time.", date(2027, 7, 3), "approx"),
    ("de", "Das Abkommen wurde vor drei Monaten unterzeichnet.", date(2025, 4, 3), "approx"),
    ("nl", "Het verdrag werd vier weken geleden ondertekend.", date(2025, 6, 5), "approx"),
    ("fr", "L'accord a été signé il y a deux ans.", date(2023, 1, 1), "year"),
    ("hr", "Sporazum je potpisan prije tri godine.", date(2022, 1, 1), "year"),
    ("sl", "Sporazum je bil podpisan pred tednom.", date(2025, 6, 26), "approx"),
    ("mk", "Договорот беше потпишан пред две недели.", date(2025, 6, 19), "approx"),
    ("sq", "Marrëveshja u nënshkrua para dy javësh.", date(2025, 6, 19), "approx"),
    ("lt", "Susitarimas pasirašytas prieš dvi savaites.", date(2025, 6, 19), "approx"),
]
FROM_ANOTHER = [
    ("Talks opened on 3 March 2024. A month later they broke down.", date(2024, 4, 3)),
    ("Talks opened in March 2024 and ended two months later.", date(2024, 5, 1)),
    ("Talks opened in 2019. Three years later they ended.", date(2022, 1, 1)),
    # A weekday is named too.
    ("The Senate voted on Tuesday. A week earlier the text had been signed.", date(2025, 6, 24)),
]


@pytest.mark.parametrize(("language", "text", "day", "precision"), FROM_PUBLICATION)
def test_from_the_day_of_publication(language: str, text: str, day: date, precision: str, find: Find) -> None:
    found = [(mention.date_start, mention.date_precision) for mention in find(text, "date", language=language)]
    assert found == [(day, precision)]


@pytest.mark.parametrize(("text", "day"), FROM_ANOTHER)
def test_from_the_date_named_last(text: str, day: date, find: Find) -> None:
    assert find(text, "date")[-1].date_start == day


@pytest.mark.parametrize(
    "text",
    [
        "The building was finished in three months.",
        "They stayed two weeks.",
        "Ministers met several times a year.",
        "An answer is given within ten days.",
    ],
)
def test_how_long_is_not_when(text: str, find: Find) -> None:
    assert find(text, "date") == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Nine people arrived over the weekend.", date(2025, 6, 28), date(2025, 6, 29)),
        ("The talks will begin in mid-October.", date(2025, 10, 1), date(2025, 10, 31)),
        ("The centre will open in the second half of the year.", date(2025, 7, 1), date(2025, 12, 31)),
        ("By the end of September all will be trained.", date(2025, 9, 30), date(2025, 9, 30)),
        ("They arrived last night.", date(2025, 7, 2), date(2025, 7, 2)),
    ],
)
def test_parts_of_weeks_and_years(text: str, first: date, last: date, find: Find) -> None:
    assert [(mention.date_start, mention.date_end) for mention in find(text, "date")] == [(first, last)]
