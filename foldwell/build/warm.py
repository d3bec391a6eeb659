"""What a typesetter needs, imported once, before workers are copied from it."""

from __future__ import annotations

import ctypes.util
import gc
import sys

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

import foldwell.build.make  # noqa: E402, F401

ctypes.util.find_library = _search

gc.freeze()
gc.set_threshold(100_000, 20, 50)
gc.enable()
