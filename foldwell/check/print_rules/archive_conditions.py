"""Rule A1: a file for screens can be read aloud (PDF/UA-1) and kept (PDF/A-2a).

Held to both is what is made for screens; to either, every file that says it is that.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.archive import breaches, claims
from foldwell.check.kept import claims_to_be_kept, failings
from foldwell.check.subject import Subject
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

RULE = "A1"
_HINT = "Make the file again, from a source that says it."


def on_file(subject: Subject) -> Iterator[Finding]:
    """Every clause that the file breaks."""
    file = subject.file
    if subject.standard.medium == "screen" or claims_to_be_kept(file.pdf):
        for found in failings(file.pdf, file.streams):
            message = f"PDF/A-2a, {found.clause}: {found.message}"
            yield Finding(RULE, Severity.ERROR, message, _HINT, Place(page=found.page))
    if subject.standard.medium != "screen" and not claims(file.pdf):
        return
    if subject.standard.medium == "screen" and not str(file.pdf.Root.get("/Lang", "")):
        # Tags may say it one by one (7.2); a file of ours says it for all of its text as well.
        message = "PDF/UA-1, 7.2: The file does not say in which language it is (Lang)."
        yield Finding(RULE, Severity.ERROR, message, _HINT)
    for found in breaches(file.pdf, file.streams):
        message = f"PDF/UA-1, {found.clause}: {found.message}"
        yield Finding(RULE, Severity.ERROR, message, _HINT, Place(page=found.page))
