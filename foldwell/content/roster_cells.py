"""What the cells of a roster mean: names, several phones, postcodes, tags, and what was spoilt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from foldwell.content.characters import JOINERS, forbidden_character, instead_of, named_character
from foldwell.content.formulas import NOT_CALCULATED
from foldwell.content.phones import ROUNDED
from foldwell.fonts import printable_characters

EMPTY = frozenset(["n/a", "na", "none", "nil", "null", "-", "–", "—", "not applicable"])
"""What people write where there is nothing."""
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i",
    "&": " and ", "'": "", "’": "", "‘": "", "`": "",
})  # fmt: skip
_FAILED = re.compile(
    r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|Err:\d+"
)
_PARTS = re.compile(
    r"\s*(?:[|;\n]|,(?!\s*(?:ext|x\s*\d|#))|\s/\s|(?<=\d)\s+(?:or|and|&)\s+)\s*", re.IGNORECASE
)
_DIGITS = r"[+(]?\d[\d ()./\-]*(?:\s*,?\s*(?:;ext=|extension|extn?\.?|x|#)\s*\d{1,7})?"
_LABEL_FIRST = re.compile(rf"(?P<label>[^\d+(][^\d+]*?)[\s:–—-]*(?P<number>{_DIGITS})", re.I)
_LABEL_LAST = re.compile(
    rf"(?P<number>{_DIGITS})\s*(?:[-–—:]\s*|\()\s*(?P<label>[^\W\d][^()]*?)\s*\)?", re.I
)
_NO_LABEL = frozenset("tel telephone phone t ph call number no main main number".split())
POSTCODES = {
    "GB": re.compile(r"((?!JE|GY|IM)[A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})"),
    "IE": re.compile(r"([A-Z]\d[\dW])\s*([A-Z\d]{4})"),
    "CA": re.compile(r"([A-Z]\d[A-Z])[\s-]*(\d[A-Z]\d)"),
}
"""Postal codes that no other country writes, in the two parts that a space stands between."""
_CALLED = {
    "usa": "US", "u-s": "US", "u-s-a": "US", "united-states-of-america": "US", "america": "US",
    "u-k": "GB", "gbr": "GB", "great-britain": "GB", "britain": "GB", "irl": "IE", "eire": "IE",
    "republic-of-ireland": "IE", "can": "CA", "aus": "AU", "nzl": "NZ", "ind": "IN", "zaf": "ZA",
    "deu": "DE", "deutschland": "DE", "fra": "FR", "esp": "ES", "espana": "ES",
}  # fmt: skip
"""Countries as people and spreadsheets name them, beside their names and ISO 3166 codes of two."""
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
    " NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
_ZIP = re.compile(rf"(?:{'|'.join(_STATES.split())}),?\s+\d{{5}}(?:-\d{{4}})?")


@lru_cache(maxsize=4096)
def slug_of(text: str) -> str:
    """The name of files for a name: the letters and digits of ASCII, small, with hyphens.

    Capitals, accents, apostrophes and punctuation make no difference, so that correcting them in a
    sheet leaves every file where it is. At most 80 characters are taken.
    """
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in text if not unicodedata.combining(c)))
    slug = "-".join(words)
    return slug if len(slug) <= 80 else slug[:81].rpartition("-")[0] or slug[:80]


def spoilt(text: str) -> tuple[str, str] | None:
    """What an earlier conversion or a formula did to a cell: what is wrong, and what to do."""
    if "\ufffd" in text:
        return f"a character of '{_short(text)}' was lost in an earlier conversion", "type it again"
    if text == NOT_CALCULATED:
        hint = "open the file in a spreadsheet program and save it there, or type the value"
        return "a formula stands here, and no program has calculated its value", hint
    if _FAILED.fullmatch(text.strip()):
        return f"a formula failed here ('{text.strip()}')", "mend it, or type the value"
    if text.isascii() and text.isprintable():
        return None  # as most cells are: every font has these
    if not text.isascii():
        for encoding in ("cp1252", "latin-1"):
            try:
                meant = text.encode(encoding).decode("utf-8")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            what = f"'{_short(text)}' was read in a wrong encoding once"
            hint = f"it may mean '{_short(meant)}': type it again, or export it as 'CSV UTF-8'"
            return what, hint
    if found := forbidden_character(text.replace("\r", "")):
        return f"it holds {found[1]}, which cannot be seen", "delete that character"
    missing = set(text) - printable_characters() - JOINERS - {"\t", "\n"}
    if missing:
        character = min(missing)
        return f"the character {named_character(character)} is in no bundled font", instead_of(
            character
        )
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"


def phones_in(text: str) -> list[tuple[str, str]]:
    """(label, number) of each phone in a cell; the label is empty where there is none."""
    text = text.strip().lstrip("'")  # with which a spreadsheet is told that a number is text
    if ROUNDED.fullmatch(text):  # its comma parts no numbers
        return [("", text)]
    found = []
    for part in filter(None, (piece.strip(" ,.") for piece in _PARTS.split(text))):
        mistyped = re.match(r"[OoIl]\d", part)  # a letter for a digit, and no label
        match = None if mistyped else _LABEL_FIRST.fullmatch(part) or _LABEL_LAST.fullmatch(part)
        if match is None:
            found.append(("", part))
            continue
        label = match["label"].strip(" :-–—(")
        plain = label.casefold().strip(" .")
        found.append(("" if plain in _NO_LABEL else label, match["number"].strip()))
    return found


def postcode_of(text: str) -> str:
    """A postal code as its country writes it; what is of no known form stays."""
    for form in POSTCODES.values():
        if match := form.fullmatch(text.strip().upper()):
            return f"{match[1]} {match[2]}"
    return " ".join(text.split())


def country_called(slug: str) -> str:
    """The ISO 3166 code of a country by what people call it, as a slug; else that in capitals."""
    return _CALLED.get(slug, slug.upper())


def country_by_address(lines: Iterable[str]) -> str:
    """The country whose postal code an address ends in, if that is certain; else empty."""
    last = list(lines)[-1:]
    for line in last:
        words = line.strip().upper()
        for country, form in POSTCODES.items():
            if re.search(rf"(?:^|[\s,]){form.pattern}$", words):
                return country
        if re.search(rf"(?:^|[\s,]){_ZIP.pattern}$", line.strip()):
            return "US"
    return ""


def tags_in(text: str) -> list[str]:
    """The tags of a cell, as ``only`` blocks name them."""
    return list(dict.fromkeys(filter(None, map(slug_of, re.split(r"[,;|\n]", text)))))
