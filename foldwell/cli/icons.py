"""``icons``: finds icons by word and draws them on a page."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("icons")
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
@arguments.listed
def command(words: tuple[str, ...], output: str, as_json: bool) -> int:
    """Find icons by word, and draw them on a page (PDF and HTML)."""
    from foldwell.build.icons import found_icons, icon_page
    from foldwell.build.write import write_file

    query = " ".join(words)
    names = found_icons(query)
    if as_json:
        arguments.tell_json(names)
        return BUILT
    click.echo("\n".join(names))
    folder = arguments.output_folder(arguments.project_folder(), output)
    for ending, content in zip(("html", "pdf"), icon_page(query, names), strict=True):
        write_file(folder, f"icons.{ending}", content)
        click.echo(f"Drew them in {folder / f'icons.{ending}'}.", err=True)
    return BUILT
