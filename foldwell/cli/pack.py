"""``pack``: all files of one leaflet for one clinic in one archive."""

from __future__ import annotations

import contextlib
from typing import Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError


@click.command("pack")
@click.argument("leaflet")
@click.option("--clinic", metavar="NAME", required=True, help="The clinic, as its file is called.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@arguments.optional
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
def command(leaflet: str, clinic: str, language: str, output: str, **asked: Any) -> int:
    """Zip all files of one leaflet for one clinic, with tickets and licences."""
    for word in (leaflet, clinic, language):
        if set("*?[") & set(word):
            raise UsageError(
                f"'{word}' is a pattern.", None, "An archive holds one leaflet: name it."
            )
    from foldwell.build.media import MEDIA
    from foldwell.build.pack import font_licences, pack, read_files
    from foldwell.build.write import write_file
    from foldwell.cli import telling
    from foldwell.project import Project

    root = arguments.project_folder()
    request = arguments.request_of((leaflet,), (clinic,), (language,), media=tuple(MEDIA), **asked)
    folder = arguments.output_folder(root, output)
    workers = arguments.workers_at()
    with contextlib.closing(workers), Project(root, folder, arguments.say) as project:
        plan = arguments.planned(lambda: project.plan(request, workers), [leaflet])
        telling.complain(plan.broken)
        if plan.broken:
            return FAILED
        tally = telling.follow(plan.build(workers), quiet=False)
        telling.complain_of_jobs(tally.failed.values())
        if tally.failed:
            click.secho("Nothing was packed.", fg="red", err=True)
            return FAILED
        ending = "-pack-draft.zip" if tally.states - {""} else "-pack.zip"
        path = f"{clinic}/{language}/{leaflet}{ending}"
        contents = read_files(folder, tally.files)
        write_file(folder, path, pack(contents, font_licences(root, clinic, request.today)))
    click.echo(f"Packed {telling.files(len(contents))} in {folder / path}.")
    return BUILT
