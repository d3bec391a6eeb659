"""Whether a file can be read aloud and kept: the conditions of PDF/UA-1, clause by clause.

The rules are the modules of ``archive_rules``, found by their being there. Each is a function
``breaches`` of an ``Archived`` file; what it gives names the clause of ISO 14289-1.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pikepdf import Pdf, Stream

from foldwell.check import archive_rules
from foldwell.check.archived import Archived, Breach
from foldwell.check.marked import OPERATORS
from foldwell.check.xmp import PDFUA
from foldwell.pdf.content_stream import Streams

_RULES = [
    import_module(f"{archive_rules.__name__}.{module.name}").breaches
    for module in iter_modules(archive_rules.__path__)
]


def claims(pdf: Pdf) -> bool:
    """Whether a file says that it is PDF/UA, be it in words of its own."""
    stream = pdf.Root.get("/Metadata")
    return isinstance(stream, Stream) and PDFUA.encode() in stream.read_bytes()


def breaches(pdf: Pdf, streams: Streams | None = None) -> list[Breach]:
    """Every clause of PDF/UA-1 that a file breaks, once for each page and message.

    Args:
        pdf: The file.
        streams: Its content streams, where they were read before.
    """
    return breaches_of(Archived(pdf, streams or Streams(OPERATORS)))


def breaches_of(archived: Archived) -> list[Breach]:
    """The same of a file whose every operator can be read."""
    return list(dict.fromkeys(found for rule in _RULES for found in rule(archived)))
