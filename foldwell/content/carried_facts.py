"""Facts of YAML that are carried from build to build, each by the text that they were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from foldwell.carried import Carried, is_text
from foldwell.content.yaml_scalars import Decimal, Whole

Path = tuple[str | int, ...]
Read = tuple[dict[str, Any], dict[Path, int]]
"""A mapping, and the line of each of its keys and items."""


def _is_read(read: object) -> bool:
    match read:
        case (dict() as value, dict() as lines):
            return _is_value(value) and all(
                type(at) is tuple and type(line) is int for at, line in lines.items()
            )
    return False


def _is_value(value: object) -> bool:
    if isinstance(value, dict):
        return all(is_text(key) and _is_value(one) for key, one in value.items())
    if isinstance(value, tuple):
        return all(map(_is_value, value))
    return value is None or isinstance(value, str | int | float)


_READ = Carried[Read]("yaml", _is_read, (Whole, Decimal))


def carried_facts(text: str, first_line: int, read: Callable[[], Read]) -> Read:
    """What a text says, read now unless it was carried here.

    Args:
        text: The text.
        first_line: The line on which it starts.
        read: Reads it; raises what is wrong with it.
    """
    key = hashlib.sha256(f"{first_line}\n{text}".encode()).hexdigest()
    value, lines = _READ.get(key, "", read)
    return _copy(value), {**lines}


def _copy(value: Any) -> Any:
    """The same value, whose mappings may be changed."""
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return tuple(map(_copy, value)) if isinstance(value, tuple) else value
