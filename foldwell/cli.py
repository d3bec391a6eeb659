"""The command line: arguments in, report out, exit code. The only place that prints.

Exit codes: 0 all built, 1 something failed or has errors, 2 the command was called wrongly.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foldwell import __version__
from foldwell.errors import FoldwellError, Mistakes, UsageError, did_you_mean, refused_by_the_system

if TYPE_CHECKING:
    from foldwell.build.job import Job, Options, Plan
    from foldwell.build.run import Report
    from foldwell.build.store import Store
    from foldwell.build.workers import Workers

BUILT, FAILED, USAGE = 0, 1, 2


class _Commands(click.Group):
    """A group whose usual command, ``build``, need not be named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``build`` before words that name no command."""
        asks_for_group = {"--help", "-h", "--version"} & set(args[:1])
        if not asks_for_group and (not args or args[0] not in self.commands):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the usual command's arguments."""
        formatter.write_usage(_program(), "[LEAFLET…] [OPTIONS]   or   COMMAND [OPTIONS]")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of ``build`` too, then the commands."""
        build = self.commands["build"]
        records = [
            record for p in build.get_params(ctx) if (record := p.get_help_record(ctx)) is not None
        ]
        with formatter.section("Options"):
            formatter.write_dl([*records, ("--version", "Show the version and stop.")])
        self.format_commands(ctx, formatter)


def _program() -> str:
    return "python3 build.py" if "FOLDWELL_PROJECT" in os.environ else "foldwell"


def _root() -> Path:
    return Path(os.environ.get("FOLDWELL_PROJECT") or Path.cwd())


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 96}


# \b keeps click from running the lines of the examples together.
_HELP = """Builds printable patient leaflets from Markdown and a clinic's facts.

Without a command it builds: all leaflets of the project, or those named. A name may be a
pattern: 'kratom-*' means every leaflet whose name starts with kratom-.

\b
Examples:
  {program}                                    builds everything
  {program} kratom-opioid-withdrawal           one leaflet, for every clinic
  {program} --clinic river-bend --format a4    one clinic, one format
"""


@click.group(cls=_Commands, context_settings=_SETTINGS, help=_HELP.format(program=_program()))
@click.version_option(__version__, prog_name="Foldwell")
def cli() -> None:
    """The command line."""


def _selecting(command: Any) -> Any:
    """The arguments that choose what to build."""
    for option in (
        click.option("--medium", "media", multiple=True, metavar="NAME",
                     help="Only this medium: screen, office, press or web."),
        click.option("--format", "formats", multiple=True, metavar="NAME",
                     help="Only this format, such as a4 or letter-fold."),
        click.option("--language", "languages", multiple=True, metavar="CODE",
                     help="Only this language, such as en."),
        click.option("--clinic", "clinics", multiple=True, metavar="NAME",
                     help="Only this clinic, as its file is called."),
    ):  # fmt: skip
        command = option(command)
    return click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")(command)


def _optional(command: Any) -> Any:
    """What may be asked for beside the files themselves."""
    for option in (
        click.option("--sheet", metavar="NAME", default="",
                     help="Press: as many copies as fit on a press sheet: sra3."),
        click.option("--condition", metavar="NAME", default="",
                     help="Press: the printing condition, such as coated or uncoated."),
        click.option("--draft", is_flag=True,
                     help="Press: make marked proofs of what no clinician has reviewed."),
        click.option("--instructions", is_flag=True,
                     help="Office: start with a page that says how to print and fold."),
    ):  # fmt: skip
        command = option(command)
    return command


def _elsewhere(what: str) -> Callable[[Any], Any]:
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


@cli.command()
@_selecting
@_optional
@click.option(
    "--fit",
    metavar="report",
    default="",
    help="'--fit report' says how the words were fitted to their panels.",
)
@click.option("--force", is_flag=True, help="Make every file again, whatever was built before.")
@click.option("--why", is_flag=True, help="Say for each file why it was made, or left as it was.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 512),
    default=None,
    help="How many files to make at once; one a core unless said.",
)
@_elsewhere("write to")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--verbose", "-v", is_flag=True, help="Name every file that was built.")
def build(
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    media: tuple[str, ...],
    instructions: bool,
    draft: bool,
    condition: str,
    sheet: str,
    fit: str,
    force: bool,
    why: bool,
    jobs: int | None,
    cluster: str,
    output: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Build leaflets (what happens when no command is named)."""
    if quiet and verbose:
        raise UsageError("--quiet and --verbose were both given.", None, "Choose one of them.")
    if fit not in ("", "report"):
        raise UsageError(f"--fit cannot be '{fit}'.", None, "Write '--fit report'.")
    started = time.monotonic()
    root = _root()
    store = _store(output)
    folder = store.folder if store else _output_folder(root, output)
    workers = _workers(cluster, jobs)
    if force or not (folder / ".foldwell").exists():
        workers.start()  # they warm up while the rest is imported and the files are looked at
    from foldwell.build.job import Selection
    from foldwell.build.session import Session

    delivered = True
    try:
        options = _options(draft, condition, sheet, instructions)
        selection = Selection(leaflets, clinics, languages, formats, media)
        with Session(root, folder, selection, options, _today(), _say) as session:
            if not force and (found := session.nothing_to_do()):
                if not quiet:
                    _say_nothing_to_do(found, folder, time.monotonic() - started, why, fit)
                files = {file.path: file for record in found[1].values() for file in record.files}
                hashes = {path: file.sha256 for path, file in files.items()}
                return BUILT if _delivered(store, hashes, quiet) else FAILED
            plan = _planned(lambda: session.plan(workers), leaflets)
            if not plan.jobs and not plan.broken:
                raise _nothing(plan)
            with _Progress(len(plan.jobs), quiet) as progress:
                step = store.along(progress.step) if store else progress.step
                report = session.build(plan, workers, step, force=force)
            made = [*report.built, *report.current]
            delivered = _delivered(store, session.hashes_of(made) if store else {}, quiet)
    finally:
        workers.close()
        if store:
            store.close()
    seconds = time.monotonic() - started
    _complain(plan.broken)
    _complain_of_jobs(report.failed)
    if why:
        for path, reason in sorted(report.why.items()):
            click.echo(f"{path}: {reason or 'up to date'}")
    if not quiet:
        _tell(report, fit == "report")
        _sum_up(plan, report, folder, seconds, verbose)
    return FAILED if plan.broken or report.failed or not delivered else BUILT


