"""A build: the jobs of a plan are made by workers and written one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from foldwell.build.job import Job, Made, Outcome, Plan
from foldwell.build.workers import Workers
from foldwell.build.write import write_file
from foldwell.errors import FoldwellError


@dataclass
class Report:
    """What a build did.

    Attributes:
        built: The jobs whose files were written.
        failed: The jobs that were not, each with its mistakes.
    """

    built: list[Job] = field(default_factory=list)
    failed: list[tuple[Job, tuple[FoldwellError, ...]]] = field(default_factory=list)


def run_build(
    plan: Plan, output: Path, workers: Workers, done: Callable[[Job, Outcome], None]
) -> Report:
    """Make and write every job of a plan; one that fails stops no other.

    Args:
        plan: What to make.
        output: The folder to write below.
        workers: The pool to make it with.
        done: Called after each job, written or failed.
    """
    report = Report()

    def finish(job: Job, outcome: Outcome) -> None:
        if isinstance(outcome, Made):
            try:
                write_file(output, job.path, outcome.content)
                report.built.append(job)
            except FoldwellError as error:
                outcome = (error,)
        if not isinstance(outcome, Made):
            report.failed.append((job, outcome))
        done(job, outcome)

    if plan.jobs:
        workers.run(plan.jobs, finish)
    report.built.sort(key=lambda job: job.path)
    report.failed.sort(key=lambda pair: pair[0].path)
    return report
