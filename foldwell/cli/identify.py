"""``identify``: which edition a file, an id or a photograph of a page is."""

from __future__ import annotations

from dataclasses import asdict

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("identify")
@click.argument("asked", metavar="FILE|ID|PHOTO")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option("--output", metavar="DIR", default="output", help="Folder that builds write to.")
def command(asked: str, as_json: bool, output: str) -> int:
    """Say which edition something is, whether it still stands, and what has changed since."""
    from foldwell.build.editions import read_register
    from foldwell.build.identifying import identify, report
    from foldwell.content.withdrawals import read_withdrawals, since_and_why
    from foldwell.errors import Mistakes, no_project

    root = arguments.project_folder()
    if not (root / "content").is_dir():  # what is withdrawn stands there
        raise no_project(root)
    folder = arguments.output_folder(root, output)
    withdrawn, broken = read_withdrawals(root)
    if broken:
        raise Mistakes([error for errors in broken.values() for error in errors])
    register, today = read_register(folder), arguments.today()
    found = identify(asked, folder, register, today, since_and_why(withdrawn))
    if as_json:
        told = [{**asdict(one), "usable": one.usable, "against": one.against} for one in found]
        arguments.tell_json(told)
    else:
        click.echo("\n".join(map(report, found)))
    return BUILT if all(one.usable for one in found) else FAILED
