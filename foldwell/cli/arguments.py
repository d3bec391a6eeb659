"""What several commands are told: options, and the values that they stand for."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foldwell.commands import COMMANDS
from foldwell.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    import datetime

    from foldwell.afar.store import Store
    from foldwell.build.request import Request
    from foldwell.build.workers import Workers
    from foldwell.content.leaflet import Leaflet
    from foldwell.content.library import Library
    from foldwell.project import Plan


def entries(folder: str) -> Callable[..., list[str]]:
    """Completes the names of what stands in a folder of the project's content."""

    def names(_context: Any, _parameter: Any, incomplete: str) -> list[str]:
        found = (project_folder() / "content" / folder).glob(f"{glob.escape(incomplete)}*")
        return sorted(path.stem for path in found if not path.name.startswith("."))

    return names


def _formats(_context: Any, _parameter: Any, incomplete: str) -> list[str]:
    from foldwell.paper.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def _media(_context: Any, _parameter: Any, incomplete: str) -> list[str]:
    from foldwell.build.media import MEDIA

    return [name for name in MEDIA if name.startswith(incomplete)]


def selecting(command: Any) -> Any:
    """The arguments that choose what to build."""
    for option in (
        click.option("--medium", "media", multiple=True, metavar="NAME", shell_complete=_media,
                     help="Only this medium, such as screen or web."),
        click.option("--format", "formats", multiple=True, metavar="NAME", shell_complete=_formats,
                     help="Only this format, such as a4 or letter-fold."),
        click.option("--language", "languages", multiple=True, metavar="CODE",
                     help="Only this language, such as en."),
        click.option("--clinic", "clinics", multiple=True, metavar="NAME",
                     shell_complete=entries("clinics"),
                     help="Only this clinic, as its file is called."),
    ):  # fmt: skip
        command = option(command)
    return click.argument(
        "leaflets", nargs=-1, metavar="[LEAFLET]...", shell_complete=entries("leaflets")
    )(command)


def optional(command: Any) -> Any:
    """What may be asked for beside the files themselves."""
    for option in (
        click.option("--sheet", metavar="NAME", default="",
                     help="Press: as many copies as fit on a press sheet: sra3."),
        click.option("--spreads", is_flag=True,
                     help="Press: booklets as printer's spreads, not as single pages."),
        click.option("--condition", metavar="NAME", default="",
                     help="Press: the printing condition, such as coated or uncoated."),
        click.option("--draft", is_flag=True,
                     help="Press: make marked proofs of what no clinician has reviewed."),
        click.option("--instructions", is_flag=True,
                     help="Office: start with a page that says how to print and fold."),
    ):  # fmt: skip
        command = option(command)
    return command


def elsewhere(what: str) -> Callable[[Any], Any]:
    """Where files go, and which machines make them."""

    def options(command: Any) -> Any:
        for option in (
            click.option("--output", metavar="DIR", default="output",
                         help=f"Folder to {what}, or an address such as s3://bucket/folder."),
            click.option("--cluster", metavar="ADDRESS", default="",
                         help="Make the files on a Dask cluster, such as tcp://host:8786."),
        ):  # fmt: skip
            command = option(command)
        return command

    return options


def request_of(
    leaflets: Sequence[str] = (),
    clinics: Sequence[str] = (),
    languages: Sequence[str] = (),
    formats: Sequence[str] = (),
    media: Sequence[str] = (),
    draft: bool = False,
    condition: str = "",
    sheet: str = "",
    instructions: bool = False,
    spreads: bool = False,
    on: str = "",
) -> Request:
    """What is asked for today, or on another day.

    Raises:
        UsageError: If there is no such press sheet.
    """
    from foldwell.build.job import Options, Selection
    from foldwell.build.request import Request
    from foldwell.paper.sheets import PRESS_SHEETS_MM

    if sheet and sheet not in PRESS_SHEETS_MM:
        raise UsageError(
            f"There is no press sheet '{sheet}'.", None, did_you_mean(sheet, PRESS_SHEETS_MM)
        )
    patterns = (tuple(kind) for kind in (leaflets, clinics, languages, formats, media))
    options = Options(draft, condition, sheet, instructions, spreads)
    return Request(Selection(*patterns), options, day(on) if on else today())


listed = click.option("--json", "as_json", is_flag=True, help="List it as JSON, for programs.")
"""For commands that list: what they find as one value of JSON."""


