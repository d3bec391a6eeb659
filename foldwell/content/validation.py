"""Parsed YAML to validated values; pydantic's errors in the words of who fills in a file."""

from __future__ import annotations

import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from foldwell.content.yaml_text import Source
from foldwell.errors import FoldwellError, Mistakes, did_you_mean, sentence

Model = TypeVar("Model", bound=BaseModel)


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
        message = f"'{name}': {what}." if prefix else sentence(what)
        return FoldwellError(message, place, sentence(hint) if hint else "", drawing)
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
    if _is_model(current) and issubclass(current, RootModel):
        current = current.model_fields["root"].annotation
    if _is_model(current):
        fields = current.model_fields.values()
        field = current.model_fields.get(part) or next((f for f in fields if f.alias == part), None)
        return plain_type(field.annotation) if field else None
    return item_type(current)


def item_type(current: Any) -> Any:
    """The type of the items of a list or mapping."""
    listed = getattr(current, "__orig_bases__", (current,))[0]  # facts of several lines are tuples
    arguments = [argument for argument in typing.get_args(listed) if argument is not Ellipsis]
    return plain_type(arguments[-1]) if arguments else None


def plain_type(annotation: Any) -> Any:
    """The annotation behind ``Annotated`` and ``| None``."""
    while typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType):
        choices = [c for c in typing.get_args(annotation) if c is not type(None)]
        models = [choice for choice in choices if _is_model(choice)]
        annotation = (models or choices)[0]
    return annotation


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)
