"""Clean and extract: every file of captures that is new or stale, each stage followed by its gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from prefect import flow
from prefect.futures import PrefectFuture, wait

from expectations.entry import GateInputs, GateVerdict
from flows.runner import name_of_run, task_runner
from flows.session import RunSummary, Session, session
from flows.verdicts import accept
from tasks.clean.entry import clean_version
from tasks.extract.entry import extract_version, labelled_by
from tasks.extract.labellers.chosen import choice_of
from tasks.fetch.sources import hints_of
from tasks.prefect_tasks import check_staged, clean, extract
from warehouse.fingerprints import fingerprint
from warehouse.page_hints import NO_HINTS, PageHints
from warehouse.reference import rules_hash
from warehouse.storage import FileRef
from warehouse.tables import archive, documents

# A Prefect task costs some 40 ms; at this size that is nothing beside the work in it.
DOCUMENTS_PER_TASK = 500


@flow(name="process", flow_run_name=name_of_run, task_runner=task_runner())
def process(home: str | None = None, sources: list[str] | None = None, logical_date: date | None = None) -> RunSummary:
    """Clean and extract what is archived: the partitions of the logical date, and whatever was never processed."""
    with session("process", home, logical_date, {"sources": sources}) as run:
        process_files(run, due(run, sources), "")
        return run.summary()


def due(run: Session, sources: Sequence[str] | None) -> list[FileRef]:
    """Return the files of captures a run of this day must look at.

    Those of its own partitions, and those no run has ever finished (a run may have been killed between two stages).
    Files that only became stale through new code or rules are left to a backfill.
    """
    chosen = [
        ref
        for ref in run.store.files(archive.CAPTURES)
        if ref.partition is not None and (not sources or ref.partition.source_id in sources)
    ]
    return [
        ref
        for ref in chosen
        if ref.partition is not None
        and (ref.partition.logical_date == run.logical_date or not run.sidecars.known("extract", key_of(ref)))
    ]


def key_of(ref: FileRef) -> str:
    """Return what identifies the work on one file of captures in every later stage."""
    if ref.partition is None:
        raise ValueError(f"{ref.path} belongs to no partition")
    return f"{ref.partition.source_id}/{ref.partition.logical_date.isoformat()}/{ref.stem}"


def process_files(
    run: Session, captures: Sequence[FileRef], label: str, stages: Sequence[str] = ("clean", "extract")
) -> None:
    """Clean and extract the files that need it. `label` sets the gates of one month of a backfill apart."""
    if "clean" in stages:
        clean_files(run, captures, label)
    if "extract" in stages:
        extract_files(run, captures, label)


def clean_fingerprints(run: Session, captures: Iterable[FileRef]) -> dict[str, str]:
    """Return the fingerprint of the clean stage for each file of captures, by its key."""
    rules, captured = rules_hash(run.settings.reference_dir), list(captures)
    hints = {source: one.fingerprint for source, one in page_hints(run, captured).items()}
    return {
        key_of(ref): fingerprint("clean", [ref.sha256], clean_version(), rules, hints.get(_source_of(ref), ""))
        for ref in captured
    }


def page_hints(run: Session, captures: Iterable[FileRef]) -> dict[str, PageHints]:
    """Return what the declarations of the sources of these files say of their pages; those that say nothing left out.

    Raises:
        ConfigurationError: A declaration is wrong.
    """
    hints = hints_of(run.settings.sources_dir, {_source_of(ref) for ref in captures})
    return {source: one for source, one in hints.items() if one != NO_HINTS}


def _source_of(ref: FileRef) -> str:
    return ref.partition.source_id if ref.partition is not None else ""


def extract_fingerprints(run: Session, captured: Sequence[FileRef]) -> dict[str, str]:
    """Return the fingerprint of the extract stage for each file that is cleaned, by its key."""
    rules, code, labellers = rules_hash(run.settings.reference_dir), extract_version(), labelled_by(run.settings)
    texts = {key_of(ref): ref for ref in run.store.files(documents.DOCUMENTS)}
    sentences = {key_of(ref): ref for ref in run.store.files(documents.SENTENCES)}
    return {
        key: fingerprint("extract", [texts[key].sha256, sentences[key].sha256], code, rules, labellers)
        for key in map(key_of, captured)
        if key in texts and key in sentences
    }


def clean_files(run: Session, captures: Sequence[FileRef], label: str) -> None:
    """Clean the files whose fingerprint does not stand, gate them, and record their fingerprints."""
    prints = clean_fingerprints(run, captures)
    stale = [ref for ref in captures if run.sidecars.stands("clean", key_of(ref), prints[key_of(ref)]) is None]
    _count(run, "clean", captures, stale)
    reference, hints = Path(run.settings.reference_dir) / "clean", page_hints(run, stale)
    staged = _in_batches(
        run, "clean", stale, lambda batch: clean.submit(run.settings.home, run.run.run_id, batch, reference, hints)
    )
    if staged:
        verdict = _gate(run, "clean", label, staged, {"archive.captures": stale})
        _record(run, "clean", prints, accept(run, verdict))


def extract_files(run: Session, captures: Sequence[FileRef], label: str) -> None:
    """Extract from the cleaned files whose fingerprint does not stand, gate the result, record the fingerprints."""
    prints = extract_fingerprints(run, captures)
    cleaned = {key_of(ref): ref for ref in run.store.files(documents.DOCUMENTS)}
    texts = [cleaned[key] for key in prints]
    stale = [ref for ref in texts if run.sidecars.stands("extract", key_of(ref), prints[key_of(ref)]) is None]
    _count(run, "extract", texts, stale)
    reference = Path(run.settings.reference_dir)
    choice = choice_of(run.settings)
    staged = _in_batches(
        run,
        "extract",
        stale,
        lambda batch: extract.submit(run.settings.home, run.run.run_id, batch, reference, choice),
    )
    if staged:
        verdict = _gate(run, "extract", label, staged, {"documents.documents": stale})
        _record(run, "extract", prints, accept(run, verdict))


def _count(run: Session, stage: str, files: Sequence[FileRef], stale: Sequence[FileRef]) -> None:
    run.counters[f"{stage}: files computed"] += len(stale)
    run.counters[f"{stage}: files skipped"] += len(files) - len(stale)
    run.counters[f"{stage}: documents computed"] += sum(ref.rows for ref in stale)


def _in_batches(
    run: Session, stage: str, files: Sequence[FileRef], submit: Callable[[list[FileRef]], PrefectFuture[list[FileRef]]]
) -> list[FileRef]:
    """Submit the files in batches of about `DOCUMENTS_PER_TASK` documents; return what the tasks staged."""
    batches: list[list[FileRef]] = []
    size = DOCUMENTS_PER_TASK
    for ref in files:
        if size >= DOCUMENTS_PER_TASK:
            batches.append([])
            size = 0
        batches[-1].append(ref)
        size += ref.rows
    futures = [submit(batch) for batch in batches]
    wait(futures)
    staged: list[FileRef] = []
    for done, future in enumerate(futures, start=1):
        staged += future.result()
        run.progress(stage, done, len(futures))
    return staged


def _gate(
    run: Session, stage: str, label: str, staged: Sequence[FileRef], references: dict[str, Sequence[FileRef]]
) -> GateVerdict:
    sources = tuple(sorted({ref.partition.source_id for ref in staged if ref.partition is not None}))
    inputs = GateInputs(run.settings.quarantine_share, sources, references)
    return check_staged(run.settings.home, run.run.run_id, stage, f"{stage}{label}", staged, inputs)


def _record(run: Session, stage: str, prints: dict[str, str], accepted: Sequence[FileRef]) -> None:
    """Record the fingerprint of each accepted file with all its outputs: only now the work counts as done."""
    outputs: dict[str, list[FileRef]] = {}
    for ref in accepted:
        outputs.setdefault(key_of(ref), []).append(ref)
    for key, refs in outputs.items():
        run.sidecars.record(stage, key, prints[key], refs)
