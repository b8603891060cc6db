"""How far the name of an instrument reaches: what qualifies it before, and its subject and parties after."""

from __future__ import annotations

import re

from tasks.extract.text.gazetteer import Hits
from tasks.extract.text.tokens import SPACE, View

_COMPLEMENT = re.compile(
    f"{SPACE}(?:on|of|for|about|against|concerning|regarding|governing|implementing|to combat|to counter){SPACE}",
    re.IGNORECASE,
)
_ON = re.compile(f"{SPACE}(?:on|about|concerning|regarding|governing|setting out|providing for){SPACE}")
# The subject of a law or agreement in the other languages: Zakon o strancima, Ligji për azilin.
_SUBJECT = re.compile(f"{SPACE}(?:o|za|за|për|dėl|über|zur|zum|over|inzake|betreffende|sur){SPACE}")
# A core that ends in a participle or preposition goes on with its object: protocols implementing …
_OPEN_END = re.compile(r"\b(?:implementing|implement|on)$")
_WITH = "between|with|zwischen|mit|tussen|met|između|sa|s|su|tarp|med|z|меѓу|со|midis|ndërmjet|me|entre|avec"
_PARTIES = re.compile(f"{SPACE}(?:{_WITH}){SPACE}")
_AND = f"(?:,?{SPACE}(?:and|und|en|i|ir|in|и|dhe|et|te){SPACE}|,{SPACE})?"
_GLUE = re.compile(f"{_AND}(?:(?:the|der|die|den|dem|de|het|la|le){SPACE})?")
_SHORT_FORM = re.compile(rf"{SPACE}\((?P<name>[^\W\d_]{{2,12}})\)")
_YEARS = re.compile(rf"(?:19|20)\d{{2}}(?:[-–/](?:19|20)?\d{{2}})?{SPACE}$")
_LONGEST_YEARS = 11
_INNER = frozenset({"of", "for", "on", "and", "or", "to", "against", "the", "a", "an"})
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_ARTICLES = frozenset({"the", "a", "an"})
_PARTY_KINDS = ("territory", "organisation", "region")
_LONGEST_ARTICLE = 3
_GENITIVES = ("os", "io", "es", "iu", "u", "aus", "ies", "ines")
_MOST_GENITIVES = 6
_MOST_GENITIVES_AFTER = 3
_LOWER_CASE = frozenset({"bs", "hr", "sr", "sh", "mk", "sl"})
_MOST_WORDS = 14
_MOST_PARTIES = 30


def prefix_start(view: View, start: int, hits: Hits) -> int:
    """Return where the name begins: years, `national`, and the parties before a hyphen belong to it."""
    tokens = view.tokens
    parties = hits.ending(*_PARTY_KINDS)
    for _ in range(_MOST_WORDS):
        index = view.token_index(start)
        if index == 0:
            break
        before = tokens[index - 1]
        if start - before.end == 1 and view.text[before.end] in " \u00a0":
            party = parties.get(before.end)
            if party is None and before.folded not in view.words["instrument_before"]:
                break
            start = party.start if party is not None else before.start
        elif before.end == start and before.text in "-–" and before.start in parties:
            # EU-Montenegro
            start = parties[before.start].start
        else:
            break
    years = _YEARS.search(view.text, max(0, start - _LONGEST_YEARS), start)
    return years.start() if years is not None else start


def complement_end(view: View, end: int) -> int:
    """Return the end of `on …`, `of …`, `for …` after a core, else `end`."""
    if view.language not in ("en", "und"):
        subject = _SUBJECT.match(view.text, end)
        return _phrase_end(view, subject.end(), end) if subject is not None else end
    match = _COMPLEMENT.match(view.text, end)
    if match is not None and not _is_day(view, view.token_index(match.end())):
        return _phrase_end(view, match.end(), end)
    if _OPEN_END.search(view.text, max(0, end - 14), end) and view.text[end : end + 1] in (" ", "\u00a0"):
        return _phrase_end(view, end + 1, end)
    return end


def has_subject(view: View, end: int) -> bool:
    """Return whether what an instrument is on follows its noun: agreement on X, susitarimas dėl X; not a day."""
    match = (_ON if view.language in ("en", "und") else _SUBJECT).match(view.text, end)
    token = view.token_at(match.end()) if match is not None else None
    return token is not None and token.is_word and token.folded not in view.words["instrument_no_subject"]


