from datetime import date

from tasks.extract.annotations import Document, Sentence
from tasks.extract.text.forms import FormReader
from tasks.extract.text.gazetteer import Entry, Gazetteer, Hits, NamedForm
from tasks.extract.text.tokens import View

READER = FormReader({"sl": ("a", "e", "ijo")})
LT = Entry("territory", "LT", "Lithuania", None, "LT")
EU = Entry("organisation", "EU", "European Union", "supranational")
SI = Entry("territory", "SI", "Slovenia", None, "SI")
PERCENT = Entry("unit", "percent", "percent")
GAZETTEER = Gazetteer(
    [
        NamedForm(LT, READER.make("en", "Lithuania", "x")),
        NamedForm(EU, READER.make("*", "European Union", "x")),
        NamedForm(EU, READER.make("*", "EU", "x")),
        NamedForm(SI, READER.make("sl", "Sloven+", "x")),
        NamedForm(PERCENT, READER.make("en", "%", "x")),
    ]
)


def _scan(text: str, language: str = "en", sentence_language: str | None = None) -> Hits:
    sentence = Sentence("sen_a", 0, 0, len(text), "body", 0, sentence_language or language)
    return GAZETTEER.scan(View(Document("d", "v", text, 0, language, date(2025, 1, 1), (sentence,)), {}))


def test_names_are_found_between_word_edges_with_their_offsets() -> None:
    text = "Lithuania, Lithuanian, xLithuania and EU-Lithuania"
    found = [(hit.start, text[hit.start : hit.end]) for hit in _scan(text).of("territory")]
    assert found == [(0, "Lithuania"), (41, "Lithuania")]


def test_overlapping_forms_are_all_found() -> None:
    hits = _scan("the European Union (EU)")
    assert [(hit.start, hit.end, hit.is_abbreviation) for hit in hits.of("organisation")] == [
        (4, 18, False), (20, 22, True),
    ]  # fmt: skip


def test_a_form_counts_in_its_language_or_in_a_sentence_of_it() -> None:
    assert not _scan("Slovenijo", "en").of("territory")
    assert _scan("Slovenijo", "sl").of("territory")
    assert _scan("Slovenijo", "en", "sl").of("territory")
    assert _scan("Slovenijo", "und").of("territory")


def test_names_do_not_reach_over_a_line_end() -> None:
    assert not _scan("European\nUnion").of("organisation")


def test_signs_are_found_without_word_edges() -> None:
    assert [(hit.start, hit.end) for hit in _scan("38% of 5 %").of("unit")] == [(2, 3), (9, 10)]


def test_hits_are_looked_up_by_both_ends() -> None:
    hits = _scan("Lithuania and the European Union")
    assert hits.starting("territory", "organisation")[18].entry is EU
    assert hits.ending("territory")[9].entry is LT
    assert 9 not in hits.ending("organisation")


def test_a_name_at_either_edge_of_the_text_is_found() -> None:
    assert [hit.start for hit in _scan("EU").of("organisation")] == [0]
    assert [hit.start for hit in _scan("in EU").of("organisation")] == [3]
