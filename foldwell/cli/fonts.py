"""``fonts``: which fonts there are, and fetching those that are too large to be shipped."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT
from foldwell.errors import UsageError


@click.command("fonts")
@click.argument("what", default="")
@click.argument("language", default="")
@arguments.listed
def command(what: str, language: str, as_json: bool) -> int:
    """List the fonts; 'fonts add zh-Hans' fetches one that is too large to be shipped."""
    from foldwell.fonts import ADDED, FONTS

    if what == "add" and language:
        from foldwell.build.fetch_fonts import add, font_of

        font = font_of(language)
        click.echo(f"Fetching {font.family} (about a minute)…", err=True)
        click.echo(f"{font.family} is there now: {add(language)}")
        return BUILT
    if what or language:
        raise UsageError("Say 'fonts', or 'fonts add LANGUAGE'.")
    rows = [
        {"family": font.family, "scripts": list(font.scripts), "here": font.here, "add": font.added}
        for font in (*FONTS, *ADDED)
    ]
    if as_json:
        arguments.tell_json(rows)
        return BUILT
    for row in rows:
        told = "" if row["here"] else f", not here: 'fonts add {row['add']}' fetches it"
        click.echo(f"{row['family']} ({', '.join(row['scripts'])}){told}")  # type: ignore[arg-type]
    return BUILT
