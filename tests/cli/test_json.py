"""Every command that lists does so as JSON too."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from foldwell.cli import cli
from foldwell.commands import COMMANDS

LISTING = {
    "list": (), "list --icons": (), "status": (), "approvals sleep": (), "rules T6": ("id",),
    "icons pregnant": (), "due": (), "check": (), "sources sleep": ("lines",),
    "sources status": ("sources",), "doctor": ("facts",),
    "clinics": ("clinic", "facts"), "clinics check": ("lacks",), "clinics columns": ("known",),
    "clinics impact phone": ("files",), "clinics show riverside": ("facts",),
    "schema": ("schemas",), "translate status": (), "fonts": ("scripts",),
}  # fmt: skip
"""Each with keys that its value, or the first of its values, has."""
ELSEWHERE = {"catalogue", "identify", "preflight"}
"""Commands that have ``--json`` and tests of their own."""


def test_every_command_that_has_it_is_tried() -> None:
    context = click.Context(cli)
    having = set()
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        inner = command.commands.values() if isinstance(command, click.Group) else ()
        if any("--json" in option.opts for one in (command, *inner) for option in one.params):
            having.add(name)
        listed = (command.help or "").startswith(("List ", "Find ", "Say of each"))
        assert name in having or not listed, f"'{name}' lists, and cannot say it as JSON"
    assert {line.split()[0] for line in LISTING} | ELSEWHERE == having


@pytest.mark.parametrize("line", LISTING)
def test_it_is_one_value(line: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    with click.Context(cli):
        done = CliRunner().invoke(cli, [*line.split(), "--json"], standalone_mode=False)
    assert done.exception is None, done.output
    value = json.loads(done.stdout)
    first = value[0] if isinstance(value, list) and value else value
    assert value or line.startswith(("approvals", "translate"))
    for key in LISTING[line]:
        assert key in first
