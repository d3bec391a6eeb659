"""Brands with their pictures, each filled up from the brand that it extends.

What a brand leaves out, at whatever depth, is its parent's: colours, logos, typography, defaults.
A list is one value, and is taken whole. A picture is looked for in the folder of the brand that
names its file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from foldwell.content.brand import Brand
from foldwell.content.images import Image, read_image
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.logo_text import read_lettering
from foldwell.content.reading import read_text, validate
from foldwell.content.tidyings import Tidyings
from foldwell.content.values import slug_problem
from foldwell.content.yaml_text import YamlText, read_yaml
from foldwell.errors import FoldwellError, Mistakes


@dataclass(frozen=True)
class BrandKit:
    """A brand with the pictures it names, by their name in ``logo: images``."""

    slug: str
    brand: Brand
    images: dict[str, Image]


@dataclass(frozen=True)
class _Source:
    """What a brand's file says, with what it takes over.

    Attributes:
        yaml: The values of both; the lines of its own.
        folders: By the name of a picture, the folder of the brand that names its file.
    """

    yaml: YamlText
    folders: dict[str, str]


class BrandReader:
    """Reads brands, each once, parents first.

    Args:
        root: The project folder.
        folders: The folder of each brand, by slug.
        pictures: What was made of pictures before.
    """

    def __init__(
        self, root: Path, folders: Mapping[str, str], pictures: KnownPictures | None = None
    ) -> None:
        self._root, self._folders, self._pictures = root, folders, pictures
        self._sources: dict[str, _Source] = {}
        self._kits: dict[str, BrandKit] = {}
        self._under_way: list[str] = []

    def read(self, slug: str) -> BrandKit:
        """One brand.

        Raises:
            Mistakes: With everything that is wrong in its file and pictures.
            FoldwellError: If the brand that it extends cannot be used.
        """
        if slug not in self._kits:
            self._under_way.append(slug)
            try:
                self._sources[slug] = self._source(slug)
                self._kits[slug] = self._kit(slug, self._sources[slug])
            finally:
                self._under_way.remove(slug)
        return self._kits[slug]

    def _source(self, slug: str) -> _Source:
        path = f"{self._folders[slug]}/brand.yml"
        notes = Tidyings(path)
        own = read_yaml(read_text(self._root, path, notes), path, tidyings=notes)
        pictures = _at(own.value, "logo", "images")
        folders = {name: self._folders[slug] for name in pictures if "path" in _at(pictures, name)}
        parent_slug = _at(own.value, "defaults", "foldwell").get("extends")
        if not isinstance(parent_slug, str) or slug_problem(parent_slug):
            return _Source(own, folders)
        if problem := self._unfit(parent_slug):
            raise FoldwellError(
                f"The brand '{parent_slug}' that this one extends {problem}.",
                own.place(("defaults", "foldwell", "extends")),
                "Extend a brand that stands on its own.",
            )
        parent = self._sources[parent_slug]
        value = _filled_up(own.value, parent.yaml.value)
        _drop_inks(value, own.value)
        return _Source(YamlText(value, own.lines, path), {**parent.folders, **folders})

    def _unfit(self, parent: str) -> str:
        """Why nothing can be taken from a brand; empty if it is sound."""
        if parent not in self._folders:
            return "does not exist"
        if parent in self._under_way:
            return "itself extends this one"
        try:
            self.read(parent)
        except (FoldwellError, Mistakes):
            return "has mistakes of its own"
        return ""

    def _kit(self, slug: str, source: _Source) -> BrandKit:
        brand = validate(Brand, source.yaml)
        images: dict[str, Image] = {}
        errors = []
        folders = (self._folders[slug], *source.folders.values())
        lettering = cache(partial(read_lettering, self._root, folders))
        for name, picture in brand.logo.images.items():
            file = f"{source.folders[name]}/{picture.path}"
            try:
                images[name] = read_image(self._root, file, self._pictures, lettering)
            except FoldwellError as error:
                if not os.path.exists(self._root / file):  # false, too, for too long a name
                    error = FoldwellError(
                        f"The file '{picture.path}' does not exist.",
                        source.yaml.place(("logo", "images", name, "path")),
                        error.hint,
                    )
                errors.append(error)
        if errors:
            raise Mistakes(errors)
        return BrandKit(slug, brand, images)


def _at(value: Any, *keys: str) -> Mapping[str, Any]:
    """The mapping at some keys; empty if there is none, which the models then tell."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _filled_up(own: Any, parent: Any) -> Any:
    """A value with what it leaves out taken from another, mapping by mapping."""
    if not isinstance(own, Mapping) or not isinstance(parent, Mapping):
        return own
    return {**parent, **{key: _filled_up(own[key], parent.get(key)) for key in own}}


def _drop_inks(value: Any, own: Any) -> None:
    """A colour that a brand sets anew has no longer the inks that its parent gave the old one."""
    colours = {**_at(own, "color"), **_at(own, "color", "palette")}
    given = _at(own, "defaults", "foldwell", "cmyk")
    inks = _at(value, "defaults", "foldwell", "cmyk")
    if inks:
        kept = {name: ink for name, ink in inks.items() if name in given or name not in colours}
        value["defaults"]["foldwell"]["cmyk"] = kept
