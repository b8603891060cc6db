import csv
from datetime import date
from pathlib import Path

import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.mentions import find_mentions

from ..conftest import Find, document

# language, text, start, end, precision; published on Thursday 3 July 2025
CASES = [
    ("en", "from 12 to 13 May 2025", "2025-05-12", "2025-05-13", "day"),
    ("en", "from the 28th to the 30th January of 2025", "2025-01-28", "2025-01-30", "day"),
    ("en", "between 30 May and 2 June 2023", "2023-05-30", "2023-06-02", "day"),
    ("en", "from 28 December to 2 January 2024", "2023-12-28", "2024-01-02", "day"),
    ("en", "May 12-13, 2025", "2025-05-12", "2025-05-13", "day"),
    ("en", "from May 30 to June 2, 2023", "2023-05-30", "2023-06-02", "day"),
    ("en", "on 12, 13 and 14 May", "2025-05-12", "2025-05-14", "day"),
    ("en", "on Thursday, 19 June 2018", "2018-06-19", "2018-06-19", "day"),
    ("en", "on January 2", "2025-01-02", "2025-01-02", "day"),
    ("de", "ab März 20 weitere Beamte", "2025-03-01", "2025-03-31", "month"),
    ("nl", "In Ter Apel is woensdag een centrum geopend", "2025-07-02", "2025-07-02", "day"),
    ("nl", "Dinsdagavond vertrok de minister", "2025-07-01", "2025-07-01", "day"),
    ("de", "Am 4.6. tagte der Rat", "2025-06-04", "2025-06-04", "day"),
    ("mk", "на средбата (04.07.) во Охрид", "2025-07-04", "2025-07-04", "day"),
    ("de", "Wien schloss 2022 mit Indien ein Abkommen", "2022-01-01", "2022-12-31", "year"),
    ("sl", "Vlada je januarja sprejela sklep", "2025-01-01", "2025-01-31", "month"),
    ("lt", "perkelti pernai gruodžio 21-ąją", "2024-12-21", "2024-12-21", "day"),
    ("sl", "sestala sta se lani decembra", "2024-12-01", "2024-12-31", "month"),
    ("hr", "sastali su se prošle godine u maju", "2024-05-01", "2024-05-31", "month"),
    ("mk", "на утрешната средба", "2025-07-04", "2025-07-04", "day"),
    ("sr", "na jučerašnjoj sednici", "2025-07-02", "2025-07-02", "day"),
    ("sq", "javën tjetër", "2025-07-07", "2025-07-13", "day"),
    ("fr", "le mois prochain", "2025-08-01", "2025-08-31", "month"),
    ("fr", "Le Parlement a adopté mercredi le texte", "2025-07-02", "2025-07-02", "day"),
    ("de", "Am Mittwochabend kehrte er zurück", "2025-07-02", "2025-07-02", "day"),
    ("sq", "Kuvendi ratifikoi të martën protokollin", "2025-07-01", "2025-07-01", "day"),
    ("mk", "Министерот во средата посети центар", "2025-07-02", "2025-07-02", "day"),
    ("en", "on 1 November", "2025-11-01", "2025-11-01", "day"),
    ("en", "on Dec. 8, 2014", "2014-12-08", "2014-12-08", "day"),
    ("en", "from Oct. 7 to Oct. 10", "2025-10-07", "2025-10-10", "day"),
    ("en", "2025-05-12", "2025-05-12", "2025-05-12", "day"),
    ("en", "12/05/2025", "2025-05-12", "2025-05-12", "day"),
    ("en", "in March 2026", "2026-03-01", "2026-03-31", "month"),
    ("en", "from June to September 2024", "2024-06-01", "2024-09-30", "month"),
    ("en", "in February", "2025-02-01", "2025-02-28", "month"),
    ("en", "last September", "2024-09-01", "2024-09-30", "month"),
    ("en", "next February", "2026-02-01", "2026-02-28", "month"),
    ("en", "in May last year", "2024-05-01", "2024-05-31", "month"),
    ("en", "on 9 March of this year", "2025-03-09", "2025-03-09", "day"),
    ("en", "since 2017", "2017-01-01", "2017-12-31", "year"),
    ("en", "the 2021-2027 budget", "2021-01-01", "2027-12-31", "year"),
    ("en", "in the first half of 2025", "2025-01-01", "2025-06-30", "month"),
    ("en", "in the third quarter of this year", "2025-07-01", "2025-09-30", "month"),
    ("en", "in Q3 2024", "2024-07-01", "2024-09-30", "month"),
    ("en", "by mid-2026", "2026-01-01", "2026-12-31", "year"),
    ("en", "in spring 2024", "2024-03-01", "2024-05-31", "month"),
    ("en", "this autumn", "2025-09-01", "2025-11-30", "month"),
    ("en", "during the spring session", "2025-03-01", "2025-05-31", "session"),
    ("en", "this week", "2025-06-30", "2025-07-03", "day"),
    ("en", "last week", "2025-06-23", "2025-06-29", "day"),
    ("en", "later this week", "2025-07-03", "2025-07-06", "day"),
    ("en", "yesterday", "2025-07-02", "2025-07-02", "day"),
    ("en", "on Monday", "2025-06-30", "2025-06-30", "day"),
    ("en", "last Thursday", "2025-06-26", "2025-06-26", "day"),
    ("en", "earlier this year", "2025-01-01", "2025-12-31", "year"),
    ("lt", "2025 m. liepos 3 d.", "2025-07-03", "2025-07-03", "day"),
    ("lt", "gegužės 12–13 dienomis", "2025-05-12", "2025-05-13", "day"),
    ("lt", "2024 m. birželį", "2024-06-01", "2024-06-30", "month"),
    ("lt", "praėjusią savaitę", "2025-06-23", "2025-06-29", "day"),
    ("lt", "antradienį", "2025-07-01", "2025-07-01", "day"),
    ("de", "vom 8. bis 10. August", "2025-08-08", "2025-08-10", "day"),
    ("de", "am 1. und 2. August 2021", "2021-08-01", "2021-08-02", "day"),
    ("de", "Mitte Mai 2024", "2024-05-01", "2024-05-31", "month"),
    ("nl", "op dinsdag 19 juni 2018", "2018-06-19", "2018-06-19", "day"),
    ("nl", "in maart van dit jaar", "2025-03-01", "2025-03-31", "month"),
    ("fr", "du 3 au 5 mars 2024", "2024-03-03", "2024-03-05", "day"),
    ("bs", "12. i 13. maja 2025. godine", "2025-05-12", "2025-05-13", "day"),
    ("hr", "od 4. do 6. listopada 2018.", "2018-10-04", "2018-10-06", "day"),
    ("sr", "Министар је у среду посетио центар", "2025-07-02", "2025-07-02", "day"),
    ("hr", "Sastanak, zakazan za petak, odgođen je", "2025-07-04", "2025-07-04", "day"),
    ("de", "Die für Montag geplante Reise wurde abgesagt", "2025-07-07", "2025-07-07", "day"),
    ("nl", "Het voor vrijdag geplande bezoek is uitgesteld", "2025-07-04", "2025-07-04", "day"),
    ("fr", "La réunion prévue vendredi a été annulée", "2025-07-04", "2025-07-04", "day"),
    ("sq", "Vizita e planifikuar për të premten u shty", "2025-07-04", "2025-07-04", "day"),
    ("sr", "прошле недеље", "2025-06-23", "2025-06-29", "day"),
    ("sr", "4. октобра 2018. године", "2018-10-04", "2018-10-04", "day"),
    ("sl", "28. januarja 2025", "2025-01-28", "2025-01-28", "day"),
    ("sl", "lani", "2024-01-01", "2024-12-31", "year"),
    ("mk", "26 октомври 2022 година", "2022-10-26", "2022-10-26", "day"),
    ("sq", "më 6 nëntor 2023", "2023-11-06", "2023-11-06", "day"),
    ("en", "29. 02. 2016.", "2016-02-29", "2016-02-29", "day"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "start", "end", "precision"), CASES)
