"""Texts of a project's own, by name: ``variables:`` in its settings, a clinic or a leaflet."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from foldwell.content.facts import Text
from foldwell.content.values import wrong
from foldwell.content.yaml_scalars import as_written

TAKEN = ("clinic", "region", "leaflet", "brand")
"""The first words of the names of facts."""
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")


def _name(text: str) -> str:
    if text in TAKEN:
        raise wrong(f"'{text}' is the name of facts already", "choose another name")
    if not _NAME.fullmatch(text):
        raise wrong("it is no name", "use a-z, 0-9, _ and hyphens, such as 'ward-name'")
    return text


Variables = dict[Annotated[str, BeforeValidator(as_written), AfterValidator(_name)], Text]
"""Texts by name, used as ``{{ name }}``."""
