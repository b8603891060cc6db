"""What the table of office holders adds from text to release, and what it never changes: own announcements."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest

from warehouse.publication import current

from .conftest import Build

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{day}T09:00:00Z"></head>
<body><main><article><h1>{title}</h1><p>{text}</p></article></main></body></html>
"""
# Name, day of publication, headline, text.
PAGES = (
    ("unnamed", "2024-03-06", "Talks on returns in Zagreb",
     "The Minister of the Interior of Albania met the State Secretary of Slovenia in Zagreb on 5 March 2024. They "
     "spoke about returns and about the exchange of liaison officers at the common centre."),
    ("too_early", "1999-03-06", "Talks on returns in Skopje",
     "The Minister of the Interior of Albania met the delegation of Slovenia in Skopje on 5 March 1999. They spoke "
     "about returns and about the exchange of liaison officers at the common centre."),
    ("listed", "2018-06-20", "A joint statement on border management",
     "Ministers Herbert KICKL and Filip ADŽIĆ signed a joint statement on border management on 19 June 2018. They "
     "agreed to exchange information on smuggling and to train officers together."),
    ("namesake", "2015-05-06", "Border police meet in Zadar",
     "Carmelo Abela, Deputy Minister of the Interior of Croatia, met the delegation of Slovenia in Zadar on 5 May "
     "2015. They spoke about patrols at sea and about the training of officers."),
)  # fmt: skip
Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Rows of a table of the release of these pages, by the values of some columns."""
    folder = tmp_path_factory.mktemp("pages")
    entries = []
    for name, day, title, text in PAGES:
        (folder / f"{name}.html").write_text(PAGE.format(title=title, day=day, text=text), "utf-8")
        entries.append(
            {
                "doc_id": name, "file": f"{name}.html", "url": f"https://ministry.example/{name}",
                "content_type": "text/html", "retrieved_at": f"{day}T18:00:00Z",
            }
        )  # fmt: skip
    (folder / "manifest.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries), "utf-8")
    release = current(build(folder))
    assert release is not None

    def read(table: str, **wanted: object) -> list[dict[str, Any]]:
        found = pq.read_table(release.path / "tables" / f"{table}.parquet").to_pylist()
        return [row for row in found if all(row[name] == value for name, value in wanted.items())]

    return read


def test_an_unnamed_minister_has_candidates_and_stays_unnamed(rows: Rows) -> None:
    (candidate,) = rows("bridge_role_candidate")
    assert (candidate["candidate_name"], candidate["basis"]) == ("Taulant Balla", "reference")
    assert (candidate["party_name"], candidate["role"]) == ("Albania", "participant")
    (event,) = rows("fact_event", event_id=candidate["event_id"])
    assert event["start_on"].isoformat() == "2024-03-05"
    assert "Taulant Balla" not in {party["party_name"] for party in rows("bridge_event_party")}
    assert rows("dim_person", name="Taulant Balla") == []
    (claim,) = rows("fact_claim", claim_id=candidate["claim_id"])
    assert "Minister of the Interior of Albania" in claim["quote"]


def test_no_candidate_comes_from_outside_the_spell(rows: Rows) -> None:
    (event,) = [one for one in rows("fact_event", event_type="meeting") if str(one["start_on"]) == "1999-03-05"]
    assert "Albania" in {party["party_name"] for party in rows("bridge_event_party", event_id=event["event_id"])}
    assert rows("bridge_role_candidate", event_id=event["event_id"]) == []


def test_listed_ministers_get_their_countries_from_the_table_of_office_holders(rows: Rows) -> None:
    (kickl,), (adzic,) = (rows("dim_person", name=name) for name in ("Herbert Kickl", "Filip Adžić"))
    assert (kickl["country_code"], kickl["country_basis"]) == ("AT", "reference")
    # He took office four years later: the table says nothing about that day.
    assert (adzic["country_code"], adzic["country_basis"]) == ("ZZ", None)
    parties = {party["party_name"]: party for party in rows("bridge_event_party")}
    assert (parties["Herbert Kickl"]["country_code"], parties["Herbert Kickl"]["country_basis"]) == ("AT", "reference")
    assert parties["Filip Adžić"]["country_code"] == "ZZ"


def test_the_country_that_a_text_gives_is_never_overwritten(rows: Rows) -> None:
    # A namesake of a Maltese minister in office that day.
    (abela,) = rows("dim_person", name="Carmelo Abela")
    assert (abela["country_code"], abela["country_basis"]) == ("HR", "text")
    (party,) = rows("bridge_event_party", party_name="Carmelo Abela")
    assert (party["country_code"], party["country_basis"]) == ("HR", "text")
