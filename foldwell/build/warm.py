"""What a typesetter needs, imported once, before workers are copied from it."""

from __future__ import annotations

import gc

from foldwell.typeset.fonts import isolate

isolate()  # before WeasyPrint is imported

import foldwell.build.make  # noqa: E402, F401

# What is loaded now lives as long as the worker; the collector need not look at it again.
gc.freeze()
