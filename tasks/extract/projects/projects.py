"""Projects: titles in quotes beside the word project, names without quotes, and where both stand again.

The shapes of unquoted names are in `projects.project_names`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tasks.extract.projects.project_names import ProjectNames
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.repeats import find_repeats
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View

# Opening sign → the signs that may close it. Announcements mix them: „…“, „…”, “…”, »…«, «…».
_CLOSING = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", '"': '"', "‘": "’", "”": "”"}
# Plain single quotes are apostrophes as well: only a title between word edges counts.
_SINGLE = re.compile(r"(?<![\w'])'(?=[A-ZČŠŽĆĐÄÖÜ])([^'\n]{6,120})(?<=\w)'(?!\w)")
_SIGNS = re.compile('[“„«»"‘’”]')
_LONGEST_TITLE = 220
_SHORTEST_TITLE = 6
# A title may hold quotes of its own; more than these are no title.
_MOST_INNER_SIGNS = 4
# Words between "project" and its title.
_BETWEEN_WORDS = 6
_CLAUSE_END = re.compile(r"[.;!?\n]|:(?!\s*$)")
_ACRONYM = re.compile(r"[“”\"»«’]?[ \u00a0]\(([A-Z][\w&/ -]{1,14})\)")
_WINDOW = 90
# What is done with a project and with nothing else that has a title in quotes.
_DONE = re.compile(
    r"[“”\"»«’]?,? (?:is|was|will be|has been|are|runs|started|starts|began|aims|supports)\b"
    r"(?: (?:jointly |being |also )?"
    r"(?:carried out|implemented|financed|funded|co-financed|co-funded|launched|supported|paid for|run))?"
)


def find_projects(view: View, hits: Hits, organisations: Sequence[Candidate]) -> list[Candidate]:
    """Return the projects of a text: quoted titles, named ones, and later mentions of both.

    Args:
        view: The text.
        hits: Gazetteer hits.
        organisations: Organisations of the text.
    """
    words = hits.words("project_word")
    if not words:
        return []
    found = [
        _candidate(view, start, end, "project.quoted")
        for start, end in _quotes(view.text)
        if _is_beside(view, start, end, words) or _is_carried_out(view, start, end)
    ]
    taken = SpanMask(len(view.text), (candidate.span for candidate in found))
    names = ProjectNames(view, hits, organisations)
    for hit in words:
        span = names.beside(hit)
        rule = "project.named"
        if span is None and not found:
            span, rule = names.taken_up(hit), "project.taken_up"
        if span is not None and not taken.touches(*span):
            taken.add(*span)
            found.append(_candidate(view, *span, rule))
    return [*found, *_again(view, found, taken, names)]


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
    spans.extend(match.span(1) for match in _SINGLE.finditer(text) if _is_title(match.group(1)))
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
        if len(between) <= _WINDOW and len(between.split()) <= _BETWEEN_WORDS and not _CLAUSE_END.search(between):
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


def _again(view: View, found: Sequence[Candidate], taken: SpanMask, names: ProjectNames) -> list[Candidate]:
    """Later mentions: the title once more, the acronym the text gives in brackets after it, and its next phases.

    A title with the number of a phase after it is another project (Horizon South, Horizon South II).
    """
    forms: dict[str, Candidate] = {}
    for candidate in found:
        forms.setdefault(str(candidate.fields["name"]), candidate)
        match = _ACRONYM.match(view.text, candidate.end)
        if match is not None:
            forms.setdefault(match.group(1), candidate)
    rule = "project.again"
    again: list[Candidate] = []
    phases: dict[str, Candidate] = {}
    for form, start, end in find_repeats(view.text, forms):
        if taken.touches(start, end):
            continue
        next_phase = names.phase(start, end)
        if next_phase is None:
            fields = {**forms[form].fields, "antecedent": forms[form]}
            again.append(Candidate("project", start, end, rule, prior(rule), fields))
            continue
        phase = _candidate(view, *next_phase, rule)
        first = phases.setdefault(str(phase.fields["name"]), phase)
        if first is not phase:
            phase.fields["antecedent"] = first
        again.append(phase)
    return again
