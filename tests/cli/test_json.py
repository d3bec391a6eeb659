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
    "icons pregnant": (), "due": (), "check": (), "sources sleep": ("lines",), "doctor": ("facts",),
    "clinics": ("clinic", "facts"), "clinics check": ("lacks",), "clinics columns": ("known",),
    "clinics impact phone": ("files",), "clinics show riverside": ("facts",),
    "schema": ("schemas",), "translate status": (),
}  # fmt: skip
"""Each with keys that its value, or the first of its values, has."""
WITHOUT = {
    "approve", "bench", "brand", "build", "clean", "completion", "diff", "gallery", "import",
    "new", "open", "pack", "review", "test", "verify", "watch", "catalogue", "preflight",
}  # fmt: skip
"""Commands that make or compare something (the last two have ``--json`` and tests of their own)."""


def test_every_command_is_one_or_the_other() -> None:
    assert {line.split()[0] for line in LISTING} | WITHOUT == {*COMMANDS}


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