def _workers(cluster: str, jobs: int | None = None) -> Workers:
    """The workers of this machine, or those of a cluster."""
    if not cluster:
        from foldwell.build.workers import Workers

        workers = click.get_current_context().find_object(Workers) or Workers()
        workers.count = jobs or workers.count
        return workers
    if jobs:
        raise UsageError(
            "--jobs and --cluster were both given.",
            None,
            "How many files a cluster makes at once is said when its workers are started.",
        )
    from foldwell.build.cluster import Cluster

    return Cluster(cluster, _say)


def _store(output: str) -> Store | None:
    """The store that an output names; None if it is a folder."""
    if "://" not in output:
        return None
    from foldwell.build.store import Store

    return Store(output)


def _delivered(store: Store | None, hashes: dict[str, str], quiet: bool = False) -> bool:
    """Send files to a store, if there is one, and say what came of it; whether all is there."""
    if store is None:
        return True
    delivery = store.send(hashes)
    _complain(delivery.failed)
    if delivery.untried:
        click.secho(f"Not tried after that: {_files(delivery.untried)}.", fg="red", err=True)
    if not quiet:
        there = f"; {_files(delivery.there)} there already" if delivery.there else ""
        click.echo(f"Sent {_files(delivery.sent)} to {store.name}{there}.")
    return not delivery.failed


def _say(line: str) -> None:
    click.echo(line, err=True)


def _say_nothing_to_do(found: Any, folder: Path, seconds: float, why: bool, fit: str) -> None:
    """The same summary as after a build, from what the ledger knows."""
    plan, records = found
    if why:
        for path, _ in plan.jobs:
            click.echo(f"{path}: up to date")
    for record in records.values():
        for kind, line in record.notes:
            if kind == "fit" and fit:
                click.echo(line)
    for line in sorted(finding for record in records.values() for finding in record.findings):
        click.secho(line, fg="yellow", err=True)
    click.echo(f"Nothing to do: {_files(len(plan.jobs))} in {folder} up to date ({seconds:.1f} s).")
    _sum_up_skipped(plan.skipped)
    _sum_up_states({record.status for record in records.values()})


