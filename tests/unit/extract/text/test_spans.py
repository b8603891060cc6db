from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.text.repeats import find_repeats
from tasks.extract.text.spans import SpanMask

_LENGTH = 40
_spans = st.lists(st.tuples(st.integers(0, _LENGTH), st.integers(0, _LENGTH)).map(lambda p: (min(p), max(p))))


@given(_spans, st.tuples(st.integers(0, _LENGTH), st.integers(0, _LENGTH)).map(lambda p: (min(p), max(p))))
def test_a_mask_answers_like_the_list_of_its_spans(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    mask = SpanMask(_LENGTH, spans)
    marked = {i for start, end in spans for i in range(start, end)}
    assert mask.touches(*asked) == any(i in marked for i in range(*asked))
    assert mask.covers(asked[0]) == (asked[0] in marked)


def test_repeats_stand_between_word_edges_as_written() -> None:
    text = "EPCA, the EPCA-plus, epca, XEPCA and EPCA2; EPCA."
    assert [(start, end) for _, start, end in find_repeats(text, ["EPCA"])] == [(0, 4), (10, 14), (44, 48)]


def test_of_overlapping_forms_the_longest_is_taken() -> None:
    assert list(find_repeats("DG HOME", ["DG", "DG HOME"])) == [("DG HOME", 0, 7)]


def test_no_forms_give_nothing() -> None:
    assert list(find_repeats("text", [])) == []