def test_dates_are_read_in_every_form(
    find: Find, language: str, text: str, start: str, end: str, precision: str
) -> None:
    found = find(f"x {text} x", "date", language=language)
    assert [(str(m.date_start), str(m.date_end), m.date_precision) for m in found] == [(start, end, precision)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Regulation (EU) 2024/1351 and Decision 2015/1523"),
        ("en", "phone 00 800 67 89 10 11"),
        ("en", "Article 12 of the Law, paragraph 3"),
        ("en", "a second meeting may follow and we march on"),
        ("en", "at 12:30 and 09.27 h, room 2017"),
        ("en", "up to 2000 places for 1999 people"),
        ("de", "ein Mai im Sommer 1 von 2"),
        ("lt", "kovo su korupcija tarnyba 112"),
        ("sl", "v petih primerih od 45"),
        ("de", "Punkt 3.4. der Liste, 2019 Beamte und 1815 schon"),
        ("sr", "zakon 3.5. i za 3.45 miliona evra"),
    ],
)
def test_other_numbers_and_words_are_no_dates(find: Find, language: str, text: str) -> None:
    assert not [m.text for m in find(text, "date", language=language) if m.date_precision != "month"]


def test_an_impossible_date_is_refused_with_its_reason(knowledge: Knowledge) -> None:
    for text, reason in (
        ("on 31 February 2025", "impossible_date"),
        ("on 30.02.2025", "impossible_date"),
        ("on 12 May 9999", "year_out_of_range"),
        ("from 14 to 12 May 2025", "reversed_range"),
    ):
        mentions, rejects = find_mentions(document(f"They met {text}."), knowledge)
        assert not [m for m in mentions if m.kind == "date"]
        assert [(r.kind, r.reason) for r in rejects] == [("date", reason)]
        assert all(r.text in text for r in rejects)


