from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tasks.clean.identifier import load_identifier
from tasks.clean.language import OURS

TEXTS = (
    "The ministers of five countries signed a protocol on readmission in Bar on 3 May 2024.",
    "Министарство унутрашњих послова саопштило је да су вође мешовитих патрола разговарале у Београду.",
    "Министерството за внатрешни работи и амбасадата потпишаа меморандум за соработка во Скопје.",
    "Vidaus reikalų ministerija skelbia, kad į Kuršėnus atvyko penkiasdešimt aštuoni asmenys, prašantys prieglobsčio.",
    "Ministria e Brendshme nënshkroi në Tiranë një marrëveshje për rikthimin e personave pa leje qëndrimi.",
    "ČETVRTI SASTANAK ZAJEDNIČKOG ODBORA",
    "1234",
    "",
    "\ud800 a lone surrogate",
)


def rank_by_library(languages):
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if languages:
        library.set_languages(languages)
    return library.rank


OURS_ALONE, ALL = (load_identifier(OURS), rank_by_library(OURS)), (load_identifier(), rank_by_library(None))


def test_languages_and_shares_are_those_of_the_library():
    for identifier, rank in (OURS_ALONE, ALL):
        for text in (*TEXTS, " ".join(TEXTS) * 3):
            assert identifier.rank(text) == rank(text)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300))
def test_any_text_is_ranked_as_the_library_ranks_it(text):
    identifier, rank = OURS_ALONE
    assert identifier.rank(text) == rank(text)


def test_an_identifier_knows_the_languages_it_was_asked_for():
    assert set(load_identifier(["lt", "sq"]).labels) == {"lt", "sq"}
    assert load_identifier(["lt", "sq"]).rank(TEXTS[3])[0][0] == "lt"
