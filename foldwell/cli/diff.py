"""``diff``: what has changed in the words of a leaflet."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("diff")
@click.argument("leaflet")
@click.argument("before", default="HEAD")
@click.argument("after", default="")
@click.option("--clinic", metavar="NAME", default="", help="One clinic; by default one a region.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
def command(leaflet: str, before: str, after: str, clinic: str, language: str) -> int:
    """Say which sentences changed since a revision of git or another file, numbers first."""
    from foldwell.build.check_leaflets import one_a_region
    from foldwell.build.differing import changes, former, report
    from foldwell.content.edition import make_edition
    from foldwell.errors import UsageError, did_you_mean

    root, today = arguments.project_folder(), arguments.today()
    library, now = arguments.leaflet_of(root, leaflet, language)
    if clinic and clinic not in library.clinics:
        hint = did_you_mean(clinic, library.clinics)
        raise UsageError(f"There is no clinic '{clinic}'.", None, hint)
    old = former(root, now, before)
    new = former(root, now, after) if after else now
    slugs = [clinic] if clinic else one_a_region(library)
    pairs = [[make_edition(library, each, slug, today) for each in (old, new)] for slug in slugs]
    found = dict.fromkeys(change for was, is_ in pairs for change in changes(was, is_))
    click.echo(report(sorted(found, key=lambda change: not change.numbers)))
    return BUILT
