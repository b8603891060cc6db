"""What counts as a match, what intervals and committed figures say; the counts are those of the set's own scorer."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tasks.curate.measure import days, figures, names
from tasks.curate.measure.evaluation import evaluate, figures_of, link_figures, read_annotated
from tasks.curate.measure.scoring import score_document
from tasks.curate.measure.tally import FIELDS, rates
from warehouse.errors import ConfigurationError

ANNOTATED = Path(__file__).resolve().parents[2] / "annotated"
SET = read_annotated(ANNOTATED)


# --- names and days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("same", "one", "other", "expected"),
    [
        (names.same_person, "V. Adamkienė", "Vilma Adamkiene", True),
        (names.same_person, "Minister Vilma Adamkienė", "Adamkienė", True),
        (names.same_person, "Vilma Adamkienė", "Rasa Adamkienė", False),
        (names.same_person, "Вилма Георгиева", "Vilma Georgieva", True),
        (names.same_organisation, "The Ministry of Security", "Ministry of Security", True),
        (names.same_organisation, "Ministry of the Interior of Austria", "Ministry of Justice of Austria", False),
        (names.same_organisation, {"name": "Frontex", "aliases_in_text": ["EBCGA"]}, "EBCGA", True),
        (names.same_place, "Скопје", "Skopje", True),
        (names.same_place, "Riga", "Rila", False),
        (names.same_party, "Republic of Moldova", "MD", True),
        (names.same_party, "Moldova", {"name": "Border Police of Moldova"}, False),
        (
            names.same_instrument,
            {"name": "agreement", "kind": "mou"},
            {"name": "agreement on staff", "kind": "mou"},
            True,
        ),
        (names.same_instrument, {"name": "deal", "kind": "mou"}, {"name": "agreement on staff", "kind": "mou"}, False),
    ],
)
def test_names_that_are_and_are_not_one(same: names.Same, one: names.Thing, other: names.Thing, expected: bool) -> None:
    assert same(one, other) is expected
    assert same(other, one) is expected


@pytest.mark.parametrize(
    ("start", "end", "wanted", "agree", "same"),
    [
        ("2025-07-03", "2025-07-03", "2025-07-03", True, True),
        ("2025-07-03", None, "2025-07-04", True, False),
        ("2025-07-03", None, "2025-07-05", False, False),
        ("2025-07", None, "2025-07-31", True, False),
        ("2025-12", "2025-12", "2025-12", True, True),
        ("2025-02-30", None, "2025-07-31", True, False),
    ],
)
def test_days_that_agree(start: str, end: str | None, wanted: str, agree: bool, same: bool) -> None:
    told, right = {"start": start, "end": end}, {"start": wanted, "end": None, "date_precision": "day"}
    assert (days.days_agree(told, right), days.same_days(told, right)) == (agree, same)


def test_of_nothing_asked_and_nothing_told_all_is_right() -> None:
    assert rates((0, 0, 0)) == (1.0, 1.0, 1.0)
    assert rates((0, 0, 3)) == (0.0, 0.0, 0.0)
    assert rates((3, 1, 1)) == (0.75, 0.75, 0.75)


# --- documents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("doc", sorted(SET.gold))
def test_the_reader_agrees_with_the_reader(doc: str) -> None:
    score = score_document(SET.gold[doc], SET.gold[doc])
    assert {name: counts[1:] for name, counts in score.counts.items() if any(counts[1:])} == {}
    assert score.counts["events_strict"][0] == len(SET.gold[doc]["events"])


def test_what_is_optional_is_neither_asked_for_nor_held_against_anybody() -> None:
    wanted = {**SET.gold["t01"], "optional": {"countries": ["PT"], "quantities": [77]}}
    told = copy.deepcopy(SET.gold["t01"])
    told["countries"] = [*told["countries"], "PT", "ES"]  # type: ignore[index]
    told["quantities"] = [*told["quantities"], {"value": 77, "unit": "people"}, {"value": 78, "unit": "people"}]  # type: ignore[index]
    score = score_document(wanted, told)
    assert [score.counts[name][1] for name in ("countries", "quantities")] == [1, 1]


def test_a_plan_told_as_done_is_counted() -> None:
    wanted = SET.gold["t01"]
    told = {**wanted, "events": [{**event, "status": "occurred"} for event in wanted["events"]]}
    plans = sum(event["status"] in ("planned", "cancelled") for event in wanted["events"])
    assert plans > 0
    assert score_document(wanted, told).shares["planned_told_as_happened"] == [1.0] * plans


# --- sets -------------------------------------------------------------------------------------------------------------


def marred(seed: int) -> dict[str, dict[str, Any]]:
    """The annotations with things lost, doubled and changed, always in the same way for a seed."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    told: dict[str, dict[str, Any]] = {doc: copy.deepcopy(dict(gold)) for doc, gold in SET.gold.items()}
    for annotation in told.values():
        # Links are told in a file of their own.
        for key in ("dup_of", "same_event_as"):
            annotation.pop(key, None)
        for key, value in annotation.items():
            if isinstance(value, list) and value:
                draw.shuffle(value)
                annotation[key] = [thing for thing in value if draw.random() < 0.8] + value[: draw.random() < 0.3]
        for event in annotation["events"]:
            event["participants"] = [dict(party) for party in event["participants"] if draw.random() < 0.8]
            if draw.random() < 0.2:
                event |= draw.choice(
                    [{"status": "occurred"}, {"start": None, "end": None}, {"country": "FR"}, {"evidence": "none"}]
                )
            event["event_id"] = draw.choice(["evt_one", "evt_two", None])
        if draw.random() < 0.3:
            annotation["title"], annotation["published_on"] = "Another headline", None
        annotation["main_text"] = annotation["main_text"][: draw.randrange(50, 2000)]
    return told


