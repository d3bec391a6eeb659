"""The jobs of an edition."""

from __future__ import annotations

import datetime
from dataclasses import fields

from foldwell.build.job import Job, Options, Order
from foldwell.build.media import MEDIA
from foldwell.build.pieces import HERE
from foldwell.content.edition import Edition
from foldwell.paper.formats import Format


def make_job(
    edition: Edition,
    row: Format | None,
    medium: str,
    options: Options | None = None,
    sealed: bytes = b"",
) -> Job:
    """The job of an edition in a format and medium.

    Args:
        edition: The words.
        row: The format; None where it is made in none.
        medium: What the file is for.
        options: What the user asked for.
        sealed: The edition, if it was sealed already for another job.
    """
    leaflet, paper = edition.leaflet, edition.region.paper
    geometry = row.geometry.get(paper) if row else None
    right_to_left, facts = edition.right_to_left, leaflet.facts
    order = Order(
        leaflet.slug,
        leaflet.path,
        edition.clinic_slug,
        leaflet.language,
        str(leaflet.facts.title),  # plain, so that a typesetter loads no models of content
        edition.id,
        paper,
        MEDIA[medium],
        row,
        geometry.mirrored() if geometry and right_to_left else geometry,
        right_to_left,
        edition.status,
        edition.holding_up,
        options or Options(),
        edition.words_hash,
        (_iso(facts.published), _iso(facts.reviewed), _iso(edition.review_due)),
        edition.beside.leaflet.language if edition.beside else "",
    )
    return Job(order, sealed or seal(edition))


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def seal(edition: Edition) -> bytes:
    """An edition as bytes; what other editions have too is only named.

    So is what stands beside it, part by part: whole, it would be another one for each clinic.
    """
    sides = [edition, edition.beside] if edition.beside else [edition]
    named: list[object] = []
    for side in sides:
        leaflet, _, _, *others = (_shared(side, known.name) for known in fields(side))
        # The group is the same for all clinics of one brand in one region.
        named += leaflet, HERE.group(others)
    return HERE.seal((edition.clinic_slug, edition.clinic, *named), (edition.clinic, *named))


def _shared(edition: Edition, name: str) -> object:
    """A field of an edition, the same value for all that have an equal one."""
    if name == "twins":
        return HERE.group(edition.twins)
    return None if name == "beside" else getattr(edition, name)
