"""What worker processes load before their first task, or between two."""

from __future__ import annotations

import gc
from importlib import import_module

from foldwell.build.limits import limit


def load(*modules: str) -> None:
    """Load some modules, and set the limits of this process."""
    gc.disable()  # loading makes many objects that live on, and so does reading the content
    for name in modules:
        import_module(name)
    gc.freeze()
    gc.set_threshold(300_000, 20, 50)
    gc.enable()
    limit()


def load_composing() -> None:
    """Load what composing needs, in a process that has planned."""
    import_module("foldwell.build.composing")
    import_module("zxingcpp")  # which makes the code of each edition
