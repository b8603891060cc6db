"""The clean stage on one file of captures, as the tables of the documents layer.

Nothing is written here; the caller checks the tables and stores them.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from tasks.clean.assemble import CleanDocument, clean_body
from tasks.clean.phrases import CLEAN_REFERENCE, Phrases, load_phrases
from tasks.clean.rejected import RejectedBodyError
from warehouse.errors import CommuniqueError
from warehouse.ids import document_id, document_version_id, make_id, normalise_sentence, sentence_id, sha256_hex
from warehouse.mishaps import describe_mishap
from warehouse.page_hints import NO_HINTS, PageHints
from warehouse.storage import FileRef, Store
from warehouse.tables.documents import DOCUMENTS, LINKS, REJECTS, REMOVALS, SENTENCES

log = logging.getLogger(__name__)

_TABLES = {contract.name: contract for contract in (DOCUMENTS, SENTENCES, REMOVALS, LINKS, REJECTS)}
Row = dict[str, Any]
NONE_REFUSED: Mapping[str, str] = MappingProxyType({})
Rows = dict[str, list[Row]]


def clean_file(
    store: Store,
    captures: FileRef,
    reference: Path = CLEAN_REFERENCE,
    refused: Mapping[str, str] = NONE_REFUSED,
    hints: PageHints = NO_HINTS,
) -> dict[str, pa.Table]:
    """Return the tables that one file of captures gives; every capture is a document or a reject.

    Args:
        store: Where the captures are.
        captures: The file.
        reference: Directory of the stage's word lists.
        refused: Captures the gate of the archive set aside, with its rule: they become rejects. The file itself is
            never altered.
        hints: What the declaration of their source says of its pages.

    Returns:
        `documents`, `sentences`, `removals`, `links` and `rejects` in their contracts' schemas, possibly without rows.

    Raises:
        IntegrityError: The file is damaged.
        ConfigurationError: A word list is wrong.
    """
    phrases = load_phrases(reference).of_source(hints)
    rows: Rows = {name: [] for name in _TABLES}
    versions: set[tuple[str, str]] = set()
    # In a fixed order, so that of two captures of one document version always the same one makes the document.
    for capture in sorted(store.read(captures).to_pylist(), key=_capture_order):
        if capture["capture_id"] in refused:
            detail = f"the gate of the archive refused it: {refused[capture['capture_id']]}"
            rows["rejects"].append({**_origin(capture), "reason": "refused", "detail": detail})
        else:
            _clean_capture(capture, phrases, rows, versions)
    log.info("%s: %d documents, %d rejects", captures.path, len(rows["documents"]), len(rows["rejects"]))
    return {name: pa.Table.from_pylist(rows[name], schema=contract.schema) for name, contract in _TABLES.items()}


def _capture_order(capture: Row) -> tuple[Any, ...]:
    return capture["retrieved_at"], capture["location"], capture["capture_id"]


def _clean_capture(capture: Row, phrases: Phrases, rows: Rows, versions: set[tuple[str, str]]) -> None:
    """Add the rows of one capture: those of its document, or its reject.

    This is the one place where a body that our own rules could not digest becomes a reject: it must not stop the other
    documents. The gate counts them (`rules_digest_every_document`).
    """
    doc_id = document_id(capture["canonical_url"], capture["source_id"], capture["external_id"])
    version_id = document_version_id(capture["body_sha256"])
    try:
        if (doc_id, version_id) in versions:
            raise RejectedBodyError(
                "duplicate_version", "the same bytes of the same document stand under another location of this file"
            )
        found = _document_rows(capture, phrases, {"doc_id": doc_id, "document_version_id": version_id})
    except RejectedBodyError as rejected:
        rows["rejects"].append({**_origin(capture), "reason": rejected.reason, "detail": rejected.detail})
        return
    except (CommuniqueError, MemoryError):
        # A word list, a file or the machine: not this document.
        raise
    except Exception as error:  # whatever a rule stumbles over; nobody can list it, the traceback is in the log
        log.exception("%s of %s: our own rules failed on it", capture["location"], capture["source_id"])
        rows["rejects"].append({**_origin(capture), "reason": "cleaning_failed", "detail": describe_mishap(error)})
        return
    versions.add((doc_id, version_id))
    for name, own in found.items():
        rows[name].extend(own)


def _document_rows(capture: Row, phrases: Phrases, version: Mapping[str, str]) -> Rows:
    """Return the rows of the document that one capture gives.

    Raises:
        RejectedBodyError: The body cannot become a document.
    """
    document = clean_body(
        capture["body"],
        capture["content_type"],
        capture["location"],
        capture["url"],
        capture["retrieved_at"].date(),
        phrases,
        capture["listed_on"],
    )
    return {
        "documents": [_document_row(document, capture, version)],
        "sentences": _sentence_rows(document, version),
        "removals": _removal_rows(document, version),
        "links": _link_rows(document, version),
    }


def _origin(capture: Row) -> Row:
    return {name: capture[name] for name in ("capture_id", "source_id", "logical_date", "location")}


def _document_row(document: CleanDocument, capture: Row, version: Mapping[str, str]) -> Row:
    return {
        **version,
        **{name: capture[name] for name in ("source_id", "logical_date", "capture_id", "external_id", "url")},
        "canonical_url": capture["canonical_url"],
        "publisher": document.publisher,
        "media_type": document.media_type,
        "encoding": document.decoded.encoding,
        "encoding_method": document.decoded.method,
        "title": document.title,
        "title_method": document.title_method,
        "language": document.language.language,
        "language_confidence": document.language.confidence,
        "published_on": document.published.day,
        "published_on_method": document.published.method,
        "published_on_precision": document.published.precision,
        "published_on_reason": document.published.reason,
        "text": document.text,
        "body_start": document.body_start,
        "text_sha256": sha256_hex(document.text.encode("utf-8")),
        "text_chars": len(document.text),
        "retrieved_at": capture["retrieved_at"],
    }


def _sentence_rows(document: CleanDocument, version: Mapping[str, str]) -> list[Row]:
    rows = []
    occurrences: dict[str, int] = {}
    for ordinal, sentence in enumerate(document.sentences):
        text = document.text[sentence.start : sentence.end]
        normalised = normalise_sentence(text)
        occurrence = occurrences.get(normalised, 0)
        occurrences[normalised] = occurrence + 1
        rows.append(
            {
                "sentence_id": sentence_id(version["doc_id"], text, occurrence),
                **version,
                "ordinal": ordinal,
                "occurrence": occurrence,
                "start": sentence.start,
                "end": sentence.end,
                "zone": sentence.zone,
                "paragraph": sentence.paragraph,
                "language": sentence.language,
                "text": text,
            }
        )
    return rows


def _removal_rows(document: CleanDocument, version: Mapping[str, str]) -> list[Row]:
    return [
        {
            "removal_id": make_id("rem", version["doc_id"], version["document_version_id"], ordinal, one.kind),
            **version,
            "ordinal": ordinal,
            "kind": one.kind,
            "raw_start": one.start,
            "raw_end": one.end,
            "text": one.text,
            "rule_id": one.rule_id,
        }
        for ordinal, one in enumerate(document.removed)
    ]


def _link_rows(document: CleanDocument, version: Mapping[str, str]) -> list[Row]:
    rows: dict[str, Row] = {}
    for link in document.links:
        target = (link.relation, link.url, link.title, link.publisher)
        link_id = make_id("lnk", version["doc_id"], version["document_version_id"], *target)
        # A page that gives one source twice says it once.
        rows.setdefault(
            link_id,
            {
                "link_id": link_id,
                **version,
                "relation": link.relation,
                "target_url": link.url,
                "target_title": link.title,
                "target_publisher": link.publisher,
                "target_published_on": link.published_on,
                "rule_id": link.rule_id,
            },
        )
    return list(rows.values())
