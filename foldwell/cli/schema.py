"""``schema``: JSON Schemas of the files that people write, for their editors."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli.exit_codes import BUILT
from foldwell.errors import UsageError, did_you_mean


@click.command("schema")
@click.argument("name", default="")
@click.option("--folder", type=click.Path(path_type=Path), help="Write all of them into a folder.")
@click.option("--json", "as_json", is_flag=True, help="List them as JSON.")
def command(name: str, folder: Path | None, as_json: bool) -> int:
    """Print the JSON Schema of a kind of file; without a name, list them."""
    from foldwell.content.schemas import KINDS, schema_files

    files = schema_files()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (folder / path).write_text(text, encoding="utf-8")
            click.echo(folder / path)
    elif name:
        if name not in KINDS:
            raise UsageError(f"There is no schema '{name}'.", None, did_you_mean(name, KINDS))
        click.echo(files[f"{name}.json"], nl=False)
    elif as_json:
        click.echo(files["catalog.json"], nl=False)
    else:
        for known, kind in KINDS.items():
            click.echo(f"{known}: {kind.files}, {kind.about}")
    return BUILT
