"""A run: what needs to be made is made by workers, written one by one, and recorded."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from foldwell.build import events
from foldwell.build.events import Event, Failed, Started
from foldwell.build.freshness import Checked, Verdict, check_files, judge, seen_now
from foldwell.build.job import Job
from foldwell.build.ledger import Ledger
from foldwell.build.made import Made, Outcome, Same
from foldwell.build.records import Record
from foldwell.build.write import Writing
from foldwell.errors import FoldwellError, Place

if TYPE_CHECKING:
    from foldwell.build.workers import Workers

USUAL_SECONDS = {"large-print": 0.6, "booklet": 0.9, "": 0.2}
"""What a job of a format costs, where the ledger does not know; 0.4 for others."""


@dataclass(frozen=True)
class Former:
    """What builds before have left, looked at while it is not yet known what is planned.

    Attributes:
        records: What the ledger knows of each job, by its path.
        checked: How its files stand.
    """

    records: Mapping[str, Record]
    checked: Mapping[str, Checked]


def look_at(output: Path, ledger: Ledger) -> Former:
    """Look at all that builds before have left in a folder."""
    records, now = ledger.jobs(), time.time_ns()
    return Former(records, {path: check_files(one, output, now) for path, one in records.items()})


def verdicts(
    jobs: Sequence[Job],
    output: Path,
    ledger: Ledger | None,
    force: bool,
    former: Former | None = None,
) -> dict[str, Verdict]:
    """What is to be done about each job, by its path; no page is composed for it.

    Args:
        jobs: All jobs of a plan.
        output: The folder that their files stand in.
        ledger: What was built before; without one, everything is made.
        force: Whether to make everything whatever the ledger says.
        former: What stands in that folder, if it was looked at just now.
    """
    if former is None:
        former = Former(ledger.jobs(job.path for job in jobs) if ledger else {}, {})
    records, checked, now = former.records, former.checked, time.time_ns()
    return {
        path: judge(job.depends, records.get(path), output, now, force, checked.get(path))
        for path, job in ((job.path, job) for job in jobs)
    }


class Run:
    """One run through the jobs of a plan; one that fails stops no other.

    Args:
        output: The folder to write below.
        ledger: What was built before; without one, nothing is recorded.
        shipped: A hash of Foldwell's own files as they are now, for the ledger.
    """

    def __init__(self, output: Path, ledger: Ledger | None = None, shipped: str = "") -> None:
        self.unrecorded = ""
        """Why the ledger could not be written; empty if it could."""
        self.whole = True
        """Whether the files of all jobs are right."""
        self._output, self._ledger, self._shipped = output, ledger, shipped
        self._verdicts: Mapping[str, Verdict] = {}
        self._ended: dict[str, tuple[Job, Record]] = {}

    @property
    def records(self) -> dict[str, Record]:
        """What the ledger knows of each job that has come to its end, by its path."""
        return {path: record for path, (_, record) in self._ended.items()}

    def events(
        self, jobs: Sequence[Job], verdicts: Mapping[str, Verdict], workers: Workers
    ) -> Iterator[Event]:
        """Make and write each job that needs it.

        Args:
            jobs: All jobs of a plan.
            verdicts: What is to be done about each, by its path.
            workers: Who makes them.
        """
        self._verdicts = verdicts
        needed, looked_at = [], {}
        for job in jobs:
            verdict = verdicts[job.path]
            if verdict.why or verdict.record is None:
                needed.append(job)
                continue
            if verdict.touched:
                looked_at[job.path] = verdict.record
            yield from self._kept(job, verdict.record)
        if looked_at:
            self._keep(looked_at)
        if needed:
            needed.sort(key=lambda job: (-self._usual_seconds(job), job.path))
            for turn in workers.turns(needed, self._is_same):
                yield from self._finish(turn)
        yield from self._look_again()

    def _usual_seconds(self, job: Job) -> float:
        record = self._verdicts[job.path].record
        return record.seconds if record else USUAL_SECONDS.get(job.order.format, 0.4)

    def _is_same(self, job: Job, key: str) -> bool:
        """Whether a job's file was made from just what it would be made from now."""
        verdict = self._verdicts[job.path]
        return verdict.compose and verdict.record is not None and verdict.record.key == key

    def _finish(self, turn: Sequence[tuple[Job, Outcome | None]]) -> Iterator[Event]:
        """Write and record the jobs that have come to their end meanwhile."""
        writing, records = Writing(self._output), dict[str, Record]()
        ended: list[tuple[Job, Outcome, Record | None]] = []
        try:
            for job, outcome in turn:
                if outcome is None:
                    yield Started(job.path, job.name)
                    continue
                record = None
                try:
                    record = self._record(job, outcome, writing)
                except FoldwellError as error:
                    outcome = (error,)
                if record:
                    records[job.path] = record
                ended.append((job, outcome, record))
            broken = self._settle(writing, records)
        except BaseException:  # Ctrl-C, perhaps amid settling: what is written is not made again
            self._settle(writing, records)
            raise
        for job, outcome, record in ended:
            if isinstance(outcome, tuple):
                yield self._failed(job, outcome)
            elif record and (why := _lost(record, broken)):
                yield self._failed(job, (why,))
            elif record and isinstance(outcome, Same):
                yield from self._kept(job, record)
            elif record and isinstance(outcome, Made):
                self._ended[job.path] = job, record
                yield from events.built(job, self._verdicts[job.path].why, outcome, record)

    def _settle(
        self, writing: Writing, records: Mapping[str, Record]
    ) -> Mapping[str, FoldwellError]:
        """Let what was written survive a power cut, and record it; folders that do not, and why."""
        broken = writing.flush()
        self._keep({path: one for path, one in records.items() if not _lost(one, broken)})
        return broken

    def _record(self, job: Job, outcome: Outcome, writing: Writing) -> Record | None:
        """Write what was made; what the ledger has to know of it.

        Raises:
            FoldwellError: If it cannot be written.
        """
        known = self._verdicts[job.path].record
        if isinstance(outcome, Same) and known is not None:
            return replace(known, parts=job.depends)
        if not isinstance(outcome, Made):
            return None
        written = []
        for path, content in outcome.files(job.path):
            sha256 = hashlib.sha256(content).hexdigest()
            signature = writing.write(path, content)
            written.append(seen_now(path, sha256, signature, time.time_ns()))
        return Record(
            job.depends,
            outcome.key,
            tuple(written),
            job.order.status,
            outcome.notes + tuple(("stale", fact) for fact in job.order.stale),
            outcome.findings,
            round(outcome.seconds, 3),
        )

    def _kept(self, job: Job, record: Record) -> Iterator[Event]:
        self._ended[job.path] = job, record
        yield from events.kept(job.path, job.name, record)

    def _failed(self, job: Job, errors: tuple[FoldwellError, ...]) -> Failed:
        self.whole = False
        return Failed(job.path, job.name, self._verdicts[job.path].why, errors)

    def _look_again(self) -> Iterator[Event]:
        """Fail every job whose file somebody took away while the build was going on."""
        error = FoldwellError(
            "Finished files were deleted from this folder while the build was going on.",
            Place(str(self._output)),
            "Build again.",
        )
        for job, record in self._ended.values():
            if not all(os.path.lexists(f"{self._output}/{file.path}") for file in record.files):
                yield self._failed(job, (error,))

    def _keep(self, records: Mapping[str, Record]) -> None:
        """Record jobs; a ledger that cannot be written costs time, never a file."""
        if self._ledger is None or not records:
            return
        try:
            self._ledger.keep_jobs(records, self._shipped)
        except sqlite3.Error as error:
            self.unrecorded = str(error)


def _lost(record: Record, broken: Mapping[str, FoldwellError]) -> FoldwellError | None:
    """Why a file that was written may not survive; None if it does."""
    folders = (os.path.dirname(file.path) for file in record.files)
    return next((broken[folder] for folder in folders if folder in broken), None)
