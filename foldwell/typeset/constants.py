"""Constants: the measures of a page that are the same all over it, put where they are used.

The engine looks each ``var()`` up anew for every element and property, a tenth of its time. What
only ``:root`` defines has one value, which can stand in the style sheets themselves. Colours
stay variables: with them each brand would have style sheets of its own to parse.
"""

from __future__ import annotations

import re
from functools import lru_cache

MEASURES = (
    "--body", "--leading", "--unit", "--scale", "--hang", "--round",
    "--font-base", "--font-headings", "--weight-base", "--weight-headings",
)  # fmt: skip
"""The variables that count: those of type and room, which most rules use."""
REMEMBERED = 64

_COMMENT = re.compile(r"(?s)/\*.*?\*/")
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_DEFINITION = re.compile(r"(--[\w-]+)\s*:\s*([^;]*)")


@lru_cache(maxsize=REMEMBERED)
def with_constants(sheets: tuple[str, ...], tree_style: str = "") -> tuple[str, ...]:
    """Style sheets in which the measures that never change on a page stand as values.

    Args:
        sheets: The style sheets of a page, in the order of the cascade.
        tree_style: Anything else in which variables might be set, such as the page itself.
    """
    sheets = tuple(_COMMENT.sub("", text) for text in sheets)
    if any(word in text for text in sheets for word in ("@media", "@layer", "@supports")):
        return sheets  # what holds only sometimes, in a sheet of somebody's own
    values, elsewhere = dict[str, str](), set[str]()
    for text in sheets:
        for selector, body in _RULE.findall(text):
            for name, value in _DEFINITION.findall(body):
                if selector.strip() == ":root" and "!" not in value:
                    values[name] = value.strip()
                else:
                    elsewhere.add(name)
    known = {
        name: values[name]
        for name in MEASURES
        if name in values
        and name not in elsewhere
        and f"{name}:" not in tree_style
        # One that hangs on others has their values at the root.
        and "var(" not in values[name]
    }
    for name, value in known.items():
        sheets = tuple(text.replace(f"var({name})", value) for text in sheets)
    return sheets
