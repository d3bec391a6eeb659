"""What a ``brand.yml`` says, brought into the one spelling that the models know.

The standard lets a logo be a path, a name or a pair of them, a face be a family, a link several
addresses. ``shaped`` does what one file needs, before it is filled up from the brand that it
extends; ``known_keys`` sets keys of other programs aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from foldwell.content.brand import SIZES, Brand
from foldwell.content.validation import item_type, plain_type
from foldwell.content.yaml_text import YamlText
from foldwell.errors import FoldwellError
from foldwell.fonts import FAMILIES

Keys = tuple[str | int, ...]
FACES = ("base", "headings", "monospace", "monospace-inline", "monospace-block")
CLOSE = 0.75
"""How alike a key must be to one that there is, to be taken for a slip of the pen."""


def shaped(value: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """The values of one file, in the spelling of the models.

    Args:
        value: What stands in the file.
        folder: The folder of the brand, which files are named from.
    """
    made: dict[str, Any] = _copied(value)
    foldwell = made.setdefault("defaults", {})
    if isinstance(foldwell, dict):
        foldwell = foldwell.setdefault("foldwell", {})
    for key in ("extends", "contrast"):  # as other programs and people write them
        if key in made and isinstance(foldwell, dict):
            foldwell.setdefault(key, made.pop(key))
    meta = made.get("meta")
    if isinstance(meta, dict) and isinstance(link := meta.get("link"), dict):
        meta.pop("link")
        if "home" in link:
            meta["link"] = link["home"]
    if "logo" in made:
        made["logo"] = _logo(made["logo"])
    type_ = made.get("typography")
    if isinstance(type_, dict):
        for name in FACES:
            if isinstance(type_.get(name), str):
                type_[name] = {"family": type_[name]}
        if isinstance(type_.get("link"), str):
            type_["link"] = {"color": type_["link"]}
        if isinstance(fonts := type_.get("fonts"), tuple):
            type_["fonts"] = tuple(_font(font, folder) for font in fonts)
    colours = made.get("color")
    palette = colours.get("palette") if isinstance(colours, dict) else None
    for place in (colours, palette, *(type_.values() if isinstance(type_, dict) else ())):
        if isinstance(place, dict):
            for key, colour in place.items():
                both = isinstance(colour, dict) and bool(colour) and {*colour} <= {"light", "dark"}
                if both and colour is not palette:
                    place[key] = colour.get("light", colour.get("dark"))  # paper is light
    return made


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(item) for key, item in value.items()}
    return tuple(map(_copied, value)) if isinstance(value, tuple) else value


def _logo(logo: Any) -> Any:
    """Paths as pictures, and one logo as the logo of all sizes."""
    if isinstance(logo, str):
        logo = dict.fromkeys(SIZES, logo)
    if not isinstance(logo, dict):
        return logo
    images = logo.get("images") or {}
    if not isinstance(images, dict):
        return logo
    images = {
        name: {"path": image} if isinstance(image, str) else image for name, image in images.items()
    }
    for size in SIZES:
        given = logo.get(size)
        if isinstance(given, dict) and "path" in given:
            logo[size] = _named(given, images)
        elif isinstance(given, dict):
            logo[size] = {shade: _named(image, images) for shade, image in given.items()}
        elif given is not None:
            logo[size] = _named(given, images)
    return {**logo, "images": images} if images or "images" in logo else logo


def _named(image: Any, images: dict[str, Any]) -> Any:
    """The name of a picture that is given by its path, and is one of the images from now on."""
    path = image.get("path") if isinstance(image, dict) else image
    if not isinstance(path, str) or path in images or not re.search(r"[./\\:]", path):
        return image
    name = re.sub(r"\.\w+$", "", path.rpartition("/")[2])
    if images.get(name, {"path": path}) not in ({"path": path}, image):
        name = path
    images[name] = dict(image) if isinstance(image, dict) else {"path": path}
    return name


def _font(font: Any, folder: str) -> Any:
    """A family with its files; what the standard says of fonts from the web is left out."""
    if isinstance(font, str):
        return {"family": font}
    if not isinstance(font, dict):
        return font
    files = font.get("files")
    if isinstance(files, str | dict):
        files = (files,)
    if isinstance(files, tuple):
        files = tuple(_file(file, folder) for file in files)
    made = {key: font[key] for key in ("family", "source") if key in font}
    if files is not None:
        made["files"] = files
        made.setdefault("source", "file")
    elif "source" not in made and made.get("family") not in FAMILIES:
        made["source"] = "system"
    return made


def _file(file: Any, folder: str) -> Any:
    """A font file; a range of weights is what a variable font says itself."""
    named = {"path": file} if isinstance(file, str) else file
    if not isinstance(named, dict):
        return named
    made = {**named, "folder": folder}
    if isinstance(made.get("weight"), tuple) or ".." in str(made.get("weight")):
        del made["weight"]
    if made.get("style") == "oblique":
        made["style"] = "italic"
    return made


def known_keys(source: YamlText) -> tuple[Any, list[FoldwellError], list[tuple[Keys, str]]]:
    """Values without the keys that only other programs know.

    Returns:
        The values; a mistake for each key that is nearly one of ours; the others with their place.
    """
    errors: list[FoldwellError] = []
    foreign: list[tuple[Keys, str]] = []

    def sifted(value: Any, kind: Any, at: Keys) -> Any:
        if isinstance(value, tuple):
            return tuple(sifted(item, item_type(kind), (*at, n)) for n, item in enumerate(value))
        if not isinstance(value, dict):
            return value
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return {key: sifted(item, item_type(kind), (*at, key)) for key, item in value.items()}
        kept, known = {}, dict(_fields(kind))
        for key, item in value.items():
            if key in known:
                kept[key] = sifted(item, plain_type(known[key]), (*at, key))
                continue
            close = get_close_matches(key, [*known, "extends"], n=1, cutoff=CLOSE)
            if close and at != ("defaults",):
                hint = f"Did you mean '{close[0]}'?"
                place = source.place((*at, key))
                errors.append(FoldwellError(f"Unknown key '{key}'.", place, hint))
            elif at != ("defaults",):
                foreign.append((at, key))
        return kept

    return sifted(source.value, Brand, ()), errors, foreign


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field.annotation
