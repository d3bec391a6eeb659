"""``open``: the folder of what was built, in the system's own viewer."""

from __future__ import annotations

import sys

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError


@click.command("open")
@click.option("--output", metavar="DIR", default="output", help="The folder to open.")
def command(output: str) -> int:
    """Open the folder of what was built."""
    folder = arguments.output_folder(arguments.project_folder(), output)
    if not folder.is_dir():
        raise UsageError(f"There is no folder '{output}' yet.", None, "Build first.")
    # Only on Linux does it end at once when it is waited for; elsewhere there is always a viewer.
    if click.launch(str(folder), wait=sys.platform == "linux") == 0:
        click.echo(f"Opened {folder}")
        return BUILT
    click.echo(f"No program opens folders here; the files are in {folder}", err=True)
    return FAILED
