"""A session with an output folder: its lock, its ledger, and what is known before any planning.

When no file that a build reads has changed, and every file that it wrote is as it was, there is
nothing to do; that is found out here, without reading a leaflet and without the engine.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import re
import socket
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from foldwell import __version__
from foldwell.build.freshness import check_files, stale_files
from foldwell.build.inputs import Seen, digest, fingerprint, look
from foldwell.build.job import Job, Options, Outcome, Plan, Selection
from foldwell.build.ledger import Ledger, PlanRecord, Record, own_folder
from foldwell.build.run import Report, run_build
from foldwell.build.write import remove_file, sweep
from foldwell.errors import FoldwellError, Place, no_project
from foldwell.press.sheets import PRESS_SHEETS_MM
from foldwell.shipped import templates_folder

if TYPE_CHECKING:
    import datetime

    from foldwell.build.workers import Workers

WAIT_S = 600
"""How long a build waits for another one in the same output folder."""
_LIBRARIES = (
    "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1", "libfreetype.so.6", "libfribidi.so.0", "libglib-2.0.so.0",
    "libpango-1.0.0.dylib", "libharfbuzz.0.dylib", "libfreetype.6.dylib",
)  # fmt: skip
_LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/lib/*-linux-*", "/opt/homebrew/lib")
_PACKAGES = (
    "babel", "brotli", "citeproc-py", "coloraide", "cssselect2", "defusedxml", "fonttools",
    "jinja2", "lxml", "markdown", "markupsafe", "nh3", "pikepdf", "pillow", "pydantic", "pydyf",
    "pymdown-extensions", "pyphen", "pypdfium2", "ruamel-yaml", "segno", "tinycss2", "tinyhtml5",
    "weasyprint", "zopfli", "zxing-cpp",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known of the inputs before any planning.

    Attributes:
        seen: Every file that a build reads.
        digest: One hash of all of it.
        stamps: Hashes of Foldwell itself, by name: its code and its shipped templates.
        stamp: One hash of what shapes every file beside its words: code, fonts, profiles,
            versions.
        shipped: One hash that changes whenever a file of Foldwell itself is touched.
    """

    seen: dict[str, Seen]
    digest: str
    stamps: dict[str, str]
    stamp: str
    shipped: str


def look_round(root: Path, seen: Mapping[str, Seen]) -> Known:
    """The present state of everything that a build reads.

    Args:
        root: The project folder.
        seen: The state that was recorded last.
    """
    package = Path(__file__).resolve().parent.parent
    places = {
        "content": root / "content",
        "templates": templates_folder().resolve(),
        "foldwell": package,
    }
    found, _ = look(places, seen, time.time_ns())
    versions = _versions(package)
    code = hashlib.sha256(f"{digest(found, 'foldwell/')}{versions}".encode()).hexdigest()
    shapes = "".join(digest(found, f"templates/{part}/") for part in ("fonts", "icc"))
    return Known(
        found,
        hashlib.sha256(f"{digest(found)}{versions}".encode()).hexdigest(),
        {"foldwell": code[:24], "shipped templates": digest(found, "templates/")[:24]},
        hashlib.sha256(f"{code}{shapes}".encode()).hexdigest()[:24],
        fingerprint(found, ("foldwell/", "templates/")),
    )


@cache
def _versions(package: Path) -> str:
    """Versions of everything that shapes a file, without importing any of it."""
    lock = package.parent / "requirements.lock"
    try:
        locked = hashlib.sha256(lock.read_bytes()).hexdigest()
    except OSError:  # an installed wheel has no lock beside it
        locked = repr(_installed())
    # The name that a library's file really has holds its version.
    libraries = [
        os.path.basename(os.path.realpath(path))
        for folder in _LIBRARY_FOLDERS
        for here in sorted(glob.glob(folder))
        for name in _LIBRARIES
        if os.path.exists(path := f"{here}/{name}")
    ]
    # Python's own tables of characters and its deflate shape the bytes too.
    python = (sys.version.split()[0], zlib.ZLIB_RUNTIME_VERSION)
    return repr((__version__, locked, python, libraries))


def _installed() -> list[str]:
    """The packages that shape a file, as their folders are named: name and version."""
    found = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            names = [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]
            found |= {name for name in names if _plain(name.partition("-")[0]) in _PACKAGES}
    return sorted(found)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _variants(job: Job) -> Iterator[str]:
    """The paths that a job has with every choice of options."""
    yield job.path
    if job.order.medium == "press":
        for sheet in ("", *PRESS_SHEETS_MM):
            options = replace(job.order.options, sheet=sheet)
            yield replace(job.order, options=options).path


