"""A project: read when it is asked for, planned, and built as a stream of events.

``Project(root).plan(request, workers)`` says what there is to make. A project that holds an output
folder, which is what ``with Project(root, output) as project`` does, says in its plans too which
files are up to date, and builds them. When no file that a build reads has changed, and every file
that it wrote is as it was, that is found out without reading a leaflet and without the engine.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foldwell.build import events
from foldwell.build.begun import hold_to
from foldwell.build.events import Done, Event, Failed, LeftOut, Planned
from foldwell.build.freshness import Verdict, stale_files
from foldwell.build.idle import keys, nothing_to_do
from foldwell.build.inputs import are_untouched
from foldwell.build.job import Job, Selection
from foldwell.build.kept_pictures import PICTURES, keep_pictures
from foldwell.build.known import Known, look_again, look_round
from foldwell.build.ledger import Ledger
from foldwell.build.lock import locked
from foldwell.build.media import without_sheet
from foldwell.build.racking import Racking
from foldwell.build.records import PlanRecord, Record
from foldwell.build.register import Register
from foldwell.build.registering import along, compared
from foldwell.build.renames import renamed
from foldwell.build.request import Jobs, Request, Told
from foldwell.build.run import Former, Run, look_at, verdicts
from foldwell.build.verify import compare
from foldwell.build.write import remove_file, sweep
from foldwell.errors import FoldwellError, Place, no_project

if TYPE_CHECKING:
    from foldwell.build.workers import Workers


@dataclass(frozen=True)
class Plan:
    """What a build would do; nothing is composed for it.

    Attributes:
        request: What was asked for.
        jobs: What there is to make, in the order of their paths; empty if the ledger alone shows
            that all is up to date.
        left_out: The name of each job that is left out, and why.
        broken: Mistakes in files that keep something asked for from being built.
        spared: Paths of outputs that are not asked for now, but belong to the project.
        tidied: What was read otherwise than it stands in a file, a line each.
        verdicts: What is to be done about each job, by its path; empty without an output folder.
        kept: (path, name, record) of each job, where the ledger alone shows that it is up to date.
        project: Where it was made.
        told: What the register of editions has to know beside the jobs.
    """

    request: Request
    jobs: tuple[Job, ...]
    left_out: tuple[tuple[str, str], ...]
    broken: tuple[FoldwellError, ...]
    spared: tuple[str, ...]
    verdicts: Mapping[str, Verdict]
    kept: tuple[tuple[str, str, Record], ...]
    project: Project = field(repr=False, compare=False)
    tidied: tuple[str, ...] = ()
    told: Told = field(default_factory=Told)

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of all jobs, below the output folder."""
        return tuple(job.path for job in self.jobs) or tuple(path for path, *_ in self.kept)

    @property
    def why(self) -> dict[str, str]:
        """Why each file may have to be made, by its path; empty for what is up to date."""
        return {path: "" for path, *_ in self.kept} | {
            path: verdict.why for path, verdict in self.verdicts.items()
        }

    def build(self, workers: Workers) -> Iterator[Event]:
        """Carry it out, and record it if all goes well; its project must hold the output."""
        return self.project.carry_out(self, workers)

    def verify(
        self, workers: Workers, wrong: Callable[[str, bytes], str] | None = None
    ) -> Iterator[Event]:
        """Make everything again in memory, and compare it with what stands in the output.

        Args:
            workers: Who makes it.
            wrong: Says of a path and its content what is wrong with what stands there, and
                nothing if it is that content; unless given, the output folder is looked at.
        """
        yield Planned(len(self.jobs), self.broken)
        stream = compare(self.jobs, self.project.output, workers, wrong)
        yield from stream if wrong else compared(stream, self.project.output, self.jobs)


