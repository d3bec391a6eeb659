"""The small typed values that content files are made of: slugs, phones, colours, dates.

Each is an annotated type that pydantic checks at the file border, with a sentence for the
person who wrote the file.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

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
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()\-]*[0-9]")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(r"(?:https://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

# Characters that no leaflet needs and that hide or re-order words: controls, zero-width
# and direction characters, private use, surrogates, and the byte order mark.
_FORBIDDEN_CATEGORIES = frozenset(["Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"])
_ALLOWED_CONTROLS = frozenset("\n\t")


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


def forbidden_character(text: str) -> tuple[int, str] | None:
    """The first character that could hide or re-order words: its index and its name."""
    for index, character in enumerate(text):
        if character in _ALLOWED_CONTROLS or (" " <= character <= "~"):
            continue
        if unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
            name = unicodedata.name(character, "control or unassigned character")
            return index, f"U+{ord(character):04X} {name.lower()}"
    return None


def _plain(text: str) -> str:
    if found := forbidden_character(text):
        raise wrong(f"it holds {found[1]}, which cannot be seen", "delete that character")
    if not text.strip():
        raise wrong("it is empty", "write the text, or remove the key")
    return text.strip()


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


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise wrong("it is not a language code", "write a code such as 'en', 'es' or 'pt-BR'")
    return text


def _phone(text: str) -> str:
    digits = len(re.findall("[0-9]", text))
    if not _PHONE.fullmatch(text.strip()) and not re.fullmatch("[0-9]+", text):
        raise wrong("it is not a phone number", "use digits, spaces, +, ( ) and hyphens")
    if not 2 <= digits <= 15:
        raise wrong(f"a phone number has 2 to 15 digits, this has {digits}", "check the number")
    return text.strip()


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise wrong("it is not an e-mail address", "write it as name@example.org")
    return text


WEBSITE_LIMIT = 250
"""A longer address makes a QR code that no phone reads from a leaflet."""


def _website(text: str) -> str:
    if len(text) > WEBSITE_LIMIT:
        raise wrong(
            f"it has {len(text)} characters; at most {WEBSITE_LIMIT} fit", "use a shorter address"
        )
    if not _WEBSITE.fullmatch(text):
        raise wrong("it is not a web address", "write it as 'example.org/page' (https is meant)")
    return text.removeprefix("https://")


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


Text = Annotated[str, AfterValidator(_plain)]
Slug = Annotated[str, AfterValidator(_slug)]
Language = Annotated[str, AfterValidator(_language)]
Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]
Website = Annotated[str, AfterValidator(_website)]
Colour = Annotated[str, AfterValidator(checked_colour)]
Day = Annotated[datetime.date, BeforeValidator(_date)]
