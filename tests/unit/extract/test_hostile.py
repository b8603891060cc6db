"""Texts made to be slow. Four times the text may take a bit more than four times the time, never sixteen times."""

import time
from collections.abc import Iterator

import pytest

from tasks.extract.annotations import Document, Sentence
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.mentions import find_mentions
from tasks.extract.step import annotate

from .conftest import PUBLISHED

SENTENCE = 2000
PATTERNS = {
    "letters": "a", "capitals": "A", "capitalised words": "Aa ", "digits": "1", "spaced digits": "1 ",
    "groups of digits": "12 345 ", "opening quotes": "„", "quoted letters": '"A" ', "open brackets": "(A",
    "months": "May ", "days": "1, ", "day ranges": "1-", "dates": "12 May 2025 ", "offices": "Minister ",
    "ministers": "Minister Ana Kovač ", "affiliated names": "Ana Kovač of EU, ", "heads": "Agency ",
    "lower-case heads": "agencija za ", "projects": "project “Ab Cd Ef Gh” ", "open projects": "project “",
    "ministries": "Ministry of ", "parties": "agreement between Lithuania and Serbia ", "counts": "5 people ",
    "scales": "million ", "hyphens": "Aa-", "places": "held in Abcdef ", "gaps": "sporazum ", "phones": "00 11 22 33 ",
    "commas": ",", "lines": "\n", "weeks": "this week ", "weekdays": "on Monday ", "halves": "first half of ",
    "short forms": "the Agency ", "joined offices": "Deputy Minister of Foreign Affairs of Kazakhstan and ",
    "number words": "seventy-", "shares": "5% ", "Cyrillic": "министерот за ", "acts": "Regulation (EU) 2024/1351 ",
    "dots": "1.1.", "counterparts": "his counterpart ",
}  # fmt: skip


def _document(text: str, language: str) -> Document:
    sentences = tuple(
        Sentence(f"sen_{n}", n, start, min(start + SENTENCE, len(text)), "body", n // 5, language)
        for n, start in enumerate(range(0, len(text), SENTENCE))
    )
    return Document("doc_h", "ver_h", text, 0, language, PUBLISHED, sentences)


def _seconds(knowledge: Knowledge, text: str, language: str) -> float:
    document = _document(text, language)
    started = time.process_time()
    find_mentions(document, knowledge)
    return time.process_time() - started


def _ratio(knowledge: Knowledge, small: str, large: str, language: str) -> float:
    """Return how much longer the large text takes; a floor keeps the noise of a few milliseconds out."""
    best = min(_seconds(knowledge, large, language) for _ in range(2))
    return best / max(_seconds(knowledge, small, language), 0.02)


def _languages(name: str) -> Iterator[str]:
    yield "en"
    if name in ("capitalised words", "lower-case heads", "gaps", "Cyrillic", "days"):
        yield from ("sr", "lt", "de")


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_repeated_patterns_are_read_in_linear_time(knowledge: Knowledge, name: str) -> None:
    pattern = PATTERNS[name]
    for language in _languages(name):
        small, large = ((pattern * (size // len(pattern) + 1))[:size] for size in (5_000, 20_000))
        assert _ratio(knowledge, small, large, language) < 12


@pytest.mark.parametrize(
    "line",
    ["European Agency Number{n} (EAN{n}X) ", "Minister Ana Kovac{n:x}a said. ", "Ministry of Part{n} of Serbia. "],
)
def test_ever_new_names_are_read_in_linear_time(knowledge: Knowledge, line: str) -> None:
    small, large = ("".join(line.format(n=n) for n in range(size)) for size in (250, 1000))
    assert _ratio(knowledge, small, large, "en") < 12


# One sentence of nothing else: each of these begins a clause, a role, a list or an event at every word.
CLAIMS = {
    "triggers": "signed ", "passives": "was signed in ", "relatives": ", which was signed ", "roles": "chaired by ",
    "joined verbs": "and signed ", "dated acts": "signed on 12 May ", "nouns": "the meeting of ",
    "states": "Serbia and ", "persons": "Minister Ana Kovač, ", "asides": "Austria, signed in May, ",
    "negations": "didn't ", "brackets": "(A",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_the_whole_stage_reads_one_long_sentence_in_linear_time(knowledge: Knowledge, name: str) -> None:
    def seconds(size: int) -> float:
        text = (CLAIMS[name] * (size // len(CLAIMS[name]) + 1))[:size]
        sentence = Sentence("sen_h", 0, 0, size, "body", 0, "en")
        started = time.process_time()
        annotate(Document("doc_h", "ver_h", text, 0, "en", PUBLISHED, (sentence,)), knowledge)
        return time.process_time() - started

    seconds(100)  # loads the frames, once for a process
    large = min(seconds(8_000) for _ in range(2))
    assert large / max(seconds(2_000), 0.02) < 12
