"""Tasks: what one worker is asked for at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from foldwell.build.lanes import Batch, Kind, Lane, kind_of

By = Literal["composer", "printer", "typesetter"]
"""What kind of worker."""


@dataclass(frozen=True)
class Task:
    """What one worker is asked for.

    Attributes:
        batch: The jobs.
        lane: Whose they are.
        work: What is done with each of them.
        sealed: With what.
        by: What kind of worker it is for.
        wanted: The digests of pieces that are sent along.
        done: How many of them are done.
    """

    batch: Batch
    lane: Lane
    work: Callable[..., Any]
    sealed: bytes
    by: By = "composer"
    wanted: frozenset[bytes] = frozenset()
    done: int = 0

    @property
    def typesets(self) -> bool:
        """Whether it is for a typesetter."""
        return self.by == "typesetter"

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
