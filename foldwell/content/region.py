"""A region: a country's emergency number, help lines, law text, paper and ways of writing."""

from __future__ import annotations

from typing import Literal

from foldwell.content.clinic import Line
from foldwell.content.values import Day, Facts, Phone, Slug, Text

Paper = Literal["a4", "letter"]


class Law(Facts):
    """What the law says of one topic; laws change, so the text has its own review date."""

    text: Text
    reviewed: Day


class Region(Facts):
    """The facts of one region, as in ``content/regions/<slug>.yml``."""

    name: Text
    paper: Paper
    profile: Literal["nhs", "us", "eu", "plain"]
    """The set of rules that leaflets for this region are held to."""
    date_format: Literal["d MMMM y", "MMMM d, y", "d. MMMM y", "y-MM-dd"]
    """How dates are written, as a Unicode (CLDR) date pattern."""
    emergency_number: Phone
    lines: dict[Slug, Line] = {}
    """Help lines by name, such as ``crisis``; printed in this order in the contact panel."""
    laws: dict[Slug, Law] = {}
    words: dict[Slug, Text] = {}
    """Words that differ by region, such as ``clinician``: {{ region.words.clinician }}."""
