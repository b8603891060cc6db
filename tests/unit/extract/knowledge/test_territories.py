import pytest

from tasks.extract.knowledge.territories import in_a_name, inflected

from ..conftest import Find


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "Lithuanian officers met Kosovars and the Dutch in the Czech Republic", "LT XK NL CZ"),
        ("en", "the former Yugoslav Republic of Macedonia and Türkiye", "MK TR"),
        ("en", "Kosovo* and BiH", "XK BA"),
        ("lt", "Lietuvos ir Latvijos pareigūnai Šiaurės Makedonijoje bei Juodkalnijoje", "LT LV MK ME"),
        ("lt", "Bosnijai ir Hercegovinai, Vokietijoje, baltarusių", "BA DE BY"),
        ("hr", "austrijsko ministarstvo, u Bosni i Hercegovini, talijanska vlada, iz Crne Gore", "AT BA IT ME"),
        ("bs", "sa Srbijom, Sjevernoj Makedoniji i Kosovu; njemačka agencija", "RS MK XK DE"),
        ("sr", "у Србији, са Црном Гором и Северном Македонијом", "RS ME MK"),
        ("sl", "iz Italije v Slovenijo, hrvaškim organom, deset Eritrejcev in trije Sirci", "IT SI HR ER SY"),
        ("mk", "Северна Македонија, македонската полиција и чешкиот амбасадор во Словачка", "MK CZ SK"),
        ("sq", "në Shqipëri, Republikës së Kosovës dhe Maqedonisë së Veriut, autoritetet italiane", "AL XK MK IT"),
        ("nl", "Nederlandse en Litouwse ambtenaren uit Noord-Macedonië", "NL LT MK"),
        ("de", "der litauischen und österreichischen Behörden aus Nordmazedonien", "LT AT MK"),
        ("fr", "les autorités lituaniennes en Bosnie-Herzégovine", "LT BA"),
    ],
)
def test_countries_are_found_in_all_their_forms(find: Find, language: str, text: str, codes: str) -> None:
    found = {mention.country_code for mention in find(text, "territory", language=language)}
    assert found == set(codes.split())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "they turkey and polish the chad; a Reunion of families"),
        ("de", "Die Insel und das Land, der Mann"),
        ("hr", "Mali koraci i mala pomoć"),
        ("sl", "Mali Janez"),
        ("lt", "visi kovo mėnesį"),
        ("en", "us and it"),
    ],
)
def test_common_words_are_no_countries(find: Find, language: str, text: str) -> None:
    assert not find(text, "territory", language=language)


def test_a_country_within_the_name_of_its_ministry_is_named(find: Find) -> None:
    mentions = find("The Ministry of the Interior of Lithuania said so.")
    territory = next(m for m in mentions if m.kind == "territory")
    organisation = next(m for m in mentions if m.kind == "organisation")
    assert organisation.start <= territory.start < territory.end <= organisation.end
    assert territory.country_code == organisation.country_code == "LT"


def test_stems_are_taken_only_where_they_are_long_enough() -> None:
    assert inflected("Lietuva", "lt") == "Lietuv+"
    assert inflected("Crna Gora", "hbs") is None, "`Gor` with any ending would be found everywhere"
    assert inflected("Kuba", "hbs") is None
    assert inflected("Bosna i Hercegovina", "hbs") == "Bosn+ i Hercegovin+"
    assert inflected("SHBA", "sq") is None
    assert inflected("Lithuania", "en") is None


def test_some_names_take_an_article_in_a_longer_one() -> None:
    assert in_a_name("NL", "Netherlands") == "the Netherlands"
    assert in_a_name("LT", "Lithuania") == "Lithuania"
