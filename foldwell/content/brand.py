"""A brand: colours, fonts and logos, in the brand.yml standard.

The schema follows https://posit-dev.github.io/brand-yml/ and is modelled here rather than
with the ``brand-yml`` package, for two reasons: a brand reaches a style sheet, so every
value must be of a checked type (that package passes any CSS text on), and a mistake must
name its line. What cannot be printed safely (web fonts, font files, ``with`` sections) is
not part of the models, so it is refused as an unknown key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from foldwell.content.colours import TEXT_CONTRAST, contrast, nearest_passing, on
from foldwell.content.facts import Text, WebAddress
from foldwell.content.values import Colour, Facts, Slug, checked_colour, wrong
from foldwell.fonts import FAMILIES

if TYPE_CHECKING:
    Family = str
else:
    Family = Literal[FAMILIES]
"""The families that are shipped; no other font is ever used."""

Percent = Annotated[float, Field(ge=0, le=100)]
INK_LIMIT_PERCENT = 300
"""The most ink that coated paper takes in one place."""

ROLES = (
    "foreground",
    "background",
    "primary",
    "secondary",
    "tertiary",
    "success",
    "info",
    "warning",
    "danger",
    "light",
    "dark",
)
DEFAULT_COLOURS = {
    "background": "#ffffff",
    "primary": "#1b5e6b",
    "warning": "#e8a200",
    "danger": "#b3131d",
    "light": "#ffffff",
    "dark": "#000000",
}


class Name(Facts):
    """The name of the organisation, in full and short."""

    full: Text
    short: Text | None = None


class Meta(Facts):
    """Who the brand belongs to."""

    name: Name
    link: WebAddress | None = None

    @field_validator("name", mode="before")
    @classmethod
    def _one_name(cls, value: Any) -> Any:
        return {"full": value} if isinstance(value, str) else value


class Picture(Facts):
    """A logo file beside ``brand.yml`` and the words that stand for it."""

    path: Text
    """The name of a file in the brand's folder."""
    alt: Text

    @field_validator("path")
    @classmethod
    def _beside(cls, value: str) -> str:
        if "/" in value or "\\" in value or value.startswith("."):
            raise wrong(
                "it is not the name of a file in this folder",
                "copy the file into the brand's folder",
            )
        return value


class Shades(Facts):
    """The logo for a light and for a dark background; one may serve for both."""

    light: Text
    dark: Text | None = None


