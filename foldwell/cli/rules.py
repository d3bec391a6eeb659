"""``rules``: the table of rules, or what one of them asks."""

from __future__ import annotations

from dataclasses import asdict

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("rules")
@click.argument("names", nargs=-1, metavar="[ID]...")
@arguments.listed
def command(names: tuple[str, ...], as_json: bool) -> int:
    """List what leaflets are held to, or explain rules by their ids."""
    from foldwell.check.wording.table import checks
    from foldwell.errors import UsageError, did_you_mean
    from foldwell.rules import RULES, is_waivable

    for name in names:
        if name.upper() not in RULES:
            raise UsageError(f"There is no rule '{name}'.", None, did_you_mean(name, RULES))
    chosen = [RULES[name.upper()] for name in names] or [*RULES.values()]
    if as_json:
        arguments.tell_json([asdict(rule) for rule in chosen])
        return BUILT
    for rule in chosen:
        click.echo(f"{rule.id:4} {rule.severity.value:11} {rule.title}")
        if names:
            click.echo(f"     {rule.source}{f', {rule.link}' if rule.link else ''}")
            if check := checks().get(rule.id):
                click.echo(f"     Looks for: {check.__doc__}")
                waived = (
                    "can be waived" if is_waivable(rule.id) else "holds whatever a leaflet says"
                )
                click.echo(f"     It {waived}.")
    return BUILT
