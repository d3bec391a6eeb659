"""A build whose files are stubs, recorded in the ledger as if they had been typeset."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from foldwell.build.session import Session

from foldwell.build.job import Made, Options, Selection
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library


class _Stubs:
    """Workers that plan truly and make nothing but a few bytes."""

    def start(self) -> None:
        """Nothing to warm up."""

    def plan(self, root: Path, selection: Any, today: Any, options: Any, *stamps: Any) -> Any:
        return make_plan(read_library(root), selection, today, options, *stamps)

    def run(self, jobs: Any, done: Any, same: Any) -> None:
        for job in jobs:
            done(job, Made(job.path.encode() * 50, 2, key="stub"))


def build_stubs(project: Path) -> None:
    """Fill the output and the ledger of a project."""
    today = datetime.date.today()
    workers: Any = _Stubs()
    output = project / "output"
    with Session(project, output, Selection(), Options(), today, print) as session:
        session.build(session.plan(workers), workers, lambda job, outcome: None)
