"""Events as lines for people: progress while a build goes on, and a summary at its end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from foldwell.build import events
from foldwell.build.events import Event
from foldwell.errors import FoldwellError

NAMED = 10
"""How many files that are no longer planned are named; the others are counted."""


@dataclass
class Tally:
    """What a stream of events came to: jobs by the path of their file."""

    planned: events.Planned = field(default_factory=lambda: events.Planned(0))
    done: events.Done = field(default_factory=lambda: events.Done(0))
    built: dict[str, events.Built] = field(default_factory=dict)
    kept: dict[str, events.Kept] = field(default_factory=dict)
    failed: dict[str, events.Failed] = field(default_factory=dict)
    left_out: list[events.LeftOut] = field(default_factory=list)
    found: list[events.Found] = field(default_factory=list)
    delivered: events.Delivered | None = None

    def take(self, event: Event) -> bool:
        """Take one event in; whether a job ended with it."""
        match event:
            case events.Planned():
                self.planned = event
            case events.LeftOut():
                self.left_out.append(event)
            case events.Found():
                self.found.append(event)
            case events.Delivered():
                self.delivered = event
            case events.Done():
                self.done = event
            case events.Built():
                self.built[event.path] = event
                return True
            case events.Kept():
                self.kept[event.path] = event
                return True
            case events.Failed():  # perhaps one whose files were taken away afterwards
                ended = self.built.pop(event.path, None) or self.kept.pop(event.path, None)
                self.failed[event.path] = event
                return ended is None
        return False

    @property
    def files(self) -> dict[str, str]:
        """The SHA-256 of each file that is right, by its path."""
        jobs = (*self.built.values(), *self.kept.values())
        return {path: sha256 for job in jobs for path, sha256 in job.files.items()}

    @property
    def states(self) -> set[str]:
        """Whether some jobs are drafts or out of date."""
        return {job.status for job in (*self.built.values(), *self.kept.values())}

    @property
    def stale_facts(self) -> list[str]:
        """The facts of regions for which some jobs are drafts, or out of date."""
        jobs = (*self.built.values(), *self.kept.values())
        return sorted({line for job in jobs for kind, line in job.notes if kind == "stale"})

    @property
    def before_press(self) -> dict[str, int]:
        """How many errors stand between a draft and the press, by leaflet."""
        jobs = (*self.built.values(), *self.kept.values())
        found = {line for job in jobs for kind, line in job.notes if kind == "press"}
        return dict(sorted(Counter(line.split("/")[2] for line in found).items()))

    @property
    def is_good(self) -> bool:
        """Whether nothing went wrong."""
        undelivered = self.delivered is not None and self.delivered.failed
        return not (self.planned.broken or self.failed or undelivered)


def follow(stream: Iterable[Event], *, quiet: bool) -> Tally:
    """Show how a build goes on: a bar on a terminal, lines in a log."""
    tally, count, bar = Tally(), 0, None
    try:
        for event in stream:
            ended = tally.take(event)
            if isinstance(event, events.Planned) and not quiet and sys.stderr.isatty():
                bar = _bar()
                bar.start()
                task = bar.add_task("", total=event.jobs)
            count += ended
            if bar and ended:
                bar.update(task, advance=1, description=getattr(event, "name", ""))
            elif ended and not quiet and isinstance(event, events.Built | events.Failed):
                verb = "failed" if isinstance(event, events.Failed) else "built"
                click.echo(f"[{count}/{tally.planned.jobs}] {verb} {event.path}")
    finally:
        if bar:
            bar.stop()
    return tally


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("Building"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def written(stream: Iterable[Event], path: str) -> Iterator[Event]:
    """The same events, each also a line of JSON in a file as soon as it comes."""
    with open(path, "w", encoding="utf-8", buffering=1) as file:
        for event in stream:
            file.write(events.as_json(event) + "\n")
            yield event


def complain(errors: Iterable[FoldwellError]) -> None:
    """Say what is wrong."""
    for error in errors:
        click.secho(str(error), fg="red", err=True)


def complain_of_jobs(failed: Iterable[events.Failed]) -> None:
    """Each mistake once, with the jobs that it stopped."""
    jobs: dict[str, list[str]] = {}
    for job in sorted(failed, key=lambda job: job.path):
        for error in job.errors:
            jobs.setdefault(str(error), []).append(job.name)
    for message, names in jobs.items():
        click.secho(message, fg="red", err=True, nl=False)
        click.secho(f" [{'; '.join(dict.fromkeys(names))}]", err=True)


def tell_why(tally: Tally) -> None:
    """Say of each file why it was made, and how."""
    finished = [(job.path, job.why) for job in tally.kept.values()]
    for built in tally.built.values():
        how = "".join(f"; {line}" for kind, line in built.notes if kind == "stamp" and line)
        finished.append((built.path, f"{built.why}{how}"))
    failed = [(job.path, job.why) for job in tally.failed.values()]
    for path, why in sorted(finished + failed):
        click.echo(f"{path}: {why or 'up to date'}")


def tell(tally: Tally, fit: bool) -> None:
    """What there is to say of finished files: fit, colours, findings."""
    jobs: list[events.Built | events.Kept] = [*tally.built.values()]
    kinds = {"colour", "fit"} if fit else {"colour"}
    if tally.done.idle:  # colours were told when the files were made
        jobs, kinds = [*tally.kept.values()], kinds - {"colour"}
    notes = sorted(note for job in jobs for note in job.notes if note[0] in kinds)
    for line in dict.fromkeys(line for _, line in notes):
        click.echo(line)
    for line in _findings(tally):
        click.secho(line, fg="yellow", err=True)
    for line in tally.planned.tidied:
        click.echo(line)


def _findings(tally: Tally) -> list[str]:
    """What was found, in one line where the media of one format share it."""
    jobs = {**tally.kept, **tally.built}
    media: dict[tuple[str, str], list[str]] = {}
    for found in tally.found:
        name = jobs[found.path].name if found.path in jobs else ""
        if name and found.line.startswith(f"{name}: "):
            of_what, _, medium = name.rpartition(" ")
            media.setdefault((of_what, found.line[len(name) :]), []).append(f" {medium}")
        else:
            media.setdefault(("", found.line), [""])
    return sorted(
        f"{what}{','.join(sorted(dict.fromkeys(names)))}{line}"
        for (what, line), names in media.items()
    )


def tell_delivered(delivered: events.Delivered | None, quiet: bool) -> None:
    """Say what came of sending files to a store."""
    if delivered is None:
        return
    complain(delivered.failed)
    if delivered.untried:
        click.secho(f"Not tried after that: {files(delivered.untried)}.", fg="red", err=True)
    if not quiet:
        there = f"; {files(delivered.there)} there already" if delivered.there else ""
        click.echo(f"Sent {files(delivered.sent)} to {delivered.store}{there}.")


def sum_up(tally: Tally, folder: Path, seconds: float, verbose: bool) -> None:
    """The end of a build, in a few lines."""
    if tally.done.idle:
        count = files(len(tally.kept))
        click.echo(f"Nothing to do: {count} in {folder} up to date ({seconds:.1f} s).")
    else:
        _sum_up_jobs(tally, folder, seconds, verbose)
    reasons: dict[str, int] = {}
    for job in tally.left_out:
        reasons[job.reason] = reasons.get(job.reason, 0) + 1
    for reason, number in reasons.items():
        click.echo(f"Skipped {files(number)}: {reason}.")
    if tally.failed:
        click.echo(
            f"Failed: {files(len(tally.failed))}; where there was an older version, it was left"
            " as it was."
        )
    if tally.planned.broken:
        number = len(tally.planned.broken)
        click.echo(f"Not built: what needs a file with mistakes ({number} named above).")
    if stale := tally.done.stale:
        more = f" and {len(stale) - NAMED} more" if len(stale) > NAMED else ""
        named = f"{', '.join(stale[:NAMED])}{more}"
        click.echo(f"No longer planned: {named}. 'clean --stale' deletes {_them(len(stale))}.")
    if tally.done.unrecorded:
        click.secho(
            f"The ledger could not be written ({tally.done.unrecorded}): the next build makes more"
            " than it needs to.",
            fg="yellow",
            err=True,
        )
    if "draft" in tally.states:
        click.echo(
            "DRAFT: no clinician has reviewed these leaflets; every page says so. 'status' lists"
            " what is missing for the press."
        )
    for leaflet, errors in tally.before_press.items():
        stand = f"{errors} errors stand" if errors != 1 else "1 error stands"
        click.echo(f"{stand} between '{leaflet}' and the press: 'check {leaflet}' names them.")
    if "withdrawn" in tally.states:
        click.echo("WITHDRAWN: some editions were withdrawn; every page says so.")
    if "expired" in tally.states:
        click.echo("EXPIRED: some leaflets are past their review date; every page says so.")
    if facts := tally.stale_facts:
        click.echo(f"Nobody has checked, or not in time: {', '.join(facts)} (content/regions/).")


def _sum_up_jobs(tally: Tally, folder: Path, seconds: float, verbose: bool) -> None:
    if verbose:
        for path in sorted(tally.built):
            click.echo(f"  {folder / path}")
    click.echo(f"Built {files(len(tally.built))} in {folder} ({seconds:.1f} s).")
    if tally.kept:
        click.echo(f"Up to date: {files(len(tally.kept))}.")


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def files(count: int) -> str:
    """A number of files in words."""
    return f"{count} file{'s' if count != 1 else ''}"
