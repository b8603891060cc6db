"""What every test stands on: the environment (set before anything is imported) and the fixtures all folders share.

A fixture that only one folder needs belongs in that folder's own conftest.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

pytest_plugins = ["tests.prefect_server"]

ROOT = Path(__file__).resolve().parent.parent
PREFECT_HOME = Path(tempfile.mkdtemp(prefix="communique-tests-prefect-"))

# What a developer has set for their own warehouse or Prefect server must not reach the tests.
for name in [name for name in os.environ if name.startswith(("COMMUNIQUE_", "PREFECT_"))]:
    del os.environ[name]

os.environ.update(
    {
        "PREFECT_HOME": str(PREFECT_HOME),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # The default of 20 s is too short for a fresh database on a busy machine.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "NO_COLOR": "1",
    }
)


# Files that look at one finished warehouse, or work with one Prefect server: on one worker, so that it is made once.
TOGETHER = {
    "server": (
        "flows/test_deployed_runs.py",
        "flows/test_runs.py",
        "flows/test_server_smoke.py",
        "flows/test_web_sources.py",
    ),
    "readme": ("repository/test_readme.py", "repository/test_commands.py", "repository/test_terminal.py"),
    "samples": (
        "golden/test_golden.py",
        "golden/test_questions.py",
        "golden/test_correcting.py",
        "golden/test_rebuild.py",
    ),
    "report": (
        "report/test_page.py",
        "report/test_report_command.py",
        "report/test_recipes.py",
        "report/test_hostile_exports.py",
        "report/test_bi_contract.py",
    ),
}
# Together a third of the time of the suite, much of it waiting: begun last, they would be what everybody waits for.
FIRST = ("server", "readme")
_GROUP_OF = {f"tests/{file}": group for group, files in TOGETHER.items() for file in files}


class FilesTogether(LoadFileScheduling):
    """Sends the tests of a file to one worker, and with them those of the files of `TOGETHER`."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return _GROUP_OF.get(file, file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the groups `FIRST` before all others, a group whole; the order is the same otherwise."""
    first = {group: place for place, group in enumerate(FIRST)}
    items.sort(key=lambda item: first.get(_GROUP_OF.get(item.nodeid.partition("::")[0], ""), len(first)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FilesTogether | None:
    """Let `--dist loadfile` keep files together that share what they look at."""
    return FilesTogether(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are cores: for a third of its time a worker waits for processes, servers and disks."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _remove_prefect_home() -> Iterator[None]:
    yield
    shutil.rmtree(PREFECT_HOME, ignore_errors=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty directory for a warehouse, of this test alone."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where processes that publish the same tables keep what they render; one directory for all workers."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "rendered"


@pytest.fixture(scope="module")
def rendered_once(rendered: Path) -> Iterator[None]:
    """Let the tests of a module take what is rendered of tables that have been published before."""
    from tests.rendering import render_once

    with pytest.MonkeyPatch.context() as patch:
        render_once(rendered, patch.setattr)
        yield


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The project's shared folder beside the repository; tests that read it are skipped where it is absent."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("no shared/ folder beside the repository")
    return path
