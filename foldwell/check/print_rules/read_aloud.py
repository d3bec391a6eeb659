"""Rules L9, L10 and L14: pictures in words, heads of tables, and characters without a glyph.

Files that are held to PDF/UA are told of all this by its clauses (rule A1), but for tables without
any head, which PDF/UA leaves to the author. Without tags a file says nothing of its pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from foldwell.check.archive import claims
from foldwell.check.archive_rules import alternatives, fonts, tables
from foldwell.check.archived import Archived, Breach
from foldwell.check.subject import Subject
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

PICTURES, TABLES, GLYPHS = "L9", "L10", "L14"
_CLAUSES: tuple[tuple[Callable[[Archived], Iterable[Breach]], tuple[str, ...], str, str], ...] = (
    (alternatives.breaches, ("7.3",), PICTURES, "Describe it, or mark it as an ornament."),
    (tables.breaches, ("7.2", "7.5"), TABLES, "Correct the table in its source."),
    (fonts.breaches, ("7.21.8",), GLYPHS, "Set it in a font that has it."),
)
"""Where each is found, its clauses, the rule, and what to do."""


def on_file(subject: Subject) -> Iterator[Finding]:
    """What cannot be read aloud, or read at all."""
    file = subject.file
    archived = Archived(file.pdf, file.streams)
    if subject.standard.medium != "screen" and not claims(file.pdf):
        for breaches, clauses, rule, hint in _CLAUSES:
            found = (one for one in breaches(archived) if one.clause in clauses)
            for one in dict.fromkeys(found):
                place = Place(page=one.page)
                yield Finding(rule, Severity.ERROR, one.message, hint, place)
    for table in archived.tags:
        if table.kind == "Table" and not any(tables.heads_of(table)):
            yield Finding(
                TABLES,
                Severity.ERROR,
                "A table has no head.",
                "Say in its source which row or column names the others.",
                Place(page=archived.page_of(table)),
            )