def tell_json(value: Any) -> None:
    """Print what a command found as JSON; days and facts as they are printed."""
    click.echo(json.dumps(value, indent=1, ensure_ascii=False, default=str))


def today() -> datetime.date:
    """The day of the build, in the project's time zone where it names one.

    Reproducible builds set the moment (reproducible-builds.org); its day is that of UTC otherwise.
    """
    import datetime

    from foldwell.content.clock import day_in

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        now = (datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC) if epoch
               else datetime.datetime.now().astimezone())  # fmt: skip
        return day_in(project_folder(), now) or now.date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds.", None, "Unset it."
        ) from None


def day(text: str) -> datetime.date:
    """A day that was typed."""
    import datetime

    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no date.", None, "Write it as 2027-01-31.") from None


def project_folder() -> Path:
    """The project: the folder that the user stands in, unless the environment names one."""
    return Path(os.environ.get("FOLDWELL_PROJECT") or Path.cwd())


def leaflet_of(root: Path, name: str, language: str) -> tuple[Library, Leaflet]:
    """The library of a project, and one of its leaflets.

    Raises:
        UsageError: If there is no such leaflet, or not in that language.
        Mistakes: If its file cannot be read.
    """
    from foldwell.content.library import read_library
    from foldwell.errors import Mistakes

    library = read_library(root, today())
    if mistakes := library.broken.get(f"content/leaflets/{name}/{language}.md"):
        raise Mistakes(list(mistakes))
    if name not in library.leaflets:
        raise UsageError(
            f"There is no leaflet '{name}'.", None, did_you_mean(name, library.leaflets)
        )
    if language not in library.leaflets[name]:
        hint = did_you_mean(language, library.leaflets[name])
        raise UsageError(f"There is no language '{language}'.", None, hint)
    return library, library.leaflets[name][language]


def output_folder(root: Path, output: str) -> Path:
    """The folder to write to; never one of the project's own, and never a file."""
    if "://" in output:
        raise UsageError(f"'{output}' is no folder.", None, "This command works on folders only.")
    if not output.strip():
        raise UsageError("--output names no folder.", None, "Write '--output FOLDER'.")
    folder = Path(output) if os.path.isabs(output) else root / output
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"'{output}' is a file.", None, "Name a folder.")
    for name in ("content", "templates", "foldwell", "tests"):
        if folder.resolve().is_relative_to((root / name).resolve()):
            raise UsageError(
                f"'{output}' is part of the project itself.", None, "Name another folder."
            )
    return folder


def store_at(output: str) -> Store | None:
    """The store that an output names; None if it is a folder."""
    if "://" not in output:
        return None
    from foldwell.afar.store import Store

    return Store(output)


def workers_at(cluster: str = "", jobs: int | None = None) -> Workers:
    """The workers of this machine, or those of a cluster."""
    if not cluster:
        from foldwell.build import workers

        own = click.get_current_context().find_object(workers.Workers) or workers.Workers()
        own.count = jobs or own.count
        return own
    if jobs:
        raise UsageError(
            "--jobs and --cluster were both given.",
            None,
            "How many files a cluster makes at once is said when its workers are started.",
        )
    from foldwell.afar.cluster import Cluster

    return Cluster(cluster, say)


def say(line: str) -> None:
    """What the user should know while waiting."""
    click.echo(line, err=True)


def named(make: Callable[[], Plan], leaflets: Sequence[str]) -> Plan:
    """A plan; a leaflet that does not exist may have been meant as a command."""
    from difflib import get_close_matches

    try:
        return make()
    except UsageError as error:
        word = leaflets[0] if leaflets else ""
        close = get_close_matches(word, COMMANDS, n=1, cutoff=0.6)
        if not close or f"'{word}'" not in error.message or "Did you mean" in error.hint:
            raise
        raise UsageError(
            f"There is no leaflet or command '{word}'.",
            None,
            f"Did you mean the command '{close[0]}'?",
        ) from None


def planned(make: Callable[[], Plan], leaflets: Sequence[str]) -> Plan:
    """A plan with something in it.

    Raises:
        UsageError: If what is asked for matches nothing, or nothing of it is made.
    """
    plan = named(make, leaflets)
    if plan.paths or plan.broken:
        return plan
    reasons = "; ".join(dict.fromkeys(reason for _, reason in plan.left_out))
    raise UsageError(
        "There is nothing to build for these words.",
        None,
        f"Left out: {reasons}."
        if reasons
        else "content/build.yml says in which formats a leaflet is made. 'list' without other"
        " words shows them.",
    )
