"""Jobs, and the small values around them that pass between processes.

A job is one edition in one format and medium: exactly one output file. Its edition travels
sealed, because opening it loads the models of all content, which takes long and which only a
composer needs; its leaflet, clinic and brand are pieces that many editions share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from foldwell.build.made import Composed, Made
from foldwell.build.medium import Medium
from foldwell.build.pieces import HERE, Pieces
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.paper.conditions import Condition, condition_named, default_condition
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry, Paper

REST = "rest"
"""What a composer is told of the parts of an edition: one hash of all but its clinic's."""

if TYPE_CHECKING:  # an edition brings the models of all content, which a typesetter never needs
    from foldwell.content.edition import Edition


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


def _as_values(self: Any) -> tuple[Any, ...]:
    """How to pickle a value without the names of its fields, which are the same for each job."""
    return type(self), tuple(getattr(self, name) for name in self.__dataclass_fields__)


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
        row: The row of the format; None where it is made in none.
        geometry: The format on this paper, in this reading direction; None without a format.
        right_to_left: Whether the language is read from right to left.
        status: Whether it is a draft or out of date, which every page then says.
        stale: The facts of its region that nobody has checked, or not in time, for messages.
        options: What the user asked for.
        words: The whole hash that the edition id is the start of.
        dates: When it was published and reviewed, and is due for review; empty where not known.
        beside: The language that stands beside its own; empty where there is none.
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
    status: Literal["", "draft", "expired", "withdrawn"] = ""
    stale: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    words: str = ""
    dates: tuple[str, str, str] = ("", "", "")
    beside: str = ""

    __reduce__ = _as_values

    @property
    def format(self) -> str:
        """The name of the format; empty where it is made in none."""
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
        return self._stitched_at_a_shop and not self.single_pages

    @property
    def single_pages(self) -> bool:
        """Whether it is a booklet for a print shop, which imposes its pages itself."""
        imposed = self.options.spreads or bool(self.options.sheet)
        return self._stitched_at_a_shop and not imposed

    @property
    def _stitched_at_a_shop(self) -> bool:
        stitched = self.geometry is not None and self.geometry.binding == "stitched"
        return stitched and self.medium.for_print_shops

    @cached_property
    def path(self) -> str:
        """The file, below the output folder."""
        medium = self.medium
        words = [self.leaflet]
        if medium.in_formats:
            words += [self.format, *([self.beside] if self.beside else []), medium.name]
        if "sheet" in medium.options and self.options.sheet:
            words.append(self.options.sheet)
        if self.in_spreads and not self.options.sheet:
            words.append("spreads")
        if medium.for_print_shops and self.status:
            words.append("draft")  # a proof must never be taken for the file that may be printed
        return f"{self.clinic}/{self.language}/{'-'.join(words)}{medium.ending}"

    @property
    def name(self) -> str:
        """The job as messages name it: leaflet, clinic, language, format and medium."""
        kind = f"{self.format} {self.medium.name}".strip()
        return f"{self.leaflet}, {self.clinic}, {self.language}, {kind}"


def refuse(order: Order, errors: Iterable[FoldwellError]) -> None:
    """Refuse a file for what is wrong with it.

    Raises:
        Mistakes: If anything is.
    """
    placed = [
        FoldwellError(error.message, Place(order.leaflet_path), error.hint) for error in errors
    ]
    if placed:
        raise Mistakes(placed)


@dataclass(frozen=True)
class Job:
    """An order, and the sealed edition that it is for.

    Attributes:
        order: What is made.
        sealed: The edition, as bytes.
        parts: Hashes of what it depends on, by name; in several groups, each shared with other
            jobs. Empty where nobody will ask.
        stamp: A hash of Foldwell itself: code, fonts, profiles, versions.
    """

    order: Order
    sealed: bytes
    parts: tuple[Mapping[str, str], ...] = ()
    stamp: str = ""

    __reduce__ = _as_values

    @property
    def depends(self) -> dict[str, str]:
        """Hashes of all that it depends on, by name."""
        return {name: value for group in self.parts for name, value in group.items()}

    def key_of(self, made_from: Composed | Made) -> str:
        """The hash of all that a file is made from."""
        if isinstance(made_from, Made) and not made_from.key:  # what is told of it is kept too
            digest = hashlib.sha256(made_from.content + repr(made_from.notes).encode())
        else:
            digest = hashlib.sha256(made_from.key.encode())
        # The day and the version of a leaflet's file are in what was composed, if they matter.
        digest.update(repr((self.order, self.stamp)).encode())
        return digest.hexdigest()

    @property
    def edition(self) -> Edition:
        """The edition, unsealed anew unless it is that of the last few jobs.

        Raises:
            Missing: If this process was never sent all pieces of it.
        """
        return _unsealed(self.sealed, self.order.words, HERE)

    @property
    def path(self) -> str:
        """The file, below the output folder."""
        return self.order.path

    @property
    def name(self) -> str:
        """The job as messages name it."""
        return self.order.name


@lru_cache(maxsize=4)
def _unsealed(sealed: bytes, words: str, pieces: Pieces) -> Edition:
    """An edition from its bytes; what it prints has the hash that its order has."""
    from foldwell.content.edition import Edition

    slug, clinic, leaflet, rest, *beside = pieces.unseal(sealed)
    edition = Edition(leaflet, slug, clinic, *rest)
    if beside:
        other, rest = beside
        edition = replace(edition, beside=Edition(other, slug, clinic, *rest))
    return edition.known_by(words) if words else edition


def in_common(orders: Iterable[Order]) -> list[object]:
    """The large parts of some orders, which many more have too."""
    parts = [part for order in orders for part in (order.row, order.geometry, order.medium)]
    options = [order.options for order in orders]
    return list({id(part): part for part in (*parts, *options) if part is not None}.values())


def seal_jobs(jobs: tuple[Job, ...], *further: object) -> bytes:
    """Jobs as arguments for composing, one call each, with further ones behind each job."""
    orders = [job.order for job in jobs]
    said = {id(text): text for one in orders for text in (one.leaflet_path, one.title)}
    calls = [(replace(job, parts=_beside_the_clinic(job), stamp=""), *further) for job in jobs]
    return HERE.seal(calls, [*in_common(orders), *said.values()])


def _beside_the_clinic(job: Job) -> tuple[Mapping[str, str], ...]:
    """One hash of what an edition depends on beside its clinic, if that is known."""
    own = job.parts[0] if job.parts else {}
    rest = sorted(part for part in own.items() if part[0] != "clinic")
    return ({REST: hashlib.sha256(repr(rest).encode()).hexdigest()[:24]},) if rest else ()


@dataclass(frozen=True)
class Selection:
    """What the user asked for: patterns by kind; an empty tuple means all."""

    leaflets: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
