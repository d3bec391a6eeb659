"""The page of a job ticket: typeset, or its words put into one that was typeset before."""

from __future__ import annotations

from foldwell.build.kept_file import Pages, stood
from foldwell.build.variable import FILES, TICKET, page_with_fields
from foldwell.pdf.opening import in_memory
from foldwell.press.finishing import save
from foldwell.typeset.engine import typeset_again
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.strokes import noting
from foldwell.typeset.variable.words import Said, said_by


def ticket_page(source: PageSource) -> bytes:
    """The page of a job ticket as a file.

    Raises:
        Mistakes: As ``typeset`` does.
    """
    said = said_by(source)
    if is_on() and (filled := page_with_fields(source, said)):
        return filled
    typeset = typeset_again(source)
    with noting() as noted:
        raw = typeset.write(packed=False)
    content, master = _finished(raw), typeset.master
    if master is None or not is_on():
        return content
    pages = Pages(typeset.document, lambda _: [], said, _finished)
    kept = master.standing.get(TICKET)
    if kept is None:
        if kept := stood(pages, raw, noted, content, content):
            master.standing[TICKET], kept.passed = kept, True
        return content
    if kept.fields is None or kept.lacks(said):
        kept.learn(pages, content)
        if learned := kept.variable():
            FILES.keep(f"{TICKET} {kept.said.shape}", learned)
        return content
    _prove(f"{TICKET} {said.shape}", said, content)
    return content


def _prove(key: str, said: Said, content: bytes) -> None:
    """Hold files with fields to one that was made as a whole."""
    for file in FILES.find(key):
        if file.proven or not (found := file.filled(said)):
            continue
        if found[0] == content:
            FILES.proved(key, file)
        else:
            FILES.forget(key, file)


def _finished(raw: bytes) -> bytes:
    with in_memory(raw) as pdf:
        return save(pdf)
