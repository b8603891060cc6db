"""Sentences of the field that begin as furniture does are text; the furniture they look like is still none."""

import pytest

from tasks.clean.furniture import classify

SENTENCES = (
    "Share of rejected applications fell to a third.",
    "Tags were put on the bags of returnees.",
    "Source countries took part in the meeting.",
    "Anzeige wurde gegen drei Schleuser erstattet.",
    "Publicité a été donnée à l'accord.",
    "Imprimer les documents prend deux jours.",
    "Foto en vingerafdruk worden genomen.",
    "Dalintis duomenimis su kaimynais susitarė abi šalys.",
    "Komentarai apie susitarimą pateikti vakar vakare.",
    "Komentari dviju strana stigli su u petak.",
    "Коментари две стране стигли су у петак.",
    "Коментари од двете страни стигнаа во петок.",
    "Komentarji obeh strani so prispeli v petek.",
    "Komente nga të dyja palët erdhën të premten.",
)
FURNITURE = (
    "Comments (12)",
    "Komentari (3)",
    "Foto: Ministarstvo unutarnjih poslova, arhiva.",
    "Foto Marko Marić",
    "Anzeige",
    "Teilen",
    "Tags: Rückkehr, Grenze",
    "Коментари: 4",
    "Share",
)


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_that_begins_with_a_word_of_furniture_is_text(phrases, line):
    assert classify(line, phrases) is None


@pytest.mark.parametrize("line", FURNITURE)
def test_the_furniture_it_looks_like_is_none(phrases, line):
    assert classify(line, phrases) is not None
