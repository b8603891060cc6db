"""The extract stage on one file: documents and their sentences in, the tables of the extracted layer out."""

from __future__ import annotations

import gc
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks.extract import rows
from tasks.extract.annotations import Annotations, Document, Reject, Sentence
from tasks.extract.confidence import sure_claims, sure_topics
from tasks.extract.events.claims import find_claims
from tasks.extract.frames.frame_model import Frames
from tasks.extract.frames.frames import load_frames
from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.labellers.ballot import Ballot
from tasks.extract.labellers.protocol import Labeller
from tasks.extract.mentions import read_document
from tasks.extract.topics import find_topics
from warehouse.errors import CommuniqueError
from warehouse.fingerprints import code_version
from warehouse.ids import make_id
from warehouse.mishaps import describe_mishap

logger = logging.getLogger(__name__)

_OBJECTS_BETWEEN_COLLECTIONS = 5_000
# The columns that are read.
_OF_DOCUMENTS = ["doc_id", "document_version_id", "text", "body_start", "language", "published_on"]
_OF_SENTENCES = [
    "doc_id", "document_version_id", "sentence_id", "ordinal", "start", "end", "zone", "paragraph", "language",
]  # fmt: skip


def extract_file(
    documents: pa.Table,
    sentences: pa.Table,
    knowledge: Knowledge,
    labellers: Sequence[Labeller] = (),
    labelled_by: str = "",
) -> dict[str, pa.Table]:
    """Return the tables mentions, claims, claim_arguments, rejects, topics and votes of the documents of one file.

    The rows do not depend on the order of the documents; they come sorted by document.

    Args:
        documents: Rows of `documents.documents`.
        sentences: Rows of `documents.sentences`, of those documents at least.
        knowledge: What `load_knowledge` returned.
        labellers: Models asked beside the rules, in turn.
        labelled_by: What the labellers' answers depend on (`labellers.chosen.identity`).

    Raises:
        ContractError: A span is not what stands in its document.
    """
    annotated = []
    for document in read_documents(documents, sentences):
        annotated.append((document, _annotations(document, knowledge, labellers)))
    logger.info("extracted %d documents", len(annotated))
    return rows.tables(annotated, rules_hash(knowledge, labelled_by))


def _annotations(document: Document, knowledge: Knowledge, labellers: Sequence[Labeller]) -> Annotations:
    """Return all that one document says, or nothing but a reject where our own rules could not digest it.

    This is the one place where such a document is set aside: it must not stop the others. The gate counts them
    (`rules_digest_every_document`).
    """
    try:
        return annotate(document, knowledge, labellers)
    except (CommuniqueError, MemoryError):
        # Knowledge, a file or the machine: not this document.
        raise
    except Exception as error:  # whatever a rule stumbles over; nobody can list it, the traceback is in the log
        logger.exception("%s: our own rules failed on it", document.document_version_id)
        reject = Reject(None, "document", None, None, None, "extract", "extraction_failed", describe_mishap(error))
        return Annotations((), (), (reject,), (), ())


def annotate(document: Document, knowledge: Knowledge, labellers: Sequence[Labeller] = ()) -> Annotations:
    """Return all that one document says: what the rules find, and what optional labellers add to it."""
    reading = read_document(document, knowledge)
    frames = _frames(knowledge.directory, knowledge.rules_hash)
    ballot = Ballot(document, reading.mentions)
    if document.sentences:
        for labeller in labellers:
            ballot.hear(labeller)
    mentions = ballot.mentions if labellers else reading.mentions
    found, refused = find_claims(document, mentions, frames, reading.relations)
    claims = [*found, *ballot.claims(found)]
    ordered = sorted(
        [*claims, *reading.relations], key=lambda claim: (claim.start, claim.trigger_start, claim.claim_id)
    )
    topics = find_topics(reading.view, reading.hits, mentions, claims, knowledge.topics_of) if reading.view else ()
    measured = knowledge.reliability
    return Annotations(
        tuple(mentions),
        sure_claims(ordered, measured),
        (*reading.rejects, *refused, *ballot.rejects),
        sure_topics(topics, measured),
        tuple(ballot.votes(ordered)),
    )


def rules_hash(knowledge: Knowledge, labelled_by: str = "") -> str:
    """Return the hash of all that a mention or claim was found with: knowledge, code of this stage, labellers."""
    return make_id("rul", knowledge.rules_hash, _own_code(), *([labelled_by] if labelled_by else []))


@lru_cache(maxsize=2)
def _frames(directory: Path, content: str) -> Frames:
    """Load the frames once for each content of the knowledge; `content` is the key, not an input.

    They are the last to be loaded of what lives as long as the process: with the knowledge, 170,000 objects,
    which the garbage collector would walk again and again while documents are read. Frozen, they are left alone.
    """
    frames = load_frames(directory / "frames")
    gc.collect()
    gc.freeze()
    # What a document makes is small beside it; the collector looks at it now and then, not thirty times a document.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    return frames


@lru_cache(maxsize=1)
def _own_code() -> str:
    return code_version(Path(__file__).parent)


def read_documents(documents: pa.Table, sentences: pa.Table) -> list[Document]:
    """Return the documents of a file with their sentences, sorted by version and document."""
    by_document: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in sentences.select(_OF_SENTENCES).to_pylist():
        by_document[row["document_version_id"], row["doc_id"]].append(row)
    found = []
    for row in documents.select(_OF_DOCUMENTS).to_pylist():
        key = (row["document_version_id"], row["doc_id"])
        found.append((key, _document(row, by_document[key])))
    return [document for _, document in sorted(found, key=lambda item: item[0])]


def _document(row: Mapping[str, Any], sentences: list[Mapping[str, Any]]) -> Document:
    return Document(
        doc_id=row["doc_id"],
        document_version_id=row["document_version_id"],
        text=row["text"],
        body_start=row["body_start"],
        language=row["language"],
        published_on=row["published_on"],
        sentences=tuple(
            Sentence(
                sentence_id=sentence["sentence_id"],
                ordinal=sentence["ordinal"],
                start=sentence["start"],
                end=sentence["end"],
                zone=sentence["zone"],
                paragraph=sentence["paragraph"],
                language=sentence["language"],
            )
            for sentence in sorted(sentences, key=lambda sentence: sentence["ordinal"])
        ),
    )
