"""A clinic: who hands the leaflet out, and how a patient reaches it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from foldwell.content.brand import Cover
from foldwell.content.values import Email, Facts, Phone, Slug, Text, Website


class Hours(Facts):
    """Opening hours for one day or a run of days."""

    days: Text
    """Such as ``Monday to Friday``."""
    time: Text
    """Such as ``8 am to 6 pm``, or ``closed``."""


class Line(Facts):
    """A phone line: whose it is, its number, and when or for what to call."""

    name: Text
    phone: Phone
    note: Text | None = None


class Clinic(Facts):
    """The facts of one clinic, as in ``content/clinics/<slug>.yml``."""

    name: Text
    region: Slug
    brand: Slug
    address: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]
    phone: Phone
    out_of_hours: Line | None = None
    email: Email | None = None
    website: Website | None = None
    hours: tuple[Hours, ...] = ()
    feedback: Text | None = None
    """How patients say what they think of the leaflet."""
    other_formats: Text | None = None
    """How to get the leaflet in large print, another language or another form."""
    map: Website | None = None
    """A page that shows where the clinic is; its address leads there on the web page."""
    cover: Cover | None = None
    """Whether covers are solid or light, in every medium; else solid, and light in the office."""
    tags: tuple[Slug, ...] = ()
    """Words that ``only`` blocks can ask for, such as ``dispenses-naloxone``."""
