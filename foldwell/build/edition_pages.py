"""A page for each edition, named by its id: the web twin, with a banner once it stands no more.

The page of an edition that stands is the twin itself. When its words are superseded or withdrawn,
the page keeps them, and says so at its top, in its language, with a link to the present twin.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from foldwell.build.editions import Entry
from foldwell.content.edition import PAGES
from foldwell.errors import FoldwellError, Mistakes, Place

MARK = "<!-- banner -->"
"""Stands before and after a banner, and in web.html around what a withdrawn twin says itself."""
_BANNER = re.compile(f"(?s){MARK}.*?{MARK}")
_MARKS = {"superseded": "superseded_mark", "withdrawn": "withdrawn_mark",
          "discontinued": "superseded_mark"}  # fmt: skip
_TOLD = {"superseded": "superseded_long", "withdrawn": "withdrawn_long"}
_TOP = '<main id="text"'


def own_page(entry: Entry) -> str:
    """Where the page of an edition stands, below the output folder."""
    return f"{PAGES}/{entry.id}.html"


def twin(entry: Entry) -> str:
    """Where the web twin of its leaflet stands."""
    return f"{entry.clinic}/{entry.language}/{entry.leaflet}.html"


def pages(
    output: Path, entries: Sequence[Entry], made: Collection[str]
) -> Iterator[tuple[str, bytes]]:
    """Path and content of each page that is not yet as it must be.

    Args:
        output: The output folder.
        entries: The register.
        made: The ids of the editions whose twins are as this very build makes them.

    Raises:
        Mistakes: After all others, with the pages that have no place for a banner.
    """
    held = {entry.id: entry for entry in entries}
    mistakes: list[FoldwellError] = []
    for entry in entries:
        path = output / own_page(entry)
        was = path.read_bytes() if path.is_file() else b""
        if entry.state == "current" or (entry.state == "withdrawn" and entry.id in made):
            wanted = standing_page(output, entry)
        elif page := was or (standing_page(output, entry) if entry.state == "withdrawn" else b""):
            try:
                wanted = _with_banner(page, entry, held.get(entry.present))
            except FoldwellError as error:
                mistakes.append(error)
                continue
        else:
            continue  # it was never made for the web
        if wanted not in (was, b""):
            yield own_page(entry), wanted
    if mistakes:
        raise Mistakes(mistakes)


def standing_page(output: Path, entry: Entry) -> bytes:
    """The page of an edition that stands; empty if it has no twin, or that of another is there.

    It is the twin, whose links to the twins in other languages are led there from its own folder.
    """
    path = output / twin(entry)
    content = path.read_bytes() if twin(entry) in entry.files and path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != entry.files.get(twin(entry)):
        return b""
    leads = re.compile(rf'href="\.\./(?=[^"/]+/{re.escape(entry.leaflet)}\.html")'.encode())
    return leads.sub(f'href="../{entry.clinic}/'.encode(), content)


def _with_banner(page: bytes, entry: Entry, present: Entry | None) -> bytes:
    from foldwell.typeset.templates import strings

    words = strings(entry.language)
    text = _BANNER.sub("", page.decode("utf-8", "replace"))
    top = text.find(_TOP)
    if top < 0:
        raise FoldwellError(
            f"This page must say '{words[_MARKS[entry.state]]}', and has no '{_TOP}' to say it"
            " above.",
            Place(own_page(entry)),
            f"Keep '{_TOP}' in your web.html. Put it into this page by hand, or delete the page.",
        )
    told = words[_TOLD[entry.state]] if entry.state in _TOLD else "{date}"
    said = told.format(date=_day(entry), reason=entry.reason)
    link = ""
    if present is not None:
        link = f' <a href="../{html.escape(twin(present))}">{html.escape(words["present_edition"])}'
        link += f" ({html.escape(present.id)})</a>"
    mark = html.escape(words[_MARKS[entry.state]])
    banner = (
        f'{MARK}<aside class="status" aria-labelledby="stands"><strong id="stands">{mark}.</strong>'
        f" {html.escape(said)}{link}</aside>{MARK}"
    )
    return f"{text[:top]}{banner}{text[top:]}".encode()


def _day(entry: Entry) -> str:
    import datetime

    from babel.dates import format_date

    day = datetime.date.fromisoformat(entry.since)
    # Which region's English it is does not matter to a month that is written out.
    pattern = "d MMMM y" if entry.language == "en" else "long"
    return str(format_date(day, pattern, locale=entry.language.replace("-", "_")))
