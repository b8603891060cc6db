"""Contracts of the archive: what was fetched, byte for byte, and every attempt to fetch it."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import FETCH_OUTCOMES

CAPTURES = TableContract(
    name="captures",
    layer="archive",
    grain="one fetched body: the bytes one address of one source gave, once for each different content",
    key=("capture_id",),
    sort=("retrieved_at", "location", "capture_id"),
    columns=(
        Column("capture_id", "string", "Id: hash of source, location and body hash."),
        Column("source_id", "string", "Source that was asked."),
        Column("logical_date", "date", "Logical date of the run that archived the body first; names its partition."),
        Column("location", "string", "What was read: the address, or the path inside the source's folder."),
        Column("external_id", "string", "The publisher's or manifest's own id of the document; the location if none."),
        Column("url", "string", "Address of the page as given by the manifest or the fetch.", nullable=True),
        Column(
            "canonical_url", "string", "The address without tracking parts; identifies the document.", nullable=True
        ),
        Column("content_type", "string", "Declared media type with its parameters.", nullable=True),
        Column("http_status", "int32", "HTTP status; null for a file.", nullable=True),
        Column("request_headers", "string", "Request headers as a JSON object; null for a file.", nullable=True),
        Column("response_headers", "string", "Response headers as a JSON object; null for a file.", nullable=True),
        Column("retrieved_at", "timestamp", "When the body was retrieved: the manifest's time, else the file's own."),
        Column("retrieved_at_basis", "string", "Where the time comes from.", values=("manifest", "file", "response")),
        Column("body_sha256", "string", "sha-256 of the body, hexadecimal."),
        Column("body_bytes", "int64", "Length of the body in bytes."),
        Column("body", "binary", "The body exactly as received."),
    ),
)

FETCHES = TableContract(
    name="fetches",
    layer="archive",
    grain="one attempt to fetch one address in one run, also where nothing new was archived",
    key=("fetch_id",),
    columns=(
        Column("fetch_id", "string", "Id: hash of run, source, location and attempt."),
        Column("run_id", "string", "Run that made the attempt."),
        Column("source_id", "string", "Source that was asked."),
        Column("logical_date", "date", "Logical date of the run."),
        Column("location", "string", "What was asked for: the address, or the path inside the source's folder."),
        Column("attempt", "int32", "1 for the first attempt at this location in this run."),
        Column("outcome", "string", "What came of it.", values=FETCH_OUTCOMES),
        Column("capture_id", "string", "The capture that holds the body, old or new; null without a body.",
               nullable=True, refers_to="archive.captures.capture_id"),
        Column("http_status", "int32", "HTTP status; null for a file.", nullable=True),
        Column("reason", "string", "Why it was skipped or failed, a short code.", nullable=True),
        Column("detail", "string", "What a person needs to mend it.", nullable=True),
        Column("attempted_at", "timestamp", "When the attempt was made (the run's clock)."),
    ),
    volatile=("run_id", "attempted_at"),
)  # fmt: skip

TABLES = (CAPTURES, FETCHES)
