import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.resolve.names import (
    compare_first_names,
    edit_distance,
    fold,
    near,
    numerals,
    person_name,
    same_surname,
    sound_key,
)

SPELLINGS = ("Kondratovič", "Kondratović", "Kondratovičius", "Kondratovich", "Kondratowitsch", "Кондратович")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_of_one_surname_sound_alike(spelling):
    assert sound_key(spelling) == "kondratovic"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Jačanje” – Đurić", "jacanje djuric"),
        ("Скопје, Куманово", "skopje kumanovo"),
        ("Łódź ISLAND", "lodz island"),
        ("  ", ""),
    ],
)
def test_fold_leaves_letters_of_one_alphabet(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_settled_after_one_pass(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Vladislav Kondratović", "Vladislavas Kondratovičius", "near"),
        ("Vladimir Makei", "Uladzimir Makei", "near"),
        ("V. Kondratovič", "Vladislav Kondratović", "initial"),
        ("В. Кондратович", "Vladislav Kondratović", "initial"),
        ("Kondratovič", "Vladislav Kondratović", "missing"),
        ("Vladislav Kondratović", "Viktor Kondratović", "different"),
        ("Goran Petrović", "Zoran Petrović", "different"),
        ("Ivan Petrović", "Ivana Petrović", "different"),
        ("Ivan Petrović", "Ivana Petrovića", "equal"),
        ("Bejtush GASHI", "Bejtush Gashi", "equal"),
    ],
)
def test_first_names(left, right, expected):
    a, b = person_name(left), person_name(right)
    assert compare_first_names(a, b) == compare_first_names(b, a) == expected


def test_an_inflected_surname_is_the_same():
    assert same_surname(person_name("Dragutin Mate"), person_name("D. Matea"))
    assert not same_surname(person_name("Dragutin Mate"), person_name("Dragutin Mato"))


@pytest.mark.parametrize(
    ("name", "numbers"), [("FREM II", ("2",)), ("FREM III", ("3",)), ("IPA 2019, phase IV", ("2019", "4")), ("MIX", ())]
)
def test_numerals(name, numbers):
    assert numerals(name) == numbers


def test_near_names_have_the_same_numerals_and_hardly_another_letter():
    assert near("Strengthening Migration Management", "Strengthening migration managment")
    assert not near("Regional Support to Migration Management II", "Regional Support to Migration Management III")
    assert not near("FREM", "FRAM")


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_edit_distance_is_symmetric_and_capped(left, right):
    assert edit_distance(left, right, 2) == edit_distance(right, left, 2) <= 3
    assert (edit_distance(left, right, 2) == 0) == (left == right)
