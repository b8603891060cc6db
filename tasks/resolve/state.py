"""What stands at the end of a folding, what of it the next one may go on from, and what it took."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tasks.resolve.corpus import Corpus, Version, VersionKey
from tasks.resolve.families import Families, FamiliesState
from tasks.resolve.instruments import Derived
from tasks.resolve.local import Local
from tasks.resolve.registry import Registry
from tasks.resolve.rulings import Ruling


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folding leaves for the next one.

    Attributes:
        corpus: All versions of all documents.
        day: The last logical date.
        locals: What document versions say, as far as it was asked.
        partners: The versions that are one announcement with a version.
        rulings: Decisions of people that were followed.
        families: Entities, events and quantities.
        registry: The ids, as in the tables `id_registry` and `registry_evidence`.
    """

    corpus: Corpus
    day: date
    locals: dict[VersionKey, Local]
    partners: dict[VersionKey, frozenset[VersionKey]]
    rulings: tuple[Ruling, ...]
    families: FamiliesState
    registry: Registry


@dataclass(frozen=True, slots=True)
class Work:
    """What a folding took.

    Attributes:
        documents: Versions of documents that were read and brought into order.
        blocks: Blocks of entities, events and quantities that hold anything.
        blocks_touched: Those of them that something was put into or taken out of.
        pairs_compared: Pairs that were compared.
    """

    documents: int
    blocks: int
    blocks_touched: int
    pairs_compared: int


@dataclass(frozen=True)
class State:
    """What stands at the end of a folding.

    Attributes:
        current: The version of each document that facts come from.
        local_of: What one document version says.
        derived: The instruments between two parties that events are about without naming them.
        left: What the next resolution may go on from.
        work: What it took.
    """

    corpus: Corpus
    current: Mapping[str, Version]
    local_of: Callable[[VersionKey], Local]
    families: Families
    derived: tuple[Derived, ...]
    registry: Registry
    left: Kept
    work: Work
