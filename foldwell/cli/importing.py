"""``import``: leaflets of what people have already."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("import")
@click.argument("source", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@click.option("--name", default="", metavar="NAME", help="What the leaflet's folder is called.")
@click.option("--language", default="", metavar="CODE", help="The language, such as en or es.")
@click.option(
    "--site", default="", metavar="ADDRESS", help="The site of the pages; links lead below it."
)
def command(source: Path, name: str, language: str, site: str) -> int:
    """Make a draft of a Word or OpenDocument file, a web page, Markdown or text."""
    from foldwell.content.interface_words import LANGUAGES
    from foldwell.errors import FoldwellError
    from foldwell.importing.bringing import bring_all

    root = arguments.project_folder()
    failed = 0
    for one in bring_all(
        source, root, name=name, language=language, site=site, known=set(LANGUAGES)
    ):
        if isinstance(one, FoldwellError):
            click.secho(str(one), fg="red", err=True)
            failed += 1
            continue
        if isinstance(one, str):
            click.echo(one)
            continue
        click.echo(f"{one.source}: made {one.path}")
        for line in one.told:
            click.echo(f"  {line}")
        for error in one.errors:
            click.secho(f"  It is not built yet: {error}", fg="red", err=True)
        failed += bool(one.errors)
    return FAILED if failed else BUILT
