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

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from foldwell.content.leaflet import Leaflet
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean
from foldwell.typeset import blocks
from foldwell.typeset.timeline import Timeline
from foldwell.typeset.variables import TOKEN, Facts, Tokens, insert_tokens

CLASSES = frozenset(["keep", "lead", "small", "box", *(f"lines-{n}" for n in range(1, 10))])
"""The classes that a writer may give to a paragraph or list item in an attribute list."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EMPHASIS = ("em", "strong")

_TAGS = {
    "a", "abbr", "br", "blockquote", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "h2",
    "h3", "h4", "hr", "img", "li", "ol", "p", "section", "span", "strong", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start", "style"},
    "td": {"style"},
    "th": {"style", "scope"},
}
_STYLES = {"text-align", "counter-reset"}
_SCHEMES = {"http", "https", "mailto", "tel", "asset"}


@dataclass(frozen=True)
class Setting:
    """Which edition, format and medium the words are read for.

    Attributes:
        conditions: What ``only`` blocks ask for: region, tag, format, medium; each a set of
            the names that hold here.
        known: For the same four, every name that there is.
        take: The panels whose text is taken out of the flow, for a place of its own.
        links_back: Whether notes link back to the text (on the web, not in print).
    """

    conditions: Mapping[str, frozenset[str]]
    known: Mapping[str, frozenset[str]]
    take: frozenset[str]
    links_back: bool


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
            "sane_lists",
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
        ):
            md.inlinePatterns.deregister(name)
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        md.inlinePatterns.register(_Citation(md), "citation", 175)
        md.inlinePatterns.register(_Icon(md), "icon", 172)
        md.inlinePatterns.register(_MailAddress(md), "mail-address", 118)
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
        _finish_footnotes(root, reading)
        _number_citations(root, reading)
        for item in root.iter("li"):
            _attributes_of(item, self.md)
        _check_ids(root, reading)
        for element in root.iter():
            _check_emphasis(element, reading)
            _check_left_over_marks(element, reading)
            if element.tag == "a":
                _check_link(element, root, reading)
            elif element.tag == "figure":
                _finish_figure(element, reading)
            elif element.tag == "ol" and element.get("start"):
                before = int(element.get("start", 1)) - 1
                element.set("style", f"counter-reset: list-item {before} step {before}")
            elif element.tag == "th":
                element.set("scope", "col")
        _finish_lists(root)
        _finish_tables(root)
        _finish_headings(root, reading)
        _take_apart(root, reading)
        # Only what is still in the text may be numbered and drawn; dropped text is gone by now.
        whole = "".join(reading.parts.values())
        reading.timelines = {t: v for t, v in reading.timelines.items() if t in whole}
        reading.contacts = [token for token in reading.contacts if token in whole]
        for child in list(root):
            root.remove(child)


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


def _number_citations(root: ET.Element, reading: Reading) -> None:
    """Number the sources in the order in which the text cites them, and note the icons.

    The parser reads inline text in an order of its own, so this waits for the whole tree.
    """
    for element in root.iter():
        if element.get("class") == "cite":
            for index, link in enumerate(element):
                name = link.get("href", "").removeprefix("#source-")
                if name not in reading.citations:
                    reading.citations.append(name)
                link.text = str(reading.citations.index(name) + 1)
                link.tail = "," if index < len(element) - 1 else None
        elif element.tag == "span" and element.get("class", "").startswith("icon icon-"):
            reading.icons.add(element.get("class", "").removeprefix("icon icon-"))


def _take_apart(root: ET.Element, reading: Reading) -> None:
    """The parts of the text: lead, main, and the panels that have a place of their own."""
    parts = dict.fromkeys(["lead", "main", *sorted(reading.setting.take)], "")
    main: list[ET.Element] = []
    for child in root:
        name = child.attrib.pop("data-panel", "")
        if name in reading.setting.take:
            parts[name] += "".join(_html(inner) for inner in child)
        elif main or (child.tag == "h2" and child.get("class") != "block-title"):
            main.append(child)
        else:
            parts["lead"] += _html(child)
    parts["main"] = "".join(_html(element) for element in _runs(main))
    reading.parts = parts


def _runs(elements: list[ET.Element]) -> list[ET.Element]:
    """Runs of text, which may be set in columns, with what is as wide as the page between.

    A table is wide, and so is a heading right above one.
    """
    out: list[ET.Element] = []
    for index, element in enumerate(elements):
        after = elements[index + 1] if index + 1 < len(elements) else None
        before_table = element.tag == "h2" and after is not None and after.get("class") == "table"
        if element.get("class") == "table" or before_table:
            out.append(element)
            continue
        if not out or out[-1].get("class") != "run":
            out.append(ET.Element("div", {"class": "run"}))
        out[-1].append(element)
    return out


def _html(element: ET.Element) -> str:
    text = ET.tostring(element, encoding="unicode", method="html")
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        filter_style_properties=_STYLES,
    )


def _text(element: ET.Element) -> str:
    return "".join(element.itertext())


def _check_emphasis(parent: ET.Element, reading: Reading) -> None:
    """Emphasis inside a word or number would join what the writer kept apart."""
    before = parent.text or ""
    for child in parent:
        inner, after = _text(child), child.tail or ""
        if child.tag in EMPHASIS and inner:
            if _joined(before, inner) or _joined(inner, after):
                words = TOKEN.split(inner.split("\n")[0])[0][:12]
                line = reading.line_of(re.compile(r"[*_]" + (re.escape(words) or r"\{\{")))
                shown = TOKEN.sub("…", f"{before[-6:]}{inner}{after[:6]}").strip("\ue000\ue001 ")
                reading.wrong(
                    f"A * or _ inside a word or number would print as '{shown}'.",
                    line,
                    "Put spaces around the emphasis; write × for 'times'; write \\* for a plain *.",
                )
            if inner != inner.strip():
                reading.wrong(
                    "Emphasis starts or ends with a space.",
                    reading.line_of(inner.strip()),
                    "Move the space outside the marks.",
                )
        # A raised number ends a word as a space does.
        before = after or ("" if child.tag == "sup" else inner)


_LEFT_OVER = (
    (
        re.compile(r"\*\*\s*(\w*)"),
        "The '**' before '{0}' is never closed.",
        "Put '**' behind the bold words; write \\* for a plain *.",
    ),
    (
        re.compile(r"(\{:?\s*[.#][^}]*\})"),
        "'{0}' would be printed.",
        "Put it on a line of its own, right below the paragraph.",
    ),
    (
        re.compile(r"(\[[^\]\[]*@[A-Za-z][^\]\[]*\])"),
        "'{0}' is no citation.",
        "Write it like '[@lee2021]' or '[@one; @two]'.",
    ),
)
"""Marks that the parser left in the text, because they were not quite right."""


def _check_left_over_marks(element: ET.Element, reading: Reading) -> None:
    for text in (element.text, element.tail):
        for pattern, message, hint in _LEFT_OVER if text else ():
            for match in pattern.finditer(text or ""):
                if "\\" + match.group(0)[:1] in reading.leaflet.text:
                    continue  # the writer asked for the plain mark
                line = reading.line_of(match.group(0).split("\n")[0].strip())
                reading.wrong(message.format(match.group(1)), line, hint)


def _check_ids(root: ET.Element, reading: Reading) -> None:
    """An id that a writer gave to two places."""
    seen: dict[str, int | None] = {}
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        if name in seen:
            line = reading.line_of(f"#{name}", after=seen[name] or 0)
            reading.wrong(
                f"The id '#{name}' stands twice; the first is on line {seen[name]}.",
                line,
                "Give one of them another name.",
            )
        else:
            seen[name] = reading.line_of(f"#{name}")


def _joined(left: str, right: str) -> bool:
    """Whether the end of one text and the start of the next belong to one word or number."""
    if not left or not right:
        return False
    a, b = left[-1], right[0]
    if (a.isalnum() or a == "\ue001") and (b.isalnum() or b == "\ue000"):
        return True
    # 1**.5** or **1**,000: a decimal point or a comma between digits
    if a.isdigit() and b in ".," and right[1:2].isdigit():
        return True
    return a in ".," and b.isdigit() and left[-2:-1].isdigit()


def _check_link(link: ET.Element, root: ET.Element, reading: Reading) -> None:
    href = link.get("href", "")
    link.attrib.pop("rel", None)
    if title := link.attrib.pop("title", ""):
        reading.wrong(
            f"The title '{title}' of a link would not be printed.",
            reading.line_of(title),
            "Write it in the text.",
        )
    if not _text(link).strip():
        line = reading.line_of(re.compile(r"(?<!!)\[\s*\]\("))
        reading.wrong("A link has no words.", line, "Write the words in [ ].")
    if any(int(number) in reading.tokens.links for number in TOKEN.findall(_text(link))):
        reading.wrong(
            "A fact that is itself a link stands in a link's words.",
            reading.line_of(href),
            "Write the fact alone; it becomes a link by itself.",
        )
    if href.startswith("#"):
        target = href[1:]
        if target.removeprefix("source-") in reading.references:
            return
        if not any(element.get("id") == target for element in root.iter()):
            reading.wrong(
                f"The link '{href}' leads nowhere.",
                reading.line_of(href),
                f"Add {{{href}}} after a heading, or correct the link.",
            )
    elif "\ue000" in href:
        reading.wrong(
            "A variable stands in a link's address.",
            reading.line_of(re.compile(r"\]\(\s*[^)\s]*\{\{")),
            "Write the variable alone; phones and addresses become links by themselves.",
        )
    elif not re.match(r"(https://|http://|mailto:|tel:)\S+$", href):
        reading.wrong(
            f"The link '{href}' is no web address.",
            reading.line_of(f"({href}") if href else reading.line_of("]()"),
            "Start it with 'https://', 'mailto:' or 'tel:', or '#' for a place in this leaflet.",
        )


def _finish_figure(figure: ET.Element, reading: Reading) -> None:
    line = int(figure.attrib.pop("data-line", "0")) or None
    pictures = list(figure.iter("img"))
    if len(pictures) != 1:
        reading.wrong(
            f"The block 'figure' holds {len(pictures)} pictures.",
            line,
            "Put one '![what it shows](file.png)' in it.",
        )
        return
    picture = pictures[0]
    name = picture.get("src", "")
    if not picture.get("alt", "").strip():
        reading.wrong(
            f"The picture '{name}' has no words for people who cannot see it.",
            line,
            "Write what it shows: '![what it shows](file.png)'.",
        )
    picture.attrib.pop("title", None)
    if name not in reading.leaflet.images:
        folder = reading.leaflet.path.rpartition("/")[0]
        hint = did_you_mean(name, reading.leaflet.images)
        reading.wrong(
            f"There is no usable picture '{name}' in {folder}.",
            line,
            hint if reading.leaflet.images else "Put the file there.",
        )
        return
    reading.images.add(name)
    picture.set("src", f"asset:figures/{name}")
    holder = next((child for child in figure if picture in list(child)), None)
    if holder is None or holder.tag != "p":
        reading.wrong(
            "The picture of a 'figure' stands inside a list or quotation.",
            line,
            "Put it on a line of its own.",
        )
        return
    if next(iter(figure)) is not holder or (holder.text or "").strip() or holder[0] is not picture:
        reading.wrong("Words stand before the picture.", line, "Put the caption below the picture.")
        return
    # What follows the picture in its own paragraph is the caption, with all its marks.
    holder.remove(picture)
    holder.text, picture.tail = (picture.tail or "").lstrip(), None
    if not _text(holder).strip():
        figure.remove(holder)
    figure.insert(0, picture)
    for caption in list(figure)[1:]:
        caption.tag = "figcaption" if caption.tag == "p" else caption.tag


def _finish_lists(root: ET.Element) -> None:
    for section in root.iter("section"):
        name = section.get("class", "").removeprefix("block block-")
        if name == "fill-in":
            for item in section.iter("li"):
                _fill_lines(item)
        elif name == "checklist":
            for item in section.iter("li"):
                box = ET.Element("span", {"class": "tick-box"})
                box.tail, item.text = item.text, None
                item.insert(0, box)


def _fill_lines(item: ET.Element) -> None:
    """A label, and empty lines or a box for a pen."""
    classes = item.get("class", "").split()
    lines = next((int(c[6:]) for c in classes if c.startswith("lines-")), 1)
    label = ET.Element("span", {"class": "fill-label"})
    label.text, item.text = (item.text or "").strip(), None
    for child in list(item):
        item.remove(child)
        label.append(child)
    item.append(label)
    item.set("class", " ".join(["fill", *classes]))
    if "box" in classes:
        ET.SubElement(item, "span", {"class": "fill-box"})
    for _ in range(0 if "box" in classes else lines):
        ET.SubElement(item, "span", {"class": "fill-line"})


def _finish_tables(root: ET.Element) -> None:
    """A box around each table, and row headers: the first cell of each body row."""
    for parent in list(root.iter()):
        for index, table in enumerate(list(parent)):
            if table.tag == "table":
                box = ET.Element("div", {"class": "table"})
                box.tail, table.tail = table.tail, None
                parent[index] = box
                box.append(table)
    for body in root.iter("tbody"):
        for row in body:
            if len(row) > 1 and _text(row[0]).strip():
                row[0].tag = "th"
                row[0].set("scope", "row")


def _finish_headings(root: ET.Element, reading: Reading) -> None:
    level = 1
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        if element.tag in HEADINGS:
            own = HEADINGS.index(str(element.tag)) + 1
            words = _text(element).strip()
            start = re.escape(words.split("\ue000")[0].strip()[:20])
            line = reading.line_of(re.compile(rf"^ {{0,3}}#{{{own}}}(?!#) *{start}"))
            if own == 1:
                reading.wrong(
                    "'#' is the title's level; the title stands in the front matter.",
                    line,
                    "Use '##'.",
                )
            elif own > 4:
                reading.wrong("Headings go down to '####' only.", line, "Use fewer #.")
            elif own > level + 1:
                reading.wrong(
                    f"This heading skips a level ({'#' * own} after {'#' * level}).",
                    line,
                    f"Use '{'#' * (level + 1)}'.",
                )
            if not words:
                reading.wrong("A heading has no words.", line, "Write them after the #.")
            level = own
            if not element.get("id"):
                element.set("id", _new_id(words, ids))
            ids.add(element.get("id"))
            if own == 2:
                inner = "".join([element.text or "", *(_text(c) + (c.tail or "") for c in element)])
                reading.headings.append((str(element.get("id")), inner.strip()))
        elif element.get("class") == "block-title":
            element.tag = f"h{min(level + 1, 4)}"


def _new_id(words: str, ids: set[str | None]) -> str:
    base = slugify_unicode(TOKEN.sub("", words), "-") or "section"
    name, number = base, 2
    while name in ids:
        name, number = f"{base}-{number}", number + 1
    return name


def _finish_footnotes(root: ET.Element, reading: Reading) -> None:
    """Footnotes stand at the end under a heading; links back only where they can be used."""
    notes = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
    items = notes.find("ol") if notes is not None else None
    if notes is None or items is None:
        return
    calls = [sup for sup in root.iter("sup") if sup.get("id", "").startswith("fnref")]
    called = {call[0].get("href", "").removeprefix("#") for call in calls}
    for item in list(items):
        if item.get("id") not in called:
            items.remove(item)  # its text was dropped by an 'only' block
    names = [item.get("id") for item in items]
    for call in calls:
        call[0].text = str(names.index(call[0].get("href", "").removeprefix("#")) + 1)
    if not names:
        root.remove(notes)
        return
    for rule in notes.findall("hr"):
        notes.remove(rule)
    title = ET.Element("p", {"class": "block-title"})
    title.text = str(reading.strings["footnotes"])
    notes.insert(0, title)
    for parent in list(notes.iter()):
        for link in [child for child in parent if child.get("class") == "footnote-backref"]:
            link.attrib.pop("title", None)
            link.text, link.tail = str(reading.strings["back_to_text"]), None
            if not reading.setting.links_back:
                parent.remove(link)
        # The parser leaves a mark of its own where a space stood before the link back.
        if parent.text:
            parent.text = parent.text.replace(NBSP_PLACEHOLDER, "\u00a0").rstrip("\u00a0")
        for child in parent:
            child.tail = child.tail and child.tail.replace(NBSP_PLACEHOLDER, "\u00a0")
