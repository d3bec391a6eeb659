"""What the project holds, as the pages of the studio show it: read again only when it changed."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from foldwell.build.check_leaflets import check_leaflets
from foldwell.build.due import due_leaflets
from foldwell.build.inputs import UNREADABLE, Seen, look
from foldwell.build.job import Job, Options, Order, Selection
from foldwell.build.known import Known, look_again, look_round
from foldwell.build.parts import EditionParts
from foldwell.build.pieces import HERE
from foldwell.build.plan import make_plan
from foldwell.build.planned_again import plan_again
from foldwell.build.request import Jobs, Told
from foldwell.build.translation_status import standings
from foldwell.check.wording_report import CheckedLeaflet
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library, read_library
from foldwell.content.library_again import is_of_clinics, with_clinics_again
from foldwell.content.signature import overtaken
from foldwell.errors import FoldwellError, Mistakes

COVERS = ("letter-fold", "bifold", "z-fold", "a5", "half-letter", "a4", "letter", "card")
"""The formats whose first page stands for a leaflet, the first that there is."""
SOON_DAYS = 90
ITSELF_S = 1.0
"""How often files of Foldwell itself are looked at: there are a thousand of them, and this process
holds most of them already."""
State = tuple[datetime.date, tuple[tuple[str, object], ...]]
"""A day, and each file of the content with what is another one whenever it changes."""


@dataclass(frozen=True)
class Status:
    """One thing to know of a leaflet at a glance.

    Attributes:
        tone: ``good``, ``mild`` or ``bad``.
        words: What is to be known.
    """

    tone: str
    words: str


@dataclass(frozen=True)
class Book:
    """What was read of a project at one moment."""

    library: Library
    plan: Jobs

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All that is planned."""
        return self.plan.jobs

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The name of each job that is left out, and why."""
        return self.plan.left_out

    @property
    def broken(self) -> tuple[FoldwellError, ...]:
        """Mistakes in files."""
        return self.plan.broken

    @property
    def told(self) -> Told:
        """What the register of editions has to know beside a file that is made of it alone."""
        return replace(self.plan.told, places=None)

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """What is made of each job."""
        return tuple(job.order for job in self.jobs)

    @cached_property
    def by_path(self) -> dict[str, Job]:
        """The job of each file."""
        return {job.path: job for job in self.jobs}

    def of(self, leaflet: str, language: str, clinic: str = "") -> list[Order]:
        """The files that are planned of a leaflet, perhaps for one clinic."""
        return [
            order for order in self.orders
            if (order.leaflet, order.language) == (leaflet, language)
            and clinic in ("", order.clinic)
        ]  # fmt: skip

    def cover(self, leaflet: str, language: str, clinic: str = "") -> Order | None:
        """The file whose first page stands for a leaflet."""
        found = [one for one in self.of(leaflet, language, clinic) if one.medium.name == "screen"]
        rank = {name: number for number, name in enumerate(COVERS)}
        return min(found, key=lambda one: rank.get(one.format, 99), default=None)


@dataclass(frozen=True)
class Checked:
    """What the rules of words say.

    Attributes:
        leaflets: Of each leaflet, by its path.
        wrong: Why they could not be asked; then nothing is known of any leaflet.
    """

    leaflets: Mapping[str, CheckedLeaflet]
    wrong: tuple[FoldwellError, ...] = ()


class Shelf:
    """Keeps what was read, and what the rules found, for as long as no file changes.

    Args:
        root: The project folder.
        today: Says which day it is.
    """

    def __init__(self, root: Path, today: Callable[[], datetime.date]) -> None:
        self._root, self._today = root, today
        self._reading, self._checking = threading.Lock(), threading.Lock()
        self._looking = threading.Lock()
        self._state: State | None = None
        self._book: Book | None = None
        self._content: dict[str, Seen] = {}
        self._known: Known | None = None
        self._looked_s = 0.0
        self._to_do: tuple[Book, Mapping[str, int]] | None = None
        self._proofs: tuple[Book, Jobs, Mapping[str, Job]] | None = None
        self._parts = EditionParts()
        self._checked: tuple[object, Checked] | None = None

    def state(self) -> State:
        """What changes whenever a file of the content does."""
        places = {"content": self._root / "content"}
        self._content, _ = look(places, self._content, time.time_ns())
        return self._today(), tuple(
            (label, one.signature if one.sha256 == UNREADABLE else one.sha256)
            for label, one in self._content.items()
        )

    def known(self) -> Known:
        """Every file that a build reads, and Foldwell itself, as they are now."""
        with self._looking:
            now = time.monotonic()
            if self._known is None:
                self._known = look_round(self._root, {})
            else:
                itself = now - self._looked_s < ITSELF_S
                self._known = look_again(self._root, self._known, itself=itself)
                now = self._looked_s if itself else now
            self._looked_s = now
            return self._known

    @property
    def book(self) -> Book:
        """The project as it stands in its files now.

        Raises:
            FoldwellError: If there is no content.
        """
        with self._reading:
            state = self.state()
            if self._book is None or state != self._state:
                self._book = self._clinics_again(state) or self._read()
                self._state = state
            return self._book

    def _read(self) -> Book:
        """Read and plan everything."""
        HERE.news()  # lets go of what was read before
        library = read_library(self._root, self._today())
        self._parts = EditionParts()
        plan = self._plan(library, Options())
        HERE.fresh()  # a composer asks for what it needs, and not all of it is sent to the first
        return Book(library, plan)

    def _plan(self, library: Library, options: Options) -> Jobs:
        # With Foldwell's own hashes, as a build has them: files are judged by these jobs.
        known = self.known()
        asked = library, Selection(), self._today(), options, known.stamps, known.stamp
        return make_plan(*asked, self._parts)

    def _clinics_again(self, state: State) -> Book | None:
        """The same after facts of some clinics changed; None if anything else did."""
        if self._book is None or self._state is None or state[0] != self._state[0]:
            return None
        changed = {label for label, _ in {*state[1]} ^ {*self._state[1]}}
        if not all(map(is_of_clinics, changed)):
            return None
        library = with_clinics_again(self._book.library)
        plan = library and self._again(self._book.plan, self._book.library, library, Options())
        return Book(library, plan) if library and plan else None

    def _again(
        self, plan: Jobs, before: Library, library: Library, options: Options
    ) -> Jobs | None:
        stamps = self._known.stamps if self._known else {}
        known = self.known()
        if known.stamps != stamps:
            return None
        return plan_again(plan, before, library, self._today(), options, known, self._parts)

    @property
    def proofs(self) -> Mapping[str, Job]:
        """The marked proofs for a print shop that could be made of what nobody has reviewed.

        By their paths.
        """
        book, options = self.book, Options(draft=True)
        with self._reading:
            if self._proofs is None or self._proofs[0] is not book:
                plan = None
                if self._proofs:
                    before, held, _ = self._proofs
                    plan = self._again(held, before.library, book.library, options)
                plan = plan or self._plan(book.library, options)
                proofs = {job.path: job for job in plan.jobs if job.path not in book.by_path}
                self._proofs = book, plan, proofs
            return self._proofs[2]

    @property
    def to_do(self) -> Mapping[str, int]:
        """How many translations are not as they should be, and how many reviews are soon due."""
        book = self.book
        if self._to_do is None or self._to_do[0] is not book:
            today = self._today()
            told = standings(self._root, book.library)
            due = due_leaflets(book.library, today, SOON_DAYS)
            late = sum(one.state not in ("done", "missing", "accepted") for one in told)
            counts = {"/translations": late, "/due": sum(one.due is not None for one in due)}
            self._to_do = book, counts
        return self._to_do[1]

    def checked(self) -> Checked:
        """What the rules of words found in each leaflet; it takes some seconds."""
        with self._checking:
            state = self.state()
            if self._checked is None or self._checked[0] != state:
                self._checked = state, self._check()
            return self._checked[1]

    def checked_of(self, slug: str) -> Checked:
        """The same of one leaflet in all its languages, which takes less."""
        found = self.known_findings()
        return self._check([slug]) if found is None else found

    def _check(self, names: Sequence[str] = ()) -> Checked:
        try:
            found = check_leaflets(self._root, self._today(), names)
        except (FoldwellError, Mistakes) as error:
            wrong = error.errors if isinstance(error, Mistakes) else (error,)
            return Checked({}, tuple(wrong))
        return Checked({one.path: one for one in found})

    def known_findings(self) -> Checked | None:
        """The same if it was found out already."""
        if self._checked is None or self._checked[0] != self.state():
            return None
        return self._checked[1]

    def statuses(self, leaflet: Leaflet) -> Iterator[Status]:
        """What to know of a leaflet at a glance."""
        today, facts = self._today(), leaflet.facts
        match leaflet.status(today):
            case "expired":
                yield Status("bad", f"Past its review date, {facts.review_due}")
            case "draft":
                yield Status("mild", "Draft: no reviewer yet")
            case _:
                yield Status("good", "Reviewed")
        if facts.review_due and 0 <= (facts.review_due - today).days <= SOON_DAYS:
            yield Status("mild", f"Review due in {(facts.review_due - today).days} days")
        library = self.book.library
        if overtaken(leaflet, library.regions):
            yield Status("bad", "Words changed after they were signed")
        if facts.missing:
            many = len(facts.missing)
            yield Status("mild", f"{many} fact{'s' if many > 1 else ''} missing for the press")
        found = self.known_findings()
        checked = found.leaflets.get(leaflet.path) if found else None
        if checked:
            errors = sum(one.severity.value == "error" for one in checked.findings)
            if errors:
                yield Status("bad", f"{errors} mistake{'s' if errors > 1 else ''} in the words")