@cli.command()
@click.argument("leaflet")
@click.option("--clinic", metavar="NAME", required=True, help="The clinic, as its file is called.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
@_optional
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
def pack(
    leaflet: str,
    clinic: str,
    language: str,
    instructions: bool,
    draft: bool,
    condition: str,
    sheet: str,
    output: str,
) -> int:
    """Zip all files of one leaflet for one clinic, with tickets and licences."""
    for word in (leaflet, clinic, language):
        if set("*?[") & set(word):
            raise UsageError(
                f"'{word}' is a pattern.", None, "An archive holds one leaflet: name it."
            )
    from foldwell.build.job import Selection
    from foldwell.build.pack import pack as make_archive
    from foldwell.build.session import Session
    from foldwell.build.workers import Workers
    from foldwell.build.write import write_file

    root = _root()
    options = _options(draft, condition, sheet, instructions)
    selection = Selection((leaflet,), (clinic,), (language,), (), tuple(_PACKED))
    folder = _output_folder(root, output)
    with Session(root, folder, selection, options, _today(), _say) as session:
        workers = Workers()
        try:
            plan = _planned(lambda: session.plan(workers), [leaflet])
            if not plan.jobs and not plan.broken:
                raise _nothing(plan)
            _complain(plan.broken)
            if plan.broken:
                return FAILED
            with _Progress(len(plan.jobs), False) as progress:
                report = session.build(plan, workers, progress.step)
        finally:
            workers.close()
        _complain_of_jobs(report.failed)
        if report.failed:
            click.secho("Nothing was packed.", fg="red", err=True)
            return FAILED
        files = session.files_of(plan)
        unready = any(job.order.status for job in plan.jobs)
        ending = "-pack-draft.zip" if unready else "-pack.zip"
        path = f"{clinic}/{language}/{leaflet}{ending}"
        write_file(folder, path, make_archive(files))
    click.echo(f"Packed {_files(len(files))} in {folder / path}.")
    return BUILT


_PACKED = ("press", "office", "screen", "web")


@cli.command()
@click.argument("leaflet")
@click.option("--clinic", metavar="NAME", default="", help="One clinic; by default one a region.")
@click.option("--language", metavar="CODE", default="en", help="The language, such as en.")
def sources(leaflet: str, clinic: str, language: str) -> int:
    """List each sentence with its sources, and name claims that have none or the wrong one."""
    from foldwell.build.tell_sources import tell_sources

    lines, complaints = tell_sources(_root(), _today(), leaflet, clinic, language)
    for line in lines:
        click.echo(line)
    for complaint in complaints:
        click.secho(complaint, fg="red", err=True)
    return FAILED if complaints else BUILT


@cli.command()
@_selecting
@_optional
@_elsewhere("compare with")
def verify(
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    media: tuple[str, ...],
    instructions: bool,
    draft: bool,
    condition: str,
    sheet: str,
    cluster: str,
    output: str,
) -> int:
    """Make everything again in memory, and name each file that differs."""
    from foldwell.build.job import Selection
    from foldwell.build.session import Session
    from foldwell.build.verify import verify as compare

    root = _root()
    options = _options(draft, condition, sheet, instructions)
    selection = Selection(leaflets, clinics, languages, formats, media)
    store = _store(output)
    folder = store.folder if store else _output_folder(root, output)
    if not store and not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", None, "Build first, then verify.")
    with Session(root, folder, selection, options, _today(), _say) as session:
        workers = _workers(cluster)
        try:
            plan = _planned(lambda: session.plan(workers), leaflets)
            if not plan.jobs and not plan.broken:
                raise _nothing(plan)
            with _Progress(len(plan.jobs), quiet=True) as progress:
                look = store.what_is_wrong if store else None
                found = compare(plan, folder, workers, progress.step, look)
        finally:
            workers.close()
    _complain(plan.broken)
    _complain_of_jobs(found.failed)
    for path, what in found.differing:
        where = f"{store.name}/{path}" if store else folder / path
        click.secho(f"{where} {what}.", fg="red", err=True)
    click.echo(f"{_files(found.same)} as they must be, {len(found.differing)} not.")
    return FAILED if found.differing or found.failed or plan.broken else BUILT


@cli.command()
@_selecting
@_optional
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
def watch(
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    media: tuple[str, ...],
    instructions: bool,
    draft: bool,
    condition: str,
    sheet: str,
    output: str,
) -> int:
    """Build, and build again what depends on each file that is saved; Ctrl-C ends it."""
    from foldwell.build.job import Selection
    from foldwell.build.session import Session
    from foldwell.build.watch import changes
    from foldwell.build.workers import Workers

    root = _root()
    options = _options(draft, condition, sheet, instructions)
    selection = Selection(leaflets, clinics, languages, formats, media)
    folder = _output_folder(root, output)
    workers = Workers()
    try:
        for _ in changes(root):
            started = time.monotonic()
            try:
                with Session(root, folder, selection, options, _today(), _say) as session:
                    if session.nothing_to_do():
                        click.echo("Nothing to do.")
                        continue
                    plan = session.plan(workers)
                    with _Progress(len(plan.jobs), quiet=False) as progress:
                        report = session.build(plan, workers, progress.step)
            except (FoldwellError, Mistakes) as error:
                click.secho(str(error), fg="red", err=True)
                continue
            _complain(plan.broken)
            _complain_of_jobs(report.failed)
            _tell(report, fit=False)
            seconds = time.monotonic() - started
            failed = f", {_files(len(report.failed))} failed" if report.failed else ""
            click.echo(f"Built {_files(len(report.built))}{failed} ({seconds:.2f} s). Watching…")
    finally:
        workers.close()
    return BUILT


@cli.command("list")
@_selecting
@click.option("--icons", is_flag=True, help="List the icons for ':name:' in leaflets.")
def list_(
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    media: tuple[str, ...],
    icons: bool,
) -> int:
    """List what would be built, and what would be left out."""
    if icons:
        from foldwell.typeset.templates import icon_names

        click.echo("\n".join(sorted(icon_names())))
        return BUILT
    from foldwell.build.job import Options, Selection

    selection = Selection(leaflets, clinics, languages, formats, media)
    workers = _workers("")
    try:
        plan = _planned(
            lambda: workers.plan(_root(), selection, _today(), Options(), {}, ""), leaflets
        )
    finally:
        workers.close()
    for job in plan.jobs:
        click.echo(f"output/{job.path}")
    for name, reason in plan.skipped:
        click.echo(f"skipped: {name} ({reason})")
    _complain(plan.broken)
    return FAILED if plan.broken else BUILT


@cli.command()
@click.option("--stale", is_flag=True, help="Delete only files that are no longer planned.")
@click.option("--output", metavar="DIR", default="output", help="Folder to empty.")
def clean(stale: bool, output: str) -> int:
    """Delete the files that builds have made in the output folder."""
    from foldwell.build.clean import clean_output

    root = _root()
    store = _store(output) if stale else None
    if "://" in output and not stale:
        raise UsageError(
            "Only folders are emptied.", None, "Use --stale, or the store's own tools."
        )
    folder = Path(output) if os.path.isabs(output) else root / output
    if stale:
        return _clean_stale(root, store.folder if store else folder, store)
    count = clean_output(folder)
    click.echo(f"Deleted {count} file{'s' if count != 1 else ''} from {folder}.")
    return BUILT


def _clean_stale(root: Path, folder: Path, store: Store | None = None) -> int:
    from foldwell.build.job import Options, Selection
    from foldwell.build.session import Session
    from foldwell.build.workers import Workers

    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", None, "Name the output folder.")
    # Proofs of drafts are planned only when they are asked for; here they count as planned.
    with Session(root, folder, Selection(), Options(draft=True), _today(), _say) as session:
        workers = Workers()
        try:
            plan = session.plan(workers)
        finally:
            workers.close()
        _complain(plan.broken)
        if plan.broken:
            # What a broken file is for cannot be known, so nothing of it may be taken away.
            click.secho("Nothing was deleted: mend these first.", fg="red", err=True)
            return FAILED
        paths = session.clean_stale(plan)
        if store:
            store.remove(paths)
    for path in paths:
        click.echo(f"Deleted {folder / path}.")
    click.echo(f"Deleted {_files(len(paths))} that are no longer planned.")
    return BUILT


@cli.command()
def doctor() -> int:
    """Show versions, fonts and libraries, and what is wrong with them."""
    from foldwell.build.doctor import examine

    findings = examine(_root())
    for fact in findings.facts:
        click.echo(fact)
    for problem in findings.problems:
        click.secho(f"wrong: {problem}", fg="red", err=True)
    if not findings.problems:
        click.echo("All is well.")
    return FAILED if findings.problems else BUILT


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
@click.option("--proof", is_flag=True, help="Write a proof with notes beside each file.")
@click.option(
    "--medium",
    metavar="NAME",
    default="",
    help="What the files are for: press, office or screen; told from each otherwise.",
)
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    default="",
    help="Their format, such as a4 or letter-fold.",
)
def preflight(
    files: tuple[str, ...], as_json: bool, proof: bool, medium: str, format_name: str
) -> int:
    """Check finished PDF files, of Foldwell's or of anyone."""
    from foldwell.build.preflight import preflight_files, write_proofs
    from foldwell.check.report import json_report, text_report
    from foldwell.check.standard import PURPOSES, Expected
    from foldwell.press.formats import FORMATS

    purpose = next((known for known in PURPOSES if known == medium), None)
    if medium and purpose is None:
        raise UsageError(f"--medium cannot be '{medium}'.", None, did_you_mean(medium, PURPOSES))
    if format_name and format_name not in FORMATS:
        hint = did_you_mean(format_name, FORMATS)
        raise UsageError(f"There is no format '{format_name}'.", None, hint)
    expected = Expected(medium=purpose, format=format_name or None)
    outcomes = preflight_files(files, expected, proof=proof)
    reported = [outcome.checked for outcome in outcomes]
    click.echo(json_report(reported) if as_json else text_report(reported))
    for outcome in outcomes:
        for path in write_proofs(outcome):
            click.echo(f"Wrote {path}.", err=as_json)
    return BUILT if all(checked.passed for checked in reported) else FAILED


