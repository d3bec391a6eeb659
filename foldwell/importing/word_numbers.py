"""The numbers that Word shows before paragraphs, which its files do not hold.

They are counted as Word counts them (ISO 29500-1, 17.9): by list and level, a level starting again
under each item of the one above it.
"""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_SIMPLE = re.compile(r"\(?%(\d)[.):]{0,2}")
_LETTERS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class Number:
    """What stands before a paragraph.

    Attributes:
        list_id: The list, as the file calls it.
        level: Counted from 0.
        kind: ``bullet``, ``1``, ``a``, ``A``, ``i`` or ``I``.
        value: The number of the last part.
        label: The whole, as Word shows it.
        simple: Whether it is one number alone, which a list of a leaflet can show.
    """

    list_id: str
    level: int
    kind: str
    value: int
    label: str
    simple: bool


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def fill_levels(numbering: ET.Element) -> None:
    """Let every list have all levels, in place; a missing one is like the one above it."""
    for abstract in numbering.iter(f"{W}abstractNum"):
        levels = dict(_levels(abstract))
        for number in range(_LEVELS if 0 in levels else 0):
            if number not in levels:
                levels[number] = copy.deepcopy(levels[number - 1])
                levels[number].set(f"{W}ilvl", str(number))
                abstract.append(levels[number])


class Numbers:
    """Counts the numbered paragraphs of a document, in its order.

    Args:
        numbering: ``numbering.xml``; None if there is none.
        styles: ``styles.xml``; None if there is none.
    """

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._styles = {
            style.get(f"{W}styleId", ""): style
            for style in (styles.iter(f"{W}style") if styles is not None else ())
        }
        self._lists = _read_lists(numbering) if numbering is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def style_name(self, paragraph: ET.Element) -> str:
        """The name of a paragraph's style, in small letters."""
        style = self._styles.get(_value(paragraph, "pPr/pStyle"))
        return (_value(style, "name") if style is not None else "").lower()

    def of(self, paragraph: ET.Element) -> Number | None:
        """The number of the next paragraph, if it has one."""
        list_id, level = self._place(paragraph)
        own = self._lists.get(list_id)
        if own is None or level not in own.levels:
            return None
        shape = own.levels[level]
        if shape.form == "bullet":
            return Number(list_id, level, "bullet", 0, "", simple=True)
        counts = self._counts.setdefault(own.abstract, [None] * _LEVELS)
        if (list_id, level) not in self._begun and level in own.starts:
            counts[level] = own.starts[level]
        else:
            before = counts[level]
            counts[level] = shape.start if before is None else before + 1
        self._begun.add((list_id, level))
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        label = re.sub(r"%(\d)", lambda m: self._shown(own, counts, int(m[1]) - 1), shape.text)
        if shape.form == "none":
            return Number(list_id, level, "1", 0, label, simple=False)
        match = _SIMPLE.fullmatch(shape.text)
        simple = match is not None and int(match[1]) == level + 1
        kind = _LETTERS.get(shape.form, "1")
        simple = simple and (shape.form == "decimal" or kind != "1")
        return Number(list_id, level, kind, counts[level] or 0, label, simple)

    def _shown(self, own: _List, counts: list[int | None], level: int) -> str:
        shape = own.levels.get(level, _Level())
        value = counts[level] if 0 <= level < _LEVELS else None
        return _written(shape.start if value is None else value, shape.form)

    def _place(self, paragraph: ET.Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or its style's."""
        number = paragraph.find(f"{W}pPr/{W}numPr")
        style_id = _value(paragraph, "pPr/pStyle")
        list_id, level = _numbered(number)
        seen: set[str] = set()
        while not list_id and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            list_id, by_style = _numbered(style.find(f"{W}pPr/{W}numPr"))
            if list_id:
                level = by_style if level is None else level
                linked = self._lists.get(list_id)
                if level is None and linked is not None:
                    level = 0
            style_id = _value(style, "basedOn")
        return ("", 0) if list_id == "0" else (list_id, level or 0)


def _numbered(element: ET.Element | None) -> tuple[str, int | None]:
    if element is None:
        return "", None
    level = _value(element, "ilvl")
    return _value(element, "numId"), int(level) if level.isdecimal() else None


def _read_lists(root: ET.Element) -> dict[str, _List]:
    abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
    lists = {}
    for element in root.iter(f"{W}num"):
        abstract = _value(element, "abstractNumId")
        own = _List(abstract)
        if abstract in abstracts:
            own.levels = {n: _level(shape) for n, shape in _levels(abstracts[abstract])}
        for override in element.iter(f"{W}lvlOverride"):
            number = override.get(f"{W}ilvl", "")
            if not number.isdecimal():
                continue
            start = _value(override, "startOverride")
            if start.isdecimal():
                own.starts[int(number)] = int(start)
            own.levels |= {n: _level(shape) for n, shape in _levels(override)}
        lists[element.get(f"{W}numId", "")] = own
    return lists


def _levels(parent: ET.Element) -> list[tuple[int, ET.Element]]:
    return [
        (int(level.get(f"{W}ilvl", "0")), level)
        for level in parent.iter(f"{W}lvl")
        if level.get(f"{W}ilvl", "0").isdecimal() and int(level.get(f"{W}ilvl", "0")) < _LEVELS
    ]


def _level(element: ET.Element) -> _Level:
    start = _value(element, "start")
    return _Level(
        int(start) if start.isdecimal() else 1,
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
    )


def _value(element: ET.Element, path: str) -> str:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def _written(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and value > 0:
        text = ""
        for worth, letters in _ROMAN:
            while value >= worth:
                text, value = text + letters, value - worth
        return text.upper() if form == "upperRoman" else text
    return f"{value:02d}" if form == "decimalZero" else "" if form == "none" else str(value)
