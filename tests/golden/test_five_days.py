"""A publisher's site followed for five days: what changes, moves, goes and comes back, and the release after each day.

Feed, sitemap and listing on loopback; the pipeline as plain functions. pytest-socket denies every other host.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from expectations.entry import GateInputs, gate_archived
from tasks.fetch.asking import Asking
from tasks.fetch.entry import fetch_web
from tasks.fetch.source import Discovery, Source
from tasks.fetch.web.options import WebSettings
from tests.golden.conftest import SETTINGS, passed, process_captures, publish_all
from tests.golden.reviewed import release_database
from tests.golden.test_rebuild import differing, rebuilt
from tests.site import Site, serving
from warehouse.storage import Store
from warehouse.tables.archive import ABSENCES, CAPTURES, FETCHES

FIRST_DAY = date(2026, 11, 16)
MORE = (
    "The participants agreed to exchange information more quickly and to review the results together. "
    "The talks were held in a constructive atmosphere and will be continued at the level of experts next year."
)
SIGNED = "Lithuania and Montenegro signed a readmission protocol in Podgorica on {} July 2025."
MET = "The Interior Minister of Serbia met with the Interior Minister of North Macedonia in Budva on 12 May 2025."
TRAINED = "A training course for border guards of Portugal and Cape Verde took place in Praia on 10 and 11 April 2024."
OPENED = "A meeting on the return of rejected applicants was held in Pristina on 20 January 2025."
LATE = "A meeting on readmission at the border was held in Zagreb on 6 February 2025."


def page(title: str, sentence: str) -> str:
    body = f"<main><h1>{title}</h1><p>{sentence}</p><p>{MORE}</p></main><footer>Ministry</footer>"
    return f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body></html>"


def lists(site: Site, feed: list[str], sitemap: list[str], listing: list[str]) -> None:
    """Put up the three lists of the site."""
    items = "".join(f"<item><link>{site.url}{path}</link></item>" for path in feed)
    site.put("/feed.xml", f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>", "text/xml")
    urls = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in sitemap)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    site.put("/sitemap.xml", f"<urlset xmlns='{space}'>{urls}</urlset>", "application/xml")
    site.put(
        "/news", "<html><body>" + "".join(f"<p><a href='{path}'>more</a></p>" for path in listing) + "</body></html>"
    )


class Days:
    """The site and the warehouse, day by day."""

    def __init__(self, home: Path, site: Site) -> None:
        self.home, self.site = home, site
        self.day = FIRST_DAY - timedelta(days=1)
        self.source = Source(
            "ministry", "web", "Ministry", delay_seconds=0.0, exclude=(r"/(news|feed\.xml)$",),
            discover=(
                Discovery("feed", f"{site.url}/feed.xml"),
                Discovery("sitemap", f"{site.url}/sitemap.xml"),
                Discovery("listing", f"{site.url}/news", link=r"/news/\w"),
            ),
        )  # fmt: skip
        self.settings = WebSettings(
            "tests@example.org", "Communique/1.0 (+tests@example.org)", allow_private_hosts=True, ports=(site.port,),
            default_delay_seconds=0.0, retries=0,
        )  # fmt: skip

    def next(self) -> None:
        """Live through one day: ask the site, process what is new, publish."""
        self.day += timedelta(days=1)
        self.site.log.clear()
        run_id = f"run_{self.day:%Y%m%d}"
        asking = Asking(run_id, self.day, SETTINGS.documents_per_file)
        (outcome,) = fetch_web(self.home, [self.source], asking, self.settings, SETTINGS.reference_dir)
        assert outcome.gap is None
        new = outcome.captures
        verdicts = []
        if new:
            archived = [*new, *(ref for ref in (outcome.fetches, outcome.absences) if ref)]
            inputs = GateInputs(SETTINGS.quarantine_share, ("ministry",))
            accepted = passed(gate_archived(self.home, run_id, "fetch", "fetch", archived, inputs)).accepted
            verdicts = process_captures(self.home, [ref for ref in accepted if ref.name == "captures"])
        publish_all(self.home, verdicts)

    def outcomes(self) -> dict[str, str]:
        """What became of each page today."""
        rows = Store(self.home).read_all(FETCHES).to_pylist()
        today = [row for row in rows if row["logical_date"] == self.day and row["target"] == "page"]
        assert len({row["location"] for row in today}) == len(today), "no page is asked twice in a day"
        return {row["location"].removeprefix(self.site.url): row["outcome"] for row in today}

    def sent(self) -> set[str]:
        """The pages whose body went over the wire today."""
        return {path for path, status, size in self.site.log if status == 200 and size and path.startswith("/news/")}

    def events(self) -> set[tuple[str, str]]:
        """The dated events of the release that its current documents tell of."""
        with release_database(self.home) as base:
            rows = base.execute("SELECT event_type, start_on FROM fact_event WHERE start_on IS NOT NULL").fetchall()
        return {(kind, str(day)) for kind, day in rows}

    def documents(self) -> dict[str, tuple[int, str | None]]:
        """First address of each document → its published versions, and whether its page is still there."""
        with release_database(self.home) as base:
            rows = base.execute(
                "SELECT min(external_id), count(*), max(absence), count(*) FILTER (is_current) FROM dim_document "
                "WHERE doc_id <> 'doc_unknown' GROUP BY doc_id"
            ).fetchall()
        assert {row[3] for row in rows} == {1}
        return {row[0].removeprefix(self.site.url): (row[1], row[2]) for row in rows}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def test_five_days(site: Site, tmp_path: Path) -> None:
    days = Days(tmp_path / "home", site)
    signed, met, trained = ("agreement_signed", "2025-07-02"), ("meeting", "2025-05-12"), ("training", "2024-04-10")

    # Monday: three lists, one page each.
    first = page("Readmission protocol signed", SIGNED.format(2))
    site.put("/news/signed", first)
    site.put("/news/met", page("Return officials met in Budva", MET))
    site.put("/news/trained", page("Training course in Praia", TRAINED))
    lists(site, ["/news/signed"], ["/news/met"], ["/news/trained"])
    days.next()
    assert days.documents() == dict.fromkeys(("/news/signed", "/news/met", "/news/trained"), (1, None))
    assert days.events() >= {signed, met, trained}

    # Tuesday: one page is corrected, one is new; what stands is not sent again.
    site.put("/news/signed", page("Readmission protocol signed", SIGNED.format(3)))
    site.put("/news/opened", page("Experts met in Pristina", OPENED))
    lists(site, ["/news/signed"], ["/news/met"], ["/news/opened", "/news/trained"])
    days.next()
    assert days.sent() == {"/news/signed", "/news/opened"}
    assert days.documents()["/news/signed"] == (2, None)
    corrected = ("agreement_signed", "2025-07-03")
    assert corrected in days.events() and signed not in days.events()

    # Wednesday: a page moves and is listed under its new address only; it stays one document.
    site.move("/news/met", "/news/2026/met")
    lists(site, ["/news/signed"], ["/news/2026/met"], ["/news/opened", "/news/trained"])
    days.next()
    assert days.sent() == set()
    assert set(days.documents()) == {"/news/signed", "/news/met", "/news/trained", "/news/opened"}
    assert met in days.events()

    # Thursday: a page is gone for good, another turns into an error page, and a new one cannot be had.
    site.take_down("/news/trained", 410)
    good = site.paths["/news/opened"]
    site.put("/news/opened", "<html><head><title>404</title></head><body><h1>Page not found</h1></body></html>")
    site.put("/news/late", b"", status=503)
    lists(site, ["/news/late", "/news/signed"], ["/news/2026/met"], ["/news/opened"])
    days.next()
    assert days.outcomes() == {
        "/news/signed": "unchanged", "/news/2026/met": "unchanged", "/news/trained": "gone",
        "/news/opened": "quarantined", "/news/late": "failed",
    }  # fmt: skip
    assert days.documents()["/news/trained"] == (1, "gone")
    assert days.documents()["/news/opened"] == (1, None)
    assert {trained, corrected, met, ("meeting", "2025-01-20")} <= days.events(), (
        "the facts of a page that is gone stay"
    )

    # Friday: the correction is taken back, the error page mended, and the failed page is had though nothing lists it.
    site.put("/news/signed", first)
    site.paths["/news/opened"] = good
    site.put("/news/late", page("Officials met in Zagreb", LATE))
    lists(site, ["/news/signed"], ["/news/2026/met"], ["/news/opened"])
    days.next()
    assert days.sent() == {"/news/signed", "/news/late"}
    assert signed in days.events() and corrected not in days.events(), "the version put back is current again"
    assert ("meeting", "2025-02-06") in days.events()

    captures = Store(days.home).read_all(CAPTURES).to_pylist()
    versions = {(row["canonical_url"], row["body_sha256"]) for row in captures}
    assert (len(captures), len(versions)) == (7, 6), "every version once, and once more the one that was put back"
    assert [row["state"] for row in Store(days.home).read_all(ABSENCES).to_pylist()] == ["gone"]
    assert differing(days.home, rebuilt(days.home, tmp_path / "rebuilt")) == {}
