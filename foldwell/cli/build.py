"""``build``: what happens when no command is named."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError


@click.command("build")
@arguments.selecting
@arguments.optional
@click.option(
    "--fit",
    metavar="report",
    default="",
    help="'--fit report' says how the words were fitted to their panels.",
)
@click.option("--force", is_flag=True, help="Make every file again, whatever was built before.")
@click.option("--why", is_flag=True, help="Say for each file why it was made, or left as it was.")
@click.option(
    "--no-stamp", is_flag=True, help="Typeset every page as a whole, from nobody else's pages."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 512),
    default=None,
    help="How many files to make at once; one a core unless said.",
)
@click.option("--today", "on", metavar="DATE", default="", help="Build as of another day.")
@arguments.elsewhere("write to")
@click.option("--events", metavar="FILE", default="", help="Write all that happens as JSON lines.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--verbose", "-v", is_flag=True, help="Name every file that was built.")
def command(
    fit: str,
    force: bool,
    why: bool,
    no_stamp: bool,
    jobs: int | None,
    cluster: str,
    output: str,
    events: str,
    quiet: bool,
    verbose: bool,
    **asked: Any,
) -> int:
    """Build leaflets (what happens when no command is named)."""
    if quiet and verbose:
        raise UsageError("--quiet and --verbose were both given.", None, "Choose one of them.")
    if fit not in ("", "report"):
        raise UsageError(f"--fit cannot be '{fit}'.", None, "Write '--fit report'.")
    began = time.monotonic()
    root = arguments.project_folder()
    store = arguments.store_at(output)
    folder = store.folder if store else arguments.output_folder(root, output)
    workers = arguments.workers_at(cluster, jobs)
    workers.stamps, workers.are_for_one_run = not no_stamp, True
    with contextlib.ExitStack() as stack:
        if store:
            stack.callback(store.close)
        stack.callback(workers.close)
        if force or not (folder / ".foldwell").exists():
            workers.start()  # they warm up while the rest is imported and the files are looked at
        from foldwell.cli import telling
        from foldwell.project import Project

        request = arguments.request_of(**asked)
        with Project(root, folder, arguments.say) as project:
            plan = arguments.planned(
                lambda: project.plan(request, workers, force=force), request.selection.leaflets
            )
            stream = plan.build(workers)
            stream = store.along(stream) if store else stream
            stream = telling.written(stream, events) if events else stream
            tally = telling.follow(stream, quiet=quiet)
    seconds = time.monotonic() - began
    if not tally.done.idle:
        telling.tell_delivered(tally.delivered, quiet)
    telling.complain(tally.planned.broken)
    telling.complain_of_jobs(tally.failed.values())
    if why and not (quiet and tally.done.idle):
        telling.tell_why(tally)
    if not quiet:
        telling.tell(tally, fit == "report")
        telling.sum_up(tally, folder, seconds, verbose)
    if tally.done.idle:
        telling.tell_delivered(tally.delivered, quiet)
    return BUILT if tally.is_good else FAILED
