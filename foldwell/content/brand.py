"""A brand: colours, fonts and logos, in the brand.yml standard.

The schema follows https://posit-dev.github.io/brand-yml/ and is modelled here rather than with
the ``brand-yml`` package: a brand reaches a style sheet, so every value must be of a checked type
(that package passes any CSS text on), and a mistake must name its line. The standard lets most
things be written in several ways; ``brand_text`` brings them into the one that stands here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, field_validator, model_validator

from foldwell.content.brand_type import Typography, beside
from foldwell.content.colours import on
from foldwell.content.facts import Text, WebAddress
from foldwell.content.values import Colour, Facts, Slug, wrong

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
SIZES = ("small", "medium", "large")
"""The sizes of logos: a square mark, and two that are wide."""


class Name(Facts):
    """The name of the organisation, in full and short."""

    full: Text | None = None
    """As covers and contact panels print it."""
    short: Text | None = None
    """Where there is little room."""


class Meta(Facts):
    """Who the brand belongs to."""

    name: Name = Name()
    """The name of the organisation."""
    link: WebAddress | None = None
    """Its web site: ``home``, where there are addresses for several networks."""

    @field_validator("name", mode="before")
    @classmethod
    def _one_name(cls, value: Any) -> Any:
        return {"full": value} if isinstance(value, str) else value


class Picture(Facts):
    """A logo file beside ``brand.yml`` and the words that stand for it."""

    path: Text
    """Its path below the brand's folder."""
    alt: Text | None = None
    """The words for people who cannot see it; else the organisation's name."""

    @field_validator("path")
    @classmethod
    def _beside(cls, value: str) -> str:
        return beside(value)


class Shades(Facts):
    """The logo for a light and for a dark background; one may serve for both."""

    light: Text
    """For light grounds: a name of images, or a file."""
    dark: Text | None = None
    """For dark grounds; else the same."""


class Logo(Facts):
    """Logos: ``small`` is a square mark, ``medium`` and ``large`` are wide."""

    images: dict[str, Picture] = {}
    """The files, by names of your own."""
    small: Shades | None = None
    """A square mark."""
    medium: Shades | None = None
    """A wide logo for sheets and panels."""
    large: Shades | None = None
    """A wide logo for covers."""

    @field_validator(*SIZES, mode="before")
    @classmethod
    def _one_shade(cls, value: Any) -> Any:
        return {"light": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known_images(self) -> Logo:
        for key in SIZES:
            size: Shades | None = getattr(self, key)
            for name in (size.light, size.dark) if size else ():
                if name is not None and name not in self.images:
                    known = ", ".join(self.images) or "none yet"
                    raise wrong(
                        f"the logo '{name}' is not among 'images'",
                        f"add it there, or use one of: {known}",
                        key,
                    )
        return self

    def of_size(self, size: str) -> Shades | None:
        """The logo of a size, or of the nearest size that there is; None without logos."""
        order = {"small": SIZES, "medium": ("medium", "large", "small")}
        found = (getattr(self, name) for name in order.get(size, ("large", "medium", "small")))
        return next((shades for shades in found if shades), None)


class Colours(Facts):
    """A palette of named colours, and the roles that they play."""

    palette: dict[str, Colour] = {}
    """Colours by names of your own."""
    foreground: Text | None = None
    """Of text."""
    background: Text | None = None
    """Behind text."""
    primary: Text | None = None
    """Of headings, rules, icons and covers."""
    secondary: Text | None = None
    """Beside the first."""
    tertiary: Text | None = None
    """Beside both."""
    success: Text | None = None
    """Of what went well."""
    info: Text | None = None
    """Of what is good to know."""
    warning: Text | None = None
    """Of warnings."""
    danger: Text | None = None
    """Of what is an emergency."""
    light: Text | None = None
    """White, or what stands for it."""
    dark: Text | None = None
    """Black, or what stands for it."""

    def role(self, name: str) -> str:
        """The colour of a role as ``#rrggbb``, the house's own where the brand has none."""
        value = getattr(self, name)
        if value is None and name == "foreground":
            return on(self.role("background"))
        if value is None:
            return DEFAULT_COLOURS.get(name) or self.role("primary")
        return str(self.palette.get(value, value))

    def named(self, name: str) -> str | None:
        """The colour behind a name of the palette or a role; None if there is neither."""
        if name in self.palette:
            return self.palette[name]
        return self.role(name) if name in ROLES else None


Cover = Literal["solid", "light"]
"""A solid ground in the brand's colour, or white paper that saves ink."""
FORMER_SHAPES = {"wave": "hills", "leaf": "rays"}
"""Names of shapes that brands were written with before, and what they are called now."""


class FoldwellDefaults(Facts):
    """What brand.yml has no key for, under ``defaults: foldwell:``."""

    extends: Slug | None = None
    """Another brand whose colours, fonts and logos hold where this one says nothing."""
    contrast: Literal["adjust"] | None = None
    """Whether colours that cannot be read are moved to the nearest shade that can."""
    cover_shape: Literal["hills", "rays", "rings", "none"] = "hills"
    """The shape behind the drawing of a cover."""
    urdu: Literal["naskh", "nastaliq"] = "naskh"
    """How Urdu is written: in the letters of Arabic, or in those of its books."""
    cover: Cover | None = None
    """Whether covers are solid or light in every medium; a clinic may say otherwise."""
    cmyk: dict[str, tuple[Percent, Percent, Percent, Percent]] = {}
    """The brand's own printing inks, cyan, magenta, yellow, black in percent, by the name of a
    palette colour or a role; other colours are converted through the printing profile."""

    @field_validator("cover_shape", mode="before")
    @classmethod
    def _present_name(cls, value: Any) -> Any:
        return FORMER_SHAPES.get(value, value) if isinstance(value, str) else value


class Defaults(Facts):
    """The place that brand.yml gives to programs; what is there for others is none of ours."""

    model_config = ConfigDict(extra="ignore")

    foldwell: FoldwellDefaults = FoldwellDefaults()
    """What Foldwell reads beside the standard."""


class Brand(Facts):
    """One brand, as in ``content/brands/<slug>/brand.yml``."""

    meta: Meta = Meta()
    """Whose it is."""
    logo: Logo = Logo()
    """Its logos."""
    color: Colours = Colours()
    """Its colours, and what each is for."""
    typography: Typography = Typography()
    """Its fonts, and what is set in them."""
    defaults: Defaults = Defaults()
    """What programs read beside the standard."""

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
        """The name in full; empty if the brand has none, and the clinic's stands for it."""
        return self.meta.name.full or self.meta.name.short or ""

    @property
    def short_name(self) -> str:
        """The short name, or the full one."""
        return self.meta.name.short or self.name
