"""The headline of a text that no markup names: the line above the text that looks and reads like one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.clean.furniture import Verdict
from tasks.clean.lines import Line, bare_words, is_prose, stems

# A longer question or exclamation is a sentence of the text.
_QUESTION_WORDS, _QUESTION_CHARS = 22, 160
# What the first paragraphs say, the headline says.
_PARAGRAPHS = 12
_BESIDE = frozenset({"byline", "date_line", "empty_label"})
_NEAR = 3
# By number of words: one word is a rubric, two or three may be a name, from five on it is a headline.
_LENGTH_SCORES = (-2.0, -2.0, 0.5, 1.5, 2.5, 3.0)
_MOST_SHARED = 6
_SHORT_HEADLINE = 4
# A line of headline's length that shares three words with the text.
_SURE = 4.5
# Above a text stand some dozens of lines; thousands are a dump, and comparing all with all would take too long.
_MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines above the first paragraph, and the words of the text below."""

    lines: Sequence[Line]
    verdicts: Sequence[Verdict | None]
    forms: Sequence[str]
    counts: Mapping[str, int]
    candidates: frozenset[int]
    text_words: frozenset[str]


def find_headline(lines: Sequence[Line], verdicts: Sequence[Verdict | None]) -> int | None:
    """Return which line is the headline, or None if the text begins at once.

    It stands before the first paragraph and is no furniture. Among several candidates those weigh more that are as long
    as headlines are, that share words with the text, that the page repeats, and that stand above a date or byline.
    """
    paragraphs = [n for n, line in enumerate(lines) if verdicts[n] is None and _is_paragraph(line)]
    first = paragraphs[0] if paragraphs else len(lines)
    best, score = _best(lines, verdicts, 0, first)
    if score < _SURE and len(paragraphs) > 1 and paragraphs[1] > first + 1:
        # A sentence about cookies or a caption may stand above the headline.
        other, other_score = _best(lines, verdicts, first + 1, paragraphs[1])
        if other_score > max(score, _SURE):
            best = other
    if best is None or (not paragraphs and sum(verdict is None for verdict in verdicts) == 1):
        # One short line and nothing else is a text without a headline rather than a headline without a text.
        return None
    return best


def _best(
    lines: Sequence[Line], verdicts: Sequence[Verdict | None], start: int, first: int
) -> tuple[int | None, float]:
    """Return the line from `start` up to the paragraph `first` that is most like a headline, and how much it is."""
    forms = ["" if n < start else bare_words(line.text) for n, line in enumerate(lines[:first])]
    candidates = frozenset(n for n in range(start, first) if verdicts[n] is None and _may_be_headline(lines[n]))
    longer = sorted((n for n in candidates if forms[n]), key=lambda n: len(forms[n]))[:_MOST_CANDIDATES]
    candidates = frozenset(n for n in longer if not _decorates(forms[n], [forms[m] for m in longer]))
    if not candidates:
        return None, float("-inf")
    text = " ".join(bare_words(line.text) for line in lines[first : first + _PARAGRAPHS])
    head = _Head(lines, verdicts, forms, Counter(forms), candidates, stems(text))
    best = max(sorted(candidates), key=lambda n: (_score(n, head), -n))
    # Of a repeated headline the last one stands before the text; those above it are navigation.
    return max(n for n in candidates if forms[n] == forms[best]), _score(best, head)


def _decorates(form: str, others: Sequence[str]) -> bool:
    """Return whether a line is another one with a path before it or a site's name behind it."""
    return any(
        form != other
        and other.count(" ") >= _SHORT_HEADLINE - 1
        and (form.endswith(f" {other}") or form.startswith(f"{other} "))
        for other in others
    )


def _may_be_headline(line: Line) -> bool:
    return line.hint is None and line.form != "item"


def _score(n: int, head: _Head) -> float:
    words = head.forms[n].split()
    shared = stems(head.forms[n]) & head.text_words
    return (
        _LENGTH_SCORES[min(len(words), len(_LENGTH_SCORES) - 1)]
        + 0.5 * min(len(shared), _MOST_SHARED)
        + 2.0 * (head.counts[head.forms[n]] > 1)
        + _score_of_place(n, head)
        - 2.0 * head.lines[n].text.endswith((":", ".", ",", ";"))
        - 1.0 * (len(words) >= _SHORT_HEADLINE and _is_menu(head.lines[n].text))
    )


def _score_of_place(n: int, head: _Head) -> float:
    above, below = _kinds(head, n - 1, n), _kinds(head, n + 1, n + 1 + _NEAR)
    score = 1.0 * any(kind in _BESIDE for kind in below) + 0.5 * any(kind in _BESIDE for kind in above)
    # A picture's caption is repeated as often as a headline; its credit follows it.
    score -= 2.0 * (below[:1] == ["caption"])
    # A second line under a headline is its deck.
    score -= 0.7 * (n - 1 in head.candidates and len(head.forms[n - 1].split()) >= _SHORT_HEADLINE)
    return score


def _is_menu(text: str) -> bool:
    """Return whether every word has a capital: names and rows of links have, headlines seldom."""
    return all(word[0].isupper() or not word[0].isalpha() for word in text.split())


def _kinds(head: _Head, start: int, end: int) -> list[str | None]:
    return [verdict.kind if verdict is not None else None for verdict in head.verdicts[max(0, start) : end]]


def _is_paragraph(line: Line) -> bool:
    if line.hint is not None or not is_prose(line.text):
        return False
    asks = line.text.endswith(("?", "!"))
    return not (asks and line.text.count(" ") < _QUESTION_WORDS and len(line.text) < _QUESTION_CHARS)
