"""``doctor``: versions, fonts and libraries, and what is wrong with them."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("doctor")
@arguments.listed
def command(as_json: bool) -> int:
    """Show versions, fonts and libraries, and what is wrong with them."""
    from foldwell.build.doctor import examine

    findings = examine(arguments.project_folder())
    if as_json:
        arguments.tell_json({"facts": findings.facts, "wrong": findings.problems})
        return FAILED if findings.problems else BUILT
    for fact in findings.facts:
        click.echo(fact)
    for problem in findings.problems:
        click.secho(f"wrong: {problem}", fg="red", err=True)
    if not findings.problems:
        click.echo("All is well.")
    return FAILED if findings.problems else BUILT
