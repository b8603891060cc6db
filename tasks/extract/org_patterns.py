"""Organisations nobody has listed: a head noun (Agency, služba, Dienst, …) with the words that make it a name.

Three shapes: capitalised words up to the head (European Fisheries Control Agency), the head and its complement (Office for the
Support of Migrants; Amt für Migration), and, in languages that write names in lower case, whatever stands before a bracket with
its abbreviation. Tried only at head nouns; each try looks at a bounded number of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, Token, View, fold

_MOST_WORDS = 9
_JOIN_INSIDE = frozenset(
    {
        "of",
        "for",
        "and",
        "&",
        "on",
        "the",
        "und",
        "für",
        "fur",
        "de",
        "van",
        "voor",
        "en",
        "e",
        "i",
        "të",
        "te",
        "së",
        "se",
        "për",
        "per",
        "dhe",
        "der",
        "des",
    }
)
_COMPLEMENT_OPENERS = frozenset(
    fold(word) for word in "of for on against under in für der des van voor e i të së për za за o".split()
)
# A capital at the beginning of a sentence, or a word that never belongs to a name.
_NEVER_FIRST = frozenset(
    fold(word)
    for word in """the a an this that these those its their his her our in on at by for of from with and or as to new no each
    all both several many other some such under after before during since when while if but also der die das den dem des ein
    eine im am zum de het een deze dit les le la novi nova novo iš su ir nuo do od na u v za iz s o sa pri po mr mrs ms dr
    minister ministers president director commissioner ambassador head secretary deputy executive acting former chief
    representatives officials officers experts members staff""".split()
)
_FACILITY = frozenset(
    "reception detention accommodation registration conference asylum transit shopping press media information training".split()
)
_BRACKET_AFTER = re.compile(r"[ \u00a0]\(([A-ZČŠŽĆĐÄÖÜËÇА-Я][\w&/-]{1,9})\)")
# Languages that write only the first word of a name with a capital.
_LOWER_CASE_NAMES = frozenset({"lt", "bs", "hr", "sr", "sh", "mk", "sl"})
_POLICY_COMPLEMENT = re.compile(
    r"[ \u00a0](?:za|за|o|о)[ \u00a0]((?:[^\W\d_]+(?:n[auei]|sk[auei]|čk[auei]|jsk[auei]|н[аеио]|ск[аеио])[ \u00a0])?[^\W\d_]+"
    r"(?:(?:,[ \u00a0][^\W\d_]+)*[ \u00a0](?:i|in|и|te)[ \u00a0](?:[^\W\d_]+(?:n[auei]|sk[auei]|н[аеио]|ск[аеио])[ \u00a0])?[^\W\d_]+)?)"
)

# Whatever stands in lower case between the head and a bracket with a name or abbreviation belongs to the name.
_TO_BRACKET = re.compile(r"(?:[ \u00a0][^\W\d_]+,?){1,9}(?=[ \u00a0]\([A-ZČŠŽĆĐА-Я])")


def pattern_organisations(view: View, hits: Sequence[Hit], named: Sequence[Candidate]) -> list[Candidate]:
    """Return organisations found by their head noun, outside the names already known."""
    heads = [hit for hit in hits if hit.entry.subtype == "org_head"]
    if not heads:
        return []
    known = [(candidate.start, candidate.end) for candidate in named]
    countries = {hit.start: hit for hit in reversed(hits) if hit.entry.kind == "territory"}
    found = []
    for hit in heads:
        if any(start <= hit.start < end for start, end in known):
            continue
        span = _span(view, hit)
        if span is None or any(_crosses((start, end), span) for start, end in known):
            continue
        found.append(_candidate(view, hit, span, countries))
    return found


def _crosses(known: tuple[int, int], span: tuple[int, int]) -> bool:
    """True if a known name reaches out of the span, or is the span; one within it is part of the longer name."""
    overlap = known[0] < span[1] and span[0] < known[1]
    within = span[0] <= known[0] and known[1] <= span[1] and known != span
    return overlap and not within


def _candidate(view: View, hit: Hit, span: tuple[int, int], countries: dict[int, Hit]) -> Candidate:
    name = view.text[span[0] : span[1]]
    country = next(
        (countries[at].entry.country_code for at in range(span[1] - 1, span[0] - 1, -1) if at in countries), None
    )
    kind = hit.entry.reference_id
    if fold(name).startswith(("european ", "eu ", "europ", "evropsk")) and kind in (
        "national_agency",
        "government_body",
        "forum",
    ):
        kind = "eu_agency" if kind == "national_agency" else "eu_institution"
    has_bracket = _BRACKET_AFTER.match(view.text, span[1]) is not None
    rule = "organisation.bracket" if has_bracket else "organisation.pattern"
    fields: dict[str, object] = {
        "name": name,
        "subtype": kind,
        "country_code": None if kind.startswith("eu_") else country,
    }
    return Candidate("organisation", *span, rule, prior(rule), fields)


def _span(view: View, hit: Hit) -> tuple[int, int] | None:
    index = view.token_index(hit.start)
    token = view.tokens[index]
    if token.is_capitalised and view.document.language not in _LOWER_CASE_NAMES:
        return _capitalised(view, index, hit)
    return _lower_case(view, index, hit)


# -- capitalised names ---------------------------------------------------------------------------------------------------


def _capitalised(view: View, index: int, hit: Hit) -> tuple[int, int] | None:
    first = _left(view, index)
    last = _right(view, view.token_index(hit.end) - 1)
    if view.tokens[index - 1].folded in _FACILITY and index > first:
        return None
    words = [token for token in view.tokens[first : last + 1] if token.is_capitalised]
    if len(words) < 2:
        return None
    return view.tokens[first].start, view.tokens[last].end


def _left(view: View, index: int) -> int:
    """Return the index of the first token of the capitalised words before the head."""
    tokens, first = view.tokens, index
    at = index - 1
    while at >= 0 and index - at <= _MOST_WORDS:
        token = tokens[at]
        gap = tokens[at + 1].start - token.end
        if gap > 1 or "\n" in view.text[token.end : tokens[at + 1].start]:
            break
        if token.is_capitalised and token.folded not in _NEVER_FIRST:
            first = at
        elif not (token.folded in ("and", "of", "for", "&", "und", "-", "–") and at and tokens[at - 1].is_capitalised):
            break
        at -= 1
    while first < index and tokens[first].folded in _JOIN_INSIDE | {"-"}:
        first += 1
    return first


def _right(view: View, index: int) -> int:
    """Return the index of the last token of the head's complement: of X, for X and Y, on X, Y and Z."""
    tokens, last = view.tokens, index
    at = index + 1
    if (
        at >= len(tokens)
        or tokens[at].folded not in _COMPLEMENT_OPENERS
        or "\n" in view.text[tokens[index].end : tokens[at].start]
    ):
        return index
    while at < len(tokens) and at - index <= _MOST_WORDS:
        token = tokens[at]
        if tokens[at].start - tokens[at - 1].end > 1:
            break
        if token.is_capitalised:
            last = at
        elif token.text == "," and not _list_goes_on(tokens, at):
            break
        elif token.text not in ",-–" and token.folded not in _JOIN_INSIDE:
            break
        at += 1
    return last


