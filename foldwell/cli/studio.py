"""``studio``: the project as pages in the browser of this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT
from foldwell.errors import UsageError, no_project


@click.command("studio")
@click.option("--port", type=click.IntRange(1024, 65535), default=None,
              help="Where to listen on this machine; any free port unless said.")  # fmt: skip
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(port: int | None, output: str, no_browser: bool) -> int:
    """Edit, look at and print leaflets in the browser of this machine; Ctrl-C ends it."""
    from foldwell.studio.server import run

    root = arguments.project_folder()
    if not (root / "content").is_dir():
        raise no_project(root)

    def opened(address: str, another: Callable[[], str]) -> None:
        click.echo(f"The studio is open at {address}")
        click.echo("Only this machine reaches it, and this address opens one browser, once.")
        click.echo("Enter shows an address for another browser; Ctrl-C ends it.")
        threading.Thread(target=_show_others, args=(another,), daemon=True).start()
        if not no_browser:
            click.launch(address)

    if hasattr(signal, "SIGTTIN"):  # in the background it does not read, and is not stopped for it
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    try:
        folder = arguments.output_folder(root, output)
        run(root, folder, port or 0, opened, today=arguments.today)
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}).", None, "Name another with --port."
        ) from error
    return BUILT


def _show_others(another: Callable[[], str]) -> None:
    """Show a new address for each line that is typed, until there is nobody to type."""
    with contextlib.suppress(OSError):
        # Not by sys.stdin: its lock, held by a thread that waits, would break the end of Python.
        while os.read(0, 4096):
            click.echo(f"For another browser: {another()}")
