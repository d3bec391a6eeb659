"""The roster: clinics in one spreadsheet, a row each, turned into what a clinic's file would say.

A row becomes the same mapping that YAML gives, with the place of each cell; the same model and the
same checks read it from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as File

from foldwell.content.roster_columns import Column, known_headings, plain, read_headings
from foldwell.content.roster_row import TWICE, Row, RowText
from foldwell.content.settings import RosterSettings
from foldwell.content.spreadsheet import Sheet, read_sheets
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Mistakes, Place

HEADINGS_WITHIN = 40
"""The headings stand in one of so many rows at the top."""


@dataclass
class Roster:
    """What a spreadsheet gave.

    Attributes:
        path: The file.
        rows: By slug, those with mistakes too.
        broken: The mistakes of rows that must be left out, by slug.
        mistakes: Those of the file itself, and of rows that say again what another has said.
        columns: The columns of each sheet that was read.
    """

    path: str
    rows: dict[str, RowText] = field(default_factory=dict)
    broken: dict[str, list[FoldwellError]] = field(default_factory=dict)
    mistakes: list[FoldwellError] = field(default_factory=list)
    columns: dict[str, list[Column]] = field(default_factory=dict)


def read_roster(root: File, path: str, settings: RosterSettings, tidyings: Tidyings) -> Roster:
    """Read a spreadsheet of clinics; mistakes are gathered, good rows are kept."""
    own = {plain(heading): key for heading, key in settings.columns.items()}
    roster = Roster(path)
    try:
        sheets = read_sheets(root, path, tidyings, lambda row: known_headings(row, own))
    except Mistakes as mistakes:
        roster.mistakes += mistakes.errors
        return roster
    if settings.sheet:
        sheets = [sheet for sheet in sheets if sheet.name == settings.sheet]
    gathered: dict[str, list[Row]] = {}
    for sheet in sheets:
        _read_sheet(sheet, own, roster, tidyings, gathered)
    if not roster.columns:
        named = f" '{settings.sheet}'" if settings.sheet else ""
        roster.mistakes.append(
            FoldwellError(
                f"No sheet{named} has a row of headings with the clinics' names.",
                Place(path),
                "Call a column 'Name' and another 'Telephone'; 'clinics columns' shows what is"
                " understood.",
            )
        )
    _keep(roster, gathered, tidyings)
    return roster


def _read_sheet(
    sheet: Sheet,
    own: Mapping[str, str],
    roster: Roster,
    tidyings: Tidyings,
    gathered: dict[str, list[Row]],
) -> None:
    counts = [known_headings(row, own) for row in sheet.rows[:HEADINGS_WITHIN]]
    if not counts or max(counts) < 2:
        if sheet.name and any(any(row) for row in sheet.rows):
            tidyings.note("D8", f"The sheet '{sheet.name}' has no headings and was not read.", None)
        return
    at = counts.index(max(counts))
    columns = read_headings(sheet.rows[at], own)
    roster.columns[sheet.name] = columns
    if unread := [column.heading for column in columns if not column.key]:
        told = ", ".join(f"'{heading}'" for heading in unread)
        hint = "'clinics columns' shows how to have one read."
        tidyings.note("D8", f"Columns that are not read: {told}.", at + 1, hint=hint,
                      place=sheet.place(at + 1))  # fmt: skip
    for number, cells in enumerate(sheet.rows[at + 1 :], at + 2):
        if any(cell.strip() for cell in cells):
            row = Row(sheet, number, cells, columns, tidyings)
            gathered.setdefault(row.slug, []).append(row)


def _keep(roster: Roster, gathered: dict[str, list[Row]], tidyings: Tidyings) -> None:
    """Sort rows by their slugs, and find clinics that stand twice."""
    seen: dict[tuple[str, str], list[Row]] = {}
    for slug, rows in gathered.items():
        first, *others = rows
        errors = list(first.errors)
        for other in others:
            if other.says_the_same(first):
                errors.append(other.twice(first))
                roster.mistakes += other.errors
                continue
            errors.append(other.unclear(first))
            errors += other.errors
        same = [row for row in seen.get(first.reach, ()) if first.reach[0]]
        like = next((row for row in same if row.is_like(first)), None)
        if like:
            errors.append(first.twice(like))
        elif same:
            tidyings.note(
                "D8",
                f"This clinic has the phone and the postcode of that in row {same[0].number}.",
                first.number, hint="Delete one of them if they are one clinic.",
                place=first.source.place(()),
            )  # fmt: skip
        seen.setdefault(first.reach, []).append(first)
        twice = [error for error in errors if error.message.startswith(TWICE)]
        if like or len(twice) < len(errors):
            roster.broken[slug] = errors
        else:  # the first of two equal rows stands
            roster.mistakes += twice
        roster.rows[slug] = first.source
