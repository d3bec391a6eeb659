"""Regions and brands that are shipped: a clinic of any project may name them."""

from __future__ import annotations

from collections.abc import Collection

from foldwell.content.brand_kit import BrandKit, BrandReader
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.phones import country_of
from foldwell.content.reading import read_text
from foldwell.content.references import Reference, read_references
from foldwell.content.region import Region
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import validate
from foldwell.content.yaml_text import read_yaml
from foldwell.shipped import content_folder

SHIPPED_REGIONS = tuple(sorted(path.stem for path in content_folder().glob("regions/*.yml")))
"""The regions, by name."""
BRANDS = tuple(sorted(path.parent.name for path in content_folder().glob("brands/*/brand.yml")))
"""The brands, by name."""


def shipped_region(slug: str, known: Collection[str]) -> tuple[Region, dict[str, Reference]]:
    """A region, and the references that its texts cite.

    Args:
        slug: Its name.
        known: The references that the project has of its own.
    """
    path, folder = f"regions/{slug}.yml", content_folder()
    source = read_yaml(read_text(folder, path, Tidyings(path)), path)
    source.value.setdefault("country", country_of(slug))
    region = validate(Region, source, str(source.value["country"]))
    wanted = sorted(name for name in region.sources if name not in known)
    shipped = read_references(folder, "references.json") if wanted else {}
    return region, {name: shipped[name] for name in wanted}


def shipped_brand(slug: str, pictures: KnownPictures) -> BrandKit:
    """A brand.

    Args:
        slug: Its name.
        pictures: What was made of pictures before.
    """
    folders = {name: f"brands/{name}" for name in BRANDS}
    return BrandReader(content_folder(), folders, pictures).read(slug)
