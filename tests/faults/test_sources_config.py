"""Declarations that are wrong: each is refused with file, line and how to mend it; none hangs or shows a password."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.fetch.cron import parse_cron
from tasks.fetch.sources import hints_of, load_sources
from warehouse.errors import ConfigurationError
from warehouse.page_hints import FurnitureHint, PageHints

GOOD = """\
id = "ministry"
kind = "web"
publisher = "Ministry of the Interior"
country = "LT"
tier = "primary"
languages = ["lt", "en"]
licence = "reuse with attribution"
grade = "A"
enabled = true
timezone = "Europe/Vilnius"
include = ['/naujienos/']

[cadence]
cron = "30 4 * * 1-5"
minimum = 2
period_days = 7

[[discover]]
kind = "feed"
url = "https://ministry.example/feed.xml"

[[discover]]
kind = "listing"
url = "https://ministry.example/naujienos"
link = '/naujienos/[^/]+$'
page_url = "https://ministry.example/naujienos?page={page}"
"""


@pytest.fixture
def declarations(tmp_path: Path) -> Path:
    directory = tmp_path / "sources"
    directory.mkdir()
    return directory


def refused(declarations: Path, text: str, name: str = "ministry.toml") -> str:
    (declarations / name).write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_sources(declarations)
    assert caught.value.mend
    return str(caught.value)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def test_the_good_declaration_is_good(declarations):
    (declarations / "ministry.toml").write_text(GOOD)
    (source,) = load_sources(declarations)
    assert [how.kind for how in source.discover] == ["feed", "listing"]
    assert source.cadence is not None
    assert (source.cadence.allowed_days, source.timezone, source.languages) == (7, "Europe/Vilnius", ("lt", "en"))


def test_c1_a_key_given_twice_is_named_with_both_lines(declarations):
    text = GOOD.replace("minimum = 2\n", "minimum = 2\nminimum = 3\n")
    said = refused(declarations, text)
    first = line_of(text, "minimum = 2")
    assert f"on line {first} and on line {first + 1}" in said
    assert f"ministry.toml:{first + 1}" in said


def test_c1_the_same_key_in_two_blocks_of_discovery_is_no_duplicate(declarations):
    (declarations / "ministry.toml").write_text(GOOD)
    assert len(load_sources(declarations)[0].discover) == 2


def test_c1_an_id_declared_by_two_files_is_named_with_both(declarations):
    (declarations / "agency.toml").write_text("# another\n" + GOOD)
    said = refused(declarations, GOOD)
    assert "agency.toml:2" in said and "ministry.toml:1" in said


def test_c1_an_address_listed_twice_is_named_with_both_lines(declarations):
    text = GOOD.replace('https://ministry.example/naujienos"', 'https://ministry.example/feed.xml"')
    said = refused(declarations, text)
    assert f"on line {line_of(text, 'feed.xml')} and on line" in said


@pytest.mark.parametrize(
    ("cron", "complaint"),
    [
        ("0 0 31 2 *", "never fires"),
        ("0 0 4 * * * 2026", "has 7 fields, not 5"),
        ("61 4 * * *", "'61' is no minute"),
        ("0 4 * * mo", "'mo' is no day of week"),
        ("0 4-1 * * *", "empty hour"),
        ("0 */0 * * *", "empty hour"),
        ("@daily", "has 1 fields"),
    ],
)
def test_c2_a_cron_that_is_none_or_never_fires(declarations, cron, complaint):
    said = refused(declarations, GOOD.replace("30 4 * * 1-5", cron))
    assert complaint in said
    assert f"ministry.toml:{line_of(GOOD, 'cron =')}" in said


def test_c2_the_next_three_fires_are_told_in_utc():
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert [str(moment) for moment in parse_cron("30 4 * * 1-5").next_fires(friday)] == [
        "2026-11-23 04:30:00+00:00", "2026-11-24 04:30:00+00:00", "2026-11-25 04:30:00+00:00",
    ]  # fmt: skip
    assert parse_cron("0 0 29 2 *").next_fires(friday, 1) == [datetime(2028, 2, 29, tzinfo=UTC)]
    assert [day.day for day in parse_cron("0 0 13 * fri").next_fires(friday, 3)] == [27, 4, 11]


@pytest.mark.parametrize("name", ["Europe/Vilnus", "Mars/Base", "../../etc/passwd"])
def test_c2_a_time_zone_that_does_not_exist(declarations, name):
    said = refused(declarations, GOOD.replace("Europe/Vilnius", name))
    assert "no such time zone" in said
    assert f"ministry.toml:{line_of(GOOD, 'timezone')}" in said


@pytest.fixture(params=["UTC", "Europe/Vilnius", "America/New_York"])
def clocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clocks of the machine are those of another zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("day", [(2025, 3, 30), (2025, 10, 26), (2025, 3, 9), (2025, 11, 2)])
def test_t1_a_day_on_which_clocks_are_put_has_one_fire(day, clocks):
    """Whatever the clocks of the machine do: at half past two UTC, once a day, none left out and none twice."""
    first = datetime(*day, 2, 30, tzinfo=UTC)
    fires = parse_cron("30 2 * * *").next_fires(first - timedelta(days=1), 4)
    assert fires == [first + timedelta(days=n) for n in range(4)]
    assert {fire.utcoffset() for fire in fires} == {timedelta(0)}


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('languages = ["lt", "en"]', 'languages = "lt"', "languages must be list"),
        ('languages = ["lt", "en"]', 'languages = ["lt", "lt"]', "names 'lt' twice"),
        ('languages = ["lt", "en"]', 'languages = ["xx"]', "'xx' is no language"),
        ("enabled = true", "enabled = 1", "enabled must be bool"),
        ("minimum = 2", "minimum = true", "minimum must be int"),
        ("minimum = 2", "minimum = -1", "minimum cannot be -1"),
        ("period_days = 7", "period_days = 0", "period_days cannot be 0"),
        ('country = "LT"', 'country = "Lithuania"', "is no country"),
        ('country = "LT"\n', "", "lacks country"),
        ("include = ['/naujienos/']", "include = ['(']", "is no pattern"),
        ('publisher = "Ministry of the Interior"', 'publisher = " "', "publisher is empty"),
        ("link = '/naujienos/[^/]+$'\n", "", "a listing needs link"),
        ('kind = "feed"\n', 'kind = "feed"\nlink = "x"\n', "a feed has no link"),
        ("page={page}", "page=2", "page_url has no {page}"),
    ],
)
def test_c3_values_of_the_wrong_kind_are_not_mended_in_silence(declarations, before, after, complaint):
    assert complaint in refused(declarations, GOOD.replace(before, after))


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "a = {" * 50_000, 'a = """' + "x" * 900_000, "\ufeff" + GOOD, "id = \t\x00"]
)
def test_c4_hostile_toml_is_refused_at_once(declarations, text):
    began = time.process_time()
    refused(declarations, text)
    assert time.process_time() - began < 1, "the parser must not be fed what it cannot digest"


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        ("enabled = true", "enabeld = true", "Did you mean 'enabled'"),
        ("minimum = 2", "minumum = 2", "Did you mean 'minimum'"),
        ("[cadence]", "[schedule]", "Known keys"),
        ("page_url =", "pageurl =", "Did you mean 'page_url'"),
    ],
)
def test_c5_an_unknown_key_comes_with_its_line_and_the_likely_word(declarations, before, after, hint):
    text = GOOD.replace(before, after)
    said = refused(declarations, text)
    assert hint in said
    assert f"ministry.toml:{line_of(text, after)}" in said


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("http://ministry.example/feed.xml", "is not encrypted"),
        ("file:///etc/passwd", "is no address of the web"),
        ("ftp://ministry.example/feed.xml", "is no address of the web"),
        ("//ministry.example/feed.xml", "is no address of the web"),
        ("https:///feed.xml", "is no address of the web"),
        ("https://ministry.example:port/feed.xml", "is no address"),
        ("https://[::1/feed.xml", "is no address"),
        ("https://ministry.example/feed.xml#top", "has a fragment"),
        ("https://ministry.example/a feed.xml", "has a fragment or a space"),
        ("https://reader:canary@ministry.example/feed.xml", "holds a user name or password"),
    ],
)
def test_c6_an_address_that_may_not_stand_there(declarations, address, complaint):
    said = refused(declarations, GOOD.replace("https://ministry.example/feed.xml", address))
    assert complaint in said
    assert "canary" not in said
    assert f"ministry.toml:{line_of(GOOD, 'feed.xml')}" in said


