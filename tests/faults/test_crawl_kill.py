"""kill -9 in the middle of a run over a site: what is archived is not asked again, and nothing is lost or doubled."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.crawl_child import DOCUMENTS_PER_FILE
from tests.site import Site, serving
from warehouse.storage import Store
from warehouse.tables.archive import CAPTURES, FETCHES

ROOT = Path(__file__).resolve().parents[2]
N_PAGES = 30
SOME = "The ministers agreed to continue the exchange of data and to report on it to their governments in autumn. " * 4


def child(home: Path, site: Site, day: str, run_id: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.crawl_child", str(home), str(site.port), day, run_id]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def archived(home: Path) -> Counter[str]:
    return Counter(row["location"] for row in Store(home).read_all(CAPTURES, columns=["location"]).to_pylist())


@pytest.mark.parametrize("files", [1, 4])
def test_a_killed_run_is_taken_up_where_it_stopped(home: Path, files: int) -> None:
    with serving() as site:
        paths = [f"/page-{number}" for number in range(N_PAGES)]
        for path in paths:
            site.put(path, f"<html><head><title>{path}</title></head><body><h1>{path}</h1><p>{SOME}</p></body></html>")
            # Without validators a page that is asked again is sent again.
            site.paths[path].validated = False
        links = "".join(f"<item><link>{site.url}{path}</link></item>" for path in paths)
        # The last page is not answered before the run is killed: however slow this process, it comes in time.
        killed = site.paths[paths[-1]].after = threading.Event()
        site.put("/feed.xml", f"<rss version='2.0'><channel>{links}</channel></rss>", "application/rss+xml")

        running = child(home, site, "2026-11-16", "run-1")
        deadline = time.monotonic() + 120
        while len(Store(home).files(CAPTURES)) < files:
            assert running.poll() is None and time.monotonic() < deadline, "the run must be killed while it works"
            time.sleep(0.005)
        running.kill()
        running.wait()
        killed.set()
        before = archived(home)
        assert files * DOCUMENTS_PER_FILE <= sum(before.values()) < N_PAGES
        assert Store(home).files(FETCHES) == []

        site.log.clear()
        again = child(home, site, "2026-11-16", "run-2")
        assert again.wait(120) == 0
        asked = Counter(f"{site.url}{path}" for path, _, _ in site.log if path in paths)
        assert not asked.keys() & before.keys(), "what is archived is not fetched again"
        assert archived(home) == Counter({f"{site.url}{path}": 1 for path in paths})
        attempts = Store(home).read_all(FETCHES).to_pylist()
        outcomes = Counter((row["outcome"], row["reason"]) for row in attempts if row["target"] == "page")
        resumed = sum(before.values())
        assert outcomes == {("unchanged", "archived_by_killed_run"): resumed, ("captured", None): N_PAGES - resumed}