class Project:
    """A project, and perhaps a hold on an output folder: one build at a time.

    Args:
        root: The project folder.
        output: The output folder to hold while this is entered.
        say: Called with what the user should know while waiting.
    """

    def __init__(
        self,
        root: Path,
        output: Path | None = None,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.root, self.output = root, output or root / "output"
        self._say = say
        self._stack = contextlib.ExitStack()
        self._ledger: Ledger | None = None
        self._known: Known | None = None
        self._racking: Racking | None = None
        self._former: Former | None = None
        self._register = Register(self.output)

    def __enter__(self) -> Project:
        if not (self.root / "content").is_dir():  # no folder is made where there is no project
            raise no_project(self.root)
        with self._stack as stack:  # undone if anything below fails
            cut_off = stack.enter_context(locked(self.output, self._say))
            self._ledger = ledger = Ledger(self.output)
            stack.callback(ledger.close)
            if ledger.renewed:
                self._say(
                    f"The ledger of builds could not be used ({ledger.renewed}); it was set"
                    " aside, and all files are made again."
                )
            if cut_off or ledger.new:
                sweep(self.output)
            self._known = look_round(self.root, ledger.inputs())
            with contextlib.suppress(sqlite3.Error):  # costs time, never a file
                ledger.settle(self._known.shipped)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *details: Any) -> None:
        self._stack.__exit__(*details)

    def plan(self, request: Request, workers: Workers, *, force: bool = False) -> Plan:
        """Plan what is asked for.

        Args:
            request: What is asked for.
            workers: Who reads the content, unless the ledger shows that there is nothing to do.
            force: Whether to make every file again, whatever was built before.

        Raises:
            FoldwellError: If there is no content, or nothing that the selection names.
        """
        asked = (self.root, request.selection, request.today, request.options)
        known, ledger = self._known, self._ledger
        if known is None or ledger is None:
            return self._plan(request, workers.plan(*asked, {}, ""), {})
        if not force and (idle := nothing_to_do(request.key, known, ledger, self.output)):
            plan, records = idle
            kept = tuple((path, name, records[path]) for path, name in plan.jobs)
            spared, tidied = plan.spared, plan.tidied
            return Plan(request, (), plan.skipped, (), spared, {}, kept, self, tidied)
        hold_to(workers, known.stamps)
        self._former, self._racking = None, Racking(self.output, known.stamp, reads=not force)
        pictures = None if force else self.output / PICTURES
        workers.racking = self._racking
        try:
            if workers.stamps and self._racking.is_filled:  # typesetters may not be needed
                workers.start_printers()
                workers.look_ahead()
            else:
                workers.start()  # all of them, because what is planned is made
            about = known.stamps, known.stamp, pictures, partial(self._look_ahead, request, ledger)
            found = workers.plan(*asked, *about)
        finally:
            workers.racking = None
        keep_pictures(self.output, found)
        found = replace(found, tidied=(*found.tidied, *renamed(self.output, found.clinics)))
        judged = verdicts(found.jobs, self.output, ledger, force, self._former)
        return self._plan(request, found, judged)

    def _look_ahead(self, request: Request, ledger: Ledger) -> None:
        """Look at what stands in the output folder, while others read the content."""
        if request.selection == Selection():  # of a part of it not all there is would be of use
            self._former = look_at(self.output, ledger)
            self._register.look_ahead()

    def _plan(self, request: Request, found: Jobs, judged: Mapping[str, Verdict]) -> Plan:
        jobs, left_out, broken, spared = found.jobs, found.left_out, found.broken, found.spared
        beside = found.tidied, found.told
        return Plan(request, jobs, left_out, broken, spared, judged, (), self, *beside)

    def carry_out(self, plan: Plan, workers: Workers) -> Iterator[Event]:
        """Carry a plan out: events, until all is made and recorded."""
        if self._known is None or self._ledger is None:
            raise ValueError("a plan is carried out while its project holds an output folder")
        # Whoever stops listening half way ends the build before the hold on its folder.
        return self._stack.enter_context(
            contextlib.closing(self._carry_out(plan, workers, self._known, self._ledger))
        )

    def _carry_out(
        self, plan: Plan, workers: Workers, known: Known, ledger: Ledger
    ) -> Generator[Event, None, None]:
        began = time.monotonic()
        yield Planned(len(plan.paths), plan.broken, plan.tidied)
        yield from (LeftOut(name, reason) for name, reason in plan.left_out)
        for path, name, record in plan.kept:
            yield from events.kept(path, name, record)
        if plan.kept:
            stale = self._no_longer_planned(plan, ledger)
            yield Done(time.monotonic() - began, True, "", stale)
            return
        run, unchanged = Run(self.output, ledger, known.shipped), False
        workers.racking = self._racking
        try:
            made = run.events(plan.jobs, plan.verdicts, workers)
            about = plan.told, plan.request, known, self._register
            for event in along(made, self.output, plan.jobs, *about):
                run.whole &= not isinstance(event, Failed)  # of the register it knows nothing
                yield event
        finally:
            workers.racking = None
            if self._racking:
                self._racking.tidy()
            with contextlib.suppress(sqlite3.Error, FoldwellError):
                now = look_again(self.root, known)
                unchanged = are_untouched(now.seen, known.seen)
                ledger.settle(now.shipped)
        try:
            ledger.keep_inputs(known.seen)
            # What was saved meanwhile may be in some files and not in others.
            if run.whole and unchanged and not plan.broken and not run.unrecorded:
                self._record(plan, known, ledger, run)
        except sqlite3.Error as error:
            run.unrecorded = str(error)
        stale = self._no_longer_planned(plan, ledger)
        yield Done(time.monotonic() - began, False, run.unrecorded, stale)

    def _record(self, plan: Plan, known: Known, ledger: Ledger, run: Run) -> None:
        record = PlanRecord(
            known.digest,
            tuple((job.path, job.name) for job in plan.jobs),
            plan.left_out,
            keys(plan.paths, run.records),
            str(plan.request.today),
            plan.spared,
            plan.tidied,
        )
        ledger.keep_plan(plan.request.key, record)

    def _stale(self, plan: Plan, ledger: Ledger) -> dict[str, list[str]]:
        """Files of former builds that a plan of everything no longer names, by their job."""
        belonging = {without_sheet(path) for path in (*plan.paths, *plan.spared)}
        paths = ledger.paths()
        kept = {path for path in paths if without_sheet(path) in belonging}
        return stale_files(ledger.jobs(), kept) if len(kept) < len(paths) else {}

    def _no_longer_planned(self, plan: Plan, ledger: Ledger) -> tuple[str, ...]:
        """The same as far as they are still there; nothing where not all is planned."""
        if plan.broken or not plan.paths or plan.request.selection != Selection():
            return ()
        with contextlib.suppress(FoldwellError):
            stale = [path for paths in self._stale(plan, ledger).values() for path in paths]
            return tuple(sorted(path for path in stale if os.path.lexists(self.output / path)))
        return ()

    def clean_stale(self, plan: Plan) -> list[str]:
        """Delete the files of jobs that a plan of everything no longer names; their paths.

        Raises:
            FoldwellError: If a file cannot be deleted, or nothing at all is planned.
        """
        # Without settings the usual files are planned: no reason to take away what they asked for.
        settled = (self.root / "content/build.yml").is_file()
        if plan.broken or not plan.paths or self._ledger is None or not settled:
            raise FoldwellError(
                "Nothing is planned, so nothing tells which files are out of use.",
                Place("content"),
                "Put the content right, or delete everything with 'clean'.",
            )
        stale = self._stale(plan, self._ledger)
        deleted = [
            path for paths in stale.values() for path in paths if remove_file(self.output, path)
        ]
        with contextlib.suppress(sqlite3.Error):  # then they are looked for once more
            self._ledger.forget_jobs(stale)
        return sorted(deleted)
