"""``approvals``: who has approved which leaflet, and whether the words are still those."""

from __future__ import annotations

from dataclasses import asdict

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("approvals")
@click.argument("leaflet")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@arguments.listed
def command(leaflet: str, language: str, as_json: bool) -> int:
    """List the approvals of a leaflet, and those of former revisions where git has them."""
    from foldwell.build.approving import approvals

    root = arguments.project_folder()
    library, chosen = arguments.leaflet_of(root, leaflet, language)
    found = approvals(root, library, chosen)
    if as_json:
        arguments.tell_json([asdict(one) for one in found])
        return BUILT
    click.echo("\n".join(map(str, found)) or f"Nobody has approved '{leaflet}' yet.")
    return BUILT
