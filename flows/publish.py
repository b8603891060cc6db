"""Publish: link, resolve and curate everything that is processed, each followed by its gate, then one release."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from prefect import flow

from expectations.entry import GateInputs
from flows.runner import name_of_run, task_runner
from flows.session import RunSummary, Session, session
from flows.verdicts import accept
from tasks.clean.entry import clean_version
from tasks.curate import entry as curation
from tasks.curate.release import current_release_id, release_history
from tasks.fetch.sources import load_sources
from tasks.prefect_tasks import check_staged, curate, link, release, resolve
from tasks.resolve import entry as resolution
from warehouse.corrections import corrections_hash
from warehouse.errors import CommuniqueError
from warehouse.fingerprints import fingerprint
from warehouse.reference import rules_hash
from warehouse.storage import FileRef
from warehouse.tables import archive, contract_of, documents

# A stage over everything has one fingerprint.
EVERYTHING = "all"
GATE_REFERENCES = ("extracted.claims", "extracted.mentions", "documents.documents")


@flow(name="publish", flow_run_name=name_of_run, task_runner=task_runner())
def publish(home: str | None = None, logical_date: date | None = None) -> RunSummary:
    """Resolve, curate and release whatever the warehouse has processed."""
    with session("publish", home, logical_date, {}) as run:
        publish_warehouse(run)
        return run.summary()


def publish_warehouse(run: Session) -> None:
    """Run the stages over everything that are stale, and publish a release where anything differs.

    Raises:
        CommuniqueError: Nothing is processed yet.
        GateBlockedError: A gate refused a stage; the current release stands.
    """
    home, run_id = run.settings.home, run.run.run_id
    rules = rules_hash(run.settings.reference_dir)
    if not run.store.files(documents.DOCUMENTS):
        raise CommuniqueError("there is nothing to publish", str(home), "Run `communique run --folder DIR` first.")
    prints: dict[str, str] = {}
    corrected = corrections_hash(home)

    texts = [ref for table in (documents.DOCUMENTS, documents.SENTENCES) for ref in run.store.files(table)]
    prints["link"] = _fingerprint("link", texts, clean_version(), "")
    _stage(run, "link", prints["link"], lambda: link(home, run_id), {})

    prints["resolve"] = _fingerprint(
        "resolve", resolution.input_files(run.store), resolution.resolve_version(), repr((rules, corrected))
    )
    references = {name: run.store.files(contract_of(*name.split("."))) for name in GATE_REFERENCES}
    _stage(run, "resolve", prints["resolve"], lambda: _resolve(run), references)

    sources = known_sources(run)
    config = repr((rules, corrected, sorted(sources.items()), sorted(run.gaps.items())))
    prints["curate"] = _fingerprint("curate", curation.input_files(run.store), curation.curate_version(), config)
    _stage(
        run,
        "curate",
        prints["curate"],
        lambda: curate(home, run_id, run.settings.reference_dir, sources, dict(run.gaps)),
        {},
        release_history(home),
    )

    released = release(home, run_id, list(run.verdicts), prints, dict(run.gaps))
    run.outcome = "unchanged" if released is None else "published"
    run.release_id = current_release_id(home) if released is None else released


def _resolve(run: Session) -> list[FileRef]:
    """Resolve, and count what it took."""
    found = resolve(run.settings.home, run.run.run_id, run.settings.reference_dir)
    run.counters.update({f"resolve: {what}": count for what, count in found.counters.items()})
    return found.files


def known_sources(run: Session) -> dict[str, str]:
    """Return source → kind of every source declared or archived; what was given as a folder is of that kind."""
    declared = {source.id: source.kind for source in load_sources(run.settings.sources_dir)}
    archived = {ref.partition.source_id for ref in run.store.files(archive.CAPTURES) if ref.partition is not None}
    kinds = declared | run.sources
    return {source_id: kinds.get(source_id, "folder") for source_id in sorted(archived | set(run.sources))}


def _fingerprint(stage: str, inputs: Sequence[FileRef], code: str, config: str) -> str:
    return fingerprint(stage, [f"{ref.path} {ref.sha256}" for ref in inputs], code, "", config)


def _stage(
    run: Session,
    stage: str,
    stage_fingerprint: str,
    work: Callable[[], list[FileRef]],
    references: Mapping[str, Sequence[FileRef]],
    history: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Do one stage over everything and gate it, unless its fingerprint stands."""
    if run.sidecars.stands(stage, EVERYTHING, stage_fingerprint) is not None:
        run.counters[f"{stage}: skipped"] += 1
        return
    staged = work()
    inputs = GateInputs(run.settings.quarantine_share, (), references, history or {})
    verdict = check_staged(run.settings.home, run.run.run_id, stage, stage, staged, inputs)
    run.sidecars.record(stage, EVERYTHING, stage_fingerprint, accept(run, verdict))
    run.counters[f"{stage}: computed"] += 1
    run.progress(stage, 1, 1)