def genitives(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the span with the genitives that make a title of a bare noun.

    Before it in Lithuanian (Užsieniečių teisinės padėties įstatymas), after it where names are written in lower case
    (Strategija upravljanja migracijama).
    """
    tokens = view.tokens
    index = view.token_index(start)
    if view.language == "lt":
        for at in range(index - 1, max(index - _MOST_GENITIVES - 1, -1), -1):
            token = tokens[at]
            if (
                not token.is_word
                or tokens[at + 1].start - token.end != 1
                or token.folded in view.words["org_never_first"]
            ):
                break
            if token.is_capitalised:
                return (token.start, end) if token.folded.endswith(_GENITIVES) else (start, end)
        return start, end
    if view.language not in _LOWER_CASE or not tokens[index].is_capitalised or view.sentence(start).start == start:
        return start, end
    last = end
    for at in range(view.token_index(end), min(view.token_index(end) + _MOST_GENITIVES_AFTER, len(tokens))):
        token = tokens[at]
        if token.start - last != 1 or not token.text.islower() or token.folded in view.words["instrument_stop"]:
            break
        last = token.end
    return start, last


def _phrase_end(view: View, begin: int, otherwise: int) -> int:
    """Return the end of a noun phrase that may hold of, for, on and lists with "and"."""
    tokens = view.tokens
    index = view.token_index(begin)
    last = otherwise
    for at in range(index, min(index + _MOST_WORDS, len(tokens))):
        token = tokens[at]
        if at > index and (token.start - tokens[at - 1].end > 1 or "\n" in view.text[tokens[at - 1].end : token.start]):
            break
        if _ends_phrase(view, at) and not (at == index and len(token.text) <= _LONGEST_ARTICLE):
            # An article may open the phrase: über die Zusammenarbeit, për të huajt.
            break
        if (token.is_word and token.folded not in _INNER and token.folded != "s") or token.is_number:
            last = token.end
    return last


def _ends_phrase(view: View, at: int) -> bool:
    """True for a token that is no part of a descriptive name: a verb, a clause, a full stop."""
    token = view.tokens[at]
    if token.folded == "on" and _is_day(view, at + 1):
        return True
    if token.folded in ("and", "or"):
        return not _same_level(view, at)
    if token.text == ",":
        return not _is_enumeration(view, at)
    if token.is_word:
        return token.folded in view.words["instrument_stop"]
    return not (token.is_number or token.text in "-–’'")


def _is_day(view: View, at: int) -> bool:
    """True for the 5 of "on 5 July" and for "on Monday": when something happens is no part of a name."""
    token = view.tokens[at] if at < len(view.tokens) else None
    return token is not None and (token.is_number or token.folded in _WEEKDAYS)


def _is_enumeration(view: View, comma: int) -> bool:
    """True for a comma between capitalised words (Migration, Home Affairs and Citizenship)."""
    tokens = view.tokens
    return 0 < comma < len(tokens) - 1 and tokens[comma - 1].is_capitalised and tokens[comma + 1].is_capitalised


def _same_level(view: View, conjunction: int) -> bool:
    """True where "and" joins two nouns of the name, not two clauses: both sides look alike."""
    tokens = view.tokens
    if not 0 < conjunction < len(tokens) - 1:
        return False
    before, after = tokens[conjunction - 1], tokens[conjunction + 1]
    opens_clause = after.folded in view.words["instrument_stop"] or after.folded in _ARTICLES | {"to", "on"}
    return before.is_capitalised == after.is_capitalised and not opens_clause


def parties_end(view: View, end: int, hits: Hits) -> int:
    """Return the end of the parties after a core: between A and B, with A, B and C."""
    match = _PARTIES.match(view.text, end)
    if match is None:
        return end
    at, last = match.end(), end
    starts = hits.starting(*_PARTY_KINDS)
    for _ in range(_MOST_PARTIES):
        glue = _GLUE.match(view.text, at)
        party = starts.get(glue.end()) if glue is not None else None
        if party is None:
            break
        last = at = party.end
        short = _SHORT_FORM.match(view.text, at)
        if short is not None and short.start("name") in starts:
            # between the European Union (EU) and Moldova: the name goes on behind the abbreviation.
            at = short.end()
    return last
