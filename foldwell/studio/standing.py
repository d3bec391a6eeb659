"""Whether finished files are still made of what stands in the project: only such are printed."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from foldwell.build.job import Job
from foldwell.build.ledger import FOLDER, Ledger
from foldwell.build.run import verdicts
from foldwell.errors import FoldwellError

CHANGED = "Build first: the words changed since."


def standing(jobs: Sequence[Job], output: Path) -> dict[str, str]:
    """What keeps each file from being printed, by its path; empty for one that is up to date.

    Args:
        jobs: The jobs whose files are asked for, as the project stands now.
        output: The folder that the files stand in; nothing is made in it.
    """
    told = dict.fromkeys((job.path for job in jobs), "Build first: it is not known from what.")
    with contextlib.suppress(FoldwellError):  # a ledger that cannot be read vouches for nothing
        if (output / FOLDER / "ledger.sqlite").is_file():
            with contextlib.closing(Ledger(output, whole=False)) as ledger:
                judged = verdicts(jobs, output, ledger, force=False)
            told |= {path: _told(one.why) for path, one in judged.items()}
    for path in told:
        if not (output / path).is_file():
            told[path] = "Build first: it is not built yet."
    return told


def _told(why: str) -> str:
    if not why or why.startswith("changed: "):
        return why and CHANGED
    if why.endswith("was altered"):
        return "Build first: another program changed the file since."
    return f"Build first: {why}."
