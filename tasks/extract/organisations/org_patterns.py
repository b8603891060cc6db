"""Organisations nobody has listed: a head noun (Agency, služba, Dienst, …) with the words that make it a name.

Three shapes: capitalised words up to the head (European Fisheries Control Agency), the head and its complement (Office
for the Support of Migrants; Amt für Migration), and, in languages that write names in lower case, whatever stands
before a bracket with its abbreviation. Tried only at head nouns; each try looks at a bounded number of words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, Token, View, fold

_MOST_WORDS = 9
_BRACKET_AFTER = re.compile(r"[ \u00a0]\(([A-ZČŠŽĆĐÄÖÜËÇА-Я][\w&/-]{1,9})\)")
# Languages that write only the first word of a name with a capital.
LOWER_CASE_NAMES = frozenset({"lt", "bs", "hr", "sr", "sh", "mk", "sl"})
_ADJECTIVE = r"[^\W\d_]{2,30}(?:n[auei]|sk[auei]|čk[auei]|jsk[auei]|н[аеио]|ск[аеио])[ \u00a0]"
_POLICY_COMPLEMENT = re.compile(
    rf"[ \u00a0](?:za|за|o)[ \u00a0](?:{_ADJECTIVE})?[^\W\d_]{{1,40}}"
    rf"(?:(?:,[ \u00a0][^\W\d_]{{1,40}}){{0,3}}[ \u00a0](?:i|in|и|te)[ \u00a0](?:{_ADJECTIVE})?[^\W\d_]{{1,40}})?"
    # For whom: za integracijo migrantov.
    r"(?:[ \u00a0][^\W\d_]{2,30}(?:ov|ev|nata|glica|naca|soba|ов))?"
)
# Whatever stands in lower case between the head and a bracket with a name or abbreviation belongs to the name.
_TO_BRACKET = re.compile(r"(?:[ \u00a0][^\W\d_]{1,40},?){1,9}(?=[ \u00a0]\([A-ZČŠŽĆĐА-Я])")
# An organisation of Europe has no country; what kind it is shows in the head.
_EUROPEAN = ("european ", "eu ", "europs", "evrops")
_EUROPEAN_KINDS = {"national_agency": "eu_agency", "government_body": "eu_institution", "forum": "eu_institution"}
_OWNER_LINK = re.compile(r" (?:of|der|des|van) (?:the |de |het )?$")
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_JOINED = re.compile(r",? (?:and|und|en|et) (?:the |de |het )?$")
# Datives: not what a name is made of.
_NO_GENITIVE = ("oms", "ams", "ems", "iui", "ui", "imis")
_GENITIVE = ("os", "io", "es", "iu", "u", "aus", "ine", "ines", "asis", "oji")


def pattern_organisations(view: View, hits: Hits, named: Sequence[Candidate]) -> list[Candidate]:
    """Return organisations found by their head noun, outside the names already known."""
    heads = hits.words("org_head")
    if not heads:
        return []
    known = SpanMask(len(view.text), (candidate.span for candidate in named))
    owners = {candidate.end: candidate.start for candidate in named}
    found = []
    for hit in heads:
        span = None if known.covers(hit.start) else _before_owner(view, _span(view, hit), owners)
        # A known name within the span is part of the longer one; one that reaches out of it is another.
        if span is not None and not _reaches_out(known, span):
            found.append(_candidate(view, hit, span, hits))
    return found


def _before_owner(view: View, span: tuple[int, int] | None, owners: Mapping[int, int]) -> tuple[int, int] | None:
    """Return the span without the known body it ends with: the Committee of the Eduskunta is not the Eduskunta."""
    start = owners.get(span[1]) if span is not None else None
    if span is None or start is None or start <= span[0]:
        return span
    joined = _JOINED.search(view.text, span[0], start)
    if joined is not None and view.text[start : span[1]].isupper():
        # The abbreviation of another body behind "and" is no part of the name: the Ministry of Justice and IOM.
        return span[0], joined.start()
    link = _OWNER_LINK.search(view.text, span[0], start)
    if link is None:
        return span
    capitals = sum(
        token.is_capitalised for token in view.tokens[view.token_index(span[0]) : view.token_index(link.start())]
    )
    return (span[0], link.start()) if capitals > 1 else span


def _reaches_out(known: SpanMask, span: tuple[int, int]) -> bool:
    start, end = span
    return (known.covers(start) and start > 0 and known.covers(start - 1)) or (
        known.covers(end - 1) and known.covers(end)
    )


def _candidate(view: View, hit: Hit, span: tuple[int, int], hits: Hits) -> Candidate:
    name = view.text[span[0] : span[1]]
    starting = hits.starting("territory")
    inside = (starting[at] for at in range(span[1] - 1, span[0] - 1, -1) if at in starting)
    country = next((territory.entry.country_code for territory in inside), None)
    kind = hit.entry.reference_id
    if fold(name).startswith(_EUROPEAN):
        kind = _EUROPEAN_KINDS.get(kind, kind)
    rule = "organisation.bracket" if _BRACKET_AFTER.match(view.text, span[1]) else "organisation.pattern"
    fields: dict[str, object] = {
        "name": name,
        "subtype": kind,
        "country_code": None if kind.startswith("eu_") else country,
    }
    return Candidate("organisation", *span, rule, prior(rule), fields)


def _span(view: View, hit: Hit) -> tuple[int, int] | None:
    index = view.token_index(hit.start)
    if view.language not in LOWER_CASE_NAMES:
        return _capitalised(view, index, hit) if view.tokens[index].is_capitalised else None
    if view.language == "lt":
        return _lithuanian(view, index, hit)
    return _lower_case(view, index, hit)


# -- capitalised names
# -----------------------------------------------------------------------------------------------------


def _capitalised(view: View, index: int, hit: Hit) -> tuple[int, int] | None:
    first = _left(view, index)
    last = _right(view, view.token_index(hit.end) - 1)
    defined = _BRACKET_AFTER.match(view.text, view.tokens[last].end) is not None
    if index > first and view.tokens[index - 1].folded in view.words["org_facility"] and not defined:
        return None
    capitals = sum(token.is_capitalised for token in view.tokens[first : last + 1])
    return (view.tokens[first].start, view.tokens[last].end) if capitals > 1 else None


def _left(view: View, index: int) -> int:
    """Return the index of the first token of the capitalised words before the head."""
    tokens, words, first = view.tokens, view.words, index
    for at in range(index - 1, max(index - _MOST_WORDS - 1, -1), -1):
        token = tokens[at]
        if tokens[at + 1].start - token.end > 1 or "\n" in view.text[token.end : tokens[at + 1].start]:
            break
        if token.is_capitalised and token.folded not in words["org_never_first"]:
            first = at
        elif not (
            (token.folded in words["org_inside"] or token.text in "-–&") and at and tokens[at - 1].is_capitalised
        ):
            break
    while first < index and (tokens[first].folded in words["org_join"] or tokens[first].text in "-–"):
        first += 1
    return first


def _right(view: View, index: int) -> int:
    """Return the index of the last token of the head's complement: of X, for X and Y, on X, Y and Z."""
    tokens, words, last = view.tokens, view.words, index
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.folded not in words["org_complement"]:
        return index
    if "\n" in view.text[tokens[index].end : following.start] or _is_dated(tokens, index + 1):
        return index
    for at in range(index + 1, min(index + 1 + _MOST_WORDS, len(tokens))):
        token = tokens[at]
        if token.start - tokens[at - 1].end > 1:
            break
        if token.is_capitalised:
            last = at
        elif token.text == ",":
            if not _list_goes_on(tokens, at):
                break
        elif token.text not in "-–" and token.folded not in words["org_join"]:
            break
    return last