@cli.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> int:
    """Measure Foldwell against plain WeasyPrint (in a clone of the project)."""
    import subprocess

    root = Path(__file__).resolve().parent.parent
    if not (root / "benchmarks").is_dir():
        raise UsageError("The benchmarks are not installed.", None, "Call it in a clone.")
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=root, check=False).returncode


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> int:
    """Run Foldwell's own tests (in a clone of the project)."""
    del arguments
    raise UsageError(
        "The tests are run by the launcher.", None, "Call 'python3 build.py test' in a clone."
    )


def _options(draft: bool, condition: str, sheet: str, instructions: bool) -> Options:
    """The options, each of a name that there is."""
    from foldwell.build.job import Options
    from foldwell.press.conditions import condition_named
    from foldwell.press.sheets import PRESS_SHEETS_MM

    try:
        if condition:
            condition_named(condition)
    except FoldwellError as error:
        raise UsageError(error.message, None, error.hint) from None
    if sheet and sheet not in PRESS_SHEETS_MM:
        raise UsageError(
            f"There is no press sheet '{sheet}'.", None, did_you_mean(sheet, PRESS_SHEETS_MM)
        )
    return Options(draft, condition, sheet, instructions)


def _tell(report: Report, fit: bool) -> None:
    """What there is to say of finished files: fit, colours, findings."""
    told = dict.fromkeys(
        line for kind, line in report.notes if kind == "colour" or (fit and kind == "fit")
    )
    for line in told:
        click.echo(line)
    for line in report.findings:
        click.secho(line, fg="yellow", err=True)


