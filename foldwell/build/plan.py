"""The plan: which jobs a build makes, which it leaves out, and why."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

from foldwell.build.gate import Gate
from foldwell.build.job import Job, Options, Order, Selection
from foldwell.build.jobs import make_job, seal
from foldwell.build.many_languages import edition_for
from foldwell.build.media import MEDIA, names_of_media, without_sheet
from foldwell.build.parts import EditionParts, parts_of_job
from foldwell.build.patterns import asked, both, check_patterns, misnamed_formats, mistakes_of_run
from foldwell.build.relevant import relevant, tidied
from foldwell.build.request import Jobs, Told
from foldwell.check.waivers import not_waived
from foldwell.content.condition_facts import FOLDER
from foldwell.content.edition import Edition, known_names, make_edition
from foldwell.content.evidence import LISTS
from foldwell.content.laws import law_findings
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.settings import Run
from foldwell.content.source_records import RECORDS
from foldwell.content.spoken_lines import line_findings
from foldwell.content.withdrawals import FOLDER as WITHDRAWALS
from foldwell.content.withdrawals import since_and_why
from foldwell.errors import FoldwellError, Place, UsageError
from foldwell.finding import Finding
from foldwell.paper.conditions import condition_named


def make_plan(
    library: Library,
    selection: Selection,
    today: datetime.date,
    options: Options | None = None,
    stamps: Mapping[str, str] | None = None,
    stamp: str = "",
    parts: EditionParts | None = None,
) -> Jobs:
    """What there is to make.

    Args:
        library: What there is.
        selection: What is asked for.
        today: The day of the build.
        options: What is asked for beside the files themselves.
        stamps: Hashes of Foldwell itself, by name, which every job depends on.
        stamp: One hash of what shapes every file beside its words.
        parts: The parts of editions, for whoever plans again and again.

    Raises:
        UsageError: If a pattern of the user's matches nothing that there is.
    """
    check_patterns(library, selection)
    options = _with_condition(library, options or Options())
    broken = relevant(library, selection)
    jobs: dict[str, Job] = {}
    broken += misnamed_formats(library)
    left_out: dict[str, str] = {}
    spared: set[str] = set()
    groups: dict[tuple[str, str], dict[str, str]] = {}
    gate, lacking = Gate(library), list[tuple[str, Finding]]()
    places: set[tuple[str, str, str]] = set()
    parts = parts or EditionParts()
    for run in library.settings.runs if library.settings else ():
        broken += mistakes_of_run(library, run)
        for job, reason, shared in _jobs(library, run, selection, today, options, parts):
            order = job.order
            places.add((order.leaflet, order.language, order.clinic))
            refused = None if reason else _refusal(order)
            if refused and selection.media:
                broken.append(refused)
            elif refused:
                why = refused.message.rstrip(".") + ": --draft makes marked proofs"
                left_out[job.name] = sys.intern(why)  # so that it travels once for all jobs
                spared.add(without_sheet(job.path))
            elif reason:
                left_out[job.name] = sys.intern(reason)
            elif found := gate.findings(job):
                lacking += [(job.path, finding) for finding in found]
                spared.add(without_sheet(job.path))
            else:
                other = jobs.get(job.path, job).order
                if (other.leaflet_path, other.format) != (order.leaflet_path, order.format):
                    broken.append(_two_of_one_path(other, order))
                what = order.format, order.medium.name
                if what not in groups:
                    own = parts_of_job(order.row, order.medium, options)
                    groups[what] = {**own, **(stamps or {})}
                jobs[job.path] = Job(order, job.sealed, (shared, groups[what]), stamp)
    if any(
        path in {*LISTS, RECORDS} or path.startswith(f"{WITHDRAWALS}/") for path in library.broken
    ):
        # What must not go out cannot be known, so that nothing does.
        spared |= {without_sheet(path) for path in jobs}
        jobs.clear()
    planned = tuple(jobs[path] for path in sorted(jobs))
    editions = {(job.order.leaflet_path, job.order.clinic): 1 for job in planned}
    spoken = _of_laws(library, editions, today) + line_findings(library, editions)
    broken += [FoldwellError(one.message, one.place, one.hint) for _, one in lacking]
    return Jobs(
        planned,
        tuple(left_out.items()),
        tuple({str(error): error for error in broken}.values()),
        tuple(sorted(spared)),
        (*tidied(library, selection), *map(str, spoken)),
        clinics={
            slug: (str(clinic.phone), ", ".join(clinic.address or ()))
            for slug, clinic in library.clinics.items()
            if not library.families.sources[slug].path.endswith(".yml")
        }
        if library.families.roster
        else {},
        lacking=tuple(lacking),
        told=Told(
            since_and_why(library.withdrawn),
            str(library.settings.web_pages or "") if library.settings else "",
            frozenset(places) if selection == Selection() and not library.broken else None,
        ),
    )


def _of_laws(
    library: Library, editions: Iterable[tuple[str, str]], today: datetime.date
) -> list[Finding]:
    """The laws that are left out, but where a leaflet waives that (rule C6)."""
    paths = {one.path: one for texts in library.leaflets.values() for one in texts.values()}
    found = law_findings(library, editions)
    return [left for one in found for left in not_waived([one], paths[one.place.path or ""], today)]


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
    library: Library,
    run: Run,
    selection: Selection,
    today: datetime.date,
    options: Options,
    parts: EditionParts,
) -> Iterable[tuple[Job, str, dict[str, str]]]:
    known, formats = parts.names(_known(library)), library.formats
    in_formats, bare = (frozenset(names_of_media(in_formats=either)) for either in (True, False))
    for slug, clinic in library.clinics.items():
        usable = clinic.region in library.regions and clinic.brand in library.brands
        if not usable or not both(slug, run.clinics, selection.clinics):
            continue
        if run.for_ and not set(run.for_) & set(clinic.tags):
            continue
        paper = clinic.region_here(library.regions).paper
        for name, languages in library.leaflets.items():
            if not both(name, run.leaflets, selection.leaflets):
                continue
            for language, leaflet in languages.items():
                if not both(language, run.languages, selection.languages):
                    continue
                if leaflet.facts.for_ and not set(leaflet.facts.for_) & set(clinic.tags):
                    continue
                edition = plan_edition(library, leaflet, slug, today, known)
                sealed = seal(edition)
                shared = parts.of(edition)
                for format_name, media in run.formats.items():
                    row = formats.get(format_name)
                    if row is None or not asked(format_name, selection.formats):
                        continue
                    reason = (
                        "" if paper in row.geometry else f"this clinic prints on {paper.title()}"
                    )
                    own, why = edition_for(
                        row, run, edition, languages,
                        lambda other: plan_edition(library, other, slug, today, known),  # noqa: B023
                    )  # fmt: skip
                    if own is None:
                        continue
                    bytes_, depends = sealed, shared
                    if own is not edition:
                        bytes_, depends = seal(own), parts.of(own)
                    for medium in media:
                        if medium in in_formats and asked(medium, selection.media):
                            job = make_job(own, row, medium, options, bytes_)
                            yield job, reason or why, depends
                for alone in run.without_format:
                    if alone in bare and asked(alone, selection.media) and not selection.formats:
                        yield make_job(edition, None, alone, options, sealed), "", shared


def plan_edition(
    library: Library,
    leaflet: Leaflet,
    clinic_slug: str,
    today: datetime.date,
    known: Mapping[str, frozenset[str]] | None = None,
) -> Edition:
    """The edition of a leaflet for a clinic, which knows the media too that ``only`` may name."""
    made = make_edition(library, leaflet, clinic_slug, today, known or _known(library))
    twins = tuple(_twins(library, leaflet, clinic_slug))
    return replace(made, twins=twins) if twins else made


def _twins(library: Library, leaflet: Leaflet, clinic_slug: str) -> Iterable[str]:
    """The other languages in which the settings have a web page made for a clinic."""
    runs = library.settings.runs if library.settings else ()
    tags = set(library.clinics[clinic_slug].tags)
    for language, other in library.leaflets.get(leaflet.slug, {}).items():
        if language == leaflet.language or (other.facts.for_ and not tags & set(other.facts.for_)):
            continue
        if any(
            run.web
            and both(clinic_slug, run.clinics, ())
            and both(leaflet.slug, run.leaflets, ())
            and both(language, run.languages, ())
            and (not run.for_ or tags & set(run.for_))
            for run in runs
        ):
            yield language


def _known(library: Library) -> dict[str, frozenset[str]]:
    names = known_names(library)
    formats = names["format"] | {*names_of_media(in_formats=False)}
    return {**names, "format": formats, "medium": frozenset(MEDIA)}


def _two_of_one_path(one: Order, other: Order) -> FoldwellError:
    return FoldwellError(
        f"'{one.path}' would be the file of this leaflet in the format '{one.format}', and of"
        f" '{other.leaflet_path}' in the format '{other.format}'.",
        Place(one.leaflet_path),
        "Give the leaflet or the format another name.",
    )


def _refusal(order: Order) -> FoldwellError | None:
    """Why a print shop must not have this leaflet; None where it may (rule F3)."""
    if not order.medium.for_print_shops or not order.status or order.options.draft:
        return None
    what, hint = "it is past its review date", "Have it reviewed"
    if order.stale:
        facts = ", ".join(f"'{name}'" for name in order.stale)
        what = f"it uses facts of its region that nobody has checked in time ({facts})"
        hint = "Open their sources, and set 'reviewed' in the region's file"
    elif order.status == "withdrawn":
        what, hint = "it was withdrawn", "Correct its words"
    elif order.status == "draft":
        what = "no clinician has reviewed it"
    return FoldwellError(
        f"This leaflet is not made for a print shop, because {what}.",
        Place(order.leaflet_path),
        f"{hint}, or ask for a marked proof with --draft.",
    )
