"""Numbered references: the full list in Vancouver style, and a short form for print.

The full list is made by citeproc-py with the style of the National Library of Medicine
(``templates/citations``), which is what Vancouver style means today.
"""

from __future__ import annotations

import html
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from foldwell.content.references import Reference
from foldwell.shipped import templates_folder

STYLE = "nlm-citation-sequence.csl"


def full_references(ids: Sequence[str], references: Mapping[str, Reference]) -> list[str]:
    """Each cited reference as HTML, in the order of citation; addresses are links."""
    if not ids:
        return []
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
        source = CiteProcJSON([_for_citeproc(references[name]) for name in ids])
        style = CitationStylesStyle(str(templates_folder() / "citations" / STYLE), validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for name in ids:
            bibliography.register(Citation([CitationItem(name)]))
        texts = [re.sub(r"^\d+\.\s*", "", str(item)) for item in bibliography.bibliography()]
    return [_linked(text, references[name]) for text, name in zip(texts, ids, strict=True)]


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
    if url and str(url).startswith("https://"):
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


def drop_citations(root: ET.Element) -> None:
    """Take the citations out of the text, for a layout that has no room to name sources."""
    for parent in list(root.iter()):
        before: ET.Element | None = None
        for child in list(parent):
            if child.get("class") != "cite":
                before = child
            elif before is None:
                parent.text = (parent.text or "") + (child.tail or "")
                parent.remove(child)
            else:
                before.tail = (before.tail or "") + (child.tail or "")
                parent.remove(child)
