"""What each rule is worth, as `reliability.csv` of the reference knowledge holds it: read, written, looked up.

`communique calibrate` measures it on annotated documents; how, stands in `tasks.curate.measure.reliability` and
`tasks.curate.measure.transfer`. The extract stage takes its confidences from it, the release publishes it as
`dim_rule`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import ConfigurationError
from warehouse.reference import Row, read_csv

RELIABILITY_FILE = "reliability.csv"
COLUMNS = ("level", "kind", "name", "n_judged", "n_right", "value", "low", "high")
LEVELS = ("circumstance", "family", "rule", "transfer")
KINDS = ("claim", "mention", "topic")
# Name of a row of level transfer: it stands for all rules of a kind.
ALL = "all"
# Nothing is certain, and nothing that was found is impossible.
LOWEST, HIGHEST = 0.01, 0.999


@dataclass(frozen=True, slots=True)
class Worth:
    """What one rule, family of rules or circumstance is worth.

    Attributes:
        level: rule, family, circumstance, or transfer: what of a kind's worth holds on documents nobody wrote rules on.
        kind: mention, claim or topic.
        name: Id of the rule, name of the family, the circumstance (`date:lead`), or `all` of a transfer.
        n_judged: How many of its rows were judged; of a transfer, on documents nobody wrote rules on.
        n_right: How many of those were right.
        value: Probability that a row of the rule or family is right on a document nobody wrote rules on; for a
            circumstance the ratio it is multiplied by, for a transfer the ratio it was multiplied by.
        low: Lower bound of the share that was right (95 %); None for a circumstance.
        high: Upper bound.
    """

    level: str
    kind: str
    name: str
    n_judged: int
    n_right: int
    value: float
    low: float | None
    high: float | None


def bounded(value: float) -> float:
    """Return a probability that is neither certain nor impossible."""
    return min(max(value, LOWEST), HIGHEST)


def family_of(rule_id: str) -> str:
    """Return the family of a rule: what stands before the first point of its id."""
    return rule_id.partition(".")[0]


def circumstances_of(date_basis: str | None, country_basis: str | None, has_parties: bool) -> tuple[str, ...]:
    """Return what of an event does not stand in its sentence, as `field:basis`: `date:lead`, `country:none`."""
    fields = (("date", date_basis), ("country", country_basis))
    found = [f"{field}:{basis or 'none'}" for field, basis in fields if basis != "text"]
    return tuple(found if has_parties else [*found, "parties:none"])


class Reliability:
    """The table, looked up by rule and circumstance.

    Args:
        rows: What `read_reliability` returned.
    """

    def __init__(self, rows: Iterable[Worth]) -> None:
        self._rows = {(worth.level, worth.kind, worth.name): worth for worth in rows}
        # A run asks for a few hundred combinations, millions of times.
        self._known: dict[tuple[str, str, float, tuple[str, ...]], float] = {}

    def of_rule(self, kind: str, rule_id: str) -> Worth | None:
        """Return what a rule is worth; what its family is, if it was never judged; None if that was not either."""
        own = self._rows.get(("rule", kind, rule_id))
        return own or self._rows.get(("family", kind, family_of(rule_id)))

    def confidence(self, kind: str, rule_id: str, prior: float, circumstances: tuple[str, ...] = ()) -> float:
        """Return the probability that a row is right.

        Args:
            kind: mention, claim or topic.
            rule_id: The rule that made it.
            prior: What the rule's authors expect, for families that were never judged.
            circumstances: What of it does not stand in its sentence; one that was never judged changes nothing.
        """
        key = (kind, rule_id, prior, circumstances)
        if key not in self._known:
            worth = self.of_rule(kind, rule_id)
            value = prior if worth is None else worth.value
            for name in circumstances:
                ratio = self._rows.get(("circumstance", kind, name))
                value *= 1.0 if ratio is None else ratio.value
            self._known[key] = round(bounded(value), 4)
        return self._known[key]


def read_reliability(directory: Path) -> list[Worth]:
    """Return the rows of `reliability.csv` of a directory of reference knowledge.

    Raises:
        ConfigurationError: The file is missing or malformed, a value lies outside its bounds, or a row stands twice.
    """
    path = directory / RELIABILITY_FILE
    return [_worth(path, row) for row in read_csv(path, COLUMNS, unique=("level", "kind", "name"))]


def _worth(path: Path, row: Row) -> Worth:
    try:
        low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
        worth = Worth(
            row["level"], row["kind"], row["name"], int(row["n_judged"]), int(row["n_right"]), float(row["value"]),
            low, high,
        )  # fmt: skip
    except ValueError as error:
        raise _wrong(path, row, str(error)) from error
    if worth.level not in LEVELS or worth.kind not in KINDS or not worth.name:
        raise _wrong(path, row, f"level {worth.level!r}, kind {worth.kind!r} or name {worth.name!r} is unknown")
    highest = 1.0 if worth.level != "circumstance" else float("inf")
    if not 0 <= worth.n_right <= worth.n_judged or not 0.0 <= worth.value <= highest:
        raise _wrong(path, row, "more are right than were judged, or the value is no probability")
    return worth


def _wrong(path: Path, row: Row, what: str) -> ConfigurationError:
    return ConfigurationError(what, f"{path}:{row.line}", "`communique calibrate` writes the file anew.")


def reliability_csv(rows: Iterable[Worth]) -> str:
    """Return the text of `reliability.csv`, sorted, so that the same counts give the same bytes."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for worth in sorted(rows, key=lambda worth: (worth.level, worth.kind, worth.name)):
        bounds = ("" if bound is None else f"{bound:g}" for bound in (worth.low, worth.high))
        counts = (worth.n_judged, worth.n_right, f"{worth.value:g}")
        writer.writerow((worth.level, worth.kind, worth.name, *counts, *bounds))
    return written.getvalue()
