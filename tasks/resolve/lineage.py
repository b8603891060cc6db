"""Which sentence of a new version of a document took the place of one that is gone."""

from __future__ import annotations

from difflib import SequenceMatcher

from tasks.resolve.corpus import SentenceRow, Version

# A corrected typo or a changed word leaves far more in common than two sentences on one subject have.
CORRECTED = 0.8


def heirs(before: Version, after: Version) -> dict[str, str]:
    """Return for each sentence of the old version that is gone the new one that took its place, if there is one.

    Two sentences correspond where both stand in one version only and most of their letters agree; the best pairs first,
    each sentence once.
    """
    kept = {row.sentence_id for row in before.sentences} & {row.sentence_id for row in after.sentences}
    gone = [row for row in before.sentences if row.sentence_id not in kept]
    new = [row for row in after.sentences if row.sentence_id not in kept]
    pairs = sorted(
        (-likeness, abs(old.ordinal - row.ordinal), old.ordinal, row.ordinal, old.sentence_id, row.sentence_id)
        for old in gone
        for row in new
        if (likeness := _likeness(old, row)) >= CORRECTED
    )
    found: dict[str, str] = {}
    for *_, old_id, new_id in pairs:
        if old_id not in found and new_id not in found.values():
            found[old_id] = new_id
    return found


def _likeness(old: SentenceRow, new: SentenceRow) -> float:
    matcher = SequenceMatcher(None, old.normal, new.normal, autojunk=False)
    # The two upper bounds are cheap; most pairs of sentences end there.
    if matcher.real_quick_ratio() < CORRECTED or matcher.quick_ratio() < CORRECTED:
        return 0.0
    return matcher.ratio()
