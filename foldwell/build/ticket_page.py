"""The page of a job ticket: typeset, or its words put into one that was typeset before."""

from __future__ import annotations

from foldwell.build.kept_file import Pages, stood
from foldwell.build.variable import FILES, VariableFile
from foldwell.pdf.opening import in_memory
from foldwell.press.finishing import save
from foldwell.typeset.engine import typeset_again
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.strokes import noting
from foldwell.typeset.variable.words import Said, said_by

KIND = "ticket"
"""What files of tickets are kept by, beside their shape."""


def ticket_page(source: PageSource) -> bytes:
    """The page of a job ticket as a file.

    Raises:
        Mistakes: As ``typeset`` does.
    """
    said = said_by(source)
    files = FILES.find(f"{KIND} {said.shape}") if is_on() else []
    for file in files:
        if file.proven and (found := file.filled(said)):
            return found[0]
    typeset = typeset_again(source)
    with noting() as noted:
        raw = typeset.write(packed=False)
    content, master = _finished(raw), typeset.master
    if master is None or not is_on():
        return content
    pages = Pages(typeset.document, lambda _: [], said, _finished)
    kept = master.standing.get(KIND)
    if kept is None:
        if kept := stood(pages, raw, noted, content, content):
            master.standing[KIND], kept.passed = kept, True
        return content
    if kept.fields is None or kept.lacks(said):
        kept.learn(pages, content)
        if learned := kept.variable():
            FILES.keep(f"{KIND} {kept.said.shape}", learned)
        return content
    _prove(files, said, content)
    return content


def _prove(files: list[VariableFile], said: Said, content: bytes) -> None:
    """Hold files with fields to one that was made as a whole."""
    for file in files:
        if not file.proven and (found := file.filled(said)):
            file.proven = found[0] == content


def _finished(raw: bytes) -> bytes:
    with in_memory(raw) as pdf:
        return save(pdf)
