"""A run over a loopback site in a process of its own, for a test that kills it: home, port, day."""

import sys
from datetime import date
from pathlib import Path

from tasks.fetch.asking import Asking
from tasks.fetch.entry import fetch_web
from tasks.fetch.source import Discovery, Source
from tasks.fetch.web.options import WebSettings
from warehouse.settings import Settings

# Small files: the run is killed between two of them.
DOCUMENTS_PER_FILE = 4


def main(home: str, port: int, day: str, run_id: str) -> None:
    source = Source(
        "ministry", "web", "Ministry", delay_seconds=0.0,
        discover=(Discovery("feed", f"http://127.0.0.1:{port}/feed.xml"),),
    )  # fmt: skip
    settings = WebSettings(
        "tests@example.org", "Communique/1.0 (+tests@example.org)", allow_private_hosts=True, ports=(port,),
        default_delay_seconds=0.0, retries=0,
    )  # fmt: skip
    asking = Asking(run_id, date.fromisoformat(day), DOCUMENTS_PER_FILE)
    fetch_web(Path(home), [source], asking, settings, Settings().reference_dir)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4])
