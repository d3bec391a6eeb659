"""YAML 1.2 text to plain values that remember their lines.

What reads them is loaded when a text is met that was not read before. Dates stay text; the models
read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from foldwell.content.carried_facts import Path as Path
from foldwell.content.carried_facts import Read, carried_facts
from foldwell.content.tidyings import Tidyings
from foldwell.content.yaml_plain import is_plain
from foldwell.errors import FoldwellError, Mistakes, Place


class Source(Protocol):
    """Facts as they stand somewhere: in YAML, in a row of a spreadsheet, in a family."""

    @property
    def value(self) -> Any:
        """The mapping."""

    @property
    def path(self) -> str:
        """The file, as the user knows it."""

    def place(self, at: Path) -> Place:
        """Where the nearest known key on the way to ``at`` stands."""

    def known(self) -> dict[Path, Place]:
        """The place of each key."""

    def absent(self, at: Path) -> FoldwellError:
        """What there is to say of a key that must be there and is not."""


@dataclass(frozen=True)
class YamlText:
    """A parsed text: its value, and the line of every key and item by its path."""

    value: Any
    lines: dict[Path, int]
    path: str

    def place(self, at: Path) -> Place:
        """The line of the nearest known key on the way to ``at``."""
        for length in range(len(at), -1, -1):
            if at[:length] in self.lines:
                return Place(self.path, self.lines[at[:length]])
        return Place(self.path)

    def known(self) -> dict[Path, Place]:
        """The line of each key."""
        return {at: Place(self.path, line) for at, line in self.lines.items()}

    def absent(self, at: Path) -> FoldwellError:
        """What there is to say of a key that must be there and is not."""
        where = f" in '{'.'.join(map(str, at[:-1]))}'" if at[:-1] else ""
        return FoldwellError(
            f"The key '{at[-1]}' is missing{where}.",
            self.place(at[:-1]),
            f"Add a line '{at[-1]}: …'.",
        )


def read_yaml(
    text: str,
    path: str,
    first_line: int = 1,
    tidyings: Tidyings | None = None,
    limit_kb: int = 16,
    *,
    is_one_of_few: bool = False,
) -> YamlText:
    """Parse one YAML mapping.

    Args:
        text: The YAML source.
        path: Its path as the user knows it, for messages.
        first_line: The line of the file on which the text starts (front matter).
        tidyings: Where to note what was read otherwise than YAML says; None to read it strictly.
        limit_kb: How large it may be, in kilobytes; facts are short.
        is_one_of_few: Whether what was made of it is carried even where it is plain.

    Raises:
        Mistakes: With every duplicate key and forbidden feature, or the syntax error.
    """
    if len(text.encode()) > limit_kb * 1024:
        wrong = FoldwellError(
            f"The facts are larger than {limit_kb} KB.",
            Place(path, first_line),
            "Keep the long text in the leaflet, below the front matter.",
        )
        raise Mistakes([wrong])
    if tidyings is not None:
        text = _quoted(text, first_line, tidyings)

    def read() -> Read:
        from foldwell.content.yaml_reader import read_mapping

        return read_mapping(text, path, first_line)

    # What is plain is read as soon as what was made of it, once its reader is loaded.
    plain = is_plain(text) and not is_one_of_few
    return YamlText(*(read() if plain else carried_facts(text, first_line, read)), path)


_SENTENCE = re.compile(
    r"""(?m)^([A-Za-z_][\w-]*): +([^\s"'\[\]{}>|*&!%@`#,?:-](?:(?! #).)*?: (?! *#)(?:(?! #).)*?)"""
    r"( +#.*)? *$"  # a comment is none of its words
)


def _quoted(text: str, first_line: int, tidyings: Tidyings) -> str:
    """The text with quotation marks around values that are sentences with a colon."""

    def whole(match: re.Match[str]) -> str:
        key, value, comment = match.groups()
        line = first_line + text.count("\n", 0, match.start())
        tidyings.note("D8", f"'{key}' was read with its colon: '{value}'.", line, value)
        doubled = value.replace("'", "''")
        return f"{key}: '{doubled}'{comment or ''}"

    return _SENTENCE.sub(whole, text)
