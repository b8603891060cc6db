"""The locked versions make a Prefect server that deploys and schedules.

`pip check` sees neither of the two known breaks: a FastAPI too new for Prefect refuses deployments or kills the server,
a SQLAlchemy too new leaves every schedule without runs and says nothing.
"""

import time

import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun, StateType

SCHEDULED_WITHIN_SECONDS = 60


@flow(name="smoke")
def smoke() -> None:
    """Do nothing; only its deployment matters."""


@pytest.mark.usefixtures("prefect_api")
def test_a_cron_deployment_gets_scheduled_runs() -> None:
    deployment = smoke.to_deployment("daily", cron="30 4 * * *")
    with get_client(sync_client=True) as client:
        deployment_id = deployment.apply()
        runs = _scheduled_runs(client, DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id])))
    assert {run.state_type for run in runs} == {StateType.SCHEDULED}
    assert {(run.next_scheduled_start_time.hour, run.next_scheduled_start_time.minute) for run in runs} == {(4, 30)}


def _scheduled_runs(client: SyncPrefectClient, deployment: DeploymentFilter) -> list[FlowRun]:
    deadline = time.monotonic() + SCHEDULED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if runs := client.read_flow_runs(deployment_filter=deployment):
            return runs
        time.sleep(0.2)
    pytest.fail(f"the scheduler made no run within {SCHEDULED_WITHIN_SECONDS} s")
