"""A clinic: who hands the leaflet out, and how a patient reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from foldwell.content.brand import Cover
from foldwell.content.facts import Address, Email, Hours, Phone, Text, WebAddress
from foldwell.content.region import LocalFacts, Region
from foldwell.content.region_words import Line
from foldwell.content.values import Facts, Slug, wrong
from foldwell.content.variables import Variables
from foldwell.content.yaml_scalars import as_written
from foldwell.errors import did_you_mean

Label = Annotated[str, BeforeValidator(as_written), Field(min_length=1, max_length=40)]


def _fact_name(text: str) -> str:
    if text not in Clinic.model_fields:
        raise wrong("it is no fact of a clinic", did_you_mean(text, Clinic.model_fields))
    return text


FactName = Annotated[str, AfterValidator(_fact_name)]


class LabelledPhone(Facts):
    """A phone number and what it is for."""

    label: Text | None = None
    """Without one it is printed as a phone like any other."""
    phone: Phone
    """The number, as people dial it."""


class Clinic(Facts):
    """The facts of one clinic, as in ``content/clinics/<slug>.yml``."""

    name: Text
    """As it is printed."""
    region: Slug
    """Which file of content/regions holds for it."""
    nation: Slug | None = None
    """Which part of the region it is in; without it, texts that hold in all parts are used."""
    brand: Slug
    """Which folder of content/brands it looks like."""
    address: Address | None = None
    """In lines, or parted by commas."""
    phone: Phone
    """The number that is printed large."""
    phones: tuple[LabelledPhone, ...] = ()
    """Further numbers, each with what it is for."""
    text_number: Phone | None = None
    """For text messages."""
    fax: Phone | None = None
    """Its fax number."""
    out_of_hours: Line | None = None
    """Whom to call when it is closed."""
    email: Email | None = None
    """Its e-mail address."""
    website: WebAddress | None = None
    """Its own web site."""
    hours: Hours = Field(default_factory=Hours)
    """When it is open, as a sentence, a map or a list."""
    facts: dict[Label, Text] = Field(default_factory=dict)
    """Anything else for the contact panel, by its label: parking, buses, ways in."""
    feedback: Text | None = None
    """How patients say what they think of the leaflet."""
    other_formats: Text | None = None
    """How to get the leaflet in large print, another language or another form."""
    map: WebAddress | None = None
    """A page that shows where the clinic is; its address leads there on the web page."""
    cover: Cover | None = None
    """Whether covers are solid or light, in every medium; else solid, and light in the office."""
    variables: Variables = Field(default_factory=dict)
    """Texts for ``{{ name }}`` in this clinic's leaflets."""
    local: LocalFacts = Field(default_factory=LocalFacts)
    """Lines of the region's file that are otherwise here."""
    tags: tuple[Slug, ...] = ()
    """Words that ``only`` blocks, leaflets and runs can ask for, such as ``dispenses-naloxone``."""
    parent: Slug | None = None
    """The clinic, hospital or trust whose facts hold where this one says nothing."""
    without: tuple[FactName, ...] = ()
    """Facts that are not taken from a parent."""

    def region_here(self, regions: Mapping[str, Region]) -> Region:
        """The facts of its region, as they are in its nation and for this clinic."""
        return regions[self.region].locally(self.local).within(self.nation)
