"""Where sentences begin and end: rules and a list of abbreviations for our languages.

Works on one paragraph at a time; a paragraph's edge always ends a sentence. All offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tasks.clean.calendar_dates import months

# A candidate: stops with what may close after them, white space, and something that can begin a sentence.
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]+)(?P<close>[\"'”“’»›)\]]*[*¹²³]?)(?P<space>\s+)(?P<next>[\"'„“”‘‚«»‹(\[–—-]{0,3}\s?(?:[^\W_]))"
)
# A full stop between words whose space was lost: "signed.The". Not in addresses, and not after capitals.
_GLUED = re.compile(r"(?:(?<=[a-zà-žа-ш]{3})|(?<=\s(?:19|20)\d\d))[.!?](?=[A-ZÀ-ŽА-Ш][a-zà-žа-ш]{2,}\s)")
_APOSTROPHE = re.compile(r"[’']")
_TOKEN_BEFORE = re.compile(r"[^\s(\[\"'„“«]*$")
# In these languages an ordinal number is written with a full stop: "3. Gipfel", "12. svibnja".
_ORDINALS = frozenset({"de", "bs", "hr", "sr", "sh", "sl", "mk", "lt", "sq"})
# No sentence of the sets this was written on has 900 characters; a longer one is a list, a table or damage, and is cut
# so that the work of later stages stays linear.
MAX_SENTENCE = 2000
# "2025 m. liepos 3 d. Vilniuje": a date at the beginning of a sentence has at most this many words.
_OPENING_WORDS = 5


def split_sentences(text: str, language: str, abbreviations: Mapping[str, Mapping[str, str]]) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph as offsets into it, without the white space between them.

    Args:
        text: One paragraph.
        language: Its language; bs, hr and sr share the list `sh`.
        abbreviations: By language, `*` for all, each with its place: `any`, `number` (only before a number) or
            `opening`
            (only near the beginning of a sentence).
    """
    family = "sh" if language in ("bs", "hr", "sr") else language
    known = {**abbreviations.get("*", {}), **abbreviations.get(family, {})}
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in _boundaries(text, language, known):
        spans.extend(_capped(text, start, end))
        start = following
    spans.extend(_capped(text, start, len(text)))
    return spans


def _boundaries(text: str, language: str, known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the end of each sentence but the last, and the start of the one after it."""
    candidates = [(match.start("stop"), match.end("close"), match) for match in _CANDIDATE.finditer(text)]
    candidates += [(match.start(), match.end(), match) for match in _GLUED.finditer(text)]
    start = 0
    for _, end, match in sorted(candidates, key=lambda candidate: candidate[:2]):
        if match.re is _GLUED:
            if _is_address(_token_before(text, match.start())):
                continue
            start = end
        elif _is_boundary(text, match, start, language, known):
            start = match.start("next")
        else:
            continue
        yield end, start


def _is_address(token: str) -> bool:
    return any(mark in token for mark in "/@.") or token.lower().startswith("www")


def _is_boundary(text: str, match: re.Match[str], start: int, language: str, known: Mapping[str, str]) -> bool:
    if match["next"][-1].islower():
        return False
    dash = match["next"][0] in "–—-"
    if dash and (match["stop"] != "." or match["close"]):
        # "Why?" – Because: a dash after a question goes on with the sentence.
        return False
    if match["stop"] != "." or (match["close"] and not match["close"].startswith(")")):
        # "!", "?" and "…" end a sentence before a capital; so does a full stop inside quotes.
        return True
    return not _is_abbreviated(text, match, start, language, known)


def _is_abbreviated(text: str, match: re.Match[str], start: int, language: str, known: Mapping[str, str]) -> bool:
    token = _token_before(text, match.start("stop"))
    if not token:
        return False
    if token[-1].isdigit():
        return _is_ordinal(token, text[match.start("next") :][:40], language)
    if len(token) == 1 and token.isalpha() and token.isupper():
        # An initial: "V. Kondratovič".
        return True
    place = known.get(token.casefold())
    if place == "opening":
        return text.count(" ", start, match.start("stop")) < _OPENING_WORDS
    if place is not None:
        return place == "any" or match["next"][-1].isdigit()
    # "J.-C.", "d.o.o.", "U.S.A."
    return bool(re.fullmatch(r"(?:[^\W\d_]\.-?){1,5}[^\W\d_]", token))


def _is_ordinal(token: str, following: str, language: str) -> bool:
    """Return whether the full stop after a number belongs to the number."""
    number = re.findall(r"\d+", token)[-1]
    word = re.match(r"[\"'„“«(\[]*([^\W\d_]+)", following)
    if word and word[1].casefold() in months():
        return len(number) <= 2
    # "24. 1. 2018", "12. Salzburg Forum": in these languages rarer as the end of a sentence ("Artikel 5. Die").
    return len(number) <= 2 and language in _ORDINALS


def _token_before(text: str, end: int) -> str:
    match = _TOKEN_BEFORE.search(text, max(0, end - 40), end)
    # "l’art. 5", "dell'art. 5"
    return _APOSTROPHE.split(match[0])[-1] if match else ""


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without white space at its ends, cut where it is longer than any sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        cut = max(text.rfind(mark, start + MAX_SENTENCE // 2, limit) for mark in ("; ", ", ", " "))
        # After a semicolon or comma, before a space.
        cut = limit if cut < 0 else cut + (text[cut] != " ")
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end
