"""What workers are given in place of real work.

The name of the clinic says what to do and where: ``hang-compose``, ``die-typeset``, and if only
in one medium, ``die-typeset-office``. What ``full`` makes says in which process.
"""

import contextlib
import ctypes
import errno
import faulthandler
import os
import signal
import time

from foldwell.build import limits, worker
from foldwell.build.job import Job, Order
from foldwell.build.made import Made
from foldwell.build.sweeping import FULL_BYTES
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.typeset.page_source import Composition, PageSource

Errors = tuple[FoldwellError, ...]
PRINTED = worker.printed
HELD: list[bytes] = []
MISTAKE = FoldwellError("Wrong.", Place("en.md", 3), "Correct it.")


def compose(job: Job) -> Composition | Errors:
    return worker.told(lambda: _compose(job))


def _compose(job: Job) -> Composition | Errors:
    if _act(job.order.clinic, "compose", job.order.medium.name) == "mistake":
        return (MISTAKE,)
    return Composition(PageSource("", (), (), tagged=False))


def print_dying_always(order: Order, composition: Composition) -> Made:
    os._exit(7)


def print_dying_once(order: Order, composition: Composition) -> Made | Composition | Errors:
    # A worker may write no file, but it may make a folder.
    with contextlib.suppress(FileExistsError):
        os.mkdir(os.environ["DIED"])
        os._exit(7)
    return PRINTED(order, composition)


def typeset(order: Order, composition: Composition) -> Made | Errors:
    return worker.told(lambda: _typeset(order))


def _typeset(order: Order) -> Made | Errors:
    if _act(order.clinic, "typeset", order.medium.name) == "mistake":
        return (MISTAKE,)
    if order.clinic.startswith("full"):
        return Made(f"{os.getpid()}".encode(), 1)
    return Made(f"{order.path}\n".encode(), 1)


def _act(clinic: str, here: str, medium: str) -> str:
    what, where, *more = f"{clinic}-".split("-")
    if where != here or ("office" in more and medium != "office"):
        return ""
    match what:
        case "hang":
            while True:
                time.sleep(60)
        case "full":
            HELD[:] = [b"x" * FULL_BYTES]
        case "slow":
            time.sleep(1)
        case "die":
            time.sleep(0.2)  # on a busy machine its pool learns late that it has begun the job
            os._exit(7)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            faulthandler.disable()  # pytest has switched it on
            ctypes.string_at(0)
        case "memory":
            # Less than any machine has that runs tests, and more than a worker may have.
            bytearray(limits.MEMORY_LIMIT_BYTES + 2**28)
        case "crash":
            raise ValueError("what nobody thought of")
        case "exit":
            raise SystemExit(3)
    return what


def start_and_warn() -> None:
    """Start a typesetter where WeasyPrint warns, as it does without HarfBuzz-subset."""
    from foldwell.typeset import engine

    def warn() -> None:
        raise Mistakes([MISTAKE])

    engine.warm_up = warn
    start_typesetter()


def start_slowly() -> None:
    """Start a typesetter on a slow machine."""
    time.sleep(3)
    start_typesetter()


start_typesetter = worker.start_typesetter


def plan_die(*_: object) -> None:
    os._exit(7)


def plan_segfault(*_: object) -> None:
    _act("segfault-plan", "plan", "")


def plan_memory(*_: object) -> object:
    return worker.told(lambda: bytearray(limits.MEMORY_LIMIT_BYTES + 2**28))


def plan_recurse(*_: object) -> object:
    return worker.told(_deeper)


def _deeper() -> None:
    _deeper()


def plan_refuse(*_: object) -> object:
    def refuse() -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "content/x.md")

    return worker.told(refuse)


def plan_mistakes(*_: object) -> object:
    def refuse() -> None:
        raise Mistakes([MISTAKE, FoldwellError("Wrong too.", Place("fr.md", 4), "Correct it.")])

    return worker.told(refuse)
