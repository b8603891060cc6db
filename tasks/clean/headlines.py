"""The headline of a text that no markup names: the line above the text that looks and reads like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from tasks.clean.furniture import Verdict
from tasks.clean.lines import Line, bare_words, ends_sentence, is_prose, stems
from tasks.clean.wraps import is_broken

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
# Articles and prepositions have no capital in names: "Ministry of the Interior".
_SMALL_WORD, _NAME_PENALTY = 3, 2.0
# "Title: …", "# …"; "… | Border Monitor", "… – Ministry of the Interior".
_LABEL = re.compile(r"(?:(?P<word>[^\W\d_]+)\s?:|#{1,3})\s+(?=\S)")
_SITE = re.compile(r"\s+(?P<mark>[|»·–—-]|::)\s+(?P<name>[^\W\d_][^|»·,:;!?–—]{1,58}[^\W_])$")
# "**…**", "== … ==": what editors and wikis put around a heading.
_MARKED = re.compile(r"(?P<mark>\*{2,3}|__|={2,6})\s*(?P<text>[^*_=\s].*?[^*_=\s])\s*(?P=mark)")
# "Press release 12/2024": a rubric is one with a number too.
_NUMBER = re.compile(r"\s+(?:(?:no|nr|br|št|бр|n°|nº)\.?\s*)?\d[\d/.–-]*$", re.IGNORECASE)
_LONGEST_NAME = 8
_PATH = re.compile(r"\s+[>»›]\s+")
_RUBRIC = re.compile(r"(?P<words>[^\W\d_][^:|–—]{1,40}?)\s?(?::|\s[|–—-])\s+(?=\S)")
_MOTTO = re.compile(r"(?P<name>[^|,:;–—]{3,50}?)\s[|–—-]\s(?=[^\W\d_A-Z])")
_HEADLINE_WORDS = 3
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
        - (_NAME_PENALTY if is_name(head.lines[n].text) or _is_motto(n, head) else 0.0)
    )


def _score_of_place(n: int, head: _Head) -> float:
    above, below = _kinds(head, n - 1, n), _kinds(head, n + 1, n + 1 + _NEAR)
    score = 1.0 * any(kind in _BESIDE for kind in below) + 0.5 * any(kind in _BESIDE for kind in above)
    # A picture's caption is repeated as often as a headline; its credit follows it.
    score -= 2.0 * (below[:1] == ["caption"])
    # A second line under a headline is its deck.
    if n - 1 in head.candidates and len(head.forms[n - 1].split()) >= _SHORT_HEADLINE:
        score -= 0.7 if head.lines[n].gap or is_name(head.lines[n - 1].text) else 1.5
    return score


def is_name(text: str) -> bool:
    """Return whether a line is made as names and rows of links are: every longer word has a capital.

    Headlines in English title case are so too; a headline in sentence case beside them is the better candidate.
    """
    long = [word.strip("\"'„“”‘’«»()") for word in text.split()]
    long = [word for word in long if len(word) > _SMALL_WORD and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _is_motto(n: int, head: _Head) -> bool:
    """Return whether the first line is a site's name with what the site is about: "Border Monitor - news on asylum"."""
    parted = _MOTTO.match(head.lines[n].text)
    return n == min(head.candidates) and parted is not None and is_name(parted["name"])


def headline_block(lines: Sequence[Line], verdicts: Sequence[Verdict | None], place: int) -> tuple[int, int]:
    """Return the first line of a headline that was broken over several lines, and the line after its last.

    A break is undone where no blank line stands and the lower line goes on in lower case, or the upper one ends with
    a word that no line ends with.
    """

    def goes_on(upper: int) -> bool:
        if upper < 0 or upper + 1 >= len(lines) or lines[upper + 1].gap:
            return False
        pair = lines[upper], lines[upper + 1]
        if any(verdicts[n] is not None or not _may_be_headline(lines[n]) for n in (upper, upper + 1)):
            return False
        if any(is_prose(line.text) or ends_sentence(line.text) for line in pair[:1]) or is_prose(pair[1].text):
            return False
        return bare_words(pair[0].text) != bare_words(pair[1].text) and is_broken(pair[0].text, pair[1].text)

    start, end = place, place + 1
    while start > 0 and goes_on(start - 1):
        start -= 1
    while goes_on(end - 1):
        end += 1
    return start, end


def _kinds(head: _Head, start: int, end: int) -> list[str | None]:
    return [verdict.kind if verdict is not None else None for verdict in head.verdicts[max(0, start) : end]]


def _is_paragraph(line: Line) -> bool:
    if line.hint is not None or not is_prose(line.text):
        return False
    asks = line.text.endswith(("?", "!"))
    return not (asks and line.text.count(" ") < _QUESTION_WORDS and len(line.text) < _QUESTION_CHARS)


def bare_headline(text: str, labels: Collection[str], is_furniture: Callable[[str], bool]) -> tuple[str, str, str]:
    """Return a headline without a label, rubric or path before it and the site's name behind it, and what was taken.

    After a bar any name is the site's; after a dash, where a headline may go on, only one of several words behind a
    headline in sentence case.

    Args:
        text: The line.
        labels: Words for "title", folded.
        is_furniture: Whether some words alone are no text: "Press release".

    Returns:
        The headline, what stood before it, what stood behind it.
    """
    marked = _MARKED.fullmatch(text)
    mark = marked["mark"] if marked else ""
    text = marked["text"] if marked else text
    whole, behind = text, ""
    label = _LABEL.match(text)
    if label and (label["word"] is None or label["word"].casefold() in labels):
        text = text[label.end() :]
    *path, last = _PATH.split(text)
    if path and last.count(" ") + 1 >= _HEADLINE_WORDS and all(part.count(" ") < _HEADLINE_WORDS for part in path):
        text = last
    rubric = _RUBRIC.match(text)
    words = _NUMBER.sub("", rubric["words"]) if rubric else ""
    if rubric and is_furniture(words) and text.count(" ", rubric.end()) + 1 >= _HEADLINE_WORDS:
        text = text[rubric.end() :]
    before = whole.removesuffix(text)
    site = _SITE.search(text)
    if site and _is_site(text[: site.start()], site["mark"], site["name"]):
        behind, text = site[0], text[: site.start()]
    return text, mark + before, behind + mark


def _is_site(head: str, mark: str, name: str) -> bool:
    """Return whether the words behind a headline are the name of the site."""
    n_head, n_name = head.count(" ") + 1, name.count(" ") + 1
    if n_head < _HEADLINE_WORDS or n_name > _LONGEST_NAME:
        return False
    if mark in ("-", "–", "—"):
        in_capitals = head.isupper() and not name.isupper()
        return is_name(name) and (not is_name(head) or in_capitals)
    return n_head >= n_name if name[0].isupper() else n_head > n_name
