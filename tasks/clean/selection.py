"""Which lines of a page are its text: what stands before the headline, between headline and text, inside and after it.

Both readers come here: for a scraped text the order and the look of the lines decide; for markup the extractor has
chosen already, and only what it let through is taken out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from tasks.clean.furniture import Verdict
from tasks.clean.lines import (
    Line,
    Removed,
    bare_words,
    ends_sentence,
    is_footnote,
    is_item,
    is_prose,
    removed,
)

# What markup calls these is not text, even where the extractor kept it.
_TRUSTED_HINTS = frozenset({"byline", "caption", "language_switch", "navigation", "share_widget", "site_name", "clock"})
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s+")
# A sentence of this many words directly after the headline or at the end of the text belongs to it.
_SHORT_SENTENCE_WORDS = 5
# What also stands in the middle of texts, as a box or a subhead; comments and the imprint do not.
_BOXES = frozenset({"contact_block", "related_items"})
# Teasers and addresses are shorter than this.
_FULL_PARAGRAPH_WORDS = 35
# How much may follow a closing line, as a share of what stands before it: where an extractor chose the lines it mostly
# knew.
_MOST_AFTER, _MOST_AFTER_CHOSEN = 1.0, 0.25


@dataclass(frozen=True, slots=True)
class Selection:
    """What became of the lines.

    Attributes:
        kept: Lines of the main text, in order.
        removed: Removals by line number, the headline's own line excluded.
        first: Number of the first line of the main text; len(lines) if there is none.
        last: Number of the last line of the main text; -1 if there is none.
    """

    kept: tuple[Line, ...]
    removed: dict[int, Removed]
    first: int
    last: int


def select(
    lines: Sequence[Line],
    verdicts: Sequence[Verdict | None],
    headline: int | None,
    title: str | None,
    chosen: bool,
    taken: dict[int, Removed],
) -> Selection:
    """Return the lines of the main text and what the others are.

    Args:
        lines: All lines in order.
        verdicts: What the word lists and shapes say of each.
        headline: Number of the headline's line, if it is among them.
        title: The headline; lines that repeat it are no text.
        chosen: True if an extractor has already left out most of what is no text.
        taken: Lines that are spoken for (`tasks.clean.provenance`).
    """
    top = -1 if headline is None else headline
    out = {**taken, **_no_text(lines, verdicts, title, top, taken)}
    prose = [n for n, line in enumerate(lines) if n > top and n not in out and is_prose(line.text)]
    closing = [n for n, verdict in enumerate(verdicts) if verdict and verdict.rest and n > top and n not in taken]
    _cut_after_closing(lines, verdicts, prose, out, closing, _MOST_AFTER_CHOSEN if chosen else _MOST_AFTER)
    _cut_other_items(lines, verdicts, prose, out)
    prose = [n for n in prose if n not in out]
    if not chosen and prose:
        _cut_by_shape(lines, prose[0], prose[-1], top, out)
    if chosen and prose:
        _cut_labelled(lines, prose[0], prose[-1], top, out)
    kept = [n for n in range(top + 1, len(lines)) if n not in out]
    subheads = _subheads(lines, kept)
    return Selection(
        kept=tuple(replace(lines[n], form="head") if n in subheads else lines[n] for n in kept),
        removed=out,
        first=kept[0] if kept else len(lines),
        last=kept[-1] if kept else -1,
    )


def _no_text(
    lines: Sequence[Line],
    verdicts: Sequence[Verdict | None],
    title: str | None,
    top: int,
    taken: Mapping[int, Removed],
) -> dict[int, Removed]:
    """Return the lines that are furniture by themselves, and those above the headline."""
    found = {}
    bare_title = bare_words(title) if title else None
    for n, line in enumerate(lines):
        if n == top or n in taken:
            continue
        kind = _is_no_text(line, verdicts[n], bare_title)
        if kind is None and _has_credit_below(n, lines, verdicts):
            kind = removed(line, "caption", "clean.caption.above_credit")
        if kind is None and n < top:
            above = "navigation" if line.form == "item" else "furniture"
            kind = removed(line, above, "clean.furniture.above_headline")
        if kind is not None:
            found[n] = kind
    return found


def _has_credit_below(n: int, lines: Sequence[Line], verdicts: Sequence[Verdict | None]) -> bool:
    """Return whether a short line stands directly above a photographer's credit: then it is the picture's caption."""
    if n + 1 >= len(lines) or lines[n + 1].gap or is_prose(lines[n].text):
        return False
    following = verdicts[n + 1]
    return following is not None and following.kind == "caption"


def _is_no_text(line: Line, verdict: Verdict | None, title: str | None) -> Removed | None:
    if title is not None and not line.is_declared and bare_words(line.text) == title:
        return removed(line, "repeated_title", "clean.repeated_title.equal")
    if line.is_declared and line.hint:
        return removed(line, line.hint, f"clean.{line.hint}.declared")
    if verdict is not None:
        return removed(line, verdict.kind, verdict.rule_id)
    hint = line.hint
    if hint in _TRUSTED_HINTS and not (is_prose(line.text) and hint != "caption"):
        return removed(line, hint, f"clean.{hint}.markup")
    if hint in ("related_items", "furniture", "contact_block") and not is_prose(line.text):
        return removed(line, hint, f"clean.{hint}.markup")
    return None


def _cut_after_closing(
    lines: Sequence[Line],
    verdicts: Sequence[Verdict | None],
    prose: Sequence[int],
    out: dict[int, Removed],
    closing: Sequence[int],
    most: float,
) -> None:
    """Take out everything after a line that closes the text (comments, related items, contacts, imprint).

    The same words head a box in the middle of some pages: such a line closes the text only if little of it follows.
    """
    lengths = [0, *accumulate(len(lines[m].text) for m in prose)]
    last_paragraph = max((m for m in prose if _is_full_paragraph(lines[m].text)), default=-1)
    for n in closing:
        verdict = verdicts[n]
        before = lengths[bisect_left(prose, n)]
        after = lengths[-1] - before
        in_a_box = verdict is not None and verdict.kind in _BOXES and last_paragraph > n
        if verdict is None or in_a_box or not before or after > most * before:
            continue
        for m in range(n + 1, len(lines)):
            if m not in out and not is_footnote(lines[m].text):
                out[m] = removed(lines[m], verdict.kind, f"{verdict.rule_id}.rest")
        return


def _cut_other_items(
    lines: Sequence[Line], verdicts: Sequence[Verdict | None], prose: Sequence[int], out: dict[int, Removed]
) -> None:
    """Take out the other items of a newsletter: those that its list of contents names and the headline does not."""
    headings = (n for n, verdict in enumerate(verdicts) if verdict and ".contents." in verdict.rule_id)
    heading = next(headings, None)
    if heading is None or not prose:
        return
    contents = {bare_words(_NUMBERED.sub("", line.text)) for line in lines[heading + 1 : prose[0]]}
    other = next((n for n in range(prose[0] + 1, len(lines)) if bare_words(lines[n].text) in contents), len(lines))
    for n in range(other, len(lines)):
        out.setdefault(n, removed(lines[n], "related_items", "clean.related_items.contents_list"))
    for n in range(heading, prose[0]):
        if bare_words(_NUMBERED.sub("", lines[n].text)) in contents:
            out.setdefault(n, removed(lines[n], "navigation", "clean.navigation.contents_list"))


def _cut_by_shape(lines: Sequence[Line], first: int, last: int, top: int, out: dict[int, Removed]) -> None:
    """Take out what stands between headline and text, and after the text, unless it looks like text itself."""
    for n in range(top + 1, first):
        if n not in out and not _is_short_sentence(lines[n].text):
            out[n] = removed(lines[n], "furniture", "clean.furniture.under_headline")
    ended = False
    for n in range(last + 1, len(lines)):
        text = lines[n].text
        if n in out:
            # Once furniture has begun, short sentences are teasers; a signatories' note may still follow.
            ended = ended or lines[n].form == "p"
            continue
        listed = is_item(text) and (lines[n - 1].text.endswith(":") or is_item(lines[n - 1].text)) and n - 1 not in out
        if is_footnote(text) or (not ended and (listed or _is_short_sentence(text))):
            continue
        ended = True
        out[n] = removed(lines[n], "related_items", "clean.related_items.after_text")


def _cut_labelled(lines: Sequence[Line], first: int, last: int, top: int, out: dict[int, Removed]) -> None:
    """Take out what an extractor kept of the tables beside a text: values of labels, and headings with nothing below.

    "Author" is a label by itself, and the name below it is its value; so with the details that portals put under
    headline and text.
    """
    for n in (*range(top + 1, first), *range(last + 1, len(lines))):
        above = out.get(n - 1)
        if n not in out and above is not None and above.kind == "empty_label" and not ends_sentence(lines[n].text):
            out[n] = removed(lines[n], "furniture", "clean.furniture.value_of_label")
    rest = [n for n in range(last + 1, len(lines)) if n not in out]
    while rest and lines[rest[-1]].form == "head":
        n = rest.pop()
        out[n] = removed(lines[n], "furniture", "clean.furniture.heading_of_nothing")


def _is_short_sentence(text: str) -> bool:
    return ends_sentence(text) and text.count(" ") + 1 >= _SHORT_SENTENCE_WORDS


def _is_full_paragraph(text: str) -> bool:
    return is_prose(text) and text.count(" ") + 1 >= _FULL_PARAGRAPH_WORDS


def _subheads(lines: Sequence[Line], kept: Sequence[int]) -> set[int]:
    """Return the kept lines of a scraped text that are subheads: short, without a full stop, before a paragraph."""
    found = set()
    for n, following in pairwise(kept):
        text = lines[n].text
        short = len(text) <= 90 and not ends_sentence(text) and not text.endswith((":", ",", ";"))
        plain = lines[n].form == "p" and lines[n].start is not None and not is_footnote(text)
        if plain and short and lines[n].gap and is_prose(lines[following].text):
            found.add(n)
    return found
