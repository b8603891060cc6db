"""The sample announcements and one hostile document, published once; and a real browser that may open nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.golden.conftest import fetch_folder, process_captures, publish_all
from warehouse.publication import Release, current

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "documents"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--no-first-run",
]  # fmt: skip
WIDTHS = {"wide": (1280, 860), "narrow": (390, 844)}
# A page of the sample warehouse is ready in half a second; the bound only ends one that hangs.
READY_MS = 30_000

HOSTILE_TITLE = "=1+1 </script><script>alert(1)</script> \u202egro.live\u202c return officials meet in Budva"
HOSTILE_SENTENCE = (
    "Return officials of Serbia and Montenegro met in Budva on 10 and 11 April 2024, "
    "</script><script>alert(document.domain)</script><img src=https://evil.example/x onerror=alert(2)> "
    "and <iframe src=javascript:alert(3)> {{ 7*7 }} ![x](javascript:alert(4)) discussed readmission."
)
HOSTILE_ADDRESS = "javascript:alert(document.cookie)//\u202e"


@pytest.fixture(scope="session")
def report_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the samples and the hostile document, with one release."""
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    title, sentence = escape(HOSTILE_TITLE), escape(HOSTILE_SENTENCE)
    (folder / "hostile.html").write_text(
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>Published on: 14 April 2024</p><p>{sentence}</p><p>They will meet again next year.</p></article></body>",
        "utf-8",
    )
    line = {
        "doc_id": "=1+1", "file": "hostile.html", "url": HOSTILE_ADDRESS, "content_type": "text/html",
        "retrieved_at": "2024-04-15T06:00:00Z",
    }  # fmt: skip
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as manifest:
        manifest.write(json.dumps(line) + "\n")
    home = tmp_path_factory.mktemp("home")
    publish_all(home, process_captures(home, fetch_folder(home, folder, date(2026, 11, 20))))
    return home


@pytest.fixture(scope="session")
def released(report_home: Path) -> Release:
    """The release of that warehouse."""
    release = current(report_home)
    assert release is not None
    return release


@pytest.fixture(scope="module")
def base(released: Release) -> Iterator[duckdb.DuckDBPyConnection]:
    """The release's database."""
    with duckdb.connect(str(released.duckdb_path), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def hostile_event(released: Release) -> str:
    """The event that the hostile document tells."""
    with duckdb.connect(str(released.duckdb_path), read_only=True) as connection:
        row = connection.execute(
            "SELECT event_id FROM v_event_flat WHERE contains(quote, 'alert(document.domain)')"
        ).fetchone()
    assert row is not None, "the hostile sentence tells no event, so the tests of it would prove nothing"
    return str(row[0])


# Of one module: while it is open, nothing else in the process can run an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if not CHROMIUM.is_file():
        pytest.fail(f"{CHROMIUM} is missing: `apt-get install chromium`, as .ci/run does", pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@dataclass
class Watched:
    """A page, and everything it did that it must not do."""

    page: Page
    faults: list[str] = field(default_factory=list)


Open = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Browser, released: Release) -> Iterator[Open]:
    """Open the report; every request but for the file itself, every complaint and every dialog is a fault."""
    contexts = []

    def opened(hash_: str = "", width: str = "wide", path: Path | None = None, **options: Any) -> Watched:
        address = (path or released.path / "report.html").as_uri()
        size = WIDTHS[width]
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(READY_MS)
        watched = Watched(page)

        def route(route: Any) -> None:
            if route.request.url.partition("#")[0] == address:
                route.continue_()
            else:
                watched.faults.append(f"request {route.request.url}")
                route.abort()

        def dialog(dialog: Any) -> None:
            watched.faults.append(f"dialog {dialog.message}")
            dialog.dismiss()

        context.route("**/*", route)
        context.on("page", lambda other: watched.faults.append(f"window {other.url}") if other is not page else None)
        page.on("dialog", dialog)
        page.on("console", lambda message: watched.faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: watched.faults.append(f"error {error}"))
        page.goto(address + hash_)
        page.wait_for_selector("html[data-ready]", state="attached")
        return watched

    yield opened
    for context in contexts:
        context.close()
