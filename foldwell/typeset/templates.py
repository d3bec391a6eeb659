"""Templates, style sheets and interface words: the shipped ones, or the project's own.

Templates are trusted code, written by whoever runs the build. A project replaces any of them
by a file of the same name in ``content/templates``.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from foldwell.content import interface_words
from foldwell.content.facts import Address, Hours, Text
from foldwell.content.interface_words import read_catalogue
from foldwell.content.locales import right_to_left, signs_of
from foldwell.errors import FoldwellError, Place
from foldwell.shipped import templates_folder
from foldwell.typeset.compiled_templates import OPTIONS, Compiled


def render(name: str, overrides: Mapping[str, str], values: Mapping[str, Any]) -> str:
    """A template filled with values.

    Raises:
        FoldwellError: If a template of the project is broken or names an unknown value.
    """
    try:
        environment = _environment(tuple(sorted(overrides.items())), templates_folder())
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise FoldwellError(
            f"The template is broken ({error.message}).",
            Place(_shown(error.name or name), error.lineno),
            "Correct it, or delete the file to use the shipped one.",
        ) from error
    except TemplateNotFound as error:
        raise FoldwellError(
            f"A template asks for '{error.name}', which is not there.",
            Place("content/templates"),
            "Correct the name in it, or add the file.",
        ) from error
    except TemplateError as error:
        raise FoldwellError(
            f"The template cannot be filled ({error}).",
            _place_in_template(error, name),
            "Correct the name in it, or delete the file to use the shipped one.",
        ) from error
    except (FoldwellError, KeyboardInterrupt, MemoryError, RecursionError):
        raise
    except BaseException as error:  # a template is code: whatever it does ends its own job only
        raise FoldwellError(
            f"The template cannot be filled ({type(error).__name__}: {error}).",
            _place_in_template(error, name),
            "Correct it, or delete the file to use the shipped one.",
        ) from error


def _place_in_template(error: BaseException, name: str) -> Place:
    """The template and line where filling stopped; Jinja keeps both in the traceback."""
    place = Place(_shown(name))
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith("content/templates/"):
            place = Place(frame.filename, frame.lineno)
    return place


def style_sheet(name: str, overrides: Mapping[str, str]) -> str:
    """The text of one style sheet."""
    return overrides[name] if name in overrides else _shipped(name)


@cache
def strings(language: str) -> Mapping[str, Any]:
    """The interface words of a language, from ``templates/languages``."""
    words = read_catalogue(_shipped(f"languages/{language}.po"), language).words
    direction = "rtl" if right_to_left(language) else "ltr"
    return {**words, "direction": direction, "signs": signs_of(language)}


@cache
def icon_names() -> frozenset[str]:
    """The icons that are shipped: drawings of our own, and the set of Health Icons."""
    own = (path.stem for path in (templates_folder() / "icons").glob("*.svg"))
    return frozenset([*own, *(name.removesuffix(".svg") for name in _set_of_icons().namelist())])


@cache
def icon_words() -> dict[str, str]:
    """What icons show, in English words, by their names; those in outline are not named."""
    rows = (line.partition(": ") for line in _shipped("icons/words.txt").splitlines())
    return {name: words for name, _, words in rows}


@cache
def icon(name: str) -> str:
    """The SVG of a shipped icon, drawn in ``currentColor`` or in the inks of ``drawings``."""
    if (templates_folder() / "icons" / f"{name}.svg").is_file():
        return _shipped(f"icons/{name}.svg")
    return _set_of_icons().read(f"{name}.svg").decode()


@cache
def _set_of_icons() -> ZipFile:
    """The whole set in one file, so that a page reads the few that it names."""
    # Names that say nothing of their letters would be read by a slow table of old ones.
    place = templates_folder() / "icons" / "health-icons.zip"
    return ZipFile(place, metadata_encoding="ascii")


def _shipped(name: str) -> str:
    return _read(templates_folder(), name)


@cache
def _read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


@cache
def _environment(overrides: tuple[tuple[str, str], ...], shipped: Path) -> Environment:
    return _environment_of(dict(overrides), Compiled(), shipped)


def _environment_of(texts: Mapping[str, str], compiled: Compiled, shipped: Path) -> Environment:
    def own(name: str) -> tuple[str, str, None] | None:
        return (texts[name], _shown(name), None) if name in texts else None

    environment = Environment(
        loader=ChoiceLoader([FunctionLoader(own), FileSystemLoader(shipped)]),
        undefined=StrictUndefined,
        auto_reload=False,  # what is shipped is read once
        bytecode_cache=compiled,
        **OPTIONS,
    )
    environment.filters["fact"] = fact
    return environment


def fact(value: object) -> Markup:
    """A fact as it is printed: isolated, and a link if it leads somewhere."""
    printed = value if isinstance(value, Text | Address | Hours) else Text(value)
    return Markup(printed.html)


def _shown(name: str) -> str:
    return f"content/templates/{name}"


def prepare() -> None:
    """Write all shipped templates as code, and their words; those of former versions go."""
    interface_words.prepare()
    compiled, folder = Compiled(writes=True), templates_folder()
    compiled.folder.mkdir(parents=True, exist_ok=True)
    for old in compiled.folder.glob("template-*"):
        old.unlink()
    environment = _environment_of({}, compiled, folder)
    for path in (*folder.glob("*.html"), *folder.glob("parts/*.html")):
        environment.get_template(path.relative_to(folder).as_posix())


if __name__ == "__main__":
    prepare()
