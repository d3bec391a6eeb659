"""``clinics``: which there are, their facts as they were read, and what a change of one touches."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED

if TYPE_CHECKING:
    from foldwell.content.library import Library

_WANTED = ("address", "out_of_hours", "email", "website", "hours", "feedback", "other_formats")
"""Facts that leaflets print where there are some."""


@click.group("clinics", invoke_without_command=True)
@arguments.listed
@click.pass_context
def command(context: click.Context, as_json: bool) -> int:
    """List the clinics of the project, or look closer at them."""
    if context.invoked_subcommand:
        return BUILT
    library = _library()
    slugs = sorted({*library.clinics, *library.families.parents})
    if as_json:
        arguments.tell_json([_facts(library, slug) for slug in slugs])
        return _told_mistakes(library)
    for slug in slugs:
        click.echo(_line(library, slug))
    return _told_mistakes(library)


def _library() -> Library:
    from foldwell.content.library import read_library

    return read_library(arguments.project_folder(), arguments.today())


def _line(library: Library, slug: str) -> str:
    source = library.families.sources[slug]
    where = f"[{source.place(())}]"
    if slug not in library.clinics:
        return f"{slug}: {source.value.get('name', '')}; a parent only, hands out nothing  {where}"
    clinic = library.clinics[slug]
    words = [str(clinic.name), clinic.region, clinic.brand, str(clinic.phone)]
    words += [f"of {clinic.parent}"] if clinic.parent else []
    words += [f"tags {', '.join(clinic.tags)}"] if clinic.tags else []
    return f"{slug}: {'; '.join(words)}  {where}"


def _facts(library: Library, slug: str) -> dict[str, Any]:
    """A clinic's facts as they were read, and where they stand; those of a parent as written."""
    source = library.families.sources[slug]
    clinic = library.clinics.get(slug)
    facts = clinic.model_dump(mode="json", exclude_none=True) if clinic else dict(source.value)
    return {"clinic": slug, "place": str(source.place(())), "facts": facts}


def _told_mistakes(library: Library) -> int:
    """Complain of what is wrong with clinics; the exit code."""
    from foldwell.cli.telling import complain

    wrong = {
        str(error): error
        for path, errors in library.broken.items()
        if path.startswith("content/clinics")
        for error in errors
    }
    complain(wrong.values())
    return FAILED if wrong else BUILT


@command.command("check")
@arguments.listed
def check(as_json: bool) -> int:
    """Say what each clinic lacks, and which files it cannot have for it."""
    from foldwell.build.job import Selection
    from foldwell.build.plan import make_plan

    library = _library()
    kept: dict[str, dict[str, int]] = {}
    for path, finding in make_plan(library, Selection(), arguments.today()).lacking:
        files = kept.setdefault(path.partition("/")[0], {})
        files[str(finding)] = files.get(str(finding), 0) + 1
    listed = []
    for slug, clinic in library.clinics.items():
        lacks = [name for name in _WANTED if getattr(clinic, name) in (None, ())]
        listed.append({"clinic": slug, "lacks": lacks, "kept_from": kept.get(slug, {})})
        if as_json:
            continue
        click.echo(f"{slug}: lacks {', '.join(lacks) or 'nothing'}")
        for line, count in kept.get(slug, {}).items():
            click.secho(f"  {line} [files: {count}]", fg="red")
    if as_json:
        arguments.tell_json(listed)
    return _told_mistakes(library) or (FAILED if kept else BUILT)


@command.command("columns")
@arguments.listed
def columns(as_json: bool) -> int:
    """Show how the headings of the spreadsheet are read, and which are known."""
    from foldwell.content.roster_columns import COLUMNS
    from foldwell.content.spreadsheet import letters

    roster = _library().families.roster
    if as_json:
        rows = roster.columns.items() if roster else ()
        listed = {name: [asdict(column) for column in row] for name, row in rows}
        arguments.tell_json({"read": listed, "known": COLUMNS})
        return BUILT
    for name, row in roster.columns.items() if roster else ():
        click.echo(f"{roster.path}, sheet '{name}':" if roster and name else "The columns:")
        for column in row:
            told = f"read as '{column.key}'" if column.key else "not read"
            click.echo(f"  {letters(column.number)} {column.heading}: {told}")
    click.echo("Known headings:")
    for key, names in COLUMNS.items():
        click.echo(f"  {key}: {', '.join(names)}")
    click.echo("For others write 'roster: {columns: {Heading: fact}}' into content/build.yml.")
    return BUILT