def test_c6_plain_http_is_taken_where_it_is_asked_for_by_name(declarations):
    text = GOOD.replace("https://ministry.example/feed.xml", "http://ministry.example/feed.xml")
    (declarations / "ministry.toml").write_text(text.replace("enabled = true", "enabled = true\nplain_http = true"))
    assert load_sources(declarations)[0].discover[0].url.startswith("http://")


def test_c7_a_declaration_that_is_a_directory_a_pipe_or_not_text(declarations):
    (declarations / "ministry.toml").mkdir()
    with pytest.raises(ConfigurationError, match=r"no regular file|cannot be read"):
        load_sources(declarations)
    (declarations / "ministry.toml").rmdir()
    os.mkfifo(declarations / "ministry.toml")
    with pytest.raises(ConfigurationError, match="no regular file"):
        load_sources(declarations)
    (declarations / "ministry.toml").unlink()
    (declarations / "ministry.toml").write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_sources(declarations)
    with pytest.raises(ConfigurationError, match="no directory of source declarations"):
        load_sources(declarations / "nowhere")


HINTS = """
[[furniture]]
kind = "agency_credit"
line = 'saopštenje .*'
rest = true

[[furniture]]
kind = "related_items"
element = "views-related"

[date]
element = "news-date"
label = "Shpallur"
day_first = true
distrust = ["meta", "json_ld"]
"""


