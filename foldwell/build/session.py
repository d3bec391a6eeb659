"""A session with an output folder: its lock, its ledger, and what is known before any planning.

When no file that a build reads has changed, and every file that it wrote is as it was, there is
nothing to do; that is found out here, without reading a leaflet and without the engine.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from foldwell.build.freshness import check_files, stale_files
from foldwell.build.inputs import fingerprint
from foldwell.build.job import Job, Options, Outcome, Plan, Selection
from foldwell.build.known import look_round
from foldwell.build.ledger import Ledger, PlanRecord, Record
from foldwell.build.lock import locked
from foldwell.build.run import Report, run_build
from foldwell.build.write import remove_file, sweep
from foldwell.errors import FoldwellError, Place, no_project
from foldwell.press.sheets import PRESS_SHEETS_MM

if TYPE_CHECKING:
    import datetime

    from foldwell.build.workers import Workers


def _variants(job: Job) -> Iterator[str]:
    """The paths that a job has with every choice of options."""
    yield job.path
    if job.order.medium == "press":
        for sheet in ("", *PRESS_SHEETS_MM):
            for spreads in (False, True):
                options = replace(job.order.options, sheet=sheet, spreads=spreads)
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
        workers.start()  # all of them, because what is planned is made
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
            whole = len(report.built) + len(report.current) == len(plan.jobs)
            if sound and whole and unchanged:
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
