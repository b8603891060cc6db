from tasks.fetch.web.advice import ADVICE, NEVER_ASKED, advice_on
from tasks.fetch.web.exchange import REASONS
from tasks.fetch.web.verdict import KINDS


def test_every_reason_and_verdict_says_what_to_do() -> None:
    silent = {"ok", "not_modified"}
    assert ADVICE.keys() >= REASONS.keys() | (set(KINDS) - silent)
    assert not silent & ADVICE.keys()
    assert all(text[0].isupper() and text.endswith(".") for text in ADVICE.values())
    assert advice_on("ok") == ""


def test_what_was_never_asked_is_for_people_to_mend() -> None:
    assert {REASONS[reason] for reason in NEVER_ASKED} == {"mended"}
