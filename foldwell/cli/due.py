"""``due``: the review clock."""

from __future__ import annotations

import re
from pathlib import Path

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError

FORMS = ("table", "csv", "ics", "json")
_SPANS = {"d": 1, "w": 7, "m": 30, "y": 365}


@click.command("due")
@click.option("--within", metavar="SPAN", default="", help="Only what is due in a span: 90d, 6w.")
@click.option("--owner", metavar="NAME", default="", help="Only what is somebody's.")
@click.option("--form", "--format", "form", type=click.Choice(FORMS), default="table",
              help="What to list it as.")  # fmt: skip
@click.option("--today", metavar="DATE", default="", help="Count from another day: 2027-01-31.")
@click.option("--to", metavar="FILE", default="", help="Write it to a file.")
@arguments.listed
def command(within: str, owner: str, form: str, today: str, to: str, as_json: bool) -> int:
    """List which leaflets are due for review, by owner, with who hands them out."""
    from foldwell.build import due
    from foldwell.cli.telling import complain
    from foldwell.content.library import read_library

    day = arguments.day(today) if today else arguments.today()
    library = read_library(arguments.project_folder(), day)
    found = due.due_leaflets(library, day, _days(within) if within else None, owner)
    make = {"table": due.due_table, "csv": due.due_csv, "ics": due.due_calendar,
            "json": due.due_json}["json" if as_json else form]  # fmt: skip
    listed = make(found, day)
    if to:
        Path(to).write_text(listed, encoding="utf-8", newline="")
        click.echo(f"Wrote {to}: {len(found)} listed.")
    else:
        click.echo(listed.rstrip("\n"))
    broken = [error for path, errors in library.broken.items()
              if path.startswith("content/leaflets/") for error in errors]  # fmt: skip
    complain(broken)
    overdue = any(item.state(day) == "overdue" for item in found)
    return FAILED if broken or overdue else BUILT


def _days(text: str) -> int:
    match = re.fullmatch(r"(\d{1,4})\s*([dwmy]?)", text.strip().lower())
    if match is None:
        raise UsageError(f"'{text}' is no span.", None, "Write days or weeks, such as 90d or 6w.")
    return int(match[1]) * _SPANS[match[2] or "d"]
