"""Commands that keep the warehouse: verify, doctor, rollback, gc."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import say, show_json
from flows.cli.reading import AsJson, Home, existing_home
from warehouse.errors import CommuniqueError, StorageError
from warehouse.settings import Settings

# Below this a release of a small warehouse may not fit beside the one before.
LOW_DISK_BYTES = 1_000_000_000


def verify(
    release: Annotated[
        str | None, typer.Option("--release", help="This release; the current one if not given.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Hash every file of a release again and compare it with the manifest."""
    from warehouse.commits import read_pointer
    from warehouse.publication import verify as verify_release

    directory = existing_home(home)
    problems = verify_release(directory, release)
    named = release or read_pointer(directory)
    if as_json:
        show_json({"release": named, "problems": problems})
    elif not problems:
        say(f"Release {named or 'none'}: every file is what its manifest says.")
    else:
        for problem in problems:
            say(f"{problem.path}: {problem.what}")
    if problems:
        raise typer.Exit(StorageError.exit_code)


def doctor(home: Home = None, as_json: AsJson = False) -> None:
    """Look at settings, knowledge, storage, runs and releases, and say what to mend."""
    directory = existing_home(home)
    findings = [*_knowledge_findings(), *_storage_findings(directory), *_run_findings(directory)]
    if as_json:
        show_json([{"what": what, "mend": mend} for what, mend in findings])
    elif not findings:
        say("Nothing to mend.")
    else:
        for what, mend in findings:
            say(f"{what} — {mend}")
    if findings:
        raise typer.Exit(CommuniqueError.exit_code)


def _knowledge_findings() -> list[tuple[str, str]]:
    """Load sources and knowledge as a run would."""
    from tasks.extract.knowledge.knowledge import load_knowledge
    from tasks.fetch.sources import load_sources

    settings = Settings()
    findings = []
    for load, where in ((load_knowledge, settings.reference_dir), (load_sources, settings.sources_dir)):
        try:
            load(where)
        except CommuniqueError as error:
            findings.append((f"{error.where}: {error.what}", error.mend))
    return findings


def _storage_findings(directory: Path) -> list[tuple[str, str]]:
    """Look at the disk, the pointer, orphans and what waits in the staging area."""
    from warehouse.publication import orphans, verify
    from warehouse.staging import leftovers

    findings = []
    free = shutil.disk_usage(directory).free
    if free < LOW_DISK_BYTES:
        findings.append(
            (f"{free // 1_000_000} MB are left on the disk of {directory}", "Make room, or `communique gc`.")
        )
    findings += [
        (f"{problem.path}: {problem.what}", "`communique rollback`, or rebuild with a backfill.")
        for problem in verify(directory)
    ]
    findings += [
        (f"{path.name} was left by a killed run", "`communique gc` removes it.") for path in orphans(directory)
    ]
    findings += [
        (
            f"rows of {path.name} wait in the staging area",
            "Its gate blocked or it was killed; run again, then `communique gc`.",
        )
        for path in leftovers(directory)
    ]
    return findings


def _run_findings(directory: Path) -> list[tuple[str, str]]:
    """Look for a last run that crashed or was blocked."""
    from warehouse.ledger import Ledger

    runs = Ledger(directory).runs()
    if runs and runs[0].outcome == "crashed":
        return [(f"run {runs[0].run_id} crashed", "Run it again: finished work is not repeated.")]
    return []


def rollback(
    to: Annotated[
        str | None, typer.Option("--to", help="This release; the one before the current if not given.")
    ] = None,
    home: Home = None,
) -> None:
    """Make an earlier release the current one."""
    from warehouse.lock import warehouse_lock
    from warehouse.publication import rollback as roll_back

    directory = existing_home(home)
    with warehouse_lock(directory, Settings().lock_timeout_seconds):
        release = roll_back(directory, to)
    say(f"Release {release.release_id} is current.")


def gc(
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="Releases to keep; the setting if not given.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    home: Home = None,
) -> None:
    """Remove releases beyond the newest ones, orphans, temporary files and what waits in the staging area."""
    from warehouse.lock import warehouse_lock
    from warehouse.retention import gc as collect

    directory, settings = existing_home(home), Settings()
    with warehouse_lock(directory, settings.lock_timeout_seconds):
        removed = collect(directory, settings.keep_releases if keep is None else keep, dry_run)
    verb = "Would remove" if dry_run else "Removed"
    for path in removed:
        say(f"{verb} {path}")
    say(f"{verb} {len(removed)} items; the archive is never touched.")


COMMANDS = {"verify": verify, "doctor": doctor, "rollback": rollback, "gc": gc}
