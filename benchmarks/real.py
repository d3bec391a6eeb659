"""The shipped leaflets in each format they are made in: one more clinic in a warm process.

CPU time, not time on the clock, because a machine does other things too. Each file is made by the
very steps of a build; beside it stands plain WeasyPrint on the same HTML and style sheets at the
same size of text: one layout and one PDF, of which nothing is asked.
"""

from __future__ import annotations

import datetime
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

STAGES = ("compose", "typeset", "write", "finish", "check")
"""To typeset is to measure, fit and lay out, from pages of other clinics where that can be; to
check is all that is asked of pages and file: words, places, contrast, tags, PDF/UA-1, PDF/A-2a."""
OWN = ("compose", "finish", "check")
"""What is neither layout nor writing."""
MOST_OWN = 0.15
"""What all of these together may take of plain WeasyPrint's layout and writing."""
CLINICS = 5
"""How many more clinics are timed; the least time counts, the others were disturbed."""
_STEPS = (
    ("foldwell.build.panels", "copyfit", "typeset"),
    ("foldwell.typeset.engine", "Typeset.write", "write"),
    ("foldwell.build.screen", "finish_screen", "finish"),
)
"""The steps of a screen file that are no checks."""


def real_leaflets(root: Path, formats: tuple[str, ...] = ()) -> dict[str, dict[str, float]]:
    """Milliseconds by job, as leaflet and format, for each stage and for plain WeasyPrint.

    Args:
        root: The project.
        formats: The formats that are wanted; empty for all.
    """
    from foldwell.build.job import Selection
    from foldwell.build.plan import make_plan
    from foldwell.content.library import read_library

    import_module("foldwell.build.warm")  # as the processes are that make the files
    library = read_library(root, datetime.date.today())
    found: dict[str, dict[str, float]] = {}
    for slug in sorted(library.clinics):
        clinic = library.clinics[slug]
        clinics = {
            f"{slug}-{number}": clinic.model_copy(update={"name": f"{clinic.name} {number}"})
            for number in range(CLINICS + 1)
        }
        every = replace(library, clinics=clinics)
        plan = make_plan(
            every, Selection(media=("screen",), formats=formats), datetime.date.today()
        )
        jobs: dict[str, list[Any]] = {}
        for job in plan.jobs:
            if job.edition.leaflet.language == "en":
                jobs.setdefault(f"{job.order.leaflet} {job.order.format}", []).append(job)
        for name, own in jobs.items():
            if name not in found:
                rounds = [staged(job) for job in own][1:]
                plain = [_plain(job) for job in own[1:3]]
                found[name] = {key: min(r[key] for r in rounds) for key in rounds[0]}
                found[name] |= {key: min(r[key] for r in plain) for key in plain[0]}
    return found


def staged(job: Any) -> dict[str, float]:
    """The milliseconds of one job of a screen file, stage by stage.

    Raises:
        RuntimeError: If something is wrong with the file.
    """
    from foldwell.build.made import Made
    from foldwell.build.worker import compose, typeset

    spent: dict[str, float] = defaultdict(float)
    with _noted(spent):
        started = time.process_time()
        composition: Any = compose(job)
        composed = time.process_time()
        made = typeset(job.order, composition)
        ended = time.process_time()
    if not isinstance(made, Made):
        raise RuntimeError(f"{job.path}: {made}")
    spent["compose"] = (composed - started) * 1000
    spent["check"] = (ended - composed) * 1000 - sum(spent[stage] for _, _, stage in _STEPS)
    return {stage: spent[stage] for stage in STAGES}


@contextmanager
def _noted(spent: dict[str, float]) -> Iterator[None]:
    """Note what the steps that are no checks take."""

    def timed(step: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def taken(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return step(*arguments, **named)
            finally:
                spent[stage] += (time.process_time() - started) * 1000

        return taken

    with ExitStack() as stack:
        for module, name, stage in _STEPS:
            import_module(module)
            step = resolve_name(f"{module}:{name}")
            stack.enter_context(patch(f"{module}.{name}", timed(step, stage)))
        yield


def _plain(job: Any) -> dict[str, float]:
    """The milliseconds of WeasyPrint alone: the page of a job, set as it was fitted."""
    from foldwell.build.worker import compose
    from foldwell.typeset.copyfit import copyfit
    from foldwell.typeset.engine import Layout
    from foldwell.typeset.fit import fit_css

    made: Any = compose(job)
    row, geometry = job.order.row, job.order.geometry
    fit = fit_css(copyfit(made.pages, row, geometry).fit, row)
    started = time.process_time()
    laid_out = Layout(made.pages).typeset(fit + ".spare { display: none }")
    ended = time.process_time()
    laid_out.write(tagged=True)
    return {
        "plain layout": (ended - started) * 1000,
        "plain PDF": (time.process_time() - ended) * 1000,
    }


def report(found: dict[str, dict[str, float]]) -> None:
    """Print the times, a line a job, and their sums."""
    rows = dict(found)
    if found:
        keys = next(iter(found.values()))
        rows["all of them"] = {key: sum(spent[key] for spent in found.values()) for key in keys}
    for name, spent in rows.items():
        whole = sum(spent[stage] for stage in STAGES)
        own = sum(spent[stage] for stage in OWN)
        stages = ", ".join(f"{stage} {spent[stage]:.0f}" for stage in STAGES)
        plain = spent["plain layout"] + spent["plain PDF"]
        print(
            f"  {name}: {whole:.0f} ms ({stages}); plain WeasyPrint {plain:.0f} ms"
            f" (layout {spent['plain layout']:.0f}, PDF {spent['plain PDF']:.0f});"
            f" {whole / plain:.2f} times; our own share {100 * own / plain:.0f} % of plain"
            f" WeasyPrint (at most {100 * MOST_OWN:.0f} %), {100 * own / whole:.0f} % of the file"
        )


if __name__ == "__main__":
    import sys

    from foldwell.typeset.fonts import isolate

    isolate()
    report(real_leaflets(Path(__file__).resolve().parent.parent, tuple(sys.argv[1:])))
