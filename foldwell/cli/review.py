"""``review``: the pack that a clinician reads and signs."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("review")
@click.argument("leaflet")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@click.option("--to", metavar="FILE", default="", help="Where to write it.")
def command(leaflet: str, language: str, to: str) -> int:
    """Make the pack that a clinician reads and signs: numbered lines, sources, doses, questions."""
    from foldwell.build.review import review_pack

    root = arguments.project_folder()
    library, chosen = arguments.leaflet_of(root, leaflet, language)
    path = Path(to or f"{leaflet}-{language}-review.pdf")
    path.write_bytes(review_pack(root, library, chosen, arguments.today()))
    click.echo(f"Wrote {path}.")
    return BUILT