PAIRS = {"duplicates": [["t01", "t03"], ["t03", "t05"]], "same_event": [["t07", "t09"], ["t02", "t04"]]}


def test_halves_and_languages_hold_all_documents() -> None:
    found = evaluate(SET, marred(1), PAIRS)
    for groups in found.values():
        assert sum(group["documents"] for group in groups.values()) == len(SET.gold)
    assert set(found["half"]) == {"a", "b"}
    assert set(found["language"]) == {gold["language"] for gold in SET.gold.values()}


def test_annotations_stand_in_their_text_and_links_in_one_half() -> None:
    for doc, gold in SET.gold.items():
        for words in [*(event["evidence"] for event in gold["events"]), *gold["optional"]["events"]]:
            assert words in gold["main_text"], (doc, words)
        for event in gold["events"]:
            assert (event["start"] is None) == (event["end"] is None) == (event["date_precision"] == "unknown"), doc
    pairs = [pair for kind in SET.links.values() for pair in kind]
    assert len(pairs) > 5
    assert all(SET.halves[one] == SET.halves[other] for one, other in pairs)


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    told = marred(1)
    scores = [score_document(SET.gold[doc], told[doc]) for doc in SET.gold]
    one, again = figures_of(scores, 200), figures_of(scores, 200)
    assert one == again
    for name in ("countries", "organisations", "events_strict"):
        field = one["fields"][name]
        assert field["low"] < field["f1"] < field["high"]
    few = figures_of(scores[:6], 200)["fields"]["organisations"]
    many = one["fields"]["organisations"]
    assert few["high"] - few["low"] > many["high"] - many["low"]


def test_pairs_follow_from_pairs_and_traps_are_counted() -> None:
    members = frozenset({"t01", "t03", "t05"})
    wanted = {"duplicates": [["t05", "t01"]], "must_not_merge": [["t03", "t01"]]}
    found = link_figures(wanted, {}, PAIRS, members)
    assert (found["duplicates"]["found"], found["duplicates"]["surplus"]) == (1, 2)
    assert (found["wrong_merges"], found["traps"]) == ([["t01", "t03"]], 1)


# The scorer leaves the files it reads to be closed by the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_count_is_that_of_the_scorer_of_the_evaluation_set(seed: int, tmp_path: Path, shared_dir: Path) -> None:
    scorer = _scorer(shared_dir / "evaluation" / "score.py")
    told = marred(seed)
    for doc, annotation in told.items():
        (tmp_path / f"{doc}.json").write_text(json.dumps(annotation), "utf-8")
    (tmp_path / "links.json").write_text(json.dumps(PAIRS), "utf-8")
    found = evaluate(SET, told, PAIRS)
    for half in "ab":
        gold, documents, links, wrong, traps = scorer.run(str(ANNOTATED / "gold"), str(tmp_path), None, half)
        counts, _ = scorer.total(documents, gold)
        ours = found["half"][half]
        assert {name: _counts(ours["fields"][name]) for name in FIELDS} == {name: counts[name] for name in FIELDS}
        assert _counts(ours["links"]["duplicates"]) == list(links["duplicate_pairs"])
        assert _counts(ours["links"]["same_event"]) == list(links["event_merge_pairs"])
        assert ([tuple(pair) for pair in ours["links"]["wrong_merges"]], ours["links"]["traps"]) == (wrong, traps)


def _counts(field: dict[str, Any]) -> list[int]:
    return [field["found"], field["surplus"], field["missed"]]


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_folder_without_annotations_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="annotated folder has gold/"):
        read_annotated(tmp_path)
    (tmp_path / "manifest.jsonl").write_text('{"doc_id": "x", "half": "c"}\n', "utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "x.json").write_text("{}", "utf-8")
    with pytest.raises(ConfigurationError, match="no half for x"):
        read_annotated(tmp_path)


# --- committed figures ------------------------------------------------------------------------------------------------


def test_a_figure_may_fall_by_its_tolerance_and_no_further(tmp_path: Path) -> None:
    halves = evaluate(SET, dict(SET.gold), {})["half"]
    path = tmp_path / "figures.json"
    figures.write_figures(path, halves)
    written = path.read_bytes()
    figures.write_figures(path, halves)
    assert path.read_bytes() == written
    before = figures.read_figures(path)
    assert figures.drops(before, halves) == []

    tolerance = before["a"]["fields"]["organisations"]["tolerance"]
    for fall, expected in ((tolerance * 0.9, []), (tolerance * 1.2, ["organisations"])):
        now = copy.deepcopy(halves)
        now["a"]["fields"]["organisations"]["f1"] -= fall
        assert [drop.field for drop in figures.drops(before, now)] == expected


def test_a_half_that_is_gone_fell_altogether(tmp_path: Path) -> None:
    halves = evaluate(SET, dict(SET.gold), {})["half"]
    figures.write_figures(tmp_path / "figures.json", halves)
    before = figures.read_figures(tmp_path / "figures.json")
    assert {drop.half for drop in figures.drops(before, {"a": halves["a"]})} == {"b"}


@pytest.mark.parametrize("content", ["", "[]", '{"a": {}}', '{"a": {"fields": {"x": {}}, "never": {}}}'])
def test_a_file_that_holds_no_figures_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "figures.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigurationError, match="no committed figures"):
        figures.read_figures(path)
