"""``diff``: what has changed in a leaflet: its words, the facts that it prints, its pages."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT

if TYPE_CHECKING:
    import datetime

    from foldwell.content.leaflet import Leaflet
    from foldwell.content.library import Library


@click.command("diff")
@click.argument("leaflet", shell_complete=arguments.entries("leaflets"))
@click.argument("before", default="HEAD")
@click.argument("after", default="")
@click.option("--clinic", metavar="NAME", default="", help="One clinic; by default one a region.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@click.option("--form", type=click.Choice(("text", "html", "pdf")), default="text",
              help="Lines, or a page or PDF that shows the pages side by side.")  # fmt: skip
@click.option("--format", "format_name", metavar="NAME", default="",
              help="Which pages to show; by default those of the clinic's paper.")  # fmt: skip
@click.option("--to", metavar="FILE", default="", help="Where to write the page or the PDF.")
def command(
    leaflet: str,
    before: str,
    after: str,
    clinic: str,
    language: str,
    form: str,
    format_name: str,
    to: str,
) -> int:
    """Say what changed since a revision of git, another file or an edition, numbers first."""
    from foldwell.build.compared_editions import compared, page_parts, sheet_values
    from foldwell.build.differing import report

    root, today = arguments.project_folder(), arguments.today()
    library, now = arguments.leaflet_of(root, leaflet, language)
    old = _state(root, library, now, before, today)
    new = _state(root, library, now, after, today) if after else (library, now)
    found = compared(old, new, clinic, today)
    told = report(found.changes, found.facts)
    if form == "text":
        click.echo(told)
        return BUILT
    from foldwell.typeset.change_sheet import change_page, change_sheet

    with contextlib.closing(arguments.workers_at()) as workers:
        parts = list(page_parts(found, format_name, new[0].formats, workers))
    names = (before, after or "what stands there now")
    values, pictures = sheet_values(found, names, told.split("\n")[-1], parts)
    path = Path(to or f"{leaflet}-{language}-changes.{form}")
    path.write_bytes((change_page if form == "html" else change_sheet)(values, pictures))
    click.echo(f"Wrote {path}: {told.split(chr(10))[-1]}")
    return BUILT


def _state(
    root: Path, library: Library, leaflet: Leaflet, asked: str, today: datetime.date
) -> tuple[Library, Leaflet]:
    """A leaflet as a revision, a file or an edition has it."""
    from foldwell.build.former import former, is_edition, revision_of_edition
    from foldwell.content.withdrawals import edition_id
    from foldwell.errors import UsageError

    if not (name := edition_id(asked)) or (root / asked).exists():
        return former(root, library, leaflet, asked, today)
    if is_edition(library, leaflet, name, today):
        return library, leaflet
    if revision := revision_of_edition(root, leaflet, name, today):
        return former(root, library, leaflet, revision, today)
    raise UsageError(
        f"No revision of git is the edition {name} of '{leaflet.slug}'.",
        None,
        "'identify' says what is kept of it; else name a revision of git.",
    )
