"""Markdown to clean HTML for one edition in one format and medium.

Python-Markdown and pymdown-extensions parse; a last tree step checks what they made, turns
lists into lines and boxes, and takes the panels apart; nh3 cleans the result. Every mistake
is collected with its line, and all are raised together.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from foldwell.content.blocks import CLASSES
from foldwell.content.html_words import BREAK
from foldwell.content.leaflet import Leaflet
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean
from foldwell.typeset import blocks, lists
from foldwell.typeset.citations import drop_citations
from foldwell.typeset.emphasis import Emphasis
from foldwell.typeset.timeline import Timeline
from foldwell.typeset.tree import (
    finish_figure,
    finish_footnotes,
    finish_headings,
    finish_lists,
    finish_tables,
    name_headings,
    number_citations,
    take_apart,
)
from foldwell.typeset.tree_checks import (
    check_blocks,
    check_emphasis,
    check_ids,
    check_left_over_marks,
    check_link,
)
from foldwell.typeset.variables import Facts, Tokens, insert_tokens


@dataclass(frozen=True)
class Setting:
    """Which edition, format and medium the words are read for.

    Attributes:
        conditions: What ``only`` blocks ask for: region, tag, format, medium; each a set of
            the names that hold here.
        known: For the same four, every name that there is.
        take: The panels whose text is taken out of the flow, for a place of its own.
        links_back: Whether notes link back to the text (on the web, not in print).
        cites: Whether the numbers of sources stand in the text.
    """

    conditions: Mapping[str, frozenset[str]]
    known: Mapping[str, frozenset[str]]
    take: frozenset[str]
    links_back: bool
    cites: bool = True


@dataclass(frozen=True)
class Words:
    """The words of an edition as clean HTML, tokens not yet replaced.

    Attributes:
        parts: ``lead`` (before the first heading), ``main`` (the rest), and each panel
            that was taken out of the flow.
        citations: Ids of references, in the order of their numbers.
        icons: Names of the icons used.
        images: Names of the figures used.
        headings: (id, HTML) of each second-level heading of the writer's.
        timelines: What the tokens of drawings stand for.
        contacts: Tokens that stand for the contact panel.
        tokens: The values of all tokens.
    """

    parts: dict[str, str]
    citations: tuple[str, ...]
    icons: tuple[str, ...]
    images: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]
    timelines: dict[str, Timeline]
    contacts: tuple[str, ...]
    tokens: Tokens


@dataclass
class Reading:
    """The state of reading one text: what was met on the way, and what was wrong."""

    leaflet: Leaflet
    setting: Setting
    strings: Mapping[str, Any]
    references: Mapping[str, Any]
    known_icons: frozenset[str]
    tokens: Tokens = field(default_factory=Tokens)
    errors: list[FoldwellError] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    icons: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    headings: list[tuple[str, str]] = field(default_factory=list)
    timelines: dict[str, Timeline] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)

    def wrong(self, message: str, line: int | None, hint: str) -> None:
        """Note a mistake."""
        self.errors.append(FoldwellError(message, Place(self.leaflet.path, line), hint))

    def line_of(self, fragment: str | re.Pattern[str], after: int = 0) -> int | None:
        """The first line of the file, past a line, that holds some text."""
        for number, line in enumerate(self.leaflet.text.split("\n"), self.leaflet.first_line):
            found = fragment in line if isinstance(fragment, str) else fragment.search(line)
            if found and number > after:
                return number
        return None

    def timeline_token(self, timeline: Timeline) -> str:
        """A token for a drawing that is made when the width of the column is known."""
        token = self.tokens.add("")
        self.timelines[token] = timeline
        return token

    def contact_token(self) -> str:
        """A token for the contact panel."""
        token = self.tokens.add("")
        self.contacts.append(token)
        return token

    def holds(self, text: str, line: int) -> bool:
        """Whether the conditions of an ``only`` block hold here.

        Written ``region: uk; format: a4, letter``: all of the keys must hold, each by one of
        its names. ``not`` before the names turns a key round.
        """
        keep = True
        for clause in text.split(";"):
            key, colon, names = clause.partition(":")
            key = key.strip()
            if not colon or key not in self.setting.known:
                self.wrong(
                    f"'{clause.strip()}' is no condition.",
                    line,
                    did_you_mean(key, self.setting.known) + " Write it like 'region: uk'.",
                )
                continue
            names = names.strip()
            negative = names.startswith("not ")
            wanted = [name.strip() for name in names.removeprefix("not ").split(",")]
            for name in wanted:
                if name not in self.setting.known[key]:
                    hint = did_you_mean(name, self.setting.known[key])
                    self.wrong(f"There is no {key} '{name}'.", line, hint)
            held = any(name in self.setting.conditions[key] for name in wanted)
            keep = keep and held != negative
        return keep


def read_words(
    leaflet: Leaflet,
    facts: Facts,
    setting: Setting,
    strings: Mapping[str, Any],
    references: Mapping[str, Any],
    known_icons: frozenset[str],
) -> Words:
    """The words of one edition.

    Raises:
        Mistakes: With every unknown name, bad link, misplaced mark and missing fact.
    """
    reading = Reading(leaflet, setting, strings, references, known_icons)
    text, errors = insert_tokens(
        leaflet.text, facts, reading.tokens, leaflet.path, leaflet.first_line
    )
    reading.errors += errors
    if not errors:
        _parse(_with_lines(text, leaflet.first_line, reading.tokens), reading)
        for part in reading.parts.values():
            reading.errors += reading.tokens.missing(part)
    if reading.errors:
        raise Mistakes(reading.errors)
    return Words(
        reading.parts,
        tuple(reading.citations),
        tuple(sorted(reading.icons)),
        tuple(sorted(reading.images)),
        tuple(reading.headings),
        reading.timelines,
        tuple(reading.contacts),
        reading.tokens,
    )


_BLOCK_LINE = re.compile(r"( {0,3}/{3,} *[A-Za-z][\w-]*) *(?:\|(.*))?$")


def _with_lines(text: str, first_line: int, tokens: Tokens) -> str:
    """Let each block's first line carry its number, for messages."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if match := _BLOCK_LINE.match(line):
            argument = (match.group(2) or "").strip()
            lines[index] = f"{match.group(1)} | {argument}\ue002{first_line + index}\ue003"
    # As tokens, because a plain '<' or '>' would be a mark of Markdown's.
    plain = re.sub("&(?:amp|lt|gt);", lambda match: tokens.add(match.group()), "\n".join(lines))
    return plain.replace("&nbsp;", "\u00a0")


