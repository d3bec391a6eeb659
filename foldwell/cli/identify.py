"""``identify``: which edition a file, an id or a photograph of a page is."""

from __future__ import annotations

import json
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

    folder = arguments.output_folder(arguments.project_folder(), output)
    found = identify(asked, folder, read_register(folder))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(report, found)))
    return BUILT if all(one.usable for one in found) else FAILED
