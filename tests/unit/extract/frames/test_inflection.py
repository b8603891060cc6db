"""A verb is named once, by its lemma; all its forms are found."""

import pytest

from tasks.extract.frames.inflection import verb_forms, we_form


@pytest.mark.parametrize(
    ("lemma", "past", "present", "gerund"),
    [
        ("sign", "signed", "signs", "signing"),
        ("ratify", "ratified", "ratifies", "ratifying"),
        ("deploy", "deployed", "deploys", "deploying"),
        ("pledge", "pledged", "pledges", "pledging"),
        ("launch", "launched", "launches", "launching"),
        ("plan", "planned", "plans", "planning"),
        ("visit", "visited", "visits", "visiting"),
        ("tie", "tied", "ties", "tying"),
        ("agree to", "agreed to", "agrees to", "agreeing to"),
    ],
)
def test_regular_verbs(lemma: str, past: str, present: str, gerund: str) -> None:
    forms = dict(verb_forms(lemma, {}))
    assert forms == {past: "past", lemma: "base", present: "present", gerund: "gerund"}


def test_irregular_verbs_and_phrases_with_a_gap() -> None:
    forms = dict(verb_forms("give ... consent", {"give": ["gave", "given"]}))
    assert forms["gave ... consent"] == forms["given ... consent"] == "past"
    assert forms["giving ... consent"] == "gerund"


def test_one_form_for_several_tenses_tells_an_act() -> None:
    forms = dict(verb_forms("put", {"put": ["put", "put", "putting"]}))
    assert forms == {"put": "past", "puts": "present", "putting": "gerund"}


def test_both_spellings_of_the_suffix_and_none_of_the_stem() -> None:
    assert {"organised", "organized"} <= {form for form, _ in verb_forms("organise", {})}
    assert "advized" not in {form for form, _ in verb_forms("advise", {})}


@pytest.mark.parametrize(
    ("language", "form", "we"),
    [
        ("lt", "pasirašė", "pasirašėme"),
        ("lt", "susitiko", "susitikome"),
        ("mk", "се сретнаа", "се сретнавме"),
        ("mk", "усвоија", "усвоивме"),
        ("sq", "nënshkroi", "nënshkruam"),
        ("fr", "ont signé", "avons signé"),
        ("de", "unterzeichneten", None),
        ("lt", "pasirašyta", None),
    ],
)
def test_what_we_did_is_found_where_the_ending_tells_it(language: str, form: str, we: str | None) -> None:
    assert we_form(form, language) == we
