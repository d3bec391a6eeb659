"""Icons and drawings as backgrounds in style sheets."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from foldwell.content.brand import Brand
from foldwell.typeset.drawings import paint
from foldwell.typeset.surfaces import inks_on_tint
from foldwell.typeset.templates import icon


def icon_css(names: Iterable[str]) -> str:
    """Icons as backgrounds, so that a screen reader passes them by."""
    rules = []
    for name in names:
        rules.append(f'.icon-{name} {{ background-image: url("asset:icon-{name}.svg"); }}\n')
        rules.append(
            f".block-emergency > .block-title .icon-{name} "
            f'{{ background-image: url("asset:icon-{name}-light.svg"); }}\n'
        )
        rules.append(
            f".block-warning > .block-title .icon-{name} "
            f'{{ background-image: url("asset:icon-{name}-dark.svg"); }}\n'
        )
    for kind, shade in (("emergency", "light"), ("phone", "solid")):
        rules.append(
            f".strip-{kind} .icon-phone "
            f'{{ background-image: url("asset:icon-phone-{shade}.svg"); }}\n'
        )
    rules.append(
        '.light .strip .icon-phone { background-image: url("asset:icon-phone-dark.svg"); }\n'
    )
    return "".join(rules)


def drawing_css(names: Iterable[str]) -> str:
    """The larger pictures of steps and spots."""
    return "".join(
        f'.drawing-{name} {{ background-image: url("asset:drawing-{name}.svg"); }}\n'
        for name in names
    )


def web_drawing_css(names: Iterable[str], brand: Brand, number: str) -> str:
    """The same for the web page, as data addresses."""
    return "".join(
        f'.drawing-{name} {{ background-image: url("data:image/svg+xml;base64,'
        f'{b64encode(paint(name, inks_on_tint(brand), number).encode()).decode()}"); }}\n'
        for name in names
    )


def web_icon_css(names: Iterable[str]) -> str:
    """Icons for the web page, drawn in the colour of the text around them."""
    return "".join(
        f'.icon-{name} {{ --icon: url("data:image/svg+xml;base64,'
        f'{b64encode(icon(name).encode()).decode()}"); }}\n'
        for name in names
    )
