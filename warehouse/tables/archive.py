"""Contracts of the archive: what was fetched, byte for byte, and every attempt to fetch it."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import ABSENCE_STATES, FETCH_OUTCOMES, LISTS_WITH_DAYS

CAPTURES = TableContract(
    name="captures",
    layer="archive",
    grain="one fetched body: the bytes one address of one source gave, once for each change of its content",
    key=("capture_id",),
    sort=("retrieved_at", "location", "capture_id"),
    columns=(
        Column("capture_id", "string", "Id: hash of source, location and body hash, and of how often this body has come back after another."),
        Column("source_id", "string", "Source that was asked."),
        Column("logical_date", "date", "Logical date of the run that archived the body first; names its partition."),
        Column("location", "string", "What was read: the address, or the path inside the source's folder."),
        Column("external_id", "string", "The publisher's or manifest's own id of the document; the location if none."),
        Column("url", "string", "Address of the page as given by the manifest or the fetch.", nullable=True),
        Column(
            "canonical_url", "string", "The address without tracking parts; identifies the document.", nullable=True
        ),
        Column("final_url", "string", "Address that answered after redirects; null where it is the one asked, and for a file.", nullable=True),
        Column("hops", "string", "Addresses asked on the way and their HTTP statuses, a JSON array of pairs; null where there was no redirect.", nullable=True),
        Column("content_type", "string", "Declared media type with its parameters.", nullable=True),
        Column("http_status", "int32", "HTTP status; null for a file.", nullable=True),
        Column("request_headers", "string", "Request headers, a JSON array of pairs in their order; null for a file.", nullable=True),
        Column("response_headers", "string", "Response headers, a JSON array of pairs in their order; null for a file.", nullable=True),
        Column("retrieved_at", "timestamp", "When the body was retrieved: the response's or manifest's time, else the file's own."),
        Column("retrieved_at_basis", "string", "Where the time comes from.", values=("manifest", "file", "response", "warc")),
        Column("listed_on", "date", "Day of publication as a list of the publisher stated it when the page was found, in the publisher's zone; null where none did. Never the day of a change.", nullable=True),
        Column("listed_by", "string", "Kind of the list that stated the day.", nullable=True, values=LISTS_WITH_DAYS),
        Column("body_sha256", "string", "sha-256 of the body, hexadecimal."),
        Column("body_bytes", "int64", "Length of the body in bytes."),
        Column("body", "binary", "The body as received; where it came compressed, its decompressed bytes."),
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
        Column("target", "string", "page: a document; list: a feed, sitemap or other list of pages.", values=("page", "list")),
        Column("attempt", "int32", "Requests it took in this run, redirects and repetitions included; 1 where nothing was asked."),
        Column("outcome", "string", "What came of it.", values=FETCH_OUTCOMES),
        Column("capture_id", "string", "The capture that holds the body, old or new; null without a body.",
               nullable=True, refers_to="archive.captures.capture_id"),
        Column("http_status", "int32", "HTTP status; null for a file.", nullable=True),
        Column("final_url", "string", "Address that answered after redirects; null where it is the one asked.", nullable=True),
        Column("reason", "string", "Why there is no new capture, a short code.", nullable=True),
        Column("detail", "string", "What a person needs to mend it.", nullable=True),
        Column("attempted_at", "timestamp", "When the attempt was made (the run's clock)."),
    ),
    volatile=("run_id", "attempted_at"),
)  # fmt: skip

ABSENCES = TableContract(
    name="absences",
    layer="archive",
    grain="one change in whether an archived page is still there, as one source was told",
    key=("absence_id",),
    columns=(
        Column("absence_id", "string", "Id: hash of source, document, state and how often the state has changed."),
        Column("source_id", "string", "Source that was asked."),
        Column("logical_date", "date", "Logical date of the run that noticed."),
        Column("location", "string", "Address that was asked."),
        Column("doc_id", "string", "Document that was archived from there; its versions and its facts stay."),
        Column("state", "string", "missing: HTTP 404; gone: HTTP 410, taken down for good; back: it answers again.", values=ABSENCE_STATES),
        Column("observed_at", "timestamp", "When the answer came."),
    ),
)

COVERAGE = TableContract(
    name="coverage",
    layer="archive",
    grain="one source, language and interval in one run: what was expected and what came",
    key=("coverage_id",),
    columns=(
        Column("coverage_id", "string", "Id: hash of run, source, basis, language and interval."),
        Column("run_id", "string", "Run that counted."),
        Column("source_id", "string", "Source."),
        Column("logical_date", "date", "Logical date of the run."),
        Column("basis", "string", "listed: the source's own lists name that many pages dated in the interval; declared: its declaration expects at least so many new ones.", values=("listed", "declared")),
        Column("language", "string", "Language of the documents; null for all together.", nullable=True),
        Column("interval_start", "date", "First day."),
        Column("interval_end", "date", "Last day."),
        Column("n_expected", "int32", "Pages expected."),
        Column("n_got", "int32", "Pages archived."),
        Column("n_refused", "int32", "Listed pages that gave nothing to archive; null where nothing is listed.", nullable=True),
        Column("last_new_on", "date", "Last logical date on which a new document came, no further back than is looked; null for none.", nullable=True),
        Column("silent_days", "int32", "Days since then, or since the source was first asked; null where lists were counted.", nullable=True),
        Column("allowed_days", "int32", "Days without anything new that the declaration allows; null where it says nothing.", nullable=True),
    ),
    volatile=("run_id",),
)

TABLES = (CAPTURES, FETCHES, ABSENCES, COVERAGE)
