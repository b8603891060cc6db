"""Which addresses may be asked at all: the spelling of an address, and the network an IP address belongs to.

One parser reads the address, here and for the connection, so that no second reading can disagree with the one vetted.
What a name resolves to is vetted where the connection is opened: see `tasks.fetch.web.transport`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass

import httpx2

from tasks.fetch.addresses import without_credentials
from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.options import WebSettings

DEFAULT_PORTS = {"http": 80, "https": 443}

# Networks that are no public host, from IANA's registries of special-purpose addresses and multicast; the first that
# fits decides. The last column: whether `allow_private_hosts` lifts it. Never where clouds hand out credentials.
_NETWORKS = tuple(
    (ipaddress.ip_network(network), name, liftable)
    for network, name, liftable in (
        ("100.100.100.200/32", "cloud metadata", False),
        ("168.63.129.16/32", "cloud metadata", False),
        ("0.0.0.0/8", "this network", False),
        ("10.0.0.0/8", "private", True),
        ("100.64.0.0/10", "carrier-grade NAT", True),
        ("127.0.0.0/8", "loopback", True),
        ("169.254.0.0/16", "link-local", False),
        ("172.16.0.0/12", "private", True),
        ("192.0.0.0/24", "protocol assignments", False),
        ("192.0.2.0/24", "documentation", False),
        ("192.88.99.0/24", "6to4 relay", False),
        ("192.168.0.0/16", "private", True),
        ("198.18.0.0/15", "benchmarking", False),
        ("198.51.100.0/24", "documentation", False),
        ("203.0.113.0/24", "documentation", False),
        ("224.0.0.0/4", "multicast", False),
        ("240.0.0.0/4", "reserved", False),
        ("fd00:ec2::/32", "cloud metadata", False),
        ("::1/128", "loopback", True),
        ("fc00::/7", "private", True),
        ("fe80::/10", "link-local", False),
        ("ff00::/8", "multicast", False),
        ("2001::/23", "protocol assignments, Teredo among them", False),
        ("2001:db8::/32", "documentation", False),
        ("2002::/16", "6to4", False),
        ("3fff::/20", "documentation", False),
    )
)
_GLOBAL_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Names that mean this machine or this network (RFC 6761, 6762, 8375, 9476, ICANN's reservation of .internal).
_LOCAL_SUFFIXES = ("localhost", "local", "internal", "home.arpa", "intranet", "lan", "onion", "test", "invalid")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Lower-case Cyrillic letters that a reader takes for Latin ones (Unicode's confusables.txt).
_CYRILLIC_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуү")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked.

    Attributes:
        text: The address in ASCII, without fragment.
        scheme: http or https.
        host: In ASCII and lower case; an IPv6 address without brackets.
        port: The port, the scheme's default included.
        path: Path and query as sent.
    """

    text: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: whatever one robots.txt, and one set of cookies, holds for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """The Host header: the port only where it is not the default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def check_url(url: str, settings: WebSettings) -> Target:
    """Return the vetted address.

    Raises:
        RefusedError: bad_scheme, bad_url, blocked_port or blocked_address.
    """
    text = url.strip()
    scheme, _, rest = text.partition(":")
    if scheme.casefold() not in DEFAULT_PORTS:
        raise RefusedError("bad_scheme", f"only http and https are asked, not {scheme[:20]!r}")
    if not rest.startswith("//"):
        raise RefusedError("bad_url", "no host")
    _check_authority(re.split(r"[/?#]", rest[2:], maxsplit=1)[0])
    try:
        parsed = httpx2.URL(text)
        host, shown = parsed.raw_host.decode("ascii"), parsed.host
        path = parsed.raw_path.decode("ascii")
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise RefusedError("bad_url", str(error)) from error
    port = DEFAULT_PORTS[parsed.scheme] if parsed.port is None else parsed.port
    check_host(host, settings.allow_private_hosts)
    _check_lookalike(shown)
    if port not in settings.ports:
        raise RefusedError("blocked_port", f"port {port} is none of {', '.join(map(str, settings.ports))}")
    target = Target("", parsed.scheme, host, port, path)
    return Target(f"{target.origin}{path}", parsed.scheme, host, port, path)


def shown_url(url: str) -> str:
    """Return an address as it may stand in tables and logs: without credentials, of bounded length."""
    return (without_credentials(url) or "")[:2000]


def host_key(url: str) -> str:
    """Return what requests are queued by: the host, or for what is no address the text itself."""
    try:
        return httpx2.URL(url.strip()).raw_host.decode("ascii") or url
    except (httpx2.InvalidURL, UnicodeError):
        return url


def _check_authority(authority: str) -> None:
    """Refuse what two parsers could read differently."""
    if "@" in authority:
        raise RefusedError("bad_url", "credentials in the address")
    # A backslash ends the host for some parsers, and some take the full stops of East Asia for dots.
    if any(char in "\\%。．｡" or char.isspace() or not char.isprintable() for char in authority):
        raise RefusedError("bad_url", "odd characters in the host")
    if not authority.isascii() and unicodedata.normalize("NFKC", authority.casefold()) != authority.casefold():
        raise RefusedError("bad_url", "compatibility characters (full-width digits, circled letters) in the host")


def check_host(host: str, allow_private: bool) -> None:
    """Refuse a host that is an odd or a blocked IP address, or a name of this machine or network.

    Raises:
        RefusedError: bad_url or blocked_address.
    """
    if ":" in host:
        check_address(host, allow_private)
        return
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        # The system's resolver would take 2130706433, 0x7f.1 and 0177.1 for addresses.
        if re.fullmatch(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})", host) is None:
            raise RefusedError("bad_url", "an odd spelling of an IP address")
        check_address(host, allow_private)
        return
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise RefusedError("bad_url", "no host name")
    local = len(labels) == 1 or host.endswith(tuple(f".{suffix}" for suffix in _LOCAL_SUFFIXES))
    if local and not allow_private:
        raise RefusedError("blocked_address", "a name of this machine or network")


def check_address(address: str, allow_private: bool) -> None:
    """Refuse an IP address that is no host of the public internet.

    IPv4 inside IPv6 is judged as what it leads to: mapped addresses and NAT64; 6to4 and Teredo are refused altogether.

    Raises:
        RefusedError: blocked_address, or bad_url where it is no IP address.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError as error:
        raise RefusedError("bad_url", f"no IP address: {address[:50]!r}") from error
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    for network, name, liftable in _NETWORKS:
        if ip.version == network.version and ip in network:
            if liftable and allow_private:
                return
            raise RefusedError("blocked_address", f"{address} is {name}")
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_UNICAST_V6:
        raise RefusedError("blocked_address", f"{address} is no global unicast address")


def _check_lookalike(host: str) -> None:
    """Refuse a label that mixes Latin letters with others that look like them, or only imitates Latin ones."""
    if host.isascii():
        return
    labels = host.split(".")
    for label in labels:
        scripts = {unicodedata.name(char, "").partition(" ")[0] for char in label if char.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
            raise RefusedError("bad_url", "a host name of mixed scripts")
        imitates = scripts == {"CYRILLIC"} and all(not c.isalpha() or c in _CYRILLIC_LIKE_LATIN for c in label)
        if imitates and labels[-1].isascii():
            raise RefusedError("bad_url", "a host name of letters that look Latin and are not")