class Logo(Facts):
    """Logos: ``small`` is a square mark, ``medium`` and ``large`` are wide."""

    images: dict[Slug, Picture]
    small: Shades | None = None
    medium: Shades
    large: Shades | None = None

    @field_validator("small", "medium", "large", mode="before")
    @classmethod
    def _one_shade(cls, value: Any) -> Any:
        return {"light": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known_images(self) -> Logo:
        for key in ("small", "medium", "large"):
            size: Shades | None = getattr(self, key)
            for name in (size.light, size.dark) if size else ():
                if name is not None and name not in self.images:
                    raise wrong(
                        f"the logo '{name}' is not among 'images'",
                        f"add it there, or use one of: {', '.join(self.images)}",
                        key,
                    )
        return self


class Colours(Facts):
    """A palette of named colours, and the roles that they play."""

    palette: dict[Slug, Colour] = {}
    foreground: Text | None = None
    background: Text | None = None
    primary: Text
    secondary: Text | None = None
    tertiary: Text | None = None
    success: Text | None = None
    info: Text | None = None
    warning: Text | None = None
    danger: Text | None = None
    light: Text | None = None
    dark: Text | None = None

    @field_validator(*ROLES)
    @classmethod
    def _palette_or_hex(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None or "palette" not in info.data or value in info.data["palette"]:
            return value  # a palette with mistakes is told on its own
        try:
            return checked_colour(value)
        except ValueError:
            names = ", ".join(info.data.get("palette", {})) or "none yet"
            raise wrong(
                f"'{value}' is neither a colour nor a name of the palette",
                f"write it as '#1a6b6b', or use one of: {names}",
            ) from None

    @model_validator(mode="after")
    def _readable(self) -> Colours:
        background = self.role("background")
        for role, what in (("primary", "headings need"), ("foreground", "text needs")):
            colour = self.role(role)
            ratio = contrast(colour, background)
            if ratio < TEXT_CONTRAST:
                key = role if getattr(self, role) else "background"
                raise wrong(
                    f"the colour {colour} has a contrast of {ratio:.1f}:1 with the"
                    f" background, and {what} {TEXT_CONTRAST}:1",
                    f"the nearest shade that passes is {nearest_passing(colour, background)}",
                    key,
                )
        return self

    def role(self, name: str) -> str:
        """The colour of a role as ``#rrggbb``, the house's own where the brand has none."""
        value = getattr(self, name)
        if value is None and name == "foreground":
            return on(self.role("background"))
        if value is None:
            return DEFAULT_COLOURS.get(name, self.role("primary"))
        return str(self.palette.get(value, value))


class Font(Facts):
    """A family that the brand uses; it must be one that is shipped."""

    family: Family
    source: Literal["bundled"] = "bundled"


class Face(Facts):
    """The face of body text or headings."""

    family: Family = FAMILIES[0]
    weight: Literal[400, 700, 800] | None = None


class Typography(Facts):
    """Fonts for body text and headings; sizes are the formats' business, not the brand's."""

    fonts: tuple[Font, ...] = ()
    base: Face = Face()
    headings: Face = Face()

    @field_validator("base", "headings", mode="before")
    @classmethod
    def _one_family(cls, value: Any) -> Any:
        return {"family": value} if isinstance(value, str) else value


Cover = Literal["solid", "light"]
"""A solid ground in the brand's colour, or white paper that saves ink."""
FORMER_SHAPES = {"wave": "hills", "leaf": "rays"}
"""Names of shapes that brands were written with before, and what they are called now."""


class FoldwellDefaults(Facts):
    """What brand.yml has no key for, under ``defaults: foldwell:``."""

    extends: Slug | None = None
    """Another brand whose colours, fonts and logos hold where this one says nothing."""
    cover_shape: Literal["hills", "rays", "rings", "none"] = "hills"
    """The shape behind the drawing of a cover."""
    cover: Cover | None = None
    """Whether covers are solid or light in every medium; a clinic may say otherwise."""
    cmyk: dict[Slug, tuple[Percent, Percent, Percent, Percent]] = {}
    """The brand's own printing inks, cyan, magenta, yellow, black in percent, by the name of a
    palette colour or a role; other colours are converted through the printing profile."""

    @field_validator("cover_shape", mode="before")
    @classmethod
    def _present_name(cls, value: Any) -> Any:
        return FORMER_SHAPES.get(value, value) if isinstance(value, str) else value


class Defaults(Facts):
    """The place that brand.yml gives to tools of its readers."""

    foldwell: FoldwellDefaults = FoldwellDefaults()


class Brand(Facts):
    """One brand, as in ``content/brands/<slug>/brand.yml``."""

    meta: Meta
    logo: Logo
    color: Colours
    typography: Typography = Typography()
    defaults: Defaults = Defaults()

    @model_validator(mode="after")
    def _inks_of_known_colours(self) -> Brand:
        known = [*self.color.palette, *ROLES]
        for name, inks in self.defaults.foldwell.cmyk.items():
            if name not in known:
                raise wrong(
                    f"there is no colour '{name}' to give inks for",
                    f"name one of: {', '.join(known)}",
                    "defaults",
                )
            if sum(inks) > INK_LIMIT_PERCENT:
                raise wrong(
                    f"the inks of '{name}' come to {sum(inks):g} %, and paper takes no more than"
                    f" {INK_LIMIT_PERCENT} %",
                    "use less of each",
                    "defaults",
                )
        return self

    @property
    def name(self) -> str:
        """The name in full."""
        return self.meta.name.full

    @property
    def short_name(self) -> str:
        """The short name, or the full one."""
        return self.meta.name.short or self.meta.name.full