def request_of(selection: Selection, options: Options, today: object) -> str:
    """A request as a key: the same words ask for the same files on the same day."""
    return json.dumps([asdict(selection), asdict(options), str(today)])


_begun: WeakKeyDictionary[Workers, dict[str, str]] = WeakKeyDictionary()
"""What Foldwell itself was like when each set of workers was first used."""


class Session:
    """One command's hold on an output folder.

    Args:
        root: The project folder.
        output: The output folder.
        selection: What is asked for.
        options: What is asked for beside the files themselves.
        today: The day of the build.
        say: Called with what the user should know while waiting.
    """

    def __init__(
        self,
        root: Path,
        output: Path,
        selection: Selection,
        options: Options,
        today: datetime.date,
        say: Callable[[str], None],
    ) -> None:
        self._root, self._output = root, output
        self._selection, self._options, self._today = selection, options, today
        self._request = request_of(selection, options, today)
        self._say = say
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Session:
        if not (self._root / "content").is_dir():  # no folder is made where there is no project
            raise no_project(self._root)
        with self._stack as stack:  # undone if anything below fails
            cut_off = stack.enter_context(locked(self._output, self._say))
            self._ledger = Ledger(self._output)
            stack.callback(self._ledger.close)
            if self._ledger.renewed:
                self._say(
                    f"The ledger of builds could not be used ({self._ledger.renewed}); it was set"
                    " aside, and all files are made again."
                )
            if cut_off or self._ledger.new:
                sweep(self._output)
            self._known = look_round(self._root, self._ledger.inputs())
            with contextlib.suppress(sqlite3.Error):  # costs time, never a file
                self._ledger.settle(self._known.shipped)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *details: Any) -> None:
        self._stack.__exit__(*details)

    def nothing_to_do(self) -> tuple[PlanRecord, dict[str, Record]] | None:
        """The plan of this request and its records, if all its files are still right."""
        plan = self._ledger.plan(self._request)
        if plan is None or plan.inputs != self._known.digest:
            return None
        paths = [path for path, _ in plan.jobs]
        records = self._ledger.jobs(paths)
        if _keys(paths, records) != plan.keys:
            return None
        now, looked_at = time.time_ns(), {}
        for path in paths:
            fresh, why = check_files(records[path], self._output, now)
            if why:
                return None
            if fresh != records[path]:
                looked_at[path] = fresh
        with contextlib.suppress(sqlite3.Error):  # costs time, never a file
            if looked_at:
                self._ledger.keep_jobs(looked_at)
            self._ledger.keep_inputs(self._known.seen)
        return plan, records

    def plan(self, workers: Workers) -> Plan:
        """Plan the request.

        Raises:
            FoldwellError: If there is no content, or nothing that the selection names.
        """
        known = self._known
        if _begun.setdefault(workers, known.stamps) != known.stamps:
            # Workers keep what they have read of it, and would make the old files anew.
            raise FoldwellError(
                "Foldwell's own files were changed since this command began.",
                None,
                "Stop it and start it again.",
            )
        return workers.plan(
            self._root, self._selection, self._today, self._options, known.stamps, known.stamp
        )

    def build(
        self,
        plan: Plan,
        workers: Workers,
        done: Callable[[Job, Outcome], None],
        *,
        force: bool = False,
    ) -> Report:
        """Carry the plan out, and record it if all went well."""
        known, unchanged = self._known, False
        try:
            report = run_build(
                plan, self._output, workers, done, self._ledger, force=force, shipped=known.shipped
            )
        finally:
            with contextlib.suppress(sqlite3.Error, FoldwellError):
                now = look_round(self._root, known.seen)
                unchanged = fingerprint(now.seen) == fingerprint(known.seen)
                self._ledger.settle(now.shipped)
        try:
            self._ledger.keep_inputs(known.seen)
            # What was saved meanwhile may be in some files and not in others.
            sound = not plan.broken and not report.failed and not report.unrecorded
            if sound and unchanged:
                self._keep(plan)
        except sqlite3.Error as error:
            report.unrecorded = str(error)
        return report

    def _keep(self, plan: Plan) -> None:
        paths = [job.path for job in plan.jobs]
        record = PlanRecord(
            self._known.digest,
            tuple((job.path, job.name) for job in plan.jobs),
            tuple(plan.skipped),
            _keys(paths, self._ledger.jobs(paths)),
            str(self._today),
        )
        self._ledger.keep_plan(self._request, record)

    def clean_stale(self, plan: Plan) -> list[str]:
        """Delete the files of jobs that a whole plan no longer names; returns their paths.

        Raises:
            FoldwellError: If a file cannot be deleted, or nothing at all is planned.
        """
        if plan.broken or not plan.jobs:
            raise FoldwellError(
                "Nothing is planned, so nothing tells which files are out of use.",
                Place("content"),
                "Put the content right, or delete everything with 'clean'.",
            )
        records = self._ledger.jobs()
        planned = {variant for job in plan.jobs for variant in _variants(job)}
        stale = stale_files(records, planned)
        deleted = [
            path for paths in stale.values() for path in paths if remove_file(self._output, path)
        ]
        with contextlib.suppress(sqlite3.Error):  # then they are looked for once more
            self._ledger.forget_jobs(stale)
        return sorted(deleted)

    def hashes_of(self, jobs: Iterable[Job]) -> dict[str, str]:
        """The SHA-256 of each file that jobs have made, by its path below the output folder."""
        records = self._ledger.jobs(job.path for job in jobs)
        return {file.path: file.sha256 for record in records.values() for file in record.files}

    def files_of(self, plan: Plan) -> dict[str, bytes]:
        """The contents of all files of a plan that was carried out, by their names.

        Raises:
            FoldwellError: If one of them is not there any more, or is not what was made.
        """
        records = self._ledger.jobs(job.path for job in plan.jobs)
        files = {}
        for job in plan.jobs:
            if job.path not in records:
                raise self._gone(job.path)
            for file in records[job.path].files:
                try:
                    content = (self._output / file.path).read_bytes()
                except OSError:
                    raise self._gone(file.path) from None
                if hashlib.sha256(content).hexdigest() != file.sha256:
                    raise self._gone(file.path)
                files[file.path.rpartition("/")[2]] = content
        return files

    def _gone(self, path: str) -> FoldwellError:
        return FoldwellError(
            "This file is not what was just made, or could not be recorded.",
            Place(str(self._output / path)),
            "Check the free space, let no other program change the output folder, and try again.",
        )


