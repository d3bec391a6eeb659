"""``sources``: each sentence of a leaflet with its sources."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("sources")
@click.argument("leaflet")
@click.option("--clinic", metavar="NAME", default="", help="One clinic; by default one a region.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@arguments.listed
def command(leaflet: str, clinic: str, language: str, as_json: bool) -> int:
    """List each sentence with its sources, and name claims that have none or the wrong one."""
    from foldwell.build.tell_sources import tell_sources

    root, today = arguments.project_folder(), arguments.today()
    lines, complaints = tell_sources(root, today, leaflet, clinic, language)
    if as_json:
        arguments.tell_json({"lines": lines, "wrong": complaints})
        return FAILED if complaints else BUILT
    for line in lines:
        click.echo(line)
    for complaint in complaints:
        click.secho(complaint, fg="red", err=True)
    return FAILED if complaints else BUILT
