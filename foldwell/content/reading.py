"""Files of the project to text and models, with every mistake named by line.

Only regular files inside the project are opened, never through a symbolic link, and what
was read once is what is used.
"""

from __future__ import annotations

import os
import stat
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from foldwell.content.characters import (
    JOINERS,
    forbidden_character,
    instead_of,
    named_character,
)
from foldwell.content.encoding import decoded
from foldwell.content.tidy import tidy_characters
from foldwell.content.tidyings import Tidyings
from foldwell.content.yaml_text import Source, read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean
from foldwell.fonts import printable_characters

TEXT_LIMIT_BYTES = 256 * 1024
NAME_LIMIT_BYTES = 255
"""The longest name that file systems know; asking for a longer one is an error of its own."""

Model = TypeVar("Model", bound=BaseModel)


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
    return errors or (missing_glyphs(text, path, first_line) if printed else [])


def missing_glyphs(text: str, path: str, first_line: int = 1) -> list[FoldwellError]:
    """An error for each line with a character that no bundled font can print."""
    known = printable_characters()
    errors = []
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
    return validate(model, read_yaml(read_text(root, relative, tidyings), relative))


def validate(model: type[Model], source: Source, country: str = "") -> Model:
    """Facts as a validated value; all mistakes are told at once.

    Args:
        model: What it must be.
        source: What stands in the file.
        country: The ISO 3166 code of the country whose ways of writing hold; empty if unknown.
    """
    try:
        return model.model_validate(source.value, context=country)
    except ValidationError as error:
        details = error.errors()
    # pydantic judges a list by the items that were sound, and then misses the others.
    inner = {detail["loc"][:n] for detail in details for n in range(len(detail["loc"]))}
    told = [d for d in details if not (d["type"] == "too_short" and d["loc"] in inner)]
    raise Mistakes(_told(model, source, detail) for detail in told)


# pydantic's error types, in the words of a person who fills in a file.
_WORDS = {
    "string_type": ("must be text", 'Put it in quotes: "…".'),
    "int_type": ("must be a whole number", "Write it without quotes, such as 3."),
    "bool_type": ("must be true or false", "Write true or false, without quotes."),
    "tuple_type": ("must be a list", "Write each item on a line of its own after '- '."),
    "list_type": ("must be a list", "Write each item on a line of its own after '- '."),
    "dict_type": ("must be 'key: value' lines", "Indent them below this key."),
    "model_type": ("must be 'key: value' lines", "Indent them below this key."),
    "model_attributes_type": ("must be 'key: value' lines", "Indent them below this key."),
}


def _told(model: type[BaseModel], source: Source, detail: ErrorDetails) -> FoldwellError:
    loc = detail["loc"]
    loc = tuple(part for part in loc if part != "[key]")
    name = ".".join(str(part) for part in loc) or "file"
    place = source.place(loc)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return FoldwellError(
            f"Unknown key '{loc[-1]}'.",
            place,
            did_you_mean(str(loc[-1]), _keys(model, loc[:-1])),
        )
    if kind == "missing":
        return source.absent(loc)
    if detail["input"] is None:
        hint = "Write it after the colon, or delete the line."
        return FoldwellError(f"'{name}' has no value.", place, hint)
    if kind in ("too_short", "too_long", "string_too_long"):
        if kind == "too_short":
            return FoldwellError(f"'{name}' is empty.", place, "Give at least 1.")
        unit = "characters" if isinstance(detail["input"], str) else "items"
        size, most = len(detail["input"]), detail["ctx"]["max_length"]
        return FoldwellError(
            f"'{name}' has {size} {unit}; at most {most} fit.", place, "Shorten it."
        )
    if kind in _WORDS:
        what, hint = _WORDS[kind]
        return FoldwellError(f"'{name}' {what}.", place, hint)
    if kind == "literal_error":
        known = [str(choice) for choice in typing.get_args(_at(model, loc))]
        hint = did_you_mean(str(detail["input"]), known)
        if len(known) == 1:
            hint = f"Write '{known[0]}'."
        elif not isinstance(detail["input"], str):
            hint = f"Write one of: {', '.join(known)}."
        return FoldwellError(f"'{name}' is '{detail['input']}'.", place, hint)
    if kind == "wrong":
        what, hint, key, drawing = (
            detail["ctx"][part] for part in ("what", "hint", "key", "drawing")
        )
        prefix = bool(loc)
        if key:  # a rule about a whole section, which names the key that is to blame
            loc = (*loc, key)
            place, name = source.place(loc), ".".join(str(part) for part in loc)
        sentence = f"'{name}': {what}." if prefix else f"{what[:1].upper()}{what[1:]}."
        hint = f"{hint[:1].upper()}{hint[1:]}." if hint else ""
        return FoldwellError(sentence, place, hint, drawing)
    what = detail["msg"].removeprefix("Input should be ")
    return FoldwellError(f"'{name}' should be {what}.", place, "Correct this value.")


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that a model knows at a path below it."""
    current = _at(model, loc)
    return list(current.model_fields) if _is_model(current) else []


def _at(model: type[BaseModel], loc: tuple[str | int, ...]) -> Any:
    """The annotation at a path below a model."""
    current: Any = model
    for part in loc:
        current = _inner(current, part)
    return current


def _inner(current: Any, part: str | int) -> Any:
    if _is_model(current):
        field = current.model_fields.get(part)
        return _strip(field.annotation) if field else None
    listed = getattr(current, "__orig_bases__", (current,))[0]  # facts of several lines are tuples
    arguments = [argument for argument in typing.get_args(listed) if argument is not Ellipsis]
    return _strip(arguments[-1]) if arguments else None


def _strip(annotation: Any) -> Any:
    """The annotation behind ``Annotated`` and ``| None``."""
    while typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType):
        choices = [c for c in typing.get_args(annotation) if c is not type(None)]
        models = [choice for choice in choices if _is_model(choice)]
        annotation = (models or choices)[0]
    return annotation


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)
