"""What is kept of a document to compare it with others: hashes of its sentences, of its word sequences, MinHash bands.

A sketch holds no text; those of all documents are `documents.sketches`, so that a new day is compared with the index
and not with every text again.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
from rensa import RMinHash  # type: ignore[import-untyped]  # the library has no types

from warehouse.ids import normalise_sentence
from warehouse.tables.documents import SKETCHES

# A sentence of fewer letters ("The meeting was held in Tirana.") stands in unrelated documents.
SHORTEST_SENTENCE = 25
HASH_BYTES = 8
_WORDS_PER_SHINGLE = 3
# 32 bands of 3 rows: texts that share half of their shingles meet in a band with 98.6 %, those that share a fifth with
# 23 %; what meets is compared exactly.
_BANDS, _ROWS, _SEED = 32, 3, 20_250_703
_WORD = re.compile(r"\w+")

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
        return [int(value) for value in np.frombuffer(self.sentences, dtype="<u8")]

    def shingles_of(self, sentences: frozenset[int]) -> frozenset[int]:
        """Return the shingles of some of its sentences."""
        ends = np.cumsum(np.frombuffer(self.shingle_counts, dtype="<u4"))
        values = np.frombuffer(self.shingles, dtype="<u4")
        starts = [0, *(int(end) for end in ends[:-1])]
        parts = zip(self.sentence_hashes, starts, (int(end) for end in ends), strict=True)
        return frozenset(int(one) for name, start, end in parts if name in sentences for one in values[start:end])


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
    host = urlsplit(row["url"] or "").hostname or ""
    return host.removeprefix("www.") or row["source_id"]


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
    bands = _bands([shingles for _, shingles in read])
    found = {}
    for doc_id, (hashes, shingles), band in zip(doc_ids, read, bands, strict=True):
        one = current[doc_id]
        found[doc_id] = Sketch(
            doc_id,
            one.document_version_id,
            one.site,
            *one.captured,
            sentences=b"".join(hashes),
            shingles=np.array([value for part in shingles for value in part], dtype="<u4").tobytes(),
            shingle_counts=np.array([len(part) for part in shingles], dtype="<u4").tobytes(),
            bands=band,
        )
    return found


def _hashed(texts: Iterable[str]) -> tuple[list[bytes], list[list[int]]]:
    normalised = dict.fromkeys(text for text in map(normalise_sentence, texts) if len(text) >= SHORTEST_SENTENCE)
    hashes = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest() for text in normalised]
    return hashes, [_shingles(text) for text in normalised]


def _shingles(text: str) -> list[int]:
    words = _WORD.findall(text)
    runs = zip(*(words[start:] for start in range(_WORDS_PER_SHINGLE)), strict=False)
    return [zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in runs]


def _bands(documents: Sequence[Sequence[Sequence[int]]]) -> list[bytes]:
    """Return the MinHash bands of each document, given as the shingles of its sentences."""
    flat = [[value for part in parts for value in part] for parts in documents]
    filled = [values for values in flat if values]
    if not filled:
        return [b""] * len(flat)
    tokens = np.array([value for values in filled for value in values], dtype=np.uint64)
    offsets = np.concatenate(([0], np.cumsum([len(values) for values in filled]))).astype(np.uint64)
    digests = iter(RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets, _BANDS * _ROWS, _SEED).to_rows())
    return [_banded(next(digests)) if values else b"" for values in flat]


def _banded(digest: Sequence[int]) -> bytes:
    rows = np.array(digest, dtype="<u4").reshape(_BANDS, _ROWS)
    return b"".join(
        blake2b(bytes([number]) + row.tobytes(), digest_size=HASH_BYTES).digest() for number, row in enumerate(rows)
    )


def sketch_table(sketches: Mapping[str, Sketch], state: str) -> pa.Table:
    """Return sketches as `documents.sketches`; `state` says which pairs they go with."""
    names = [name for name in SKETCHES.column_names if name != "state"]
    rows = [{name: getattr(one, name) for name in names} | {"state": state} for one in sketches.values()]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["doc_id"])), schema=SKETCHES.schema)


def read_sketches(table: pa.Table) -> dict[str, Sketch]:
    """Return the sketches of `documents.sketches` by document."""
    rows = table.drop_columns(["state"]).to_pylist()
    return {row["doc_id"]: Sketch(**row) for row in rows}
