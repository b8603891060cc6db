"""Truth values for the archive and the documents: bytes, hashes, offsets, days of publication, damaged letters."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from expectations.derived import Derivation, Truth, if_given, is_among, joint_key, known, truth
from expectations.frames import Tables
from warehouse.ids import document_id, document_version_id, sentence_id, sha256_hex
from warehouse.vocabulary import REPEATING_KINDS

# The web begins here; an earlier day is a misread number or a clock that was never set.
WEB_BEGINS = date(1990, 1, 1)
# A page's civil date may be a day ahead of UTC: in the Pacific it is tomorrow already.
_ZONES = timedelta(days=1)

# Twice its period without a word may be a holiday; after four nobody waits any more.
LOST_AFTER = 4

# Addresses a reader may follow: anything else could run a script or open a local file.
HTTP = r"^(?i:https?)://[^\s/]"
REPLACEMENT = "\ufffd"
# What UTF-8 looks like when it was read as Windows-1252: the lead byte of a two-byte letter (C2–C5 of Latin, D0–D1 of
# Cyrillic) or of typographic punctuation (E2 80), followed by continuation bytes in their Windows-1252 shapes.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"â€[{_CONTINUATION}]|[ÂÃÄÅÐÑ][{_CONTINUATION}]")


def body_matches_hash(table: pa.Table, tables: Tables) -> Truth:
    """`body_sha256` is the sha-256 of the bytes that are archived."""
    pairs = zip(table.column("body").to_pylist(), table.column("body_sha256").to_pylist(), strict=True)
    return truth([body is not None and sha256_hex(body) == digest for body, digest in pairs])


def body_matches_length(table: pa.Table, tables: Tables) -> Truth:
    """`body_bytes` is the number of bytes that are archived."""
    return known(pc.equal(pc.binary_length(table.column("body")), table.column("body_bytes")))


def retrieved_in_the_age_of_the_web(table: pa.Table, tables: Tables) -> Truth:
    """The year of retrieval is one in which there was a web to retrieve from, and no year of a broken clock."""
    year = pc.year(table.column("retrieved_at"))
    return known(pc.and_(pc.greater_equal(year, WEB_BEGINS.year), pc.less(year, 2100)))


def listed_day_has_its_list(table: pa.Table, tables: Tables) -> Truth:
    """A day that a list stated stands beside the kind of that list, and neither stands alone."""
    return pc.equal(pc.is_valid(table.column("listed_on")), pc.is_valid(table.column("listed_by")))


def outcome_is_explained(table: pa.Table, tables: Tables) -> Truth:
    """An attempt that brought a body names the capture that holds it, any other says why there is none."""
    brought = is_among(table.column("outcome"), pa.chunked_array([["captured", "unchanged"]]))
    return pc.if_else(brought, pc.is_valid(table.column("capture_id")), pc.is_valid(table.column("reason")))


def source_not_lost(table: pa.Table, tables: Tables) -> Truth:
    """A source as a whole has not been silent for more than `LOST_AFTER` times as long as its declaration allows."""
    longest = pc.multiply(table.column("allowed_days"), LOST_AFTER)
    within = if_given(
        table.column("silent_days"), if_given(longest, pc.less_equal(table.column("silent_days"), longest))
    )
    return pc.or_(pc.is_valid(table.column("language")), within)


def text_matches_hash(table: pa.Table, tables: Tables) -> Truth:
    """`text_sha256` is the sha-256 of the text in UTF-8."""
    pairs = zip(table.column("text").to_pylist(), table.column("text_sha256").to_pylist(), strict=True)
    return truth([text is not None and hashlib.sha256(text.encode()).hexdigest() == digest for text, digest in pairs])


def text_matches_length(table: pa.Table, tables: Tables) -> Truth:
    """`text_chars` is the length of the text in code points."""
    return known(pc.equal(pc.utf8_length(table.column("text")), table.column("text_chars")))


def year_is_that_of_its_document(table: pa.Table, tables: Tables) -> Truth:
    """A text lies in the year in which its document was published, or retrieved where that is unknown."""
    names = ("document_version_id", "published_on", "retrieved_at")
    rows = zip(*(tables["curated.dim_document"].column(name).to_pylist() for name in names), strict=True)
    years = {version: (published or retrieved).year for version, published, retrieved in rows if published or retrieved}
    found = zip(table.column("document_version_id").to_pylist(), table.column("year").to_pylist(), strict=True)
    return truth([year == years.get(version) for version, year in found])


def body_starts_within(table: pa.Table, tables: Tables) -> Truth:
    """The main text begins somewhere from the text's first code point to its end."""
    start = table.column("body_start")
    return known(pc.and_(pc.greater_equal(start, 0), pc.less_equal(start, pc.utf8_length(table.column("text")))))


def title_opens_text(table: pa.Table, tables: Tables) -> Truth:
    """The text begins with the headline, where there is one."""
    pairs = zip(table.column("text").to_pylist(), table.column("title").to_pylist(), strict=True)
    return truth([title is None or (text is not None and text.startswith(title)) for text, title in pairs])


