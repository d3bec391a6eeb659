"""The typography of a brand, in the brand.yml standard: what is set in which face.

Sizes and line heights on paper are the formats' business, because words are fitted to their
panels and may never be under 12 pt; on the web page the brand's hold, as long as they can be read.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, field_validator

from foldwell.content.facts import Text
from foldwell.content.values import Facts, wrong
from foldwell.fonts import FAMILIES

WEIGHTS = {
    "thin": 100,
    "hairline": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
    "heavy": 900,
}
"""The names of weights (CSS Fonts 4, 2.2)."""
BOLD = 600
"""From this weight on, a cut stands out from a regular one."""
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,3})?) ?(px|pt|rem|em|%)?")
_PX = {"px": 1.0, "pt": 96 / 72, "rem": 16.0, "em": 16.0, "%": 0.16, None: 16.0}


def weight(value: Any) -> Any:
    """A weight by its name as its number."""
    if isinstance(value, str):
        plain = value.strip().lower().replace("_", "-").replace(" ", "-")
        joined = {name.replace("-", ""): number for name, number in WEIGHTS.items()}
        if plain.isdigit():
            return int(plain)
        if plain.replace("-", "") not in joined:
            raise wrong(
                "it is no weight of type", f"write 100 to 900, or one of: {', '.join(WEIGHTS)}"
            )
        return joined[plain.replace("-", "")]
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def length_px(value: Any) -> Any:
    """A length such as ``11pt`` or ``1.1rem`` in CSS pixels."""
    match = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise wrong("it is no size of type", "write it as '11pt', '16px' or '1rem'")
    return float(match[1]) * _PX[match[2]]


def height(value: Any) -> Any:
    """A line height: a number, or a percentage of the size."""
    if isinstance(value, str) and value.strip().endswith("%"):
        value = value.strip()[:-1]
        return float(value) / 100 if re.fullmatch(r"\d{1,3}", value) else value
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain else value


def beside(path: str) -> str:
    """A path below the brand's folder, and nowhere else."""
    if "://" in path:
        raise wrong(
            "it is an address, and nothing is fetched from the network",
            "save the file in the brand's folder, and write its name",
        )
    parts = path.split("/")
    if "\\" in path or path.startswith("/") or any(part[:1] in ("", ".") for part in parts):
        raise wrong(
            "it is not the name of a file in this folder",
            "copy the file into the brand's folder",
        )
    return path


Weight = Annotated[int, BeforeValidator(weight), Field(ge=1, le=1000)]
Pixels = Annotated[float, BeforeValidator(length_px), Field(ge=1, le=400)]
LineHeight = Annotated[float, BeforeValidator(height), Field(ge=0.5, le=4)]
_BY_KEY = ConfigDict(populate_by_name=True)


class FontFile(Facts):
    """One cut of a family, in a file beside ``brand.yml``."""

    path: Text
    """Its path below the brand's folder."""
    weight: Weight | None = None
    """As the file itself says, where nothing is said here."""
    style: Literal["normal", "italic"] | None = None
    """Whether it leans; as the file says, where nothing is said."""
    folder: str = ""
    """The folder of the brand that names it."""

    @field_validator("path")
    @classmethod
    def _beside(cls, value: str) -> str:
        return beside(value)


class Font(Facts):
    """A family that the brand uses."""

    family: Text
    """As typography names it."""
    source: Literal["file", "bundled", "google", "bunny", "system"] = "bundled"
    """Where it comes from; only files and bundled ones are used."""
    files: tuple[FontFile, ...] = ()
    """Its cuts, in the brand's folder."""


class Face(Facts):
    """The face of body text or headings."""

    model_config = _BY_KEY

    family: Text = Text(FAMILIES[0])
    """One of fonts, or a shipped one."""
    weight: Weight | None = None
    """100 to 900, or a word such as bold."""
    size: Pixels | None = None
    """On web pages; on paper words are fitted to their panels."""
    line_height: LineHeight | None = Field(None, alias="line-height")
    """On web pages, as a number or in percent."""
    color: Text | None = None
    """``#rrggbb``, or a role, whose shade that can be read is meant."""
    background_color: Text | None = Field(None, alias="background-color")
    """Behind it, on web pages."""
    style: Literal["normal", "italic"] | None = None
    """Read, and never used: nothing is set in italics."""


class Link(Facts):
    """What links look like on the web page."""

    model_config = _BY_KEY

    weight: Weight | None = None
    """100 to 900, or a word such as bold."""
    color: Text | None = None
    """Of links, on web pages."""
    background_color: Text | None = Field(None, alias="background-color")
    """Behind links, on web pages."""
    decoration: Literal["underline", "none", "overline", "line-through"] | None = None
    """How links are marked, on web pages."""


class Typography(Facts):
    """Fonts, and what is set in them."""

    model_config = _BY_KEY

    fonts: tuple[Font, ...] = ()
    """The families that the brand has."""
    base: Face = Face()
    """Of body text."""
    headings: Face = Face()
    """Of headings."""
    monospace: Face = Face()
    """Read, and never used."""
    monospace_inline: Face = Field(Face(), alias="monospace-inline")
    """Read, and never used."""
    monospace_block: Face = Field(Face(), alias="monospace-block")
    """Read, and never used."""
    link: Link = Link()
    """Of links, on web pages."""
