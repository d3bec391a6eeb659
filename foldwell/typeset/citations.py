"""Numbered references: the full list in Vancouver style, and a short form for print.

The full list is made by citeproc-py with the style of the National Library of Medicine
(``templates/citations``), which is what Vancouver style means today.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from foldwell.carried import Carried, are_texts
from foldwell.content.references import Reference
from foldwell.shipped import templates_folder

STYLE = "nlm-citation-sequence.csl"

Markers = Literal["all", "few", "none"]
"""How many numbers of sources stand in the text: behind each statement, one behind each paragraph
outside boxes, or none. The list names every source in any case."""
MARKERS: dict[str, Markers] = {
    "web": "all",
    "booklet": "all",
    "sheet": "few",
    "small-sheet": "few",
    "panels": "few",
    "bilingual": "few",
    "large-print": "none",
    "poster": "none",
    "languages": "none",
    "card": "none",
}
"""The same by layout."""
STOPS = ".:;,!?"
_FREE = ("p", "ul", "ol", "dl")
"""What may carry a number where there are few; a box or table never does."""


def set_markers(root: ET.Element, markers: Markers) -> None:
    """Leave as many numbers of sources in a text as its layout has; those that stay are whole."""
    if markers == "few":
        _gather(root)
    elif markers == "none":
        _take_out(root)
    for mark in root.iter("sup"):
        if mark.get("class") == "cite" and len(mark):
            mark[:] = sorted(mark, key=lambda link: int(link.text or 0))
            for link in mark:
                link.tail = ","
            mark.text, mark[-1].tail = "[", "]"


def _gather(parent: ET.Element) -> None:
    """One number, or one list of them, at the end of each paragraph and list."""
    for child in parent:
        if child.tag == "blockquote" or (
            child.tag == "div" and child.get("class") not in ("table", "footnote")
        ):
            _gather(child)
            continue
        links = _take_out(child)
        if child.tag in _FREE and links:
            numbers = sorted(int(link.text or 0) for link in links.values())
            mark = ET.Element("sup", {"class": "cite"})
            mark.text = f"[{','.join(map(str, numbers))}]"  # one text, which no line end parts
            last = child if child.tag == "p" else list(child)[-1]
            _set_last(last[-1] if len(last) and last[-1].tag == "p" else last, mark)


def _take_out(element: ET.Element) -> dict[str, ET.Element]:
    """Take all numbers out of an element; what they led to, by its address."""
    links: dict[str, ET.Element] = {}
    for parent in list(element.iter()):
        for mark in [child for child in parent if child.get("class") == "cite"]:
            links |= {str(link.get("href")): link for link in mark}
            index = list(parent).index(mark)
            parent.remove(mark)
            _add_text(parent, index, mark.tail or "")
    return links


def _add_text(parent: ET.Element, index: int, text: str) -> None:
    """Put text before the child of some index."""
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _set_last(element: ET.Element, mark: ET.Element) -> None:
    """Put a number at the end of a text: before its full stop and bracket, where no line can begin.

    Behind a digit it would be read as part of the number, so there it comes after the stop.
    """
    last = element[-1] if len(element) else None
    text = (element.text if last is None else last.tail) or ""
    if last is not None and not text.strip():
        if last.tag in ("strong", "em", "span") and (last.text or len(last)):
            last.tail = None
            _set_last(last, mark)
        else:
            element.append(mark)
        return
    words, after = text.rstrip(), ""
    if words.endswith("\ue001") and words.rpartition("\ue000")[0].strip():
        # A fact at the end brings its own full stop; the number stands before that sentence.
        words = words.rpartition("\ue000")[0].rstrip()
        after = text.rstrip()[len(words) :]
    kept = words[:-2] if words.endswith(".)") else words.rstrip(STOPS)
    if not kept or kept[-1].isdigit() or kept[-1] in "\ue001)%":
        kept = words
    mark.tail = words[len(kept) :] + after or None
    if last is None:
        element.text = kept
    else:
        last.tail = kept
    element.append(mark)


def full_references(ids: Sequence[str], references: Mapping[str, Reference]) -> list[str]:
    """Each cited reference as HTML, in the order of citation; addresses are links."""
    if not ids:
        return []
    entries = json.dumps([_for_citeproc(references[name]) for name in ids])
    texts = _listed(entries)
    if len(texts) != len(ids):  # what was carried here is not the list
        texts = _styled(entries)
    return [_linked(text, references[name]) for text, name in zip(texts, ids, strict=True)]


_LISTS = Carried[tuple[str, ...]]("sources", are_texts)


@lru_cache(maxsize=64)
def _listed(entries: str) -> tuple[str, ...]:
    """CSL-JSON entries as the style writes them; all clinics of a leaflet share the list."""
    style = (templates_folder() / "citations" / STYLE).read_bytes()
    asked = hashlib.sha256(style + entries.encode()).hexdigest()
    return _LISTS.get(asked, "", lambda: _styled(entries))


def _styled(entries: str) -> tuple[str, ...]:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        # citeproc-py warns of CSL fields that it does not use, such as 'note'.
        warnings.simplefilter("ignore")
        known = json.loads(entries)
        source = CiteProcJSON(known)
        style = CitationStylesStyle(str(templates_folder() / "citations" / STYLE), validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for entry in known:
            bibliography.register(Citation([CitationItem(entry["id"])]))
        return tuple(re.sub(r"^\d+\.\s*", "", str(item)) for item in bibliography.bibliography())


def _for_citeproc(reference: Reference) -> Reference:
    """The entry without what is not for the full list: our notes, and the short label."""
    return {k: v for k, v in reference.items() if k not in ("note", "citation-label")}


def _linked(text: str, reference: Reference) -> str:
    """Addresses as links; one that the style leaves out is added."""
    doi, url = reference.get("DOI"), reference.get("URL")
    safe = html.escape(text)
    if doi and f"doi:{doi}" in text:
        target = html.escape(f"https://doi.org/{doi}")
        return safe.replace(
            html.escape(f"doi:{doi}"), f'<a href="{target}">doi:{html.escape(doi)}</a>'
        )
    if url and str(url).startswith(("https://", "http://")):
        link = f'<a href="{html.escape(url)}">{html.escape(url)}</a>'
        return safe.replace(html.escape(url), link) if url in text else f"{safe} {link}"
    return safe


def short_reference(reference: Reference, no_date: str) -> str:
    """Enough to find the entry in the full list: its CSL citation label, else name and year."""
    if label := reference.get("citation-label"):
        return str(label)
    authors = reference.get("author") or [{}]
    name = authors[0].get("family") or authors[0].get("literal") or reference["title"]
    parts = (reference.get("issued") or {}).get("date-parts") or [[None]]
    return f"{name} {parts[0][0] or no_date}"
