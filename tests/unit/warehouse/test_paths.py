from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.errors import ConfigurationError, StorageError
from warehouse.paths import check_slug, within


@pytest.mark.parametrize("name", ["a", "mvp-hr", "part-0123456789abcdef", "run_20250701t0600z_ab", "x" * 64, "7"])
def test_plain_names_pass(name: str) -> None:
    assert check_slug(name, "source id") == name


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../x", "a/b", "/abs", "a\\b", "a.b", "A", "Mvp", "ä", "a\u0308", "a b", "a\n", "a\x00", "-a",
        "a-", "_a", "x" * 65, "x" * 300, "con", "nul", "com1", "lpt9", "ﬁ", "а",
    ],
)  # fmt: skip
def test_names_that_could_leave_collide_or_break_are_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="source id"):
        check_slug(name, "source id")


@given(st.text())
def test_what_passes_is_one_harmless_part_of_a_path(name: str) -> None:
    try:
        check_slug(name, "name")
    except ConfigurationError:
        return
    assert Path(name).parts == (name,)
    assert name not in {".", ".."}
    assert name == name.casefold()
    assert name.isascii()


@given(parts=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_parts_lead_out_of_the_home(tmp_path: Path, parts: list[str]) -> None:
    try:
        path = within(tmp_path, *parts)
    except StorageError:
        return
    assert path.resolve().is_relative_to(tmp_path.resolve())


def test_a_link_inside_is_followed_and_a_link_outwards_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "tables").mkdir(parents=True)
    (home / "inner").symlink_to("tables")
    (home / "outer").symlink_to(tmp_path)
    assert within(home, "inner", "x") == home / "inner" / "x"
    with pytest.raises(StorageError, match="leads out of the warehouse") as caught:
        within(home, "outer", "x")
    assert caught.value.where == str(home / "outer" / "x")


def test_a_home_that_is_itself_a_link_is_a_home(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "home").symlink_to("disk")
    assert within(tmp_path / "home", "tables") == tmp_path / "home" / "tables"


def test_a_loop_of_links_is_an_error_and_no_hang(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StorageError, match="not a usable path"):
        within(tmp_path, "a", "x")
