"""H10: every odd spelling of an address is refused, and what is a plain address is not."""

import pytest

from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.guard import check_address, check_url, host_key, shown_url
from tasks.fetch.web.options import WebSettings

OPEN = WebSettings("desk@example.org", "Communique/1.0 (+desk@example.org)")
INTRANET = WebSettings("desk@example.org", "Communique/1.0 (+desk@example.org)", allow_private_hosts=True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        # Loopback in every spelling.
        ("http://127.0.0.1/", "blocked_address"),
        ("http://127.8.8.8/", "blocked_address"),
        ("http://2130706433/", "bad_url"),
        ("http://0x7f000001/", "bad_url"),
        ("http://0x7f.0.0.1/", "bad_url"),
        ("http://017700000001/", "bad_url"),
        ("http://0177.0.0.1/", "bad_url"),
        ("http://127.1/", "bad_url"),
        ("http://127.0.1/", "bad_url"),
        ("http://0/", "bad_url"),
        ("http://127.0.0.1./", "bad_url"),
        ("http://127.0.0.01/", "bad_url"),
        ("http://１２７.0.0.1/", "bad_url"),
        ("http://127。0。0。1/", "bad_url"),
        ("http://①②⑦.0.0.1/", "bad_url"),
        ("http://%31%32%37.0.0.1/", "bad_url"),
        ("http://[::1]/", "blocked_address"),
        ("http://[0:0:0:0:0:0:0:1]/", "blocked_address"),
        ("http://[::]/", "blocked_address"),
        ("http://0.0.0.0/", "blocked_address"),
        ("http://[::ffff:127.0.0.1]/", "blocked_address"),
        ("http://[::ffff:7f00:1]/", "blocked_address"),
        ("http://[::127.0.0.1]/", "blocked_address"),
        ("http://[64:ff9b::7f00:1]/", "blocked_address"),
        ("http://[2002:7f00:1::]/", "blocked_address"),
        ("http://[fe80::1%25eth0]/", "bad_url"),
        ("http://localhost/", "blocked_address"),
        ("http://LOCALHOST/", "blocked_address"),
        ("http://ⓛocalhost/", "bad_url"),
        ("http://localhost./", "bad_url"),
        ("http://www.localhost/", "blocked_address"),
        ("http://printer.local/", "blocked_address"),
        ("http://metadata.google.internal/", "blocked_address"),
        ("http://intranet/", "blocked_address"),
        # Networks.
        ("http://10.1.2.3/", "blocked_address"),
        ("http://172.31.255.255/", "blocked_address"),
        ("http://192.168.0.1/", "blocked_address"),
        ("http://100.64.0.1/", "blocked_address"),
        ("http://100.100.100.200/", "blocked_address"),
        ("http://168.63.129.16/", "blocked_address"),
        ("http://169.254.169.254/latest/", "blocked_address"),
        ("http://224.0.0.1/", "blocked_address"),
        ("http://255.255.255.255/", "blocked_address"),
        ("http://198.18.0.1/", "blocked_address"),
        ("http://[fd00:ec2::254]/", "blocked_address"),
        ("http://[fc00::1]/", "blocked_address"),
        ("http://[fec0::1]/", "blocked_address"),
        ("http://[ff02::1]/", "blocked_address"),
        ("http://[2001:db8::1]/", "blocked_address"),
        ("http://[2001:0:53aa:64c::1]/", "blocked_address"),
        # Schemes, ports, credentials, parsers that disagree.
        ("file:///etc/passwd", "bad_scheme"),
        ("ftp://ministry.example/", "bad_scheme"),
        ("gopher://ministry.example/", "bad_scheme"),
        ("data:text/html,x", "bad_scheme"),
        ("javascript:alert(1)", "bad_scheme"),
        ("//ministry.example/", "bad_scheme"),
        ("ministry.example/", "bad_scheme"),
        ("", "bad_scheme"),
        ("http:ministry.example", "bad_url"),
        ("http:/ministry.example", "bad_url"),
        ("http:///etc", "bad_url"),
        ("http://", "bad_url"),
        ("http://ministry.example:22/", "blocked_port"),
        ("http://ministry.example:0/", "blocked_port"),
        ("http://ministry.example:65616/", "blocked_port"),
        ("http://ministry.example:http/", "bad_url"),
        ("http://user@ministry.example/", "bad_url"),
        ("http://user:secret@ministry.example/", "bad_url"),
        ("http://ministry.example@127.0.0.1/", "bad_url"),
        ("http://ministry.example\\@127.0.0.1/", "bad_url"),
        ("http://127.0.0.1\\.ministry.example/", "bad_url"),
        ("http://ministry.example /", "bad_url"),
        ("http://mini\tstry.example/", "bad_url"),
        ("http://ministry.example\r\nHost: x/", "bad_url"),
        ("http://mini\u00adstry.example/", "bad_url"),
        ("http://mini\u200bstry.example/", "bad_url"),
        ("http://-ministry.example/", "bad_url"),
        ("http://ministry..example/", "bad_url"),
        ("http://" + "a" * 64 + ".example/", "bad_url"),
        ("http://" + "a." * 130 + "example/", "bad_url"),
        ("http://[1.2.3.4]/", "bad_url"),
        ("http://[half/", "bad_url"),
        ("http://ministry.example/" + "a" * 70_000, "bad_url"),
        # Look-alikes: Cyrillic а among Latin letters, and a label of Cyrillic letters that all look Latin.
        ("http://fr\u043entex.europa.eu/", "bad_url"),
        ("http://xn--frntex-cfg.europa.eu/", "bad_url"),
        ("http://\u0430\u0440\u0440\u04cf\u0435.com/", "bad_url"),
        ("http://xn--80ak6aa92e.com/", "bad_url"),
        ("http://xn--/", "bad_url"),
    ],
)
def test_h10_an_odd_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_url(url, OPEN)
    assert refused.value.reason == reason
    assert "secret" not in refused.value.detail


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://www.ministry.example/en/News?id=1#top", "https://www.ministry.example/en/News?id=1"),
        (" HTTP://Ministry.EXAMPLE:80 ", "http://ministry.example/"),
        ("https://93.184.215.14/x", "https://93.184.215.14/x"),
        ("https://[2606:2800:21f::1]/x", "https://[2606:2800:21f::1]/x"),
        ("https://министарство.срб/ž", "https://xn--80aeqashkohcid.xn--90a3ac/%C5%BE"),
        ("https://vyriausybė.lt/", "https://xn--vyriausyb-oib.lt/"),
        ("https://press_office.ministry.example/a b", "https://press_office.ministry.example/a%20b"),
        ("https://0x.ministry.example/", "https://0x.ministry.example/"),
        ("https://ministry.example/?u=http://user@127.0.0.1/", "https://ministry.example/?u=http://user@127.0.0.1/"),
    ],
)
def test_a_plain_address_is_allowed(url: str, text: str) -> None:
    target = check_url(url, OPEN)
    assert target.text == text
    assert target.text.startswith(target.origin)
    assert target.port == (443 if target.scheme == "https" else 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "[::1]", "intranet", "[fd12::1]"])
def test_private_hosts_are_asked_only_where_that_is_allowed(host: str) -> None:
    with pytest.raises(RefusedError, match="blocked_address"):
        check_url(f"http://{host}/", OPEN)
    assert check_url(f"http://{host}/", INTRANET).text == f"http://{host}/"


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::1",
        "100.100.100.200",
        "fd00:ec2::254",
        "0.0.0.0",  # noqa: S104 # an address to refuse; nothing listens
        "224.0.0.1",
        "::",
    ],
)
def test_no_permission_opens_link_local_metadata_or_multicast(address: str) -> None:
    with pytest.raises(RefusedError, match="blocked_address"):
        check_address(address, allow_private=True)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:2800::1", "64:ff9b::5db8:d70e"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    check_address(address, allow_private=False)


def test_what_is_shown_of_an_address_holds_no_credentials() -> None:
    assert shown_url("https://user:secret@ministry.example/x") == "https://ministry.example/x"


def test_requests_are_queued_by_host_whatever_its_spelling() -> None:
    assert host_key("http://Ministry.example:80/a") == host_key("https://ministry.example/b") == "ministry.example"
    assert host_key("no address") == "no address"
