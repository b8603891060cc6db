import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.organisations.home_country import HomeCountry
from tasks.extract.text.tokens import View

from ..conftest import document


def _home(knowledge: Knowledge, body: str, title: str = "", language: str = "en") -> HomeCountry:
    view = View(document(body, language=language, title=title), knowledge.word_sets)
    return HomeCountry(view, knowledge.gazetteer.scan(view))


@pytest.mark.parametrize(
    ("language", "title", "body", "country"),
    [
        ("en", "Lithuania signs with Serbia and Serbia", "Serbia. Serbia. Serbia.", "LT"),
        ("en", "UK flight to Rwanda cancelled", "Rwanda and Rwanda.", "GB"),
        ("en", "Frontex starts in Montenegro", "Montenegro borders Croatia.", "ME"),
        ("en", "", "Migrants from Belarus came to Lithuania.", "LT"),
        ("en", "", "The Seimas and Latvia met.", "LT"),
        ("lt", "", "Vengrija ir Vengrija.", "LT"),
        ("sr", "", "Podgorica - Crna Gora i Slovenija, Slovenija.", "ME"),
        ("en", "", "Serbia met Croatia.", None),
        ("en", "", "Nobody was named.", None),
    ],
)
def test_the_country_a_document_is_about(
    knowledge: Knowledge, language: str, title: str, body: str, country: str | None
) -> None:
    assert _home(knowledge, body, title, language).country() == country


def test_towns_tell_the_country_and_where_people_come_from_does_not(knowledge: Knowledge) -> None:
    body = "Syrians and Afghans live in Bihać, Cazin and Velika Kladuša."
    assert _home(knowledge, body).country() == "BA"
    assert (
        _home(knowledge, "Albania heard the minister. He spoke.", "Minister on returns from Britain").country() == "AL"
    )


def test_what_others_of_the_same_sort_have_is_excluded(knowledge: Knowledge) -> None:
    home = _home(knowledge, "Serbia, Serbia and Croatia met.")
    assert home.country() == "RS"
    assert home.country({"RS"}) == "HR"


def test_the_acting_country_of_a_sentence(knowledge: Knowledge) -> None:
    body = (
        "Finland will be represented by the minister. In Serbia the minister met others. Latvia, Estonia, the minister."
    )
    home = _home(knowledge, body)
    offsets = [at for at in range(len(body)) if body.startswith("the minister", at)]
    assert [home.in_sentence(at) for at in offsets] == ["FI", None, None]
