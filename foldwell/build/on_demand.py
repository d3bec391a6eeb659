"""Printing on demand: one file for somebody who waits, of a plan that was made before.

Whoever asks knows how the project stands and what is planned, so nothing is read or planned for it.
All else is as in a build, which it is: the output folder is held, the file is written, recorded and
registered, and the next build finds it up to date. What a build opens and closes again is kept
open from file to file, so that all files must be asked for by one thread.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from foldwell.build.begun import hold_to
from foldwell.build.events import Done, Event, Failed, Planned
from foldwell.build.job import Job
from foldwell.build.known import Known
from foldwell.build.ledger import Ledger
from foldwell.build.lock import locked
from foldwell.build.racking import Racking
from foldwell.build.register import Register
from foldwell.build.registering import along
from foldwell.build.request import Request, Told
from foldwell.build.run import Run, verdicts
from foldwell.build.workers import Workers
from foldwell.build.write import sweep

TIDIED_S = 3600
"""How often the rack is tidied."""


@dataclass(frozen=True)
class Wanted:
    """A file that somebody waits for.

    Attributes:
        job: What makes it, as the project stands now.
        request: What a build would be asked, to make it alone.
        told: What the register of editions has to know beside it.
        known: What was read for the plan, and Foldwell itself as it is now.
    """

    job: Job
    request: Request
    told: Told
    known: Known


class OnDemand:
    """Prints on demand into an output folder.

    Args:
        output: The folder.
        workers: Who makes the files.
        say: Called with what the user should know while waiting.
    """

    def __init__(self, output: Path, workers: Workers, say: Callable[[str], None]) -> None:
        self._output, self._workers, self._say = output, workers, say
        self._register = Register(output)
        self._ledger: Ledger | None = None
        self._which: tuple[int, int] | None = None
        self._racking: tuple[str, Racking, float] | None = None

    def events(self, wanted: Wanted) -> Iterator[Event]:
        """Make a file, unless it is up to date: events, until it is made and recorded.

        Raises:
            FoldwellError: If the folder cannot be written, or another build holds it too long, or
            Foldwell itself is not what the workers began with.
        """
        began, job, known = time.monotonic(), wanted.job, wanted.known
        hold_to(self._workers, known.stamps)
        yield Planned(1)
        with locked(self._output, self._say) as cut_off:
            ledger = self._opened()
            if cut_off or ledger.new:
                sweep(self._output)
            with contextlib.suppress(sqlite3.Error):  # costs time, never a file
                ledger.settle(known.shipped)
            run = Run(self._output, ledger, known.shipped)
            judged = verdicts([job], self._output, ledger, force=False)
            self._workers.racking = self._rack(known.stamp)
            try:
                made = run.events([job], judged, self._workers)
                about = wanted.told, wanted.request, known, self._register
                for event in along(made, self._output, [job], *about, alone=True):
                    run.whole &= not isinstance(event, Failed)
                    yield event
            finally:
                self._workers.racking = None
                if sys.platform == "win32":  # where nobody else could delete an open file
                    self.close()
        yield Done(time.monotonic() - began, False, run.unrecorded)

    def close(self) -> None:
        """Close what was kept open."""
        if self._ledger:
            self._ledger.close()
        self._ledger = None

    def _opened(self) -> Ledger:
        """The ledger, opened anew only if another one stands there."""
        if self._ledger and _which(self._ledger.path) == self._which:
            self._ledger.new = False
            return self._ledger
        self.close()
        self._ledger = Ledger(self._output)
        self._which = _which(self._ledger.path)
        return self._ledger

    def _rack(self, stamp: str) -> Racking:
        """The rack, tidied now and then: each time would take longer than a file."""
        now = time.monotonic()
        if self._racking:
            before, racking, tidied = self._racking
            if before == stamp and now - tidied < TIDIED_S:
                return racking
            racking.tidy()
        racking = Racking(self._output, stamp)
        self._racking = stamp, racking, now
        return racking


def _which(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None if there is none."""
    try:
        facts = os.stat(path)
    except OSError:
        return None
    return facts.st_dev, facts.st_ino