def _list_goes_on(tokens: Sequence[Token], comma: int) -> bool:
    """True for "Citizenship, Asylum and Migration": after the comma come capitals and, soon, an "and"."""
    for at in range(comma + 1, min(comma + 6, len(tokens))):
        token = tokens[at]
        if token.folded in ("and", "und", "en", "dhe", "&"):
            return at > comma + 1 and at + 1 < len(tokens) and tokens[at + 1].is_capitalised
        if not token.is_capitalised and token.text != ",":
            return False
    return False


# -- names in lower case -------------------------------------------------------------------------------------------------


def _lower_case(view: View, index: int, hit: Hit) -> tuple[int, int] | None:
    """Return a name whose words are lower case: it ends at its bracket, at its head (Lithuanian), or after "za …"."""
    if view.document.language == "lt":
        return _lithuanian(view, index, hit)
    token = view.tokens[index]
    start = _first_capital(view, index)
    end = hit.end
    bracket = _TO_BRACKET.match(view.text, hit.end)
    match = bracket or _POLICY_COMPLEMENT.match(view.text, hit.end)
    if match is not None:
        end = match.end()
    if start is None:
        start = token.start
        # A wholly lower-case phrase is a name only if its abbreviation follows.
        return (start, end) if match is not None and _BRACKET_AFTER.match(view.text, end) else None
    if match is None and not _BRACKET_AFTER.match(view.text, end):
        return None
    return start, end


def _first_capital(view: View, index: int) -> int | None:
    """Return the start of the capitalised word that opens the name: the head, or an adjective or two before it."""
    if view.tokens[index].is_capitalised:
        return view.tokens[index].start
    for at in range(index - 1, max(index - 4, -1), -1):
        token = view.tokens[at]
        if not token.is_word or view.tokens[at + 1].start - token.end != 1:
            return None
        if token.is_capitalised:
            return token.start if token.folded not in _NEVER_FIRST else None
    return None


def _lithuanian(view: View, index: int, hit: Hit) -> tuple[int, int] | None:
    """Genitives before the head: Valstybės sienos apsaugos tarnyba, Nacionalinė švietimo agentūra."""
    tokens = view.tokens
    for at in range(index - 1, max(index - 7, -1), -1):
        token = tokens[at]
        if not token.is_word or tokens[at + 1].start - token.end != 1 or token.folded in _NEVER_FIRST:
            return None
        if token.is_capitalised:
            opens = view.sentence(token.start).start == token.start
            genitive = token.folded.endswith(("os", "io", "es", "iu", "u", "aus", "ine", "ines", "asis", "oji"))
            return (token.start, hit.end) if not opens or genitive else None
    return None
