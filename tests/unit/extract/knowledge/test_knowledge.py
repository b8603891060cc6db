import shutil
from pathlib import Path

import pytest

from tasks.extract.knowledge.knowledge import Knowledge, load_knowledge
from tasks.extract.knowledge.reference_tables import read_tables
from tasks.extract.mentions import find_mentions
from warehouse.errors import ConfigurationError
from warehouse.vocabulary import EVENT_TYPES

from ..conftest import document


@pytest.fixture
def copied(reference_dir: Path, tmp_path: Path) -> Path:
    """A copy of the knowledge files that a test may spoil."""
    target = tmp_path / "reference"
    target.mkdir()
    for path in reference_dir.glob("*.csv"):
        shutil.copy(path, target / path.name)
    return target


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_listed_name_is_found_as_itself(knowledge: Knowledge, reference_dir: Path) -> None:
    tables = read_tables(reference_dir)
    missed = []
    for table, kind, key in (
        ("territories", "territory", "iso2"),
        ("regions", "region", "region_id"),
        ("organisations", "organisation", "organisation_id"),
        ("places", "place", "place_id"),
        ("instruments", "instrument", "instrument_id"),
    ):
        for row in tables[table]:
            if row.get("needs_context") == "true" or row.get("blocked_forms"):
                continue
            mentions, _ = find_mentions(document(f"It is about {row['name']} today."), knowledge)
            if not any(m.kind == kind and m.reference_id == row[key] and m.text == row["name"] for m in mentions):
                missed.append((table, row[key], row["name"]))
    assert not missed


def test_every_abbreviation_that_needs_no_context_is_found(knowledge: Knowledge, reference_dir: Path) -> None:
    missed = []
    for row in read_tables(reference_dir)["organisations"]:
        for written in filter(None, row["abbreviations"].split(";")):
            mentions, _ = find_mentions(document(f"The role of {written} was discussed."), knowledge)
            if not any(m.text == written and m.reference_id == row["organisation_id"] for m in mentions):
                missed.append((row["organisation_id"], written))
    assert not missed


def test_the_event_types_are_those_of_the_vocabulary(reference_dir: Path) -> None:
    lines = (reference_dir / "event_types.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "type,label,definition,plover_event,plover_mode,cameo_code"
    assert [line.split(",")[0] for line in lines[1:]] == list(EVENT_TYPES)


def test_kosovo_is_named_neutrally(reference_dir: Path) -> None:
    row = next(row for row in read_tables(reference_dir)["territories"] if row["iso2"] == "XK")
    assert (row["iso3"], row["is_wb6"]) == ("XKX", "true")
    assert "without prejudice" in row["note"]


def test_a_form_of_two_things_stops_the_loading_with_both_places(copied: Path) -> None:
    name = "International Centre for Migration Policy Development,"
    _edit(copied / "organisations.csv", name, "International Organization for Migration,")
    with pytest.raises(ConfigurationError, match="names organisation") as caught:
        load_knowledge(copied)
    assert str(caught.value).count("organisations.csv:") == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("organisations.csv", ",eu_agency,", ",eu-agency,", "is none of"),
        ("organisations.csv", "eu_agency,,,EU,", "eu_agency,,,NOWHERE,", "is not in organisations.csv"),
        ("instruments.csv", ",eu_regulation,", ",rule,", "is none of"),
        ("places.csv", ",BE,", ",ZZ,", "is not in territories.csv"),
        ("offices.csv", ",MIN-INTERIOR,", ",MIN-INSIDE,", "is not in organisation_types.csv"),
        ("instrument_terms.csv", ",any,", ",some,", "the condition is none of"),
        ("words.csv", "en:today", "today", "is not `language:form`"),
        ("regions.csv", "region_id,name", "region,name", "header"),
    ],
)
def test_a_wrong_row_is_an_error_with_file_and_line(copied: Path, file: str, old: str, new: str, what: str) -> None:
    _edit(copied / file, old, new)
    with pytest.raises(ConfigurationError) as caught:
        load_knowledge(copied)
    assert what in str(caught.value)
    assert f"{file}:" in str(caught.value)


def test_a_doubtful_row_is_not_loaded(copied: Path) -> None:
    text = (copied / "places.csv").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("ME-BUDVA"))
    _edit(copied / "places.csv", line, line.removesuffix(",1") + ",0")
    mentions, _ = find_mentions(document("They met in Budva."), load_knowledge(copied))
    assert not any(m.reference_id == "ME-BUDVA" for m in mentions)


def test_the_hash_follows_the_content(copied: Path) -> None:
    before = load_knowledge(copied).rules_hash
    assert load_knowledge(copied).rules_hash == before
    _edit(copied / "regions.csv", "common usage", "usage")
    assert load_knowledge(copied).rules_hash != before