def test_without_a_day_of_publication_only_what_the_text_gives_is_resolved(find: Find) -> None:
    body = "They met from March 18 to 20, 2025. A second meeting follows in May, and one this week."
    found = {m.text: m for m in find(body, "date", published_on=None)}
    assert found["May"].date_start == date(2025, 5, 1)
    assert found["May"].date_anchor == date(2025, 3, 18)
    assert found["this week"].date_start is None
    assert found["this week"].date_precision == "unknown"


def test_the_year_follows_the_day_of_publication_and_nothing_else(find: Find) -> None:
    for published, year in ((date(2018, 6, 19), 2018), (date(1999, 6, 19), 1999), (date(2030, 1, 2), 2029)):
        found = find("on 4-5 October in Tirana", "date", published_on=published)
        assert [m.date_start for m in found] == [date(year, 10, 4)]
        assert found[0].date_anchor == published


def test_a_weekday_ahead_is_the_coming_one(find: Find) -> None:
    assert find("They will meet on Monday.", "date")[0].date_start == date(2025, 7, 7)
    assert find("They met on Monday.", "date")[0].date_start == date(2025, 6, 30)


def test_the_day_before_leans_on_the_date_named_last(find: Find) -> None:
    found = find("It was signed on 9 May 2024 and announced a day earlier.", "date")
    assert (found[1].text, found[1].date_start, found[1].date_precision) == (
        "a day earlier", date(2024, 5, 8), "approx",
    )  # fmt: skip


def test_the_shared_set_is_read_as_the_codebook_asks(shared_dir: Path, find: Find) -> None:
    languages = {"dinsdag": "nl", "3. Juli": "de", "liepos": "lt", "godine": "sr", "januarja": "sl", "октомври": "mk"}
    # The codebook has no precision `week`: this row it reads otherwise.
    otherwise = {"met this week in Vilnius": ("2025-06-30", "2025-07-03")}
    with (shared_dir / "reference" / "dates_testset.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        text = row["text"]
        language = next((code for word, code in languages.items() if word in text), "sq" if "12 maj" in text else "en")
        found = find(text, "date", language=language, published_on=date.fromisoformat(row["anchor"]))
        expected = otherwise.get(text, (row["start"], row["end"]))
        got = [(str(m.date_start), str(m.date_end)) for m in found]
        right = not got if row["precision"] == "none" else len(got) == 1 and all(
            value.startswith(want) for value, want in zip(got[0], expected, strict=True)
        )  # fmt: skip
        if not right:
            wrong.append((text, got, expected))
    assert len(rows) > 40
    assert not wrong
