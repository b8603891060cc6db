"""Durations in one word, as two-day is in English: zweitägig, tweedaags, dvodnevni, trogodišnji, дводневна, dyditor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extract.text.tokens import View, fold

# Language → (numbers as they open the word, what they count as it closes it), folded by the loader below.
_WORDS: dict[str, tuple[dict[int, str], dict[str, str]]] = {
    "de": (
        {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 7: "sieben", 8: "acht", 9: "neun", 10: "zehn"},
        {"days": "tägig", "weeks": "wöchig", "months": "monatig", "years": "jährig", "hours": "stündig"},
    ),
    "nl": (
        {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen", 10: "tien"},
        {"days": "daags", "weeks": "weeks", "years": "jarig"},
    ),
    "hbs": (
        {2: "dvo", 3: "tro", 4: "četvoro", 5: "peto", 6: "šesto", 7: "sedmo", 10: "deseto"},
        {"days": "dnevn", "weeks": "sedmičn|tjedn", "months": "mjesečn|mesečn", "years": "godišnj", "hours": "satn"},
    ),
    "sl": (
        {2: "dvo", 3: "tri", 4: "štiri", 5: "pet", 6: "šest", 7: "sedem", 10: "deset"},
        {"days": "dnevn", "weeks": "tedensk", "months": "mesečn", "years": "letn", "hours": "urn"},
    ),
    "mk": (
        {2: "дво", 3: "три", 4: "четири", 5: "пет", 6: "шест", 7: "седум", 10: "десет"},
        {"days": "дневн", "weeks": "неделн", "months": "месечн", "years": "годишн"},
    ),
    "lt": (
        {2: "dvi", 3: "tri", 4: "keturi", 5: "penki"},
        {"days": "dien", "months": "mėnes", "years": "met"},
    ),
    "sq": (
        {2: "dy", 3: "tre|tri", 4: "katër", 5: "pesë", 6: "gjashtë"},
        {"days": "ditor", "weeks": "javor", "months": "mujor", "years": "vjeçar"},
    ),
}
_SAME = {"bs": "hbs", "hr": "hbs", "sr": "hbs", "sh": "hbs"}


def _pattern(numbers: dict[int, str], units: dict[str, str]) -> re.Pattern[str]:
    opening = "|".join(f"(?P<n{value}>{fold(words)})" for value, words in numbers.items())
    closing = "|".join(f"(?P<{unit}>{fold(words)})" for unit, words in units.items())
    return re.compile(rf"\b(?:{opening})(?:{closing})[^\W\d_]{{0,4}}\b")


_PATTERNS = {language: _pattern(*found) for language, found in _WORDS.items()}


def fused_durations(view: View) -> Iterator[tuple[int, int, float, str]]:
    """Yield (start, end, value, unit) of the durations written in one word, in order."""
    pattern = _PATTERNS.get(_SAME.get(view.language, view.language))
    if pattern is None:
        return
    for match in pattern.finditer(view.folded):
        told = [name for name, text in match.groupdict().items() if text]
        value = next(name for name in told if name[1:].isdigit())
        unit = next(name for name in told if not name[1:].isdigit())
        yield match.start(), match.end(), float(value[1:]), unit
