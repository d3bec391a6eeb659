"""The pools of worker processes, as much of them as a run through jobs needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from foldwell.build.racking import Racking


class Pools(Protocol):
    """The pools of workers, as much of them as a run needs; see ``Workers``."""

    stuck_s: float | None
    stamps: bool
    is_far: bool
    racking: Racking | None
    count: int
    composers: Any
    printers: Any

    def lanes(self, jobs: int) -> int:
        """How many typesetters, or pools of them, a number of jobs is given to."""

    def typesetter(self, lane: int) -> Any:
        """The pool that typesets what one lane holds."""

    def start_printers(self) -> None:
        """Let those warm up that make files without an engine."""

    def warm_up(self, jobs: int) -> None:
        """Let the typesetters warm up."""

    def are_sound(self) -> bool:
        """Whether no pool broke."""

    def renew(self) -> None:
        """Replace all workers."""
