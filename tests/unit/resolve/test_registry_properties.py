"""What holds of every id whatever is told, corrected, moved apart or brought together, day after day."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.resolve.newsroom import Newsroom, Resolved
from tests.unit.resolve.test_history import equal, ids

NAMES = ("a", "b", "c", "d")
# Two days that are one event, and one far from both: a changed day merges or splits what two documents tell.
DAYS = ("2021-11-10", "2021-11-11", "2021-11-17")
STEP = st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS), st.booleans())
IMMUTABLE = ("kind", "label", "founding_id", "founding_sentence_id", "minted_on")


def told_day_by_day(steps: list[tuple[str, str, bool]]) -> tuple[Newsroom, list[Resolved]]:
    """On each day one document is published or replaced, some under another headline; every day is resolved."""
    newsroom, days = Newsroom(), []
    for number, (name, when, is_retitled) in enumerate(steps):
        headline = f"Corrected news of {name}" if is_retitled else f"News of {name}"
        words = f"The centre at Lipa opened its doors on {when} ({name})."
        page = newsroom.page(name, headline, words, captured=f"2021-12-{number + 1:02d}")
        host = page.state("Lipa", "BA", name="Bosnia and Herzegovina")
        page.claim("opening", "opened", ("host", host), date=when, place=page.place("Lipa", "BA"))
        days.append(newsroom.resolve(prior=days[-1] if days else None))
    return newsroom, days


def registry(resolved: Resolved) -> dict[str, dict[str, object]]:
    return {str(row["id"]): row for row in resolved["id_registry"]}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, min_size=2, max_size=7), st.integers())
def test_an_id_is_never_lost_reused_or_sent_in_circles(steps, seed):
    newsroom, days = told_day_by_day(steps)
    for before, after in itertools.pairwise(days):
        old, new = registry(before), registry(after)
        assert old.keys() <= new.keys(), "no id is lost"
        for identifier, row in old.items():
            assert [new[identifier][name] for name in IMMUTABLE] == [row[name] for name in IMMUTABLE]
    for resolved in days:
        known = registry(resolved)
        active = {identifier for identifier, row in known.items() if row["status"] == "active"}
        assert active == ids(resolved) | ids(resolved, "entities") | ids(resolved, "quantities")
        for row in known.values():
            assert (row["status"] == "redirected") == (row["redirect_to"] is not None)
            assert (row["status"] == "active") == (row["reason"] is None)
            if row["redirect_to"]:
                assert known[str(row["redirect_to"])]["status"] != "redirected", "one step leads to the id to use"
                assert known[str(row["redirect_to"])]["kind"] == row["kind"]
    equal(newsroom.resolve(seed=seed), days[-1])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, min_size=1, max_size=5))
def test_one_more_document_on_something_else_changes_no_row_of_the_registry(steps):
    newsroom, days = told_day_by_day(steps)
    page = newsroom.page("stranger", "Portugal trains", "Portugal held a course in Praia.", captured="2021-12-30")
    page.claim("training", "held", ("organiser", page.state("Portugal", "PT")), place=page.place("Praia", "CV"))
    after = newsroom.resolve(prior=days[-1])
    assert {name: registry(after)[name] for name in registry(days[-1])} == registry(days[-1])
    assert len(ids(after)) == len(ids(days[-1])) + 1


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(NAMES), st.sampled_from(DAYS[:2]))
def test_two_events_that_become_one_keep_the_older_id_and_a_part_that_leaves_gets_a_new_one(names, when):
    apart, together = [(names[0], DAYS[2], False), (names[1], when, False)], (names[1], DAYS[2], False)
    _, days = told_day_by_day([*apart, together, (names[1], when, False)])
    first, second, merged, split = days
    [older] = ids(first)
    [younger] = ids(second) - {older}
    assert ids(merged) == {older}
    assert (merged.registry(younger)["status"], merged.registry(younger)["redirect_to"]) == ("redirected", older)
    assert older in ids(split)
    assert len(ids(split)) == 2
    assert registry(split).keys() >= {older, younger}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS)), min_size=1, max_size=4, unique_by=lambda s: s[0])
)
def test_a_corrected_title_changes_no_published_id(told):
    _, days = told_day_by_day([*((name, when, False) for name, when in told), (*told[-1], True)])
    before, after = days[-2:]
    for table in ("events", "entities"):
        assert ids(after, table) == ids(before, table)
