"""``test``: the launcher runs Foldwell's own tests; this says so to whoever has none."""

from __future__ import annotations

import click

from foldwell.errors import UsageError


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """Run Foldwell's own tests (in a clone of the project)."""
    del arguments
    raise UsageError(
        "The tests are run by the launcher.", None, "Call 'python3 build.py test' in a clone."
    )
