"""Files of the project to text and models, with every mistake named by line.

Only regular files inside the project are opened, never through a symbolic link, and what
was read once is what is used.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from foldwell.content.characters import (
    JOINERS,
    forbidden_character,
    instead_of,
    named_character,
)
from foldwell.content.encoding import decoded
from foldwell.content.lookalikes import lookalike_errors
from foldwell.content.tidy import tidy_characters
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import Model, validate
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.fonts import printable_characters

TEXT_LIMIT_BYTES = 256 * 1024
NAME_LIMIT_BYTES = 255
"""The longest name that file systems know; asking for a longer one is an error of its own."""


def read_file(root: Path, relative: str, limit_bytes: int = TEXT_LIMIT_BYTES) -> bytes:
    """The bytes of one regular file inside the project.

    Args:
        root: The project folder.
        relative: The path below it, with ``/``.
        limit_bytes: The largest size accepted.

    Raises:
        FoldwellError: If it is missing, outside, a link, a device, too large or unreadable.
    """
    here = Place(relative)
    path = root / relative
    if any(len(os.fsencode(part)) > NAME_LIMIT_BYTES for part in Path(relative).parts):
        raise FoldwellError("This name is too long for a file.", here, "Shorten it.")
    # realpath, because Path.resolve fails at links that lead round in a circle.
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(root)) or ".." in Path(relative).parts:
        raise FoldwellError("This path leads out of the project.", here, "Copy the file into it.")
    if any((root / part).is_symlink() for part in _folders(relative)):
        raise FoldwellError(
            "This is a symbolic link; links are not followed.",
            here,
            "Put the file itself in its place.",
        )
    try:
        # O_NONBLOCK: a named pipe would otherwise wait for its writer for ever.
        handle = os.open(
            path,
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0),
        )
    except FileNotFoundError:
        raise FoldwellError("This file does not exist.", here, "Check its name.") from None
    except OSError as error:
        raise FoldwellError(
            f"This file cannot be opened ({error.strerror}).",
            here,
            "Check its permissions.",
        ) from error
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode):
        os.close(handle)
        raise FoldwellError("This is not a regular file.", here, "Put a file in its place.")
    with os.fdopen(handle, "rb") as file:
        content = file.read(limit_bytes + 1) if facts.st_size <= limit_bytes else b""
    if facts.st_size > limit_bytes or len(content) > limit_bytes:
        size = f"{limit_bytes // 1024} KB" if limit_bytes < 2**20 else f"{limit_bytes // 2**20} MB"
        raise FoldwellError(f"This file is larger than {size}.", here, "Make it smaller.")
    return content


def _folders(relative: str) -> list[Path]:
    parts = Path(relative).parts
    return [Path(*parts[: n + 1]) for n in range(len(parts))]


def read_text(root: Path, relative: str, tidyings: Tidyings | None = None) -> str:
    """One text file, its line ends made newlines, free of invisible characters.

    Args:
        root: The project folder.
        relative: The path below it.
        tidyings: What was converted is noted here; None for a file whose words are not printed
            as they stand, which must be right as it is.

    Raises:
        Mistakes: With every line that holds a character that could hide or re-order words, or
            that no bundled font has.
    """
    text = read_tidied(root, relative, tidyings or Tidyings(relative), strict=tidyings is None)
    if errors := character_errors(text, relative, printed=tidyings is not None):
        raise Mistakes(errors)
    return text


def read_tidied(
    root: Path, relative: str, tidyings: Tidyings, *, breaks: str = " ", strict: bool = False
) -> str:
    """One text file, whose characters are still to be looked at.

    Args:
        root: The project folder.
        relative: The path below it.
        tidyings: What was converted is noted here.
        breaks: What a line separator becomes.
        strict: Whether the file must be UTF-8 and is left as it is.

    Raises:
        Mistakes: If it cannot be read.
    """
    try:
        content = read_file(root, relative)
    except FoldwellError as error:
        raise Mistakes([error]) from error
    text = decoded(content, tidyings)
    if text is None or (strict and tidyings.findings):
        line = 1
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
        hint = "Save it again with the encoding UTF-8."
        raise Mistakes([FoldwellError("This file is not UTF-8 text.", Place(relative, line), hint)])
    return text if strict else tidy_characters(text, tidyings, breaks)


def character_errors(
    text: str, path: str, first_line: int = 1, *, printed: bool = True
) -> list[FoldwellError]:
    """What is wrong with the characters of a text.

    Args:
        text: The text.
        path: The file, for messages.
        first_line: The line of the file that it starts on.
        printed: Whether its words are printed, so that each needs a glyph.
    """
    errors = []
    for number, line_text in enumerate(text.split("\n"), first_line):
        if found := forbidden_character(line_text):
            index, name = found
            errors.append(
                FoldwellError(
                    f"Character {index + 1} of this line is {name}, which cannot be seen and can"
                    " hide or re-order words.",
                    Place(path, number),
                    "Delete it and type the words around it again.",
                )
            )
    if errors or not printed:
        return errors
    return missing_glyphs(text, path, first_line) + lookalike_errors(text, path, first_line)


def missing_glyphs(text: str, path: str, first_line: int = 1) -> list[FoldwellError]:
    """An error for each line with a character that no bundled font can print."""
    known = printable_characters()
    errors: list[FoldwellError] = []
    if set(text) <= known:
        return errors
    for number, line in enumerate(text.split("\n"), first_line):
        if path.endswith(".yml") and line.lstrip().startswith("#"):
            continue
        for character in dict.fromkeys(line):
            if character not in known and character != "\t" and character not in JOINERS:
                errors.append(
                    FoldwellError(
                        f"The character {named_character(character)} is in no bundled font.",
                        Place(path, number),
                        instead_of(character),
                    )
                )
    return errors


def read_model(model: type[Model], root: Path, relative: str, tidyings: Tidyings) -> Model:
    """A YAML file as a validated value.

    Raises:
        Mistakes: With everything that is wrong in the file.
    """
    text = read_text(root, relative, tidyings)
    return validate(model, read_yaml(text, relative, is_one_of_few=True))
