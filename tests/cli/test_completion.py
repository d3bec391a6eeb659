"""Completion of the command line in a shell."""

import subprocess
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from foldwell.build.media import MEDIA
from foldwell.cli import cli
from foldwell.cli.completion import VARIABLE
from foldwell.commands import COMMANDS
from foldwell.paper.formats import FORMATS


def completed(*words: str) -> set[str]:
    """What the last word can become."""
    *before, last = words
    asked = ShellComplete(cli, {}, "foldwell", VARIABLE).get_completions(before, last)
    return {item.value for item in asked}


@pytest.fixture(autouse=True)
def here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "content/clinics/north-gate.yml").write_text("")
    monkeypatch.chdir(project)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("",), {*COMMANDS, "sleep"}),
        (("cl",), {"clean", "clinics"}),
        (("sl",), {"sleep"}),
        (("--cli",), {"--clinic"}),
        (("--clinic", ""), {"north-gate", "riverside"}),
        (("list", "--clinic", "r"), {"riverside"}),
        (("sleep", "--format", "letter-"), {n for n in FORMATS if n.startswith("letter-")}),
        (("build", "--medium", "s"), {n for n in MEDIA if n.startswith("s")}),
        (("new", "--re"), {"--region"}),
        (("completion", ""), {"bash", "zsh", "fish"}),
        (("--clinic", "no*"), set()),
    ],
)
def test_how_a_word_can_go_on(words: tuple[str, ...], wanted: set[str]) -> None:
    assert completed(*words) == wanted


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_a_shell_has_to_read(shell: str) -> None:
    done = CliRunner().invoke(cli, ["completion", shell], standalone_mode=False)
    assert f"{VARIABLE}={shell}_complete" in done.output and "foldwell" in done.output
    if shell == "bash":
        checked = subprocess.run(["bash", "-n"], input=done.output, text=True, check=False)
        assert checked.returncode == 0
