"""The ledger: what was built from what, in ``output/.foldwell/ledger.sqlite``.

It only saves work. A ledger that is missing, broken, or written by another version is set aside
and begun anew: the next build then makes every file again, and the same bytes. One that merely
cannot be used now (another program holds it, the disk is full) is left as it is, and told.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from foldwell.build.inputs import Seen, Signature
from foldwell.build.records import PlanRecord, Record
from foldwell.errors import FoldwellError, Place

SCHEMA = 3
FOLDER = ".foldwell"
PATH_LIMIT_BYTES = 500
"""The longest path that SQLite can open, with room for the ending of its log."""
WAIT_S = 5
"""How long another program may hold the ledger."""
FEW = 100  # rows are asked for by their paths; of more, all are read
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inputs (
    label BLOB PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    sha256 TEXT, read INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jobs (
    path TEXT PRIMARY KEY, record TEXT NOT NULL, shipped TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS doubtful ON jobs (shipped) WHERE shipped != '';
CREATE TABLE IF NOT EXISTS plans (
    request TEXT PRIMARY KEY, day TEXT NOT NULL, inputs TEXT NOT NULL,
    record TEXT NOT NULL);
"""
_COLUMNS = {
    "inputs": "label, size, mtime, ctime, inode, sha256, read",
    "jobs": "path, record, shipped",
    "plans": "request, day, inputs, record",
}
_BEYOND_USE = frozenset(
    getattr(sqlite3, f"SQLITE_{name}")
    for name in ("ERROR", "CORRUPT", "SCHEMA", "MISMATCH", "FORMAT", "NOTADB", "CONSTRAINT")
)
"""What SQLite says of a file that no waiting and no free space will mend."""


def own_folder(output: Path) -> Path:
    """The folder in the output folder that holds what builds know of it; made if need be.

    Raises:
        FoldwellError: If it is a link: what is behind it may be anybody's.
        OSError: If it cannot be made.
    """
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink():
        raise FoldwellError("This folder is a link.", Place(str(folder)), "Remove the link.")
    return folder