def _parse(text: str, reading: Reading) -> None:
    markdown = LeafletParser(
        extensions=[
            "abbr",
            "def_list",
            "footnotes",
            "tables",
            blocks.extension(),
            LeafletMarkdown(),
        ],
    )
    markdown.reading = reading
    markdown.convert(text)


class LeafletParser(Markdown):
    """A Markdown parser that carries what it reads."""

    reading: Reading


def _reading(md: Any) -> Reading:
    return cast(LeafletParser, md).reading


class LeafletMarkdown(Extension):
    """Takes out what leaflets do not have, and adds citations, icons and the tree checks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Called by Python-Markdown."""
        for name in (
            "html",
            "entity",
            "automail",
            "backtick",
            "image_reference",
            "short_image_ref",
            "em_strong",
        ):
            md.inlinePatterns.deregister(name)
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        lists.install(md)
        md.inlinePatterns.register(_Citation(md), "citation", 175)
        md.inlinePatterns.register(_Icon(md), "icon", 172)
        md.inlinePatterns.register(_MailAddress(md), "mail-address", 118)
        md.inlinePatterns.register(_Break(md), "line-break", 185)
        md.inlinePatterns.register(Emphasis(md), "emphasis", 60)
        md.treeprocessors.register(_DropOnly(md), "drop-only", 60)
        md.treeprocessors.register(_CheckedAttributes(md), "attr_list", 8)
        md.treeprocessors.register(_LeafletTree(md), "leaflet-tree", -10)


class _Citation(InlineProcessor):
    """``[@id]`` or ``[@one; @two]``: a raised number that leads to the source."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\[(@[^\]\[]*)\]", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        reading = _reading(self.md)
        sup = ET.Element("sup", {"class": "cite"})
        for item in m.group(1).split(";"):
            name = item.strip().removeprefix("@")
            if name in reading.references:
                ET.SubElement(sup, "a", {"href": f"#source-{name}"})
            else:
                reading.wrong(
                    f"There is no reference '{name}'.",
                    reading.line_of(re.compile(re.escape(f"@{name}") + r"(?![\w-])")),
                    _nearest(name, reading.references, "Add it to content/references.json."),
                )
        start = m.start(0)
        while start and data[start - 1] in " \n":
            start -= 1  # the number stands right behind the word
        return sup, start, m.end(0)


def _nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """The likeliest of many names, without listing them all."""
    hint = did_you_mean(name, known)
    return hint if hint.startswith("Did") else otherwise


class _Icon(InlineProcessor):
    """``:name:`` stands for an icon."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"(?<![\w:]):([a-z][a-z0-9-]*):(?![\w:])", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        reading = _reading(self.md)
        name = m.group(1)
        if name not in reading.known_icons:
            reading.wrong(
                f"There is no icon '{name}'.",
                reading.line_of(f":{name}:"),
                _nearest(name, reading.known_icons, "'python3 build.py list --icons' lists them."),
            )
        return ET.Element("span", {"class": f"icon icon-{name}"}), m.start(0), m.end(0)


