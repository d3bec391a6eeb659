"""Whether a file can be kept for decades: the conditions of PDF/A-2a, clause by clause.

The rules are the modules of ``keeping_rules``, found by their being there; what they give names
the clause of ISO 19005-2. Tags, languages and fonts, which PDF/UA-1 asks for in the same way, are
not asked for twice. The types of single metadata properties are not looked at.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pikepdf import Pdf, Stream

from foldwell.check import keeping_rules
from foldwell.check.archived import Archived, Breach
from foldwell.check.xmp import PDFA
from foldwell.pdf.content_stream import Streams

_RULES = [
    import_module(f"{keeping_rules.__name__}.{module.name}").breaches
    for module in iter_modules(keeping_rules.__path__)
]


def claims_to_be_kept(pdf: Pdf) -> bool:
    """Whether a file says that it is PDF/A, be it in words of its own."""
    stream = pdf.Root.get("/Metadata")
    return isinstance(stream, Stream) and PDFA.encode() in stream.read_bytes()


def failings(pdf: Pdf, streams: Streams | None = None) -> list[Breach]:
    """Every clause of PDF/A-2a that a file breaks, once for each page and message.

    Args:
        pdf: The file.
        streams: Its content streams, where they were read before.
    """
    return failings_of(Archived(pdf, streams or Streams()))


def failings_of(archived: Archived) -> list[Breach]:
    """The same of a file whose every operator can be read."""
    return list(dict.fromkeys(found for rule in _RULES for found in rule(archived)))
