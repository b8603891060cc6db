"""Settings: where the warehouse lies and how a run behaves. Read once by the caller; no side effect at import."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
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
        contact: E-mail address or page where publishers reach the operator; goes into the User-Agent. Without it
            nothing is fetched from the web.
        allow_private_hosts: Whether loopback and private networks may be fetched from: for intranets.
        fetch_ports: Ports that may be asked.
        fetch_delay_seconds: Seconds between two requests to one host, where neither the source nor robots.txt wants
            more.
        fetch_connect_timeout_seconds: Seconds for connecting, TLS included.
        fetch_read_timeout_seconds: Seconds without a byte.
        fetch_deadline_seconds: Seconds for one exchange as a whole.
        fetch_max_wire_bytes: Most bytes of a body as sent.
        fetch_max_decoded_bytes: Most bytes of a body after decompression.
        fetch_max_ratio: Largest expansion by decompression.
        fetch_retries: Further attempts after a failure that can heal.
        fetch_retry_cap_seconds: Longest wait a host is granted within a run.
        fetch_breaker_failures: Failures in a row after which a host is left alone.
        labellers: Models asked beside the rules, in turn: `spacy:NAME_OR_PATH`, `gliner:PATH`, `llm:MODEL`; none as
            shipped.
        llm_base_url: OpenAI-compatible endpoint of the language model, such as `http://127.0.0.1:8080/v1`. The texts of
            the documents are sent there.
        llm_api_key: Key for that endpoint.
        llm_timeout_seconds: Longest wait for one answer of it.
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
    contact: str | None = None
    allow_private_hosts: bool = False
    fetch_ports: tuple[int, ...] = (80, 443)
    fetch_delay_seconds: float = Field(default=2.0, ge=0)
    fetch_connect_timeout_seconds: float = Field(default=10.0, gt=0)
    fetch_read_timeout_seconds: float = Field(default=20.0, gt=0)
    fetch_deadline_seconds: float = Field(default=60.0, gt=0)
    fetch_max_wire_bytes: int = Field(default=10_000_000, gt=0)
    fetch_max_decoded_bytes: int = Field(default=20_000_000, gt=0)
    fetch_max_ratio: float = Field(default=200.0, gt=1)
    fetch_retries: int = Field(default=2, ge=0)
    fetch_retry_cap_seconds: float = Field(default=60.0, ge=0)
    fetch_breaker_failures: int = Field(default=5, gt=0)
    labellers: tuple[str, ...] = ()
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout_seconds: float = Field(default=60.0, gt=0)

    @property
    def reference_dir(self) -> Path:
        """Directory of the knowledge tables."""
        return self.reference or self.seeds / "reference"

    @property
    def sources_dir(self) -> Path:
        """Directory of the source declarations."""
        return self.sources or self.seeds / "sources"
