"""What every page of the studio has at hand: the project, its secrets, pictures and workers."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foldwell.build.job import Job, Order
from foldwell.content.leaflet import Leaflet
from foldwell.content.locales import english_name, own_name
from foldwell.errors import FoldwellError, Mistakes
from foldwell.shipped import templates_folder
from foldwell.studio.building import Builder
from foldwell.studio.git_versions import commit, is_chosen
from foldwell.studio.guard import Keys
from foldwell.studio.pictures import Pictures
from foldwell.studio.previewing import Previewer
from foldwell.studio.saving import save
from foldwell.studio.shelf import Book, Shelf
from foldwell.studio.standing import standing

ROOMS = (
    ("/", "Leaflets"),
    ("/clinics", "Clinics"),
    ("/brands", "Brands"),
    ("/translations", "Translations"),
    ("/due", "Review and due"),
    ("/sources", "Sources"),
    ("/build", "Build"),
)
SERVED = {
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".yml": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}
"""The kinds of files of the output that are served."""
THREADS = 32
"""How many pages are made at once; more wait."""
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class NotThere(Exception):  # noqa: N818 - an answer, no mistake
    """There is no such page."""


@dataclass(frozen=True)
class Call:
    """One request, with all that came with it.

    Attributes:
        path: The parts of its address that name something.
        query: What stands behind the question mark.
        form: What was filled in, each field with all its values.
        files: (name, bytes) of files that were sent, by field.
        wants_json: Whether a script asks.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    wants_json: bool = False

    def one(self, name: str) -> str:
        """The one value of a field; empty if it was not sent."""
        return (self.form.get(name) or [""])[0]


class Desk:
    """One run of the studio.

    Args:
        root: The project folder.
        output: The output folder.
        today: Says which day it is.
        keys: The secrets of this run.
    """

    def __init__(
        self,
        root: Path,
        output: Path,
        today: Callable[[], datetime.date] = datetime.date.today,
        keys: Keys | None = None,
    ) -> None:
        self.root, self.output, self.today = root, output, today
        self.keys = keys or Keys()
        self.shelf = Shelf(root, today)
        self.pictures = Pictures(root)
        self.builder = Builder(root, output)
        self.previewer = Previewer(today)
        # Processes die with the thread that started them, so these threads live as long as it all.
        self.threads = ThreadPoolExecutor(THREADS, "studio")

    def warm_up(self) -> None:
        """Let all processes start, from a thread that lives as long as the studio."""
        self.builder.warm_up()
        self.previewer.warm_up()
        self.pictures.start()

    def close(self) -> None:
        """End all processes."""
        self.builder.close()
        self.previewer.close()
        self.pictures.close()
        self.threads.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _templates(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(templates_folder() / "studio"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "as_words": as_words, "own_name": own_name, "english_name": english_name,
            "in_lines": in_lines,
        }  # fmt: skip
        return environment

    def page(self, name: str, /, status: int = 200, **values: Any) -> Response:
        """A page of the studio."""
        room = values.pop("room", "/")
        html = self._templates.get_template(name).render(
            rooms=[(*one, self._badge(one[0])) for one in ROOMS],
            room=room,
            token=self.keys.form,
            nonce=self.keys.nonce,
            **values,
        )
        return HTMLResponse(html, status)

    def _badge(self, room: str) -> int:
        """How much there is to do in a room; nothing where the project cannot be read."""
        try:
            return self.shelf.to_do.get(room, 0)
        except (FoldwellError, Mistakes):
            return 0

    def save(self, relative: str, content: bytes, seen: str) -> str:
        """Replace a file, and put it into git if the user wants that.

        Returns:
            ``saved``, ``same``, or ``uncommitted`` if git did not take it.

        Raises:
            Conflict: If somebody else saved it.
            FoldwellError: If it cannot be written.
        """
        if not save(self.root, relative, content, seen):
            return "same"
        return self.committed(relative, "saved")

    def committed(self, relative: str, word: str) -> str:
        """Put a file that was saved into git, if that is wanted: a word, or ``uncommitted``."""
        if is_chosen(self.root):
            try:
                commit(self.root, relative, f"Studio: {relative}")
            except FoldwellError:  # the page of its versions says why, and tries again
                return "uncommitted"
        return word

    def leaflet(self, call: Call) -> Leaflet | None:
        """The leaflet that an address names; None if its file has mistakes.

        Raises:
            NotThere: If there is none.
        """
        slug, language = call.path["slug"], call.path["language"]
        library = self.shelf.book.library
        found = library.leaflets.get(slug, {}).get(language)
        if found is None and f"content/leaflets/{slug}/{language}.md" not in library.broken:
            raise NotThere
        return found

    def standing(self, orders: Iterable[Order]) -> dict[str, str]:
        """What keeps the file of each order from being printed, by its path; empty if nothing."""
        wanted = {one.path for one in orders}
        return self.standing_of([job for job in self.shelf.book.jobs if job.path in wanted])

    def standing_of(self, jobs: Sequence[Job]) -> dict[str, str]:
        """The same of jobs."""
        return standing(jobs, self.output)

    def job_of(self, path: str, book: Book | None = None) -> Job | None:
        """The job that makes a file: a planned one, a marked proof, or the one of a ticket.

        Args:
            path: The file, below the output folder.
            book: The project as it was read just now, if it was.
        """
        own = re.sub(r"-ticket\.(pdf|yml)$", ".pdf", path)
        planned = (book or self.shelf.book).by_path.get(own)
        return self.shelf.proofs.get(own) if planned is None and "-press" in own else planned

    def made(self, relative: str) -> Path:
        """A finished file of the output.

        Args:
            relative: Its path below the output folder.

        Raises:
            NotThere: If it is no file that the output holds.
        """
        parts = relative.split("/")
        if not 2 <= len(parts) <= 3 or not all(map(_PART.fullmatch, parts)):
            raise NotThere
        path = self.output.joinpath(*parts)
        real, root = os.path.realpath(path), os.path.realpath(self.output)
        inside = Path(real) == Path(root, *parts)  # which no link is on the way to
        if path.suffix not in SERVED or not inside or not path.is_file():
            raise NotThere
        return path


def as_words(name: str) -> str:
    """The name of a format as people say it."""
    return name.replace("-", " ").capitalize()


def in_lines(told: str) -> str:
    """A fact that is told on one line, as it stands on a card."""
    return told.split(" (dials")[0].replace(" / ", "\n").replace("; ", "\n")


def whole_number(text: str) -> int | None:
    """A whole number as an address has it; None for anything else, and for one without end."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def seen_other(address: str) -> Response:
    """Let the browser go on to another page."""
    return RedirectResponse(address, 303)


def sentence(error: FoldwellError) -> str:
    """A mistake without its place."""
    return " ".join(filter(None, [error.message, error.hint]))
