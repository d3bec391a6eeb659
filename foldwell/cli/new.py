"""``new``: a project to start from."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli.exit_codes import BUILT


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", default="", help="The clinic's name.")
@click.option("--region", default="", help="Its region, such as uk, us or ie.")
@click.option("--phone", default="", help="Its phone number.")
def command(folder: Path, name: str, region: str, phone: str) -> int:
    """Make a project in a new folder: a clinic, a brand, a first leaflet."""
    from foldwell.content.library import SHIPPED_REGIONS
    from foldwell.content.new_project import new_project

    name = name or click.prompt("The clinic's name")
    known = ", ".join(SHIPPED_REGIONS)
    region = region or click.prompt(f"Its region ({known})")
    phone = phone or click.prompt("Its phone number")
    for path in new_project(folder, name, region, phone):
        click.echo(path)
    click.echo(f"Build it: cd {folder} && foldwell")
    return BUILT
