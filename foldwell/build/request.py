"""A request, and what there is to make for it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from foldwell.build.job import Job, Options, Selection
from foldwell.errors import FoldwellError
from foldwell.finding import Finding


@dataclass(frozen=True)
class Request:
    """What is asked for: the same words ask for the same files on the same day.

    Attributes:
        selection: Which jobs.
        options: What is asked for beside the files themselves.
        today: The day of the build; it decides which leaflets are out of date.
    """

    selection: Selection = field(default_factory=Selection)
    options: Options = field(default_factory=Options)
    today: datetime.date = field(default_factory=datetime.date.today)

    @property
    def key(self) -> str:
        """The request as text."""
        return json.dumps([asdict(self.selection), asdict(self.options), str(self.today)])


@dataclass(frozen=True)
class Told:
    """What the register of editions has to know beside the jobs.

    Attributes:
        withdrawn: When and why editions were withdrawn, by their ids.
        web_pages: Where web pages are published; empty where that is not known.
        places: Each leaflet, language and clinic that the project builds; None where only a part
            of it was looked at, or something in it is broken.
    """

    withdrawn: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    web_pages: str = ""
    places: frozenset[tuple[str, str, str]] | None = None


@dataclass(frozen=True)
class Jobs:
    """What there is to make for a request.

    Attributes:
        jobs: In the order of their paths.
        left_out: The name of each job that is left out, and why.
        broken: Mistakes in files that keep something asked for from being built.
        spared: Paths of outputs that are not asked for now, but belong to the project.
        tidied: What was read otherwise than it stands in a file, a line each.
        clinics: The phone and the address of each clinic of the roster, by its slug.
        lacking: The path of each job that would print what its clinic lacks, and the finding.
        told: What the register of editions has to know beside the jobs.
        pictures: Pictures that were normalised for it, to be kept: their names and files.
        pictures_used: The names of all that were used, those among them.
    """

    jobs: tuple[Job, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    broken: tuple[FoldwellError, ...] = ()
    spared: tuple[str, ...] = ()
    tidied: tuple[str, ...] = ()
    clinics: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lacking: tuple[tuple[str, Finding], ...] = ()
    told: Told = field(default_factory=Told)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    pictures_used: frozenset[str] = frozenset()
