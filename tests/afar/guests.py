"""What workers of a cluster are given in place of real work.

The name of the clinic says what to do, and the title names a folder where each call leaves an
empty file that tells of it: a worker may write no other.
"""

import os
import resource
import time
from pathlib import Path

from foldwell.build.job import Job, Order
from foldwell.build.made import Made
from foldwell.typeset.page_source import Composition, PageSource


def compose(job: Job) -> Composition:
    return Composition(PageSource("", (), (), tagged=False))


def typeset(order: Order, composition: Composition) -> Made:
    """Make a file; a job called ``first…`` hangs until its worker is lost, when called first."""
    calls = Path(order.title)
    turn = len(list(calls.glob(f"{order.clinic}.*")))
    # The process above is the fork server, and that belongs to the worker.
    (calls / f"{order.clinic}.{turn}.{os.getppid()}").touch()
    if order.clinic.startswith("first") and turn == 0:
        while not (calls / "go-on").exists():
            time.sleep(0.05)
    if order.clinic == "limits":
        memory, files = (
            resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE)
        )
        return Made(f"{memory} {files}".encode(), 1)
    return Made(f"{order.path}\n".encode(), 1)
