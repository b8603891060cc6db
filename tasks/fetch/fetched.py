"""What a reader of sources hands to the archive, whatever it read from: a body, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """One body as received.

    Attributes:
        location: What was read: the address, or the path inside the source's folder.
        external_id: The manifest's or publisher's id; the location if there is none.
        body: The bytes, unaltered.
        retrieved_at: When they were retrieved (UTC): never the time of the run.
        retrieved_at_basis: manifest, file or response.
        url: Address of the page, where one is known.
        content_type: Declared media type with its parameters.
        http_status: None for a file.
        request_headers: None for a file.
        response_headers: None for a file.
    """

    location: str
    external_id: str
    body: bytes
    retrieved_at: datetime
    retrieved_at_basis: str
    url: str | None = None
    content_type: str | None = None
    http_status: int | None = None
    request_headers: Mapping[str, str] | None = None
    response_headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """One location that gave no body.

    Attributes:
        location: What was asked for.
        reason: A short code.
        detail: What a person needs to mend it.
        skipped: True where it was left out on purpose, False where it failed.
    """

    location: str
    reason: str
    detail: str
    skipped: bool = False
