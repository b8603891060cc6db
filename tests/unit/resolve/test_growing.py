"""A new day goes on from what the day before left, and comes to the tables of one resolution of everything."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.resolve.left import Left, name_of_left, read_left, write_left
from tasks.resolve.step import further_state
from tests.unit.resolve.newsroom import Newsroom
from tests.unit.resolve.test_history import opening, told
from warehouse.corrections import Correction

PERSONS = ("Vladislav Kondratović", "Vladislavas Kondratovičius", "Viktor Kondratović", "V. Kondratovič")
DAYS = ("2021-11-20", "2021-11-21", "2021-11-22", "2021-11-25")
STORY = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "b", "c", "d"]),
        "captured": st.sampled_from(DAYS),
        "when": st.sampled_from(["2021-11-17", "2021-11-18"]),
        "event_type": st.sampled_from(["opening", "agreement_signed", "negotiation"]),
        "person": st.sampled_from(PERSONS),
        "country": st.sampled_from([None, "LT", "BA"]),
        "partners": st.sampled_from([("LV",), ("LV", "PL"), ()]),
        "instrument": st.sampled_from([None, "agreement", "readmission_agreement"]),
        "ministry": st.sampled_from([None, "Ministry of Security", "Ministry of the Interior"]),
        "copy_of": st.sampled_from([None, None, "a", "b"]),
    }
)


def tell(newsroom: Newsroom, story: dict) -> None:
    """Write one page: who did what when with whom, and a number; some pages are copies of others in their words."""
    name = story["copy_of"] or story["name"]
    words = (
        f"{story['person']} of {story['country']} opened {name} at Lipa on {story['when']}: {story['event_type']}.",
        f"The {story['ministry']} and the {story['instrument']} with {' and '.join(story['partners'])} are in {name}.",
        f"It has 58 beds in {name}.",
    )
    page = newsroom.page(story["name"], f"News of {name}", *words, captured=story["captured"])
    office = {"affiliation": story["ministry"]} if story["ministry"] else {}
    host = page.person(story["person"], "Minister" if story["country"] else None, story["country"], **office)
    if story["ministry"]:
        page.body(story["ministry"], subtype="ministry", country_code=story["country"])
    parties = [("party", page.state(code, code)) for code in story["partners"]]
    named = []
    if story["instrument"]:
        named.append(("instrument", page.mention(story["instrument"], "instrument", subtype=story["instrument"])))
    beds = page.mention("58 beds", "quantity", value_min=58.0, value_max=58.0, unit="beds")
    page.claim(
        story["event_type"], "opened", ("host", host), ("quantity", beds), *parties, *named,
        date=story["when"], place=page.place("Lipa", "BA"),
    )  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STORY, min_size=2, max_size=9, unique_by=lambda story: (story["name"], story["captured"])))
def test_every_day_comes_to_what_one_resolution_of_everything_comes_to(stories):
    newsroom = Newsroom()
    for story in stories:
        tell(newsroom, story)
    by_name = {story["name"]: story for story in stories}
    for story in by_name.values():
        other = story["copy_of"]
        if other in by_name and other != story["name"]:
            pages = {page.doc_id: page for page in newsroom.pages}
            one, two = (next(p for p in pages.values() if p.rows["documents.documents"][0]["external_id"] == name)
                        for name in (other, story["name"]))  # fmt: skip
            newsroom.copy(one, two)
    with tempfile.TemporaryDirectory() as home:
        days = list(newsroom.growing(Path(home)))
    assert len(days) == len({story["captured"] for story in stories})


def test_a_corrected_copy_grows_to_the_same_tables(tmp_path):
    assert len(list(told().growing(tmp_path))) == 5


def test_a_day_touches_only_the_blocks_its_documents_fall_in(tmp_path):
    newsroom = Newsroom()
    for number in range(12):
        opening(newsroom, f"old{number}", "2021-11-20", when=f"2020-{number + 1:02d}-10")
    opening(newsroom, "new", "2021-11-21", when="2021-11-19")
    opening(newsroom, "report", "2021-11-22", when="2021-11-19")
    (_, first), (_, alone), (_, joined) = newsroom.growing(tmp_path)
    assert (first.work.documents, alone.work.documents, joined.work.documents) == (12, 1, 1)
    assert alone.work.blocks_touched < first.work.blocks_touched / 4 < alone.work.blocks
    assert first.work.blocks_touched == first.work.blocks
    # The event of the second day is in a week of its own; that of the third meets it, and nothing else.
    assert joined.families.events.graph.n_judged > alone.families.events.graph.n_judged == 0


def left_of(newsroom: Newsroom, home: Path) -> Left:
    *_, (_, state) = newsroom.growing(home)
    return Left({"a": "1"}, state.left)


def test_a_document_that_comes_late_or_another_history_is_of_no_use(tmp_path):
    newsroom = Newsroom()
    opening(newsroom, "b", "2021-11-21")
    left = left_of(newsroom, tmp_path)
    opening(newsroom, "a", "2021-11-20")
    assert further_state(left.state, newsroom.tables(), ()) is None


def test_a_new_decision_of_a_person_is_followed_from_the_first_day_on(tmp_path):
    newsroom = Newsroom()
    first = opening(newsroom, "a", "2021-11-20", when="2021-11-10")
    second = opening(newsroom, "b", "2021-11-21")
    left = left_of(newsroom, tmp_path)
    merge = Correction("merge", first["claim_id"], second["claim_id"], "", "", "one opening", "an editor", "2021-12-01")
    opening(newsroom, "c", "2021-11-22")
    assert further_state(left.state, newsroom.tables(), (merge,)) is None
    assert further_state(left_of(newsroom, tmp_path).state, newsroom.tables(), ()) is not None


def test_only_what_the_next_run_may_go_on_from_is_kept(tmp_path):
    newsroom = Newsroom()
    opening(newsroom, "a", "2021-11-20")
    left = left_of(newsroom, tmp_path / "other")
    for name, before in (("one", None), ("two", "one"), ("three", "two")):
        write_left(tmp_path, name, left, before)
    assert [read_left(tmp_path, name) is not None for name in ("one", "two", "three")] == [False, True, True]
    write_left(tmp_path, "four", left, None)
    assert [path.stem for path in (tmp_path / "state").rglob("*.bin")] == ["four"]


def test_the_name_changes_with_code_corrections_and_registry():
    registry = {"id_registry": "1"}
    names = {
        name_of_left("code", "none", registry), name_of_left("other code", "none", registry),
        name_of_left("code", "one", registry), name_of_left("code", "none", {"id_registry": "2"}),
    }  # fmt: skip
    assert len(names) == 4


def damaged(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def foreign(content: bytes) -> bytes:
    payload = pickle.dumps(print)
    return hashlib.sha256(payload).digest() + payload


def imported(content: bytes) -> bytes:
    """A class that a module of the stage imports, under that module's name."""
    payload = pickle.dumps(Left({}, None)).replace(b"\x8c\x04Left", b"\x8c\x04Path")  # type: ignore[arg-type]
    return hashlib.sha256(payload).digest() + payload


def something_else(content: bytes) -> bytes:
    payload = pickle.dumps({"a": 1})
    return hashlib.sha256(payload).digest() + payload


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (damaged, "is damaged"),
        (foreign, "it names builtins.print"),
        (imported, "it names tasks.resolve.left.Path"),
        (something_else, "a dict"),
        (lambda content: b"", "is damaged"),
    ],
)
def test_a_file_that_is_not_what_was_left_is_not_read(tmp_path, change, reason, caplog):
    newsroom = Newsroom()
    opening(newsroom, "a", "2021-11-20")
    write_left(tmp_path, "one", replace(left_of(newsroom, tmp_path / "other"), inputs={}), None)
    path = tmp_path / "state" / "resolution" / "one.bin"
    assert read_left(tmp_path, "one") is not None
    path.write_bytes(change(path.read_bytes()))
    assert read_left(tmp_path, "one") is None
    assert reason in caplog.text and "resolved anew" in caplog.text
