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

from foldwell.content.values import forbidden_character
from foldwell.content.yaml_text import YamlText, read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean

TEXT_LIMIT_BYTES = 256 * 1024

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
    if not path.resolve().is_relative_to(root.resolve()) or ".." in Path(relative).parts:
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
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise FoldwellError("This is not a regular file.", here, "Put a file in its place.")
        content = file.read(limit_bytes + 1) if facts.st_size <= limit_bytes else b""
    if facts.st_size > limit_bytes or len(content) > limit_bytes:
        size = f"{limit_bytes // 1024} KB" if limit_bytes < 2**20 else f"{limit_bytes // 2**20} MB"
        raise FoldwellError(f"This file is larger than {size}.", here, "Make it smaller.")
    return content


def _folders(relative: str) -> list[Path]:
    parts = Path(relative).parts
    return [Path(*parts[: n + 1]) for n in range(len(parts))]


def read_text(root: Path, relative: str) -> str:
    """One UTF-8 text file, its line ends made newlines, free of invisible characters.

    Raises:
        Mistakes: With every line that holds a character that could hide or re-order words.
    """
    try:
        content = read_file(root, relative)
    except FoldwellError as error:
        raise Mistakes([error]) from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Mistakes(
            [
                FoldwellError(
                    "This file is not UTF-8 text.",
                    Place(relative, line),
                    "Save it again with the encoding UTF-8.",
                )
            ]
        ) from None
    text = text.replace("\r\n", "\n")
    errors = []
    for number, line_text in enumerate(text.split("\n"), 1):
        if found := forbidden_character(line_text):
            index, name = found
            errors.append(
                FoldwellError(
                    f"Character {index + 1} of this line is {name}, which cannot be seen and can"
                    " hide or re-order words.",
                    Place(relative, number),
                    "Delete it and type the words around it again.",
                )
            )
    if errors:
        raise Mistakes(errors)
    return text


def read_model(model: type[Model], root: Path, relative: str) -> Model:
    """A YAML file as a validated value.

    Raises:
        Mistakes: With everything that is wrong in the file.
    """
    return validate(model, read_yaml(read_text(root, relative), relative))


def validate(model: type[Model], source: YamlText) -> Model:
    """Parsed YAML as a validated value; all mistakes are told at once."""
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        raise Mistakes([_told(model, source, detail) for detail in error.errors()]) from None


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


def _told(model: type[BaseModel], source: YamlText, detail: ErrorDetails) -> FoldwellError:
    loc = detail["loc"]
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
        where = f" in '{'.'.join(map(str, loc[:-1]))}'" if loc[:-1] else ""
        return FoldwellError(
            f"The key '{detail['loc'][-1]}' is missing{where}.",
            source.place(loc[:-1]),
            f"Add a line '{detail['loc'][-1]}: …'.",
        )
    if kind in _WORDS:
        what, hint = _WORDS[kind]
        return FoldwellError(f"'{name}' {what}.", place, hint)
    if kind == "literal_error":
        expected = detail.get("ctx", {}).get("expected", "").replace("' or '", "', '")
        known = [word.strip(" '") for word in expected.split(",")]
        return FoldwellError(
            f"'{name}' is '{detail['input']}'.",
            place,
            did_you_mean(str(detail["input"]), known) if len(known) > 1 else f"Write {expected}.",
        )
    if kind == "value_error":
        what, _, hint = str(detail["ctx"]["error"]).partition("|")
        sentence = f"'{name}': {what}." if loc else f"{what[:1].upper()}{what[1:]}."
        return FoldwellError(sentence, place, f"{hint[:1].upper()}{hint[1:]}." if hint else "")
    what = detail["msg"].removeprefix("Input should be ")
    return FoldwellError(f"'{name}' should be {what}.", place, "Correct this value.")


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that a model knows at a path below it."""
    current: Any = model
    for part in loc:
        current = _inner(current, part)
    return list(current.model_fields) if _is_model(current) else []


def _inner(current: Any, part: str | int) -> Any:
    if _is_model(current):
        field = current.model_fields.get(part)
        return _strip(field.annotation) if field else None
    arguments = [argument for argument in typing.get_args(current) if argument is not Ellipsis]
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
