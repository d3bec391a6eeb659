"""The shipped leaflets in each format they are made in: one more clinic in a warm process.

CPU time, not time on the clock, because a machine does other things too. Beside it stands plain
WeasyPrint on the same HTML and style sheets: one layout and one PDF.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

STAGES = ("compose", "typeset", "write PDF", "finish", "check", "look")
"""To look is to hold the drawn pages to rule L7, and the tags to PDF/UA-1."""
ENGINE = ("typeset", "write PDF")
FIT_CSS = ":root { --body: 12pt; --leading: 16pt; --unit: 2mm; --scale: 1; line-height: 16pt }"
CLINICS = 5
"""How many more clinics are timed; the least time counts, the others were disturbed."""


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
            jobs.setdefault(f"{job.order.leaflet} {job.order.format}", []).append(job)
        for name, own in jobs.items():
            if name not in found:
                rounds = [_timed(job) for job in own][1:]
                found[name] = {key: min(r[key] for r in rounds) for key in rounds[0]}
    return found


def _timed(job: Any) -> dict[str, float]:
    """The milliseconds of one job, stage by stage, and of plain WeasyPrint."""
    from benchmarks.measure import check_file, look_at
    from foldwell.build.worker import compose
    from foldwell.press.finishing import finish_screen, read_srgb_profile
    from foldwell.shipped import templates_folder
    from foldwell.typeset.copyfit import copyfit
    from foldwell.typeset.engine import Layout

    spent: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        result = work()
        spent[stage] = (time.process_time() - started) * 1000
        return result

    profile = read_srgb_profile(templates_folder())
    row, geometry = job.order.row, job.order.geometry
    made = timed("compose", lambda: compose(job))
    fitted = timed("typeset", lambda: copyfit(made.pages, row, geometry))
    raw = timed("write PDF", lambda: fitted.typeset.write(tagged=True))
    content = timed("finish", lambda: finish_screen(raw, profile, row.name, fitted.fit.body_pt))
    sizes = [(page.width_mm, page.height_mm) for page in fitted.typeset.pages]
    timed("check", lambda: check_file(fitted, made.pages, content, sizes))
    timed("look", lambda: look_at(fitted, made, content))
    spent["all"] = sum(spent.values())
    plain = replace(made.pages, css=(*made.pages.css, FIT_CSS + ".spare { display: none }"))
    laid_out = timed("plain layout", lambda: Layout(plain).typeset())
    timed("plain PDF", lambda: laid_out.write(tagged=True))
    return spent


def report(found: dict[str, dict[str, float]]) -> None:
    """Print the times, a line a job."""
    for name, spent in found.items():
        own = sum(spent[stage] for stage in STAGES if stage not in ENGINE)
        engine = sum(spent[stage] for stage in ENGINE)
        stages = ", ".join(f"{stage} {spent[stage]:.0f}" for stage in STAGES)
        plain = spent["plain layout"] + spent["plain PDF"]
        print(
            f"  {name}: {spent['all']:.0f} ms ({stages});"
            f" plain WeasyPrint {plain:.0f} ms; {spent['all'] / plain:.2f} times;"
            f" our own share on top of layout and writing {100 * own / engine:.0f} %"
        )


if __name__ == "__main__":
    import sys

    from foldwell.typeset.fonts import isolate

    isolate()
    report(real_leaflets(Path(__file__).resolve().parent.parent, tuple(sys.argv[1:])))
