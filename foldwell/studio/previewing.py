"""The preview of words that are not saved: one file of one clinic, typeset by workers kept warm."""

from __future__ import annotations

import datetime
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from foldwell.build.drafts import draft_job, draft_leaflet
from foldwell.build.made import Made
from foldwell.build.workers import Workers
from foldwell.content.library import Library
from foldwell.errors import FoldwellError, Mistakes
from foldwell.studio.pictures import Line, Pictures, Sheet

WIDTH_PX = 760
KEPT = 24
_WORD = re.compile(r"[^\W_]+")
LEAST_SHARE = 0.6
"""How many words of a printed line must stand in a passage for it to be the passage's."""


@dataclass(frozen=True)
class Preview:
    """A typeset draft.

    Attributes:
        key: By which its pages are asked for.
        pages: They.
        notes: How the words were fitted.
        errors: What keeps it from being made, as (line, message); the last good pages stay then.
    """

    key: str = ""
    pages: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    errors: tuple[tuple[int | None, str], ...] = ()


class Previewer:
    """Typesets drafts, one at a time; a newer one of the same page overtakes those that wait.

    Args:
        pictures: Draws pages.
        today: Says which day it is.
    """

    def __init__(self, pictures: Pictures, today: Callable[[], datetime.date]) -> None:
        self._pictures, self._today = pictures, today
        self._workers = Workers(1)
        self._turn = threading.Lock()
        self._newest: dict[str, int] = {}
        self._kept: OrderedDict[str, Preview] = OrderedDict()

    def warm_up(self) -> None:
        """Let the workers start, from a thread that lives as long as the studio."""
        self._workers.start()
        self._workers.warm_up(1)

    def page(self, key: str, number: int) -> bytes | None:
        """The picture of a page of a preview; None if it is gone."""
        preview = self._kept.get(key)
        return preview.pages[number].png if preview and number < len(preview.pages) else None

    def preview(
        self,
        library: Library,
        leaflet: tuple[str, str],
        text: str,
        wanted: tuple[str, str, str],
        ticket: tuple[str, int] = ("", 0),
        width_px: int = WIDTH_PX,
    ) -> Preview | None:
        """Typeset a text that is not saved.

        Args:
            library: What there is.
            leaflet: Its slug and language.
            text: All of its file.
            wanted: The clinic, the format and the medium.
            ticket: Which page asks, and a number that grows with every change; what was
                overtaken while it waited gives None.
            width_px: How wide its pages are drawn.
        """
        who, number = ticket
        self._newest[who] = max(number, self._newest.get(who, 0))
        with self._turn:
            if self._newest[who] > number:
                return None
            try:
                read = draft_leaflet(library, *leaflet, text)
                job = draft_job(library, read, *wanted, self._today())
                outcomes = [made for _, made in self._workers.run([job]) if made is not None]
            except (FoldwellError, Mistakes) as error:
                return Preview(errors=tuple(_told(error)))
            made = outcomes[-1]
            if not isinstance(made, Made):
                errors = made if isinstance(made, tuple) else ()
                return Preview(errors=tuple(_told(Mistakes(errors))))
            said = repr((width_px, made.notes)).encode()
            key = hashlib.sha256(made.content + said).hexdigest()[:32]
            if key not in self._kept:
                try:
                    pages = self._pictures.drawn(made.content, width_px, words=True)
                except FoldwellError as error:
                    return Preview(errors=tuple(_told(error)))
                own = f"{job.order.name}: "  # the page says already what it shows
                notes = tuple(line.removeprefix(own) for _, line in made.notes)
                self._kept[key] = Preview(key, tuple(pages), notes)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]

    def close(self) -> None:
        """End the workers."""
        self._workers.close()


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
    return [
        [(line, printed) for printed in page.lines if (line := _line_of(printed, known))]
        for page in pages
    ]


def _line_of(printed: Line, known: Sequence[tuple[int, frozenset[str], str]]) -> int:
    words = [word.casefold() for word in _WORD.findall(printed.text)]
    if not words:
        return 0
    joined = " ".join(words)
    best, least = 0, LEAST_SHARE
    for line, held, whole in known:
        share = sum(word in held for word in words) / len(words) + (joined in whole)
        if share > least:
            best, least = line, share
    return best
