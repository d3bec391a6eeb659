"""Racking: whoever builds puts on the rack what workers have proven, and takes off what is old."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from foldwell.build.ledger import FOLDER
from foldwell.build.rack import TABLE, Rack, prefix
from foldwell.build.write import Writing, remove_file
from foldwell.errors import FoldwellError

PLACE = f"{FOLDER}/rack"
"""Where a rack stands, below the output folder."""
MOST_BYTES = 512 * 2**20
"""What it may hold before that is taken off which was of no use for longest."""


class Racking:
    """The rack of an output folder, as whoever builds has it.

    Args:
        output: The output folder.
        stamp: A hash of Foldwell itself, and of all libraries that shape a file.
        reads: Whether what stands there is put to use.
    """

    def __init__(self, output: Path, stamp: str, *, reads: bool = True) -> None:
        self._output, self._stamp, self._reads = output, stamp, reads
        self._used: set[str] = set()
        self._kept = False

    def rack(self, *, reads: bool = True, prints: bool = False) -> Rack:
        """The rack as workers know it.

        Args:
            reads: Whether they can look there.
            prints: Whether composers print what they can.
        """
        reads = reads and self._reads and bool(self._stamp)
        return Rack(self._stamp, str(self._output / PLACE) if reads else "", prints)

    @property
    def is_filled(self) -> bool:
        """Whether files with fields stand there that are put to use."""
        own = prefix(self._stamp)
        tables = own + TABLE
        return self._reads and any(
            name.startswith(own) and not name.startswith(tables) for name in self._names()
        )

    def keep(self, values: Mapping[str, bytes], used: Collection[str] = ()) -> None:
        """Keep what workers gave back; a failure costs time alone.

        Args:
            values: What is new, pickled, by its name.
            used: The names of what was of use.
        """
        self._used |= {*used, *values}
        if not values or not self._stamp:
            return
        self._kept, writing = True, Writing(self._output)
        with contextlib.suppress(FoldwellError):
            for name, content in values.items():
                writing.write(f"{PLACE}/{name}", content)
        writing.flush()

    def tidy(self) -> None:
        """Take off what is of another Foldwell, or was of no use for longest if it is too much."""
        own, held, total = prefix(self._stamp), [], 0
        with contextlib.suppress(OSError, FoldwellError):
            for name in self._names():
                path = self._output / PLACE / name
                facts = os.lstat(path)
                if not name.startswith(own):
                    remove_file(self._output, f"{PLACE}/{name}")
                    continue
                used = facts.st_mtime
                if name in self._used:  # the next build reads that ahead of others
                    os.utime(path, follow_symlinks=False)
                    used = time.time()
                held.append((used, name, facts.st_size))
                total += facts.st_size
            for _, name, size in sorted(held):
                if total <= MOST_BYTES:
                    break
                remove_file(self._output, f"{PLACE}/{name}")
                total -= size

    def _names(self) -> list[str]:
        try:
            return os.listdir(self._output / PLACE)
        except OSError:
            return []
