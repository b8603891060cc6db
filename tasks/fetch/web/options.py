"""What bounds the client: politeness, limits and who we say we are. Built from the settings, or by a test."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.errors import ConfigurationError
from warehouse.settings import Settings

# Ours in robots.txt; RFC 9309 allows letters, `_` and `-`.
PRODUCT = "Communique"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Limits and manners of a `tasks.fetch.web.client.WebClient`.

    Attributes:
        contact: An e-mail address or page where a publisher reaches the operator.
        user_agent: The User-Agent header; `for_contact` makes it of the contact.
        allow_private_hosts: Whether loopback and private networks may be asked: for intranets and tests. Link-local
            addresses, where clouds keep their credentials, never are.
        ports: Ports that may be asked.
        connect_timeout: Seconds for connecting, TLS included.
        read_timeout: Seconds without a byte.
        total_deadline: Seconds from connecting to the last byte of one exchange, however the bytes drip.
        max_wire_bytes: Most bytes of a body as sent.
        max_decoded_bytes: Most bytes of a body after decompression.
        max_ratio: Largest expansion by decompression; judged once a body is over a megabyte.
        max_redirects: Redirects followed.
        retries: Further attempts at one hop after a failure that can heal.
        retry_cap_seconds: Longest wait that a host is granted within a run: before a retry, by Retry-After, by
            Crawl-delay.
        breaker_failures: Failures of a host in a row after which it is left alone for `breaker_rest_seconds`.
        breaker_rest_seconds: How long.
        default_delay_seconds: Seconds between two requests to one host, from start to start.
        robots_ttl_seconds: How long the rules of robots.txt are taken as known.
        max_hosts_at_once: Hosts asked in parallel.
        insecure_hosts: Hosts, named one by one, whose certificate is not verified; a warning stands in each reply.
    """

    contact: str
    user_agent: str
    allow_private_hosts: bool = False
    ports: tuple[int, ...] = (80, 443)
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_deadline: float = 60.0
    max_wire_bytes: int = 10_000_000
    max_decoded_bytes: int = 20_000_000
    max_ratio: float = 200.0
    max_redirects: int = 5
    retries: int = 2
    retry_cap_seconds: float = 60.0
    breaker_failures: int = 5
    breaker_rest_seconds: float = 600.0
    default_delay_seconds: float = 2.0
    robots_ttl_seconds: float = 86_400.0
    max_hosts_at_once: int = 16
    insecure_hosts: tuple[str, ...] = ()

    @classmethod
    def from_settings(cls, settings: Settings, insecure_hosts: tuple[str, ...] = ()) -> WebSettings:
        """Return the client's part of the settings.

        Raises:
            ConfigurationError: No contact is set, or it cannot stand in a header.
        """
        contact = (settings.contact or "").strip()
        if not contact or not contact.isascii() or not contact.isprintable():
            raise ConfigurationError(
                "publishers must be able to reach whoever fetches their pages",
                "COMMUNIQUE_CONTACT",
                "Set it to an e-mail address or a page (ASCII); it goes into the User-Agent.",
            )
        return cls(
            contact=contact,
            user_agent=user_agent(contact),
            allow_private_hosts=settings.allow_private_hosts,
            ports=settings.fetch_ports,
            connect_timeout=settings.fetch_connect_timeout_seconds,
            read_timeout=settings.fetch_read_timeout_seconds,
            total_deadline=settings.fetch_deadline_seconds,
            max_wire_bytes=settings.fetch_max_wire_bytes,
            max_decoded_bytes=settings.fetch_max_decoded_bytes,
            max_ratio=settings.fetch_max_ratio,
            retries=settings.fetch_retries,
            retry_cap_seconds=settings.fetch_retry_cap_seconds,
            breaker_failures=settings.fetch_breaker_failures,
            default_delay_seconds=settings.fetch_delay_seconds,
            insecure_hosts=insecure_hosts,
        )


def user_agent(contact: str) -> str:
    """Return the User-Agent header that names the product and whom to write to."""
    return f"{PRODUCT}/1.0 (+{contact})"
