"""Jobs, and the small values around them that pass between processes.

A job is one edition in one format and medium: exactly one output file. Its edition travels
sealed (pickled), because opening it loads the models of all content, which takes long and which
only a composer needs. What is unsealed was sealed by a process of the same build.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from foldwell.errors import FoldwellError
from foldwell.press.conditions import Condition, condition_named, default_condition
from foldwell.press.formats import Format, Medium
from foldwell.press.geometry import Geometry, Paper

if TYPE_CHECKING:  # an edition brings the models of all content, which a typesetter never needs
    from foldwell.content.edition import Edition
    from foldwell.typeset.page_source import Composition


@dataclass(frozen=True)
class Options:
    """What the user asked for beside the files themselves.

    Attributes:
        draft: Whether ``press`` files are made of leaflets that nobody reviewed, as marked proofs.
        condition: The name of the printing condition; empty for the region's own.
        sheet: A press sheet to put as many copies on as fit, such as ``sra3``; empty for none.
        instructions: Whether office files start with a page that says how to print and fold.
        own_condition: The printing condition, if it is one of the project's own.
        spreads: Whether booklets for a print shop are imposed as spreads, not left as pages.
    """

    draft: bool = False
    condition: str = ""
    sheet: str = ""
    instructions: bool = False
    spreads: bool = False
    own_condition: Condition | None = None


@dataclass(frozen=True)
class Order:
    """What is made of a composition: all that typesetting and finishing know of a job.

    Attributes:
        leaflet: The slug of the leaflet.
        leaflet_path: Its file, for messages.
        clinic: The slug of the clinic.
        language: The language's code.
        title: The title that a viewer shows.
        edition: The edition id.
        paper: The paper of the clinic's region.
        medium: What the file is for.
        row: The row of the format; None for the web page.
        geometry: The format on this paper, in this reading direction; None for the web page.
        right_to_left: Whether the language is read from right to left.
        status: Whether it is a draft or out of date, which every page then says.
        options: What the user asked for.
    """

    leaflet: str
    leaflet_path: str
    clinic: str
    language: str
    title: str
    edition: str
    paper: Paper
    medium: Medium
    row: Format | None = None
    geometry: Geometry | None = None
    right_to_left: bool = False
    status: Literal["", "draft", "expired"] = ""
    options: Options = field(default_factory=Options)

    @property
    def format(self) -> str:
        """The name of the format; empty for the web page."""
        return self.row.name if self.row else ""

    @property
    def condition(self) -> Condition:
        """The printing condition that was asked for, or the usual one of the paper."""
        options = self.options
        named = options.own_condition or (
            condition_named(options.condition) if options.condition else None
        )
        return named or default_condition(self.paper)

    @property
    def in_spreads(self) -> bool:
        """Whether it is a booklet for a print shop whose pages are imposed in pairs."""
        stitched = self.geometry is not None and self.geometry.binding == "stitched"
        imposed = self.options.spreads or bool(self.options.sheet)
        return self.medium == "press" and stitched and imposed

    @property
    def path(self) -> str:
        """The file, below the output folder."""
        folder = f"{self.clinic}/{self.language}"
        if self.medium == "web":
            return f"{folder}/{self.leaflet}.html"
        medium: str = self.medium
        if medium == "press":
            # A proof must never be taken for the file that may be printed.
            medium += f"-{self.options.sheet}" if self.options.sheet else ""
            medium += "-spreads" if self.in_spreads and not self.options.sheet else ""
            medium += "-draft" if self.status else ""
        return f"{folder}/{self.leaflet}-{self.format}-{medium}.pdf"

    @property
    def name(self) -> str:
        """The job as messages name it: leaflet, clinic, language, format and medium."""
        kind = "web" if self.medium == "web" else f"{self.format} {self.medium}"
        return f"{self.leaflet}, {self.clinic}, {self.language}, {kind}"


@dataclass(frozen=True)
class Job:
    """An order, and the sealed edition that it is for.

    Attributes:
        order: What is made.
        sealed: The edition, as bytes.
        parts: Hashes of what it depends on, by name; empty where nobody will ask.
        stamp: A hash of Foldwell itself: code, fonts, profiles, versions.
    """

    order: Order
    sealed: bytes
    parts: tuple[tuple[str, str], ...] = ()
    stamp: str = ""

    def key_of(self, made_from: Composition | Made) -> str:
        """The hash of all that a file is made from."""
        source = made_from.content if isinstance(made_from, Made) else made_from.key.encode()
        digest = hashlib.sha256(source)
        # The day and the version of a leaflet's file are in what was composed, if they matter.
        digest.update(repr((self.order, self.stamp)).encode())
        return digest.hexdigest()

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


def make_job(
    edition: Edition,
    row: Format | None,
    medium: Medium,
    options: Options | None = None,
    sealed: bytes = b"",
) -> Job:
    """The job of an edition in a format and medium.

    Args:
        edition: The words.
        row: The format; None for the web page.
        medium: What the file is for.
        options: What the user asked for.
        sealed: The edition, if it was sealed already for another job.
    """
    leaflet, paper = edition.leaflet, edition.region.paper
    geometry = row.geometry.get(paper) if row else None
    right_to_left = edition.right_to_left
    order = Order(
        leaflet.slug,
        leaflet.path,
        edition.clinic_slug,
        leaflet.language,
        leaflet.facts.title,
        edition.id,
        paper,
        medium,
        row,
        geometry.mirrored() if geometry and right_to_left else geometry,
        right_to_left,
        edition.status,
        options or Options(),
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
        beside: (what the file's name ends in, bytes) of files that go with it.
        notes: What a person should know: how the words were fitted, which colours were converted.
        findings: What preflight has to say that does not stop the file.
        key: The hash of all that it was made from.
        seconds: How long it took from composing on.
    """

    content: bytes
    pages: int
    beside: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    key: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Same:
    """A job whose file was made from just the same before.

    Attributes:
        key: The hash of all that it is made from.
    """

    key: str


Outcome = Made | Same | tuple[FoldwellError, ...]
"""How a job ends: a finished file, the one that was there already, or what is wrong."""
