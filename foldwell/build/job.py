"""A job: one edition in one format and medium, which is exactly one output file."""

from __future__ import annotations

from dataclasses import dataclass

from foldwell.content.edition import Edition
from foldwell.press.formats import Medium


@dataclass(frozen=True)
class Job:
    """What to make.

    Attributes:
        edition: The words.
        format: The name of the format; empty for the web page.
        medium: What the file is for.
    """

    edition: Edition
    format: str
    medium: Medium

    @property
    def path(self) -> str:
        """The file, below the output folder."""
        leaflet = self.edition.leaflet
        folder = f"{self.edition.clinic_slug}/{leaflet.language}"
        if self.medium == "web":
            return f"{folder}/{leaflet.slug}.html"
        return f"{folder}/{leaflet.slug}-{self.format}-{self.medium}.pdf"

    @property
    def name(self) -> str:
        """The job as messages name it: leaflet, clinic, language, format and medium."""
        leaflet = self.edition.leaflet
        kind = "web" if self.medium == "web" else f"{self.format} {self.medium}"
        return f"{leaflet.slug}, {self.edition.clinic_slug}, {leaflet.language}, {kind}"


@dataclass(frozen=True)
class Made:
    """A finished job.

    Attributes:
        content: The bytes of the file.
        pages: How many pages or sheet sides it has; 1 for a web page.
    """

    content: bytes
    pages: int
