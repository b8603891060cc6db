"""What a run wants of the web: for which day, and how far back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.fetch.discovery.walk import Window
from tasks.fetch.source import Source


@dataclass(frozen=True, slots=True)
class Asking:
    """What a run wants of the web.

    Attributes:
        run_id: The run.
        logical_date: Day it stands for; names the partitions.
        documents_per_file: Most captures in one file.
        start: First day of a backfill; None for a daily run.
        end: Last day of a backfill.
    """

    run_id: str
    logical_date: date
    documents_per_file: int
    start: date | None = None
    end: date | None = None

    def window(self, source: Source, last_asked: date | None = None) -> Window:
        """Return the days looked for: those of the backfill, or the last ones, back to when it was last asked."""
        if self.start is not None:
            return Window(self.start, self.end or self.logical_date, closed=True)
        start = self.logical_date - timedelta(days=source.window_days)
        return Window(min(start, last_asked or start), self.logical_date)
