"""Waivers: findings that a leaflet sets aside for a while, and who answers for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from foldwell.content.leaflet import Leaflet
from foldwell.content.limits import MUST_SAY_DAYS, MUST_SAY_RULE, Waiver
from foldwell.finding import Finding


def not_waived(
    found: Iterable[Finding], leaflet: Leaflet, today: datetime.date
) -> Iterator[Finding]:
    """The findings that a leaflet's waivers do not cover.

    One that a waiver would cover, if it had not run out or did not run too long, says so.

    Args:
        found: Findings on the leaflet.
        leaflet: The leaflet.
        today: The day by which a waiver may have run out.
    """
    waivers = leaflet.facts.waivers
    for finding in found:
        meant = [waiver for waiver in waivers if _is_for(waiver, finding)]
        if any(not why_not(waiver, today) for waiver in meant):
            continue
        told = [f"The waiver by {waiver.name} {why_not(waiver, today)}." for waiver in meant]
        yield replace(finding, hint=" ".join(filter(None, [finding.hint, *told])))


def in_force(leaflet: Leaflet, today: datetime.date) -> tuple[Waiver, ...]:
    """The waivers of a leaflet that count on a day."""
    return tuple(one for one in leaflet.facts.waivers if not why_not(one, today))


def why_not(waiver: Waiver, today: datetime.date) -> str:
    """Why a waiver does not count on a day; nothing where it does."""
    if waiver.expires < today:
        return f"ran out on {waiver.expires}"
    if waiver.rule == MUST_SAY_RULE and (waiver.expires - today).days > MUST_SAY_DAYS:
        return f"counts only once it ends within {MUST_SAY_DAYS} days"
    return ""


def _is_for(waiver: Waiver, finding: Finding) -> bool:
    return str(waiver.rule) == finding.rule and (
        waiver.words is None or str(waiver.words) in finding.message
    )
