"""The preview of words that are not saved: one file of one clinic, set by a process kept warm."""

from __future__ import annotations

import datetime
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from foldwell.build.drafts import draft_job, draft_leaflet
from foldwell.build.glimpse import Glimpse, Glimpser
from foldwell.build.job import Job
from foldwell.build.page_pictures import Line, Sheet
from foldwell.content.library import Library
from foldwell.errors import FoldwellError, Mistakes

WIDTH_PX = 760
WIDTHS_PX = range(200, 1601)
KEPT = 160
"""How many pictures of pages are kept."""
_WORD = re.compile(r"[^\W_]+")
LEAST_SHARE = 0.6
"""How many words of a printed line must stand in a passage for it to be the passage's."""
FEW = 3
"""Fewer words than this may stand in any passage."""


@dataclass(frozen=True)
class Preview:
    """A typeset draft.

    Attributes:
        pages: Its pages; each is asked for by its digest.
        notes: How the words were fitted.
        errors: What keeps it from being made, as (line, message); the last good pages stay then.
    """

    pages: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[tuple[int | None, str], ...] = ()


Ticket = tuple[str, int]
"""Which page asks, and a number that grows with every change."""


class Previewer:
    """Typesets drafts, one at a time; a newer one of the same page overtakes those that wait.

    Args:
        today: Says which day it is.
    """

    def __init__(self, today: Callable[[], datetime.date]) -> None:
        self._today = today
        self._glimpser = Glimpser()
        self._turn = threading.Lock()
        self._newest: dict[str, int] = {}
        self._kept: OrderedDict[str, Sheet] = OrderedDict()

    def warm_up(self) -> None:
        """Let the process start, from a thread that lives as long as the studio."""
        self._glimpser.start()

    def page(self, digest: str) -> bytes | None:
        """The picture of a page; None if it is gone."""
        sheet = self._kept.get(digest)
        return sheet.png if sheet else None

    def preview(
        self,
        library: Library,
        leaflet: tuple[str, str],
        text: str,
        wanted: tuple[str, str, str],
        ticket: Ticket = ("", 0),
        width_px: int = WIDTH_PX,
    ) -> Preview | None:
        """Typeset a text that is not saved.

        Args:
            library: What there is.
            leaflet: Its slug and language.
            text: All of its file.
            wanted: The clinic, the format and the medium.
            ticket: Who asks; what was overtaken while it waited gives None.
            width_px: How wide its pages are drawn.
        """
        self._note(ticket)
        with self._turn:
            if self._is_old(ticket):
                return None
            try:
                job = self._job(library, leaflet, text, wanted)
                found = self._glimpser.glimpse(job, width_px, frozenset(self._kept))
            except (FoldwellError, Mistakes) as error:
                return Preview(errors=tuple(_told(error)))
            if not isinstance(found, Glimpse):
                return Preview(errors=tuple(_told(Mistakes(found))))
            own = f"{job.order.name}: "  # the page says already what it shows
            notes = tuple(line.removeprefix(own) for kind, line in found.notes if kind == "fit")
            return Preview(tuple(self._keep(found.pages)), notes)

    def examine(
        self,
        library: Library,
        leaflet: tuple[str, str],
        text: str,
        wanted: tuple[str, str, str],
        ticket: Ticket = ("", 0),
    ) -> Preview | None:
        """What keeps a text that was shown from going out as it is; no pages are in the answer."""
        with self._turn:
            if self._is_old(ticket):
                return None
            try:
                job = self._job(library, leaflet, text, wanted)
                found = self._glimpser.examine(job)
            except (FoldwellError, Mistakes) as error:
                return Preview(errors=tuple(_told(error)))
            wrong = [one for one in found if isinstance(one, FoldwellError)]
            if wrong:
                return Preview(errors=tuple(_told(Mistakes(wrong))))
            own = f"{job.order.name}: "
            return Preview(notes=tuple(str(one).removeprefix(own) for one in found))

    def close(self) -> None:
        """End the process."""
        self._glimpser.close()

    def _note(self, ticket: Ticket) -> None:
        who, number = ticket
        self._newest[who] = max(number, self._newest.get(who, 0))

    def _is_old(self, ticket: Ticket) -> bool:
        who, number = ticket
        return self._newest.get(who, 0) > number

    def _job(
        self, library: Library, leaflet: tuple[str, str], text: str, wanted: tuple[str, str, str]
    ) -> Job:
        read = draft_leaflet(library, *leaflet, text)
        return draft_job(library, read, *wanted, self._today())

    def _keep(self, pages: Sequence[Sheet]) -> Iterator[Sheet]:
        """The pages with the pictures that were there already; the oldest of all pictures go."""
        whole = [page if page.png else replace(self._kept[page.digest], size_mm=page.size_mm)
                 for page in pages]  # fmt: skip
        for page in whole:
            self._kept[page.digest] = page
            self._kept.move_to_end(page.digest)
            yield page
        while len(self._kept) > max(KEPT, len(whole)):
            self._kept.popitem(last=False)


def _told(error: FoldwellError | Mistakes) -> Iterator[tuple[int | None, str]]:
    for one in error.errors if isinstance(error, Mistakes) else (error,):
        line = one.place.line if one.place else None
        yield line, " ".join(filter(None, [one.message, one.hint]))


def passages(text: str) -> list[tuple[int, frozenset[str], str]]:
    """The passages of a leaflet's file: first line, its words, and the words one after another."""
    found: list[tuple[int, list[str]]] = []
    fresh, started = True, False
    for number, line in enumerate(text.split("\n"), 1):
        if number > 1 and line.strip() == "---" and not started:
            started, fresh = True, True
            continue
        words = [word.casefold() for word in _WORD.findall(re.sub(r"\{\{.*?\}\}", " ", line))]
        starts = re.match(r"\s*(?:[-*+]|\d+[.)]|#+|///)\s", line) is not None
        if not words:
            fresh = True
        elif fresh or starts or not started:
            found.append((number, words))
            fresh = False
        else:
            found[-1][1].extend(words)
    return [(line, frozenset(words), " ".join(words)) for line, words in found]


def places(text: str, pages: Sequence[Sheet]) -> list[list[tuple[int, Line]]]:
    """For each page the printed lines that come from a line of the file, with its number."""
    known = passages(text)
    return [list(_places_on(page, known)) for page in pages]


Passages = Sequence[tuple[int, frozenset[str], str]]


def _places_on(page: Sheet, known: Passages) -> Iterator[tuple[int, Line]]:
    line = 0
    for printed in page.lines:
        line = _line_of(printed, known, line)
        if line:
            yield line, printed


def _line_of(printed: Line, known: Passages, before: int) -> int:
    """The line of the passage that some printed words are of; of few words, only if it is sure."""
    words = [word.casefold() for word in _WORD.findall(printed.text)]
    if not words:
        return 0
    joined = " ".join(words)
    if len(words) < FEW:
        held_by = [line for line, _, whole in known if f" {joined} " in f" {whole} "]
        alike = [line for line, _, whole in known if whole == joined]
        if before in held_by:
            return before
        sure = alike or (held_by if len(held_by) == 1 else [])
        return sure[0] if sure else 0
    best, least = 0, LEAST_SHARE
    for line, held, whole in known:
        share = sum(word in held for word in words) / len(words) + (joined in whole)
        if share > least:
            best, least = line, share
    return best
