"""Making a composition into a finished file, by the steps of its medium, and checking it."""

from __future__ import annotations

import foldwell.build.office
import foldwell.build.screen  # noqa: F401 - a typesetter has them loaded before its first job
from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.build.panels import Finished
from foldwell.typeset.page_source import Composition


def make(order: Order, composition: Composition) -> Made:
    """The finished file of an order.

    Raises:
        Mistakes: With everything that is wrong, such as words that do not fit the format.
    """
    medium = order.medium
    if medium.finish is None:
        raise ValueError(f"nothing is typeset for {medium.name}")
    finished: Finished = medium.finish(order, composition)
    refuse(order, [error for check in medium.checks for error in check(finished)])
    if finished.standing:
        finished.standing.passed()
    return finished.made
