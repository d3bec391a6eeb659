"""What a typesetter needs, imported once, before workers are copied from it."""

from __future__ import annotations

import ctypes.util
import gc
import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

from foldwell.typeset.fonts import isolate

# Importing and laying out make many objects that live on: looking through them again and again
# for cycles costs a tenth of the time, so the collector pauses, and later comes seldom.
gc.disable()
isolate()  # before WeasyPrint is imported

# WeasyPrint asks for each of its libraries by names of other systems first, and for every one
# that fails the loader asks ldconfig, gcc and ld: a fifth of a second. On Linux the name that
# counts is found by the loader itself.
_search = ctypes.util.find_library
if sys.platform == "linux":
    ctypes.util.find_library = lambda name: None


def _later(name: str) -> types.ModuleType:
    """A module that is loaded when something of it is called for the first time."""

    def find(attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):
            raise AttributeError(attribute)

        def call(*args: Any, **facts: Any) -> Any:
            if sys.modules[name] is module:
                del sys.modules[name]
            return getattr(importlib.import_module(name), attribute)(*args, **facts)

        return call

    module = types.ModuleType(name)
    module.__getattr__ = find  # type: ignore[method-assign]
    return module


# WeasyPrint loads these for variable fonts and for machines without HarfBuzz-subset: a tenth of
# a second for what is never called, because the bundled fonts are static.
for _name in ("fontTools.subset", "fontTools.varLib.instancer"):
    sys.modules.setdefault(_name, _later(_name))

import foldwell.build.make  # noqa: E402, F401

ctypes.util.find_library = _search

gc.freeze()
gc.set_threshold(1_000_000, 20, 50)
gc.enable()
