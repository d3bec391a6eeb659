"""``verify``: whether every file is what would be made now."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError


@click.command("verify")
@arguments.selecting
@arguments.optional
@arguments.elsewhere("compare with")
@click.option("--full", is_flag=True, help="Typeset every page as a whole, and stamp none.")
@click.option("--signers", metavar="FILE", default="", help="Whose signatures are trusted.")
def command(cluster: str, output: str, full: bool, signers: str, **asked: Any) -> int:
    """Make everything again in memory, and name each file that differs."""
    from foldwell.build.signing import checked
    from foldwell.cli import telling
    from foldwell.project import Project

    root = arguments.project_folder()
    request = arguments.request_of(**asked)
    store = arguments.store_at(output)
    folder = store.folder if store else arguments.output_folder(root, output)
    if not store and not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", None, "Build first, then verify.")
    if not store and (said := checked(folder, Path(signers) if signers else None)):
        click.echo(said)
    workers = arguments.workers_at(cluster)
    workers.stamps = not full
    with contextlib.closing(workers), Project(root, folder, arguments.say) as project:
        plan = arguments.planned(
            lambda: project.plan(request, workers, force=True), request.selection.leaflets
        )
        stream = plan.verify(workers, store.what_is_wrong if store else None)
        tally = telling.follow(stream, quiet=True)
    telling.complain(tally.planned.broken)
    telling.complain_of_jobs(tally.failed.values())
    for found in sorted(tally.found, key=lambda found: found.path):
        where = f"{store.name}/{found.path}" if store else folder / found.path
        click.secho(f"{where} {found.line}.", fg="red", err=True)
    click.echo(f"{telling.files(len(tally.files))} as they must be, {len(tally.found)} not.")
    return BUILT if tally.is_good and not tally.found else FAILED
