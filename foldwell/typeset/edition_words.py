"""The words of an edition, read for one format or medium with the facts that it may print."""

from __future__ import annotations

from collections.abc import Sequence

from foldwell.content.edition import Edition
from foldwell.typeset import templates
from foldwell.typeset.citations import Markers
from foldwell.typeset.markup import read_words
from foldwell.typeset.reading import Setting, Words
from foldwell.typeset.template_values import clinics_language, printed_date, printed_hours
from foldwell.typeset.variables import Facts


def _language_of(name: str, edition: Edition) -> str:
    """The language of a fact that is not in the edition's: what the clinic or the project wrote."""
    first, _, second = name.partition(".")
    shared = not second and first not in edition.leaflet.facts.variables
    return clinics_language(edition) if first == "clinic" or shared else ""


def read_edition(
    edition: Edition,
    format_name: str,
    medium: str,
    take: frozenset[str],
    markers: Markers = "all",
    *,
    links_back: bool = False,
    numbered: Sequence[str] = (),
) -> Words:
    """The words of an edition for a format, or for the medium that is made in none.

    Args:
        edition: What is said.
        format_name: The format, as ``only`` blocks name it.
        medium: The medium, as ``only`` blocks name it.
        take: The panels whose text is taken out of the flow.
        markers: How many numbers of sources stand in the text.
        links_back: Whether notes link back to the text.
        numbered: Sources that have their numbers already, in their order.
    """
    leaflet, brand = edition.leaflet, edition.brand.brand
    facts = Facts(
        {
            **edition.variables,
            "clinic": edition.clinic,
            "region": edition.region,
            "leaflet": leaflet.facts,
            "brand": {"name": brand.name, "short_name": brand.short_name},
        },
        lambda day: printed_date(edition, day),
        {
            "clinic": f"the clinic '{edition.clinic_slug}'",
            "region": f"content/regions/{edition.clinic.region}.yml",
            "leaflet": "its front matter",
        },
        edition.today,
        str(templates.strings(leaflet.language)["checked_on"]),
        str(templates.strings(leaflet.language)["written_on"]),
        lambda hours: printed_hours(edition),
        lambda name: _language_of(name, edition),
    )
    setting = Setting(
        conditions={
            "region": frozenset([edition.clinic.region]),
            "tag": frozenset(edition.clinic.tags),
            "format": frozenset([format_name]),
            "medium": frozenset([medium]),
        },
        known=edition.known,
        take=take,
        links_back=links_back,
        markers=markers,
    )
    strings = templates.strings(leaflet.language)
    return read_words(
        leaflet, facts, setting, strings, edition.references, templates.icon_names(), numbered
    )
