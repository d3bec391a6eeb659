"""The page of a job ticket: typeset, or its words put into one that was typeset before."""

from __future__ import annotations

from foldwell.build.kept_file import Pages, stood
from foldwell.build.variable import FILES, key_of_ticket, ticket_with_fields
from foldwell.pdf.opening import in_memory
from foldwell.press.finishing import save
from foldwell.typeset.engine import typeset_again
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.strokes import noting
from foldwell.typeset.variable.words import said_by

TICKET = "ticket"
"""What the page of a ticket, and its kind, are kept by with what it is stamped from."""


def ticket_page(source: PageSource, kind: str) -> bytes:
    """The page of a job ticket as a file.

    Args:
        source: The page.
        kind: Of what kind of file it is. These come one after another: the last one is kept.

    Raises:
        Mistakes: As ``typeset`` does.
    """
    if is_on() and (filled := ticket_with_fields(source, kind)):
        return filled
    typeset = typeset_again(source)
    with noting() as noted:
        raw = typeset.write(packed=False)
    content, master = _finished(raw), typeset.master
    if master is None or not is_on():
        return content
    said = said_by(source)
    key = key_of_ticket(said, kind)
    pages = Pages(typeset.document, lambda _: [], said, _finished)
    known, kept = master.standing.get(TICKET) or ("", None)
    if kept is None or known != key:
        if kept := stood(pages, raw, noted, content, content):
            master.standing[TICKET], kept.passed = (key, kept), True
        return content
    if kept.fields is None or kept.lacks(said):
        kept.learn(pages, content)
        if learned := kept.variable():
            FILES.keep(key, learned)
        return content
    for file in FILES.find(key):
        if file.proven or not (found := file.filled(said)):
            continue
        if found[0] == content:
            FILES.proved(key, file)
        else:
            FILES.forget(key, file)
    return content


def _finished(raw: bytes) -> bytes:
    with in_memory(raw) as pdf:
        return save(pdf)
