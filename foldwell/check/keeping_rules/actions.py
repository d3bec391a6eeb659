"""What happens by itself or on a click: nothing but going somewhere (6.4 and 6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary

from foldwell.check.archived import Archived, Breach, named

_NAMED = frozenset("/NextPage /PrevPage /FirstPage /LastPage".split())
_REFUSED = frozenset(
    "/Launch /Sound /Movie /Hide /ResetForm /ImportData /JavaScript /SetOCGState /Rendition /Trans"
    " /GoTo3DView /SetState /NOP".split()
)
_ASKED = named(" ".join(name[1:] for name in _REFUSED) + " Named Widget FT")
"""The names of which one is in all that may break a rule here."""


def breaches(file: Archived) -> Iterator[Breach]:
    """Scripts, programs, sounds, and what starts them."""
    root = file.pdf.Root
    names = root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        yield Breach("6.5.1", "The file holds scripts (JavaScript).")
    if "/AA" in root:
        yield Breach("6.5.2", "Something happens by itself when the file is opened (AA).")
    for number, page in enumerate(file.pdf.pages, 1):
        if "/AA" in page.obj:
            yield Breach("6.5.2", "Something happens by itself on the page (AA).", number)
    for item in file.naming(_ASKED):
        if isinstance(item, Dictionary):
            yield from (Breach(clause, message) for clause, message in _of(item))
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if bool(form.get("/NeedAppearances", False)):
            yield Breach("6.4.1", "A viewer is told to draw the form anew (NeedAppearances).")
        if "/XFA" in form:
            yield Breach("6.4.2", "The file holds a form of another kind (XFA).")
    if bool(root.get("/NeedsRendering", False)):
        yield Breach("6.4.2", "The file is drawn while it is read (NeedsRendering).")


def _of(item: Any) -> Iterator[tuple[str, str]]:
    kind = str(item.get("/S", "")) if "/P" not in item else ""
    if kind in _REFUSED:
        yield "6.5.1", f"An action does what may not be kept ({kind[1:]})."
    elif kind == "/Named" and str(item.get("/N", "")) not in _NAMED:
        yield "6.5.1", f"An action does what may not be kept ({str(item.get('/N', ''))[1:]})."
    if str(item.get("/Subtype", "")) == "/Widget" or "/FT" in item:
        if "/A" in item:
            yield "6.4.1", "A field of a form does something (A)."
        if "/AA" in item:
            yield "6.5.2", "A field of a form does something by itself (AA)."
