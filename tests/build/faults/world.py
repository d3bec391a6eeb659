"""A project, an installed Foldwell and a clock, all of which a test may change at will.

The renderer is the stub, the workers are hands of this process, so that thousands of builds take
no longer than a few real ones; the ledger, the files and the comparison are real.
"""

from __future__ import annotations

import copy
import datetime
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reports import Report, report_of

from faults import stub
from faults.projects import files, install, make_project
from foldwell.build import known, worker
from foldwell.build.events import Built, Event
from foldwell.build.job import Job, Options, Order, Selection
from foldwell.build.made import Made
from foldwell.build.request import Jobs, Request
from foldwell.content import brand_kit, leaflet, library, reading, yaml_text
from foldwell.errors import Mistakes
from foldwell.project import Project
from foldwell.typeset.page_source import Composition

TODAY = datetime.date(2026, 2, 1)
EVERYTHING, USUAL = Selection(), Options()
REVIEW_DUE = datetime.date(2027, 1, 10)


class World:
    """All that a build depends on.

    Args:
        folder: Where it is made.
        monkeypatch: What puts it under the session.
        compose: What composes a job; the stub unless said.
        typeset: What typesets it; the stub unless said.

    Attributes:
        root: The project.
        output: Its output folder.
        package: The code of the Foldwell that builds it; it has a file ``engine.py``.
        templates: The templates of that Foldwell.
        today: The day.
        typeset: The paths of the jobs that were made by the last build, in the order of making.
        said: What the last build said while waiting.
        before_plan: Called once, between looking at the files and reading them.
        before_typeset: Called before each job is typeset, with its path.
    """

    def __init__(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        compose: Callable[[Job], Any] = stub.compose,
        typeset: Callable[[Order, Composition], Any] = stub.typeset,
    ) -> None:
        self._composer, self._typesetter = compose, typeset
        self.root = make_project(folder / "project")
        self.output = self.root / "output"
        self.package, self.templates = folder / "foldwell", folder / "templates"
        self.today = TODAY
        self.typeset: list[str] = []
        self.said: list[str] = []
        self.before_plan: Callable[[], None] | None = None
        self.before_typeset: Callable[[str], None] = lambda path: None
        self._clock_ns = 0
        self._probe = folder / "tick"
        self._probe.touch()
        self.patch = monkeypatch.setattr
        install(folder)
        self._patch(monkeypatch)

    def _patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(known, "__file__", str(self.package / "build/known.py"))
        monkeypatch.setattr(known, "templates_folder", lambda: self.templates)
        monkeypatch.setattr(worker, "compose", self._composer)
        monkeypatch.setattr(worker, "typeset", self._typeset)
        monkeypatch.setattr(worker, "plan", self._plan)
        usual_ns = time.time_ns
        monkeypatch.setattr(time, "time_ns", lambda: usual_ns() + self._clock_ns)
        for module in (reading, leaflet, library, brand_kit):
            monkeypatch.setattr(module, "read_yaml", read_once)

    def _plan(self, *arguments: Any) -> Jobs:
        if self.before_plan:
            act, self.before_plan = self.before_plan, None
            act()
        return _plan_once(*arguments)

    def _typeset(self, order: Order, composition: Composition) -> Any:
        self.before_typeset(order.path)
        self.typeset.append(order.path)
        return self._typesetter(order, composition)

    def jump(self, seconds: float) -> None:
        """Set the clock that builds see forward, or back."""
        self._clock_ns += int(seconds * 1e9)

    def tick(self) -> None:
        """Wait until the file system's clock has moved on."""
        before = os.stat(self._probe).st_ctime_ns
        while os.stat(self._probe).st_ctime_ns == before:
            os.utime(self._probe)

    def project(self) -> Project:
        """The project, with a hold on its output."""
        return Project(self.root, self.output, self.said.append)

    def request(self, selection: Selection = EVERYTHING, options: Options = USUAL) -> Request:
        """What is asked for today."""
        return Request(selection, options, self.today)

    def build(
        self,
        selection: Selection = EVERYTHING,
        options: Options = USUAL,
        *,
        force: bool = False,
    ) -> Report | None:
        """Build as the command does; None if there was nothing to do."""
        self.typeset.clear()
        self.said.clear()
        with self.project() as project:
            hands = stub.Hands()
            plan = project.plan(self.request(selection, options), hands, force=force)
            if plan.kept:
                assert not plan.jobs and not any(plan.why.values())
                list(plan.build(hands))
                return None
            return report_of(plan.jobs, plan.build(hands), self._see)

    def _see(self, event: Event) -> None:
        if isinstance(event, Built) and event.path.endswith(".html"):  # which is only composed
            self.typeset.append(event.path)

    def clean_stale(self) -> list[str]:
        """What ``clean --stale`` does; the paths that it deleted."""
        with self.project() as project:
            request = self.request(options=Options(draft=True))
            return project.clean_stale(project.plan(request, stub.Hands(), force=True))

    def plan(self, selection: Selection = EVERYTHING, options: Options = USUAL) -> Jobs:
        """What a clean build would make."""
        return _plan_once(self.root, selection, self.today, options, {}, "")

    def clean_build(
        self, selection: Selection = EVERYTHING, options: Options = USUAL
    ) -> dict[str, bytes]:
        """What a clean build would write, without any ledger or file."""
        made = {}
        for job in self.plan(selection, options).jobs:
            step = self._composer(job)
            outcome = self._typesetter(job.order, step) if isinstance(step, Composition) else step
            if isinstance(outcome, Made):
                made[job.path] = outcome.content
                for ending, content in outcome.beside:
                    made[job.path.removesuffix(".pdf") + ending] = content
        return made

    def outputs(self) -> dict[str, bytes]:
        """What stands in the output folder."""
        return files(self.output)

    def forget(self) -> None:
        """Delete all outputs and the ledger."""
        shutil.rmtree(self.output, ignore_errors=True)


_plan = worker.plan
_parse = yaml_text.read_yaml
_parsed: dict[tuple[str, str, int], Any] = {}
_plans: dict[object, Jobs] = {}


def _plan_once(root: Path, *arguments: Any) -> Jobs:
    """Reading and planning take longest by far, and depend on nothing but what is read here."""
    content = {}
    for folder, _, names in os.walk(root / "content"):
        here = folder.removeprefix(str(root))
        content[here] = b""
        content |= {f"{here}/{name}": Path(folder, name).read_bytes() for name in names}
    key = (frozenset(content.items()), repr(arguments))
    if key not in _plans:
        if len(_plans) > 200:
            _plans.clear()
        plan = _plan(root, *arguments)
        if isinstance(plan, tuple):
            raise plan[0] if len(plan) == 1 else Mistakes(plan)
        _plans[key] = plan
    return _plans[key]


def read_once(
    text: str, path: str, first_line: int = 1, tidyings: Any = None, limit_kb: int = 16, **how: bool
) -> Any:
    """Parsing takes longest by far, and is not what these tests are about."""
    key = (text, path, first_line)
    if key not in _parsed:
        try:
            _parsed[key] = _parse(text, path, first_line, tidyings, limit_kb, **how)
        except Mistakes as mistakes:
            _parsed[key] = mistakes
    if isinstance(_parsed[key], Mistakes):
        raise Mistakes(_parsed[key].errors)
    return copy.deepcopy(_parsed[key])  # who reads it may add to it
