"""The report in a real browser: it does nothing it must not do, and says what the release says."""

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.report.conftest import READY_MS, WIDTHS, Open
from tests.unit.warehouse.sample import EVENT, curated_tables
from warehouse.publication import Release, ReleaseContext, publish
from warehouse.report import quality_of_runs, render_report

VIEWS = ("overview", "events", "countries", "tables", "quality")
# Contrast of text against what lies behind it, by WCAG 2.2; large text needs 3, everything else 4.5.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const poor = [];
  let looked = 0;
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest(".unseen, .skip, script, style, option")) continue;
    looked += 1;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgb(element.closest("svg") ? style.fill : style.color)), light(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const words = element.textContent.slice(0, 40);
    if (contrast < enough) poor.push(`${element.tagName}.${element.className} ${contrast.toFixed(2)}: ${words}`);
  }
  return [looked, [...new Set(poor)]];
}"""


FOUND = "SELECT event_id FROM v_event_flat WHERE concat_ws(' ', place, parties, quote, title) ILIKE '%budva%'"
PARTY = "SELECT event_id FROM bridge_event_party WHERE country_code = 'ME'"


def value(base: duckdb.DuckDBPyConnection, query: str, *given: Any) -> Any:
    # All rows: a result that is not read to its end keeps the connection.
    (first, *_) = base.execute(query, list(given)).fetchall()
    return first[0]


def rows(base: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows of a table or view, without the unknown member of a dimension."""
    return int(base.table(table).aggregate("count(*)").fetchall()[0][0]) - table.startswith("dim_")


def shown_number(text: str) -> int:
    return int(text.replace("\u202f", "") or 0)


def go(page: Page, hash_: str) -> None:
    """Follow a hash as a link does, and let the page draw."""
    page.evaluate("hash => { location.hash = hash; }", hash_)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def passages(page: Page, event: str, expected: int) -> list[str]:
    """Open the evidence of a fact and return its quotes."""
    go(page, f"#/events?e={event}")
    page.wait_for_function(
        "([id, n]) => document.querySelector('#panel-id').textContent === id"
        " && document.querySelectorAll('#panel-passages mark').length === n",
        arg=[event, expected],
    )
    return page.locator("#panel-passages mark").all_text_contents()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_asks_for_nothing_complains_of_nothing_and_fits(
    open_page: Open, hostile_event: str, width: str, scheme: str
) -> None:
    watched = open_page("", width, color_scheme=scheme)
    for view in VIEWS:
        for hash_ in (f"#/{view}", f"#/{view}?e={hostile_event}"):
            go(watched.page, hash_)
            assert watched.page.locator(f"#{view}").is_visible()
            wide = watched.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= WIDTHS[width][0], f"{hash_} is wider than the screen"
        go(watched.page, f"#/{view}")
        looked, poor = watched.page.evaluate(CONTRAST)
        assert looked > 10
        assert poor == [], view
    assert watched.faults == []


def test_the_watch_sees_what_it_is_for(open_page: Open, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<html data-ready><script>alert(1); console.error('x'); fetch('https://evil.example/')</script></html>", "utf-8"
    )
    watched = open_page(path=bad)
    expected = {"dialog", "console", "request"}
    deadline = time.monotonic() + READY_MS / 1000
    while not {fault.partition(" ")[0] for fault in watched.faults} >= expected:
        assert time.monotonic() < deadline, watched.faults
        watched.page.wait_for_timeout(10)


