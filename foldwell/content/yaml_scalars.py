"""Plain scalars of YAML as values that know how they were written."""

from __future__ import annotations

import re
from typing import Any

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")


_NUMBER = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")


class Whole(int):
    """A whole number that knows how it was written: ``0113`` may be meant as text."""

    written = ""


class Decimal(float):
    """A number with a decimal point that knows how it was written."""

    written = ""


def scalar(text: str) -> Any:
    """A plain scalar as null, true, false or a decimal number, else as the text it is.

    YAML 1.2 knows more ways to write a number; no facts file needs them.
    """
    if text in _WORDS:
        return _WORDS[text]
    number: Whole | Decimal
    if _INTEGER.fullmatch(text):
        number = Whole(text)
    elif _NUMBER.fullmatch(text):
        number = Decimal(text)
    else:
        return text
    number.written = text
    return number


def as_written(value: Any) -> Any:
    """A number as the text that was written, for where text is wanted; other values as they are."""
    return value.written if isinstance(value, Whole | Decimal) else value
