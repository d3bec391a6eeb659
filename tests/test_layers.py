"""The layers of the code, as ``pyproject.toml`` draws them: no import upwards, and no circle."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
CLIMBS = {
    "upwards": ("foldwell/errors.py", "import foldwell.build.job"),
    "to its neighbour": ("foldwell/check/black_text.py", "import foldwell.typeset.engine"),
    "hidden upwards": (
        "foldwell/pdf/boxes.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import foldwell.check.bleed",
    ),
    "late and upwards": (
        "foldwell/build/lock.py",
        "def later() -> None:\n    import foldwell.afar.store",
    ),
    "in a circle": ("foldwell/build/made.py", "import foldwell.build.job"),
    "a command of the command line": ("foldwell/cli/build.py", "import foldwell.cli"),
    "a step of the table of media": (
        "foldwell/build/panels.py",
        "def later() -> None:\n    import foldwell.build.plan",
    ),
    "a rule of what finds it": (
        "foldwell/check/print_rules/bleed.py",
        "import foldwell.check.preflight",
    ),
    "WeasyPrint in another room": ("foldwell/press/marks.py", "import weasyprint"),
}
"""For each kind of import that must not be: a module, and what would be written in it."""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let import-linter look at the package in a folder."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )


def copied(folder: Path) -> None:
    """Copy the code, without what is not code."""
    for path in [*PROJECT.glob("foldwell/**/*.py"), PROJECT / "pyproject.toml"]:
        to = folder / path.relative_to(PROJECT)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())


def test_every_import_runs_downwards() -> None:
    result = lint(PROJECT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("kind", CLIMBS)
def test_an_import_that_must_not_be_is_caught(kind: str, tmp_path: Path) -> None:
    copied(tmp_path)
    name, line = CLIMBS[kind]
    with (tmp_path / name).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    result = lint(tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Broken contracts" in result.stdout


def test_the_linter_sees_every_module() -> None:
    """A folder without ``__init__.py`` is no package to it, and its imports are passed by."""
    folders = {path.parent for path in PROJECT.glob("foldwell/**/*.py")}
    assert [folder.name for folder in folders if not (folder / "__init__.py").exists()] == []
