"""Watching: says each time that a file which a build reads was saved.

What is saved while a build goes on is told after it, and a folder that another one takes the place
of (a branch that is checked out, a project that is restored) is watched anew.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from foldwell.shipped import templates_folder

QUIET_MS = 30
"""How long nothing more may be saved before a build begins: editors write a file in steps."""
LONGEST_MS = 1600
"""How long a build is put off while more and more is saved."""
TICK_MS = 50
"""How often it is asked whether the folders are still the ones that are watched."""


def changes(root: Path) -> Iterator[None]:
    """Now, and then after every change of the content or the templates; ends with Ctrl-C.

    Args:
        root: The project folder.
    """
    from watchfiles import watch

    places = (root / "content", templates_folder())
    while True:
        watched = {folder: identity for folder in places if (identity := _identity(folder))}
        told = False  # that there is a folder, or another one
        try:
            # The first tick comes when the folders are watched: nothing is missed after it.
            for found in watch(
                *watched,
                debounce=LONGEST_MS,
                step=QUIET_MS,
                rust_timeout=TICK_MS,
                yield_on_timeout=True,
                raise_interrupt=True,
            ):
                if found or not told:
                    told = True
                    yield None
                if {f: identity for f in places if (identity := _identity(f))} != watched:
                    break
        except FileNotFoundError:  # it went just now
            time.sleep(TICK_MS / 1000)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder stands at a path; None if there is none."""
    try:
        facts = os.stat(folder)
    except OSError:
        return None
    return (facts.st_dev, facts.st_ino) if folder.is_dir() else None
