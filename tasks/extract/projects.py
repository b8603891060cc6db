"""Projects: titles in quotes beside the word project, and capitalised names before or after it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tasks.extract.gazetteer import Hit, Hits
from tasks.extract.repeats import find_repeats
from tasks.extract.rules import prior
from tasks.extract.spans import SpanMask
from tasks.extract.tokens import Candidate, View, fold

# Opening sign → the signs that may close it. Announcements mix them: „…“, „…”, “…”, »…«, «…».
_CLOSING = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", '"': '"', "‘": "’", "”": "”"}
_SIGNS = re.compile('[“„«»"‘’”]')
_LONGEST_TITLE = 220
_SHORTEST_TITLE = 6
# A title may hold quotes of its own; more than these are no title.
_MOST_INNER_SIGNS = 4
# Words between "project" and its title.
_BETWEEN_WORDS = 6
_CLAUSE_END = re.compile(r"[.;!?\n]|:(?!\s*$)")
_ACRONYM = re.compile(r"[“”\"»«’]?[ \u00a0]\(([A-Z][\w&/ -]{1,14})\)")
_PIECE = r"(?:[A-ZČŠŽĆĐ][\w&/]{0,40}|\d{1,4})"
_NAMED = re.compile(rf"(?P<name>{_PIECE}(?:[ \u00a0-](?:{_PIECE}|and|of|for|on|in|the|to)){{0,9}})[ \u00a0]$")
_NAMED_WINDOW = 90
_AFTER = re.compile(rf"[ \u00a0](?P<name>{_PIECE}(?:[ \u00a0-]{_PIECE}){{0,5}})")
# What is done with a project and with nothing else that has a title in quotes.
_DONE = re.compile(
    r"[“”\"»«’]?,? (?:is|was|will be|has been|are|runs|started|starts|began|aims|supports)\b"
    r"(?: (?:jointly |being |also )?"
    r"(?:carried out|implemented|financed|funded|co-financed|co-funded|launched|supported|paid for|run))?"
)


def find_projects(view: View, hits: Hits) -> list[Candidate]:
    """Return the projects of a text: quoted titles, named ones, and later mentions of both."""
    words = hits.words("project_word")
    if not words:
        return []
    found = [
        _candidate(view, start, end, "project.quoted")
        for start, end in _quotes(view.text)
        if _is_beside(view, start, end, words) or _is_carried_out(view, start, end)
    ]
    taken = SpanMask(len(view.text), (candidate.span for candidate in found))
    for hit in words:
        span = _named_span(view, hit)
        if span is not None and not taken.touches(*span):
            taken.add(*span)
            found.append(_candidate(view, *span, "project.named"))
    return [*found, *_again(view, found, taken)]


def _candidate(view: View, start: int, end: int, rule: str) -> Candidate:
    return Candidate("project", start, end, rule, prior(rule), {"name": view.text[start:end]}, priority=1)


def _quotes(text: str) -> list[tuple[int, int]]:
    """Return the spans within quotation marks that could be titles; linear in the number of signs."""
    signs = [(match.start(), match.group()) for match in _SIGNS.finditer(text)]
    spans = []
    at = 0
    while at < len(signs):
        start, sign = signs[at]
        closing = _CLOSING.get(sign, "")
        end = next(
            (n for n in range(at + 1, min(at + 2 + _MOST_INNER_SIGNS, len(signs))) if signs[n][1] in closing), None
        )
        if end is None or not _is_title(text[start + 1 : min(signs[end][0], start + _LONGEST_TITLE + 2)]):
            at += 1
            continue
        inner = text[start + 1 : signs[end][0]]
        lead = len(inner) - len(inner.lstrip())
        spans.append((start + 1 + lead, signs[end][0] - (len(inner) - len(inner.rstrip()))))
        at = end + 1
    return spans


def _is_title(quoted: str) -> bool:
    """True for what looks like a title: it begins with a capital or a digit and is no sentence."""
    stripped = quoted.strip()
    if not _SHORTEST_TITLE <= len(stripped) <= _LONGEST_TITLE or "\n" in stripped:
        return False
    return (stripped[0].isupper() or stripped[0].isdigit()) and not stripped.endswith((".", ",", "!", "?"))


def _is_beside(view: View, start: int, end: int, words: Sequence[Hit]) -> bool:
    """True if the word project stands shortly before or right after the quotes."""
    position = bisect_right(words, start - 1, key=lambda hit: hit.end)
    if position:
        between = view.text[words[position - 1].end : start - 1]
        if len(between) <= _NAMED_WINDOW and len(between.split()) <= _BETWEEN_WORDS and not _CLAUSE_END.search(between):
            return True
    following = bisect_left(words, end, key=lambda hit: hit.start)
    if following == len(words):
        return False
    gap = view.text[end + 1 : words[following].start]
    return words[following].start - end <= _BETWEEN_WORDS + _SHORTEST_TITLE and len(gap.split()) <= 1


def _is_carried_out(view: View, start: int, end: int) -> bool:
    """True for a title that opens its sentence and is carried out, financed or launched."""
    opens = view.sentence(start).start >= start - 1
    match = _DONE.match(view.text, end) if opens else None
    return match is not None and " " in match.group().strip('“”"»«’, ')


def _named_span(view: View, hit: Hit) -> tuple[int, int] | None:
    """The FReM II project, project EU4Migration: one coined word, or three capitalised ones."""
    before = _NAMED.search(view.text, max(0, hit.start - _NAMED_WINDOW), hit.start)
    if before is not None:
        name = before.group("name")
        kept = _without_generic(view, name)
        if kept is not None:
            return before.end("name") - len(kept), before.end("name")
    after = _AFTER.match(view.text, hit.end)
    if after is None or not _is_distinctive(after.group("name")):
        return None
    return None if fold(after.group("name").split()[0]) in view.words["project_generic"] else after.span("name")


def _without_generic(view: View, name: str) -> str | None:
    """Return the end of the name that begins with its first distinctive word, or None if nothing is left."""
    kept = name
    while kept:
        first, _, rest = kept.partition(" ")
        if fold(first) not in view.words["project_generic"] and not first[0].islower():
            return kept if _is_distinctive(kept) else None
        kept = rest.lstrip()
    return None


def _is_distinctive(name: str) -> bool:
    words = name.split()
    coined = any(sum(char.isupper() for char in word) > 1 or any(char.isdigit() for char in word) for word in words)
    return (coined and len(name) > 2 and not name.isdigit()) or sum(word[0].isupper() for word in words) > 2


def _again(view: View, found: Sequence[Candidate], taken: SpanMask) -> list[Candidate]:
    """Later mentions: the title once more, or the acronym the text gives in brackets after it."""
    forms: dict[str, Candidate] = {}
    for candidate in found:
        forms.setdefault(str(candidate.fields["name"]), candidate)
        match = _ACRONYM.match(view.text, candidate.end)
        if match is not None:
            forms.setdefault(match.group(1), candidate)
    rule = "project.again"
    return [
        Candidate("project", start, end, rule, prior(rule), {**named.fields, "antecedent": named})
        for form, start, end in find_repeats(view.text, forms)
        for named in (forms[form],)
        if not taken.touches(start, end)
    ]
