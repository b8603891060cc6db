"""Identifiers: a type prefix and a content hash, so that the same thing has the same id on every machine.

An id is made of what identifies a thing and of nothing else: no clock, no run order, no counter of a cluster.
"""

from __future__ import annotations

import hashlib
import unicodedata

ID_BITS = 128
ID_PATTERN = r"^[a-z]{2,4}_[a-z2-7]{26}$"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
# Two letters stand for ten bits. The library's own encoder takes longer than the hash, and a run makes many ids.
_PAIRS = tuple(first + second for first in _BASE32 for second in _BASE32)
_SHIFTS = tuple(range(120, -1, -10))


def make_id(prefix: str, *parts: str | int | None) -> str:
    """Return ``prefix_`` and 128 bits of sha-256 over the parts, in lower-case base32.

    Each part is preceded by its length in bytes, so that ("ab", "c") and ("a", "bc") differ; None differs from "".
    """
    pieces = []
    for part in parts:
        if part is None:
            pieces.append("-;")
        else:
            raw = str(part)
            n_bytes = len(raw) if raw.isascii() else len(raw.encode("utf-8", "surrogatepass"))
            pieces.append(f"{n_bytes}:{raw}")
    digest = hashlib.sha256("".join(pieces).encode("utf-8", "surrogatepass")).digest()
    # 128 bits and two of padding are 26 letters of five bits.
    number = int.from_bytes(digest[: ID_BITS // 8], "big") << 2
    return f"{prefix}_{''.join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])}"


def sha256_hex(data: bytes) -> str:
    """Return the sha-256 of the bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def normalise_sentence(text: str) -> str:
    """Return the form of a sentence that identifies it: NFKC, case-folded, one space between words.

    A corrected typo makes another sentence; a changed line break, a non-breaking space or a capital does not.
    """
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def document_id(canonical_url: str | None, source_id: str, external_id: str) -> str:
    """Return the id of a document: of its canonical address, or of source and external id where it has none."""
    if canonical_url:
        return make_id("doc", canonical_url)
    return make_id("doc", source_id, external_id)


def document_version_id(body_sha256: str) -> str:
    """Return the id of one version of a document: that of its raw bytes."""
    return make_id("ver", body_sha256)


def sentence_id(doc_id: str, text: str, occurrence: int) -> str:
    """Return the id of a sentence.

    Args:
        doc_id: The document, over all its versions.
        text: The sentence as it stands in the clean text.
        occurrence: 0 for the first time this normalised sentence stands in the document, then 1, 2, …
    """
    return make_id("sen", doc_id, normalise_sentence(text), occurrence)


def mention_id(sentence: str, kind: str, start_in_sentence: int, length: int, rule_id: str = "") -> str:
    """Return the id of a mention: its sentence, its kind and where in the sentence it stands."""
    return make_id("men", sentence, kind, start_in_sentence, length, rule_id)


def claim_id(sentence: str, claim_type: str, trigger_start_in_sentence: int, ordinal: int) -> str:
    """Return the id of a claim: its sentence, its type, where its trigger stands, and the ordinal among equals."""
    return make_id("clm", sentence, claim_type, trigger_start_in_sentence, ordinal)
