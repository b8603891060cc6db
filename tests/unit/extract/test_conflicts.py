import itertools

from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.conflicts import resolve_conflicts
from tasks.extract.text.tokens import Candidate

_KINDS = ("organisation", "territory", "place", "person", "project", "instrument", "date", "quantity", "region")


def _candidate(kind: str, start: int, end: int, priority: int = 0, confidence: float = 0.9) -> Candidate:
    return Candidate(kind, start, end, f"{kind}.rule", confidence, {}, priority)


def _spans(*candidates: Candidate) -> list[tuple[str, int, int]]:
    return [(c.kind, c.start, c.end) for c in resolve_conflicts(candidates, 100)]


def test_of_one_kind_the_longer_one_stays() -> None:
    assert _spans(_candidate("organisation", 4, 8), _candidate("organisation", 0, 20)) == [("organisation", 0, 20)]


def test_of_equal_spans_priority_then_confidence_decide() -> None:
    low, high = _candidate("organisation", 0, 9), _candidate("organisation", 0, 9, priority=1)
    assert resolve_conflicts([low, high], 100) == [high]
    sure = _candidate("organisation", 0, 9, confidence=0.95)
    assert resolve_conflicts([low, sure], 100) == [sure]


def test_a_country_within_a_body_is_named_and_a_town_is_not() -> None:
    assert _spans(
        _candidate("organisation", 0, 30), _candidate("territory", 20, 30), _candidate("place", 5, 11)
    ) == [("organisation", 0, 30), ("territory", 20, 30)]  # fmt: skip


def test_a_title_swallows_all_but_countries_and_groups() -> None:
    inner = [_candidate(kind, 3 * n, 3 * n + 2) for n, kind in enumerate(_KINDS) if kind != "project"]
    assert {kind for kind, _, _ in _spans(_candidate("project", 0, 40), *inner)} == {"project", "territory", "region"}


def test_a_name_that_is_taken_in_takes_in_nothing() -> None:
    spans = _spans(_candidate("project", 0, 40), _candidate("person", 10, 20), _candidate("territory", 15, 20))
    assert spans == [("project", 0, 40), ("territory", 15, 20)]


def test_a_country_that_is_a_surname_is_not_named() -> None:
    assert _spans(_candidate("person", 0, 14), _candidate("territory", 8, 14)) == [("person", 0, 14)]


def test_names_that_merely_cross_both_stay() -> None:
    assert len(_spans(_candidate("person", 0, 10), _candidate("place", 6, 15))) == 2


_candidates = st.lists(
    st.builds(
        lambda kind, start, length, priority: _candidate(kind, start, start + length, priority),
        st.sampled_from(_KINDS), st.integers(0, 60), st.integers(1, 30), st.integers(0, 3),
    ),
    max_size=30,
)  # fmt: skip


@given(_candidates)
def test_of_one_kind_nothing_overlaps_and_the_order_of_input_does_not_matter(candidates: list[Candidate]) -> None:
    kept = resolve_conflicts(candidates, 100)
    for kind in _KINDS:
        spans = sorted((c.start, c.end) for c in kept if c.kind == kind)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    again = resolve_conflicts(list(reversed(candidates)), 100)
    assert [(c.kind, c.start, c.end, c.priority) for c in kept] == [(c.kind, c.start, c.end, c.priority) for c in again]
