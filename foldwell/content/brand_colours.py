"""The colours of a brand, each brought to ``#rrggbb``: names, aliases, ``rgb()`` and ``hsl()``.

A name stands for a colour of the palette, else for a role, else for a colour of CSS. A name that
is defined by itself, such as ``white: white``, is that of CSS.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foldwell.content.brand import ROLES
from foldwell.content.brand_text import FACES, Keys
from foldwell.content.colours import css_colour
from foldwell.content.yaml_text import YamlText
from foldwell.errors import FoldwellError, did_you_mean

HINT = "Write it as '#1a6b6b'"
UNKNOWN = "#000000"
"""What stands in for a colour that is told as a mistake, so that the others are found as well."""


def resolve_colours(source: YamlText) -> list[FoldwellError]:
    """Bring every colour of a brand to ``#rrggbb``, in place; what is wrong with them.

    Roles that name a colour of the palette keep the name, by which its inks are known.
    """
    section = source.value.get("color")
    if not isinstance(section, dict):
        section = {}
    palette = section.get("palette")
    palette = palette if isinstance(palette, dict) else {}
    errors: list[FoldwellError] = []
    told: set[Keys] = set()

    def wrong(at: Keys, what: str, hint: str) -> None:
        if at not in told:
            told.add(at)
            name = ".".join(map(str, at))
            errors.append(FoldwellError(f"'{name}': {what}.", source.place(at), hint))

    def found(text: str, at: Keys, way: tuple[str, ...]) -> str | None:
        """The colour that a text stands for; None if it stands for none, which is told then."""
        name = text.strip()
        last = way[-1] if way else ""
        if name in palette and isinstance(palette[name], str) and name != last:
            if name in way:
                ring = ", ".join(f"'{one}'" for one in dict.fromkeys(way))
                wrong(at, f"{ring} only name one another", "Write one of them as '#1a6b6b'.")
                return None
            return found(palette[name], ("color", "palette", name), (*way, name))
        if name in ROLES and isinstance(section.get(name), str) and name not in way:
            return found(section[name], ("color", name), (*way, name))
        if colour := css_colour(name):
            return colour
        if at[:2] == ("color", "palette") and not palette.keys() - {at[-1]}:
            wrong(at, "it is not a colour", f"{HINT}.")
        else:
            names = ", ".join(one for one in palette if one != at[-1]) or "none yet"
            near = did_you_mean(name, palette)
            hint = f"{HINT}, or use one of: {names}."
            what = f"'{name}' is neither a colour nor a name of the palette"
            wrong(at, what, near if near.startswith("Did") else hint)
        return None

    resolved = {
        name: found(text, ("color", "palette", name), (name,)) or UNKNOWN
        for name, text in palette.items()
        if isinstance(text, str)
    }
    for owner, key, at in _places(source.value):
        text = owner[key]
        if at[0] != "color" and text.strip() in ROLES and text.strip() not in palette:
            owner[key] = text.strip()  # the shade of that role in which text can be read
        elif at[0] != "color" or text.strip() not in palette:
            owner[key] = found(text, at, (key,) if at[0] == "color" else ()) or UNKNOWN
        else:
            owner[key] = text.strip()
    palette.update(resolved)
    return errors


def _places(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, Keys]]:
    """Every place outside the palette where a colour stands: its mapping, key and way there."""
    colours, type_ = value.get("color"), value.get("typography")
    if isinstance(colours, dict):
        for role in ROLES:
            if isinstance(colours.get(role), str):
                yield colours, role, ("color", role)
    for part in (*FACES, "link"):
        face = type_.get(part) if isinstance(type_, dict) else None
        for key in ("color", "background-color"):
            if isinstance(face, dict) and isinstance(face.get(key), str):
                yield face, key, ("typography", part, key)
