"""The process that the user starts: it stays light, and starts workers only for a build."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import BASE

from foldwell.cli import cli
from foldwell.commands import COMMANDS, USUAL


def test_every_command_has_a_module() -> None:
    assert USUAL in COMMANDS
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None and command.name == name and command.get_short_help_str()


RUN = """
import sys
from foldwell.cli import main
try:
    main(sys.argv[1:])
except SystemExit as exit_:
    assert exit_.code == 0, exit_.code
heavy = [name for name in ("weasyprint", "fontTools", "markdown", "pikepdf") if name in sys.modules]
print("heavy:", heavy)
"""


@pytest.mark.parametrize("arguments", [["list"], ["build", "--quiet"]], ids=lambda a: a[0])
def test_the_parent_never_imports_the_engine(arguments: list[str], project: Path) -> None:
    repository = str(BASE.parents[2])
    result = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env={**os.environ, "PYTHONPATH": repository, "FOLDWELL_PROJECT": str(project)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.stderr == ""
    assert result.stdout.splitlines()[-1] == "heavy: []"
    built = project / "output/riverside/en/sleep-a4-screen.pdf"
    assert built.exists() == (arguments[0] == "build")
