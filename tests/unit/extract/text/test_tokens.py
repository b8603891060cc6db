from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.annotations import Document, Sentence
from tasks.extract.text.tokens import View, fold, words_only


def _view(text: str) -> View:
    sentence = Sentence("sen_a", 0, 0, len(text), "body", 0, "en")
    return View(Document("doc_a", "ver_a", text, 0, "en", date(2025, 1, 1), (sentence,)), {})


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(words_only(fold(text))) == len(text)


def test_folding_makes_spellings_equal() -> None:
    assert fold("Kondratovič") == fold("KONDRATOVIĆ")
    assert fold("Đorđević") == "dordevic"
    assert fold("Lithuania’s") == fold("Lithuania's")
    assert fold("2025–2026") == fold("2025-2026")
    assert fold("Ѓорче") == fold("ГОРЧЕ")
    assert fold("İzmir")[0] == "i"


@given(st.text())
def test_tokens_are_cuts_of_the_text_in_order(text: str) -> None:
    view = _view(text)
    end = 0
    for token in view.tokens:
        assert token.text == text[token.start : token.end]
        assert token.folded == view.folded[token.start : token.end]
        assert token.start >= end
        end = token.end
    skipped = sorted(set(range(len(text))) - {i for token in view.tokens for i in range(token.start, token.end)})
    assert all(text[i].isspace() for i in skipped if text[i].isprintable() or text[i] in "\n\t")


def test_letters_digits_and_signs_never_share_a_token() -> None:
    assert [token.text for token in _view("mid-2026, O'Neill 28th").tokens] == [
        "mid", "-", "2026", ",", "O", "'", "Neill", "28", "th",
    ]  # fmt: skip


def test_positions_are_found_by_offset() -> None:
    view = _view("In Vilnius today")
    assert view.token_index(3) == 1
    assert view.token_index(4) == 2
    assert view.token_at(3) is view.tokens[1]
    assert view.token_at(4) is None
    assert view.word_before(3) == "in"
    assert view.word_before(0) == ""
