"""A plan of everything, of which only the jobs of clinics whose facts changed are made again."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace

from foldwell.build.job import Options, Selection
from foldwell.build.known import Known
from foldwell.build.parts import EditionParts
from foldwell.build.plan import make_plan
from foldwell.build.request import Jobs
from foldwell.content.edition import known_names
from foldwell.content.library import Library

_OF_CLINICS = {"clinics", "families", "tidyings", "broken"}
"""What of a library may be another value."""


def plan_again(
    plan: Jobs,
    before: Library,
    library: Library,
    today: datetime.date,
    options: Options,
    known: Known,
    parts: EditionParts,
) -> Jobs | None:
    """The plan of everything, after facts of some clinics changed.

    Args:
        plan: The plan before.
        before: What it was made of.
        library: The same with its clinics as they are now.
        today: The day of both plans.
        options: What was asked for.
        known: What is known of Foldwell itself, which is as it was.
        parts: The parts of editions that the plan before has come to.

    Returns:
        The jobs, what is left out, and what is wrong, as in a plan made anew, in another order;
        None if more hangs on what changed than the files of these clinics.
    """
    others = [one.name for one in fields(Library) if one.name not in _OF_CLINICS]
    if any(getattr(before, name) is not getattr(library, name) for name in others):
        return None
    clinics = before.clinics, library.clinics
    alike = [(list(one), known_names(of), _variables(of)) for one, of in
             zip(clinics, (before, library), strict=True)]  # fmt: skip
    if alike[0] != alike[1] or plan.broken or before.broken or library.broken:
        return None
    changed = {slug for slug in library.clinics if clinics[0][slug] is not clinics[1][slug]}
    if not changed:
        return plan
    asked = library, Selection(clinics=tuple(sorted(changed))), today, options
    own = make_plan(*asked, known.stamps, known.stamp, parts)
    if own.broken:
        return None
    jobs = [*(job for job in plan.jobs if job.order.clinic not in changed), *own.jobs]
    kept = [(name, why) for name, why in plan.left_out if name.split(", ")[1] not in changed]
    return replace(
        plan,
        jobs=tuple(sorted(jobs, key=lambda job: job.path)),
        left_out=(*kept, *own.left_out),
    )


def _variables(library: Library) -> set[str]:
    """The names of all texts that clinics give their leaflets."""
    return {name for clinic in library.clinics.values() for name in clinic.variables}
