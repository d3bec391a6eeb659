"""``brand``: what a brand looks like, and a new one from what a small clinic has."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.group("brand")
def command() -> None:
    """Show a brand on two pages, or make one from a colour or a logo."""


@command.command("show")
@click.argument("name")
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
def show(name: str, output: str) -> int:
    """Draw the sheet of a brand: two pages, as PDF and as PNG."""
    from foldwell.build.brand_sheet import make_sheet
    from foldwell.build.write import write_file

    root = arguments.project_folder()
    folder = arguments.output_folder(root, output)
    sheet = make_sheet(root, name, arguments.today())
    files = {f"brands/{name}.pdf": sheet.pdf}
    files |= {f"brands/{name}-{n}.png": made for n, made in enumerate(sheet.pictures, 1)}
    for path, content in files.items():
        write_file(folder, path, content)
        click.echo(folder / path)
    for line in sheet.notes:
        click.echo(line)
    return BUILT


@command.command("new")
@click.argument("name")
@click.option(
    "--colour",
    "--color",
    "colour",
    metavar="COLOUR",
    default="",
    help="The brand's colour, such as '#0f5c73' or 'teal'.",
)
@click.option(
    "--logo",
    type=click.Path(path_type=Path),
    default=None,
    help="A logo file, whose main colours are taken.",
)
@click.option("--title", metavar="TEXT", default="", help="The name of the organisation.")
def new(name: str, colour: str, logo: Path | None, title: str) -> int:
    """Make a brand from one colour, or from the colours of a logo."""
    from foldwell.content.new_brand import new_brand

    made = new_brand(arguments.project_folder(), name, colour, logo, title)
    for path in made.files:
        click.echo(path)
    for line in made.told:
        click.echo(line)
    click.echo(f"Look at it: 'brand show {name}'. A clinic uses it with 'brand: {name}'.")
    return BUILT
