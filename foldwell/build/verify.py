"""Verifying: everything is made again in memory and held against what stands in the output.

Nothing is written. The same content, templates and versions give the same bytes, so whatever
differs was altered, is missing, or was made from something else.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from foldwell.build.events import Event, Failed, Found, Kept, Started
from foldwell.build.inputs import UNREADABLE, content_hash
from foldwell.build.job import Job
from foldwell.build.made import Made

if TYPE_CHECKING:
    from foldwell.build.workers import Workers


def compare(
    jobs: Sequence[Job],
    output: Path,
    workers: Workers,
    wrong: Callable[[str, bytes], str] | None = None,
) -> Iterator[Event]:
    """Make every job in memory, and compare.

    Args:
        jobs: What to make.
        output: The output folder.
        workers: Who makes it.
        wrong: Says of a path and its content what is wrong with what stands there, and nothing if
            it is that content; unless given, the output folder is looked at.

    Yields:
        ``Found`` for each file that is not as it must be, and ``Kept`` with the others of a job.
    """
    look = wrong or (lambda path, content: _what_is_wrong(output / path, content))
    for job, outcome in workers.run(jobs):
        if outcome is None:
            yield Started(job.path, job.name)
        elif isinstance(outcome, Made):
            same = {}
            for path, content in outcome.files(job.path):
                if what := look(path, content):
                    yield Found(path, what)
                else:
                    same[path] = hashlib.sha256(content).hexdigest()
            if same:
                yield Kept(job.path, job.name, "", job.order.status, same)
        elif isinstance(outcome, tuple):
            yield Failed(job.path, job.name, "", outcome)


def _what_is_wrong(path: Path, content: bytes) -> str:
    """What is wrong with a file, in words; empty if it holds just that content."""
    there = content_hash(path)
    if there == hashlib.sha256(content).hexdigest():
        return ""
    if there != UNREADABLE:
        return "differs"
    try:
        kind = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "is missing"
    except OSError:
        return "cannot be read"
    return "cannot be read" if stat.S_ISREG(kind) else "is no file"
