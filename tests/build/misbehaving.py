"""What workers are given in place of real work.

The name of the clinic says what to do and where: ``hang-compose``, ``die-typeset``.
"""

import ctypes
import faulthandler
import os
import signal
import time

from foldwell.build.job import Job, Made, Order
from foldwell.errors import FoldwellError, Place
from foldwell.typeset.page_source import Composition, PageSource

Errors = tuple[FoldwellError, ...]
MISTAKE = FoldwellError("Wrong.", Place("en.md", 3), "Correct it.")


def compose(job: Job) -> Composition | Errors:
    if _act(job.order.clinic, "compose") == "mistake":
        return (MISTAKE,)
    return Composition(PageSource("", (), (), tagged=False))


def typeset(order: Order, composition: Composition) -> Made | Errors:
    if _act(order.clinic, "typeset") == "mistake":
        return (MISTAKE,)
    return Made(f"{order.path}\n".encode(), 1)


def _act(clinic: str, here: str) -> str:
    what, where, *_ = f"{clinic}-".split("-")
    if where != here:
        return ""
    match what:
        case "hang":
            while True:
                time.sleep(60)
        case "die":
            os._exit(7)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            faulthandler.disable()  # pytest has switched it on
            ctypes.string_at(0)
        case "memory":
            raise MemoryError(len(bytearray(2**36)))
        case "crash":
            raise ValueError("what nobody thought of")
        case "exit":
            raise SystemExit(3)
    return what
