"""Which rows leave: those that break a rule, and those that mean nothing without them.

Every row that leaves is written down with its rule and its content; none is altered.
"""

from __future__ import annotations

import base64
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from expectations.frames import Frame
from expectations.results import RuleResult
from expectations.stages import TakenAlong
from warehouse.ids import sha256_hex
from warehouse.staging import Part
from warehouse.tables import quality

# The archive holds the body; a row of the quarantine shows as much as identifies it.
_BYTES_SHOWN = 64
TAKEN_ALONG = "taken_along"
COULD_NOT_BE_READ = "could_not_be_read"
_REJECTS = "documents.rejects"


@dataclass(slots=True)
class Refusals:
    """The rows that leave one gate.

    Attributes:
        frames: The tables of the stage by name.
        reasons: Table → row → rule → what is wrong.
    """

    frames: Mapping[str, Frame]
    reasons: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)

    def refuse(self, result: RuleResult) -> None:
        """Take out the rows that break a rule."""
        for row in result.rows:
            self._add(result.table_name, row, result.rule, f"if it were accepted, {result.consequence}")

    def shares(self, tables: Iterable[str]) -> dict[str, dict[str, tuple[int, int]]]:
        """Return for each source and table how many rows were refused, of how many; rows taken along do not count."""
        shares: dict[str, dict[str, tuple[int, int]]] = {}
        for name in tables:
            sources = self.frames[name].sources()
            totals = Counter(sources)
            own = self.reasons.get(name, {}).items()
            refused = Counter(sources[row] for row, rules in own if set(rules) != {TAKEN_ALONG})
            for source, n in refused.items():
                if source is not None:
                    shares.setdefault(source, {})[name] = (n, totals[source])
        return shares

    def take_along(self, links: Sequence[TakenAlong]) -> None:
        """Take out what means nothing without a row that was refused, until nothing more follows."""
        grows = True
        while grows:
            grows = False
            for link in links:
                grows |= self._follow(link)

    def note_unread(self, sources: Collection[str], everything: bool) -> None:
        """Write down the captures that became no document, where their rejects do not reach the tables.

        Args:
            sources: Sources none of whose files go on.
            everything: True where nothing goes on.
        """
        frame = self.frames.get(_REJECTS)
        if frame is None or not {"reason", "detail"} <= set(frame.table.column_names):
            return
        reasons, details = (frame.table.column(name).to_pylist() for name in ("reason", "detail"))
        for row, source in enumerate(frame.sources()):
            if everything or source in sources:
                self._add(_REJECTS, row, COULD_NOT_BE_READ, f"{reasons[row]}: {details[row]}")

    def kept(self, parts: Sequence[Part]) -> list[Part]:
        """Return the files without the rows that leave, in the order given; one that loses nothing stays as it is."""
        kept = []
        counters = dict.fromkeys(self.frames, 0)
        for part in parts:
            first = counters[part.table_name]
            counters[part.table_name] = last = first + len(part.table)
            leaving = [row - first for row in self.reasons.get(part.table_name, {}) if first <= row < last]
            if leaving:
                mask = np.ones(len(part.table), dtype=bool)
                mask[leaving] = False
                part = replace(part, table=part.table.filter(pa.array(mask)))
            kept.append(part)
        return kept

    def table(self, run_id: str) -> pa.Table:
        """Return every row that leaves, once for each rule, as `quality.quarantine`."""
        rows: list[dict[str, object]] = []
        for name, reasons in self.reasons.items():
            frame = self.frames[name]
            leaving = sorted(reasons)
            own = [column for column in frame.contract.column_names if column in frame.table.column_names]
            payloads = frame.table.select(own).take(pa.array(leaving, pa.int64())).to_pylist()
            sources = frame.sources()
            keys = _distinct(frame.keys(leaving))
            for row, key, payload in zip(leaving, keys, payloads, strict=True):
                shown = json.dumps({column: _plain(value) for column, value in payload.items()}, ensure_ascii=False)
                for rule, reason in reasons[row].items():
                    values = (run_id, name, key, sources[row], rule, reason, shown)
                    rows.append(dict(zip(quality.QUARANTINE.column_names, values, strict=True)))
        return pa.Table.from_pylist(rows, schema=quality.QUARANTINE.schema)

    def _add(self, table: str, row: int, rule: str, reason: str) -> None:
        self.reasons.setdefault(table, {}).setdefault(row, {})[rule] = reason

    def _follow(self, link: TakenAlong) -> bool:
        gone = self.reasons.get(link.parent)
        parent, child = self.frames[link.parent], self.frames[link.child]
        # A file without one of the columns breaks its contract, and the gate blocks: nobody is left to take along.
        if not gone or not (_has(parent, link.parent_key) and _has(child, link.child_key)):
            return False
        parents = _places(parent, link.parent_key)
        missing = {parents[row] for row in gone} - {None}
        already = self.reasons.get(link.child, {})
        following = [
            row for row, place in enumerate(_places(child, link.child_key)) if place in missing and row not in already
        ]
        for row in following:
            self._add(
                link.child, row, TAKEN_ALONG, f"it means nothing without the row of {link.parent} that was refused"
            )
        return bool(following)


def _has(frame: Frame, columns: Sequence[str]) -> bool:
    return set(columns) <= set(frame.table.column_names)


def _places(frame: Frame, columns: Sequence[str]) -> list[tuple[object, ...] | None]:
    """Return for each row its file and the values of the columns; None where one has no value."""
    files = [(part.partition, part.stem) for part in frame.parts]
    values = zip(*(frame.table.column(name).to_pylist() for name in columns), strict=True)
    return [
        None if None in row else (files[position], *row) for position, row in zip(frame.part_of, values, strict=True)
    ]


def _distinct(keys: Sequence[str]) -> list[str]:
    """Return the keys, a repeated one with its ordinal: two sources may hold the same page."""
    seen: Counter[str] = Counter()
    distinct = []
    for key in keys:
        seen[key] += 1
        distinct.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return distinct


def _plain(value: Any) -> object:
    """Return a value as JSON can hold it."""
    if isinstance(value, bytes):
        shown = base64.b64encode(value[:_BYTES_SHOWN]).decode("ascii")
        return {"bytes": len(value), "sha256": sha256_hex(value), "begins_base64": shown}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) or (isinstance(value, float) and not math.isfinite(value)):
        return str(value)
    return value
