"""What is kept of a document to compare it with others: hashes of its sentences, of its word sequences, MinHash bands.

A sketch holds no text; those of all documents are `documents.sketches`, so that a new day is compared with the index
and not with every text again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rensa import RMinHash  # type: ignore[import-untyped]  # the library has no types

from tasks.clean.addresses import host_of
from warehouse.ids import normalise_sentence
from warehouse.tables.documents import SKETCHES

Shingles = npt.NDArray[np.uint32]
# A sentence of fewer letters ("The meeting was held in Tirana.") stands in unrelated documents.
SHORTEST_SENTENCE = 25
HASH_BYTES = 8
_WORDS_PER_SHINGLE = 3
# 32 bands of 3 rows: texts that share half of their shingles meet in a band with 98.6 %, those that share a fifth with
# 23 %; what meets is compared exactly.
_BANDS, _ROWS, _SEED = 32, 3, 20_250_703
# Words are runs of ASCII letters, digits and of whatever is beyond ASCII: bytes are quicker to part than letters.
_WORD = re.compile(rb"[\w\x80-\xff]+")
_NO_SHINGLES: Shingles = np.empty(0, dtype=np.uint32)
# Odd multipliers, so that no bit is lost: those of MurmurHash3 and of splitmix64.
_FACTORS = (np.uint32(0xCC9E2D51), np.uint32(0x1B873593))
_MIXER = np.uint64(0xBF58476D1CE4E5B9)

DOCUMENT_COLUMNS = ("doc_id", "document_version_id", "source_id", "url", "logical_date", "retrieved_at")
SENTENCE_COLUMNS = ("doc_id", "document_version_id", "ordinal", "zone", "text")
Captured = tuple[date, datetime]


@dataclass(frozen=True, slots=True)
class Sketch:
    """One document by its latest version; a row of `documents.sketches`.

    Attributes:
        doc_id: The document.
        document_version_id: The version compared.
        site: Host of its address, or its source where it has none.
        logical_date: Of the first capture of any version.
        retrieved_at: Of the same capture.
        sentences: Hashes of its sentences in order, each once, eight bytes each.
        shingles: Hashes of the three-word sequences of each of these sentences, one after the other, four bytes each.
        shingle_counts: How many of them each sentence has, four bytes each.
        bands: MinHash bands, eight bytes each; empty where there are no shingles.
    """

    doc_id: str
    document_version_id: str
    site: str
    logical_date: date
    retrieved_at: datetime
    sentences: bytes
    shingles: bytes
    shingle_counts: bytes
    bands: bytes

    @property
    def order(self) -> tuple[Any, ...]:
        """Documents in the order in which they were captured."""
        return self.logical_date, self.retrieved_at, self.doc_id

    @property
    def sentence_hashes(self) -> list[int]:
        """The hashes of its sentences, in order."""
        return [int(value) for value in np.frombuffer(self.sentences, dtype="<u8").tolist()]

    def shingles_of(self, sentences: frozenset[int]) -> Shingles:
        """Return the shingles of some of its sentences, sorted, each once."""
        among = [name in sentences for name in self.sentence_hashes]
        chosen = np.repeat(among, np.frombuffer(self.shingle_counts, dtype="<u4"))
        return np.unique(np.frombuffer(self.shingles, dtype="<u4")[chosen])


@dataclass(frozen=True, slots=True)
class Current:
    """The latest version of one document and when the document was captured first."""

    document_version_id: str
    site: str
    captured: Captured


def current_versions(documents: pa.Table) -> dict[str, Current]:
    """Return the latest version of each document, from `DOCUMENT_COLUMNS` of all versions."""
    latest: dict[str, dict[str, Any]] = {}
    captured: dict[str, Captured] = {}
    for row in documents.select(DOCUMENT_COLUMNS).to_pylist():
        doc_id, seen = row["doc_id"], (row["logical_date"], row["retrieved_at"])
        captured[doc_id] = min(captured.get(doc_id, seen), seen)
        if doc_id not in latest or _recency(row) > _recency(latest[doc_id]):
            latest[doc_id] = row
    return {doc_id: Current(row["document_version_id"], _site(row), captured[doc_id]) for doc_id, row in latest.items()}


def _recency(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["retrieved_at"], row["document_version_id"]


def _site(row: Mapping[str, Any]) -> str:
    return host_of(row["url"]).removeprefix("www.") or row["source_id"]


def make_sketches(current: Mapping[str, Current], sentences: pa.Table) -> dict[str, Sketch]:
    """Return the sketch of each document, from `SENTENCE_COLUMNS`; sentences of other versions are passed over.

    A headline is no part of it: copies have headlines of their own.
    """
    bodies: dict[str, list[tuple[int, str]]] = defaultdict(list)
    columns = [sentences.column(name).to_pylist() for name in SENTENCE_COLUMNS]
    for doc_id, version_id, ordinal, zone, text in zip(*columns, strict=True):
        one = current.get(doc_id)
        if zone != "title" and one is not None and one.document_version_id == version_id:
            bodies[doc_id].append((ordinal, text))
    doc_ids = sorted(current)
    read = [_hashed(text for _, text in sorted(bodies.get(doc_id, ()))) for doc_id in doc_ids]
    bands = _bands([shingles for _, shingles, _ in read])
    found = {}
    for doc_id, (hashes, shingles, counts), band in zip(doc_ids, read, bands, strict=True):
        one = current[doc_id]
        found[doc_id] = Sketch(
            doc_id,
            one.document_version_id,
            one.site,
            *one.captured,
            sentences=b"".join(hashes),
            shingles=shingles.astype("<u4").tobytes(),
            shingle_counts=counts.astype("<u4").tobytes(),
            bands=band,
        )
    return found


def _hashed(texts: Iterable[str]) -> tuple[list[bytes], Shingles, npt.NDArray[np.uint32]]:
    """Return the hashes of sentences, their shingles one after the other, and how many of them each sentence has."""
    normalised = dict.fromkeys(text for text in map(normalise_sentence, texts) if len(text) >= SHORTEST_SENTENCE)
    raw = [text.encode("utf-8", "surrogatepass") for text in normalised]
    hashes = [blake2b(text, digest_size=HASH_BYTES).digest() for text in raw]
    return hashes, *_shingles([_WORD.findall(text) for text in raw])


def _shingles(sentences: Sequence[Sequence[bytes]]) -> tuple[Shingles, npt.NDArray[np.uint32]]:
    """Return the hashes of the three-word sequences of sentences: polynomials of the words' checksums modulo 2³².

    Those of a document are made at once, and the sequences that would reach into the next sentence left out.
    """
    lengths = np.array([len(words) for words in sentences], dtype=np.uint32)
    counts = np.maximum(lengths, _WORDS_PER_SHINGLE - 1) - np.uint32(_WORDS_PER_SHINGLE - 1)
    words = np.array([crc32(word) for sentence in sentences for word in sentence], dtype=np.uint32)
    if len(words) < _WORDS_PER_SHINGLE:
        return _NO_SHINGLES, counts
    owners = np.repeat(np.arange(len(lengths)), lengths)
    shingles: Shingles = (words[:-2] * _FACTORS[0] + words[1:-1]) * _FACTORS[1] + words[2:]
    return shingles[owners[2:] == owners[:-2]], counts


def _bands(documents: Sequence[Shingles]) -> list[bytes]:
    """Return the MinHash bands of each document, given as its shingles."""
    filled = [values for values in documents if len(values)]
    if not filled:
        return [b""] * len(documents)
    tokens = np.concatenate(filled).astype(np.uint64)
    offsets = np.cumsum([0, *(len(values) for values in filled)]).astype(np.uint64)
    digests = iter(RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets, _BANDS * _ROWS, _SEED).to_rows())
    return [_banded(next(digests)) if len(values) else b"" for values in documents]


def _banded(digest: Sequence[int]) -> bytes:
    """Return a band's number and its rows, mixed into eight bytes each."""
    rows = np.array(digest, dtype=np.uint64).reshape(_BANDS, _ROWS)
    mixed = np.arange(1, _BANDS + 1, dtype=np.uint64)
    for column in range(_ROWS):
        mixed = (mixed ^ rows[:, column]) * _MIXER
        mixed ^= mixed >> np.uint64(29)
    return mixed.astype("<u8").tobytes()


def sketch_table(sketches: Mapping[str, Sketch], state: str) -> pa.Table:
    """Return sketches as `documents.sketches`; `state` says which pairs they go with."""
    names = [name for name in SKETCHES.column_names if name != "state"]
    rows = [{name: getattr(one, name) for name in names} | {"state": state} for one in sketches.values()]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["doc_id"])), schema=SKETCHES.schema)


def read_sketches(table: pa.Table) -> dict[str, Sketch]:
    """Return the sketches of `documents.sketches` by document."""
    rows = table.drop_columns(["state"]).to_pylist()
    return {row["doc_id"]: Sketch(**row) for row in rows}
