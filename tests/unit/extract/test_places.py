import pytest

from .conftest import Find


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "gathered in Budva (Montenegro)", [("Budva", "Budva", "ME")]),
        ("en", "at Lipa near Bihać, in the Una-Sana Canton", [
            ("Lipa", "Lipa", "BA"), ("Bihać", "Bihać", "BA"), ("Una-Sana Canton", "Una-Sana Canton", "BA")]),
        ("de", "Einen Antrag will Vilnius stellen, in Brüssel", [("Vilnius", "Vilnius", "LT"),
                                                                 ("Brüssel", "Brussels", "BE")]),
        ("sl", "v azilnem domu na Viču v Ljubljani", [("Viču", "Vič", "SI"), ("Ljubljani", "Ljubljana", "SI")]),
        ("hr", "na Lipi kod Bihaća", [("Lipi", "Lipa", "BA"), ("Bihaća", "Bihać", "BA")]),
        ("mk", "потпишан во Скопје", [("Скопје", "Skopje", "MK")]),
        ("sq", "në portin e Shëngjinit dhe në Romë", [("Shëngjinit", "Shëngjin", "AL"), ("Romë", "Rome", "IT")]),
        ("lt", "Vilniuje ir Briuselyje", [("Vilniuje", "Vilnius", "LT"), ("Briuselyje", "Brussels", "BE")]),
        ("en", "held in Gornja Bukovica (Serbia) last year", [("Gornja Bukovica", "Gornja Bukovica", "RS")]),
        ("en", "at the Vaalimoja border crossing", [("Vaalimoja", "Vaalimoja", None)]),
        ("en", "a meeting in Chernelytsia about", [("Chernelytsia", "Chernelytsia", None)]),
        ("en", "TRNOVICA, March 3 (FENA) - It was opened", [("TRNOVICA", "Trnovica", None)]),
    ],
)  # fmt: skip
def test_places_are_found(find: Find, language: str, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(m.text, m.name, m.country_code) for m in find(text, "place", language=language)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "the Geneva Convention, the Prague Process and the Dublin Regulation",
        "they had to split the bar and nice people",
        "Florence Bar, a meeting in Parliament, held in April",
        "in Skopje-based",
    ],
)
def test_words_and_names_of_other_things_are_no_places(find: Find, text: str) -> None:
    assert [m.text for m in find(text, "place") if m.text != "Skopje"] == []


def test_an_ambiguous_name_is_a_place_after_a_preposition(find: Find) -> None:
    assert [m.country_code for m in find("It was held in Bar (Montenegro).", "place")] == ["ME"]
    assert find("The Bar was raised.", "place") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They were based in Lesvos and Drymonas.", ["Lesvos", "Drymonas"]),
        ("lt", "Patruliuos ties Druskininkais ir Dieveniškėmis.", ["Druskininkais", "Dieveniškėmis"]),
        ("nl", "De opvang in Wester-Oosterzand sluit.", ["Wester-Oosterzand"]),
        ("hr", "Sastanak je održan u Passauu.", ["Passauu"]),
        ("sr", "Центар је у Бујановцу.", ["Бујановцу"]),
        ("en", "They go to posts in Ulcinj, Drymonas and Rožaje.", ["Ulcinj", "Drymonas", "Rožaje"]),
        ("hr", "Timovi su u Sarajevu, Gradinama i Bihaću.", ["Sarajevu", "Gradinama", "Bihaću"]),
        ("en", "In Vienna, Drymonas spoke first.", ["Vienna"]),
        (
            "en",
            "Boats left from the Drymonas river and the Ostrovo and Velino border posts.",
            ["Drymonas", "Ostrovo", "Velino"],
        ),
        ("en", "The camp, a new camp, this border post and the old and new camps are full.", []),
        ("en", "It landed at Drymonas International Airport.", ["Drymonas"]),
    ],
)
def test_places_joined_compound_and_inflected(find: Find, language: str, text: str, expected: list[str]) -> None:
    assert [place.text for place in find(text, "place", language=language)] == expected
