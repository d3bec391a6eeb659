"""``rules``: the table of rules, or what one of them asks."""

from __future__ import annotations

import click

from foldwell.cli.exit_codes import BUILT


@click.command("rules")
@click.argument("names", nargs=-1, metavar="[ID]...")
def command(names: tuple[str, ...]) -> int:
    """List what leaflets are held to, or explain rules by their ids."""
    from foldwell.check.wording.table import checks
    from foldwell.errors import UsageError, did_you_mean
    from foldwell.rules import RULES

    for name in names:
        if name.upper() not in RULES:
            raise UsageError(f"There is no rule '{name}'.", None, did_you_mean(name, RULES))
    for rule in [RULES[name.upper()] for name in names] or RULES.values():
        click.echo(f"{rule.id:4} {rule.severity.value:11} {rule.title}")
        if names:
            click.echo(f"     {rule.source}{f', {rule.link}' if rule.link else ''}")
            if check := checks().get(rule.id):
                click.echo(f"     Looks for: {check.__doc__}")
    return BUILT
