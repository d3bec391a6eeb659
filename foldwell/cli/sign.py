"""``sign``: a signature over the register of editions, with a key of ssh or minisign."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("sign")
@click.option("--key", metavar="FILE", required=True, help="A private key of ssh or minisign.")
@click.option("--output", metavar="DIR", default="output", help="Folder that builds write to.")
def command(key: str, output: str) -> int:
    """Sign the register of editions, and so every file that it names."""
    from foldwell.build.signing import sign

    made = sign(arguments.output_folder(arguments.project_folder(), output), Path(key))
    click.echo(f"Wrote {made}. 'verify --signers FILE' checks it.")
    return BUILT
