"""requirements.lock is whole, hashed, free of registry hosts, and what pyproject.toml asks for."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = [
    (Requirement(entry.split(" \\\n")[0]), entry)
    for entry in re.split(r"\n(?=\S)", LOCK.strip())
    if not entry.startswith("#")
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# The lock holds what every checkout installs; the other extras (dask, s3) are for those who ask for them.
DECLARED = {
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["dev"],
    *PROJECT["build-system"]["requires"],
}


def test_no_registry_is_named() -> None:
    lines = [line for line in LOCK.splitlines() if re.search(r"://|--(extra-)?index-url|--find-links|file:|@ ", line)]
    assert lines == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    assert LOCKED
    loose = [
        requirement.name
        for requirement, entry in LOCKED
        if not re.fullmatch(r"==[^*,]+", str(requirement.specifier))
        or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]
    assert loose == []


@pytest.mark.parametrize("declared", sorted(DECLARED))
def test_the_lock_satisfies_the_project(declared: str) -> None:
    wanted = Requirement(declared)
    pins = [
        next(iter(requirement.specifier)).version
        for requirement, _ in LOCKED
        if canonicalize_name(requirement.name) == canonicalize_name(wanted.name)
    ]
    assert pins, f"{wanted.name} is not locked: run `make lock`"
    assert [pin for pin in pins if not wanted.specifier.contains(pin)] == []


def test_what_is_installed_is_what_is_locked() -> None:
    here = [requirement for requirement, _ in LOCKED if requirement.marker is None or requirement.marker.evaluate()]
    installed = {requirement.name: version(requirement.name) for requirement in here}
    assert {name: f"=={found}" for name, found in installed.items()} == {
        each.name: str(each.specifier) for each in here
    }
