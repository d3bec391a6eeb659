"""``watch``: builds again what depends on each file that is saved."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT
from foldwell.errors import FoldwellError, Mistakes


@click.command("watch")
@arguments.selecting
@arguments.optional
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
def command(output: str, **asked: Any) -> int:
    """Build, and build again what depends on each file that is saved; Ctrl-C ends it."""
    from foldwell.build.watch import changes
    from foldwell.cli import telling
    from foldwell.project import Project

    root = arguments.project_folder()
    arguments.request_of(**asked)  # a wrong word ends it before anything is built
    folder = arguments.output_folder(root, output)
    workers = arguments.workers_at()
    with contextlib.closing(workers):
        for _ in changes(root):
            began = time.monotonic()
            try:
                with Project(root, folder, arguments.say) as project:
                    plan = project.plan(arguments.request_of(**asked), workers)
                    if plan.kept:
                        click.echo("Nothing to do.")
                        continue
                    tally = telling.follow(plan.build(workers), quiet=False)
            except (FoldwellError, Mistakes) as error:
                click.secho(str(error), fg="red", err=True)
                continue
            telling.complain(tally.planned.broken)
            telling.complain_of_jobs(tally.failed.values())
            telling.tell(tally, fit=False)
            seconds = time.monotonic() - began
            count = telling.files(len(tally.built))
            failed = f", {telling.files(len(tally.failed))} failed" if tally.failed else ""
            click.echo(f"Built {count}{failed} ({seconds:.2f} s). Watching…")
    return BUILT
