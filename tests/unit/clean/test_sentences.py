import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.sentences import MAX_SENTENCE, split_sentences


def split(text, language, phrases):
    return [text[start:end] for start, end in split_sentences(text, language, phrases.abbreviations)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Minister A. Jansen met Dr. B. Anić.| Mr. Smith left at 5 p.m. on Monday.| Who paid?| Nobody!"),
        ("en", 'He said: "We agree."| "Today\'s round was a step," stressed Minister A. Jansen.'),
        ("en", "See Art. 5 and No. 12, e.g. the U.S. rules.| The rest applies (see p. 3).| It works."),
        ("en", "It happened on Jan. 8, 2020.| The fee fell to EUR 20.| 25 families left for Iceland."),
        ("en", "They met in 2025.| Officials of six countries took part."),
        ("en", "Talks ended on 4 April 2025.|Officials of six countries took part in it."),
        ("en", "See www.example.org/a.Html for more.| Write to a.b@example.org today."),
        ("en", "Wait... what?| Then it went on.| – Yes, he said."),
        ("lt", "2025 m. liepos 3 d. Vilniuje posėdžiavo komisija, t. y. taryba.| Dalyvavo A. Jonaitis."),
        ("lt", "Susitikimas vyko Budvoje liepos 3 d.| Ministras pabrėžė, kad 1,3 tūkst. žmonių grįžo."),
        ("nl", "Dhr. Jansen sprak o.a. met drs. Jansen.| Het overleg begint op 1 jan. 2023.| Daarna volgt meer."),
        ("de", "Das 22. Forum Salzburg tagte am 6. November, d. h. heute.| Am 3. Mai folgt z. B. die 2. Sitzung."),
        ("de", "Es waren ca. 450 Personen.| Dr. Mag. Huber sagte: „Wir sind bereit.“| Das Abkommen ist in Kraft."),
        ("fr", "M. Dupont a rencontré Mme Durand, cf. l’art. 5 de l’accord.| Il entre en vigueur le 1er janv. 2024."),
        ("bs", "Sastanak je održan 12. maja 2025. godine u Budvi.| Prisustvovao je dr. Matić, npr. na 3. sjednici."),
        ("hr", "Sporazum je na snazi od 2009.| Ministar je rekao da je to 1. korak, tj. početak.| Slijedi 2. krug."),
        ("sl", "Seja bo 21. 3. 2012 ob 12. uri.| Odbor je z 9 glasovi podprl predlog, npr. 5. člen."),
        ("mk", "Договорот беше потпишан на 26 октомври 2022 год. во Скопје.| Потписник е д-р Спасовски."),
        ("sq", "Protokolli u nënshkrua më 10 shkurt 2023, p.sh. në Prishtinë.| Vitin e kaluar u kthyen 340 persona."),
    ],
)
def test_sentences_end_where_a_reader_ends_them(phrases, language, text):
    expected = [part.strip() for part in text.split("|")]
    assert split(text.replace("|", ""), language, phrases) == expected


def test_a_text_without_an_end_is_cut_at_words(phrases):
    text = "word " * 2000
    pieces = split(text, "en", phrases)
    assert max(map(len, pieces)) <= MAX_SENTENCE
    assert " ".join(pieces) == text.strip()


@given(
    text=st.text(alphabet=st.sampled_from(list('aB. !?"„“”(1é\u00a0–\nž…')), max_size=120),
    language=st.sampled_from(["en", "de", "lt", "sr", "sq"]),
)
def test_spans_are_ordered_and_lose_nothing_but_white_space(phrases, text, language):
    spans = split_sentences(text, language, phrases.abbreviations)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
