"""Whatever comes in, an address is a vetted target or a refusal, and a body is bytes or a refusal."""

import gzip
import ipaddress
import random
import zlib
from collections import Counter

import brotli
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.fetch.web.decode import PIECE, RATIO_FLOOR, content_codings, decode_body
from tasks.fetch.web.exchange import REASONS, RefusedError
from tasks.fetch.web.guard import check_address, check_url
from tasks.fetch.web.options import WebSettings
from tasks.fetch.web.robots import parse

WEB = WebSettings("desk@example.org", "Communique/1.0 (+desk@example.org)")
CHANCE = random.Random(5)  # noqa: S311 # damage, not a secret
BODY = b"".join(CHANCE.randbytes(300) + b"The ministers met in Budva. " * 300 for _ in range(20))
ENCODED = {
    "gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
    "br": brotli.compress(BODY, quality=5),
    "zstd": pa.compress(BODY, "zstd", asbytes=True),
}
# What an attacker would write between the slashes: digits and dots in many spellings, brackets, marks, look-alikes.
HOSTS = st.text(st.sampled_from("0123456789abcdefx.:[]@\\%-_ /?#。１٣а\u0131\u200b\r\n\t\0"), max_size=24)


@settings(max_examples=200, deadline=None)
@given(
    host=HOSTS | st.binary(max_size=20).map(lambda data: data.decode("utf-16", "replace")),
    scheme=st.sampled_from(["http://", "https://", "HTTP://", "http:", "//", ""]),
)
def test_an_address_is_vetted_or_refused(host: str, scheme: str) -> None:
    try:
        target = check_url(f"{scheme}{host}/path", WEB)
    except RefusedError as refused:
        assert refused.reason in REASONS
        return
    assert target.port in WEB.ports
    assert not set(target.text) & set("\\@ \r\n\t\0") or "@" in target.path
    if target.host.replace(".", "").isdigit() or ":" in target.host:
        assert ipaddress.ip_address(target.host).is_global


@settings(max_examples=200, deadline=None)
@given(number=st.integers(0, 2**32 - 1) | st.integers(0, 2**128 - 1))
def test_no_address_passes_that_python_calls_private_or_multicast(number: int) -> None:
    address = ipaddress.IPv4Address(number) if number < 2**32 else ipaddress.IPv6Address(number)
    try:
        check_address(str(address), allow_private=False)
    except RefusedError as refused:
        assert refused.reason == "blocked_address"
        return
    assert not (address.is_private or address.is_multicast or address.is_reserved or address.is_loopback)


@pytest.mark.parametrize("coding", ENCODED)
def test_a_damaged_body_is_bytes_or_a_refusal(coding: str) -> None:
    outcomes = Counter()
    for _ in range(200):
        wire = bytearray(ENCODED[coding])
        at = CHANCE.randrange(len(wire))
        if CHANCE.random() < 0.5:
            wire[at] ^= 1 << CHANCE.randrange(8)
        else:
            del wire[at:]
        try:
            body, _ = decode_body(bytes(wire), [coding], 10**7, 200)
            outcomes["bytes"] += 1
            assert coding in ("br", "zstd") or body == BODY or not wire, "gzip and zlib carry a checksum"
        except RefusedError as refused:
            outcomes[refused.reason] += 1
    assert outcomes["truncated"] > 50
    assert set(outcomes) <= {"bytes", "truncated", "bad_encoding", "bomb"}


def test_members_in_a_row_are_one_body_and_what_follows_is_noted() -> None:
    assert decode_body(gzip.compress(b"one ") + gzip.compress(b"two"), ["gzip"], 100, 10) == (b"one two", False)
    assert decode_body(gzip.compress(b"one") + b"\0\0\0", ["gzip"], 100, 10) == (b"one", True)
    bare = zlib.compressobj(wbits=-15)
    assert decode_body(bare.compress(BODY) + bare.flush(), ["deflate"], 10**6, 100) == (BODY, False)


def test_the_caps_hold_to_the_byte() -> None:
    wire = gzip.compress(bytes(300_000))
    assert decode_body(wire, ["gzip"], 300_000, 1.5)[0] == bytes(300_000), "below the floor no ratio is judged"
    with pytest.raises(RefusedError, match="bomb"):
        decode_body(wire, ["gzip"], 299_999, 1e9)
    with pytest.raises(RefusedError, match="bomb"):
        decode_body(gzip.compress(bytes(RATIO_FLOOR + PIECE)), ["gzip"], 10**9, 200)
    assert decode_body(wire[:100], ["gzip"], 10**6, 1e9, cut_at=50)[0] == bytes(50), "cut on purpose is not truncated"


def test_codings_are_read_as_headers_write_them() -> None:
    headers = [(b"Content-Encoding", b"GZIP , identity"), (b"content-encoding", b"br"), (b"X", b"zstd")]
    assert content_codings(headers) == ["gzip", "br"]
    with pytest.raises(RefusedError, match="sdch"):
        content_codings([(b"Content-Encoding", b"sdch")])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text("UserAgntDiallow:*/$ \n#", max_size=300).map(str.encode))
def test_any_robots_txt_can_be_read(body: bytes) -> None:
    rules = parse(body)
    if rules is not None:
        assert rules.can_fetch("https://ministry.example/a?b", "Communique") in (True, False)
