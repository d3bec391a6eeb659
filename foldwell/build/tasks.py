"""Tasks: what one worker is asked for at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from foldwell.build.lanes import Batch, Kind, Lane, kind_of


@dataclass(frozen=True)
class Task:
    """What one worker is asked for.

    Attributes:
        batch: The jobs.
        lane: Whose they are.
        work: What is done with each of them.
        sealed: With what.
        typesets: Whether it is for a typesetter.
        wanted: The digests of pieces that are sent along.
        done: How many of them are done.
    """

    batch: Batch
    lane: Lane
    work: Callable[..., Any]
    sealed: bytes
    typesets: bool
    wanted: frozenset[bytes] = frozenset()
    done: int = 0

    @property
    def left(self) -> Batch:
        """The jobs that are still to be done."""
        return self.batch[self.done :]

    @property
    def kind(self) -> Kind:
        """What kind of files its jobs make."""
        return kind_of(self.batch)

    def waits_for(self, pending: Iterable[Task]) -> bool:
        """Whether others come first: a typesetter begins no kind before the one before is done.

        Args:
            pending: What is under way.
        """
        was = self.lane.turned_to
        return self.typesets and self.kind != was and any(
            task.lane is self.lane and task.kind == was for task in pending
        )  # fmt: skip
