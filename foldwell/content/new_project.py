"""A project to start from: one clinic, one brand of one colour, one leaflet; it builds at once."""

from __future__ import annotations

import html
import json
import os
import re
import unicodedata
from pathlib import Path

from pydantic_core import PydanticCustomError

from foldwell.commands import COMMANDS
from foldwell.content.facts import Phone, Text
from foldwell.content.phones import country_of
from foldwell.content.schemas import schema_files
from foldwell.content.shipped_content import SHIPPED_REGIONS, shipped_region
from foldwell.content.values import slug_problem
from foldwell.errors import UsageError, did_you_mean, sentence

COLOUR = "#0f5c73"
SCHEMAS = ".schemas"
"""Where editors find the schemas of the project's files; ``schema --folder`` writes them anew."""
_SCHEMA_LINE = "# yaml-language-server: $schema={up}{folder}/{name}.json\n"

_BUILD = """# What is made, for whom. 'foldwell list' says what there is to make; the README
# explains formats and media. Without this file: %(paper)s, for screen and office printer.
runs:
  - leaflets: ["*"]
    formats:
      %(paper)s: [screen, office]
      letter-fold: [office]
      large-print: [screen]
# site: https://www.example.org        # links such as '/sleep/' lead below it
# variables:
#   ward: Ward 1                       # {{ ward }} in every leaflet
"""

_CLINIC = """# Facts that stand on every leaflet. 'clinics show %(slug)s' tells how each is read.
name: %(name)s
region: %(region)s
brand: %(slug)s
phone: %(phone)s
# address: 1 High Street, Town, AB1 2CD
# hours: Mon-Fri 9am-5pm; Sat 9am-12pm; closed bank holidays
# website: www.example.org
# email: hello@example.org
# facts:
#   Parking: Behind the building
"""

_BRAND = """# One colour is enough; the logo is to be replaced by your own (SVG, PDF or PNG).
meta:
  name: %(name)s
logo:
  images:
    mark: {path: logo.svg, alt: %(name)s}
  medium: mark
color:
  primary: "%(colour)s"
"""

_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
<rect width="40" height="40" rx="9" fill="#ffffff"/>
<rect x="2" y="2" width="36" height="36" rx="7" fill="%(colour)s"/>
<circle cx="20" cy="20" r="9" fill="#ffffff"/>
</svg>
"""

_LEAFLET = """---
title: How to reach us
---

## Before you call

- Have your date of birth at hand.
- Write down what you want to ask.

## Where to call

In an emergency call **{{ region.emergency_number }}**.

/// contact | Talk to us
///
"""


def new_project(folder: Path, name: str, region: str, phone: str) -> list[Path]:
    """Write a project into a folder that holds no content yet; other files are left alone.

    Args:
        folder: The project folder.
        name: The clinic's name.
        region: The name of a shipped region.
        phone: The clinic's phone number.

    Returns:
        The files that were written.

    Raises:
        UsageError: If there is content already, or a fact is none; then nothing is written.
    """
    if os.path.lexists(folder / "content") or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"'{folder}' holds a project already.", None, "Name a new folder.")
    if region not in SHIPPED_REGIONS:
        raise UsageError(
            f"There is no region '{region}'.", None, did_you_mean(region, SHIPPED_REGIONS)
        )
    country = country_of(region)
    try:
        title, number = Text.read(name, country), Phone.read(phone, country)
    except PydanticCustomError as error:
        context = error.context or {}
        what, hint = str(context["what"]), str(context["hint"])
        raise UsageError(sentence(what), None, sentence(hint) if hint else "") from None
    slug = _slug(title)
    words = {
        "name": json.dumps(title, ensure_ascii=False),
        "phone": json.dumps(number),
        "region": region,
        "paper": shipped_region(region, ())[0].paper,
        "slug": slug,
        "colour": COLOUR,
    }
    written = []
    for path, text in (
        ("build.yml", _line("build", 1) + _BUILD % words),
        (f"clinics/{slug}.yml", _line("clinic", 2) + _CLINIC % words),
        (f"brands/{slug}/brand.yml", _line("brand", 3) + _BRAND % words),
        (f"brands/{slug}/logo.svg", _LOGO % {"colour": html.escape(COLOUR)}),
        ("leaflets/how-to-reach-us/en.md", _LEAFLET),
    ):
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
        written.append(target)
    (folder / SCHEMAS).mkdir(exist_ok=True)
    for name, text in schema_files().items():
        (folder / SCHEMAS / name).write_text(text, encoding="utf-8")
    return [*written, folder / SCHEMAS]


def _line(name: str, deep: int) -> str:
    """The line by which editors find the schema of a file so many folders deep."""
    return _SCHEMA_LINE.format(up="../" * deep, folder=SCHEMAS, name=name)


def _slug(name: str) -> str:
    """A name for files, made of the clinic's name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return slug if slug and not slug_problem(slug) and slug not in COMMANDS else "our-clinic"
