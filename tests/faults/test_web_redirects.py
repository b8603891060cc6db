"""Redirects: round in circles, into private networks, away from http, with somebody's cookies: H8, H9, H23."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from tasks.fetch.web.client import WebRequest
from tasks.fetch.web.stream import open_stream
from tests.fault_server import FaultServer, answer, page, redirect, then_close
from tests.faults.web import ask, refusal, reply, settings

PAGE = page()


async def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture(autouse=True)
def _no_other_machine() -> None:
    """Every socket beyond loopback is denied by the suite's options; without that none of these tests may begin."""
    with (
        socket.socket() as probe,
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        probe.connect(("198.51.100.1", 80))


def test_h8_a_redirect_loop_ends_after_five() -> None:
    with FaultServer({"/a": then_close(redirect("/b")), "/b": then_close(redirect("/a"))}) as server:
        refused = refusal(ask(settings(server), server.url("/a")), "redirect_limit")
        assert len(server.asked("/a")) + len(server.asked("/b")) == 6
    assert len(refused.hops) == 6


def test_h8_fifty_hops_end_after_five_and_five_are_followed() -> None:
    routes = {f"/{number}": then_close(redirect(f"/{number + 1}")) for number in range(50)}
    with FaultServer({**routes, "/50": answer(PAGE)}) as server:
        refusal(ask(settings(server), server.url("/0")), "redirect_limit")
        got = reply(ask(settings(server), server.url("/45")))
    assert got.final_url == server.url("/50")
    assert [status for _, status in got.hops] == [302] * 5 + [200]


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
@pytest.mark.parametrize("location", ["/new?q=ž&b=1", "new?q=%C5%BE&b=1", "?q=1", "//ministry.example{port}/new"])
def test_every_kind_of_redirect_is_followed(status: str, location: str) -> None:
    with FaultServer() as server:
        location = location.replace("{port}", f":{server.port}")
        wire = redirect("X", status).replace(b"Location: X", f"Location: {location}".encode())
        server.routes.update({"/old": wire, "/new?q=%C5%BE&b=1": answer(PAGE), "/new": answer(PAGE)})
        server.routes["/old?q=1"] = answer(PAGE)
        got = reply(ask(settings(server), server.url("/old", host="ministry.example"), resolver=loopback))
    assert got.body == PAGE


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", "blocked_address"),
        ("http://169.254.169.254/latest/meta-data/", "blocked_address"),
        ("http://10.0.0.1/", "blocked_address"),
        ("http://[::1]/", "blocked_address"),
        ("http://[::ffff:127.0.0.1]/", "blocked_address"),
        ("http://localhost/", "blocked_address"),
        ("http://intranet.example/", "blocked_address"),
        ("//192.168.1.1/", "blocked_address"),
        ("http://2130706433/", "bad_url"),
        ("http://user:secret@ministry.example/", "bad_url"),
        ("http://ministry.example:22/", "blocked_port"),
        ("file:///etc/passwd", "redirect_scheme"),
        ("ftp://ministry.example/x", "redirect_scheme"),
        ("data:text/html,<p>x", "redirect_scheme"),
        ("gopher://ministry.example/", "redirect_scheme"),
        ("javascript:alert(1)", "redirect_scheme"),
    ],
)
def test_h9_every_hop_is_vetted(location: str, reason: str) -> None:
    addresses = {"ministry.example": "93.184.215.14", "intranet.example": "192.168.7.7"}
    connected = []

    async def resolver(host: str, port: int) -> list[str]:
        return [addresses[host]]

    async def connect(address: str, port: int):
        connected.append(address)
        return await open_stream("127.0.0.1", server.port)

    with FaultServer({"/start": redirect("/middle"), "/middle": redirect(location)}) as server:
        web = settings(allow_private_hosts=False, ports=(80, 443))
        refused = refusal(ask(web, "http://ministry.example/start", resolver=resolver, connect=connect), reason)
        assert "secret" not in refused.detail
    assert set(connected) == {"93.184.215.14"}
    assert [status for _, status in refused.hops] == [302, 302]


def test_h9_robots_txt_cannot_lead_into_a_private_network_either() -> None:
    routes = {"/robots.txt": redirect("http://169.254.169.254/robots.txt"), "/page": answer(PAGE)}
    with FaultServer(routes) as server:
        refusal(ask(settings(server), server.url("/page")), "blocked_address")
        assert server.asked("/page") == []


def test_h23_cookies_stay_with_the_origin_that_set_them() -> None:
    with FaultServer({"/there": answer(PAGE)}) as other, FaultServer() as server:
        server.routes.update(
            {
                "/set": redirect("/again", Set_Cookie="session=secret; Domain=127.0.0.1; Path=/"),
                "/again": redirect(other.url("/there")),
                "/later": answer(PAGE),
            }
        )
        first, later = ask(settings(server, other), server.url("/set"), server.url("/later"))
        reply([first])
        reply([later])
        assert server.asked("/again")[0].headers["cookie"] == "session=secret"
        assert all("cookie" not in request.headers for request in other.requests), "another port is another origin"
        assert "cookie" not in server.asked("/later")[0].headers, "cookies are forgotten with the page"
        assert all("authorization" not in r.headers for r in (*server.requests, *other.requests))


def test_h23_a_site_that_wants_its_cookie_back_is_no_loop() -> None:
    def gate(connection, request) -> bool:
        wire = answer(PAGE) if "cookie" in request.headers else redirect("/page", Set_Cookie="seen=1")
        connection.sendall(wire)
        return True

    with FaultServer({"/page": gate}) as server:
        assert reply(ask(settings(server), server.url("/page"))).body == PAGE


def test_h23_validators_go_to_the_site_they_came_from_only() -> None:
    with FaultServer({"/there": answer(PAGE)}) as server:
        server.routes["/here"] = redirect(server.url("/there", host="other.example"))
        request = WebRequest(server.url("/here", host="ministry.example"), etag='"v1"')
        reply(ask(settings(server), request, resolver=loopback))
        assert server.asked("/here")[0].headers["if-none-match"] == '"v1"'
        assert "if-none-match" not in server.asked("/there")[0].headers


def test_an_address_that_did_not_redirect_is_its_own_final_one() -> None:
    with FaultServer({"/%C5%BEivot": answer(PAGE)}) as server:
        got = reply(ask(settings(server), server.url("/život")))
    assert got.final_url == got.url == server.url("/život")
    assert got.hops == ((server.url("/%C5%BEivot"), 200),)
