"""``clean``: deletes what builds have made, all of it or what is no longer planned."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError


@click.command("clean")
@click.option("--stale", is_flag=True, help="Delete only files that are no longer planned.")
@click.option("--output", metavar="DIR", default="output", help="Folder to empty.")
def command(stale: bool, output: str) -> int:
    """Delete the files that builds have made in the output folder."""
    from foldwell.build.clean import clean_output
    from foldwell.build.editions import FILE as REGISTER
    from foldwell.cli.telling import complain, files
    from foldwell.project import Project

    root = arguments.project_folder()
    store = arguments.store_at(output) if stale else None
    if "://" in output and not stale:
        raise UsageError(
            "Only folders are emptied.", None, "Use --stale, or the store's own tools."
        )
    folder = Path(output) if os.path.isabs(output) else root / output
    if not stale:
        click.echo(f"Deleted {files(clean_output(folder))} from {folder}.")
        if (folder / REGISTER).is_file():
            click.echo(f"Kept {REGISTER}: what was handed out, and whether it still stands.")
        return BUILT
    folder = store.folder if store else folder
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", None, "Name the output folder.")
    workers = arguments.workers_at()
    with contextlib.closing(workers), Project(root, folder, arguments.say) as project:
        # Proofs of drafts are planned only when they are asked for; here they count as planned.
        plan = project.plan(arguments.request_of(draft=True), workers, force=True)
        complain(plan.broken)
        if plan.broken:
            # What a broken file is for cannot be known, so nothing of it may be taken away.
            click.secho("Nothing was deleted: mend these first.", fg="red", err=True)
            return FAILED
        paths = project.clean_stale(plan)
        if store:
            store.remove(paths)
    for path in paths:
        click.echo(f"Deleted {folder / path}.")
    click.echo(f"Deleted {files(len(paths))} that are no longer planned.")
    return BUILT