class Ledger:
    """An open ledger.

    Args:
        output: The output folder; the ledger's own folder is made in it.
        whole: Whether all of it is looked through for damage: the more rows, the longer.

    Raises:
        FoldwellError: If the folder cannot be written, or the ledger cannot be used now.
    """

    def __init__(self, output: Path, *, whole: bool = True) -> None:
        self._whole = whole
        self.folder = output / FOLDER
        self.path = self.folder / "ledger.sqlite"
        self._inputs: dict[str, Seen] | None = None  # what it holds of them, where that is known
        self.renewed = ""  # or why an old ledger was set aside
        try:
            own_folder(output)
            _check_length(self.path)
            self.new = not os.path.lexists(self.path)  # nothing is known of former builds
            self._database = self._open()
        except OSError as error:
            raise _unwritable(self.path, error) from error
        except sqlite3.Error as error:
            if not _is_beyond_use(error):
                raise _unwritable(self.path, error) from error
            self.renewed, self.new = str(error), True
            self._set_aside()
            try:
                self._database = self._open()
            except sqlite3.Error as again:
                raise _unwritable(self.path, again) from again

    def _open(self) -> sqlite3.Connection:
        for path in self._files():  # SQLite would follow a link, and wait for a pipe's other end
            with contextlib.suppress(FileNotFoundError):
                if not stat.S_ISREG(os.lstat(path).st_mode):
                    raise sqlite3.DatabaseError(f"{os.path.basename(path)} is no regular file")
        database = sqlite3.connect(self.path, isolation_level=None, timeout=WAIT_S)
        # A damaged text is a record that cannot be read, not a ledger that cannot be used.
        database.text_factory = lambda raw: raw.decode(errors="replace")
        try:
            database.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last rows, which are then made again; it loses no table.
            database.execute("PRAGMA synchronous = NORMAL")
            database.executescript(_TABLES)
            row = database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            if row is None:
                database.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
            elif row[0] != str(SCHEMA):
                raise sqlite3.DatabaseError(f"written by another version (schema {row[0]})")
            for table, columns in _COLUMNS.items():
                database.execute(f"SELECT {columns} FROM {table} LIMIT 0")
            if self._whole and database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
        except UnicodeDecodeError as error:  # SQLite's own message named what is damaged
            database.close()
            raise sqlite3.DatabaseError("damaged") from error
        except BaseException:
            database.close()
            raise
        return database

    def _files(self) -> list[str]:
        return [f"{self.path}{ending}" for ending in ("", "-wal", "-shm")]

    def _set_aside(self) -> None:
        old = f"{self.path}.old"
        try:
            for path in self._files():
                with contextlib.suppress(FileNotFoundError):
                    os.replace(path, f"{old}{path.removeprefix(str(self.path))}")
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def close(self) -> None:
        """Close it."""
        self._database.close()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Several changes at once, or none of them."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(sqlite3.Error):  # SQLite may have rolled it back itself
                self._database.execute("ROLLBACK")
            if isinstance(error, UnicodeDecodeError):
                raise sqlite3.DatabaseError("damaged") from error
            raise

    def _read(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; a mistake if they cannot be read."""
        try:
            return self._database.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise FoldwellError(
                f"The ledger of builds cannot be read ({error}).",
                Place(str(self.path)),
                f"Delete the folder '{FOLDER}' and build again: every file is then made anew.",
            ) from error

    def inputs(self) -> dict[str, Seen]:
        """All input files as they were read last; what cannot be read is left out."""
        found, rows = {}, self._read(f"SELECT {_COLUMNS['inputs']} FROM inputs")
        for label, *numbers, sha256, read in rows:
            whole = all(isinstance(number, int) for number in (*numbers, read))
            if whole and isinstance(label, bytes) and isinstance(sha256, str):
                name = label.decode(errors="surrogateescape")
                found[name] = Seen(Signature(*numbers), sha256, read)
        self._inputs = {**found} if len(found) == len(rows) else None
        return found

    def keep_inputs(self, seen: dict[str, Seen]) -> None:
        """Replace the record of the input files, as far as it is another one."""
        before, self._inputs = self._inputs, None
        gone = [(_named(label),) for label in before or () if label not in seen]
        new = [
            (_named(label), *vars(one.signature).values(), one.sha256, one.read_ns)  # the columns
            for label, one in seen.items() if not before or before.get(label) != one
        ]  # fmt: skip
        with self.together():
            if before is None:
                self._database.execute("DELETE FROM inputs")
            self._database.executemany("DELETE FROM inputs WHERE label = ?", gone)
            insert = "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)"
            self._database.executemany(insert, new)
        self._inputs = {**seen}

    def jobs(self, paths: Iterable[str] | None = None) -> dict[str, Record]:
        """The records of jobs, by their path; what cannot be read is left out."""
        wanted = None if paths is None else set(paths)
        few, found = tuple(wanted) if wanted and len(wanted) <= FEW else (), {}
        where = f" WHERE path IN ({', '.join('?' * len(few))})" if few else ""
        for path, text in self._read(f"SELECT path, record FROM jobs{where}", few):
            if wanted is None or path in wanted:
                with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                    found[path] = Record.from_json(text)
        return found

    def paths(self) -> list[str]:
        """The paths of all jobs that there are records of."""
        return [path for (path,) in self._read("SELECT path FROM jobs")]

    def keep_jobs(self, records: Mapping[str, Record], shipped: str = "") -> None:
        """Record finished jobs.

        Args:
            records: By the path of the job.
            shipped: A hash of the code and templates that the build which made them found when
                it began; empty for what is beyond doubt.
        """
        with self.together():
            self._database.executemany(
                "INSERT OR REPLACE INTO jobs VALUES (?, ?, ?)",
                ((path, record.as_json(), shipped) for path, record in records.items()),
            )

    def settle(self, shipped: str) -> None:
        """Doubt no longer what was made while code and templates stayed as they are now.

        What was made by a build during which they changed may have been made from either: it is
        not known what from, and so it will be made again.
        """
        if not self._read("SELECT 1 FROM jobs WHERE shipped != '' LIMIT 1"):
            return
        doubtful = []
        for path, text in self._read(
            "SELECT path, record FROM jobs WHERE shipped NOT IN ('', ?)", (shipped,)
        ):
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                record = replace(Record.from_json(text), parts={}, key="")
                doubtful.append((record.as_json(), path))
        with self.together():
            self._database.executemany("UPDATE jobs SET record = ? WHERE path = ?", doubtful)
            self._database.execute("UPDATE jobs SET shipped = '' WHERE shipped != ''")

    def forget_jobs(self, paths: Iterable[str]) -> None:
        """Drop records."""
        with self.together():
            self._database.executemany("DELETE FROM jobs WHERE path = ?", ((p,) for p in paths))

    def plan(self, request: str) -> PlanRecord | None:
        """The plan of a request, if it was carried out before."""
        rows = self._read("SELECT record FROM plans WHERE request = ?", (request,))
        try:
            return PlanRecord.from_json(rows[0][0])
        except (IndexError, ValueError, KeyError, TypeError):
            return None

    def keep_plan(self, request: str, plan: PlanRecord) -> None:
        """Record a plan that was carried out; those of other inputs or days are of no use now."""
        with self.together():
            self._database.execute(
                "DELETE FROM plans WHERE inputs != ? OR day != ?", (plan.inputs, plan.day)
            )
            self._database.execute(
                "INSERT OR REPLACE INTO plans VALUES (?, ?, ?, ?)",
                (request, plan.day, plan.inputs, plan.as_json()),
            )


def _named(label: str) -> bytes:
    return label.encode(errors="surrogateescape")  # Linux allows names that are no text


def _check_length(path: Path) -> None:
    size = len(os.fsencode(path.resolve()))
    if size > PATH_LIMIT_BYTES:
        raise FoldwellError(
            f"The path of the ledger of builds is {size} bytes long; at most {PATH_LIMIT_BYTES}"
            " can be opened.",
            Place(str(path)),
            "Name a folder with a shorter path with --output.",
        )


def _is_beyond_use(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    short = code == sqlite3.SQLITE_IOERR_SHORT_READ
    return code is None or short or code & 0xFF in _BEYOND_USE


def _unwritable(path: Path, error: Exception) -> FoldwellError:
    reason = getattr(error, "strerror", None) or str(error)
    hint = "Check the free space and the permissions of the output folder."
    if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        hint = "Close the program that holds it, and build again."
    said = f"The ledger of builds cannot be written ({reason})."
    return FoldwellError(said, Place(str(path)), hint)