def _keys(paths: Iterable[str], records: Mapping[str, Record]) -> str:
    """One hash of the keys of jobs; empty if one of them is not known."""
    total = hashlib.sha256()
    for path in paths:
        if path not in records or not records[path].key:
            return ""
        total.update(f"{path}\0{records[path].key}\n".encode())
    return total.hexdigest()


@contextlib.contextmanager
def locked(output: Path, say: Callable[[str], None]) -> Iterator[bool]:
    """Hold an output folder for one build; wait while another build holds it.

    The system lets go of a lock whose holder has died, however it died.

    Args:
        output: The output folder.
        say: Called with who is waited for.

    Yields:
        Whether the build before this one was cut off, so that it may have left things behind.

    Raises:
        FoldwellError: If the other build takes too long, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    with contextlib.ExitStack() as stack:
        try:
            while True:
                folder = own_folder(output)
                holder = folder / "holder.json"
                lock = FileLock(folder / "lock")
                stack.callback(_let_go, lock.release)
                try:
                    try:
                        lock.acquire(timeout=0)
                    except Timeout:
                        say(
                            f"{_who(holder)} is building into {output}. Waiting until it has ended."
                        )
                        lock.acquire(timeout=WAIT_S)
                    os.lstat(folder / "lock")
                    break
                except FileNotFoundError:  # somebody deleted the folder: this locks nothing
                    _let_go(lock.release)
            cut_off = os.path.lexists(holder)
            _sign(holder)
        except Timeout:
            raise FoldwellError(
                f"{_who(holder)} has been building into this folder for over"
                f" {WAIT_S // 60} minutes.",
                Place(str(output)),
                "Stop it, or build into another folder with --output.",
            ) from None
        except OSError as error:
            raise FoldwellError(
                f"The output folder cannot be written ({error.strerror}).",
                Place(str(output)),
                "Check the free space and the permissions, or name another folder with --output.",
            ) from error
        yield cut_off
        # Only a build that came to its end says so: the next one looks for what others left.
        with contextlib.suppress(OSError):
            holder.unlink()


def _let_go(release: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):  # the system lets go of it when this process ends
        release()


def _sign(holder: Path) -> None:
    """Say who holds the lock, in a file of our own: a link is replaced, not followed."""
    with contextlib.suppress(FileNotFoundError):
        holder.unlink()
    facts = {"process": os.getpid(), "machine": socket.gethostname()}
    with open(holder, "x", encoding="utf-8") as file:
        file.write(json.dumps(facts))


def _who(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        return f"Process {facts['process']} on {facts['machine']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another process"
