"""What of the knowledge a set of documents uses, and what they name that it does not know.

For `communique knowledge coverage`: how often each row of the reference tables was found, and which capitalised phrases
stand in several places without being part of any mention: the candidates for new rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.extract.knowledge.knowledge import named_forms
from tasks.extract.knowledge.reference_tables import NAMED_KINDS, read_tables
from tasks.extract.text.spans import SpanMask

# Two or more capitalised words, small joining words between them; or one word of capitals.
_CAPITAL = "[A-ZČŠŽĆĐÄÖÜЀ-Я]"
_PHRASE = re.compile(
    rf"(?<![\w.])(?:{_CAPITAL}[\w'’-]{{1,30}}"
    rf"(?:(?: (?:of|for|and|the|on|za|i|für|und|de|van))? {_CAPITAL}[\w'’-]{{1,30}}){{1,6}}|{_CAPITAL}{{3,10}})(?!\w)"
)
# These languages write every noun with a capital: their phrases tell nothing.
_CAPITAL_NOUNS = frozenset({"de"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a set of documents used.

    Attributes:
        n_documents: Documents read.
        fired: (kind, row id, mentions, documents) of each row that was found, the most frequent first.
        silent: (kind, row id) of the rows that were not.
        unknown: (phrase, places, documents) of the capitalised phrases in no mention, the most frequent first.
    """

    n_documents: int
    fired: tuple[tuple[str, str, int, int], ...]
    silent: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, int, int], ...]


def coverage(
    directory: Path, documents: Iterable[Mapping[str, Any]], mentions: Iterable[Mapping[str, Any]], least: int = 2
) -> Coverage:
    """Return what documents used of the knowledge and what they name beside it.

    Args:
        directory: The reference tables.
        documents: Rows of `documents.documents`.
        mentions: Rows of `extracted.mentions` of those documents.
        least: Fewest places of a phrase that is shown.
    """
    by_version: dict[str, list[Mapping[str, Any]]] = {}
    places: Counter[tuple[str, str]] = Counter()
    versions: set[tuple[str, str, str]] = set()
    for mention in mentions:
        by_version.setdefault(mention["document_version_id"], []).append(mention)
        if mention["reference_id"] is not None:
            places[mention["kind"], mention["reference_id"]] += 1
            versions.add((mention["kind"], mention["reference_id"], mention["document_version_id"]))
    in_documents = Counter((kind, row) for kind, row, _ in versions)
    phrases: Counter[str] = Counter()
    phrase_documents: Counter[str] = Counter()
    n_documents = 0
    for document in documents:
        n_documents += 1
        found = _phrases(document, by_version.get(document["document_version_id"], []))
        phrases.update(found)
        phrase_documents.update(set(found))
    known = {(n.entry.kind, n.entry.reference_id) for n in named_forms(directory, read_tables(directory))}
    rows = {(kind, row) for kind, row in known if kind in NAMED_KINDS - {"office", "organisation_type"}}
    return Coverage(
        n_documents,
        tuple((*key, n, in_documents[key]) for key, n in sorted(places.items(), key=lambda item: (-item[1], item[0]))),
        tuple(sorted(rows - places.keys())),
        tuple(
            (phrase, n, phrase_documents[phrase])
            for phrase, n in sorted(phrases.items(), key=lambda item: (-item[1], item[0]))
            if n >= least
        ),
    )


def _phrases(document: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the capitalised phrases of one document's body that no mention touches."""
    if document["language"] in _CAPITAL_NOUNS:
        return []
    text = document["text"]
    taken = SpanMask(len(text), ((mention["start"], mention["end"]) for mention in mentions))
    return [
        match.group()
        for match in _PHRASE.finditer(text, document["body_start"])
        if not taken.touches(match.start(), match.end())
    ]
