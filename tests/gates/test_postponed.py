"""What Great Expectations imports and nobody uses is loaded when somebody uses it."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as user

from expectations.postponed import UNUSED, postpone


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package and a module in it, each of which says that it has run."""
    name = "package_that_costs_much"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("import sys\nran = sys.modules[__name__].__dict__.get('ran', 0) + 1\n")
    (tmp_path / name / "inner.py").write_text("import sys\nprice = 7\nme = sys.modules[__name__]\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for loaded in (name, f"{name}.inner"):
        sys.modules.pop(loaded, None)


def has_run(name: str, told: str) -> bool:
    return told in vars(sys.modules[name])


def test_an_import_runs_nothing_and_a_look_runs_it_once(package: str) -> None:
    postpone(package, f"{package}.inner")
    outer = importlib.import_module(package)
    exec(f"import {package} as found, {package}.inner\nfrom {package} import inner", names := {})  # noqa: S102 - imports as they are written
    assert names["found"] is outer
    assert not has_run(f"{package}.inner", "price")
    assert names["inner"].price == 7
    assert names["inner"] is names["inner"].me is sys.modules[f"{package}.inner"]
    assert outer.ran == 1
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = outer.nothing_of_this_name
    assert outer.ran == 1


def test_what_is_loaded_or_not_installed_stays_as_it_is(package: str) -> None:
    loaded = importlib.import_module(package)
    postpone(package, "no_such_package", "no_such_package.inner")
    assert sys.modules[package] is loaded
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_package")


def test_what_is_postponed_is_what_great_expectations_imports() -> None:
    assert [user.alt, user.stats] == [sys.modules[name] for name in UNUSED]
