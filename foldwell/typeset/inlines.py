"""Marks within a line: citations, icons and mail addresses."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from foldwell.content.html_words import BREAK
from foldwell.content.references import read_marker
from foldwell.errors import did_you_mean
from foldwell.typeset.parser import reading_of


class Citation(InlineProcessor):
    """``[@id]`` or ``[@one; @two in uk]``: a raised number that leads to the source."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\[(@[^\]\[]*)\]", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str, int, int]:
        """The number, and every source or region that does not exist as a mistake."""
        reading = reading_of(self.md)
        sup = ET.Element("sup", {"class": "cite"})
        for name, regions in read_marker(m.group(1)):
            line = reading.line_of(re.compile(re.escape(f"@{name}") + r"(?![\w-])"))
            for region in regions:
                known = reading.setting.known["region"]
                if region not in known:
                    hint = did_you_mean(region, known)
                    reading.wrong(f"There is no region '{region}'.", line, hint)
            if name not in reading.references:
                hint = _nearest(name, reading.references, "Add it to content/references.json.")
                reading.wrong(f"There is no reference '{name}'.", line, hint)
            elif not regions or reading.setting.conditions["region"].intersection(regions):
                ET.SubElement(sup, "a", {"href": f"#source-{name}"})
        start = m.start(0)
        while start and data[start - 1] in " \n":
            start -= 1  # the number stands right behind the word
        return sup if len(sup) else "", start, m.end(0)


def _nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """The likeliest of many names, without listing them all."""
    hint = did_you_mean(name, known)
    return hint if hint.startswith("Did") else otherwise


class Icon(InlineProcessor):
    """``:name:`` stands for an icon."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"(?<![\w:]):([a-z][a-z0-9-]*):(?![\w:])", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        """The icon, and one that does not exist as a mistake."""
        reading = reading_of(self.md)
        name = m.group(1)
        if name not in reading.known_icons:
            reading.wrong(
                f"There is no icon '{name}'.",
                reading.line_of(f":{name}:"),
                _nearest(name, reading.known_icons, "'python3 build.py list --icons' lists them."),
            )
        return ET.Element("span", {"class": f"icon icon-{name}"}), m.start(0), m.end(0)


class MailAddress(InlineProcessor):
    """``<name@example.org>``, also without its brackets; the library writes it in HTML codes."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"(?<![\w.+/:-])(?:<(?=[^<>\s]+>))?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        """A link to the address."""
        link = ET.Element("a", {"href": f"mailto:{m.group(1)}"})
        link.text = AtomicString(m.group(1))
        return link, m.start(0), m.end(0)


class Break(InlineProcessor):
    """The end of a line inside a paragraph: a backslash at its end, or what stood for one."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"\\\n|{BREAK}", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        """The end of the line."""
        return ET.Element("br"), m.start(0), m.end(0)
