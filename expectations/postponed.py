"""Modules that are loaded when somebody first looks into them, not when they are imported.

Great Expectations imports Altair and SciPy's statistics for one expectation and two metrics that no suite here has;
they are a third of what loading it costs. `importlib.util.LazyLoader` would be the tool, but up to Python 3.13 the
import statement itself looks at `__spec__`, and so loads what it was to postpone.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

# What Great Expectations imports and no suite uses.
UNUSED = ("altair", "scipy.stats")


class _Postponed(ModuleType):
    """A module that has not run yet: what it lacks it has after running."""

    __spec__: ModuleSpec

    def __getattr__(self, name: str) -> Any:
        loader = self.__spec__.loader
        # From here on an ordinary module: it meets itself while it runs.
        self.__class__ = ModuleType  # type: ignore[assignment]  # a module may become one of another class
        if loader is not None:
            loader.exec_module(self)
        return getattr(self, name)


def postpone(*names: str) -> None:
    """Let the next import of each of these modules cost nothing; what is loaded already or not installed stays so."""
    for name in names:
        parent, _, own = name.rpartition(".")
        if name in sys.modules or (parent and find_spec(parent) is None):
            continue
        spec = find_spec(name)
        if spec is None:
            continue
        module = module_from_spec(spec)
        module.__class__ = _Postponed
        sys.modules[name] = module
        if parent:
            setattr(sys.modules[parent], own, module)
