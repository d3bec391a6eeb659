"""Verifying: everything is made again in memory and held against what stands in the output.

Nothing is written. The same content, templates and versions give the same bytes, so whatever
differs was altered, is missing, or was made from something else.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from foldwell.build.inputs import UNREADABLE, content_hash
from foldwell.build.job import Job, Made, Outcome, Plan
from foldwell.errors import FoldwellError

if TYPE_CHECKING:
    from foldwell.build.workers import Workers


@dataclass
class Comparison:
    """What verifying found.

    Attributes:
        same: How many files are as they must be.
        differing: Each other file of the plan, and what is wrong with it.
        failed: Jobs that could not be made at all.
    """

    same: int = 0
    differing: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[Job, tuple[FoldwellError, ...]]] = field(default_factory=list)


def verify(
    plan: Plan,
    output: Path,
    workers: Workers,
    done: Callable[[Job, Outcome], None],
    what_is_wrong: Callable[[str, bytes], str] | None = None,
) -> Comparison:
    """Make every job of a plan in memory, and compare.

    Args:
        plan: What to make.
        output: The output folder.
        workers: The pool to make it with.
        done: Called after each job.
        what_is_wrong: Says of a path and its content what is wrong with what stands there, and
            nothing if it is that content; unless given, the output folder is looked at.
    """
    found = Comparison()
    in_folder = what_is_wrong or (lambda path, content: _what_is_wrong(output / path, content))

    def compare(job: Job, outcome: Outcome) -> None:
        if isinstance(outcome, Made):
            files = [(job.path, outcome.content)]
            stem = job.path.removesuffix(".pdf")
            files += [(stem + ending, content) for ending, content in outcome.beside]
            for path, content in files:
                if what := in_folder(path, content):
                    found.differing.append((path, what))
                else:
                    found.same += 1
        elif isinstance(outcome, tuple):
            found.failed.append((job, outcome))
        done(job, outcome)

    workers.run(plan.jobs, compare)
    found.differing.sort()
    return found


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
