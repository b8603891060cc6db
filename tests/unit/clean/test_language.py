import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tasks.clean.language import OURS, _identifier, identify, identify_document, identify_sentence

CROATIAN = (
    "Ministar unutarnjih poslova rekao je da će tijekom siječnja u tisuću slučajeva surađivati s europskim tijelima."
)
BOSNIAN = "Ministar je saopćio da će općine tokom januara sarađivati s evropskim tijelima; historija saradnje je duga."
SERBIAN = (
    "Ministar unutrašnjih poslova saopštio je da će opštine posle sednice Vlade dve nedelje čekati izveštaj iz Evrope."
)
MONTENEGRIN = (
    "Crnogorski ministar saopštio je u Podgorici da se zahtjevi rješavaju i da je bezbjednost prioritet Evrope."
)
UNDECIDED = "Ministri su potpisali protokol o vraćanju osoba i razgovarali o granici, policiji i zajedničkim patrolama."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers of five countries signed a protocol on readmission.", "en"),
        ("Vidaus reikalų ministras pasirašė readmisijos protokolą.", "lt"),
        ("De ministers van vijf landen tekenden een protocol over terugkeer.", "nl"),
        ("Die Minister von fünf Ländern unterzeichneten ein Protokoll über die Rückübernahme.", "de"),
        ("Les ministres de cinq pays ont signé un protocole de réadmission.", "fr"),
        ("Министерот потпиша протокол за реадмисија во Скопје.", "mk"),
        ("Ministri nënshkroi protokollin për ripranimin e personave në Tiranë.", "sq"),
        ("Ministra sta podpisala protokol o vračanju oseb, ki prebivajo brez dovoljenja.", "sl"),
    ],
)
def test_our_languages(text, language):
    assert identify(text).language == language


@pytest.mark.parametrize(
    ("text", "language"), [(CROATIAN, "hr"), (BOSNIAN, "bs"), (SERBIAN, "sr"), (MONTENEGRIN, "sr"), (UNDECIDED, "sh")]
)
def test_bosnian_croatian_and_serbian_are_told_apart_where_words_decide(phrases, text, language):
    assert identify_document(text, phrases.words).language == language


def test_what_a_page_calls_itself_decides_where_words_do_not(phrases):
    assert identify_document(UNDECIDED, phrases.words, tagged="hr-HR").language == "hr"
    assert identify_document(UNDECIDED, phrases.words, url="https://mup.gov.rs/vest").language == "sr"
    assert identify_document(CROATIAN, phrases.words, tagged="sr").language == "hr"


def test_serbian_in_cyrillic(phrases):
    text = (
        "Министар унутрашњих послова Србије потписао је данас са министарком Словеније споразум о полицијској сарадњи."
    )
    assert identify_document(text, phrases.words).language == "sr"


@pytest.mark.parametrize(
    "text",
    [
        "1234 / 5678",
        "Министр внутренних дел подписал соглашение о реадмиссии, это было объявлено вечером.",
        "O ministro assinou ontem em Lisboa um acordo de readmissão com os parceiros da região, informou o governo; "
        "as negociações duraram três anos e o texto ainda não foi publicado. O parlamento vai discutir a proposta.",
    ],
)
def test_other_languages_are_not_forced_into_ours(text):
    assert identify(text).language == "und"


def test_a_sentence_has_its_own_language_only_where_it_is_long_and_clear(phrases):
    german = "Die Minister von fünf Ländern unterzeichneten heute ein Protokoll über die Rückübernahme von Personen."
    assert identify_sentence(german, "en", phrases.function_words) == "de"
    assert identify_sentence("Guten Tag", "en", phrases.function_words) == "en"
    assert identify_sentence(CROATIAN, "sr", phrases.function_words) == "sr"
    assert identify_sentence(CROATIAN, "en", phrases.function_words) == "sh"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (CROATIAN, "sl"),
        (BOSNIAN, "mk"),
        ("De ministers van vijf landen tekenden in Den Haag een protocol over de terugkeer.", "de"),
    ],
)
def test_small_words_that_neighbours_share_do_not_keep_a_foreign_sentence(text, language, phrases):
    assert identify_sentence(text, language, phrases.function_words) != language


def test_every_language_has_small_words_of_its_own(phrases):
    languages = {language for owners in phrases.function_words.values() for language in owners}
    assert languages == {"de", "en", "fr", "lt", "mk", "nl", "sh", "sl", "sq"}


def test_the_languages_of_ours_are_asked_with_the_same_model_as_all_others():
    """Both share what was read of it: neither may change the other."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    ours, all_of_them = _identifier(restricted=True), _identifier(restricted=False)
    for text in (CROATIAN, BOSNIAN, MONTENEGRIN, "Los ministros firmaron un protocolo."):
        model.set_languages(OURS)
        assert ours.rank(text) == model.rank(text)
        model.set_languages(None)
        assert all_of_them.rank(text) == model.rank(text)
    assert {name for name, _ in ours.rank(UNDECIDED)} == OURS < {name for name, _ in all_of_them.rank(UNDECIDED)}
