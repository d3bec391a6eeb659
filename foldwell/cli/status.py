"""``status``: what stands between each leaflet and the press."""

from __future__ import annotations

from collections.abc import Sized

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED

_STATES = {"": "reviewed", "draft": "draft", "expired": "EXPIRED, past its review date"}


@click.command("status")
@click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
@arguments.listed
def command(leaflets: tuple[str, ...], as_json: bool) -> int:
    """Say of each leaflet what stands between it and the press."""
    from foldwell.build.trying import readers
    from foldwell.cli.telling import complain
    from foldwell.content.library import read_library
    from foldwell.content.signature import overtaken
    from foldwell.errors import UsageError, did_you_mean

    today = arguments.request_of().today
    library = read_library(arguments.project_folder(), today)
    broken = {path.split("/")[2].removesuffix(".md"): errors
              for path, errors in library.broken.items()
              if path.startswith("content/leaflets/")}  # fmt: skip
    names = [*library.leaflets, *broken]
    for name in leaflets:
        if name not in names:
            raise UsageError(f"There is no leaflet '{name}'.", None, did_you_mean(name, names))
    listed = []
    for name, texts in library.leaflets.items():
        for language, leaflet in texts.items() if name in (leaflets or names) else ():
            missing = leaflet.facts.missing
            regions = {clinic.region for clinic in library.clinics.values()}
            known = {slug: library.regions[slug] for slug in sorted(regions & {*library.regions})}
            former, state = overtaken(leaflet, known), leaflet.status(today)
            tried = readers(library, leaflet, today)
            listed.append({"leaflet": name, "language": language, "status": state or "reviewed",
                           "missing": missing, "overtaken": former,
                           "readers": tried.facts()})  # fmt: skip
            if as_json:
                continue
            lacks = (
                f"; {_count(missing)} missing for press: {', '.join(missing)}" if missing else ""
            )
            click.echo(f"{name}, {language}: {_STATES[state]}{lacks}")
            for region, people in former.items():
                click.echo(f"  {region}: {', '.join(people)} approved other words: a draft again")
            for region, facts in known.items():
                if found := facts.unchecked_in(leaflet.text):
                    click.echo(f"  {region}: {_count(found)} not checked: {', '.join(found)}")
            for line in tried.told():
                click.echo(f"  readers: {line}")
    if as_json:
        arguments.tell_json(listed)
    mistakes = [errors for name, errors in broken.items() if name in (leaflets or names)]
    complain(error for errors in mistakes for error in errors)
    return FAILED if mistakes else BUILT


def _count(missing: Sized) -> str:
    return f"{len(missing)} fact{'s' if len(missing) > 1 else ''}"
