"""The words of templates, in gettext catalogues: ``templates/languages/<language>.po``.

A message's context (``msgctxt``) is the name by which templates ask for it; its id is the English,
which stands in ``en.po``. A translation whose English is not that of ``en.po`` any more is stale
and does not count, nor does one that is marked as fuzzy. Catalogues are read as they are; there is
nothing to compile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from io import BytesIO
from typing import Any

from foldwell.errors import FoldwellError, Place
from foldwell.shipped import templates_folder

FOLDER = "languages"
SOURCE = "en"
"""The language that all others are translated from."""
LANGUAGES = tuple(sorted(p.stem for p in (templates_folder() / FOLDER).glob("*.po")))
"""The languages whose words are shipped."""
_HEADER = re.compile(r'(?m)^"([A-Za-z-]+): *(.*?) *\\n"$')


@dataclass(frozen=True)
class Plural:
    """The forms of a word or sentence that hang on a number.

    Attributes:
        forms: In the order of the catalogue's ``Plural-Forms``.
        rule: Which form a number takes.
    """

    forms: tuple[str, ...]
    rule: Callable[[int], int]

    def format(self, count: int, **values: object) -> str:
        """The form for a count, with values put in."""
        return self.forms[self.rule(count)].format(count=count, **values)

    def __iter__(self) -> Iterator[str]:
        return iter(self.forms)

    def __getitem__(self, position: int) -> str:
        return self.forms[position]


@dataclass(frozen=True)
class Catalogue:
    """The words of one language.

    Attributes:
        language: BCP 47 code.
        checked_by: The native speaker who has checked them; empty until one has.
        words: What is printed, by name; names with dots are maps within.
        source: The English that each was made from, singular and plural, by name.
        untranslated: The names of what has no words here.
    """

    language: str
    checked_by: str
    words: Mapping[str, Any]
    source: Mapping[str, tuple[str, ...]]
    untranslated: tuple[str, ...]

    @property
    def checked(self) -> bool:
        """Whether a native speaker stands behind them; the source needs none."""
        return self.language == SOURCE or bool(self.checked_by)


def read_catalogue(text: str, language: str) -> Catalogue:
    """Read the text of a ``.po`` file.

    Args:
        text: The file.
        language: BCP 47 code of the language it is in.

    Raises:
        FoldwellError: If it is no catalogue, with the line.
    """
    from babel.messages.pofile import PoFileError, read_po

    path = f"templates/{FOLDER}/{language}.po"
    try:
        read = read_po(BytesIO(text.encode()), charset="utf-8", abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", None)
        hint = "Correct it with a program for .po files."
        raise FoldwellError(f"This is no catalogue ({error}).", Place(path, line), hint) from error
    rule = c2py(read.plural_expr)
    words: dict[str, Any] = {}
    source, untranslated = {}, []
    for message in read:
        if not message.id:
            continue
        name = message.context or str(message.id)
        english, forms = _texts(message.id), _texts(message.string)
        if language == SOURCE:
            forms = english
        source[name] = english
        if message.fuzzy or not all(forms) or not forms:
            untranslated.append(name)
            continue
        *outer, last = name.split(".")
        place = words
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = Plural(forms, rule) if message.pluralizable else forms[0]
    headers = dict(_HEADER.findall(text.partition("\n\n")[0]))
    checked_by = headers.get("Checked-by", "")
    return Catalogue(language, checked_by, words, source, tuple(untranslated))


def _texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value or "",) if value is None or isinstance(value, str) else tuple(value)


def translated_lines(text: str) -> str:
    """What of a catalogue's file can reach a page: no comment, and nothing of its header."""
    _, _, messages = text.partition("\n\n")
    return "\n".join(line for line in messages.splitlines() if line[:1] != "#")


@cache
def shipped_catalogue(language: str) -> Catalogue:
    """The shipped catalogue of a language."""
    return read_catalogue(catalogue_text(language), language)


def catalogue_text(language: str) -> str:
    """The text of a shipped catalogue."""
    return (templates_folder() / FOLDER / f"{language}.po").read_text(encoding="utf-8")