# What words that became markup would try; each sets `window.ran` where it gets through.
ATTEMPTS = {
    "script": "one = make('script'); one.textContent = 'window.ran = true'; add(one)",
    "handler": "one = make('button'); one.setAttribute('onclick', 'window.ran = true'); add(one); one.click()",
    "address": "one = make('a'); one.href = 'javascript:void(window.ran = true)'; add(one); one.click()",
    "form": "one = make('form'); one.action = 'javascript:void(window.ran = true)'; add(one); one.submit()",
    "markup": "document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=\"window.ran = true\">')",
    "picture": "one = make('img'); one.src = 'https://evil.example/x'; one.onerror = () => { window.lost = true }",
}
# What became of an attempt: it ran, the browser refused it, or nobody was asked (the picture that is not there).
TRIED = """async () => {
  const make = (name) => document.createElement(name), add = (element) => document.body.append(element);
  window.ran = window.lost = false;
  const refused = new Promise((done) => document.addEventListener("securitypolicyviolation", done, { once: true }));
  const settled = new Promise((done) => setInterval(() => { if (window.ran || window.lost) done(); }, 5));
  let one;
  try { %s; } catch (error) { return `refused: ${error.name}`; }
  const violation = await Promise.race([refused, settled]);
  return window.ran ? "ran" : violation ? "refused: policy" : "lost";
}"""


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_script_that_got_in_would_not_run(open_page: Open, released: Release, tmp_path: Path, attempt: str) -> None:
    guarded = open_page()
    assert guarded.page.evaluate(TRIED % ATTEMPTS[attempt]).startswith("refused")
    assert guarded.page.evaluate("window.ran") is False
    assert [fault for fault in guarded.faults if not fault.startswith("console error")] == []

    # Without the policy the same attempt gets through: it is the policy that holds it back.
    text = (released.path / "report.html").read_text("utf-8")
    unguarded = tmp_path / "unguarded.html"
    unguarded.write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text, count=1), "utf-8")
    watched = open_page(path=unguarded)
    assert watched.page.evaluate(TRIED % ATTEMPTS[attempt]) == ("lost" if attempt == "picture" else "ran")
    assert ("request https://evil.example/x" in watched.faults) == (attempt == "picture")


