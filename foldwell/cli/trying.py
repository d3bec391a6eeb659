"""``try``: tries a leaflet on readers, and records what they answered."""

from __future__ import annotations

from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT


@click.command("try")
@click.argument("leaflet", shell_complete=arguments.entries("leaflets"))
@click.option("--clinic", metavar="NAME", default="", help="As this clinic hands it out.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@click.option("--to", metavar="FILE", default="", help="Where to write the sheet.")
@click.option("--answers", metavar="FILE", default="", help="Record a form that was filled in.")
@click.option("--by", metavar="NAME", default="", help="Who asked the readers.")
@click.option("--on", metavar="DATE", default="", help="When, if it was not today: 2027-01-31.")
def command(
    leaflet: str, clinic: str, language: str, to: str, answers: str, by: str, on: str
) -> int:
    """Make a sheet for trying a leaflet on five readers, or record what they answered."""
    from foldwell.build.trying import record, trial
    from foldwell.content.trials import path_of
    from foldwell.errors import UsageError, did_you_mean

    root, today = arguments.project_folder(), arguments.today()
    library, chosen = arguments.leaflet_of(root, leaflet, language)
    if clinic and clinic not in library.clinics:
        hint = did_you_mean(clinic, library.clinics)
        raise UsageError(f"There is no clinic '{clinic}'.", None, hint)
    if answers:
        if not by.strip():
            raise UsageError("--by says who asked the readers.", None, "Give it.")
        day = arguments.day(on) if on else today
        if day > today:
            raise UsageError(f"{day} is still to come.", None, "Record it once they were asked.")
        taken = record(library, chosen, Path(answers), by.strip(), day, today)
        people = len({one.who for one in taken})
        click.echo(f"{path_of(leaflet, language)}: {len(taken)} answers of {people} people.")
        click.echo(f"'status {leaflet}' says how each question fares.")
        return BUILT
    made = trial(library, chosen, clinic, today)
    path = Path(to or f"{leaflet}-{language}-try.pdf")
    form = path.with_suffix(".csv")
    if form.exists() and form.read_bytes() != made.form:
        raise UsageError(
            "A form lies there already, and may be filled in.", None, f"Move {form}, or use --to."
        )
    path.write_bytes(made.pdf)
    form.write_bytes(made.form)
    for ask in made.left_out:
        click.echo(f"No room on the page for: {ask}")
    if not made.checked:
        whom = "let somebody who speaks it read them first"
        click.echo(f"Nobody has checked the words of its fixed questions in '{language}': {whom}.")
    click.echo(f"Wrote {path} to print, and {form} for the answers.")
    click.echo(f"Then: try {leaflet} --answers {form} --by NAME")
    return BUILT
