"""``gallery``: every format of every leaflet as thumbnails, on one page."""

from __future__ import annotations

import contextlib

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("gallery")
@arguments.selecting
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
@click.option("--scripts", is_flag=True, help="Show a specimen of each language too.")
def command(
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    media: tuple[str, ...],
    output: str,
    scripts: bool,
) -> int:
    """Show every format of every leaflet as thumbnails (PDF and HTML)."""
    from foldwell.build.gallery import clinics_to_show, gallery
    from foldwell.build.pack import read_files
    from foldwell.build.preflight import formats_of
    from foldwell.build.write import write_file
    from foldwell.cli import telling
    from foldwell.errors import UsageError
    from foldwell.project import Project

    if set(media) - {"screen"}:
        raise UsageError("A gallery shows screen files.", None, "Leave --medium out.")
    root = arguments.project_folder()
    folder = arguments.output_folder(root, output)
    shown = clinics or clinics_to_show(root, arguments.today())
    request = arguments.request_of(leaflets, shown, languages, formats, ("screen",))
    workers = arguments.workers_at()
    with contextlib.closing(workers), Project(root, folder, arguments.say) as project:
        plan = arguments.planned(lambda: project.plan(request, workers), leaflets)
        telling.complain(plan.broken)
        tally = telling.follow(plan.build(workers), quiet=False)
        telling.complain_of_jobs(tally.failed.values())
        if plan.broken or tally.failed:
            click.secho("No gallery was made.", fg="red", err=True)
            return FAILED
    contents = {
        path: content
        for path, sha256 in tally.files.items()
        for content in read_files(folder, {path: sha256}).values()
    }
    specimens: tuple[tuple[str, bytes], ...] = ()
    if scripts:
        from foldwell.build.specimens import specimens_of

        specimens = specimens_of(root, shown[0], request.today)
    pages = gallery(root, formats_of(root), contents, request.today, specimens)
    for ending, content in zip(("html", "pdf"), pages, strict=True):
        write_file(folder, f"gallery.{ending}", content)
        click.echo(f"Showed {telling.files(len(contents))} in {folder / f'gallery.{ending}'}.")
    return BUILT