def test_the_figures_are_those_of_the_release(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    page = open_page().page
    figures = {
        one.get_attribute("data-figure"): shown_number(one.inner_text())
        for one in page.locator("dd[data-figure]").all()
    }
    assert len(figures) == 7
    for table, shown in figures.items():
        assert shown == rows(base, str(table)), table
    go(page, "#/events")
    assert shown_number(page.locator("#n-shown").inner_text()) == figures["fact_event"]
    choices = {
        label.locator("input").get_attribute("value"): shown_number(label.locator(".count").inner_text())
        for label in page.locator("#filter-type .choice, #filter-status .choice").all()
    }
    counted = base.execute(
        "SELECT event_type, count(*) FROM fact_event GROUP BY ALL UNION ALL "
        "SELECT status, count(*) FROM fact_event GROUP BY ALL"
    ).fetchall()
    assert choices == dict(counted)


def test_a_filter_lets_through_what_sql_does(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    page = open_page().page
    for hash_, where in (
        ("type=meeting,visit", "event_type IN ('meeting', 'visit')"),
        ("status=planned&type=meeting", "status = 'planned' AND event_type = 'meeting'"),
        ("from=2025-01-01&to=2025-06-30", "coalesce(end_on, start_on) >= '2025-01-01' AND start_on <= '2025-06-30'"),
        ("only=undated", "start_on IS NULL"),
        ("q=budva", f"event_id IN ({FOUND})"),
        ("c=ME", f"country_code = 'ME' OR event_id IN ({PARTY})"),
    ):  # fmt: skip
        go(page, f"#/events?{hash_}")
        expected = len(base.table("fact_event").filter(where).fetchall())
        assert expected > 0, hash_
        assert shown_number(page.locator("#n-shown").inner_text()) == expected, hash_


def test_the_matrix_and_the_map_count_as_sql_does(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    page = open_page("#/countries").page
    cells = {
        one.get_attribute("data-pair"): shown_number(one.inner_text()) for one in page.locator("#matrix button").all()
    }
    pairs = base.execute("""
        WITH party AS (
            SELECT DISTINCT event_id, country_code AS code FROM bridge_event_party WHERE country_code <> 'ZZ'
        )
        SELECT one.code || '.' || other.code, count(*) FROM party AS one JOIN party AS other USING (event_id) GROUP BY 1
    """).fetchall()
    assert len(pairs) > 20
    assert {pair: n for pair, n in cells.items() if n} == dict(pairs)
    tiles = {
        one.get_attribute("data-code"): shown_number(one.locator("b").inner_text())
        for one in page.locator("#map .tile, #elsewhere .tile").all()
        if one.locator("b").count()
    }
    concerned = base.execute("""
        SELECT code, count(*) FROM (
            SELECT event_id, country_code AS code FROM bridge_event_party
            UNION SELECT event_id, country_code FROM fact_event
        ) WHERE code <> 'ZZ' GROUP BY code
    """).fetchall()
    assert tiles == dict(concerned)


def test_every_table_of_the_page_has_the_rows_of_the_release(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    page = open_page("#/tables").page
    names = [str(link.get_attribute("data-name")) for link in page.locator("#relations a").all()]
    assert {"fact_quantity", "fact_funding", "dim_instrument", "dim_person"} <= set(names)
    for name in names:
        go(page, f"#/tables?t={name}")
        known = rows(base, name)
        assert page.locator("#relation tbody tr").count() == min(known, 100), name
        assert shown_number(page.locator("#relation-count").inner_text().partition(" ")[0]) == known, name
    go(page, "#/tables?t=fact_funding")
    project = value(base, "SELECT name FROM dim_project JOIN fact_funding USING (project_id) LIMIT 1")
    assert project in page.locator("#relation").inner_text(), "a key is shown as the name it stands for"


def test_every_quote_of_every_event_is_there_and_marked(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    watched = open_page("#/events")
    quotes: dict[str, list[str]] = {}
    for event, quote in base.execute(
        "SELECT fact_id, quote FROM bridge_fact_evidence WHERE fact_table = 'fact_event'"
    ).fetchall():
        quotes.setdefault(event, []).append(quote)
    assert len(quotes) == value(base, "SELECT count(*) FROM fact_event")
    for event, expected in quotes.items():
        assert sorted(passages(watched.page, event, len(expected))) == sorted(expected)
    assert watched.faults == []


def test_the_evidence_leads_to_page_and_archive(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    row = base.execute(
        "SELECT fact_id, quote, url, body_sha256, title, "
        "strftime(retrieved_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S') "
        "FROM v_evidence WHERE fact_table = 'fact_event' AND starts_with(url, 'https') ORDER BY fact_id LIMIT 1"
    ).fetchone()
    assert row is not None
    event, quote, url, sha256, title, retrieved = row
    page = open_page().page
    count = value(base, "SELECT count(*) FROM bridge_fact_evidence WHERE fact_id = ?", event)
    passages(page, event, count)
    found = page.locator("#panel-passages .passage").filter(has_text=sha256).first
    text = found.inner_text()
    assert title in text
    assert f"{retrieved} UTC" in text
    link = found.locator("a").first
    assert link.get_attribute("rel") == "noopener noreferrer"
    address, _, directive = str(link.get_attribute("href")).partition("#:~:text=")
    assert address == url
    words = [unquote(part) for part in directive.split(",")]
    assert words
    assert all(part in " ".join(quote.split()) for part in words)


def test_a_hostile_document_is_text_and_its_address_no_link(
    open_page: Open, base: duckdb.DuckDBPyConnection, hostile_event: str
) -> None:
    watched = open_page()
    count = value(base, "SELECT count(*) FROM bridge_fact_evidence WHERE fact_id = ?", hostile_event)
    (quote, *_) = passages(watched.page, hostile_event, count)
    assert quote == value(base, "SELECT quote FROM v_event_flat WHERE event_id = ?", hostile_event)
    assert "</script><script>alert(document.domain)</script>" in quote
    panel = watched.page.locator("#panel")
    assert panel.locator("a, img, iframe, script").count() == 0
    title = panel.locator("cite").first.inner_text()
    assert "\u202e" not in panel.inner_text()
    assert "</script><script>alert(1)</script>" in title
    assert title == value(base, "SELECT title FROM v_event_flat WHERE event_id = ?", hostile_event)
    assert "no web address" in panel.inner_text()
    assert watched.faults == []
    document = (watched.page.url.partition("#")[0]).removeprefix("file://")
    source = Path(unquote(document)).read_text("utf-8")
    assert "evil.example" not in source
    assert "alert(" not in source


def test_who_may_be_meant_by_an_office_is_told_as_no_document_does(open_page: Open, tmp_path: Path) -> None:
    release = publish(tmp_path / "home", curated_tables(), ReleaseContext("run_1"))
    assert release is not None
    watched = open_page(f"#/events?e={EVENT}", path=release.path / "report.html")
    told = watched.page.locator("#panel-fact dt", has_text="Not named").locator("xpath=following-sibling::dd[1]")
    expect(told).to_contain_text("Minister of the Interior (Montenegro)")
    expect(told).to_contain_text("by the table of office holders, not by a document: ")
    expect(told).to_contain_text("Jane Doe")
    expect(told.locator("b")).to_have_count(0)
    assert "\u202e" not in told.inner_text()
    assert "<b>John" in told.inner_text()
    assert watched.faults == []


def test_a_page_of_many_events_unpacks_words_when_they_are_read(
    open_page: Open,
    released: Release,
    base: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Blocks of five events in place of thousands: what the samples show must not depend on it."""
    for module in ("events", "page"):
        monkeypatch.setattr(f"warehouse.report.{module}.EVENTS_A_BLOCK", 5)
    path = tmp_path / "report.html"
    path.write_bytes(render_report(released.duckdb_path, released.manifest))
    watched = open_page("#/events", path=path)
    page = watched.page
    expect(page.locator("#list .row .quote").nth(7)).not_to_be_empty()
    page.locator("#list").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    last = value(base, "SELECT event_id FROM fact_event ORDER BY start_on DESC NULLS LAST, event_id DESC LIMIT 1")
    undated = value(base, "SELECT event_id FROM fact_event WHERE start_on IS NULL ORDER BY event_id DESC LIMIT 1")
    expect(page.locator("#panel-id")).to_have_text(undated or last)
    go(page, "#/events?q=budva")
    expect(page.locator("#n-shown")).to_have_text(str(len(base.execute(FOUND).fetchall())))
    oldest = value(base, "SELECT event_id FROM fact_event ORDER BY start_on, event_id LIMIT 1")
    again = open_page(f"#/events?e={oldest}", path=path)
    expect(again.page.locator("#panel-id")).to_have_text(oldest)
    expect(again.page.locator("#panel-passages mark").first).to_be_visible()
    go(again.page, "#/tables?t=fact_quantity")
    known = rows(base, "fact_quantity")
    expect(again.page.locator("#relation tbody tr")).to_have_count(min(known, 100))
    again.page.locator("#relation tbody button").first.click()
    expect(again.page.locator("#panel-title")).to_have_text("Fact")
    assert watched.faults + again.faults == []


def test_a_page_is_the_same_to_the_byte_whenever_it_is_made(released: Release, report_home: Path) -> None:
    made = (released.path / "report.html").read_bytes()
    assert render_report(released.duckdb_path, released.manifest, quality_of_runs(report_home)) == made
    time.sleep(1.1)  # a second is what gzip would stamp
    assert render_report(released.duckdb_path, released.manifest, quality_of_runs(report_home)) == made


def test_the_policy_names_the_script_and_the_style(released: Release) -> None:
    source = (released.path / "report.html").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', source)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]
    assert re.findall(r"\ssrc=|@import|url\(|<link", source.partition('<script type="application')[0]) == []
