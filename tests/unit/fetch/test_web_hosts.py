"""A host's turn: its delay, its wish to be left alone, our own when it fails, and the file that remembers."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.fetch.web.client import WebClient, WebSettings
from tasks.fetch.web.exchange import RefusedError
from tasks.fetch.web.hosts import Host, retry_after_seconds
from tasks.fetch.web.timing import Timing
from warehouse.errors import StorageError

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Clock:
    """A clock that moves only while somebody waits."""

    def __init__(self) -> None:
        self.now = NOON
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def host(clock: Clock, directory: Path, name: str = "ministry.example", **changes) -> Host:
    return Host(name, directory, WebSettings("x", "y", **changes), Timing(lambda: clock.now, clock.sleep))


def turn(of: Host, delay: float) -> None:
    asyncio.run(of.turn(delay))


def test_turns_are_a_delay_apart_from_start_to_start(tmp_path: Path, clock: Clock) -> None:
    ministry = host(clock, tmp_path)
    turn(ministry, 5)
    turn(ministry, 5)
    clock.now += timedelta(seconds=2)
    turn(ministry, 5)
    clock.now += timedelta(seconds=60)
    turn(ministry, 5)
    assert clock.waits == [5, 3]


def test_a_request_that_starts_late_keeps_the_next_ones_distance(tmp_path: Path, clock: Clock) -> None:
    ministry = host(clock, tmp_path)
    turn(ministry, 5)
    clock.now += timedelta(seconds=3)
    ministry.starts_late(5)
    turn(ministry, 5)
    assert clock.waits == [5]


def test_another_object_for_the_host_knows_and_another_host_does_not(tmp_path: Path, clock: Clock) -> None:
    turn(host(clock, tmp_path), 5)
    turn(host(clock, tmp_path, "other.example"), 5)
    assert clock.waits == []
    turn(host(clock, tmp_path), 5)
    assert clock.waits == [5]


def test_a_wish_within_the_cap_is_waited_for_and_one_beyond_it_is_not(tmp_path: Path, clock: Clock) -> None:
    ministry = host(clock, tmp_path, retry_cap_seconds=60)
    ministry.pause(60)
    turn(ministry, 0)
    assert clock.waits == [60]
    ministry.pause(10**9)
    with pytest.raises(RefusedError, match="asked_to_wait") as refused:
        turn(ministry, 0)
    assert refused.value.retry_after == 86_400
    clock.now += timedelta(days=1)
    turn(ministry, 0)


def test_failures_in_a_row_open_the_circuit_and_others_between_them_do_not(tmp_path: Path, clock: Clock) -> None:
    ministry = host(clock, tmp_path, breaker_failures=3, breaker_rest_seconds=100)
    for note in (ministry.failed, ministry.failed, ministry.succeeded, ministry.failed, ministry.failed):
        note()
    turn(ministry, 0)
    ministry.failed()
    with pytest.raises(RefusedError, match="circuit_open"):
        turn(ministry, 0)
    clock.now += timedelta(seconds=100)
    turn(ministry, 0)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300, "2606:2800::1", "MINISTRY", "..", "\udc80"])
def test_any_name_gives_one_file_inside_the_directory(tmp_path: Path, clock: Clock, name: str) -> None:
    turn(host(clock, tmp_path, name), 0)
    (file,) = tmp_path.iterdir()
    assert file.is_file()
    assert file.name.isascii()


def test_a_link_in_the_place_of_the_file_is_not_followed(tmp_path: Path, clock: Clock) -> None:
    turn(host(clock, tmp_path), 0)
    (file,) = tmp_path.iterdir()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="delays of hosts"):
        turn(host(clock, tmp_path), 0)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("Fri, 20 Nov 2026 12:05:00 GMT", 300),
        ("Friday, 20-Nov-26 12:05:00 GMT", 300),
        ("Fri, 20 Nov 2026 13:05:00 +0100", 300),
        ("Fri, 20 Nov 2026 11:00:00 GMT", None),
        ("Fri, 20 Nov 99999 11:00:00 GMT", None),
        ("-1", None),
        ("1.5", None),
        ("١٢", None),
        ("tomorrow", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOON) == seconds


def test_a_state_directory_that_cannot_be_used_is_an_error_of_storage(tmp_path: Path) -> None:
    async def entering() -> None:
        async with WebClient(WebSettings("x", "y"), tmp_path / "file" / "hosts"):
            raise AssertionError("entered")

    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="delays of hosts"):
        asyncio.run(entering())
