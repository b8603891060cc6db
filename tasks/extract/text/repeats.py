"""Where forms stand again in a text: abbreviations and titles that the text itself introduces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick_rs


def find_repeats(text: str, forms: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Yield (form, start, end) wherever a form stands between word edges, as written; of overlapping ones the longest.

    One pass over the text, however many forms there are.
    """
    wanted = sorted(set(forms))
    if not wanted:
        return
    automaton = ahocorasick_rs.AhoCorasick(wanted, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for index, start, end in automaton.find_matches_as_indexes(text):
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() or before == "-" or after.isalnum()):
            yield wanted[index], start, end
