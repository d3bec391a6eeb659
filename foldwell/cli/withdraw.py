"""``withdraw``: exactly these words must not be handed out any more."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("withdraw")
@click.argument("edition", metavar="ID")
@click.option("--reason", metavar="TEXT", required=True, help="Why, as readers are told it.")
@click.option("--by", metavar="NAME", default="", help="Who withdraws it.")
@click.option("--output", metavar="DIR", default="output", help="Folder that builds write to.")
def command(edition: str, reason: str, by: str, output: str) -> int:
    """Withdraw an edition: every page of it says so from the next build on."""
    from foldwell.build.editions import read_register
    from foldwell.build.withdrawing import withdraw
    from foldwell.content.library import read_library

    root = arguments.project_folder()
    register = read_register(arguments.output_folder(root, output))
    day = arguments.today()
    path = withdraw(root, read_library(root, day), register, edition, reason, by, day)
    click.echo(f"Wrote {path}. Build again, and publish the web pages, so that readers are told.")
    return BUILT
