"""A clinic: who hands the leaflet out, and how a patient reaches it."""

from __future__ import annotations

from foldwell.content.facts import Address, Email, Hours, Phone, Text, WebAddress
from foldwell.content.region import Line
from foldwell.content.values import Facts, Slug
from foldwell.content.variables import Variables


class Clinic(Facts):
    """The facts of one clinic, as in ``content/clinics/<slug>.yml``."""

    name: Text
    region: Slug
    nation: Slug | None = None
    """A part of the region whose own texts hold, such as ``wales``; see ``Region.nations``."""
    brand: Slug
    address: Address
    phone: Phone
    out_of_hours: Line | None = None
    email: Email | None = None
    website: WebAddress | None = None
    hours: Hours = Hours()
    feedback: Text | None = None
    """How patients say what they think of the leaflet."""
    other_formats: Text | None = None
    """How to get the leaflet in large print, another language or another form."""
    variables: Variables = {}
    """Texts for ``{{ name }}`` in this clinic's leaflets."""
    tags: tuple[Slug, ...] = ()
    """Words that ``only`` blocks can ask for, such as ``dispenses-naloxone``."""
