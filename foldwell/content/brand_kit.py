"""Brands with their pictures and fonts, each filled up from the brand that it extends.

What a brand leaves out, at whatever depth, is its parent's: colours, logos, typography, defaults.
A list is one value, and is taken whole, but families of fonts are added. A picture or font is
looked for in the folder of the brand that names its file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foldwell.content.brand import SIZES, Brand
from foldwell.content.brand_colours import resolve_colours
from foldwell.content.brand_faces import settle
from foldwell.content.brand_fonts import Cut
from foldwell.content.brand_roles import moved, unreadable
from foldwell.content.brand_sights import confusions
from foldwell.content.brand_text import Keys, known_keys, shaped
from foldwell.content.colours import TEXT_CONTRAST
from foldwell.content.images import Image, read_image
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.reading import read_text
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import validate
from foldwell.content.values import slug_problem
from foldwell.content.yaml_text import YamlText, read_yaml
from foldwell.errors import FoldwellError, Mistakes
from foldwell.finding import Finding

LEAST_PX = 16.0
"""Body text is never smaller: 12 pt in print, 16 pixels on a screen."""


@dataclass(frozen=True)
class BrandKit:
    """A brand with the pictures it names, by their name in ``logo: images``, and its fonts.

    Its ``typography`` names families that can be used: shipped ones, or those of ``cuts``.

    Attributes:
        cuts: The weights of its own families.
        notes: What is not just as its file says.
    """

    slug: str
    brand: Brand
    images: dict[str, Image]
    cuts: tuple[Cut, ...] = ()
    notes: tuple[Finding, ...] = ()


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
        pictures: What was made of pictures and fonts before.
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
            Mistakes: With everything that is wrong in its file, pictures and fonts.
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
        folder = self._folders[slug]
        path = f"{folder}/brand.yml"
        notes = Tidyings(path)
        own = read_yaml(read_text(self._root, path, notes), path, tidyings=notes)
        value = shaped(own.value, folder)
        for key in ("extends", "contrast"):  # which stand at the head of a file too
            if (key,) in own.lines:
                own.lines[("defaults", "foldwell", key)] = own.lines[(key,)]
        own = YamlText(value, own.lines, path)
        pictures = _at(value, "logo", "images")
        folders = {name: folder for name in pictures if "path" in _at(pictures, name)}
        parent_slug = _at(value, "defaults", "foldwell").get("extends")
        if not isinstance(parent_slug, str) or slug_problem(parent_slug):
            return _Source(own, folders)
        if problem := self._unfit(parent_slug):
            raise FoldwellError(
                f"The brand '{parent_slug}' that this one extends {problem}.",
                own.place(("defaults", "foldwell", "extends")),
                "Extend a brand that stands on its own.",
            )
        parent = self._sources[parent_slug]
        value = _filled_up(own.value, _open_to(own.value, parent.yaml.value))
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
        """A brand whose every mistake is told at once."""
        yaml = YamlText(_thawed(source.yaml.value), source.yaml.lines, source.yaml.path)
        value, errors, foreign = known_keys(yaml)
        yaml = YamlText(value, yaml.lines, yaml.path)
        errors += resolve_colours(yaml)
        images = self._images(source, yaml, errors)
        brand: Brand | None = None
        try:
            brand = validate(Brand, yaml)
        except Mistakes as mistakes:
            told = {error.place for error in errors}
            errors += [error for error in mistakes.errors if error.place not in told]
        cuts: list[Cut] = []
        notes = Tidyings(yaml.path)
        if brand:
            typography = settle(
                self._root, brand.typography, yaml, self._pictures, cuts, notes, errors
            )
            brand = brand.model_copy(update={"typography": typography})
            for pair in unreadable(brand):
                errors.append(
                    FoldwellError(
                        f"'{'.'.join(pair.keys)}': {pair.where} in {pair.colour} on {pair.ground}:"
                        f" the contrast is {pair.ratio}, and must be {TEXT_CONTRAST}:1.",
                        yaml.place(pair.keys),
                        f"The nearest shade that passes is {pair.passing}; 'contrast: adjust' at"
                        " the head of this file takes it.",
                    )
                )
        if errors or brand is None:
            raise Mistakes(sorted(errors, key=lambda error: _line(error)))
        self._note(brand, foreign, yaml, notes)
        return BrandKit(slug, brand, images, tuple(cuts), notes.findings)

    def _images(
        self, source: _Source, yaml: YamlText, errors: list[FoldwellError]
    ) -> dict[str, Image]:
        images: dict[str, Image] = {}
        for name, picture in _at(yaml.value, "logo", "images").items():
            path = picture.get("path") if isinstance(picture, Mapping) else None
            if not isinstance(path, str) or _outside(path):
                continue  # the models tell it
            file = f"{source.folders[name]}/{path}"
            try:
                images[name] = read_image(self._root, file, self._pictures)
            except FoldwellError as error:
                if not os.path.exists(self._root / file):  # false, too, for too long a name
                    error = FoldwellError(
                        f"The file '{path}' does not exist.",
                        _place_of_picture(yaml, name, path),
                        error.hint,
                    )
                errors.append(error)
        return images

    def _note(
        self, brand: Brand, foreign: list[tuple[Keys, str]], yaml: YamlText, notes: Tidyings
    ) -> None:
        """Note what is not just as the file says."""
        if foreign:
            named = ", ".join(f"'{'.'.join(map(str, (*at, key)))}'" for at, key in foreign)
            line = yaml.place((*foreign[0][0], foreign[0][1])).line
            notes.note("D14", f"Keys for other programs were passed by: {named}.", line)
        line = yaml.place(("color", "primary")).line
        for sentence in moved(brand):
            notes.note("D14", sentence, line)
        for sentence in confusions(brand):
            notes.note("L8", sentence, line)
        base, heads = brand.typography.base, brand.typography.headings
        if base.size is not None and base.size < LEAST_PX:
            notes.note(
                "D14",
                "Text is never under 12 pt in print or 16 pixels on a screen, whatever the brand"
                " says.",
                yaml.place(("typography", "base", "size")).line,
            )
        if "italic" in (base.style, heads.style):
            notes.note(
                "D14",
                "Nothing is set in italics, which are hard to read; the upright cut stands in.",
                yaml.place(("typography",)).line,
            )


def _line(error: FoldwellError) -> tuple[bool, str, int]:
    place = error.place
    own = place is not None and (place.path or "").endswith("brand.yml")
    return (not own, (place.path or "") if place else "", (place.line or 0) if place else 0)


def _place_of_picture(yaml: YamlText, name: str, path: str) -> Any:
    """The line that names a picture: its own, or that of a size that gives its path."""
    ways: list[Keys] = [("logo", "images", name, "path"), ("logo", "images", name)]
    ways += [("logo", size) for size in SIZES]
    return yaml.place(next((way for way in ways if way in yaml.lines), ("logo",)))


def _outside(path: str) -> bool:
    return "\\" in path or "\0" in path or path[:1] in "/." or "://" in path or "/." in path


def _thawed(value: Any) -> Any:
    """A copy whose mappings can be changed without changing what is taken over from it."""
    if isinstance(value, Mapping):
        return {key: _thawed(item) for key, item in value.items()}
    return tuple(map(_thawed, value)) if isinstance(value, tuple) else value


def _open_to(own: Any, parent: Any) -> Any:
    """A parent's values, spelled so that a part of them can be filled up with own ones."""
    made = _thawed(parent)
    for way, key in ((("meta", "name"), "full"), *((("logo", size), "light") for size in SIZES)):
        holder = made.get(way[0]) if isinstance(made, dict) else None
        if isinstance(_at(own, way[0]).get(way[1]), Mapping) and isinstance(holder, dict):
            given = holder.get(way[1])
            if isinstance(given, str):
                holder[way[1]] = {key: given}
    mine, theirs = _at(own, "typography").get("fonts"), _at(made, "typography").get("fonts")
    if isinstance(mine, tuple) and isinstance(theirs, tuple) and isinstance(own, Mapping):
        families = {_at(font).get("family") for font in mine}
        kept = tuple(font for font in theirs if _at(font).get("family") not in families)
        own["typography"]["fonts"] = mine + kept
    return made


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
