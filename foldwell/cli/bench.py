"""``bench``: measures Foldwell, in a clone of the project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from foldwell.errors import UsageError


@click.command("bench", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """Measure Foldwell against plain WeasyPrint (in a clone of the project)."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "benchmarks").is_dir():
        raise UsageError("The benchmarks are not installed.", None, "Call it in a clone.")
    words = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(words, cwd=root, check=False).returncode
