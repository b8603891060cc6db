"""Committed figures: what a set of annotated documents reached, and how far each figure may fall before it is a defect.

A file holds one set: half → field → F1 and tolerance, and for each half what may never happen more often.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.curate.measure.tally import EVENTS_OUT_OF_NOTHING, FALSE_OCCURRENCE
from warehouse.errors import ConfigurationError

_DIGITS = 3
# A figure may fall by what two items are worth, as another reading of two of them does not show that the rules are
# worse; and by half a hundredth where there are hundreds of items.
_ITEMS = 2
_LEAST_TOLERANCE = 0.005
_NEVER = "never"

Groups = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Drop:
    """One figure that fell further than it may, or one thing that must not happen and happened more often."""

    half: str
    field: str
    was: float
    now: float
    tolerance: float

    def __str__(self) -> str:
        return (
            f"half {self.half}, {self.field}: {self.now:.3f}, was {self.was:.3f} (may change by {self.tolerance:.3f})"
        )


def committed(halves: Groups) -> dict[str, Any]:
    """Return what is committed of a set: half → documents, F1 and tolerance of each field, what may never happen."""
    return {
        half: {
            "documents": figures["documents"],
            "fields": {
                name: {"f1": round(field["f1"], _DIGITS), "tolerance": _tolerance(field)}
                for name, field in [*figures["fields"].items(), *_link_fields(figures)]
            },
            _NEVER: _never(figures),
        }
        for half, figures in halves.items()
    }


def _link_fields(figures: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, figures["links"][name]) for name in ("duplicates", "same_event"))


def _tolerance(field: Mapping[str, Any]) -> float:
    """Return what the items are worth that a figure may lose."""
    items = field["found"] + (field["surplus"] + field["missed"]) / 2
    return round(max(_LEAST_TOLERANCE, _ITEMS / items if items else 0.0), _DIGITS)


def _never(figures: Mapping[str, Any]) -> dict[str, int]:
    attributes = figures["attributes"]
    counted = {
        name: round(attributes[name]["mean"] * attributes[name]["n"]) if name in attributes else 0
        for name in (FALSE_OCCURRENCE, EVENTS_OUT_OF_NOTHING)
    }
    return {**counted, "wrong_merges": len(figures["links"]["wrong_merges"])}


def drops(before: Mapping[str, Any], halves: Groups) -> list[Drop]:
    """Return what became worse than the committed figures allow, by half and field."""
    now = committed(halves)
    found = []
    for half, was in before.items():
        reached = now.get(half, {"fields": {}, _NEVER: {}})
        for name, field in was["fields"].items():
            f1 = reached["fields"].get(name, {"f1": 0.0})["f1"]
            if f1 < field["f1"] - field["tolerance"]:
                found.append(Drop(half, name, field["f1"], f1, field["tolerance"]))
        for name, count in was[_NEVER].items():
            happened = reached[_NEVER].get(name, count + 1)
            if happened > count:
                found.append(Drop(half, name, count, happened, 0.0))
    return found


def read_figures(path: Path) -> dict[str, Any]:
    """Return committed figures.

    Raises:
        ConfigurationError: The file is missing or no such file.
    """
    try:
        figures: dict[str, Any] = json.loads(path.read_text("utf-8"))
        for half in figures.values():
            [(field["f1"], field["tolerance"]) for field in half["fields"].values()]
            dict(half[_NEVER])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"holds no committed figures ({error})", str(path), "`communique evaluate DIR --commit FILE` writes them."
        ) from error
    return figures


def write_figures(path: Path, halves: Groups) -> None:
    """Write the figures of a set; the same figures give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(committed(halves), indent=1) + "\n", "utf-8")
