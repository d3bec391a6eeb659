"""Lanes: which typesetter makes which files, so that what it learns of one serves the next.

Files of one kind (a leaflet in a language and format, for clinics of one brand and region) are
made from each other. So all of a kind go one after another down the lane of one typesetter, the
media of a clinic together, and lanes hold kinds that lie near each other. A lane that has run dry
takes over kinds that another has not begun, or a share of the last, where that is quicker than to
wait. This module imports little, because the process that the user started loads it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foldwell.build.job import Job

BATCH_S = 0.4
"""How long the jobs that go to a worker at once may take together."""
MOST = 16
"""How many clinics' jobs go to a worker at once at most, however quickly they are made."""
FIRST = 2
"""How many clinics' files of a kind are made before any can be made from one that stands."""

Batch = tuple["Job", ...]
"""Jobs that are made by one worker, one after another."""
Kind = tuple[str, ...]
"""What stands alike in the files of many clinics, so that one is made from another."""


def batches(jobs: Sequence[Job], workers: int) -> list[Batch]:
    """The jobs of one edition in one format together, since their panels may be the same.

    Clinic after clinic gets the same kind, before any gets the next. With fewer of them than
    workers, some would have nothing to do; then each job is by itself.
    """
    return [batch for kind in kinds(jobs, workers) for batch in kind]


def kinds(jobs: Sequence[Job], workers: int) -> list[deque[Batch]]:
    """The same, those of one kind together."""
    families: dict[object, list[Job]] = {}
    for job in jobs:
        order = job.order
        family = (order.clinic, order.language, order.leaflet, order.format, order.beside)
        families.setdefault(family if order.row else job.path, []).append(job)
    if len(families) < workers:
        return [deque([(job,)]) for job in jobs]
    in_turn = sorted(map(tuple, families.values()), key=kind_of)
    return [deque(own) for _, own in groupby(in_turn, kind_of)]


def kind_of(batch: Batch) -> Kind:
    """The kind of the jobs of one edition in one format; kinds that lie near have most alike."""
    order, parts = batch[0].order, batch[0].parts
    like = order.leaflet, order.language, order.format, order.beside, order.paper
    own = parts[0] if parts else {}
    return *like, own.get("region", ""), own.get("brand", "")


@dataclass
class Lane:
    """What lies before one typesetter.

    Attributes:
        number: Which it is.
        kinds: What is to be made, kind after kind; of each what one clinic gets, in turn.
        under_way: How many batches are being made.
        job_s: What a job took in the last batch; 0 if only the first of a kind came back yet.
        first_s: What the first batches of the present kind took.
        told: The digests of the common parts of orders that went down it.
        turned_to: The kind that its typesetter was given last.
    """

    number: int = 0
    kinds: deque[deque[Batch]] = field(default_factory=deque)
    under_way: int = 0
    job_s: float = 0
    first_s: float = 0
    told: set[bytes] = field(default_factory=set)
    turned_to: Kind = ()
    _kind: Kind = ()
    _came: int = 0

    @property
    def left(self) -> int:
        """How many jobs have not been given to anybody."""
        return sum(len(batch) for kind in self.kinds for batch in kind)

    def next(self) -> Batch:
        """What is made next: more clinics at once, the quicker they are made."""
        kind = self.kinds[0]
        if kind_of(kind[0]) != self._kind:
            self._kind, self._came, self.job_s, self.first_s = kind_of(kind[0]), 0, 0, 0
        found = kind.popleft()
        if self._came > FIRST:
            fit = int(BATCH_S / max(self.job_s * len(found), BATCH_S / MOST))
            found += tuple(job for _ in range(min(fit - 1, len(kind))) for job in kind.popleft())
        if not kind:
            self.kinds.popleft()
        return found

    def came(self, batch: Batch, seconds: float) -> None:
        """Take in how long a batch took."""
        if kind_of(batch) == self._kind:
            self._came += 1
            if self._came <= FIRST:
                self.first_s += seconds
            else:
                self.job_s = seconds / len(batch)


class Lanes:
    """The lanes of a build.

    Args:
        jobs: What is to be made.
        count: How many lanes there may be.
        workers: How many workers there are, if more than lanes.
    """

    def __init__(self, jobs: Sequence[Job], count: int, workers: int = 0) -> None:
        found = kinds(jobs, max(workers, count))
        typeset = [kind for kind in found if kind[0][0].order.row]
        self.bare = Lane(-1, deque(kind for kind in found if not kind[0][0].order.row))
        """Jobs that no typesetter is needed for."""
        self.all = [Lane(number) for number in range(max(1, count))]
        total, before = sum(map(_jobs, typeset)), 0
        for kind in typeset:  # as much for each, and near what is like it
            middle = before + _jobs(kind) / 2
            self.all[min(int(middle / total * len(self.all)), len(self.all) - 1)].kinds.append(kind)
            before += _jobs(kind)

    def widen(self, count: int) -> None:
        """Let there be as many lanes, if there are fewer: more workers have come."""
        self.all += [Lane(number) for number in range(len(self.all), count)]

    def in_turn(self, *, bare_last: bool = False) -> list[Lane]:
        """The lanes that are served now, those first whose jobs others have work with.

        Args:
            bare_last: Whether jobs that no typesetter is needed for wait until the others are dry.
        """
        waits = bare_last and any(lane.kinds for lane in self.all)
        return self.all if waits else [*self.all, self.bare]

    def next(self, lane: Lane) -> Batch | None:
        """What a lane's worker makes next; None if there is nothing for it now."""
        if not lane.kinds and lane is not self.bare:
            self._share(lane)
        return lane.next() if lane.kinds else None

    def _share(self, lane: Lane) -> None:
        """Let a lane that has run dry take over what another would come to last."""
        other = max(self.all, key=lambda one: one.left)
        if len(other.kinds) > 1:
            half = other.left / 2
            while len(other.kinds) > 1:
                lane.kinds.appendleft(other.kinds.pop())
                if lane.left >= half:
                    break
            return
        if not other.kinds or not other.job_s:
            return
        # The lane has to learn the kind anew: both end at the same time if it takes so many.
        kind, learning = other.kinds[-1], other.first_s / other.job_s
        share = (other.left - learning) / 2
        if share < (FIRST + 1) * len(kind[-1]):  # fewer would prove nothing that they learned
            return
        taken: deque[Batch] = deque()
        while kind and share >= len(kind[-1]):
            share -= len(kind[-1])
            taken.appendleft(kind.pop())
        lane.kinds.append(taken)
        if not kind:
            other.kinds.pop()


def _jobs(kind: Iterable[Batch]) -> int:
    return sum(map(len, kind))
