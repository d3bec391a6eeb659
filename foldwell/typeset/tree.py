"""Finishing the tree that Markdown made: lists to write on, figures, tables, parts.

The parts are written as HTML and cleaned with nh3, as a second wall behind the checks.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from foldwell.content.pasted_lists import TICKS
from foldwell.errors import did_you_mean
from foldwell.typeset.cleaning import clean
from foldwell.typeset.reading import Reading
from foldwell.typeset.tree_checks import text_of

SIX = 6
"""Picture steps that fill two panels of a fold, three on each; a list may be cut between them."""


def number_citations(root: ET.Element, reading: Reading) -> None:
    """Number the sources in the order in which the text cites them.

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


def note_pictures(root: ET.Element, reading: Reading) -> None:
    """Note the icons and the larger drawings that the text shows."""
    for element in root.iter("span"):
        for name in element.get("class", "").split():
            if name.startswith("icon-"):
                reading.icons.add(name.removeprefix("icon-"))
            elif name.startswith("drawing-"):
                reading.drawings.add(name.removeprefix("drawing-"))


def take_apart(root: ET.Element, reading: Reading) -> None:
    """The parts of the text: lead, main, and the panels that have a place of their own."""
    parts = dict.fromkeys(["lead", "main", *sorted(reading.setting.take)], "")
    pieces: dict[str, list[str]] = {name: [] for name in parts}
    for child in root:
        name = child.attrib.pop("data-panel", "")
        own, whole = [*map(_html, child)] if name else [], ""
        if name in reading.setting.take:
            whole = "".join(own)
        else:
            starts = child.tag == "h2" and child.get("class") != "block-title"
            name = "main" if parts["main"] or starts else "lead"
            whole = _html(child)
        parts[name] += whole
        pieces[name] += own or [whole]
    reading.parts = parts
    reading.pieces = {name: tuple(own) for name, own in pieces.items()}


def _html(element: ET.Element) -> str:
    text = ET.tostring(element, encoding="unicode", method="html")
    return clean(text)


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
    """Give lists to fill in their lines, checklists their boxes, and steps their pictures."""
    for items in root.iter("ul"):
        for item in items:
            _tick_as_bullet(item)
    for section in root.iter("section"):
        name = section.get("class", "").removeprefix("block block-")
        if name == "fill-in":
            for items in section.iter("ul"):
                items.text = None
            for item in section.iter("li"):
                item.tail = None  # they may stand side by side, with nothing between them
                _fill_lines(item)
        elif name == "checklist":
            for item in section.iter("li"):
                box = ET.Element("span", {"class": "tick-box"})
                box.tail, item.text = item.text, None
                item.insert(0, box)
        elif name == "steps":
            for steps in section.iter("ol"):
                if _picture_steps(steps):
                    section.set("class", f"{section.get('class')} wide")


def _tick_as_bullet(item: ET.Element) -> None:
    """Let a tick or cross that begins an item of a list stand where its bullet would."""
    holder = item[0] if len(item) and item[0].tag == "p" else item
    words = (holder.text or "").lstrip()
    if not words.startswith(tuple(TICKS)):
        return
    item.set("class", "ticked")
    tick = ET.Element("span", {"class": "tick"})
    tick.text, tick.tail, holder.text = words[0], words[1:], None
    holder.insert(0, tick)


def _picture_steps(steps: ET.Element) -> bool:
    """Steps that each begin with an icon become pictures with a sentence below."""
    items = [item[0] if len(item) and item[0].tag == "p" else item for item in steps]
    starts = [
        len(item) > 0
        and not (item.text or "").strip()
        and item[0].get("class", "").startswith("icon icon-")
        for item in items
    ]
    if not items or not all(starts):
        return False
    count = "many" if len(items) > SIX else "six" if len(items) == SIX else "few"
    steps.set("class", f"pictures {count}")
    steps.text = None
    for step, item in zip(steps, items, strict=True):
        icon, *rest = list(item)
        name = icon.get("class", "").removeprefix("icon icon-")
        picture = ET.Element("span", {"class": f"step-picture drawing-{name}"})
        words = ET.Element("span", {"class": "step-words"})
        words.text = (icon.tail or "").lstrip()
        words.extend(rest)
        if not words.text and rest and rest[0].tag == "strong" and text_of(rest[0])[-1:] in ".!?:":
            rest[0].set("class", "step-head")  # a whole phrase has a line of its own
        for child in list(item):
            item.remove(child)
        item.text = None
        item.extend([picture, words])
        step.tail = None  # nothing but the pictures stands in their rows
    return True


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
