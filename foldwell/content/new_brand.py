"""A new brand from what a small clinic has: one colour, or a logo."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from foldwell.content.colours import WHITE, contrast, css_colour, near_hue, nearest_passing
from foldwell.content.images import PICTURES, Image, read_image
from foldwell.content.logo_colours import main_colours
from foldwell.content.values import slug_problem
from foldwell.errors import FoldwellError, Place, UsageError, no_project

LEAST_CHROMA = 0.04
"""A colour of less is a black, grey or white, which makes no brand where there is another."""
PALETTE = 4
"""The most colours that are taken from a logo."""


@dataclass(frozen=True)
class NewBrand:
    """What was made.

    Attributes:
        files: The files that were written.
        told: What was decided, a sentence each.
    """

    files: tuple[Path, ...]
    told: tuple[str, ...]


def new_brand(root: Path, slug: str, colour: str, logo: Path | None, title: str) -> NewBrand:
    """Write ``content/brands/<slug>/brand.yml``, and the logo beside it.

    Args:
        root: The project folder.
        slug: The name of the brand's folder.
        colour: Its colour, as CSS writes it; empty to take the logo's.
        logo: A logo file, anywhere; None without one.
        title: The organisation's name; empty if it is to be that of each clinic.

    Raises:
        UsageError: If there is nothing to make it from, or it is there already.
        FoldwellError: If the logo cannot be used, or the folder of brands is a link.
    """
    if not (root / "content").is_dir():
        raise no_project(root)
    if problem := slug_problem(slug):
        raise UsageError(
            f"'{slug}' cannot be used as a name: {problem}.", None,
            "Use a-z, 0-9 and hyphens, such as 'riverside'.",
        )  # fmt: skip
    for part in ("content", "content/brands"):
        if (root / part).is_symlink():
            raise FoldwellError(
                "This is a symbolic link; links are not followed.",
                Place(part), "Put the folder itself in its place.",
            )  # fmt: skip
    folder = root / "content/brands" / slug
    if os.path.lexists(folder):
        raise UsageError(f"There is a brand '{slug}' already.", None, "Choose another name.")
    given = css_colour(colour) if colour else None
    if colour and given is None:
        raise UsageError(
            f"'{colour}' is not a colour.", None, "Write it as '#0f5c73', 'teal' or 'hsl(…)'."
        )
    if given is None and logo is None:
        raise UsageError(
            "There is nothing to make a brand from.", None, "Give a --colour, a --logo, or both."
        )
    image = _read(logo) if logo else None
    named, told = _colours(given, image)
    suffix = logo.suffix.lower() if logo else ""
    text = _text(named, title, f"logo{suffix}" if logo else "")
    folder.mkdir(parents=True)
    written = [folder / "brand.yml"]
    written[0].write_text(text, encoding="utf-8")
    if logo:
        written.append(folder / f"logo{suffix}")
        written[1].write_bytes(logo.read_bytes())
    return NewBrand(tuple(written), tuple(told))


def _read(logo: Path) -> Image:
    """A logo file that stands anywhere, through the same door as those of the project."""
    if logo.suffix.lower() not in PICTURES:
        raise UsageError(
            f"'{logo.name}' is no picture that can be used.", None, "Give it as SVG, PNG or JPEG."
        )
    try:
        return read_image(logo.resolve().parent, logo.name)
    except FoldwellError as error:
        raise FoldwellError(error.message, Place(str(logo)), error.hint) from None


def _colours(given: str | None, image: Image | None) -> tuple[dict[str, str], list[str]]:
    """The colours of the brand by their names, and what is to be said of them."""
    seen = [colour for colour, _ in main_colours(image)] if image else []
    bright = [colour for colour in seen if near_hue(colour, colour, 0, LEAST_CHROMA)]
    told = []
    if given:
        first = given
    elif bright:
        dark = [colour for colour in bright if contrast(colour, WHITE) >= 4.5]
        first = (dark or bright)[0]
        told.append(f"The logo's colours: {', '.join(seen[:PALETTE])}. {first} leads.")
    elif seen:
        first = min(seen, key=lambda colour: -contrast(colour, WHITE))
        told.append(f"The logo is black and white, so that {first} leads.")
    else:
        raise UsageError("The logo is empty.", None, "Give another, or a --colour.")
    named = {"primary": first}
    others = [colour for colour in bright if colour != first][: PALETTE - 1]
    named |= dict(zip(("secondary", "tertiary", "accent"), others, strict=False))
    passing = nearest_passing(first, WHITE)
    if passing != first:
        told.append(
            f"{first} is too pale for text, so that it is kept for areas; headings are in a darker"
            f" colour of the brand or near black. With 'contrast: adjust' they are in {passing}."
        )
    return named, told


def _text(named: dict[str, str], title: str, logo: str) -> str:
    lines = ["# What the README says under 'brand.yml'; 'brand show' draws it."]
    if title:
        lines += [f"meta: {{name: {json.dumps(title, ensure_ascii=False)}}}"]
    if logo:
        lines += [f"logo: {logo}"]
    lines += ["color:", "  palette:"]
    lines += [f'    brand-{n}: "{colour}"' for n, colour in enumerate(named.values(), 1)]
    roles = ("primary", "secondary", "tertiary")
    lines += [f"  {role}: brand-{n}" for n, role in enumerate(named, 1) if role in roles]
    return "\n".join(lines) + "\n"
