"""``sources``: each sentence of a leaflet with its sources, and the register of all sources."""

from __future__ import annotations

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError

_STATES = ("gone", "unrecorded", "stale", "opened")


class _Sources(click.Group):
    """A group whose usual command, ``show``, need not be named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``show`` before words that name no command."""
        if args and args[0] not in {*self.commands, *self.get_help_option_names(ctx)}:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("sources", cls=_Sources)
def command() -> None:
    """List each sentence of a leaflet with its sources, or what is known of all sources."""


@command.command("show")
@click.argument("leaflet", shell_complete=arguments.entries("leaflets"))
@click.option("--clinic", metavar="NAME", default="", help="One clinic; by default one a region.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@arguments.listed
def show(leaflet: str, clinic: str, language: str, as_json: bool) -> int:
    """List each sentence with its sources, and name claims that have none or the wrong one."""
    from foldwell.build.tell_sources import tell_sources

    root, today = arguments.project_folder(), arguments.today()
    lines, complaints = tell_sources(root, today, leaflet, clinic, language)
    if as_json:
        arguments.tell_json({"lines": lines, "wrong": complaints})
        return FAILED if complaints else BUILT
    for line in lines:
        click.echo(line)
    for complaint in complaints:
        click.secho(complaint, fg="red", err=True)
    return FAILED if complaints else BUILT


@command.command("status")
@click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
@click.option("--only", type=click.Choice(_STATES), help="Only sources of which this is so.")
@click.option("--today", metavar="DATE", default="", help="Count from another day: 2027-01-31.")
@arguments.listed
def status(leaflets: tuple[str, ...], only: str | None, today: str, as_json: bool) -> int:
    """List which statement cites what, and when each source was last opened and by whom."""
    from foldwell.build import source_register as register
    from foldwell.cli.telling import complain
    from foldwell.content.library import read_library
    from foldwell.content.source_records import RECORDS

    day = arguments.day(today) if today else arguments.today()
    library = read_library(arguments.project_folder(), day)
    found = register.standings(library, day, leaflets)
    shown = [one for one in found if only in (None, one.state)]
    if as_json:
        arguments.tell_json(register.register_json(shown, day))
    else:
        click.echo(register.register_table(shown))
    read = ("content/leaflets/", "content/references.json", RECORDS)
    broken = [error for path, errors in library.broken.items()
              if path.startswith(read) for error in errors]  # fmt: skip
    complain(broken)
    return BUILT if not broken and all(one.holds for one in found) else FAILED


@command.command("opened")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@click.option("--by", metavar="NAME", default="", help="Who opened them.")
@click.option("--on", metavar="DATE", default="", help="When, if it was not today: 2027-01-31.")
def opened(names: tuple[str, ...], by: str, on: str) -> int:
    """Record that somebody opened sources, and that they say what they are cited for."""
    from foldwell.build.source_register import record_opening
    from foldwell.content.library import read_library
    from foldwell.content.source_records import RECORDS

    if not by.strip():
        raise UsageError("--by says who opened them.", None, "Give it.")
    today = arguments.today()
    day = arguments.day(on) if on else today
    if day > today:
        raise UsageError(f"{day} is still to come.", None, "Record it once they were opened.")
    root = arguments.project_folder()
    record_opening(root, read_library(root, today), names, by.strip(), day)
    click.echo(f"{RECORDS}: {', '.join(names)}: opened on {day} by {by.strip()}.")
    return BUILT
