import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.labellers.alignment import align

TEXT = (
    "Ministers met in Podgorica on 3 July.\n\nThe Agency said that 58 persons were returned to Albania under the "
    "protocol, and that no further flight is planned. Frontex Agency staff took part."
)


def words(aligned):
    return TEXT[aligned.start : aligned.end], aligned.alignment


def test_words_at_the_given_offset_are_exact():
    assert words(align(TEXT, "Podgorica", 17)) == ("Podgorica", "exact")


def test_words_elsewhere_than_said_are_moved_to_the_nearest():
    found = align(TEXT, "Agency", 150)
    assert words(found) == ("Agency", "moved")
    assert found.start == TEXT.rindex("Agency")


def test_without_an_offset_the_first_place_counts():
    assert align(TEXT, "Agency").start == TEXT.index("Agency")


def test_a_word_is_not_found_within_another():
    assert align(TEXT, "Front") is None
    assert align(TEXT, "person") is None


@pytest.mark.parametrize(
    "said", ["ministers MET  in podgorica", "Ministers met\nin Podgorica", "Ministers met in Podgorica "]
)
def test_case_and_spaces_do_not_matter(said):
    aligned = align(TEXT, said)
    assert TEXT[aligned.start : aligned.end] == "Ministers met in Podgorica"


def test_quotes_and_dashes_do_not_matter():
    text = "The “Return – Reintegration” project was launched."
    aligned = align(text, '"Return - Reintegration" project')
    assert (text[aligned.start : aligned.end], aligned.alignment) == ("“Return – Reintegration” project", "folded")


def test_a_long_quote_may_differ_by_a_word():
    aligned = align(TEXT, "The Agency said that 58 people were returned to Albania under the protocol")
    assert words(aligned) == ("The Agency said that 58 persons were returned to Albania under the protocol", "fuzzy")


@pytest.mark.parametrize(
    "lie",
    [
        "The Agency said that 85 persons were returned to Albania under the protocol",
        "The Agency said that 58 persons were not returned to Albania under the protocol",
        "and that further flight is planned",
        "The Agency was sorry that many persons could not be brought to Kosovo last year",
        "",
        "   ",
    ],
)
def test_numbers_and_negations_may_not_differ(lie):
    assert align(TEXT, lie) is None


def test_words_outside_the_limits_are_not_found():
    assert align(TEXT, "Albania", within=(0, 40)) is None
    assert words(align(TEXT, "Podgorica", within=(0, 40))) == ("Podgorica", "exact")


@given(st.text(max_size=80), st.text(max_size=30), st.one_of(st.none(), st.integers(-5, 100)))
def test_whatever_is_found_lies_in_the_text(text, said, start):
    aligned = align(text, said, start)
    if aligned is not None:
        assert 0 <= aligned.start < aligned.end <= len(text)
        if aligned.alignment in ("exact", "moved"):
            assert text[aligned.start : aligned.end] == said.strip()


@given(st.data())
def test_a_part_of_the_text_is_found_where_it_stands(data):
    spans = [(m, n) for m in range(0, len(TEXT), 7) for n in range(m + 1, min(len(TEXT), m + 60), 11)]
    start, end = data.draw(st.sampled_from(spans))
    said = TEXT[start:end]
    if said == said.strip():
        assert align(TEXT, said, start).alignment == "exact"