def _output_folder(root: Path, output: str) -> Path:
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


def _nothing(plan: Plan) -> UsageError:
    """What to say when nothing that was asked for is made."""
    reasons = "; ".join(dict.fromkeys(reason for _, reason in plan.skipped))
    return UsageError(
        "There is nothing to build for these words.",
        None,
        f"Left out: {reasons}." if reasons else "'list' without other words shows what there is.",
    )


def _planned(make: Callable[[], Plan], leaflets: Sequence[str]) -> Plan:
    """A plan; a leaflet that does not exist may have been meant as a command."""
    from difflib import get_close_matches

    try:
        return make()
    except UsageError as error:
        word = leaflets[0] if leaflets else ""
        close = get_close_matches(word, list(cli.commands), n=1, cutoff=0.6)
        if not close or f"'{word}'" not in error.message or "Did you mean" in error.hint:
            raise
        raise UsageError(
            f"There is no leaflet or command '{word}'.",
            None,
            f"Did you mean the command '{close[0]}'?",
        ) from None


def _today() -> Any:
    """The day of the build; reproducible builds set it (reproducible-builds.org)."""
    import datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.date.today()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds.", None, "Unset it."
        ) from None


class _Progress:
    """A bar on a terminal; nothing in a log, where the report at the end says it all."""

    def __init__(self, total: int, quiet: bool) -> None:
        self._total = total
        self._bar: Any = None
        self._plain = not quiet
        self._done = 0
        if not quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._bar = Progress(
                TextColumn("Building"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.description}"),
                console=Console(stderr=True),
                transient=True,
            )

    def __enter__(self) -> _Progress:
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, job: Any, outcome: Any) -> None:
        """One job has ended."""
        from foldwell.build.job import Same

        self._done += 1
        if isinstance(outcome, Same) and not self._bar:
            return
        if self._bar:
            self._bar.update(self._task, advance=1, description=job.name)
        elif self._plain:
            verb = "failed" if isinstance(outcome, tuple) else "built"
            click.echo(f"[{self._done}/{self._total}] {verb} {job.path}")


