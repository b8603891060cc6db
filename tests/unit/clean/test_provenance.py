from datetime import date

import pytest

from tasks.clean.furniture import classify
from tasks.clean.lines import Line
from tasks.clean.provenance import find_provenance


def find(phrases, *texts, hrefs=()):
    lines = [Line(text, hrefs=hrefs) for text in texts]
    return find_provenance(lines, [classify(text, phrases) for text in texts], phrases)


@pytest.mark.parametrize(
    ("notice", "publisher", "day"),
    [
        (
            "Met dank overgenomen van Raad van Europa (RvE), gepubliceerd op woensdag 8 mei 2019.",
            "Raad van Europa (RvE)",
            date(2019, 5, 8),
        ),
        ("Republished with permission from Balkan Insight, 3 May 2024", "Balkan Insight", date(2024, 5, 3)),
        ("This article was originally published by Euractiv on 12 April 2023.", "Euractiv", date(2023, 4, 12)),
        ("Dieser Beitrag erschien zuerst bei Der Standard.", "Der Standard", None),
        ("Preuzeto sa portala Klix, 5. maja 2023.", "portala Klix", date(2023, 5, 5)),
        ("Преземено од МИА", "МИА", None),
        ("Perskelbta iš BNS", "BNS", None),
    ],
)
def test_a_notice_of_republication_names_publisher_and_day(phrases, notice, publisher, day):
    found = find(phrases, "Headline of it", notice)
    assert found.removed[1].kind == "syndication_wrapper"
    (link,) = found.links
    assert (link.relation, link.publisher, link.published_on) == ("republishes", publisher, day)


def test_a_source_block_gives_publisher_day_title_and_address(phrases):
    found = find(
        phrases,
        "Source(s)",
        "· Migration Office | Migracijos tarnyba (8 May, 2019), Atidarytas naujas skyrius [ A new office opened],"
        "https://tarnyba.example/lt/naujienos/atidarytas-skyrius/",
    )
    assert sorted(found.removed) == [0, 1]
    (link,) = found.links
    assert link.relation == "cites"
    assert link.url == "https://tarnyba.example/lt/naujienos/atidarytas-skyrius/"
    assert link.title == "Atidarytas naujas skyrius"
    assert link.publisher == "Migration Office | Migracijos tarnyba"
    assert link.published_on == date(2019, 5, 8)


def test_a_heading_without_entries_is_no_source_block(phrases):
    found = find(
        phrases, "Izvor", "Podijeli ovo:", "Ured je otvoren u ponedjeljak i u njemu radi više od dvadeset službenika."
    )
    assert found.links == ()
    assert found.removed == {}


@pytest.mark.parametrize(
    ("lines", "hrefs"),
    [
        (["More about the project: https://a.example/p/22"], ()),
        (["More about the project:", "https://a.example/p/22"], ()),
        (["Više o projektu"], ("https://a.example/p/22",)),
    ],
)
def test_a_project_link_gives_the_address(phrases, lines, hrefs):
    found = find(phrases, *lines, hrefs=hrefs)
    (link,) = found.links
    assert (link.relation, link.url) == ("project_page", "https://a.example/p/22")
    assert len(found.removed) == len(lines)


def test_an_agency_credit_names_the_agency(phrases):
    found = find(phrases, "(Source: Fena)")
    assert found.removed[0].kind == "agency_credit"
    assert [(link.relation, link.publisher) for link in found.links] == [("cites", "Fena")]


def test_a_credit_outside_the_text_is_not_the_texts(phrases):
    lines = [Line("Quelle: Archiv")]
    found = find_provenance(lines, [classify("Quelle: Archiv", phrases)], phrases, chosen=frozenset())
    assert (found.links, found.removed) == ((), {})
