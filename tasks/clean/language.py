"""Which language a text or a sentence is in.

py3langid decides, restricted to our languages. It cannot tell Bosnian, Croatian and Serbian apart; words that only some
of them use can (`south_slavic_words.csv`). Where those do not suffice the answer is `sh`. Montenegrin is tagged `sr`,
as in the codebook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

OURS = frozenset({"en", "lt", "nl", "de", "fr", "bs", "hr", "sr", "mk", "sq", "sl"})
SOUTH_SLAVIC = frozenset({"bs", "hr", "sr"})
# What a page of each is commonly tagged with; `sr-ME` and `cnr` are Montenegrin.
_TAGS = {"bs": "bs", "hr": "hr", "sr": "sr", "cnr": "sr", "me": "sr"}
_DOMAINS = {"hr": "hr", "rs": "sr", "me": "sr"}

# Language is decided long before this; the identifier's time grows with the text.
_ENOUGH_CHARS = 2000
# A text of a sentence or more whose best language is none of ours, with this certainty, is not ours.
_FOREIGN_CHARS, _FOREIGN_CERTAINTY = 200, 0.99
# Below this length a sentence takes the document's language: names and numbers decide such short texts.
_SENTENCE_CHARS, _SENTENCE_CERTAINTY = 60, 0.9
# The fewest small words that speak for a language.
_FUNCTION_WORDS = 3
# One word more of evidence than for the next language.
_MARGIN = 0.8
# What a page calls itself outweighs one word, not three.
_TAG_WEIGHT, _DOMAIN_WEIGHT = 1.5, 1.2
# A word counts at most twice: a text on one topic repeats it.
_COUNTS_UP_TO = 2

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_THREE_LETTERS = re.compile(r"(?:[\W\d_]*[^\W\d_]){3}")
# Letters of Cyrillic that neither Macedonian nor Serbian has.
_OTHER_CYRILLIC = frozenset("ыэъщюяйёіїєґў")


@dataclass(frozen=True, slots=True)
class Identified:
    """A language and how sure the identifier is.

    Attributes:
        language: ISO 639-1 code, `sh`, or `und`.
        confidence: Probability, 0 to 1, rounded so that it is the same on every machine.
    """

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """A word or the beginning of words that some of bs, hr and sr use.

    Attributes:
        languages: Those that use it.
        weight: How much one occurrence says.
        whole: True if it must be the whole word.
    """

    languages: tuple[str, ...]
    weight: float
    whole: bool


def identify(text: str) -> Identified:
    """Return the language of a text, Bosnian, Croatian and Serbian taken as the identifier sees them."""
    text = text[:_ENOUGH_CHARS]
    if not _THREE_LETTERS.match(text):
        return Identified("und", 0.0)
    if not text.isascii():
        foreign = sum(map(text.lower().count, _OTHER_CYRILLIC))
        if foreign and foreign > 0.02 * len(_LETTER.findall(text)):
            return Identified("und", 0.0)
    if len(text) >= _FOREIGN_CHARS:
        ranked = _identifier(restricted=False).rank(text)
        best, certainty = ranked[0]
        if certainty >= _FOREIGN_CERTAINTY and best not in OURS:
            return Identified("und", 0.0)
        if certainty >= _FOREIGN_CERTAINTY and best not in SOUTH_SLAVIC:
            return Identified(best, round(certainty, 3))
        # What asking among our languages only would give, without reading the text again.
        ranked = [(name, share) for name, share in ranked if name in OURS]
        ours = sum(share for _, share in ranked)
        ranked = [(name, share / ours) for name, share in ranked] if ours else _identifier(restricted=True).rank(text)
    else:
        ranked = _identifier(restricted=True).rank(text)
    language = ranked[0][0]
    # The three share their probability: what matters is that it is one of them.
    kin = SOUTH_SLAVIC if language in SOUTH_SLAVIC else {language}
    return Identified(language, round(sum(share for name, share in ranked if name in kin), 3))


def identify_document(
    text: str, words: Mapping[str, WordEvidence], tagged: str | None = None, url: str | None = None
) -> Identified:
    """Return the language of a document.

    Args:
        text: Its main text.
        words: Evidence for bs, hr, sr, by word form.
        tagged: The language the page declares for itself; used only among bs, hr and sr.
        url: Its address; the country of the domain is used only among bs, hr and sr.
    """
    found = identify(text)
    if found.language not in SOUTH_SLAVIC:
        return found
    if _mostly_cyrillic(text):
        return Identified("sr", found.confidence)
    scores = dict.fromkeys(sorted(SOUTH_SLAVIC), 0.0)
    seen: dict[str, int] = {}
    for word in _WORD.findall(text.lower()):
        form = _form(word, words)
        if form is None or seen.get(form, 0) >= _COUNTS_UP_TO:
            continue
        seen[form] = seen.get(form, 0) + 1
        for language in words[form].languages:
            scores[language] += words[form].weight
    tag, domain = _TAGS.get((tagged or "").split("-")[0].lower()), _DOMAINS.get(_country_of(url))
    for hint, weight in ((tag, _TAG_WEIGHT), (domain, _DOMAIN_WEIGHT)):
        if hint:
            scores[hint] += weight
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    return Identified(best if most - second >= _MARGIN else "sh", found.confidence)


def identify_sentence(text: str, document: str, function_words: Mapping[str, tuple[str, ...]]) -> str:
    """Return the language of a sentence: the document's unless the sentence is long and clearly in another of ours.

    Args:
        text: The sentence.
        document: The language of its document.
        function_words: Small words with the languages that have them; where those of the document's language abound
            nobody else is asked.
    """
    if len(text) < _SENTENCE_CHARS or _speaks(text, document, function_words):
        return document
    found = identify(text[: _FOREIGN_CHARS - 1])
    same = found.language == document or (found.language in SOUTH_SLAVIC and document in SOUTH_SLAVIC | {"sh"})
    if same or found.language == "und" or found.confidence < _SENTENCE_CERTAINTY:
        return document
    # Of the three only the document as a whole can say which.
    return "sh" if found.language in SOUTH_SLAVIC else found.language


def _speaks(text: str, document: str, function_words: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the small words of a sentence are the document's and hardly any other language's."""
    family = "sh" if document in SOUTH_SLAVIC else document
    counts: dict[str, int] = {}
    for word in text.lower().split():
        for language in function_words.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    own = counts.pop(family, 0)
    return own >= _FUNCTION_WORDS and own >= 2 * max(counts.values(), default=0)


def _form(word: str, words: Mapping[str, WordEvidence]) -> str | None:
    """Return the longest listed form that the word is, or begins with."""
    if word in words:
        return word
    for length in range(min(len(word) - 1, 12), 2, -1):
        evidence = words.get(word[:length])
        if evidence and not evidence.whole:
            return word[:length]
    return None


def _mostly_cyrillic(text: str) -> bool:
    letters = [char for char in text[:_ENOUGH_CHARS] if char.isalpha()]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in letters)
    return 2 * cyrillic > len(letters)


def _country_of(url: str | None) -> str:
    host = (url or "").split("://")[-1].split("/")[0]
    return host.rsplit(".", 1)[-1].lower()


@lru_cache(maxsize=2)
def _identifier(restricted: bool) -> LanguageIdentifier:
    # Scores over eleven classes cost a tenth of those over ninety-seven; sentences need no more.
    if restricted:
        # Reading the model takes most of a second. The copy gets tables of its own; the whole ones stay as they are.
        identifier = copy(_identifier(restricted=False))
        identifier.set_languages(OURS)
        return identifier
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
