"""What a build came to, as tests ask for it: from its events, with the jobs themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foldwell.build.events import Built, Done, Event, Failed, Found, Kept, Started
from foldwell.build.job import Job
from foldwell.build.run import Run, verdicts
from foldwell.build.workers import Workers
from foldwell.errors import FoldwellError


@dataclass
class Report:
    """The jobs that were built, were up to date and failed, in the order of their paths."""

    built: list[Job] = field(default_factory=list)
    current: list[Job] = field(default_factory=list)
    failed: list[tuple[Job, tuple[FoldwellError, ...]]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    unrecorded: str = ""
    stale: tuple[str, ...] = ()


def report_of(
    jobs: Sequence[Job],
    events: Iterable[Event],
    see: Callable[[Event], object] = lambda event: None,
) -> Report:
    """The report of a build of some jobs; each event is seen as it comes."""
    report, by_path = Report(), {job.path: job for job in jobs}
    ended: dict[str, Built | Kept | Failed] = {}
    started: set[str] = set()
    for event in events:
        see(event)
        match event:
            case Started():
                assert event.path not in {*started, *ended}
                started.add(event.path)
            case Built() | Kept() | Failed():
                again = isinstance(event, Failed) and not isinstance(ended.get(event.path), Failed)
                assert event.path not in ended or again
                ended[event.path] = event
            case Found():
                report.findings.append(event.line)
            case Done():
                report.unrecorded, report.stale = event.unrecorded, event.stale
    for path in sorted(ended):
        event, job = ended[path], by_path[path]
        report.why[path] = event.why
        if isinstance(event, Failed):
            report.failed.append((job, event.errors))
        else:
            (report.built if isinstance(event, Built) else report.current).append(job)
    assert [job.path for job in sorted(jobs, key=lambda job: job.path)] == sorted(ended)
    return report


def run_jobs(
    jobs: Sequence[Job],
    output: Path,
    workers: Workers,
    see: Callable[[Event], object] = lambda event: None,
) -> Report:
    """Make jobs without any ledger."""
    stream = Run(output).events(jobs, verdicts(jobs, output, None, False), workers)
    return report_of(jobs, stream, see)
