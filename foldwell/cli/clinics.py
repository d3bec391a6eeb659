"""``clinics``: the facts of clinics as they were read, and where they stand."""

from __future__ import annotations

from typing import Any

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED


@click.group("clinics")
def command() -> None:
    """Look at the clinics of the project."""


@command.command("show")
@click.argument("name")
def show(name: str) -> int:
    """Show each fact of a clinic as it was read, and where it comes from."""
    from foldwell.cli.telling import complain
    from foldwell.content.facts import Hours
    from foldwell.content.library import read_library
    from foldwell.content.reading import read_text
    from foldwell.content.tidyings import Tidyings
    from foldwell.content.yaml_text import read_yaml
    from foldwell.errors import UsageError, did_you_mean

    library = read_library(arguments.project_folder())
    path = f"content/clinics/{name}.yml"
    if path in library.broken:
        complain(library.broken[path])
        return FAILED
    if name not in library.clinics:
        raise UsageError(f"There is no clinic '{name}'.", None, did_you_mean(name, library.clinics))
    clinic, notes = library.clinics[name], Tidyings(path)
    source = read_yaml(read_text(library.root, path, notes), path, tidyings=notes)
    for key in source.value:
        place = source.place((key,))
        fact = getattr(clinic, key)
        for label, told in _told(key, fact):
            click.echo(f"{label}: {told}  [{place}]")
        if isinstance(fact, Hours) and fact.week and fact.week.spans[-1] is None:
            click.echo("hours: nothing is said of bank holidays; days not named are closed")
    for line in library.tidied.get(path, ()):
        click.echo(str(line))
    return BUILT


def _told(label: str, fact: Any) -> list[tuple[str, str]]:
    """The lines for a fact, each with its label."""
    from pydantic import BaseModel

    from foldwell.content.facts import Address, Hours, Phone, Text

    if isinstance(fact, Phone):
        return [(label, f"{fact} (dials {fact.dialled})")]
    if isinstance(fact, Text) and fact.href:
        return [(label, f"{fact} (leads to {fact.href})")]
    if isinstance(fact, Address):
        return [(label, " / ".join(fact))]
    if isinstance(fact, Hours):
        return [(label, f"{row.days}: {row.time}") for row in fact]
    if isinstance(fact, BaseModel):
        fact = {key: value for key, value in fact if value is not None}
    if isinstance(fact, dict):
        return [line for key, value in fact.items() for line in _told(f"{label}.{key}", value)]
    if isinstance(fact, tuple):
        if all(isinstance(item, str) for item in fact):
            return [(label, ", ".join(fact))]
        return [line for n, item in enumerate(fact, 1) for line in _told(f"{label}.{n}", item)]
    return [(label, str(fact))]
