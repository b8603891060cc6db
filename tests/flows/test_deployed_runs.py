"""What prefect.yaml deploys runs: a process worker takes the daily run and a backfill to the end, on a real server.

The commands are those of deployments/README.md.
"""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId, FlowRunFilterStartTime
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import OrchestrationResult, SetStateStatus
from prefect.client.schemas.schedules import CronSchedule
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled, Pending, Scheduled, raise_state_exception

from flows.backfill import backfill
from flows.ingest import ingest
from flows.publish import publish
from warehouse.errors import ConfigurationError
from warehouse.ledger import Ledger, RunRecord
from warehouse.publication import current, release_directory, verify

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "deployments" / "README.md").read_text("utf-8")
CREATE_POOL = ".venv/bin/prefect --no-prompt work-pool create communique --type process --overwrite"
DEPLOY = ".venv/bin/prefect --no-prompt deploy --all --prefect-file deployments/prefect.yaml"
START_WORKER = ".venv/bin/prefect worker start --pool communique --type process"
RUN_DAILY = ".venv/bin/prefect deployment run daily/daily --watch"
# A deployed run starts two interpreters and takes some fifteen seconds on two cores; the bounds only end what hangs.
RUN_SECONDS = 240
STOP_SECONDS = 30
CANARY = "canary-77b0e1c4d9"
STARTED = FlowRunFilterStartTime(is_null_=False)
TODAY = datetime.now(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)

Folder = Callable[..., Path]


def words(command: str) -> list[str]:
    """The words of a command of the README, with the interpreter's own directory for `.venv/bin`."""
    assert command in README
    program, *arguments = shlex.split(command)
    return [str(Path(sys.executable).with_name(Path(program).name)), *arguments]


def run_to_its_end(command: str, environment: dict[str, str]) -> None:
    """Run a command of the README from the root; fail with what it printed."""
    done = subprocess.run(
        words(command), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True)
class Deployed:
    """The deployments on the server, a worker for them, and the warehouse it works on."""

    client: SyncPrefectClient
    home: Path
    sources: Path
    worker: "subprocess.Popen[bytes]"
    worker_log: Path

    def run(self, name: str, **parameters: Any) -> tuple[FlowRun, RunRecord]:
        """Run a deployment to its end; return Prefect's record of it and the ledger's."""
        deployment = self.client.read_deployment_by_name(name)
        run = self.client.create_flow_run_from_deployment(deployment.id, parameters=parameters)
        deadline = time.monotonic() + RUN_SECONDS
        while run.state is None or not run.state.is_final():
            if time.monotonic() > deadline or self.worker.poll() is not None:
                pytest.fail(f"{name} is {run.state}:\n{self.worker_log.read_text()[-4000:]}")
            time.sleep(0.2)
            run = self.client.read_flow_run(run.id)
        assert run.state.type == StateType.COMPLETED, self.worker_log.read_text()[-4000:]
        return run, Ledger(self.home).runs()[0]


