"""deployments/ says what the code can do: entrypoints load, parameters exist, the schedule fires, the files fit."""

import asyncio
import inspect
import re
import subprocess
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import prefect.settings
import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from packaging.specifiers import SpecifierSet
from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitStrategy
from prefect.flows import load_flow_from_entrypoint
from prefect.server.schemas.schedules import CronSchedule

from warehouse.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENTS = ROOT / "deployments"
PREFECT = yaml.safe_load((DEPLOYMENTS / "prefect.yaml").read_text("utf-8"))
COMPOSE = yaml.safe_load((DEPLOYMENTS / "compose.yaml").read_text("utf-8"))
CONTAINERFILE = (DEPLOYMENTS / "Containerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
BY_NAME = {deployment["name"]: deployment for deployment in PREFECT["deployments"]}
SETTINGS = {f"COMMUNIQUE_{name.upper()}": field for name, field in Settings.model_fields.items()}

every_deployment = pytest.mark.parametrize("name", sorted(BY_NAME))


def flow_of(name: str) -> Flow[..., Any]:
    return load_flow_from_entrypoint(BY_NAME[name]["entrypoint"], use_placeholder_flow=False)


def fires(schedule: dict[str, Any], first: date, days: int) -> list[datetime]:
    """Every fire in a number of days (UTC) as Prefect's own scheduler reckons it."""
    start = datetime.combine(first, datetime.min.time(), UTC)
    cron = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    found = asyncio.run(cron.get_dates(10 * days, start, start + timedelta(days=days)))
    return [each.astimezone(UTC) for each in found if each < start + timedelta(days=days)]


def check_fires_once_a_day(schedule: dict[str, Any], first: date, days: int = 4) -> None:
    """Fail, with the next fires, unless the schedule fires exactly once in each of the days (UTC)."""
    found = fires(schedule, first, days)
    counted = Counter(each.date() for each in found)
    assert counted == dict.fromkeys((first + timedelta(days=n) for n in range(days)), 1), (
        f"{schedule['cron']!r} in {schedule['timezone']} does not fire once in each day from {first}; "
        f"its next fires are {', '.join(each.isoformat() for each in found[:3]) or 'none'}"
    )


# --- prefect.yaml -------------------------------------------------------------------------------------------------


def test_prefect_yaml_is_written_for_the_locked_version() -> None:
    assert f"prefect=={PREFECT['prefect-version']}" in PROJECT["project"]["dependencies"]


def test_no_run_clones_or_builds_anything() -> None:
    # `None` would make `prefect deploy` write the directory of whoever deploys into each deployment.
    assert PREFECT["pull"] == []
    assert [PREFECT["build"], PREFECT["push"]] == [None, None]
    assert [name for name, each in BY_NAME.items() if each.keys() & {"pull", "build", "push"}] == []


def test_every_flow_can_be_deployed_and_no_name_is_used_twice() -> None:
    flows = {
        path.stem
        for path in (ROOT / "flows").glob("*.py")
        if re.search(r"^@flow\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert flows
    assert sorted(each["name"] for each in PREFECT["deployments"]) == sorted(flows)


@every_deployment
def test_the_entrypoint_is_a_module_and_loads(name: str) -> None:
    assert re.fullmatch(r"flows\.[a-z]+:[a-z]+", BY_NAME[name]["entrypoint"])
    flow = flow_of(name)
    assert isinstance(flow, Flow)
    assert flow.name == name


@every_deployment
def test_the_parameters_are_those_of_the_flow_with_its_defaults(name: str) -> None:
    """Written out so that whoever starts a run sees them. `home` is the worker's; what has no default has none here."""
    optional = {
        parameter.name: parameter.default
        for parameter in inspect.signature(flow_of(name).fn).parameters.values()
        if parameter.default is not parameter.empty and parameter.name != "home"
    }
    assert BY_NAME[name]["parameters"] == optional


def test_a_backfill_needs_its_range_and_takes_one() -> None:
    flow, parameters = flow_of("backfill"), BY_NAME["backfill"]["parameters"]
    assert BY_NAME["backfill"]["enforce_parameter_schema"] is True
    with pytest.raises(prefect.exceptions.ParameterTypeError, match=r"(?s)start.*end"):
        flow.validate_parameters(parameters)
    taken = flow.validate_parameters({**parameters, "start": "2025-01-01", "end": "2025-01-31", "sources": ["sample"]})
    assert (taken["start"], taken["end"]) == (date(2025, 1, 1), date(2025, 1, 31))


@every_deployment
def test_one_run_at_a_time_with_a_stated_collision_strategy(name: str) -> None:
    limit = BY_NAME[name]["concurrency_limit"]
    wanted = ConcurrencyLimitStrategy.CANCEL_NEW if name == "daily" else ConcurrencyLimitStrategy.ENQUEUE
    assert limit["limit"] == 1
    assert ConcurrencyLimitStrategy(limit["collision_strategy"]) == wanted


def test_only_the_daily_run_is_scheduled_in_utc() -> None:
    assert [name for name, each in BY_NAME.items() if each.get("schedules")] == ["daily"]
    (schedule,) = BY_NAME["daily"]["schedules"]
    assert (schedule["timezone"], schedule["active"]) == ("UTC", True)
    # Without a slug a second deploy would not know that it is the same schedule.
    assert schedule["slug"]


# The nights in which the clocks of the Union are put forward and back, the end of a leap February, the turn of a year.
@pytest.mark.parametrize("first", [date(2025, 3, 29), date(2025, 10, 25), date(2028, 2, 27), date(2026, 12, 30)])
def test_t1_the_daily_run_fires_once_a_day(first: date) -> None:
    check_fires_once_a_day(BY_NAME["daily"]["schedules"][0], first)


@pytest.mark.parametrize(
    ("cron", "timezone", "error", "says"),
    [
        pytest.param("30 4 * *", "UTC", ValueError, "Invalid cron string", id="four fields"),
        pytest.param("0 30 4 * * * *", "UTC", ValueError, "Invalid cron string", id="seven fields"),
        pytest.param("61 4 * * *", "UTC", ValueError, "Invalid cron string", id="minute 61"),
        pytest.param("30 4 * * *", "Europe/Nowhere", ValueError, "Invalid timezone", id="no such zone"),
        pytest.param("30 4 30 2 *", "UTC", ValueError, "failed to find next date", id="30 February"),
        pytest.param("30 4 29 2 *", "UTC", AssertionError, "its next fires are none", id="once in four years"),
        pytest.param("30 4,16 * * *", "UTC", AssertionError, "2025-03-29T16:30", id="twice a day"),
        pytest.param("30 2 * * *", "Europe/Vilnius", AssertionError, "2025-03-30T23:30", id="shifts with the clocks"),
    ],
)
def test_c2_a_schedule_that_does_not_fire_once_a_day_is_found(
    cron: str, timezone: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        check_fires_once_a_day({"cron": cron, "timezone": timezone}, date(2025, 3, 29))


def test_every_deployment_goes_to_the_pool_of_the_worker() -> None:
    assert {each["work_pool"]["name"] for each in BY_NAME.values()} == {"communique"}
    assert re.search(r"--pool communique\b", " ".join(COMPOSE["services"]["worker"]["command"]))
    assert "work-pool create communique --type process" in COMPOSE["services"]["deploy"]["command"][-1]


# --- environment ----------------------------------------------------------------------------------------------------


def environment_lines() -> list[tuple[str, str, str]]:
    """Kind (set, default, example), name and value of every line of environment.example that names a setting."""
    text = (DEPLOYMENTS / "environment.example").read_text("utf-8")
    found = re.findall(r"^(#(?: Example: )?)?([A-Z][A-Z_]*)=(.*)$", text, re.MULTILINE)
    return [({"": "set", "#": "default"}.get(mark, "example"), name, value) for mark, name, value in found]


def test_the_environment_example_names_every_setting_and_no_other() -> None:
    assert sorted(name for _, name, _ in environment_lines()) == sorted(SETTINGS)


def test_what_the_environment_example_calls_a_default_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = {name: value for kind, name, value in environment_lines() if kind == "default"}
    for name, value in defaults.items():
        monkeypatch.setenv(name, value)
    assert defaults
    assert Settings() == Settings.model_construct()


def test_the_environment_example_is_accepted_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for _, name, value in environment_lines():
        monkeypatch.setenv(name, value)
    assert Settings().home.is_absolute()


def environments() -> Iterator[tuple[str, str, Any]]:
    """Where, name and value of every environment variable that a deployment file sets."""
    for name, deployment in BY_NAME.items():
        for variable, value in deployment["work_pool"]["job_variables"]["env"].items():
            yield f"prefect.yaml: {name}", variable, value
    for name, service in COMPOSE["services"].items():
        for variable, value in service.get("environment", {}).items():
            yield f"compose.yaml: {name}", variable, value
    for line in CONTAINERFILE:
        if line.startswith("ENV "):
            for variable, value in re.findall(r"(\w+)=(\S+)", line):
                yield "Containerfile", variable, value


def test_every_variable_set_exists_and_is_text() -> None:
    found = list(environments())
    assert {where.split(":")[0] for where, _, _ in found} == {"prefect.yaml", "compose.yaml", "Containerfile"}
    unknown = [
        (where, name)
        for where, name, _ in found
        if (name.startswith("COMMUNIQUE_") and name not in SETTINGS)
        or (name.startswith("PREFECT_") and not hasattr(prefect.settings, name))
    ]
    assert unknown == []
    # An unquoted number or truth value reaches the process as something else, or is refused.
    assert [(where, name) for where, name, value in found if not isinstance(value, str)] == []


SECRET_NAME = re.compile(r"(?i)pass(word|phrase|wd)?(?!es)|secret|token|credential|api_?key|auth_string|private_key")
# A name may point at a secret: a file of /run/secrets, or the environment of whoever starts it.
REFERENCE = re.compile(r"/run/secrets/\w+|\$\{?\w+\}?")


def values(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from values(value, f"{path}.{key}")
    elif isinstance(node, list):
        for value in node:
            yield from values(value, path)
    else:
        yield path, str(node)


def suspicious(node: Any) -> list[str]:
    """Where a value stands under a secret's name, or looks like one: credentials in an address, a long random word."""
    found = []
    for path, value in values(node):
        name = path.rpartition(".")[2]
        named = SECRET_NAME.search(name) and not REFERENCE.fullmatch(value) and "secrets" not in path.split(".")
        shaped = re.search(r"://[^/\s:@]+:[^/\s@]+@|\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9+/_-]{32,}\b", value)
        if named or shaped:
            found.append(path)
    return found


def test_no_deployment_holds_a_secret() -> None:
    assert suspicious(PREFECT) == []
    assert suspicious(COMPOSE) == []
    assert suspicious({name: value for _, name, value in environment_lines()}) == []
    assert suspicious({name: value for where, name, value in environments() if where == "Containerfile"}) == []


@pytest.mark.parametrize(
    "planted",
    [
        {"parameters": {"password": "correct horse"}},
        {"environment": {"AWS_SECRET_ACCESS_KEY": "short"}},
        {"environment": {"DATABASE": "postgresql://prefect:hunter2@database/prefect"}},
        {"command": ["worker", "--header", "f3a9c1d27be8460593aa10ce4471d0b2e6"]},
    ],
)
def test_a_planted_secret_is_found(planted: dict[str, Any]) -> None:
    assert suspicious(planted)


# --- container and compose ------------------------------------------------------------------------------------------


def instructions(keyword: str) -> list[str]:
    return [line.removeprefix(f"{keyword} ").strip() for line in CONTAINERFILE if line.startswith(f"{keyword} ")]


def test_the_image_is_built_from_the_lock_on_a_python_the_project_supports() -> None:
    (base,) = instructions("ARG")
    match = re.fullmatch(r"BASE=python:(\d+\.\d+)-slim", base)
    assert match, "the base image is named without a registry"
    assert match[1] in SpecifierSet(PROJECT["project"]["requires-python"])
    assert {line.split()[0] for line in instructions("FROM")} == {"${BASE}"}
    (from_lock,) = [line for line in instructions("RUN") if "--requirement" in line]
    assert {"--require-hashes", "--no-deps", "--requirement requirements.lock"} <= set(
        re.findall(r"--requirement \S+|--[\w-]+", from_lock)
    )
    assert not instructions("ADD")


def test_what_the_image_copies_exists_and_is_in_its_context() -> None:
    sources = [line.split()[0] for line in instructions("COPY") if not line.startswith("--from")]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(sources)
    admitted = (DEPLOYMENTS / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert {line.removeprefix("!") for line in admitted if line.startswith("!")} == set(sources)


def test_the_image_runs_as_nobody_in_particular() -> None:
    user = instructions("USER")[-1]
    assert user not in {"root", "0"}
    last = max(number for number, line in enumerate(CONTAINERFILE) if line.startswith("USER "))
    assert not [line for line in CONTAINERFILE[last:] if line.startswith(("RUN ", "COPY "))]
    assert any(re.search(rf"useradd .*--uid \d+.* {user}\b", line) for line in instructions("RUN"))
    assert instructions("HEALTHCHECK") == ["NONE"]


def test_the_wheel_holds_every_committed_file_of_the_packages(files: list[Path], tmp_path: Path) -> None:
    """A worker imports the installed code; SQL, YAML, CSV and samples must have travelled with it."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    packages = set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    wanted = {path.as_posix() for path in files if path.parts[0] in packages and path.name != ".gitignore"}
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_compose_names_only_what_exists() -> None:
    services, volumes, secrets = COMPOSE["services"], COMPOSE["volumes"], COMPOSE["secrets"]
    for name, service in services.items():
        if build := service.get("build"):
            assert (DEPLOYMENTS / build["context"] / build["dockerfile"]).resolve() == DEPLOYMENTS / "Containerfile"
        else:
            assert re.fullmatch(r"\w+:\d+", service["image"]), f"{name}: an image without a version, or with a registry"
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert (DEPLOYMENTS / source).is_dir() if source.startswith(".") else source in volumes
        assert set(service.get("secrets", [])) <= set(secrets)
        for other, condition in service.get("depends_on", {}).items():
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in services[other]
    used = {mount.split(":")[0] for service in services.values() for mount in service.get("volumes", [])}
    assert set(volumes) <= used


def test_the_worker_runs_what_was_deployed_where_the_warehouse_is() -> None:
    copied = {line.split()[0]: line.split()[1] for line in instructions("COPY") if not line.startswith("--from")}
    assert copied["deployments/prefect.yaml"] in COMPOSE["services"]["deploy"]["command"][-1]
    home = next(value for where, name, value in environments() if (where, name) == ("Containerfile", "COMMUNIQUE_HOME"))
    assert f"warehouse:{home}" in COMPOSE["services"]["worker"]["volumes"]
    (said,) = [value for _, name, value in environment_lines() if name == "COMMUNIQUE_HOME"]
    assert said == home
    urls = {COMPOSE["services"][name]["environment"]["PREFECT_API_URL"] for name in ("deploy", "worker")}
    assert urls == {"http://server:4200/api"}


def test_nothing_is_open_to_the_network() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:4200:4200"]


@pytest.mark.parametrize("path", ["deployments/environment", "deployments/secrets/database_password"])
def test_git_ignores_what_a_machine_keeps_to_itself(path: str) -> None:
    names = {Path(each["file"]) for each in COMPOSE["secrets"].values()}
    names |= {Path(each) for each in COMPOSE["services"]["worker"]["env_file"]}
    assert Path(path).relative_to("deployments") in names
    ignored = subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False)
    assert ignored.returncode == 0
