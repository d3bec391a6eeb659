"""A build: what needs to be made is made by workers, written one by one, and recorded."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from foldwell.build.freshness import Verdict, judge, seen_now
from foldwell.build.job import Job, Made, Outcome, Plan, Same
from foldwell.build.ledger import Ledger, Record, Written
from foldwell.build.write import write_file
from foldwell.errors import FoldwellError, Place

if TYPE_CHECKING:
    from foldwell.build.workers import Workers

USUAL_SECONDS = {"large-print": 0.6, "booklet": 0.9, "": 0.2}
"""What a job of a format costs, where the ledger does not know; 0.4 for others."""


@dataclass
class Report:
    """What a build did.

    Attributes:
        built: The jobs whose files were written.
        current: The jobs whose files were up to date.
        failed: The jobs that were not made, each with its mistakes.
        notes: (kind, line) of what a person may want to know of the files.
        findings: What preflight has to say that stopped no file.
        why: For each job's path, why it was made; empty where it was up to date.
        unrecorded: Why the ledger could not be written; empty if it could.
    """

    built: list[Job] = field(default_factory=list)
    current: list[Job] = field(default_factory=list)
    failed: list[tuple[Job, tuple[FoldwellError, ...]]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    unrecorded: str = ""


def run_build(
    plan: Plan,
    output: Path,
    workers: Workers,
    done: Callable[[Job, Outcome], None],
    ledger: Ledger | None = None,
    *,
    force: bool = False,
    shipped: str = "",
) -> Report:
    """Make and write every job of a plan that needs it; one that fails stops no other.

    Args:
        plan: What to make.
        output: The folder to write below.
        workers: The pool to make it with.
        done: Called after each job that was up to date, written or failed.
        ledger: What was built before; without one, everything is made.
        force: Whether to make everything whatever the ledger says.
        shipped: A hash of Foldwell's own files as they are now, for the ledger.
    """
    build = _Build(output, done, ledger, shipped)
    needed = build.sort_out(plan, force)
    if needed:
        workers.run(needed, build.finish, build.is_same)
    build.look_again()
    report = build.report
    report.built.sort(key=lambda job: job.path)
    report.current.sort(key=lambda job: job.path)
    report.failed.sort(key=lambda pair: pair[0].path)
    report.notes.sort()
    report.findings.sort()
    return report


class _Build:
    """The state of one build."""

    def __init__(
        self,
        output: Path,
        done: Callable[[Job, Outcome], None],
        ledger: Ledger | None,
        shipped: str,
    ) -> None:
        self.report = Report()
        self._output, self._done, self._ledger = output, done, ledger
        self._shipped = shipped
        self._verdicts: dict[str, Verdict] = {}
        self._files: dict[str, tuple[Written, ...]] = {}

    def sort_out(self, plan: Plan, force: bool) -> list[Job]:
        """The jobs that may have to be made, the longest first."""
        records = self._ledger.jobs(job.path for job in plan.jobs) if self._ledger else {}
        now, needed, looked_at = time.time_ns(), [], {}
        for job in plan.jobs:
            record = records.get(job.path)
            verdict = judge(dict(job.parts), record, self._output, now, force)
            self._verdicts[job.path] = verdict
            self.report.why[job.path] = verdict.why
            if verdict.why or verdict.record is None:
                needed.append(job)
                continue
            if verdict.record != record:
                looked_at[job.path] = verdict.record
            self._is_current(job, verdict.record)
        if looked_at:
            self._keep(looked_at)
        usual = {
            job.path: record.seconds if (record := records.get(job.path)) else _usual_seconds(job)
            for job in needed
        }
        return sorted(needed, key=lambda job: (-usual[job.path], job.path))

    def is_same(self, job: Job, key: str) -> bool:
        """Whether a job's file was made from just what it would be made from now."""
        verdict = self._verdicts[job.path]
        return verdict.compose and verdict.record is not None and verdict.record.key == key

    def finish(self, job: Job, outcome: Outcome) -> None:
        """Write and record one job."""
        if isinstance(outcome, Same):
            record = self._verdicts[job.path].record
            if record is not None:
                self.report.why[job.path] = ""
                record = replace(record, parts=dict(job.parts))
                self._keep({job.path: record})
                self._is_current(job, record, outcome)
            return
        if isinstance(outcome, Made):
            try:
                files = self._write(job, outcome)
            except FoldwellError as error:
                outcome = (error,)
            else:
                self.report.built.append(job)
                self.report.notes += outcome.notes
                self.report.findings += outcome.findings
                record = Record(
                    dict(job.parts),
                    outcome.key,
                    files,
                    job.order.status,
                    outcome.notes,
                    outcome.findings,
                    round(outcome.seconds, 3),
                )
                self._files[job.path] = files
                self._keep({job.path: record})
        if isinstance(outcome, tuple):
            self.report.failed.append((job, outcome))
        self._done(job, outcome)

    def _write(self, job: Job, made: Made) -> tuple[Written, ...]:
        files = [(job.path, made.content)]
        files += [(job.path.removesuffix(".pdf") + end, content) for end, content in made.beside]
        written = []
        for path, content in files:
            signature = write_file(self._output, path, content)
            sha256 = hashlib.sha256(content).hexdigest()
            written.append(seen_now(path, sha256, signature, time.time_ns()))
        return tuple(written)

    def _is_current(self, job: Job, record: Record, outcome: Same | None = None) -> None:
        self.report.current.append(job)
        self._files[job.path] = record.files
        self.report.findings += record.findings
        self._done(job, outcome or Same(record.key))

    def look_again(self) -> None:
        """Fail every job whose file somebody took away while the build was going on."""
        lost = {
            path
            for path, files in self._files.items()
            if not all(os.path.lexists(self._output / file.path) for file in files)
        }
        if not lost:
            return
        report = self.report
        error = FoldwellError(
            "Finished files were deleted from this folder while the build was going on.",
            Place(str(self._output)),
            "Build again.",
        )
        for jobs in (report.built, report.current):
            report.failed += [(job, (error,)) for job in jobs if job.path in lost]
            jobs[:] = [job for job in jobs if job.path not in lost]

    def _keep(self, records: Mapping[str, Record]) -> None:
        """Record jobs; a ledger that cannot be written costs time, never a file."""
        if self._ledger is None:
            return
        try:
            self._ledger.keep_jobs(records, self._shipped)
        except sqlite3.Error as error:
            self.report.unrecorded = str(error)


def _usual_seconds(job: Job) -> float:
    return USUAL_SECONDS.get(job.order.format, 0.4)
