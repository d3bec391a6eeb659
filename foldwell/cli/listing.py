"""``list``: what would be built, and what would be left out."""

from __future__ import annotations

import contextlib
from typing import Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.command("list")
@arguments.selecting
@click.option("--icons", is_flag=True, help="List the icons for ':name:' in leaflets.")
@arguments.listed
def command(icons: bool, as_json: bool, **asked: Any) -> int:
    """List what would be built, and what would be left out."""
    if icons:
        from foldwell.typeset.templates import icon_names

        names = sorted(icon_names())
        if as_json:
            arguments.tell_json(names)
        else:
            click.echo("\n".join(names))
        return BUILT
    from foldwell.cli.telling import complain
    from foldwell.project import Project

    request = arguments.request_of(**asked)
    workers = arguments.workers_at()
    with contextlib.closing(workers):
        project = Project(arguments.project_folder())
        plan = arguments.named(lambda: project.plan(request, workers), request.selection.leaflets)
    if as_json:
        left_out = [{"name": name, "reason": reason} for name, reason in plan.left_out]
        arguments.tell_json({"files": plan.paths, "left_out": left_out})
        complain(plan.broken)
        return FAILED if plan.broken else BUILT
    lines = [f"output/{path}" for path in plan.paths]
    lines += [f"skipped: {name} ({reason})" for name, reason in plan.left_out]
    if lines:
        click.echo("\n".join(lines))
    complain(plan.broken)
    return FAILED if plan.broken else BUILT
