"""Jobs, and the small values around them that pass between processes.

A job is one edition in one format and medium: exactly one output file. Its edition travels
sealed (pickled), because opening it loads the models of all content, which takes long and which
only a composer needs. What is unsealed was sealed by a process of the same build.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from foldwell.errors import FoldwellError
from foldwell.press.formats import Medium, Paper

if TYPE_CHECKING:  # an edition brings the models of all content, which a typesetter never needs
    from foldwell.content.edition import Edition


@dataclass(frozen=True)
class Order:
    """What is made of a page source: all that typesetting and finishing know of a job.

    Attributes:
        leaflet: The slug of the leaflet.
        leaflet_path: Its file, for messages.
        clinic: The slug of the clinic.
        language: The language's code.
        title: The title that a viewer shows.
        paper: The paper of the clinic's region.
        format: The name of the format; empty for the web page.
        medium: What the file is for.
        status: Whether it is a draft or out of date, which every page then says.
    """

    leaflet: str
    leaflet_path: str
    clinic: str
    language: str
    title: str
    paper: Paper
    format: str
    medium: Medium
    status: Literal["", "draft", "expired"] = ""

    @property
    def path(self) -> str:
        """The file, below the output folder."""
        folder = f"{self.clinic}/{self.language}"
        if self.medium == "web":
            return f"{folder}/{self.leaflet}.html"
        return f"{folder}/{self.leaflet}-{self.format}-{self.medium}.pdf"

    @property
    def name(self) -> str:
        """The job as messages name it: leaflet, clinic, language, format and medium."""
        kind = "web" if self.medium == "web" else f"{self.format} {self.medium}"
        return f"{self.leaflet}, {self.clinic}, {self.language}, {kind}"


@dataclass(frozen=True)
class Job:
    """An order, and the sealed edition that it is for."""

    order: Order
    sealed: bytes

    @property
    def edition(self) -> Edition:
        """The edition, unsealed anew at each call."""
        edition: Edition = pickle.loads(self.sealed)
        return edition

    @property
    def path(self) -> str:
        """The file, below the output folder."""
        return self.order.path

    @property
    def name(self) -> str:
        """The job as messages name it."""
        return self.order.name


def make_job(edition: Edition, format_name: str, medium: Medium, sealed: bytes = b"") -> Job:
    """The job of an edition in a format and medium.

    Args:
        edition: The words.
        format_name: The name of the format; empty for the web page.
        medium: What the file is for.
        sealed: The edition, if it was sealed already for another job.
    """
    leaflet = edition.leaflet
    order = Order(
        leaflet.slug,
        leaflet.path,
        edition.clinic_slug,
        leaflet.language,
        leaflet.facts.title,
        edition.region.paper,
        format_name,
        medium,
        edition.status,
    )
    return Job(order, sealed or seal(edition))


def seal(edition: Edition) -> bytes:
    """An edition as bytes."""
    return pickle.dumps(edition)


@dataclass(frozen=True)
class Selection:
    """What the user asked for: patterns by kind; an empty tuple means all."""

    leaflets: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


@dataclass
class Plan:
    """What will be done.

    Attributes:
        jobs: In the order of their paths.
        skipped: What is left out, and why.
        broken: Mistakes in files that keep something asked for from being built.
    """

    jobs: list[Job] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    broken: list[FoldwellError] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """A finished job.

    Attributes:
        content: The bytes of the file.
        pages: How many pages or sheet sides it has; 1 for a web page.
    """

    content: bytes
    pages: int


@dataclass(frozen=True)
class Spare:
    """The words leave some panels empty: compose again, with this many panels of notes."""

    panels: int


Outcome = Made | tuple[FoldwellError, ...]
"""How a job ends: a finished file, or what is wrong."""
