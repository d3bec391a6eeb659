"""The plan: which jobs a build makes, which it leaves out, and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from foldwell.build.job import Job, Options, Order, Plan, Selection, make_job, seal
from foldwell.build.parts import parts_of_edition, parts_of_job
from foldwell.content.condition_facts import FOLDER
from foldwell.content.edition import make_edition
from foldwell.content.library import Library, line_with
from foldwell.content.settings import Run
from foldwell.content.values import slug_problem
from foldwell.errors import FoldwellError, Place, UsageError, did_you_mean
from foldwell.press.conditions import condition_named
from foldwell.press.formats import MEDIA, Medium


def make_plan(
    library: Library,
    selection: Selection,
    today: datetime.date,
    options: Options | None = None,
    stamps: Mapping[str, str] | None = None,
    stamp: str = "",
) -> Plan:
    """The plan of a build.

    Args:
        library: What there is.
        selection: What is asked for.
        today: The day of the build.
        options: What is asked for beside the files themselves.
        stamps: Hashes of Foldwell itself, by name, which every job depends on.
        stamp: One hash of what shapes every file beside its words.

    Raises:
        UsageError: If a pattern of the user's matches nothing that there is.
    """
    _check_patterns(library, selection)
    options = _with_condition(library, options or Options())
    plan = Plan(broken=_relevant(library, selection))
    jobs: dict[str, Job] = {}
    skipped: dict[str, str] = {}
    for run in library.settings.runs if library.settings else ():
        _check_run(library, run, plan)
        for job, reason, shared in _jobs(library, run, selection, today, options):
            refused = _refusal(job.order)
            if refused and selection.media and not reason:
                plan.broken.append(refused)
            elif refused and not reason:
                skipped[job.name] = refused.message.rstrip(".") + ": --draft makes marked proofs"
            elif reason:
                skipped[f"{job.name}"] = reason
            else:
                other = jobs.get(job.path, job).order
                if (other.leaflet_path, other.format) != (job.order.leaflet_path, job.order.format):
                    plan.broken.append(_two_of_one_path(other, job.order))
                parts = parts_of_job(shared, job.order.row, job.order.medium, options, stamps or {})
                jobs[job.path] = replace(job, parts=tuple(sorted(parts.items())), stamp=stamp)
    plan.jobs = [jobs[path] for path in sorted(jobs)]
    plan.skipped = list(skipped.items())
    return plan


def _with_condition(library: Library, options: Options) -> Options:
    """The options with the condition of the project's own that they name.

    Raises:
        UsageError: If there is no condition of that name.
    """
    if not options.condition:
        return options
    facts = library.settings.conditions if library.settings else {}
    if options.condition in facts and options.condition not in library.conditions:
        raise library.broken[f"{FOLDER}/{facts[options.condition].file}"][0]
    try:
        condition = condition_named(options.condition, library.conditions)
    except FoldwellError as error:
        raise UsageError(error.message, None, error.hint) from None
    return replace(options, own_condition=condition if condition.icc else None)


def _jobs(
    library: Library, run: Run, selection: Selection, today: datetime.date, options: Options
) -> Iterable[tuple[Job, str, dict[str, str]]]:
    for slug, clinic in library.clinics.items():
        usable = clinic.region in library.regions and clinic.brand in library.brands
        if not usable or not _both(slug, run.clinics, selection.clinics):
            continue
        paper = library.regions[clinic.region].paper
        for name, languages in library.leaflets.items():
            if not _both(name, run.leaflets, selection.leaflets):
                continue
            for language, leaflet in languages.items():
                if not _both(language, run.languages, selection.languages):
                    continue
                edition = make_edition(library, leaflet, slug, today)
                sealed = seal(edition)
                shared = parts_of_edition(edition)
                for format_name, media in run.formats.items():
                    row = library.formats.get(format_name)
                    if row is None or not _asked(format_name, selection.formats):
                        continue
                    reason = (
                        "" if paper in row.geometry else f"this clinic prints on {paper.title()}"
                    )
                    for medium in media:
                        if _asked(medium, selection.media):
                            job = make_job(edition, row, medium, options, sealed)
                            yield job, reason, shared
                web: Medium = "web"
                if run.web and _asked(web, selection.media) and not selection.formats:
                    yield make_job(edition, None, web, options, sealed), "", shared


def _two_of_one_path(one: Order, other: Order) -> FoldwellError:
    return FoldwellError(
        f"'{one.path}' would be the file of this leaflet in the format '{one.format}', and of"
        f" '{other.leaflet_path}' in the format '{other.format}'.",
        Place(one.leaflet_path),
        "Give the leaflet or the format another name.",
    )


def _refusal(order: Order) -> FoldwellError | None:
    """Why a print shop must not have this leaflet; None where it may (rule F3)."""
    if order.medium != "press" or not order.status or order.options.draft:
        return None
    what = (
        "no clinician has reviewed it" if order.status == "draft" else "it is past its review date"
    )
    return FoldwellError(
        f"This leaflet is not made for a print shop, because {what}.",
        Place(order.leaflet_path),
        "Have it reviewed, or ask for a marked proof with --draft.",
    )


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _asked(name: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or _matches(name, patterns)


def _both(name: str, patterns: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return _matches(name, patterns) and _asked(name, asked)


def _names(library: Library) -> Mapping[str, frozenset[str]]:
    """Every name there is, of readable and of broken files."""
    leaflets, clinics = set(library.leaflets), set(library.clinics)
    languages = {language for texts in library.leaflets.values() for language in texts}
    for path in library.broken:
        parts = path.split("/")
        if len(parts) < 3:
            continue
        if parts[1] == "leaflets":
            leaflets.add(parts[2].removesuffix(".md"))
            if len(parts) > 3 and parts[-1].endswith(".md"):
                languages.add(parts[-1].removesuffix(".md"))
        elif parts[1] == "clinics":
            clinics.add(parts[2].removesuffix(".yml"))
    return {
        "leaflet": frozenset(leaflets),
        "clinic": frozenset(clinics),
        "language": frozenset(languages),
        "format": frozenset(library.formats),
        "medium": frozenset(MEDIA),
    }


def _check_patterns(library: Library, selection: Selection) -> None:
    known = _names(library)
    for kind, patterns in (
        ("leaflet", selection.leaflets),
        ("clinic", selection.clinics),
        ("language", selection.languages),
        ("format", selection.formats),
        ("medium", selection.media),
    ):
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in known[kind]):
                raise UsageError(
                    f"There is no {kind} '{pattern}'.", None, did_you_mean(pattern, known[kind])
                )


def _check_run(library: Library, run: Run, plan: Plan) -> None:
    """Names in ``build.yml`` that match nothing are mistakes, not empty wishes."""
    known = _names(library)
    for kind, patterns in (
        ("leaflet", run.leaflets),
        ("clinic", run.clinics),
        ("language", run.languages),
        ("format", tuple(run.formats)),
    ):
        for pattern in patterns:
            if pattern != "*" and not any(fnmatchcase(name, pattern) for name in known[kind]):
                here = Place(
                    "content/build.yml", line_with(library.root, "content/build.yml", pattern)
                )
                plan.broken.append(
                    FoldwellError(
                        f"There is no {kind} '{pattern}'.",
                        here,
                        did_you_mean(pattern, known[kind]),
                    )
                )


def _relevant(library: Library, selection: Selection) -> list[FoldwellError]:
    """The mistakes in files that the selection needs."""
    errors: list[FoldwellError] = []
    used = [c for slug, c in library.clinics.items() if _asked(slug, selection.clinics)]
    needed = {
        "regions": {clinic.region for clinic in used},
        "brands": {clinic.brand for clinic in used},
    }
    for path, mistakes in library.broken.items():
        _, kind, *rest = path.split("/")
        name = rest[0].removesuffix(".yml") if rest else ""
        if kind == "leaflets":
            wanted = _asked(name.removesuffix(".md"), selection.leaflets)
            if wanted and len(rest) > 1 and path.endswith(".md"):
                wanted = _asked(rest[-1].removesuffix(".md"), selection.languages)
        elif kind == "clinics":
            wanted = _asked(name, selection.clinics)
        else:
            # A file that is left out for its name alone may be the very one that is missing.
            misnamed = slug_problem(name) != ""
            wanted = kind not in needed or not used or misnamed or name in needed[kind]
        if wanted:
            errors += mistakes
    return errors
