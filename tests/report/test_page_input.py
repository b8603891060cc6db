"""The report under a reader's hands: keyboard, address, pointer, paper, and what a screen reader is told."""

import re
from itertools import pairwise

import duckdb
import pytest
from playwright.sync_api import Page

from tests.report.conftest import Open
from tests.report.test_page import go, shown_number


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def tab_to(page: Page, target: str, most: int = 80) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == target:
            return
    pytest.fail(f"{target} cannot be reached with Tab")


def test_from_the_first_tab_to_the_evidence_without_a_pointer(open_page: Open, base: duckdb.DuckDBPyConnection) -> None:
    watched = open_page()
    page = watched.page
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the contents"
    tab_to(page, "Events")
    page.keyboard.press("Enter")
    tab_to(page, "search")
    page.keyboard.type("budva", delay=5)
    page.wait_for_function("() => location.hash.includes('q=budva')")
    n = shown_number(page.locator("#n-shown").inner_text())
    assert n >= 2
    tab_to(page, "list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert focused(page) == "panel-title"
    event = page.locator("#panel-id").inner_text()
    assert base.execute("SELECT count(*) FROM fact_event WHERE event_id = ?", [event]).fetchone() == (1,)
    selected = page.locator("#list [aria-selected=true]")
    assert selected.get_attribute("aria-posinset") == "2"
    assert selected.get_attribute("aria-setsize") == str(n)
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert focused(page) == "list"
    assert page.locator("#list").get_attribute("aria-activedescendant") == "row-1"
    page.keyboard.press("End")
    assert page.locator("#list").get_attribute("aria-activedescendant") == f"row-{n - 1}"
    assert watched.faults == []


def test_the_address_brings_back_what_was_looked_at(open_page: Open) -> None:
    page = open_page("#/events").page
    page.locator("#filter-type input[value=meeting]").check()
    page.locator("#country").select_option("ME")
    page.locator("#from").fill("2024-01-01")
    page.locator("#search").fill('officials & "ministers"')
    page.wait_for_function("() => location.hash.includes('q=')")
    page.locator("#search").fill("readmission")
    page.wait_for_function("() => location.hash.includes('q=readmission')")
    page.locator("#sort").select_option("oldest")
    n = page.locator("#n-shown").inner_text()
    assert shown_number(n) > 0
    page.locator("#list .row").first.click()
    event = page.locator("#panel-id").inner_text()
    hash_ = page.evaluate("location.hash")
    again = open_page(hash_).page
    assert again.evaluate("location.hash") == hash_
    assert again.locator("#n-shown").inner_text() == n
    assert again.locator("#panel-id").inner_text() == event
    assert again.locator("#filter-type input[value=meeting]").is_checked()
    assert (again.locator("#search").input_value(), again.locator("#country").input_value()) == ("readmission", "ME")
    assert (again.locator("#from").input_value(), again.locator("#sort").input_value()) == ("2024-01-01", "oldest")
    page.go_back()
    assert not page.locator("#panel").is_visible()
    assert page.locator("#n-shown").inner_text() == n


@pytest.mark.parametrize("hash_", ["#", "#/nowhere", "#/events?type=%22%3E&from=never&e=evt_none&sort=x", "#%E0%A4%A"])
def test_a_broken_address_is_no_fault(open_page: Open, hash_: str) -> None:
    watched = open_page(hash_)
    assert watched.page.locator("main > section:visible").count() == 1
    assert watched.faults == []


def test_dates_are_chosen_by_dragging_over_the_timeline(open_page: Open) -> None:
    page = open_page("#/events").page
    box = page.locator("#timeline").bounding_box()
    assert box
    every = shown_number(page.locator("#n-shown").inner_text())
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 30)
    page.mouse.up()
    start, end = page.locator("#from").input_value(), page.locator("#to").input_value()
    assert re.fullmatch(r"\d{4}-\d\d-01", start)
    assert start < end
    assert 0 < shown_number(page.locator("#n-shown").inner_text()) < every
    page.locator("#timeline").dblclick(position={"x": 5, "y": 5})
    assert page.locator("#from").input_value() == ""
    assert shown_number(page.locator("#n-shown").inner_text()) == every


def test_a_cell_of_the_matrix_leads_to_its_events(open_page: Open) -> None:
    page = open_page("#/countries").page
    first = page.locator("#matrix button").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("[document.activeElement.dataset.r, document.activeElement.dataset.c]") == ["1", "1"]
    cell = page.locator("#matrix button:not(.own):not(.heat-0)").first
    n = shown_number(cell.inner_text())
    cell.focus()
    page.keyboard.press("Enter")
    assert page.locator("#events").is_visible()
    assert shown_number(page.locator("#n-shown").inner_text()) == n


def test_a_narrow_screen_shows_the_evidence_alone(open_page: Open) -> None:
    page = open_page("#/events", "narrow").page
    page.locator("#list .row").first.scroll_into_view_if_needed()
    page.locator("#list .row").first.click()
    box = page.locator("#panel").bounding_box()
    assert box
    assert box["width"] >= 375
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#panel')"
        ), "what lies behind cannot be reached"
    page.locator("#panel-close").click()
    assert not page.locator("#panel").is_visible()


def test_paper_gets_everything_and_no_controls(open_page: Open) -> None:
    page = open_page().page
    page.emulate_media(media="print")
    page.wait_for_selector("#list .row")
    every = shown_number(page.locator("#n-shown").inner_text())
    assert page.locator("#list .row").count() == every
    boxes = [row.bounding_box() for row in page.locator("#list .row").all()[:3]]
    assert all(one and other and one["y"] + one["height"] <= other["y"] + 1 for one, other in pairwise(boxes))
    for section in ("overview", "events", "countries", "tables", "quality"):
        assert page.locator(f"#{section}").is_visible()
    for control in ("header nav", "#filters", "#relation-search"):
        assert not page.locator(control).is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    assert page.locator("#overview").is_visible()
    assert not page.locator("#events").is_visible()


def test_motion_is_for_those_who_want_it(open_page: Open) -> None:
    moving = "getComputedStyle(document.querySelector('#panel')).animationName"
    assert open_page("#/events", reduced_motion="reduce").page.evaluate(moving) == "none"
    assert open_page("#/events", reduced_motion="no-preference").page.evaluate(moving) == "arrive"


def test_a_screen_reader_is_told_what_everything_is(open_page: Open) -> None:
    page = open_page().page
    assert page.locator("html").get_attribute("lang") == "en"
    for view in ("overview", "events", "countries", "tables", "quality"):
        go(page, f"#/{view}")
        assert page.locator("nav [aria-current=page]").inner_text().lower() == view
        nameless = page.evaluate("""() => [...document.querySelectorAll("button, a, input, select, [role], table, svg")]
          .filter((one) => one.checkVisibility() && one.getAttribute("aria-hidden") !== "true"
            && !["presentation", "status", "alert"].includes(one.getAttribute("role")))
          .filter((one) => !(one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")
            || one.textContent.trim() || one.labels?.length || one.closest("label")))
          .map((one) => one.outerHTML.slice(0, 80))""")
        assert nameless == [], view
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids))
    levels = page.evaluate("[...document.querySelectorAll('h2, h3, h4')].map((one) => Number(one.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_without_a_script_the_overview_can_be_read(open_page: Open) -> None:
    """The figures, sources and gates stand in the page itself."""
    page = open_page().page
    source = page.evaluate("document.querySelector('noscript').textContent")
    assert "Without a script" in source
    assert page.locator("#overview noscript").count() == 0
