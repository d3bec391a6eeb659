"""Making a composition into a finished file, by the steps of its medium, and checking it."""

from __future__ import annotations

import foldwell.build.office
import foldwell.build.screen  # noqa: F401 - a typesetter has them loaded before its first job
from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.build.panels import Finished
from foldwell.build.ticket_page import ticket_page
from foldwell.build.variable import FILES, asked_for
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping import is_on


def make(order: Order, composition: Composition) -> Made:
    """The finished file of an order.

    Raises:
        Mistakes: With everything that is wrong, such as words that do not fit the format.
    """
    medium = order.medium
    if medium.finish is None:
        raise ValueError(f"nothing is typeset for {medium.name}")
    asked = asked_for(order, composition) if is_on() else None
    if asked and (made := asked.printed(ticket_page)):
        return made
    finished: Finished = medium.finish(order, composition)
    refuse(order, [error for check in medium.checks for error in check(finished)])
    made = finished.made
    if finished.standing and (file := finished.standing.passed(made, order.name)) and asked:
        FILES.keep(asked.key, file)
    elif asked:
        asked.prove(made, ticket_page)
    return made