@pytest.fixture(scope="module")
def deployed(prefect_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Create the pool, deploy twice, start a worker; end it by its own process id."""
    directory = tmp_path_factory.mktemp("deployed")
    environment = {
        **os.environ,
        "PREFECT_API_URL": prefect_server,
        "PREFECT_WORKER_QUERY_SECONDS": "0.5",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "COMMUNIQUE_HOME": str(directory / "home"),
        "COMMUNIQUE_SOURCES": str(directory / "seeds" / "sources"),
        "AWS_SECRET_ACCESS_KEY": CANARY,
    }
    (directory / "seeds" / "sources").mkdir(parents=True)
    shutil.copy(ROOT / "seeds" / "sources" / "sample.toml", directory / "seeds" / "sources")
    # The deployments are registered from the root, and twice: the second time they are updated.
    for command in (CREATE_POOL, DEPLOY, DEPLOY):
        run_to_its_end(command, environment)
    # The worker is elsewhere: whatever it imports comes from the environment it runs in.
    log = directory / "worker.log"
    with log.open("wb") as sink:
        worker = subprocess.Popen(
            words(START_WORKER), cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink
        )
    try:
        with temporary_settings(updates={PREFECT_API_URL: prefect_server}), get_client(sync_client=True) as client:
            yield Deployed(client, directory / "home", directory / "seeds" / "sources", worker, log)
    finally:
        worker.terminate()
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def publish_announcements(deployed: Deployed, make_folder: Folder, *documents: str) -> None:
    """Make the announcements of the declared source these."""
    place = deployed.sources.parent / "documents"
    shutil.rmtree(place, ignore_errors=True)
    make_folder(place, *documents)


def test_deploying_twice_leaves_one_deployment_and_one_schedule_each(deployed: Deployed) -> None:
    found = {each.name: each for each in deployed.client.read_deployments()}
    assert found.keys() >= {"daily", "backfill", "ingest", "process", "publish"}
    (schedule,) = found["daily"].schedules
    assert isinstance(schedule.schedule, CronSchedule)
    assert (schedule.schedule.cron, schedule.schedule.timezone, schedule.slug) == ("30 4 * * *", "UTC", "daily")
    assert found["backfill"].schedules == []
    options = {
        name: (each.global_concurrency_limit.limit, each.concurrency_options.collision_strategy.value)
        for name, each in found.items()
        if each.global_concurrency_limit is not None and each.concurrency_options is not None
    }
    assert (options["daily"], options["backfill"]) == ((1, "CANCEL_NEW"), (1, "ENQUEUE"))
    # Nobody's directory has been written into them.
    assert {(each.path, str(each.pull_steps or [])) for each in found.values() if each.name in options} == {
        (None, "[]")
    }


@pytest.mark.timeout(3 * RUN_SECONDS)
def test_the_deployed_daily_run_and_a_two_day_backfill(
    deployed: Deployed,
    make_folder: Folder,
    prefect_server: str,
    prefect_server_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_announcements(deployed, make_folder, "d03")
    run_to_its_end(RUN_DAILY, {**os.environ, "PREFECT_API_URL": prefect_server})
    deployment = deployed.client.read_deployment_by_name("daily/daily")
    started = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment.id]), start_time=STARTED)
    (run,) = deployed.client.read_flow_runs(flow_run_filter=started)
    assert (run.state_name, run.name) == ("Completed", f"daily {TODAY}"), deployed.worker_log.read_text()[-4000:]
    record = Ledger(deployed.home).runs()[0]
    assert (record.outcome, record.exit_code, record.logical_date) == ("published", 0, TODAY)
    first = current(deployed.home)
    assert first is not None
    assert verify(deployed.home) == []
    with closing(
        duckdb.connect(release_directory(deployed.home, first.release_id) / "warehouse.duckdb", read_only=True)
    ) as base:
        assert base.execute("SELECT count(*) > 0 FROM v_event_flat WHERE quote IS NOT NULL").fetchall() == [(True,)]

    # A second logical date, archived only: to be cleaned, extracted and published by the backfill.
    publish_announcements(deployed, make_folder, "d05", "d07")
    monkeypatch.setenv("COMMUNIQUE_SOURCES", str(deployed.sources))
    assert ingest(str(deployed.home), logical_date=YESTERDAY).counters["fetch: captured"] == 2
    days = {"start": YESTERDAY.isoformat(), "end": TODAY.isoformat()}
    run, record = deployed.run("backfill/backfill", **days)
    assert run.name == f"backfill {YESTERDAY} to {TODAY}"
    assert record.outcome == "published"
    counters = record.details["counters"]
    assert {name: counters[name] for name in counters if name.startswith(("clean: files", "extract: files"))} == {
        "clean: files computed": 1, "clean: files skipped": 1,
        "extract: files computed": 1, "extract: files skipped": 1,
    }  # fmt: skip
    second = current(deployed.home)
    assert second is not None
    assert second.release_id != first.release_id

    # Once more, in this process: that a worker starts it has been seen, and the start costs more than the run.
    assert backfill(YESTERDAY, TODAY, str(deployed.home)).outcome == "unchanged"
    counters = Ledger(deployed.home).runs()[0].details["counters"]
    assert {name: n for name, n in counters.items() if name.endswith("computed") and n} == {}
    assert (counters["clean: files skipped"], counters["extract: files skipped"]) == (2, 2)
    assert current(deployed.home) == second

    # P9: what the worker holds in its environment has reached neither the server's database nor its log.
    recorded = [path for path in prefect_server_home.iterdir() if path.is_file()]
    assert {"prefect.db", "server.log"} <= {path.name for path in recorded}
    assert [path.name for path in recorded if CANARY.encode() in path.read_bytes()] == []


def scheduled(deployed: Deployed, name: str) -> UUID:
    """A run of a deployment for tomorrow: no worker takes it before the test is over."""
    deployment = deployed.client.read_deployment_by_name(name)
    later: State[None] = Scheduled(scheduled_time=datetime.now(UTC) + timedelta(days=1))
    return deployed.client.create_flow_run_from_deployment(deployment.id, state=later).id


def proposed(deployed: Deployed, run: UUID) -> tuple[SetStateStatus, str]:
    """What the server says to a worker about to start the run: its verdict, and the state the run is in then."""
    answer: OrchestrationResult[None] = deployed.client.set_flow_run_state(run, Pending())
    assert answer.state is not None
    assert answer.state.name == deployed.client.read_flow_run(run).state_name
    return answer.status, str(answer.state.name)


@pytest.mark.parametrize(
    ("name", "ends_as"), [("daily/daily", "Cancelled"), ("publish/publish", "AwaitingConcurrencySlot")]
)
def test_t7_a_run_that_outlasts_its_interval(deployed: Deployed, name: str, ends_as: str) -> None:
    first, second = scheduled(deployed, name), scheduled(deployed, name)
    try:
        assert proposed(deployed, first) == (SetStateStatus.ACCEPT, "Pending")
        assert proposed(deployed, second) == (SetStateStatus.REJECT, ends_as)
    finally:
        for run in (first, second):
            deployed.client.set_flow_run_state(run, Cancelled(), force=True)


def test_a_worker_without_an_absolute_place_for_the_warehouse_is_refused(
    deployed: Deployed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker starts runs in a directory that is removed behind them: a warehouse there would be gone with it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMMUNIQUE_HOME", "communique-home")
    run = deployed.client.read_flow_run(scheduled(deployed, "publish/publish"))
    deployed.client.set_flow_run_state(run.id, Pending(), force=True)
    # As the process that a worker starts does it.
    state = run_flow(publish, flow_run=deployed.client.read_flow_run(run.id), return_type="state")
    assert isinstance(state, State)
    assert state.type == StateType.FAILED
    with pytest.raises(ConfigurationError, match="COMMUNIQUE_HOME=communique-home: is relative"):
        raise_state_exception(state)
    assert list(tmp_path.iterdir()) == []
