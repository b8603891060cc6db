"""Serbian in its two alphabets: what the knowledge tables say in Latin letters holds in Cyrillic letters too.

Bosnian, Croatian and Serbian are written down once, in Latin; Serbian pages and texts in Cyrillic are met through
`to_serbian_cyrillic`, so that no row stands twice. Vuk's alphabet maps letter to letter, with dž, lj and nj as one.
"""

from __future__ import annotations

_PAIRS = (("dž", "џ"), ("lj", "љ"), ("nj", "њ"))
_ALPHABETS = ("abcčćdđefghijklmnoprsštuvzž", "абцчћдђефгхијклмнопрсштувзж")
_CYRILLIC = str.maketrans(*_ALPHABETS)
_LATIN = {ord(cyrillic): latin for latin, cyrillic in (*zip(*_ALPHABETS, strict=True), *_PAIRS)}
_LATIN |= {ord(chr(code).upper()): latin.capitalize() for code, latin in tuple(_LATIN.items())}
_SERBIAN = frozenset(_ALPHABETS[0])


def to_serbian_cyrillic(text: str) -> str:
    """Return Serbian Latin text in Cyrillic letters (Vuk's one-to-one alphabet; dž, lj, nj are one letter)."""
    out = text
    for latin, cyrillic in _PAIRS:
        out = out.replace(latin, cyrillic).replace(latin.capitalize(), cyrillic.upper())
        out = out.replace(latin.upper(), cyrillic.upper())
    return "".join(
        char.translate(_CYRILLIC) if char.islower() else char.lower().translate(_CYRILLIC).upper() for char in out
    )


def to_latin(text: str) -> str:
    """Return Serbian Cyrillic text in Latin letters; other letters stay."""
    return text.translate(_LATIN)


def phrase_in_cyrillic(phrase: str) -> str | None:
    """Return a phrase as a page in Cyrillic has it, or None if it has no word to be written so.

    Abbreviations in capitals and words with a letter that Serbian lacks ("PDF", "newsletter") stay in Latin letters on
    such pages.
    """
    words = [word if _stays_latin(word) else to_serbian_cyrillic(word) for word in phrase.split(" ")]
    written = " ".join(words)
    return None if written == phrase else written


def _stays_latin(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    abbreviated = len(letters) > 1 and all(map(str.isupper, letters))
    return abbreviated or not _SERBIAN.issuperset("".join(letters).lower())
