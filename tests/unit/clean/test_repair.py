import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.repair import find_misreading, printable, repair_text


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("AniÄ‡ i VakarÅ³ krantas", "Anić i Vakarų krantas"),
        ("“curly” ‘quotes’ stay’s", "“curly” ‘quotes’ stay’s"),
        ("terugkeer\u00adcoördinator", "terugkeercoördinator"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("a\u00a0b \t c\u2009d", "a b c d"),
        ("Predsјednik dvije komore, cilјu dalјe", "Predsjednik dvije komore, cilju dalje"),
        ("Министерoт вo Скопје", "Министерот во Скопје"),
        ("oﬃcial ǆep", "official džep"),
        ("li<strong>dhe</strong>n <b>x</b>", "lidhen x"),
        ("Q&amp;A", "Q&A"),
        ("Albania, KosovoÜ and Serbia", "Albania, Kosovo* and Serbia"),
        ("5 < 6 and <unknown>", "5 < 6 and <unknown>"),
        ("the Minister\ufffds visit", "the Minister’s visit"),
        ("Iceland?s visit, they don?t know", "Iceland’s visit, they don’t know"),
        ("Iceland\x92s visit \x96 a step", "Iceland’s visit – a step"),
        (
            "see https://a.example/page?s=5 and https://a.example/x?t",
            "see https://a.example/page?s=5 and https://a.example/x?t",
        ),
        ("e\u0301cole Z" + "\u0301" * 50, "école Ź\u0301\u0301"),
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("nul\x00 and \x07bell", "nul and bell"),
        ("legal residencey, mišlje", "legal residencey, mišlje"),
    ],
)
def test_damage_is_mended_and_nothing_else_changes(damaged, mended):
    assert repair_text(damaged) == mended


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Ministri Anić i Petrović rekli su da službe tačno sarađuju i da će izvještaj biti gotov večeras.",
            "cp1250",
        ),
        ("Vidaus reikalų ministras šią savaitę lankėsi Balkanuose, kur pasirašyti protokolai dėl grąžinimo.", "cp1257"),
        ("Министерот за внатрешни работи денес во Скопје потпиша договор за реадмисија.", "cp1251"),
    ],
)
def test_a_legacy_encoding_read_as_western_european_is_mended(text, encoding):
    misread = text.encode(encoding).decode("cp1252", "replace")
    table = find_misreading([misread])
    assert table is not None
    assert misread.translate(table) == text


@pytest.mark.parametrize(
    "text",
    [
        "Der Präsident begrüßte André Crème und Zoë Höhne aus München, die über Genève nach Vevey reisten.",
        "Kryeministri nënshkroi marrëveshjen në Tiranë, ku përfaqësuesit e të dyja palëve e çmuan bashkëpunimin.",
        "België en Italië spraken over coördinatie; Europeërs vinden crème brûlée en één pièce in Genève.",
        "Le ministre a été reçu à l’Élysée, où il a présenté le rapport relatif à la régularisation des élèves.",
        "Ministri četiriju zemalja sastali su se u Đakovu i raspravljali o vraćanju osoba.",
    ],
)
def test_accents_of_a_language_are_no_damage(text):
    assert find_misreading([text]) is None


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_any_text_becomes_text_that_a_file_can_hold_and_stays_so(text):
    once = repair_text(text)
    once.encode("utf-8")
    assert not any(char < " " and char not in "\n\r" for char in once)
    (printable(text) or "").encode("utf-8")
