"""What stands beside the files of a build: register, pages of editions, provenance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from foldwell.build import editions, provenance
from foldwell.build.editions import Entry, entry_of, read_register, registered
from foldwell.build.events import Event, Failed, Finished, Found, Kept
from foldwell.build.job import Job
from foldwell.build.known import Known
from foldwell.build.register import Register
from foldwell.build.request import Request, Told
from foldwell.build.write import Writing, write_file
from foldwell.errors import FoldwellError, Mistakes, refused_by_the_system


def along(
    stream: Iterable[Event],
    output: Path,
    jobs: Iterable[Job],
    told: Told,
    request: Request,
    known: Known,
    register: Register,
    *,
    alone: bool = False,
) -> Iterator[Event]:
    """The events of a run; when it is over, the register is written of what it came to.

    Args:
        stream: The events.
        output: The output folder.
        jobs: The jobs of the build.
        told: What the register has to know beside them.
        request: What was asked for.
        known: What the build read.
        register: The register of the folder.
        alone: Whether somebody waits for a single file: only pages of editions of its leaflet for
            its clinic are looked at.
    """
    done: dict[str, Mapping[str, str]] = {}
    for event in stream:
        if isinstance(event, Finished):
            done[event.path] = event.files
        elif isinstance(event, Failed):
            done.pop(event.path, None)
        yield event
    made = [entry_of(job.order, done[job.path]) for job in jobs if job.path in done]
    try:
        if made:
            before, writing = register.read(), Writing(output)
            entries = registered(before, made, str(request.today), told.withdrawn, told.places)
            register.write(entries, writing)
            files = {path: sha256 for held in done.values() for path, sha256 in held.items()}
            writing.renew(provenance.FILE, provenance.statement(files, known, request))
            for error in writing.flush().values():
                raise error
            # Nothing leads to pages of editions where it is not known where they are published.
            if told.web_pages:
                places = {entry.place for entry in made}
                _write_pages(output, entries, made, places if alone else None)
    except Mistakes as mistakes:
        yield Failed(editions.FILE, "the pages of editions", "", mistakes.errors)
    except (FoldwellError, OSError) as error:
        said = error if isinstance(error, FoldwellError) else refused_by_the_system(error)
        yield Failed(editions.FILE, "the register of editions", "", (said,))


def compared(stream: Iterable[Event], output: Path, jobs: Iterable[Job]) -> Iterator[Event]:
    """The events of a comparison; at its end, whether the register names what was found right."""
    right: dict[str, Mapping[str, str]] = {}
    for event in stream:
        if isinstance(event, Kept):
            right[event.path] = event.files
        yield event
    made = [entry_of(job.order, right[job.path]) for job in jobs if job.path in right]
    known = {entry.id: entry for entry in read_register(output)}
    for entry in made:
        held = known.get(entry.id)
        same = held and (held.words, held.state, held.status) == (
            entry.words,
            entry.state,
            entry.status,
        )
        if not same or not held or not entry.files.items() <= held.files.items():
            yield Found(editions.FILE, f"does not name the edition {entry.id} as it is")
            return


def _write_pages(
    output: Path,
    entries: Sequence[Entry],
    made: Iterable[Entry],
    places: Collection[tuple[str, str, str]] | None,
) -> None:
    from foldwell.build.edition_pages import pages, twin

    twins = {entry.id for entry in made if twin(entry) in entry.files}
    if places is not None:
        entries = [entry for entry in entries if entry.place in places]
    for path, content in pages(output, entries, twins):
        write_file(output, path, content)
