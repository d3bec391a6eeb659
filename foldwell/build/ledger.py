"""The ledger: what was built from what, in ``output/.foldwell/ledger.sqlite``.

It only saves work. A ledger that is missing, broken, or written by another version is set aside
and begun anew: the next build then makes every file again, and the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from foldwell.build.inputs import Seen, Signature
from foldwell.errors import FoldwellError, Place

SCHEMA = 1
FOLDER = ".foldwell"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inputs (
    label TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    sha256 TEXT, read INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jobs (path TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plans (request TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Written:
    """One file that a job wrote.

    Attributes:
        path: Below the output folder.
        sha256: Of its content.
        signature: As it was when it had been written: size, mtime, ctime, inode.
        seen_ns: When that was.
    """

    path: str
    sha256: str
    signature: tuple[int, int, int, int]
    seen_ns: int


@dataclass(frozen=True)
class Record:
    """What the ledger knows of one job.

    Attributes:
        parts: Hashes of what the job's words are made from, by name: leaflet, clinic …
        key: The hash of all that its file is made from.
        files: What it wrote, its own file first.
        status: Whether it was a draft or out of date.
        notes: What there was to say of it.
        findings: What preflight had to say.
        seconds: What making it cost.
    """

    parts: dict[str, str]
    key: str
    files: tuple[Written, ...]
    status: str
    notes: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> str:
        """The record as text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Record:
        """A record from its text.

        Raises:
            ValueError, KeyError, TypeError: If it is none.
        """
        raw = json.loads(text)
        files = tuple(
            Written(f["path"], f["sha256"], tuple(f["signature"]), f["seen_ns"])
            for f in raw["files"]
        )
        notes = tuple((kind, line) for kind, line in raw["notes"])
        return Record(
            dict(raw["parts"]),
            raw["key"],
            files,
            raw["status"],
            notes,
            tuple(raw["findings"]),
            float(raw["seconds"]),
        )


@dataclass(frozen=True)
class PlanRecord:
    """A plan that was carried out to its end without a mistake.

    Attributes:
        inputs: The hash of all files that it was made from.
        jobs: (path, name) of its jobs.
        skipped: What was left out, and why.
    """

    inputs: str
    jobs: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...] = field(default=())


class Ledger:
    """An open ledger.

    Args:
        output: The output folder; the ledger's own folder is made in it.

    Raises:
        FoldwellError: If the folder cannot be written.
    """

    def __init__(self, output: Path) -> None:
        self.folder = output / FOLDER
        self.path = self.folder / "ledger.sqlite"
        self.renewed = ""
        """Why an old ledger was set aside; empty if it was not."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error.strerror or str(error)) from error
        try:
            self._database = self._open()
        except sqlite3.DatabaseError as error:
            self.renewed = str(error)
            self._set_aside()
            try:
                self._database = self._open()
            except sqlite3.Error as again:
                raise _unwritable(self.path, str(again)) from again

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, isolation_level=None, timeout=5)
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
            if database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _set_aside(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{self.path}{ending}", f"{self.path}.old{ending}")

    def close(self) -> None:
        """Close it."""
        self._database.close()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Several changes at once, or none of them."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def inputs(self) -> dict[str, Seen]:
        """All input files as they were read last."""
        rows = self._database.execute("SELECT * FROM inputs")
        return {
            label: Seen(Signature(size, mtime, ctime, inode), sha256, read)
            for label, size, mtime, ctime, inode, sha256, read in rows
        }

    def keep_inputs(self, seen: dict[str, Seen]) -> None:
        """Replace the record of the input files."""
        with self.together():
            self._database.execute("DELETE FROM inputs")
            self._database.executemany(
                "INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        label,
                        item.signature.size,
                        item.signature.mtime_ns,
                        item.signature.ctime_ns,
                        item.signature.inode,
                        item.sha256,
                        item.read_ns,
                    )
                    for label, item in seen.items()
                ),
            )

    def jobs(self, paths: Iterable[str] | None = None) -> dict[str, Record]:
        """The records of jobs, by their path; what cannot be read is left out."""
        wanted = None if paths is None else set(paths)
        found = {}
        for path, text in self._database.execute("SELECT path, record FROM jobs"):
            if wanted is None or path in wanted:
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    found[path] = Record.from_json(text)
        return found

    def keep_job(self, path: str, record: Record) -> None:
        """Record a finished job."""
        self._database.execute(
            "INSERT OR REPLACE INTO jobs VALUES (?, ?)", (path, record.as_json())
        )

    def forget_jobs(self, paths: Iterable[str]) -> None:
        """Drop records."""
        with self.together():
            self._database.executemany("DELETE FROM jobs WHERE path = ?", ((p,) for p in paths))

    def plan(self, request: str) -> PlanRecord | None:
        """The plan of a request, if it was carried out before."""
        row = self._database.execute(
            "SELECT record FROM plans WHERE request = ?", (request,)
        ).fetchone()
        if row is None:
            return None
        try:
            raw = json.loads(row[0])
            return PlanRecord(
                raw["inputs"],
                tuple((path, name) for path, name in raw["jobs"]),
                tuple((name, reason) for name, reason in raw["skipped"]),
            )
        except (ValueError, KeyError, TypeError):
            return None

    def keep_plan(self, request: str, plan: PlanRecord) -> None:
        """Record a plan that was carried out; plans of other inputs are of no use any more."""
        text = json.dumps(asdict(plan), ensure_ascii=False, separators=(",", ":"))
        with self.together():
            for other, record in self._database.execute("SELECT request, record FROM plans"):
                if plan.inputs not in record:
                    self._database.execute("DELETE FROM plans WHERE request = ?", (other,))
            self._database.execute("INSERT OR REPLACE INTO plans VALUES (?, ?)", (request, text))


def _unwritable(path: Path, reason: str) -> FoldwellError:
    return FoldwellError(
        f"The ledger of builds cannot be written ({reason}).",
        Place(str(path)),
        "Check the free space and the permissions of the output folder.",
    )
