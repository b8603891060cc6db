"""Which labellers run: read from the settings, checked before anything is worked on, loaded once for a process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from pydantic import SecretStr

from tasks.extract.labellers.gliner_model import GlinerModel
from tasks.extract.labellers.language_model import INSTRUCTIONS, LanguageModel
from tasks.extract.labellers.protocol import Labeller
from tasks.extract.labellers.spacy_pipeline import SpacyPipeline
from warehouse.errors import ConfigurationError
from warehouse.settings import Settings

SORTS = ("spacy", "gliner", "llm")
CACHE_DIRECTORY = "labels"


@dataclass(frozen=True, slots=True)
class Choice:
    """The labellers of a run.

    Attributes:
        names: `spacy:NAME_OR_PATH`, `gliner:PATH`, `llm:MODEL`, in the order in which they are heard.
        llm_base_url: Endpoint of the language model.
        llm_api_key: Its key.
        llm_timeout_seconds: Longest wait for one answer.
    """

    names: tuple[str, ...] = ()
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout_seconds: float = 60.0


NONE = Choice()


def choice_of(settings: Settings) -> Choice:
    """Return the labellers the settings name."""
    return Choice(settings.labellers, settings.llm_base_url, settings.llm_api_key, settings.llm_timeout_seconds)


def load_labellers(choice: Choice, home: Path) -> Sequence[Labeller]:
    """Return the labellers, ready to be asked.

    Raises:
        ConfigurationError: One is not known, given twice, not installed or not there.
    """
    return [_load(name, choice, home) for name in _checked(choice)]


def identity(choice: Choice) -> str:
    """Return what the labellers' answers depend on, as text; empty where there are none.

    Models count by the content of their files, a language model by its name, endpoint and instructions.

    Raises:
        ConfigurationError: As `load_labellers`, as far as it can be seen without loading a model.
    """
    parts = []
    for name in _checked(choice):
        sort, _, model = name.partition(":")
        if sort == "llm":
            parts.append([name, choice.llm_base_url, INSTRUCTIONS])
        else:
            parts.append([name, _content_hash(str(_directory(sort, model)))])
    return json.dumps(parts, ensure_ascii=False) if parts else ""


def _checked(choice: Choice) -> Sequence[str]:
    for name in choice.names:
        sort, _, model = name.partition(":")
        if sort not in SORTS or not model:
            raise ConfigurationError(
                f"{name!r} is no labeller", "COMMUNIQUE_LABELLERS", "Use spacy:NAME_OR_PATH, gliner:PATH or llm:MODEL."
            )
        if sort == "llm" and not choice.llm_base_url:
            raise ConfigurationError(
                f"{name!r} has no endpoint", "COMMUNIQUE_LLM_BASE_URL", "Set it, for example http://127.0.0.1:8080/v1."
            )
    if len(set(choice.names)) < len(choice.names):
        raise ConfigurationError("a labeller is named twice", "COMMUNIQUE_LABELLERS", "Name each once.")
    return choice.names


def _load(name: str, choice: Choice, home: Path) -> Labeller:
    sort, _, model = name.partition(":")
    if sort == "spacy":
        return SpacyPipeline(model)
    if sort == "gliner":
        return GlinerModel(model)
    return LanguageModel(
        model, choice.llm_base_url or "", home / CACHE_DIRECTORY, choice.llm_api_key, choice.llm_timeout_seconds
    )


def _directory(sort: str, model: str) -> Path:
    """Return the directory of a model given by its path, or by the name of an installed package."""
    if Path(model).is_dir():
        return Path(model)
    spec = find_spec(model) if sort == "spacy" and model.isidentifier() else None
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "no such model", f"{sort}:{model}", "Give a directory, or for spaCy the name of an installed pipeline."
        )
    return Path(spec.origin).parent


@lru_cache(maxsize=8)
def _content_hash(directory: str) -> str:
    """Return a hash of all files below a directory, by relative path and content."""
    digest = hashlib.sha256()
    root = Path(directory)
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()
