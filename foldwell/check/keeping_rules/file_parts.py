"""What a file is made of: no lock, no part elsewhere, no attachment (6.1, 6.8 to 6.11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from foldwell.check.archived import Archived, Breach, named

_FILTERS = frozenset(
    "/ASCIIHexDecode /ASCII85Decode /FlateDecode /RunLengthDecode /CCITTFaxDecode /JBIG2Decode"
    " /DCTDecode /JPXDecode /Crypt".split()
)
"""Those that a viewer of any time knows; LZW is not among them (6.1.7.2)."""
_LONGEST_STRING, _LONGEST_NAME, _LARGEST_PAGE, _SMALLEST_PAGE = 32767, 127, 14400, 3
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
_LONG_NAME = "[^\\s/<>()]{100,}"
_ASKED = named(f"F FFilter FDecodeParms Filter EF {_LONG_NAME}")
"""What is in all that may break a rule for objects; long texts are looked at anyway."""


def breaches(file: Archived) -> Iterator[Breach]:
    """What the file holds that must not be in one that is kept."""
    pdf = file.pdf
    if pdf.is_encrypted:
        yield Breach("6.1.3", "The file is encrypted.")
    if "/ID" not in pdf.trailer:
        yield Breach("6.1.3", "The file has no identifier (ID).")
    for item in file.naming(_ASKED):
        yield from (Breach(clause, message) for clause, message in _of_object(item))
    yield from (Breach(clause, message) for clause, message in _of_catalogue(pdf.Root))
    for number, page in enumerate(pdf.pages, 1):
        if "/PresSteps" in page.obj:
            yield Breach("6.10", "The page is shown in steps (PresSteps).", number)
        for side in _sides(page.obj.get("/MediaBox")):
            if not _SMALLEST_PAGE <= side <= _LARGEST_PAGE:
                yield Breach("6.1.13", f"The page has a side of {side:g} units.", number)


def _sides(box: Any) -> tuple[float, ...]:
    if not isinstance(box, Array) or len(box) != 4:
        return ()
    left, lower, right, upper = (float(value) for value in box)
    return abs(right - left), abs(upper - lower)


def _of_object(item: Any) -> Iterator[tuple[str, str]]:
    if isinstance(item, Stream):
        if any(key in item for key in _ELSEWHERE):
            yield "6.1.7.1", "A part of the file stands in another file."
        held = item.get("/Filter")
        for name in [*held] if isinstance(held, Array) else [held] if held is not None else []:
            if str(name) not in _FILTERS:
                yield "6.1.7.2", f"A part is packed with {str(name)[1:]}."
    if isinstance(item, Array):
        yield from _long_texts(item)
    elif isinstance(item, Dictionary):
        if "/EF" in item:
            yield "6.8", "A file is attached; only files that are PDF/A themselves may be."
        yield from _long(item)


def _long(item: Any) -> Iterator[tuple[str, str]]:
    yield from _long_texts(value for _, value in item.items())
    for key, value in item.items():
        longest = max(len(key), len(str(value)) if isinstance(value, Name) else 0) - 1
        if longest > _LONGEST_NAME:
            yield "6.1.13", f"A name is longer than {_LONGEST_NAME} bytes."


def _long_texts(values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    if any(isinstance(one, String) and len(bytes(one)) > _LONGEST_STRING for one in values):
        yield "6.1.13", f"A text is longer than {_LONGEST_STRING} bytes."


def _of_catalogue(root: Any) -> Iterator[tuple[str, str]]:
    names = root.get("/Names")
    names = names if isinstance(names, Dictionary) else Dictionary()
    if "/EmbeddedFiles" in names:
        yield "6.8", "A file is attached; only files that are PDF/A themselves may be."
    if "/AlternatePresentations" in names:
        yield "6.10", "The file can be shown in another way (AlternatePresentations)."
    if "/Requirements" in root:
        yield "6.11", "The file asks something of the viewer (Requirements)."
    allowed = root.get("/Perms")
    for key in allowed.keys() if isinstance(allowed, Dictionary) else ():
        if key not in ("/UR3", "/DocMDP"):
            yield "6.1.12", f"A permission is none that is known ({key[1:]})."
    layers = root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        yield from _layers(layers)


def _layers(layers: Any) -> Iterator[tuple[str, str]]:
    others = layers.get("/Configs")
    sets = [layers.get("/D"), *(others if isinstance(others, Array) else ())]
    sets = [one for one in sets if isinstance(one, Dictionary)]
    named = [str(one.get("/Name", "")) for one in sets]
    if "" in named or len({*named}) < len(named):
        yield "6.9", "Sets of layers have no name, or the same."
    if any("/AS" in one for one in sets):
        yield "6.9", "A set of layers changes by itself (AS)."
