"""Watching: says each time that a file which a build reads was saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foldwell.shipped import templates_folder

QUIET_MS = 30
"""How long nothing more may be saved before a build begins: editors write a file in steps."""


def changes(root: Path) -> Iterator[None]:
    """Now, and then after every change of the content or the templates; ends with Ctrl-C.

    Args:
        root: The project folder.
    """
    from watchfiles import watch

    yield None
    folders = [folder for folder in (root / "content", templates_folder()) if folder.is_dir()]
    for _ in watch(*folders, debounce=1600, step=QUIET_MS, raise_interrupt=True):
        yield None
