"""Settings: where the warehouse lies and how a run behaves. Read once by the caller; no side effect at import."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings, from the environment (prefix ``COMMUNIQUE_``) or from arguments.

    Attributes:
        home: Directory of the warehouse.
        seeds: Directory with `documents/`, `sources/` and `reference/`.
        sources: Directory of the source declarations, if not `sources/` of the seeds.
        reference: Directory of the knowledge tables, if not `reference/` of the seeds.
        runner: Where the files of a stage are worked on: threads of one process, or a Dask cluster.
        dask_address: Address of the Dask scheduler when `runner` is `dask`.
        workers: Threads or processes a stage may use.
        documents_per_file: Most documents in one file of a partition: the unit of work.
        quarantine_share: Largest share of a table's rows that a gate may set aside before it blocks.
        keep_releases: Releases that `gc` leaves in place.
        lock_timeout_seconds: How long a run waits for the lock of the warehouse; 0 fails at once.
    """

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_", frozen=True, extra="forbid")

    home: Path = Path("communique-home")
    seeds: Path = PROJECT_ROOT / "seeds"
    sources: Path | None = None
    reference: Path | None = None
    runner: Literal["threads", "dask"] = "threads"
    dask_address: str | None = None
    workers: int = 2
    documents_per_file: int = 2000
    quarantine_share: float = 0.2
    keep_releases: int = 5
    lock_timeout_seconds: float = 0.0

    @property
    def reference_dir(self) -> Path:
        """Directory of the knowledge tables."""
        return self.reference or self.seeds / "reference"

    @property
    def sources_dir(self) -> Path:
        """Directory of the source declarations."""
        return self.sources or self.seeds / "sources"
