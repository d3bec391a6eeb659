"""``completion``: what a shell has to read to complete commands, options and names."""

from __future__ import annotations

import click

from foldwell.cli.exit_codes import BUILT, FAILED

VARIABLE = "_FOLDWELL_COMPLETE"
"""The variable by which a shell asks the program itself (Click has its name)."""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print what makes a shell complete commands, leaflets, clinics and formats."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    group = click.get_current_context().find_root().command
    if kind is None:
        return FAILED
    click.echo(kind(group, {}, "foldwell", VARIABLE).source())
    return BUILT
