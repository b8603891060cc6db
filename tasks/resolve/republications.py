"""Which document versions are copies of one announcement.

`documents.duplicates` speaks of the latest versions. For the days before, when other versions stood, the same measure
is taken again from the sentences, so that a history folded anew meets the copies that were seen day by day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tasks.resolve.corpus import Corpus, Version, VersionKey

# As for the latest versions: this share of the smaller document's sentences, two of them at least, short ones aside.
CONTAINMENT = 0.5
SHARED_SENTENCES = 2
SHORTEST_SENTENCE = 25


def republications(corpus: Corpus) -> dict[VersionKey, frozenset[VersionKey]]:
    """Return for each document version the versions of other documents that are the same announcement."""
    latest = {doc_id: versions[-1].key for doc_id, versions in corpus.histories.items()}
    pairs = {(latest[a], latest[b]) for a, b in corpus.duplicates}
    pairs |= set(_earlier_pairs(corpus.histories))
    found: dict[VersionKey, set[VersionKey]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return {key: frozenset(partners) for key, partners in found.items()}


def announcements(corpus: Corpus) -> dict[str, str]:
    """Return for each document the smallest id among all documents that are, by their latest versions, one with it."""
    tops = {doc_id: doc_id for doc_id in corpus.histories}

    def top(doc_id: str) -> str:
        while tops[doc_id] != doc_id:
            doc_id = tops[doc_id]
        return doc_id

    for a, b in corpus.duplicates:
        first, second = sorted((top(a), top(b)))
        tops[second] = first
    return {doc_id: top(doc_id) for doc_id in tops}


def _earlier_pairs(histories: Mapping[str, tuple[Version, ...]]) -> Iterable[tuple[VersionKey, VersionKey]]:
    """Yield the pairs of copies of which one version at least is no longer the latest."""
    changed = [version for versions in histories.values() if len(versions) > 1 for version in versions]
    told = {normal for version in changed for normal in _told(version)}
    holders: dict[str, set[VersionKey]] = defaultdict(set)
    sizes: dict[VersionKey, int] = {}
    latest: set[VersionKey] = set()
    for versions in histories.values():
        latest.add(versions[-1].key)
        for version in versions:
            normals = _told(version)
            sizes[version.key] = len(normals)
            for normal in normals & told:
                holders[normal].add(version.key)
    for version in changed:
        shared = Counter(key for normal in _told(version) for key in holders[normal])
        for key, count in sorted(shared.items()):
            is_past = version.key not in latest or key not in latest
            enough = count >= SHARED_SENTENCES and count >= CONTAINMENT * min(sizes[key], sizes[version.key])
            if key[0] != version.doc_id and is_past and enough:
                yield version.key, key


def _told(version: Version) -> set[str]:
    return {row.normal for row in version.sentences if len(row.normal) >= SHORTEST_SENTENCE}
