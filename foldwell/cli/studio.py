"""``studio``: the project as pages in the browser of this machine."""

from __future__ import annotations

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

    def opened(address: str) -> None:
        click.echo(f"The studio is open at {address}")
        click.echo("Only this machine reaches it, and only with this address. Ctrl-C ends it.")
        if not no_browser:
            click.launch(address)

    try:
        folder = arguments.output_folder(root, output)
        run(root, folder, port or 0, opened, today=arguments.today)
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}).", None, "Name another with --port."
        ) from error
    return BUILT
