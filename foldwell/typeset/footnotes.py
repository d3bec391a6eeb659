"""Finishing footnotes: letters in place of numbers, and the way back."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.extensions.footnotes import NBSP_PLACEHOLDER

from foldwell.typeset.reading import Reading


def finish_footnotes(root: ET.Element, reading: Reading) -> None:
    """Footnotes stand at the end under a heading; links back only where they can be used."""
    notes = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
    items = notes.find("ol") if notes is not None else None
    if notes is None or items is None:
        return
    calls = [sup for sup in root.iter("sup") if sup.get("id", "").startswith("fnref")]
    # In the order in which the text calls them, however the writer put them down; a note that
    # nothing calls was called from an 'only' block that was dropped.
    names = list(dict.fromkeys(call[0].get("href", "").removeprefix("#") for call in calls))
    by_name = {item.get("id", ""): item for item in items}
    items[:] = [by_name[name] for name in names]
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
