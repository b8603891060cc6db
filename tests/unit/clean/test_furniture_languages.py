"""Furniture in the ten languages (Serbian in both alphabets): every group goes under its name, the text stays whole."""

import html

import pytest

from tasks.clean.furniture import classify
from tests.unit.clean.furniture_pages import ABOVE, GROUPS, PAGES


def body_of(language, markup):
    """Return the page of a language as markup whose elements say nothing, or as plain text."""
    page = PAGES[language]
    above = [line for group in ABOVE for line in page.goes[group]]
    below = [line for group in GROUPS if group not in ABOVE for line in page.goes[group]]
    if not markup:
        return "\n\n".join([page.title, *above, *page.stays, *below]) + "\n"
    lines = [*above, *page.stays, *below]
    blocks = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    title = html.escape(page.title)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{blocks}</body></html>"


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@pytest.mark.parametrize("language", PAGES)
def test_a_page_loses_what_stands_around_its_text_and_nothing_else(clean, language, name):
    page = PAGES[language]
    document = clean(body_of(language, markup=name.endswith("html")), name)
    assert document.title == page.title
    assert document.text[document.body_start :].split("\n\n") == list(page.stays)
    gone = {line for one in document.removed for line in one.text.split("\n")}
    assert gone >= {line for lines in page.goes.values() for line in lines}


@pytest.mark.parametrize("language", PAGES)
def test_every_group_of_furniture_goes_under_its_name(phrases, language):
    assert PAGES[language].goes.keys() == GROUPS.keys()
    for group, lines in PAGES[language].goes.items():
        for line in lines:
            verdict = classify(line, phrases)
            assert verdict is not None, f"{group}: {line}"
            assert verdict.kind in GROUPS[group], f"{group}: {line}"


@pytest.mark.parametrize("language", PAGES)
def test_a_sentence_that_begins_like_furniture_stays(phrases, language):
    for sentence in (PAGES[language].title, *PAGES[language].stays):
        assert classify(sentence, phrases) is None, sentence


def test_the_cyrillic_of_a_row_is_no_row_of_its_own(phrases):
    latin, cyrillic = classify("Ključne reči: povratak", phrases), classify("Кључне речи: повратак", phrases)
    assert latin == cyrillic
    assert latin is not None and latin.rule_id == "clean.furniture.start.sh"
    assert phrases.abbreviations["sh"]["д.о.о"] == phrases.abbreviations["sh"]["d.o.o"]
    assert "наслов" in phrases.title_labels
    assert "преузето са" in phrases.republication["преузето"]
    assert ("updated", "последња измена") in phrases.date_labels
