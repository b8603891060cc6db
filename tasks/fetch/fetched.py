"""What a reader of sources hands to the archive, whatever it read from: a body, what stands already, or why neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Headers = tuple[tuple[str, str], ...]
Hops = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One body as received.

    Attributes:
        location: What was read: the address, or the path inside the source's folder.
        external_id: The manifest's or publisher's id; the location if there is none.
        body: The bytes, unaltered.
        retrieved_at: When they were retrieved (UTC): never the time of the run.
        retrieved_at_basis: manifest, file, response or warc.
        url: Address of the page, where one is known.
        canonical_url: Address that identifies the document, where it is another than that of the page: the one under
            which it was archived before it moved.
        final_url: The address that answered, where redirects led to another one.
        hops: Addresses asked on the way with their statuses, where there was a redirect.
        content_type: Declared media type with its parameters.
        http_status: None for a file.
        request_headers: In their order; None for a file.
        response_headers: In their order; None for a file.
        listed_on: Day of publication that a list of the publisher states, if one does.
        listed_by: Kind of that list.
        attempts: Requests it took.
        warning: What is odd about the answer, for the row of the attempt.
    """

    location: str
    external_id: str
    body: bytes
    retrieved_at: datetime
    retrieved_at_basis: str
    url: str | None = None
    canonical_url: str | None = None
    final_url: str | None = None
    hops: Hops | None = None
    content_type: str | None = None
    http_status: int | None = None
    request_headers: Headers | None = None
    response_headers: Headers | None = None
    listed_on: date | None = None
    listed_by: str | None = None
    attempts: int = 1
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One location whose archived body still stands: the publisher said so, or it need not be asked.

    Attributes:
        location: What was asked for.
        capture_id: The capture that stands.
        reason: A short code.
        http_status: 304, or None where nothing was asked.
        final_url: The address that answered, where redirects led to another one.
        attempts: Requests it took.
    """

    location: str
    capture_id: str
    reason: str
    http_status: int | None = None
    final_url: str | None = None
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Missed:
    """One location that gave no body to archive.

    Attributes:
        location: What was asked for.
        reason: A short code.
        detail: What a person needs to mend it.
        outcome: failed; skipped where it was left out on purpose; quarantined, missing, gone or listed as in
            `archive.fetches`.
        http_status: Where there was one.
        final_url: The address that answered, where redirects led to another one.
        attempts: Requests it took.
        target: page, or list where a list of pages was asked for.
    """

    location: str
    reason: str
    detail: str
    outcome: str = "failed"
    http_status: int | None = None
    final_url: str | None = None
    attempts: int = 1
    target: str = "page"


Found = Fetched | Standing | Missed
