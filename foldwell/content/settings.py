"""``content/build.yml``: which leaflets are built for whom, in which formats and media."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from foldwell.content.values import Facts, Text

PrintMedium = Literal["screen", "office"]
Pattern = Annotated[tuple[Text, ...], Field(min_length=1)]


class Run(Facts):
    """Some editions, and what is made of each; names may be patterns such as ``kratom-*``."""

    leaflets: Pattern = ("*",)
    clinics: Pattern = ("*",)
    languages: Pattern = ("*",)
    formats: dict[Text, tuple[PrintMedium, ...]] = {}
    """For each format the media it is made for."""
    web: bool = True
    """Whether the web page is made too."""


class Settings(Facts):
    """The whole of ``build.yml``."""

    runs: Annotated[tuple[Run, ...], Field(min_length=1)]
