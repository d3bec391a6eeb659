"""Editions for formats that more than one language stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from foldwell.content.edition import Edition
from foldwell.content.interface_words import SOURCE
from foldwell.content.leaflet import Leaflet
from foldwell.content.settings import Run
from foldwell.paper.formats import Format


def edition_for(
    row: Format,
    run: Run,
    edition: Edition,
    texts: Mapping[str, Leaflet],
    planned: Callable[[Leaflet], Edition],
) -> tuple[Edition | None, str]:
    """The edition that a format is made of, and why it is not made, if there is a reason.

    Args:
        row: The format; where it has room for one language, the edition stays as it is.
        run: What it is asked for by.
        edition: The edition in its own language.
        texts: The leaflet in all its languages.
        planned: Makes the edition of another of them for the same clinic.

    Returns:
        None for an edition that makes none: the language that others stand beside, and all
        languages but one where one sheet lists them all.
    """
    language = edition.leaflet.language
    if row.bilingual:
        if language == run.beside:
            return None, ""
        if run.beside not in texts:
            return edition, f"it is not there in '{run.beside}', to be set beside"
        return replace(edition, beside=planned(texts[run.beside])), ""
    if row.layout == "languages":
        listed = sorted((language, *edition.twins), key=lambda one: (one != SOURCE, one))
        if language != listed[0]:
            return None, ""
        if not edition.twins or not edition.web_pages:
            return edition, "it has no web pages in several languages ('web_pages' says where)"
        titles = tuple((one, str(texts[one].facts.title)) for one in listed)
        return replace(edition, titles=titles), ""
    return edition, ""
