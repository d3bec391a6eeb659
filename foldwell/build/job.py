"""A job: one edition in one format and medium, which is exactly one output file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    """

    leaflet: str
    leaflet_path: str
    clinic: str
    language: str
    title: str
    paper: Paper
    format: str
    medium: Medium

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
    """An order and the edition it is for."""

    edition: Edition
    order: Order

    @property
    def path(self) -> str:
        """The file, below the output folder."""
        return self.order.path

    @property
    def name(self) -> str:
        """The job as messages name it."""
        return self.order.name


def make_job(edition: Edition, format_name: str, medium: Medium) -> Job:
    """The job of an edition in a format and medium."""
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
    )
    return Job(edition, order)


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
