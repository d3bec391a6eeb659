"""The command line: arguments in, report out, exit code. The only place that prints.

Exit codes: 0 all built, 1 something failed or has errors, 2 the command was called wrongly.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foldwell import __version__
from foldwell.errors import FoldwellError, Mistakes, UsageError

if TYPE_CHECKING:
    from foldwell.build.job import Job, Plan

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
                     help="Only this medium: screen, office or web."),
        click.option("--format", "formats", multiple=True, metavar="NAME",
                     help="Only this format, such as a4 or letter-fold."),
        click.option("--language", "languages", multiple=True, metavar="CODE",
                     help="Only this language, such as en."),
        click.option("--clinic", "clinics", multiple=True, metavar="NAME",
                     help="Only this clinic, as its file is called."),
    ):  # fmt: skip
        command = option(command)
    return click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")(command)


@cli.command()
@_selecting
@click.option("--output", metavar="DIR", default="output", help="Folder to write to.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--verbose", "-v", is_flag=True, help="Name every file that was built.")
def build(
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    media: tuple[str, ...],
    output: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Build leaflets (what happens when no command is named)."""
    if quiet and verbose:
        raise UsageError("--quiet and --verbose were both given.", None, "Choose one of them.")
    started = time.monotonic()
    # The workers warm up while the content is read.
    from foldwell.build.workers import Workers

    workers = Workers()
    try:
        from foldwell.build.job import Selection
        from foldwell.build.run import run_build

        root = _root()
        selection = Selection(leaflets, clinics, languages, formats, media)
        plan = _planned(lambda: workers.plan(root, selection, _today()), leaflets)
        folder = _output_folder(root, output)
        if not plan.jobs and not plan.broken:
            raise _nothing(plan)
        with _Progress(len(plan.jobs), quiet) as progress:
            report = run_build(plan, folder, workers, progress.step)
    finally:
        workers.close()
    seconds = time.monotonic() - started
    _complain(plan.broken)
    _complain_of_jobs(report.failed)
    if not quiet:
        _sum_up(plan, report, folder, seconds, verbose)
    return FAILED if plan.broken or report.failed else BUILT


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
    from foldwell.build.job import Selection
    from foldwell.build.worker import plan as make_plan

    selection = Selection(leaflets, clinics, languages, formats, media)
    plan = _planned(lambda: make_plan(_root(), selection, _today()), leaflets)
    for job in plan.jobs:
        click.echo(f"output/{job.path}")
    for name, reason in plan.skipped:
        click.echo(f"skipped: {name} ({reason})")
    _complain(plan.broken)
    return FAILED if plan.broken else BUILT


@cli.command()
@click.option("--output", metavar="DIR", default="output", help="Folder to empty.")
def clean(output: str) -> int:
    """Delete the files that builds have made in the output folder."""
    from foldwell.build.clean import clean_output

    root = _root()
    folder = Path(output) if os.path.isabs(output) else root / output
    count = clean_output(folder)
    click.echo(f"Deleted {count} file{'s' if count != 1 else ''} from {folder}.")
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


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> int:
    """Run Foldwell's own tests (in a clone of the project)."""
    del arguments
    raise UsageError(
        "The tests are run by the launcher.", None, "Call 'python3 build.py test' in a clone."
    )


def _output_folder(root: Path, output: str) -> Path:
    """The folder to write to; never one of the project's own, and never a file."""
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
        self._done += 1
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


def _sum_up(plan: Plan, report: Any, folder: Path, seconds: float, verbose: bool) -> None:
    built, failed = len(report.built), len(report.failed)
    if verbose:
        for job in report.built:
            click.echo(f"  {folder / job.path}")
    reasons: dict[str, int] = {}
    for _, reason in plan.skipped:
        reasons[reason] = reasons.get(reason, 0) + 1
    click.echo(f"Built {_files(built)} in {folder} ({seconds:.1f} s).")
    for reason, count in reasons.items():
        click.echo(f"Skipped {_files(count)}: {reason}.")
    if failed:
        click.echo(
            f"Failed: {_files(failed)}; where there was an older version, it was left as it was."
        )
    if plan.broken:
        count = len(plan.broken)
        click.echo(f"Not built: what needs a file with mistakes ({count} named above).")
    states = {job.order.status for job in report.built}
    if "draft" in states:
        click.echo("DRAFT: no clinician has reviewed these leaflets; every page says so.")
    if "expired" in states:
        click.echo("EXPIRED: some leaflets are past their review date; every page says so.")


def _files(count: int) -> str:
    return f"{count} file{'s' if count != 1 else ''}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments),
            prog_name=_program(),
            standalone_mode=False,
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
    except (KeyboardInterrupt, click.Abort):
        click.secho("Stopped. Files that were finished are kept.", fg="red", err=True)
        sys.exit(130)
