"""``approve``: a clinician's approval of exactly the words that were read."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT
from foldwell.errors import UsageError


@click.command("approve")
@click.argument("leaflet")
@click.option("--name", metavar="NAME", default="", help="The clinician who has read it.")
@click.option("--role", metavar="ROLE", default="", help="Such as 'consultant pharmacist'.")
@click.option("--registration", metavar="NUMBER", default="", help="In a professional register.")
@click.option("--words", metavar="CODE", default="", help="The code of the words that were read.")
@click.option("--due", metavar="DATE", default="", help="When it must be reviewed again.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
def command(
    leaflet: str, name: str, role: str, registration: str, words: str, due: str, language: str
) -> int:
    """Record that a clinician approves the words of a leaflet; without --words, show their code."""
    from foldwell.build.approving import Approval, approve, code_of, wordings

    root = arguments.project_folder()
    library, chosen = arguments.leaflet_of(root, leaflet, language)
    if not words:
        click.echo(f"{chosen.path}: {chosen.facts.title}")
        for region, wording in wordings(library, chosen).items():
            click.echo(f"  {region}: {wording}")
        click.echo(f"The code of these words is {code_of(wordings(library, chosen))}. Who has read")
        click.echo("them approves them with --words, --name and --role.")
        return BUILT
    if not name or not role:
        raise UsageError("--name and --role say who approves.", None, "Give both.")
    day = arguments.today()
    approval = Approval(name, role, registration, day, arguments.day(due) if due else None)
    approve(root, library, chosen, approval, words)
    click.echo(f"{chosen.path}: approved by {name}, {role}, on {day}.")
    return BUILT
