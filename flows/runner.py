"""How a flow runs: its name, who started or ended it, and where the files of a stage are worked on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prefect.context import FlowRunContext
from prefect.exceptions import TerminationSignal
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from warehouse.errors import ConfigurationError
from warehouse.settings import Settings


def task_runner() -> TaskRunner[Any]:
    """Return the task runner the settings ask for.

    Raises:
        ConfigurationError: A Dask cluster is asked for and prefect-dask is not installed.
    """
    settings = Settings()
    if settings.runner == "threads":
        return ThreadPoolTaskRunner(max_workers=settings.workers)
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise ConfigurationError(
            "the Dask runner is not installed", "COMMUNIQUE_RUNNER=dask", "Install communique[dask]."
        ) from error
    runner: TaskRunner[Any] = DaskTaskRunner(address=settings.dask_address)
    return runner


def name_of_run() -> str:
    """Return the name of the flow run in progress: its flow and the day it stands for; today (UTC) if none is given."""
    day = flow_run.parameters.get("logical_date") or datetime.now(UTC).date()
    return f"{flow_run.flow_name} {day}"


def is_deployed() -> bool:
    """Return whether a worker has started the flow run in progress, and not a caller in this process."""
    context = FlowRunContext.get()
    return context is not None and context.flow_run is not None and context.flow_run.deployment_id is not None


def was_interrupted(error: BaseException | None) -> bool:
    """Return whether a signal to stop is behind an error: Prefect, struck in its bookkeeping, raises its own on top."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt | TerminationSignal):
            return True
        error = error.__cause__ or error.__context__
    return False
