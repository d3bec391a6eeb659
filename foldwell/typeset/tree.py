"""Finishing the tree that Markdown made: lists to write on, figures, tables, headings, parts.

The parts are written as HTML and cleaned with nh3, as a second wall behind the checks.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import nh3
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.toc import slugify_unicode

from foldwell.errors import did_you_mean
from foldwell.typeset.tree_checks import text_of
from foldwell.typeset.variables import TOKEN

if TYPE_CHECKING:
    from foldwell.typeset.markup import Reading


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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
    "li": {"value", "style"},
    "ol": {"start", "style"},
    "td": {"style"},
    "th": {"style", "scope"},
}


_STYLES = {"text-align", "counter-reset", "counter-increment", "list-style-type"}


_SCHEMES = {"http", "https", "mailto", "tel", "asset"}


def number_citations(root: ET.Element, reading: Reading) -> None:
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


def take_apart(root: ET.Element, reading: Reading) -> None:
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


def finish_figure(figure: ET.Element, reading: Reading) -> None:
    """Check one figure, and set its picture and caption apart."""
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
    if not text_of(holder).strip():
        figure.remove(holder)
    figure.insert(0, picture)
    for caption in list(figure)[1:]:
        caption.tag = "figcaption" if caption.tag == "p" else caption.tag


def finish_lists(root: ET.Element) -> None:
    """Give lists to fill in their lines, and checklists their boxes."""
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


def finish_tables(root: ET.Element) -> None:
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
            if len(row) > 1 and text_of(row[0]).strip():
                row[0].tag = "th"
                row[0].set("scope", "row")


def name_headings(root: ET.Element) -> None:
    """Give every heading a name for links."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        if element.tag in HEADINGS:
            if not element.get("id"):
                element.set("id", _new_id(text_of(element).strip(), ids))
            ids.add(element.get("id"))


def finish_headings(root: ET.Element, reading: Reading) -> None:
    """Hold the order of headings, and give block titles a level."""
    level = 1
    for element in root.iter():
        if element.tag in HEADINGS:
            own = HEADINGS.index(str(element.tag)) + 1
            words = text_of(element).strip()
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
            if own == 2:
                inner = "".join(
                    [element.text or "", *(text_of(c) + (c.tail or "") for c in element)]
                )
                reading.headings.append((str(element.get("id")), inner.strip()))
        elif element.get("class") == "block-title":
            element.tag = f"h{min(level + 1, 4)}"
    for parent in root.iter():
        for heading, after, third in zip(parent, parent[1:], [*parent[2:], None], strict=False):
            # A heading keeps two lines with it (rule L13); one short line alone is not enough.
            chained = third is None or third.tag in HEADINGS
            short = after.tag == "p" and len(text_of(after)) < SHORT_PARAGRAPH
            if heading.tag in ("h2", "h3", "h4") and short and not chained:
                after.set("class", f"{after.get('class', '')} with-next".strip())


def _new_id(words: str, ids: set[str | None]) -> str:
    base = slugify_unicode(TOKEN.sub("", words), "-") or "section"
    name, number = base, 2
    while name in ids:
        name, number = f"{base}-{number}", number + 1
    return name


SHORT_PARAGRAPH = 60
"""A paragraph of fewer characters may be a single line in the widest column."""


def finish_footnotes(root: ET.Element, reading: Reading) -> None:
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
        call[0].text = _letter(names.index(call[0].get("href", "").removeprefix("#")))
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


def _letter(index: int) -> str:
    """Notes are called by letters, because numbers are the sources'."""
    return "abcdefghijklmnopqrstuvwxyz"[index % 26] * (index // 26 + 1)