def _complain(errors: Iterable[FoldwellError]) -> None:
    for error in errors:
        click.secho(str(error), fg="red", err=True)


def _complain_of_jobs(failed: Iterable[tuple[Job, Iterable[FoldwellError]]]) -> None:
    """Each mistake once, with the jobs that it stopped."""
    jobs: dict[str, list[str]] = {}
    for job, errors in failed:
        for error in errors:
            jobs.setdefault(str(error), []).append(job.name)
    for message, names in jobs.items():
        click.secho(message, fg="red", err=True, nl=False)
        click.secho(f" [{'; '.join(dict.fromkeys(names))}]", err=True)


def _sum_up(plan: Plan, report: Report, folder: Path, seconds: float, verbose: bool) -> None:
    built, failed, current = len(report.built), len(report.failed), len(report.current)
    if verbose:
        for job in report.built:
            click.echo(f"  {folder / job.path}")
    click.echo(f"Built {_files(built)} in {folder} ({seconds:.1f} s).")
    if current:
        click.echo(f"Up to date: {_files(current)}.")
    _sum_up_skipped(plan.skipped)
    if failed:
        click.echo(
            f"Failed: {_files(failed)}; where there was an older version, it was left as it was."
        )
    if plan.broken:
        count = len(plan.broken)
        click.echo(f"Not built: what needs a file with mistakes ({count} named above).")
    if report.unrecorded:
        click.secho(
            f"The ledger could not be written ({report.unrecorded}): the next build makes more"
            " than it needs to.",
            fg="yellow",
            err=True,
        )
    made = (*report.built, *report.current)
    _sum_up_states({job.order.status for job in made})
    if stale := sorted({fact for job in made for fact in job.order.stale}):
        click.echo(f"Nobody has checked in time: {', '.join(stale)} (content/regions/).")


def _sum_up_skipped(skipped: Iterable[tuple[str, str]]) -> None:
    reasons: dict[str, int] = {}
    for _, reason in skipped:
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        click.echo(f"Skipped {_files(count)}: {reason}.")


def _sum_up_states(states: set[str]) -> None:
    if "draft" in states:
        click.echo("DRAFT: no clinician has reviewed these leaflets; every page says so.")
    if "expired" in states:
        click.echo("EXPIRED: some leaflets are past their review date; every page says so.")


def _files(count: int) -> str:
    return f"{count} file{'s' if count != 1 else ''}"


def main(arguments: Sequence[str] | None = None, workers: Workers | None = None) -> None:
    """Run the command line and exit.

    Args:
        arguments: What was typed; by default, what this process was started with.
        workers: Some of this machine that may be warming up already.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name=_program(),
            standalone_mode=False,
            obj=workers,
        )
        sys.exit(code if isinstance(code, int) else BUILT)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except UsageError as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(USAGE)
    except (FoldwellError, Mistakes) as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(FAILED)
    except OSError as error:
        click.secho(str(refused_by_the_system(error)), fg="red", err=True)
        sys.exit(FAILED)
    except (KeyboardInterrupt, click.Abort):
        click.secho("Stopped. Files that were finished are kept.", fg="red", err=True)
        sys.exit(130)
