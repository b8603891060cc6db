"""Which names may become paths, and which paths belong to the warehouse.

Ids of sources and runs come from files and arguments that others write. A name is used as it is or refused, never
mended: two mended names could meet in one directory.
"""

from __future__ import annotations

import re
from pathlib import Path

from warehouse.errors import ConfigurationError, StorageError

# Lower-case ASCII only: nothing that one filesystem tells apart and another does not (case, composed letters), no
# separator, no dot, and short enough for `source=` before it and `.parquet` behind it.
SLUG_PATTERN = r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?"
_SLUG = re.compile(SLUG_PATTERN)
# Names of devices on Windows, where a copy of the warehouse may be read.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def check_slug(value: str, what: str) -> str:
    """Return the value if it may be a part of a path.

    Args:
        value: Id of a source or a run, or a file's stem.
        what: What it is, for the message.

    Raises:
        ConfigurationError: It is empty, too long, reserved, or has other characters than a-z, 0-9, `_` and `-`.
    """
    if _SLUG.fullmatch(value) is None or value in _RESERVED:
        raise ConfigurationError(
            f"{value[:80]!r} cannot name a file",
            what,
            "Use 1 to 64 of the characters a-z, 0-9, - and _, with a letter or digit at both ends, and no device name.",
        )
    return value


def within(home: Path, *parts: str) -> Path:
    """Return the path of the parts below the home.

    Raises:
        StorageError: The path leaves the home, by its parts or through a symbolic link on its way.
    """
    path = home.joinpath(*parts)
    root = home.resolve()
    try:
        resolved = path.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        # A loop of links, a name that is too long, a NUL byte.
        raise StorageError(f"not a usable path ({error})", str(path)) from error
    if not resolved.is_relative_to(root):
        raise StorageError(
            f"leads out of the warehouse, to {resolved}",
            str(path),
            "Remove the symbolic link; data of the warehouse lies inside its home.",
        )
    return path
