"""What a typesetter needs, imported once, before workers are copied from it."""

from __future__ import annotations

import gc

from foldwell.typeset.fonts import isolate

# Importing and laying out make many objects that live on: looking through them again and again
# for cycles costs a tenth of the time, so the collector pauses, and later comes seldom.
gc.disable()
isolate()  # before WeasyPrint is imported

import foldwell.build.make  # noqa: E402, F401

gc.freeze()
gc.set_threshold(100_000, 20, 50)
gc.enable()
