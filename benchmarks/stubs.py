"""A build whose files are stubs, recorded in the ledger as if they had been typeset."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.build.request import Request
from foldwell.content.library import read_library
from foldwell.project import Project

A_TURN = 40
"""How many files end at once."""


class _Stubs:
    """Workers that plan truly and make nothing but a few bytes."""

    stamps = False
    """Nothing is printed from files of builds before."""

    def start(self) -> None:
        """Nothing to warm up."""

    def plan(self, root: Path, *asked: Any) -> Any:
        *asked_for, _pictures, meanwhile = asked  # none are kept: nothing is typeset
        meanwhile()
        return make_plan(read_library(root, datetime.date.today()), *asked_for)

    def turns(self, jobs: Any, same: Any) -> Iterator[tuple[tuple[Any, Made], ...]]:
        for first in range(0, len(jobs), A_TURN):
            some = jobs[first : first + A_TURN]
            yield tuple((job, Made(job.path.encode() * 50, 2, key="stub")) for job in some)


def build_stubs(project: Path) -> float:
    """Fill the output and the ledger of a project.

    Returns:
        The CPU seconds a file of writing, recording and registering it.
    """
    workers: Any = _Stubs()
    with Project(project, project / "output") as held:
        plan = held.plan(Request(), workers)
        started = time.process_time()
        for _ in plan.build(workers):
            pass
        return (time.process_time() - started) / len(plan.jobs)
