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
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from foldwell import __version__
from foldwell.build.freshness import check_files, stale_files
from foldwell.build.inputs import Seen, digest, look
from foldwell.build.job import Job, Options, Outcome, Plan, Selection
from foldwell.build.ledger import FOLDER, Ledger, PlanRecord, Record
from foldwell.build.run import Report, run_build
from foldwell.build.write import remove_file
from foldwell.errors import FoldwellError, Place
from foldwell.press.sheets import PRESS_SHEETS_MM
from foldwell.shipped import templates_folder

if TYPE_CHECKING:
    import datetime

    from foldwell.build.workers import Workers

WAIT_S = 600
"""How long a build waits for another one in the same output folder."""
_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "glib-2.0")


@dataclass(frozen=True)
class Known:
    """What is known of the inputs before any planning.

    Attributes:
        seen: Every file that a build reads.
        digest: One hash of all of it.
        stamps: Hashes of Foldwell itself, by name: its code and its shipped templates.
        stamp: One hash of what shapes every file beside its words: code, fonts, profiles,
            versions.
    """

    seen: dict[str, Seen]
    digest: str
    stamps: dict[str, str]
    stamp: str


def look_round(root: Path, seen: Mapping[str, Seen]) -> Known:
    """The present state of everything that a build reads.

    Args:
        root: The project folder.
        seen: The state that was recorded last.
    """
    package = Path(__file__).resolve().parent.parent
    places = {
        "content": root / "content",
        "templates": templates_folder(),
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
    )


def _versions(package: Path) -> str:
    """Versions of everything that shapes a file, without importing any of it."""
    lock = package.parent / "requirements.lock"
    try:
        locked = hashlib.sha256(lock.read_bytes()).hexdigest()
    except OSError:  # an installed wheel has no lock beside it
        from importlib import metadata

        names = ("weasyprint", "pydyf", "fonttools", "pikepdf", "pillow", "markdown", "jinja2")
        locked = repr([metadata.version(name) for name in names])
    # The name that a library's file really has holds its version.
    libraries = [
        os.path.basename(os.path.realpath(path))
        for name in _LIBRARIES
        for path in sorted(glob.glob(f"/usr/lib/*/lib{name}.so.0"))
    ]
    return repr((__version__, locked, libraries))


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
        with self._stack as stack:  # undone if anything below fails
            stack.enter_context(locked(self._output, self._say))
            self._ledger = Ledger(self._output)
            stack.callback(self._ledger.close)
            if self._ledger.renewed:
                self._say(
                    f"The ledger of builds could not be used ({self._ledger.renewed}); it was set"
                    " aside, and all files are made again."
                )
            self._known = look_round(self._root, self._ledger.inputs())
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def nothing_to_do(self) -> tuple[PlanRecord, dict[str, Record]] | None:
        """The plan of this request and its records, if all its files are still right."""
        plan = self._ledger.plan(self._request)
        if plan is None or plan.inputs != self._known.digest:
            return None
        records = self._ledger.jobs(path for path, _ in plan.jobs)
        now = time.time_ns()
        for path, _ in plan.jobs:
            record = records.get(path)
            if record is None:
                return None
            fresh, why = check_files(record, self._output, now)
            if why:
                return None
            if fresh != record:
                self._ledger.keep_job(path, fresh)
        self._ledger.keep_inputs(self._known.seen)
        return plan, records

    def plan(self, workers: Workers) -> Plan:
        """Plan the request.

        Raises:
            FoldwellError: If there is no content, or nothing that the selection names.
        """
        known = self._known
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
        report = run_build(plan, self._output, workers, done, self._ledger, force=force)
        try:
            self._ledger.keep_inputs(self._known.seen)
            if not plan.broken and not report.failed and not report.unrecorded:
                jobs = tuple((job.path, job.name) for job in plan.jobs)
                record = PlanRecord(self._known.digest, jobs, tuple(plan.skipped))
                self._ledger.keep_plan(self._request, record)
        except sqlite3.Error as error:
            report.unrecorded = str(error)
        return report

    def clean_stale(self, plan: Plan) -> list[str]:
        """Delete the files of jobs that a whole plan no longer names; returns their paths.

        Raises:
            FoldwellError: If a file cannot be deleted.
        """
        records = self._ledger.jobs()
        planned = {variant for job in plan.jobs for variant in _variants(job)}
        stale = stale_files(records, planned)
        deleted = []
        for paths in stale.values():
            for path in paths:
                with contextlib.suppress(FileNotFoundError):
                    remove_file(self._output, path)
                    deleted.append(path)
        self._ledger.forget_jobs(stale)
        return sorted(deleted)

    def files_of(self, plan: Plan) -> dict[str, bytes]:
        """The contents of all files of a plan that was carried out, by their names."""
        records = self._ledger.jobs(job.path for job in plan.jobs)
        return {
            file.path.rpartition("/")[2]: (self._output / file.path).read_bytes()
            for record in records.values()
            for file in record.files
        }


@contextlib.contextmanager
def locked(output: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold an output folder for one build; wait while another build holds it.

    The system lets go of a lock whose holder has died, however it died.

    Args:
        output: The output folder.
        say: Called with who is waited for.

    Raises:
        FoldwellError: If the other build takes too long, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    folder = output / FOLDER
    holder = folder / "holder.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say(f"{_who(holder)} is building into {output}. Waiting until it has ended.")
            lock.acquire(timeout=WAIT_S)
    except Timeout:
        raise FoldwellError(
            f"{_who(holder)} has been building into this folder for over {WAIT_S // 60} minutes.",
            Place(str(output)),
            "Stop it, or build into another folder with --output.",
        ) from None
    except OSError as error:
        raise FoldwellError(
            f"The output folder cannot be written ({error.strerror}).",
            Place(str(output)),
            "Check the free space and the permissions, or name another folder with --output.",
        ) from error
    try:
        with contextlib.suppress(OSError):
            holder.write_text(json.dumps({"process": os.getpid(), "machine": socket.gethostname()}))
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _who(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        return f"Process {facts['process']} on {facts['machine']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another process"
