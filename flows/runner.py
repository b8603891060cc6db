"""Where the files of a stage are worked on: threads of this process, or a Dask cluster."""

from __future__ import annotations

from typing import Any

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
