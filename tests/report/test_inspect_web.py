"""`communique inspect URL`: a page of the web is asked with the guards of every other; in a module without a browser.

(While a browser is open, nothing else in the process can run an event loop.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.conftest import Command
from tests.repository.conftest import communique as communique  # the fixture
from tests.site import Site, serving


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    with serving() as served:
        values = {
            "HOME": tmp_path / "home", "CONTACT": "tests@example.org", "ALLOW_PRIVATE_HOSTS": "true",
            "FETCH_PORTS": f"[{served.port}]", "FETCH_DELAY_SECONDS": "0", "FETCH_RETRIES": "0",
        }  # fmt: skip
        for name, value in values.items():
            monkeypatch.setenv(f"COMMUNIQUE_{name}", str(value))
        yield served


def test_a_page_is_asked_with_the_guards_of_every_other(
    communique: Command, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sentence = "Lithuania and Montenegro signed a readmission protocol in Podgorica on 2 July 2025."
    title = "Lithuania and Montenegro sign a readmission protocol"
    body = f"<main><h1>{title}</h1><p>{sentence}</p><p>The ministers also spoke about border management.</p></main>"
    site.put("/robots.txt", b"User-agent: *\nDisallow: /closed\n", "text/plain")
    site.put("/closed", body)
    site.put("/news", f"<html lang='en'><head><title>{title}</title></head><body>{body}</body></html>")
    found = communique("inspect", f"{site.url}/news", "--json").json
    assert found["document"]["url"] == f"{site.url}/news"
    assert "agreement_signed" in {row["claim_type"] for row in found["claims"]}
    assert not (tmp_path / "home" / "tables").exists(), "nothing is archived"

    for address, reason in (
        (f"{site.url}/gone", "gone|missing|404"),
        (f"{site.url}/closed", "robots"),
        (f"http://user:secret@127.0.0.1:{site.port}/news", "user name or password"),
        ("http://169.254.169.254/latest", "address|host|port"),
    ):
        ended = communique("inspect", address)
        assert (ended.code, ended.out) == (2, ""), address
        assert re.search(reason, ended.err), ended.err
        assert "secret" not in ended.err
    monkeypatch.setenv("COMMUNIQUE_ALLOW_PRIVATE_HOSTS", "false")
    assert communique("inspect", f"{site.url}/news").code == 2
