"""A page for each edition, named by its id: the web twin, with a banner once it stands no more.

The page of an edition that stands is the twin itself. When its words are superseded or withdrawn,
the page keeps them, and says so at its top, in its language, with a link to the present twin.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from foldwell.build.editions import Entry
from foldwell.content.edition import PAGES

MARK = "<!-- banner -->"
_MARKS = {"superseded": "superseded_mark", "withdrawn": "withdrawn_mark"}
_TOLD = {"superseded": "superseded_long", "withdrawn": "withdrawn_long"}
_TOP = '<main id="text"'


def own_page(entry: Entry) -> str:
    """Where the page of an edition stands, below the output folder."""
    return f"{PAGES}/{entry.id}.html"


def twin(entry: Entry) -> str:
    """Where the web twin of its leaflet stands."""
    return f"{entry.clinic}/{entry.language}/{entry.leaflet}.html"


def pages(output: Path, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """Path and content of each page that is not yet as it must be.

    Args:
        output: The output folder.
        entries: The register.
    """
    held = {entry.id: entry for entry in entries}
    for entry in entries:
        path = output / own_page(entry)
        was = path.read_bytes() if path.is_file() else b""
        if entry.state == "current" or (entry.state == "withdrawn" and not entry.present):
            source = output / twin(entry)
            if twin(entry) not in entry.files or not source.is_file():
                continue
            wanted = source.read_bytes()
        elif was:
            wanted = _with_banner(was, entry, held.get(entry.present))
        else:
            continue  # it was never made for the web
        if wanted != was:
            yield own_page(entry), wanted


def _with_banner(page: bytes, entry: Entry, present: Entry | None) -> bytes:
    from foldwell.typeset.templates import strings

    words = strings(entry.language)
    text = page.decode()
    if MARK in text:
        head, _, rest = text.partition(MARK)
        text = head + rest.partition(MARK)[2]
    said = words[_TOLD[entry.state]].format(date=_day(entry), reason=entry.reason)
    link = ""
    if present is not None:
        link = f' <a href="../{html.escape(twin(present))}">{html.escape(words["present_edition"])}'
        link += f" ({html.escape(present.id)})</a>"
    banner = (
        f'{MARK}<p class="status" role="note"><strong>'
        f"{html.escape(words[_MARKS[entry.state]])}.</strong> {html.escape(said)}{link}</p>{MARK}"
    )
    return text.replace(_TOP, banner + _TOP, 1).encode()


def _day(entry: Entry) -> str:
    import datetime

    from babel.dates import format_date

    day = datetime.date.fromisoformat(entry.since)
    # Which region's English it is does not matter to a month that is written out.
    pattern = "d MMMM y" if entry.language == "en" else "long"
    return str(format_date(day, pattern, locale=entry.language.replace("-", "_")))
