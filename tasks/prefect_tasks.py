"""Every step of the pipeline as a Prefect task, wrapped once: name, tags, retries, timeout, cache policy.

The work is in the stages and in the gates; `wrapped.fn` is the plain function. Tasks exchange references to files,
never frames, and nothing is cached by Prefect: whether work is still valid is decided by our own fingerprints.
"""

from __future__ import annotations

import errno
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from expectations.entry import gate_archived, gate_staged
from tasks.clean.entry import clean_batch, link_duplicates
from tasks.curate.entry import curate_all
from tasks.curate.release import publish_release
from tasks.extract.entry import extract_batch
from tasks.fetch.entry import fetch_one, fetch_web, measure_coverage
from tasks.resolve.entry import resolve_all

# A file system that is busy, stale or timed out may answer a second later; a missing folder or a wrong file will not.
HEALING_ERRNOS = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETIMEDOUT})


def can_heal(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """Return whether a second attempt could end otherwise: only for passing faults of the file system or network."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and error.errno in HEALING_ERRNOS


fetch = task(
    name="fetch",
    tags=["communique"],
    task_run_name="fetch {source.id}",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_jitter_factor=0.5,
    retry_condition_fn=can_heal,
    cache_policy=NO_CACHE,
)(fetch_one)
# Many sources, one client, which keeps the manners of the web and tries again itself what can heal.
fetch_from_web = task(name="fetch web", tags=["communique"], cache_policy=NO_CACHE)(fetch_web)
measure = task(name="measure coverage", tags=["communique"], cache_policy=NO_CACHE)(measure_coverage)
# The steps below are deterministic: what failed once fails again, so none is retried. Fingerprints resume a run.
clean = task(name="clean", tags=["communique"], cache_policy=NO_CACHE)(clean_batch)
link = task(name="link duplicates", tags=["communique"], cache_policy=NO_CACHE)(link_duplicates)
extract = task(name="extract", tags=["communique"], cache_policy=NO_CACHE)(extract_batch)
resolve = task(name="resolve", tags=["communique"], cache_policy=NO_CACHE)(resolve_all)
curate = task(name="curate", tags=["communique"], cache_policy=NO_CACHE)(curate_all)
release = task(name="release", tags=["communique"], cache_policy=NO_CACHE)(publish_release)
check_archived = task(name="gate", task_run_name="gate {label}", tags=["communique"], cache_policy=NO_CACHE)(
    gate_archived
)
check_staged = task(name="gate", task_run_name="gate {label}", tags=["communique"], cache_policy=NO_CACHE)(gate_staged)