def published_in_time(table: pa.Table, tables: Tables) -> Truth:
    """The day of publication lies between the beginning of the web and the retrieval, give or take a time zone.

    Where the retrieval itself has an impossible date, which is another rule's finding, only the beginning is asked for.
    """
    published = table.column("published_on")
    retrieved = table.column("retrieved_at")
    latest = pc.add(retrieved, pa.scalar(_ZONES)).cast(pa.date32())
    late_enough = pc.greater_equal(published, pa.scalar(WEB_BEGINS))
    early_enough = pc.or_(pc.less(pc.year(retrieved), WEB_BEGINS.year), pc.less_equal(published, latest))
    return if_given(published, pc.and_(late_enough, early_enough))


def day_or_reason(table: pa.Table, tables: Tables) -> Truth:
    """A day of publication says what gave it, and a missing one says why it is missing."""
    given = pc.is_valid(table.column("published_on"))
    return pc.if_else(
        given, pc.is_valid(table.column("published_on_method")), pc.is_valid(table.column("published_on_reason"))
    )


def copies_share_sentences(table: pa.Table, tables: Tables) -> Truth:
    """A copy has a sentence of its original; what only resembles it need not."""
    resembles = pc.invert(pc.is_in(table.column("kind"), pa.array(REPEATING_KINDS)))
    return pc.or_(resembles, pc.greater_equal(table.column("n_shared_sentences"), 1))


def replaced_at_most(share: float) -> Derivation:
    """At most this share of the text's code points are U+FFFD, the sign for bytes that could not be read."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return truth([_share(text, text.count(REPLACEMENT)) <= share for text in _texts(table)])

    return derive


def mojibake_at_most(share: float) -> Derivation:
    """At most this share of the text's code points belong to letters that were read in the wrong encoding."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return truth([_share(text, sum(map(len, _MOJIBAKE.findall(text)))) <= share for text in _texts(table)])

    return derive


def document_id_is_reproducible(table: pa.Table, tables: Tables) -> Truth:
    """`doc_id` is made of the canonical address, or of source and external id, and of nothing else."""
    names = ("doc_id", "canonical_url", "source_id", "external_id")
    rows = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    return truth([doc == document_id(url, source, external) for doc, url, source, external in rows])


def version_names_archived_bytes(table: pa.Table, tables: Tables) -> Truth:
    """`document_version_id` is the hash of the bytes the archive holds for the capture, whatever its row says."""
    captures = tables["archive.captures"]
    bodies = zip(captures.column("capture_id").to_pylist(), captures.column("body").to_pylist(), strict=True)
    version_of = {capture: document_version_id(sha256_hex(body)) for capture, body in bodies if body is not None}
    rows = zip(table.column("capture_id").to_pylist(), table.column("document_version_id").to_pylist(), strict=True)
    return truth([version_of.get(capture) == version for capture, version in rows])


def sentence_id_is_reproducible(table: pa.Table, tables: Tables) -> Truth:
    """`sentence_id` is made of document, normalised sentence and occurrence, so that it survives a new version."""
    names = ("sentence_id", "doc_id", "text", "occurrence")
    rows = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    return truth(
        [None not in (doc, text) and known_id == sentence_id(doc, text, nth) for known_id, doc, text, nth in rows]
    )


def sentences_in_order(table: pa.Table, tables: Tables) -> Truth:
    """The sentences of a document version are counted from 0 without a hole and do not overlap.

    A file of one partition holds its own; the same version read through two sources is two sets.
    """
    own = ("document_version_id", "doc_id", "partition.source_id", "partition.logical_date")
    names = (*own, "ordinal", "start", "end")
    rows = list(zip(*(table.column(name).to_pylist() for name in names), strict=True))
    good = [False] * len(rows)
    previous: tuple[object, ...] = ()
    ordinal, end = 0, 0
    for position in sorted(range(len(rows)), key=lambda row: tuple(map(_last_if_none, rows[row]))):
        *document, number, start, stop = rows[position]
        if tuple(document) != previous:
            previous, ordinal, end = tuple(document), 0, 0
        if number is not None and start is not None and stop is not None:
            good[position] = number == ordinal and start >= end
            ordinal, end = number + 1, stop
    return truth(good)


def pair_once(first: str, second: str) -> Derivation:
    """No pair stands there in both directions, and nothing is paired with itself."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        there = joint_key(table, (first, second))
        back = joint_key(table, (second, first))
        other = known(pc.not_equal(table.column(first), table.column(second)))
        return pc.and_(other, pc.invert(is_among(there, back)))

    return derive


def _texts(table: pa.Table) -> list[str]:
    return [text or "" for text in table.column("text").to_pylist()]


def _share(text: str, n: int) -> float:
    return n / len(text) if text else 0.0


def _last_if_none(value: object) -> tuple[bool, object]:
    return (value is None, "" if value is None else value)
