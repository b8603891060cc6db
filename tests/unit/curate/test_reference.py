"""The knowledge tables: those of the repository, and the mistakes a person makes in them."""

import re
from pathlib import Path

import pytest

from tasks.curate.reference import read_event_types, read_instrument_numbers, read_territories
from warehouse.errors import ConfigurationError
from warehouse.vocabulary import EVENT_TYPES

TERRITORY_HEADER = (
    "iso2,iso3,name,eu_member_since_on,eu_member_until_on,is_wb6,forms,blocked_forms,note,source,certainty"
)
TYPE_HEADER = "type,label,definition,plover_event,plover_mode,cameo_code"
# Event classes of the PLOVER manual of 2021.
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "DEMAND", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def territories(directory: Path, *rows: str) -> Path:
    (directory / "territories.csv").write_text("\n".join([TERRITORY_HEADER, *rows, ""]), encoding="utf-8")
    return directory


def test_the_territories_of_the_repository(reference):
    rows = {row["country_code"]: row for row in read_territories(reference).to_pylist()}
    assert len(rows) >= 249
    assert sum(row["is_wb6"] for row in rows.values()) == 6
    members = [row for row in rows.values() if row["eu_member_since_on"] and not row["eu_member_until_on"]]
    assert len(members) == 27
    assert rows["XK"]["country_code3"] == "XKX"
    assert rows["XK"]["note"]
    assert rows["GB"]["eu_member_until_on"].year == 2020


def test_the_event_types_of_the_repository(reference):
    rows = read_event_types(reference).to_pylist()
    assert [row["type"] for row in rows] == list(EVENT_TYPES)
    for row in rows:
        assert row["label"]
        assert row["definition"].endswith(".")
        assert row["plover_event"] is None or row["plover_event"] in PLOVER
        assert row["cameo_code"] is None or re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", row["cameo_code"])
        assert row["plover_mode"] is None or row["plover_event"] is not None


def test_the_numbers_of_acts_of_the_repository(reference):
    rows = {row["instrument_id"]: row["reference"] for row in read_instrument_numbers(reference).to_pylist()}
    assert rows["AMMR"] == "2024/1351"
    assert all(rows.values())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("LT,LTU,Lithuania,1 May 2004,,false,,,,x,1", "territories.csv:2: eu_member_since_on '1 May 2004' is no day"),
        ("LT,LTU,Lithuania,2004-05-01,,no,,,,x,1", "territories.csv:2: is_wb6 'no' is no truth value"),
        ("ZZ,ZZZ,Nowhere,,,false,,,,x,1", "territories.csv:2: ZZ is the code of the unknown country"),
        ("LT,LTU,Lithuania,,,false", "territories.csv:2"),
    ],
)
def test_a_wrong_territory_is_named_with_its_line(tmp_path, row, message):
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        read_territories(territories(tmp_path, row))


def test_a_territory_given_twice_is_refused(tmp_path):
    row = "LT,LTU,Lithuania,,,false,,,,x,1"
    with pytest.raises(ConfigurationError, match="stands on line 2 already"):
        read_territories(territories(tmp_path, row, row))


def test_an_event_type_outside_the_codebook_is_refused(tmp_path):
    (tmp_path / "event_types.csv").write_text(f"{TYPE_HEADER}\nparty,Party,A party.,,,\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"event_types\.csv:2: 'party' is no event type"):
        read_event_types(tmp_path)


def test_a_forgotten_event_type_is_named(tmp_path):
    rows = [f"{name},Label,Definition.,,," for name in EVENT_TYPES if name != "visit"]
    (tmp_path / "event_types.csv").write_text("\n".join([TYPE_HEADER, *rows, ""]), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="lacks the event types visit"):
        read_event_types(tmp_path)
