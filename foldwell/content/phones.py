"""Reading phone numbers: by country, into the form that is printed and the one that is dialled.

What Google's libphonenumber knows decides (https://github.com/google/libphonenumber). No digit of
a number is changed; only the country's code and what is dialled before an area code come and go.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from foldwell.content.values import wrong

if TYPE_CHECKING:  # reading its tables takes long, and most builds read no file
    from phonenumbers import PhoneNumber

COUNTRIES_OF_SLUGS = {"uk": "GB"}
"""Names of regions that people use and that are not the country's ISO 3166 code."""

_NUMBER = re.compile(
    r"(?P<main>\+?[0-9(](?:[0-9 ()./\-]*[0-9])?)"
    r"(?:,?\s*(?:;ext=|extension|extn?\.?|x|#)\s*(?P<extension>[0-9]{1,7}))?",
    re.IGNORECASE,
)

_CALLED = re.compile(r"^(?:tel(?:ephone)?|phone|call)\b[.: ]*(?=[+(\d])", re.IGNORECASE)
"""What people write before a number: 'Tel: …', 'tel:…'."""
MOST_OF_ALL = 15
"""No number of any country has more digits (ITU-T E.164)."""
MOST_OF_SHORT = 7
"""No short number (999, 116 123) has more digits."""
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,2}", re.IGNORECASE)
"""How spreadsheets write large numbers: 1.13496E+09."""


_SEVERAL = re.compile(
    r"[+(]?[0-9][0-9 ()./\-]{5,}?\s*(?:[/;|,]|\bor\b|\band\b)\s*[+(]?[0-9][0-9 ()./\-]{5,}", re.I
)
"""Two numbers in one place."""


def country_of(slug: str) -> str:
    """The ISO 3166 code of the country that a region's name stands for; empty if unknown."""
    from phonenumbers import SUPPORTED_REGIONS

    code = COUNTRIES_OF_SLUGS.get(slug, slug.upper())
    return code if code in SUPPORTED_REGIONS else ""


@lru_cache(maxsize=4096)
def read_phone(text: str, country: str) -> tuple[str, str]:
    """A phone number as it is printed and as it is dialled; many clinics share those for nights.

    Args:
        text: What a person wrote.
        country: The ISO 3166 code of the country where it is printed; empty if unknown, and then
            only a number with its country's code is put into another form.

    Raises:
        PydanticCustomError: If there can be no such number.
    """
    text = re.sub(r"(?<=^\d{6})(\d*)\.0+$", r"\1", text.strip())  # a number, as programs export it
    text = _CALLED.sub("", text)
    if ROUNDED.fullmatch(text):
        raise wrong(
            "a spreadsheet made a number of it, and its last digits are lost",
            "format the cell as text, and type the phone again",
        )
    match = _NUMBER.fullmatch(text)
    if _SEVERAL.fullmatch(text) and len(re.sub("[^0-9]", "", text)) > MOST_OF_ALL:
        raise wrong(
            "it holds two phone numbers", "keep one here, and put the other one under 'phones'"
        )
    if not match:
        raise wrong("it is not a phone number", "use digits, spaces, +, ( ) and hyphens")
    main, extension = match["main"], match["extension"]
    digits = re.sub("[^0-9]", "", main)
    if not 2 <= len(digits) <= MOST_OF_ALL:
        raise wrong(
            f"a phone number has 2 to 15 digits, this has {len(digits)}", "check the number"
        )
    printed, dialled = _at_home(main, digits, country)
    if extension:
        return f"{printed} ext. {extension}", f"{dialled};ext={extension}"
    return printed, dialled


def _at_home(main: str, digits: str, country: str) -> tuple[str, str]:
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, PhoneNumberType

    as_dialled = re.sub("[^0-9+]", "", main)
    if not country and not main.startswith("+"):
        return main, as_dialled
    try:
        number = phonenumbers.parse(main, country or None)
    except phonenumbers.NumberParseException:
        raise wrong("there is no country with this code", "check the digits behind the +") from None
    short = country and len(digits) <= MOST_OF_SHORT
    if short and phonenumbers.is_valid_short_number_for_region(number, country):
        return main, as_dialled  # 999, 111, 116 123: no area code, no country's code
    _refuse_impossible(number, country)
    valid = country and phonenumbers.is_valid_number_for_region(number, country)
    if not (valid or phonenumbers.is_valid_number(number)):  # the second looks at all regions
        # A range that nobody has been given, such as those kept for fiction.
        grouped = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        whole = re.sub("[^0-9]", "", grouped)
        if country and not main.startswith(("+", "0", "(0")):
            _refuse_doubtful_zero(digits, whole, country)
            if whole == f"0{digits}":
                return grouped, whole
        _refuse_short_of_one(main, country)
        return (grouped if main == digits == whole else main), as_dialled
    dialled = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    home = phonenumbers.country_code_for_region(country) if country else 0
    if number.country_code != home:
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL), dialled
    if home == 1 and phonenumbers.number_type(number) == PhoneNumberType.TOLL_FREE:
        # Known by its 1, which has to be dialled: 1-800-662-4357.
        national = phonenumbers.national_significant_number(number)
        return f"1-{national[:3]}-{national[3:6]}-{national[6:]}", dialled
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL), dialled


def _refuse_doubtful_zero(digits: str, whole: str, country: str) -> None:
    """Where numbers start with 0, only one of full length can have lost nothing but that."""
    from phonenumbers import PhoneMetadata

    facts = PhoneMetadata.metadata_for_region(country)
    if facts is None or facts.national_prefix != "0":
        return
    full = max(facts.general_desc.possible_length) if facts.general_desc else 0
    if whole != f"0{digits}" or len(digits) != full:
        raise wrong(
            "it may lack its first zero or another digit", "write it whole, with its area code"
        )


def _refuse_short_of_one(main: str, country: str) -> None:
    """What nobody has, but somebody would have with one more digit, lacks that digit."""
    from phonenumbers import is_valid_number, parse

    if any(is_valid_number(parse(f"{main}{digit}", country or None)) for digit in range(10)):
        raise wrong("it seems to lack a digit: there is no such number", "count its digits")


def _refuse_impossible(number: PhoneNumber, country: str) -> None:
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    reason = is_possible_number_with_reason(number)
    if reason == ValidationResult.IS_POSSIBLE:
        return
    if reason == ValidationResult.TOO_LONG:
        raise wrong(
            f"it has too many digits for a phone number{_in(country)}",
            "check it; an extension is written 'ext. 12'",
        )
    raise wrong(
        f"it has too few digits for a phone number{_in(country)}",
        "write it whole, with its area code",
    )


def _in(country: str) -> str:
    from babel import Locale

    name = Locale("en").territories.get(country)
    return f" ({name})" if name else ""