@command.command("impact")
@click.argument("fact")
@click.option("--clinic", metavar="NAME", default="*", help="The clinic whose fact would change.")
@click.option("--draft", is_flag=True, help="Press: count marked proofs too.")
@arguments.listed
def impact(fact: str, clinic: str, draft: bool, as_json: bool) -> int:
    """List each edition and file that a change of a fact would touch."""
    from foldwell.build.impact import touched_by

    library = _library()
    touched = touched_by(library, arguments.today(), fact, clinic, draft)
    if as_json:
        arguments.tell_json([asdict(edition) for edition in touched])
        return _told_mistakes(library)
    for edition in touched:
        click.echo(f"{edition.leaflet}, {edition.clinic}, {edition.language} ({edition.id})")
        for path in edition.files:
            click.echo(f"  output/{path}")
    files = sum(len(edition.files) for edition in touched)
    click.echo(f"A change of '{fact}' touches {len(touched)} editions, {files} files.")
    return _told_mistakes(library)


@command.command("show")
@click.argument("name")
@arguments.listed
def show(name: str, as_json: bool) -> int:
    """Show each fact of a clinic as it was read, and where it comes from."""
    from foldwell.cli.telling import complain
    from foldwell.content.facts import Hours
    from foldwell.content.families import MERGED
    from foldwell.errors import UsageError, did_you_mean

    library = _library()
    path = f"content/clinics/{name}.yml"
    if path in library.broken:
        complain(library.broken[path])
        return FAILED
    sources = library.families.sources
    if name not in sources:
        raise UsageError(f"There is no clinic '{name}'.", None, did_you_mean(name, sources))
    if as_json:
        arguments.tell_json(_facts(library, name))
        return BUILT
    source, clinic = sources[name], library.clinics.get(name)
    from foldwell.content.clinic import Clinic

    for key in sorted(source.value, key=[*Clinic.model_fields].index if clinic else None):
        written = source.value[key]
        fact = getattr(clinic, key) if clinic else written
        for label, told in _told(key, fact):
            at = tuple(label.split(".", 1)) if key in MERGED else (key,)
            click.echo(f"{label}: {told}  [{source.place(at)}]")
        if isinstance(fact, Hours) and fact.week and fact.week.spans[-1] is None:
            click.echo("hours: nothing is said of bank holidays; days not named are closed")
    if clinic is None:
        click.echo("A parent only: without a phone, a brand and a region it hands out nothing.")
    places = set(source.known().values())
    rows = {place.line for place in places if place.cell}
    for one in sorted({path, *(place.path for place in places)}):
        for finding in library.tidied.get(one, ()):
            if not rows or finding.place.line in rows:
                click.echo(str(finding))
    return BUILT


def _told(label: str, fact: Any) -> list[tuple[str, str]]:
    """The lines for a fact, each with its label."""
    from pydantic import BaseModel

    from foldwell.content.facts import Address, Hours, Phone, Text

    if isinstance(fact, Phone):
        return [(label, f"{fact} (dials {fact.dialled})")]
    if isinstance(fact, Text) and fact.href:
        return [(label, f"{fact} (leads to {fact.href})")]
    if isinstance(fact, Address):
        return [(label, " / ".join(fact))]
    if isinstance(fact, Hours):
        return [(label, f"{row.days}: {row.time}") for row in fact]
    if isinstance(fact, BaseModel):
        fact = {key: value for key, value in fact if value is not None}
    if isinstance(fact, dict):
        return [line for key, value in fact.items() for line in _told(f"{label}.{key}", value)]
    if isinstance(fact, tuple):
        if all(isinstance(item, str) for item in fact):
            return [(label, ", ".join(fact))]
        return [line for n, item in enumerate(fact, 1) for line in _told(f"{label}.{n}", item)]
    return [(label, str(fact))]
