"""The small typed values that content files are made of: slugs, colours, dates.

Each is an annotated type that pydantic checks at the file border, with a sentence for the
person who wrote the file.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from foldwell.content.yaml_scalars import as_written

# Names that Windows keeps for devices; a file of that name cannot be opened there.
RESERVED_NAMES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
    ]
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SITE = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?(?:/[\w.~-]+)*/?")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class Facts(BaseModel):
    """Base of every model read from a file: strict, frozen, no unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def wrong(what: str, hint: str = "", key: str = "", drawing: str = "") -> PydanticCustomError:
    """What a validator raises, in the words of a person who fills in a file.

    Args:
        what: What is wrong: a clause without capital and full stop.
        hint: What to do, in the same way.
        key: The key to blame, where a rule is about a whole section.
        drawing: A drawing of it, as lines of text.
    """
    told = {"what": what, "hint": hint, "key": key, "drawing": drawing}
    return PydanticCustomError("wrong", "{what}", told)


def _slug(text: str) -> str:
    if problem := slug_problem(text):
        raise wrong(problem, "use a-z, 0-9 and hyphens, such as 'riverside-clinic'")
    return text


def slug_problem(text: str) -> str:
    """What is wrong with a name used in file names, or an empty text."""
    if len(text) > 80:
        return "it is longer than 80 characters"
    if not _SLUG.fullmatch(text):
        return "it is not made of small letters, digits and hyphens"
    if text in RESERVED_NAMES:
        return "Windows keeps this name for itself"
    return ""


def checked_colour(text: str) -> str:
    """A colour as ``#rrggbb``; ValueError for anything else that CSS might accept."""
    if not _COLOUR.fullmatch(text):
        raise wrong("it is not a colour", "write it as '#1a6b6b'")
    if len(text) == 4:
        text = "#" + "".join(2 * digit for digit in text[1:])
    return text.lower()


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                return datetime.date.fromisoformat(value)
        except ValueError:
            raise wrong("there is no such day", "check year, month and day") from None
    raise wrong("it is not a date", "write it as year-month-day, such as 2026-11-22")


def site_address(text: str) -> str:
    """The address of a web site, without a ``/`` at its end.

    Raises:
        PydanticCustomError: If it is none.
    """
    if not _SITE.fullmatch(text):
        raise wrong("it is not the address of a web site", "write it as 'https://www.example.org'")
    return text.rstrip("/")


SiteAddress = Annotated[str, AfterValidator(site_address)]
Slug = Annotated[str, BeforeValidator(as_written), AfterValidator(_slug)]
Colour = Annotated[str, AfterValidator(checked_colour)]
Day = Annotated[datetime.date, BeforeValidator(_date)]
