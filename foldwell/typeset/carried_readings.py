"""Readings that are carried from build to build: what Markdown made of a text, and what it asked.

What was read is kept by all that it hangs on, as plain values. They are held to the leaflet again
when they come back: that what they show is clean and is there, and no mark stands for nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from foldwell.carried import Carried, is_text
from foldwell.content.interface_words import Plural
from foldwell.errors import FoldwellError
from foldwell.remembered import Remembered
from foldwell.typeset.cleaning import clean
from foldwell.typeset.reading import Reading
from foldwell.typeset.timeline import Row, Span, Timeline, check_order, read_span
from foldwell.typeset.tokens import TOKEN

Plain = tuple[dict[int, tuple[object, ...]], dict[str, bool], tuple[str, ...], dict[str, Any]]
"""Values of tokens, conditions, pieces that were added, and what was found."""


def _is_reading(value: object) -> bool:
    kinds = (dict, dict, tuple, dict)
    return type(value) is tuple and tuple(map(type, value)) == kinds


_READINGS = Carried[Plain]("readings", _is_reading, (Timeline, Row, Span))
_TABLES: Remembered[str] = Remembered()


def table_of(text: str, reading: Reading) -> str:
    """All that a reading without mistakes hangs on, but for what it asks on its way."""
    setting, leaflet = reading.setting, reading.leaflet
    same = (leaflet, setting.known, reading.strings, reading.references, reading.known_icons)
    shared = _TABLES.get(same, (), lambda: _shared(reading))
    own = (
        sorted(setting.conditions["region"]), sorted(setting.take), setting.links_back,
        setting.markers, reading.citations,
    )  # fmt: skip
    return hashlib.sha256(f"{shared} {own!r} {text}".encode()).hexdigest()


def _shared(reading: Reading) -> str:
    leaflet, known = reading.leaflet, reading.setting.known
    facts = (
        leaflet.language,
        leaflet.text,
        sorted(leaflet.images),
        sorted((kind, sorted(names)) for kind, names in known.items()),
        [(name, _told(words)) for name, words in sorted(reading.strings.items())],
        sorted(reading.references),
        sorted(reading.known_icons),
    )
    return hashlib.sha256(repr(facts).encode(errors="surrogateescape")).hexdigest()


def _told(words: object) -> object:
    return words.forms if isinstance(words, Plural) else words  # the forms are what is read


def carried(table: str, reading: Reading) -> list[Plain]:
    """The readings of a table that can have been made of that text."""
    found = _READINGS.answers(table).values()
    return [one for one in found if _is_sound(one, reading)]


def carry(table: str, plain: Plain) -> None:
    """Have a reading carried to later builds."""
    question = repr((sorted(plain[0].items()), sorted(plain[1].items())))
    _READINGS.keep(table, hashlib.sha256(question.encode()).hexdigest(), plain)


def _is_sound(plain: Plain, reading: Reading) -> bool:
    """Whether a reading from a stranger's folder shows nothing that ours could not."""
    values, held, added, found = plain
    before = len(reading.tokens.pieces)
    try:
        own = {f"\ue000{before + number}\ue001" for number in range(len(added))}
        texts = [*_texts(found)]
        headings = [text for heading in found["headings"] for text in heading]
        return (
            all(type(number) is int and 0 <= number < before for number in values)
            and all(map(is_text, (*held, *texts, *headings)))
            and all(len(heading) == 2 for heading in found["headings"])
            and not any(added)
            and own.issuperset([*found["contacts"], *found["timelines"]])
            and _are_known(found, reading)
            and all(clean(text) == text for text in texts)
            and _are_filled((*texts, *headings), before + len(added))
            and _are_drawn(found["timelines"], reading.strings)
        )
    except (KeyError, TypeError, ValueError, AttributeError, FoldwellError):
        return False


def _texts(found: Mapping[str, Any]) -> Iterable[str]:
    yield from found["parts"].values()
    for pieces in found["pieces"].values():
        yield from pieces


def _are_known(found: Mapping[str, Any], reading: Reading) -> bool:
    icons = reading.known_icons
    return (
        {*found["parts"]} == {*found["pieces"]} == {"lead", "main", *reading.setting.take}
        and {*found["citations"]} <= {*reading.references}
        and {*found["icons"]} <= icons
        and {*found["drawings"]} <= icons
        and {*found["images"]} <= {*reading.leaflet.images}
    )


def _are_filled(texts: Iterable[str], count: int) -> bool:
    """Whether each token stands for something."""
    return all(int(number) < count for text in texts for number in TOKEN.findall(text))


def _are_drawn(timelines: Mapping[str, Timeline], strings: Mapping[str, Any]) -> bool:
    """Whether timelines have the lengths that they name."""
    for timeline in timelines.values():
        for row in timeline.rows:
            check_order(row)
            spans = (row.starts, row.worst, row.over)
            if any(read_span(span.words, strings) != span for span in spans):
                return False
    return True
