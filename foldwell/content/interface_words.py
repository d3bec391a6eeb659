"""The words of templates, in gettext catalogues: ``templates/languages/<language>.po``.

A message's context (``msgctxt``) is the name by which templates ask for it; its id is the English,
which stands in ``en.po``. A translation whose English is not that of ``en.po`` any more is stale
and does not count, nor does one that is marked as fuzzy. Catalogues are read as they are; setting
up only puts aside what their messages are, because to find them takes a sixteenth of a second.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import Any

from foldwell.errors import FoldwellError, Place
from foldwell.shipped import prepared_folder, templates_folder

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
    expression, messages = _prepared(text) or _messages(text, language)
    rule = c2py(expression)
    words: dict[str, Any] = {}
    source, untranslated = {}, []
    for name, english, own, counts, is_fuzzy in messages:
        forms = tuple(english if language == SOURCE else own)
        source[name] = tuple(english)
        if is_fuzzy or not all(forms) or not forms:
            untranslated.append(name)
            continue
        *outer, last = name.split(".")
        place = words
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = Plural(forms, rule) if counts else forms[0]
    headers = dict(_HEADER.findall(text.partition("\n\n")[0]))
    checked_by = headers.get("Checked-by", "")
    return Catalogue(language, checked_by, words, source, tuple(untranslated))


Message = tuple[str, Sequence[str], Sequence[str], bool, bool]
"""Its name, its English and its own forms, whether they hang on a number, whether it is fuzzy."""


def _messages(text: str, language: str) -> tuple[str, list[Message]]:
    """The expression that tells which form a number takes, and all messages.

    Raises:
        FoldwellError: If it is no catalogue, with the line.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        read = read_po(BytesIO(text.encode()), charset="utf-8", abort_invalid=True)
    except (PoFileError, ValueError) as error:
        place = Place(f"templates/{FOLDER}/{language}.po", getattr(error, "lineno", None))
        hint = "Correct it with a program for .po files."
        raise FoldwellError(f"This is no catalogue ({error}).", place, hint) from error
    return read.plural_expr, [
        (
            one.context or str(one.id),
            _texts(one.id),
            _texts(one.string),
            one.pluralizable,
            one.fuzzy,
        )
        for one in read
        if one.id
    ]


def _place(text: str) -> Path:
    """Where setting up puts the messages of a catalogue, which is known by its text."""
    digest = hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:40]
    return prepared_folder() / f"catalogue-{digest}.json"


def _prepared(text: str) -> tuple[str, list[Message]] | None:
    """The messages that setting up has put aside; None where they are not there."""
    try:
        expression, messages = json.loads(_place(text).read_bytes())
    except (OSError, ValueError):  # a folder that could not be written to, or half of a file
        return None
    return expression, messages


def prepare() -> None:
    """Put aside the messages of all shipped catalogues; those of former versions are deleted."""
    folder = prepared_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("catalogue-*"):
        old.unlink()
    for language in LANGUAGES:
        text = catalogue_text(language)
        _place(text).write_text(json.dumps(_messages(text, language)), encoding="utf-8")


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
