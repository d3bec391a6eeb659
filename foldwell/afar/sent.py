"""The record of what was sent to a store: it saves sending it again, and nothing else.

One that cannot be read is begun anew, and what cannot be recorded is sent again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_TABLE = """CREATE TABLE IF NOT EXISTS sent (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, mark TEXT NOT NULL) WITHOUT ROWID"""


class Sent:
    """The files that were sent, in a small database.

    Args:
        path: Of the database; it is made with the first record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, sent: list[tuple[str, str, str]]) -> None:
        """Record what was sent; what cannot be recorded is sent again by the next build."""
        if sent:
            with contextlib.suppress(sqlite3.Error, OSError), self._records() as database:
                database.executemany("INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", sent)

    def all(self) -> dict[str, tuple[str, str]]:
        """The hash and the mark of each file that was sent."""
        with contextlib.suppress(sqlite3.Error, OSError), self._records() as database:
            rows = database.execute("SELECT path, sha256, mark FROM sent")
            return {path: (sha256, mark) for path, sha256, mark in rows}
        return {}

    @contextlib.contextmanager
    def _records(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            try:
                database.execute(_TABLE)
            except sqlite3.OperationalError:  # the disk is full, or another program holds it
                raise
            except sqlite3.DatabaseError:  # it is damaged: the next one begins anew
                self.path.unlink()
                raise
            with database:
                yield database
