"""``catalogue``: everything that was built, as pages that any web server can hand out."""

from __future__ import annotations

import contextlib

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("catalogue")
@click.option("--title", metavar="TEXT", default="Leaflets", help="The heading of the pages.")
@click.option(
    "--address",
    metavar="URL",
    default="",
    help="Where the folder is published; web_pages of build.yml otherwise.",
)
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
@click.option("--json", "as_json", is_flag=True, help="Print the catalogue as JSON.")
def command(title: str, address: str, output: str, as_json: bool) -> int:
    """Build what is out of date, and make index.html of everything built."""
    from foldwell.build.publish import publish, web_address
    from foldwell.cli import telling
    from foldwell.content.library import read_library
    from foldwell.project import Project

    root = arguments.project_folder()
    folder = arguments.output_folder(root, output)
    request, workers = arguments.request_of(), arguments.workers_at()
    address = web_address(address)
    with contextlib.closing(workers), Project(root, folder, arguments.say) as project:
        plan = arguments.planned(lambda: project.plan(request, workers), ())
        tally = telling.follow(plan.build(workers), quiet=as_json)
        telling.complain(tally.planned.broken)
        telling.complain_of_jobs(tally.failed.values())
        # A plan that the ledger alone made knows paths, and no titles.
        jobs = plan.jobs or Project(root).plan(request, workers).jobs
        orders = [job.order for job in jobs]
        library = read_library(root, request.today)
        if library.settings and not address:
            address = web_address(library.settings.web_pages or "")
        made = publish(library, orders, tally.files, folder, request.today, title, address)
    if as_json:
        click.echo(made.as_json(), nl=False)
    else:
        count = len(made.entries)
        click.echo(f"Listed {count} edition{'' if count == 1 else 's'} in {folder / 'index.html'}.")
        if not address:
            click.echo("No site map: --address or web_pages says where the folder is published.")
    return BUILT if tally.is_good else FAILED
