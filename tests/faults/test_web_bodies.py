"""Bodies that drip, stop, lie about their length, explode or never end: H1, H3 to H7."""

import gzip
import re
import zlib
from pathlib import Path

import brotli
import pyarrow as pa
import pytest

from tests.fault_server import FaultServer, answer, drip, endless, page, then_close, then_reset
from tests.faults.web import ask, refusal, reply, settings

PAGE = page()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MEGABYTE = b"\0" * 1_000_000


def zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd}


def test_h1_a_slow_drip_ends_at_the_total_deadline() -> None:
    # Every byte comes within the read timeout; the page as a whole would take half a minute.
    with FaultServer({"/page": drip(answer(PAGE), 0.1)}) as server:
        refused = refusal(ask(settings(server, total_deadline=0.8), server.url("/page")), "deadline")
    assert refused.heals
    assert refused.attempts == 1, "a page that has cost its deadline once is left to the next run"


@pytest.mark.parametrize(
    "act",
    [
        then_close(answer(PAGE, length=len(PAGE) + 50)),
        then_close(HEAD + b"Transfer-Encoding: chunked\r\n\r\n40\r\n" + PAGE[:64] + b"\r\n40\r\nhalf"),
        then_reset(answer(PAGE, length=len(PAGE) + 50)),
        answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),
    ],
    ids=["content-length", "chunk", "reset", "gzip"],
)
def test_h3_a_truncated_body_is_retried_and_never_a_reply(act) -> None:
    with FaultServer({"/page": act}) as server:
        refused = refusal(ask(settings(server), server.url("/page")), "truncated")
        assert len(server.asked("/page")) == refused.attempts == 3
    assert refused.heals


def test_h3_a_body_that_is_whole_at_the_second_attempt_is_a_reply() -> None:
    with FaultServer({"/page": [then_close(answer(PAGE, length=len(PAGE) + 50)), answer(PAGE)]}) as server:
        got = reply(ask(settings(server), server.url("/page")))
    assert (got.body, got.attempts, got.warnings) == (PAGE, 2, ())


def test_h4_a_content_length_too_small_is_flagged_and_spoils_no_other_page() -> None:
    # What follows the declared end is made to look like the answer to the next request.
    forged = PAGE + answer(page("Forged."))
    routes = {"/short": answer(forged, length=len(PAGE) - 20), "/other": answer(page("The other page."))}
    with FaultServer(routes) as server:
        short, other = ask(settings(server), server.url("/short"), server.url("/other"))
    assert reply([short]).warnings == ("short_content_length",)
    assert reply([other]).body == page("The other page.")
    assert reply([other]).warnings == ()


def test_h4_html_that_ends_before_its_end_tag_is_flagged() -> None:
    with FaultServer({"/page": then_close(answer(PAGE[:90]))}) as server:
        assert reply(ask(settings(server), server.url("/page"))).warnings == ("short_content_length",)


@pytest.mark.parametrize("coding", CODINGS)
def test_every_content_coding_is_undone(coding: str) -> None:
    body = PAGE * 50
    with FaultServer({"/page": answer(CODINGS[coding](body), Content_Encoding=coding)}) as server:
        got = reply(ask(settings(server), server.url("/page")))
    assert got.body == body
    assert got.wire_bytes == len(CODINGS[coding](body))


def peak_bytes() -> int:
    """Return the largest resident memory of this process since it was set back."""
    return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])


def bomb(coding: str) -> bytes:
    """Return 200 MB of zeros, compressed."""
    if coding == "br":
        return brotli.compress(MEGABYTE * 200, quality=1)
    if coding == "zstd":
        return zstd(MEGABYTE * 200)
    # After a full flush a piece stands for itself and can be repeated.
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return b"\x1f\x8b\x08" + bytes(7) + (engine.compress(MEGABYTE) + engine.flush(zlib.Z_FULL_FLUSH)) * 200


@pytest.mark.parametrize("codings", ["gzip", "br", "zstd", "gzip, gzip"])
def test_h5_a_bomb_is_refused_in_little_memory(codings: str) -> None:
    names = codings.split(", ")
    body = bomb(names[0])
    for name in names[1:]:
        body = CODINGS[name](body)
    with FaultServer({"/bomb": answer(body, Content_Encoding=codings)}) as server:
        # The decoders are C libraries: only the kernel sees all of their memory. 5 sets its peak back to what is used.
        Path("/proc/self/clear_refs").write_text("5")
        before = peak_bytes()
        refused = refusal(ask(settings(server, max_decoded_bytes=20_000_000), server.url("/bomb")), "bomb")
        grown = peak_bytes() - before
    assert grown < 50_000_000
    assert not refused.heals
    assert refused.attempts == 1


def test_h5_codings_upon_codings_are_refused() -> None:
    with FaultServer({"/page": answer(PAGE, Content_Encoding="gzip, gzip, gzip, gzip")}) as server:
        refusal(ask(settings(server), server.url("/page")), "bad_encoding")


@pytest.mark.parametrize(
    "wire", [b"nonsense" * 20, gzip.compress(PAGE * 30)[:60] + b"\xff" * 200], ids=["no gzip at all", "damaged"]
)
def test_h6_bad_gzip_is_asked_for_once_more(wire: bytes) -> None:
    with FaultServer({"/page": answer(wire, Content_Encoding="gzip")}) as server:
        assert refusal(ask(settings(server), server.url("/page")), "bad_encoding").attempts == 2


def test_h6_an_unknown_coding_is_refused() -> None:
    with FaultServer({"/page": answer(PAGE, Content_Encoding="compress")}) as server:
        assert "compress" in refusal(ask(settings(server), server.url("/page")), "bad_encoding").detail


@pytest.mark.parametrize(
    "route",
    [
        endless(HEAD + b"\r\n", b"<p>and on</p>" * 100),
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"x" * 1024 + b"\r\n"),
        then_close(answer(PAGE, length=10_000_000_000)),
    ],
    ids=["no length", "chunked", "huge length"],
)
def test_h7_an_infinite_or_huge_body_stops_at_the_wire_cap(route) -> None:
    with FaultServer({"/page": route}) as server:
        refused = refusal(ask(settings(server), server.url("/page")), "too_large")
    assert refused.attempts == 1
    assert not refused.heals
