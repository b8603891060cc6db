import pytest

from warehouse.serbian import phrase_in_cyrillic, to_latin, to_serbian_cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Ljubljana i Njegoš, Džemal", "Љубљана и Његош, Џемал"),
        ("đačka kuća, žeđ, ćuprija", "ђачка кућа, жеђ, ћуприја"),
        ("8. maja 2019.", "8. маја 2019."),
    ],
)
def test_serbian_goes_from_one_alphabet_into_the_other_and_back(latin: str, cyrillic: str) -> None:
    assert to_serbian_cyrillic(latin) == cyrillic
    assert to_latin(cyrillic) == latin


def test_two_capitals_are_one_letter_in_cyrillic() -> None:
    assert to_serbian_cyrillic("NJEGOŠ") == "ЊЕГОШ"


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("Podelite vest", "Поделите вест"),
        ("Preuzmi PDF", "Преузми PDF"),
        ("Prijavite se na newsletter", "Пријавите се на newsletter"),
        ("Strana # od #", "Страна # од #"),
        ("s", "с"),
        ("RSS", None),
        ("Tweetaj", None),
        ("###", None),
    ],
)
def test_a_phrase_of_a_page_keeps_what_such_pages_keep_in_latin(phrase: str, written: str | None) -> None:
    assert phrase_in_cyrillic(phrase) == written