class _Break(InlineProcessor):
    """The end of a line inside a paragraph: a backslash at its end, or what stood for one."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"\\\n|{BREAK}", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        return ET.Element("br"), m.start(0), m.end(0)


class _MailAddress(InlineProcessor):
    """``<name@example.org>``; the library's own way writes it in HTML codes."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        link = ET.Element("a", {"href": f"mailto:{m.group(1)}"})
        link.text = AtomicString(m.group(1))
        return link, m.start(0), m.end(0)


class _DropOnly(Treeprocessor):
    """Drops or unwraps ``only`` blocks before their inline text is read."""

    def run(self, root: ET.Element) -> None:
        _unwrap_only(root)


def _unwrap_only(parent: ET.Element) -> None:
    children = list(parent)
    for child in children:
        _unwrap_only(child)
    for child in children:
        keep = child.get("data-keep")
        if keep is None:
            continue
        index = list(parent).index(child)
        parent.remove(child)
        if keep == "yes":
            for offset, inner in enumerate(list(child)):
                parent.insert(index + offset, inner)


class _CheckedAttributes(AttrListTreeprocessor):
    """Attribute lists that may give a class of the table or an id, nothing else."""

    def assign_attrs(self, elem: ET.Element, attrs_string: str, *, strict: bool = False) -> str:
        reading = _reading(self.md)
        for word in attrs_string.split():
            kind, name = word[:1], word[1:]
            if kind == "." and name in CLASSES:
                elem.set("class", f"{elem.get('class', '')} {name}".strip())
            elif kind == "#" and re.fullmatch(r"[a-z][a-z0-9-]*", name):
                elem.set("id", name)
            else:
                reading.wrong(
                    f"'{word}' cannot stand in an attribute list.",
                    reading.line_of(word),
                    f"Use an id such as #signs, or one of: .{', .'.join(sorted(CLASSES))}.",
                )
        return ""


class _LeafletTree(Treeprocessor):
    """Checks and finishes the tree, and writes its parts as clean HTML."""

    def run(self, root: ET.Element) -> None:
        reading = _reading(self.md)
        finish_footnotes(root, reading)
        if not reading.setting.cites:
            drop_citations(root)
        number_citations(root, reading)
        for item in root.iter("li"):
            _attributes_of(item, self.md)
        check_ids(root, reading)
        name_headings(root)
        for element in root.iter():
            check_emphasis(element, reading)
            check_left_over_marks(element, reading)
            if element.tag == "a":
                check_link(element, root, reading)
            elif element.tag == "figure":
                finish_figure(element, reading)
            elif element.tag == "ol" and element.get("start"):
                before = int(element.get("start", 1)) - 1
                _add_style(element, f"counter-reset: list-item {before} step {before}")
            elif element.tag == "th":
                element.set("scope", "col")
        check_blocks(root, reading)
        finish_lists(root)
        finish_tables(root)
        finish_headings(root, reading)
        take_apart(root, reading)
        # Only what is still in the text may be numbered and drawn; dropped text is gone by now.
        whole = "".join(reading.parts.values())
        reading.timelines = {t: v for t, v in reading.timelines.items() if t in whole}
        reading.contacts = [token for token in reading.contacts if token in whole]
        for child in list(root):
            root.remove(child)


def _add_style(element: ET.Element, declaration: str) -> None:
    before = element.get("style")
    element.set("style", f"{before}; {declaration}" if before else declaration)


_ITEM_ATTRIBUTES = re.compile(r"\s*\{:?[ ]*([.#][^}]*)\}\s*$")


def _attributes_of(item: ET.Element, md: Any) -> None:
    """An attribute list right behind a list item's words belongs to the item."""
    last = item[-1] if len(item) else None
    text = (item.text if last is None else last.tail) or ""
    if match := _ITEM_ATTRIBUTES.search(text):
        _CheckedAttributes(md).assign_attrs(item, match.group(1))
        if last is None:
            item.text = text[: match.start()]
        else:
            last.tail = text[: match.start()]
