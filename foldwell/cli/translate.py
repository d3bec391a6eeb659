"""``translate``: leaflets in other languages, and whether they still say what the source says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foldwell.cli import arguments
from foldwell.cli.exit_codes import BUILT, FAILED
from foldwell.errors import UsageError

if TYPE_CHECKING:
    import datetime

    from foldwell.content.library import Library

_NAME = click.option("--name", metavar="NAME", default="", help="Who answers for it.")


def _project() -> tuple[Path, Library, datetime.date]:
    from foldwell.content.library import read_library

    root, day = arguments.project_folder(), arguments.today()
    return root, read_library(root, day), day


def _translation(command: Callable[..., int]) -> Callable[..., int]:
    """The arguments that name one: a leaflet and a language."""
    return click.argument("leaflet")(click.argument("language")(command))


@click.group("translate")
def command() -> None:
    """Start translations, see how far they are, and record who made and checked them."""


@command.command("start")
@_translation
def start(leaflet: str, language: str) -> int:
    """Make the file of a translation, with the words of the source to write over."""
    from foldwell.build import translating

    root, library, _ = _project()
    path = translating.start(root, library, leaflet, language)
    click.echo(f"Made {path}. Write over the words; keep blocks, numbers and {{{{ facts }}}}.")
    return BUILT


@command.command("status")
@click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
@click.option("--html", "page", metavar="FILE", default="", help="Write it as a page, too.")
@arguments.listed
def status(leaflets: tuple[str, ...], page: str, as_json: bool) -> int:
    """List for each leaflet and language what is done, stale, missing or unchecked."""
    from foldwell.build import translation_status as told
    from foldwell.build.translating import source_of

    root, library, _ = _project()
    for leaflet in leaflets:
        source_of(library, leaflet)
    found = told.standings(root, library, leaflets)
    if page:
        Path(page).write_text(told.status_html(found), encoding="utf-8")
    text = told.status_json(found) if as_json else told.status_table(found)
    click.echo(text or "No leaflet has a translation.")
    return BUILT if all(one.holds or one.state == "missing" for one in found) else FAILED


def _recorder(word: str, step: str, told: str) -> None:
    """A command that writes down who did something to a translation."""

    @command.command(word, help=told)
    @_translation
    @_NAME
    def record(leaflet: str, language: str, name: str) -> int:
        from foldwell.build import translating

        if not name:
            raise UsageError("--name says who answers for it.", None, "Give it.")
        root, library, day = _project()
        path = getattr(translating, step)(root, library, leaflet, language, name, day)
        click.echo(f"{path}: recorded {name}, {day}.")
        return BUILT


_recorder("done", "done", "Pin a translation to its source as it is now, by who made it.")
_recorder(
    "checked", "record_check", "Record that a native speaker has compared it with its source."
)


@command.command("accept")
@_translation
@_NAME
@click.option("--reason", metavar="WORDS", default="", help="Why older words may go out.")
@click.option("--until", metavar="DATE", default="", help="The last day on which they may.")
def accept(leaflet: str, language: str, name: str, reason: str, until: str) -> int:
    """Let a stale translation go out for a while; its pages say which version they describe."""
    from foldwell.build import translating

    if not (name and reason and until):
        raise UsageError("Somebody accepts it for a reason and a time.", None,
                         "Give --name, --reason and --until.")  # fmt: skip
    root, library, day = _project()
    person = {"name": name, "date": day, "reason": reason, "expires": arguments.day(until)}
    path = translating.accept(root, library, leaflet, language, person)
    click.echo(f"{path}: accepted by {name} until {until}.")
    return BUILT


@command.command("export")
@_translation
@click.option("--to", metavar="FILE", default="", help="Where to; LEAFLET-LANGUAGE.po without it.")
def export(leaflet: str, language: str, to: str) -> int:
    """Write a leaflet for the programs of translators: PO, or XLIFF 2 if FILE ends in .xlf."""
    from foldwell.build import translation_units

    root, library, _ = _project()
    told = translation_units.units_of(root, library, leaflet, language)
    target = Path(to or f"{leaflet}-{language}.po")
    if target.suffix in (".xlf", ".xliff"):
        content = translation_units.as_xliff(told, language)
    elif target.suffix == ".po":
        content = translation_units.as_po(told, leaflet, language)
    else:
        raise UsageError(f"'{target}' says no kind of file.", None, "End it in .po or .xlf.")
    target.write_bytes(content)
    click.echo(f"Wrote {target}.")
    return BUILT


@command.command("import")
@_translation
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_NAME
def bring(leaflet: str, language: str, file: Path, name: str) -> int:
    """Take in a translated PO or XLIFF file; nothing is replaced unless every unit is sound."""
    from foldwell.build.translation_return import bring_in
    from foldwell.build.translation_units import read_units

    if not name:
        raise UsageError("--name says who translated it.", None, "Give it.")
    read = read_units(file.read_bytes(), str(file))
    root, library, day = _project()
    path = bring_in(root, library, leaflet, language, read, (name, day))
    click.echo(f"{path}: {len(read)} units by {name}.")
    return BUILT