def test_hints_for_the_cleaner_are_read(declarations):
    (declarations / "ministry.toml").write_text(GOOD + HINTS)
    (source,) = load_sources(declarations)
    assert source.hints == PageHints(
        (
            FurnitureHint("agency_credit", line="saopštenje .*", rest=True),
            FurnitureHint("related_items", element="views-related"),
        ),
        date_element="news-date",
        date_label="Shpallur",
        day_first=True,
        distrust=("json_ld", "meta"),
    )
    assert hints_of(declarations, {"ministry", "folder-x"}) == {"ministry": source.hints}


@pytest.mark.parametrize(
    ("old", "new", "complaint", "at"),
    [
        ("rest = true", "rset = true", "Did you mean 'rest'", "rset"),
        ('kind = "agency_credit"', 'kind = "credit"', "no such kind: 'credit'", 'kind = "credit"'),
        ("line = 'saopštenje .*'", "line = '(saopštenje'", "is no pattern", "line ="),
        ("line = 'saopštenje .*'", "line = '.*'", "is no pattern of a line", "line ="),
        ("line = 'saopštenje .*'\n", "", "either line or element", 'kind = "agency_credit"'),
        ('element = "views-related"', 'element = ".box > p"', "is no class and no id", "element = "),
        ('element = "views-related"', 'element = "a"\nrest = true', "an element has no rest", None),
        ('"meta", "json_ld"', '"meta", "jsonld"', "'jsonld' is no way to a day", "distrust"),
        ("day_first = true", 'day_first = "yes"', "day_first must be bool", "day_first"),
        ('label = "Shpallur"', 'label = " "', "label is empty", "label"),
        ('label = "Shpallur"', 'label = "a"\nlabel = "b"', "'label' is given twice", None),
    ],
)
def test_c5_hints_that_are_wrong_are_refused_with_their_line(declarations, old, new, complaint, at):
    text = GOOD + HINTS.replace(old, new)
    said = refused(declarations, text)
    assert complaint in said
    if at is not None:
        assert f"ministry.toml:{line_of(text, at)}" in said