def _is_dated(tokens: Sequence[Token], link: int) -> bool:
    """True for "Parliament on Thursday": what follows says when, not what the body is for."""
    return link + 1 < len(tokens) and tokens[link + 1].folded in _DAYS


def _list_goes_on(tokens: Sequence[Token], comma: int) -> bool:
    """True for "Citizenship, Asylum and Migration": after the comma come capitals and, soon, an "and"."""
    for at in range(comma + 1, min(comma + 6, len(tokens))):
        token = tokens[at]
        if token.folded in ("and", "und", "en", "dhe", "&"):
            return at > comma + 1 and at + 1 < len(tokens) and tokens[at + 1].is_capitalised
        if not token.is_capitalised and token.text != ",":
            return False
    return False


# -- names in lower case
# ---------------------------------------------------------------------------------------------------


def _lower_case(view: View, index: int, hit: Hit) -> tuple[int, int] | None:
    """Return a name whose words are lower case: it ends at its bracket, or after "za …"."""
    match = _TO_BRACKET.match(view.text, hit.end) or _POLICY_COMPLEMENT.match(view.text, hit.end)
    end = match.end() if match is not None else hit.end
    start = _first_capital(view, index)
    defined = _BRACKET_AFTER.match(view.text, end) is not None
    if start is None:
        # A wholly lower-case phrase is a name only if its abbreviation follows.
        return (view.tokens[index].start, end) if match is not None and defined else None
    return (start, end) if match is not None or defined else None


def _first_capital(view: View, index: int) -> int | None:
    """Return the start of the capitalised word that opens the name: the head, or an adjective or two before it."""
    if view.tokens[index].is_capitalised:
        return view.tokens[index].start
    for at in range(index - 1, max(index - 4, -1), -1):
        token = view.tokens[at]
        if not token.is_word or view.tokens[at + 1].start - token.end != 1:
            return None
        if token.is_capitalised:
            return token.start if token.folded not in view.words["org_never_first"] else None
    return None


def _lithuanian(view: View, index: int, hit: Hit) -> tuple[int, int] | None:
    """Genitives before the head: Valstybės sienos apsaugos tarnyba, Nacionalinė švietimo agentūra."""
    tokens = view.tokens
    for at in range(index - 1, max(index - 7, -1), -1):
        token = tokens[at]
        if not token.is_word or tokens[at + 1].start - token.end != 1 or token.folded in view.words["org_never_first"]:
            return None
        if token.folded.endswith(_NO_GENITIVE):
            return None
        if token.is_capitalised:
            opens = view.sentence(token.start).start == token.start
            return (token.start, hit.end) if not opens or token.folded.endswith(_GENITIVE) else None
    return None
