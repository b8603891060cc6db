"""What may be asked of a backfill: a range of days that makes sense, and stages that exist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from warehouse.errors import ConfigurationError

STAGES = ("clean", "extract", "publish")
# Ten years in one go is a typing error, or a job for several runs that can each be looked at.
LONGEST_RANGE_DAYS = 366 * 10


def check_request(start: date, end: date, stages: Sequence[str] | None) -> list[str]:
    """Return the stages asked for, in their order.

    Raises:
        ConfigurationError: The range or a stage makes no sense.
    """
    unknown = sorted(set(stages or ()) - set(STAGES))
    if unknown:
        raise ConfigurationError(f"no such stage: {', '.join(unknown)}", "stages", f"Choose from {', '.join(STAGES)}.")
    if end < start:
        raise ConfigurationError(f"the range ends before it starts: {start} to {end}", "backfill", "Swap the dates.")
    if end > datetime.now(UTC).date():
        raise ConfigurationError(f"the range ends in the future: {end}", "backfill", "Choose a day up to today.")
    if (end - start).days > LONGEST_RANGE_DAYS:
        raise ConfigurationError(
            f"the range has {(end - start).days} days", "backfill", f"Split it: at most {LONGEST_RANGE_DAYS} days."
        )
    return [stage for stage in STAGES if not stages or stage in stages]
