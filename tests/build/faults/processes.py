"""What processes there are, told by the session that they belong to."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """A living process.

    Attributes:
        number: Its id.
        parent: Its parent's.
        words: Its command line.
    """

    number: int
    parent: int
    words: str

    @property
    def kind(self) -> str:
        """What it does for Foldwell, as far as its command line tells."""
        for kind in ("resource_tracker", "forkserver", "spawn_main"):
            if kind in self.words:
                return kind
        return "parent"


def family(session: int) -> list[Process]:
    """The living processes of a session; zombies are dead, if nobody has buried them yet."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            stat = Path("/proc", entry, "stat").read_text()
            words = Path("/proc", entry, "cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            continue
        state, parent, _, its_session = stat.rpartition(")")[2].split()[:4]
        if int(its_session) == session and state not in "ZX":
            found.append(Process(int(entry), int(parent), words.decode(errors="replace")))
    return found


def wait_for(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something comes true before long."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
