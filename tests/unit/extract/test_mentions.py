from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.annotations import Document, Mention
from tasks.extract.knowledge.knowledge import Knowledge, load_knowledge
from tasks.extract.mentions import find_mentions
from tasks.extract.rules import RULES
from tasks.extract.text.tokens import View
from warehouse.ids import mention_id
from warehouse.vocabulary import (
    INSTRUMENT_KINDS,
    MENTION_KINDS,
    ORGANISATION_KINDS,
    PRECISIONS,
    QUALIFIERS,
)

from .conftest import REFERENCE, document

TEXTS = {
    "en": "Lithuania’s Minister of the Interior Agnė Bilotaitė met Frontex, the EU agency (EUAA), in Vilnius on 12 and "
    "13 May 2025. The readmission agreement between the EU and Serbia covers 1,500 people and EUR 1.7 million. "
    "Minister A. Bilotaitė said the Agency would carry out the project “Safer Borders for All” until the end of 2026.",
    "lt": "Vidaus reikalų ministras Vladislavas Kondratovičius šią savaitę Sarajeve susitiko su Bosnijos ir "
    "Hercegovinos ministru. Pasirašytas readmisijos protokolas, skirta 3,16 mln. eurų.",
    "hr": "Johann Sattler, šef Delegacije Europske unije (EU) u Bosni i Hercegovini, u Bihaću je otvorio centar za "
    "1500 osoba. Sattler je najavio sporazum o readmisiji do kraja 2026.",
    "mk": "Министерот за внатрешни работи Оливер Спасовски во Скопје потпиша договор со Фронтекс на "
    "26 октомври 2022 година.",
    "sl": "V Slovenijo je danes iz Italije prispela skupina 13 beguncev, deset Eritrejcev in trije Sirci.",
}


def _universal_vocabulary(view: View) -> frozenset[str]:
    """A vocabulary that holds every word a gate may ask for."""
    return frozenset(word for words in view.words.values() for word in words) | frozenset(
        {"agreement", "protocol", "law", "act", "plan", "strategy", "regulation", *(t.folded for t in view.tokens)}
    )


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_gates_are_a_speed_up_and_nothing_else(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    text = document(TEXTS[language], language=language)
    gated = find_mentions(text, knowledge)
    monkeypatch.setattr(View, "vocabulary", property(_universal_vocabulary))
    assert find_mentions(text, knowledge) == gated


def _check(text: Document, mentions: list[Mention]) -> None:
    sentences = {sentence.sentence_id: sentence for sentence in text.sentences}
    assert len({mention.mention_id for mention in mentions}) == len(mentions)
    known = {mention.mention_id: mention for mention in mentions}
    for mention in mentions:
        assert text.text[mention.start : mention.end] == mention.text != ""
        sentence = sentences[mention.sentence_id]
        assert sentence.start <= mention.start
        assert mention.zone == sentence.zone
        assert mention.mention_id == mention_id(
            sentence.sentence_id, mention.kind, mention.start - sentence.start, mention.end - mention.start
        )
        assert mention.kind in MENTION_KINDS
        assert 0 < mention.confidence <= 1
        _check_fields(mention)
        if mention.antecedent_mention_id is not None:
            assert known[mention.antecedent_mention_id].kind == mention.kind
    for kind in MENTION_KINDS:
        assert all(a.end <= b.start for a, b in pairwise(m for m in mentions if m.kind == kind))


def _check_fields(mention: Mention) -> None:
    if mention.kind in ("date", "quantity"):
        assert mention.name is None
    else:
        assert mention.name
    if mention.kind == "organisation":
        assert mention.subtype in ORGANISATION_KINDS
    elif mention.kind == "instrument":
        assert mention.subtype in INSTRUMENT_KINDS
    elif mention.kind == "date":
        assert mention.date_precision in PRECISIONS
        assert (mention.date_start is None) == (mention.date_end is None)
        assert mention.date_start is None or mention.date_end is None or mention.date_start <= mention.date_end
    elif mention.kind == "quantity":
        assert mention.value_min is not None and mention.value_max is not None and mention.unit
        assert mention.value_min <= mention.value_max
        assert mention.qualifier in QUALIFIERS


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_every_mention_is_what_its_contract_says(knowledge: Knowledge, language: str) -> None:
    text = document(TEXTS[language], language=language, title="EU and Serbia sign")
    mentions, _ = find_mentions(text, knowledge)
    assert mentions
    _check(text, mentions)


_WORDS = sorted(
    {word for text in TEXTS.values() for word in text.split()}
    | {"“", "”", "(", ")", "\n", ",", "-", "31", "February", "2025", "5%", "€", "…", "\u200b", "Ć́", "\U0001f600"}
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60), st.sampled_from([*sorted(TEXTS), "und", "sq", "de", "nl", "fr"]))
def test_any_mixture_of_words_gives_lawful_mentions(words: list[str], language: str) -> None:
    text = document(" ".join(words), language=language)
    mentions, rejects = find_mentions(text, _shared_knowledge())
    _check(text, mentions)
    assert all(text.text[r.start : r.end] == r.text for r in rejects)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_lawful_mentions(body: str) -> None:
    text = document(body.replace("\r", ""))
    mentions, _ = find_mentions(text, _shared_knowledge())
    _check(text, mentions)


_KNOWLEDGE: list[Knowledge] = []


def _shared_knowledge() -> Knowledge:
    """The knowledge for property tests, which take no session fixture."""
    if not _KNOWLEDGE:
        _KNOWLEDGE.append(load_knowledge(REFERENCE))
    return _KNOWLEDGE[0]


def test_the_same_document_gives_the_same_mentions_whatever_was_read_before(knowledge: Knowledge) -> None:
    documents = [document(text, language=language, doc_id=f"doc_{language}") for language, text in TEXTS.items()]
    first = {text.doc_id: find_mentions(text, knowledge) for text in documents}
    documents.reverse()
    fresh = load_knowledge(REFERENCE)
    assert {text.doc_id: find_mentions(text, fresh) for text in documents} == first


def test_the_result_does_not_depend_on_the_clock(knowledge: Knowledge) -> None:
    unresolved = find_mentions(document("They met this week.", published_on=None), knowledge)[0]
    assert [m.date_start for m in unresolved if m.kind == "date"] == [None]
    past = find_mentions(document("They met this week.", published_on=date(1999, 5, 5)), knowledge)[0]
    assert [m.date_start for m in past if m.kind == "date"] == [date(1999, 5, 3)]


def test_a_document_without_sentences_has_no_mentions(knowledge: Knowledge) -> None:
    assert find_mentions(document(""), knowledge) == ([], [])


def test_every_rule_says_why_it_has_its_prior() -> None:
    assert all(0 < value <= 1 and len(reason) > 10 for value, reason in RULES.values())


def test_the_sample_knowledge_is_where_the_tests_look() -> None:
    assert (Path(REFERENCE) / "word_sets.csv").is_file()
