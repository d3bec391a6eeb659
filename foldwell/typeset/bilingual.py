"""Two languages side by side: one row a block, so that both say the same at the same height.

Each half has its own language and direction. The second one's words come from an edition of its
own, with its own interface words, facts and notes; its sources have the numbers of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.typeset import templates
from foldwell.typeset.citations import MARKERS
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.foreign import BESIDE
from foldwell.typeset.pictures import Assets, pictures
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.reading import Words
from foldwell.typeset.template_values import values_of
from foldwell.typeset.timeline_parts import print_timelines
from foldwell.typeset.typography import polish

ORDER = ("lead", "main", "back")
"""The parts of a text; what is for other panels stands where it was written."""
LAYOUT = "bilingual"
_START = re.compile(r"<(\w+)(?:[^>]*? class=\"([^\"]*)\")?")
_NAMES = re.compile(r'(\bid="|\bhref="#)(?!source-)')
_OF_STATUS = ("status_foot", "mark_word")


@dataclass(frozen=True)
class Both:
    """What the second language adds to a page.

    Attributes:
        words: The words of the first, with the sources and icons of both.
        sheet: The style sheet of the second one's drawings.
    """

    words: Words
    sheet: str


def set_beside(
    edition: Edition,
    words: Words,
    values: dict[str, Any],
    format_name: str,
    purpose: Purpose,
    column_mm: float,
    assets: Assets,
) -> Both:
    """Set the edition that stands beside another into rows with it.

    Args:
        edition: The first, which knows the second.
        words: Its words.
        values: Those of its templates, to which rows and notes of both are added.
        format_name: The format.
        purpose: What the pages are for.
        column_mm: The width of a half.
        assets: Where pictures go.

    Raises:
        Mistakes: If one of the two is older than the other, or they are not built alike.
    """
    second = edition.beside
    if second is None:
        raise _refused(
            edition, "There is no second language to set it beside.", "Name it in a run."
        )
    for one in (edition, second):
        if one.leaflet.stale:
            what = (
                "A translation of older words is set beside no other: they would not say the same."
            )
            raise _refused(one, what, "Translate what changed, then run 'foldwell translate done'.")
    own = read_edition(
        second, format_name, purpose.medium, frozenset(["back"]), MARKERS[LAYOUT],
        numbered=words.citations,
    )  # fmt: skip
    theirs = values_of(second, own, format_name, purpose.medium) | {
        name: values[name] for name in ("layout", "folded", "tiny")
    }
    # One code, at the head, leads to both languages: none stands in the contact cards.
    sheet = print_timelines(second, own, theirs, LAYOUT, column_mm, assets, "-beside")
    for name, asset in pictures(second, own, unconverted=purpose.bleeds).items():
        assets.setdefault(name, asset)
    if edition.status != edition.own_status:  # the second alone keeps it from patients
        values |= {name: theirs[name] for name in _OF_STATUS}
    for each, of in ((words, values), (own, theirs)):
        for token in each.contacts:
            each.tokens.fill(token, templates.render("parts/contact.html", edition.overrides, of))
    numbers = {name: number for number, name in enumerate(own.citations)}
    values["short_sources"] = sorted(
        {**dict(values["short_sources"]), **dict(theirs["short_sources"])}.items(),
        key=lambda source: numbers[source[0]],
    )
    halves = _Halves(edition, second, values["t"], theirs["t"])
    values |= {
        "rows": Markup("".join(_rows(edition, words, own, halves))),
        "titles": halves.pair(*_rendered("title", edition, values, theirs), "titles"),
        "about": halves.pair(*_rendered("about", edition, values, theirs)),
        "both_ids": (edition.id, second.id),
        "beside_foot": theirs["status_foot"] if theirs["status"] else "",
    }
    notes = (_note(values["status_long"]), _note(theirs["status_long"]))
    values["notes"] = halves.pair(*notes) if any(notes) else ""
    both = replace(
        words,
        citations=own.citations,
        icons=tuple(sorted({*words.icons, *own.icons})),
        drawings=tuple(sorted({*words.drawings, *own.drawings})),
        contacts=(),
    )
    return Both(both, sheet)


def _refused(edition: Edition, message: str, hint: str) -> Mistakes:
    return Mistakes([FoldwellError(message, Place(edition.leaflet.path, 1), hint)])


def _rendered(
    part: str, edition: Edition, values: dict[str, Any], theirs: dict[str, Any]
) -> tuple[str, str]:
    name = f"parts/{'bilingual-title' if part == 'title' else part}.html"
    first, second = (templates.render(name, edition.overrides, of) for of in (values, theirs))
    return first, second


def _note(text: str) -> str:
    return f'<p class="status">{Markup.escape(text)}</p>' if text else ""


class _Halves:
    """Makes rows of two halves, each with its own language and direction."""

    def __init__(
        self, edition: Edition, second: Edition, strings: dict[str, Any], theirs: dict[str, Any]
    ) -> None:
        self._tags = [
            # The half stands where the page's direction puts it; the words inside have their own.
            f'<div class="half"><div class="own" lang="{one.tag}" '
            f'dir="{"rtl" if one.right_to_left else "ltr"}">'
            for one in (edition, second)
        ]
        self._strings = (strings, theirs)
        self._prefix = f"{second.leaflet.language.lower()}-"

    def pair(self, first: str, second: str, kind: str = "") -> Markup:
        """One row."""
        apart = _NAMES.sub(rf"\1{self._prefix}", polish(second, self._strings[1]))
        return Markup(
            f'<div class="{f"pair {kind}".strip()}">{self._tags[0]}'
            f"{polish(first, self._strings[0])}</div></div>"
            f"{BESIDE[0]}{self._tags[1]}{apart}</div></div>{BESIDE[1]}</div>"
        )


def _rows(edition: Edition, words: Words, own: Words, halves: _Halves) -> Iterator[str]:
    """The rows of both texts: a heading stands with what follows it, a list with its sentence."""
    second = edition.beside
    assert second is not None
    for part in ORDER:
        first, other = words.pieces.get(part, ()), own.pieces.get(part, ())
        if [*map(_kind, first)] != [*map(_kind, other)]:
            what = f"It is not built like {edition.leaflet.path}, beside which it is to be set."
            raise _refused(second, what, "Have the same headings, lists and blocks in both.")
        gathered: list[tuple[str, str]] = []
        begins = False
        for index, (one, two) in enumerate(zip(first, other, strict=True)):
            tag = _kind(one)[0]
            begins |= tag in ("h2", "section")
            gathered.append((words.tokens.replace(one), own.tokens.replace(two)))
            follower = _kind(first[index + 1])[0] if index + 1 < len(first) else ""
            announces = tag == "p" and follower in ("ul", "ol")
            if not (follower and (tag in ("h2", "h3", "h4") or announces)):
                ours, others = ("".join(texts) for texts in zip(*gathered, strict=True))
                yield halves.pair(ours, others, "begins side" if begins else "")
                gathered, begins = [], False


def _kind(piece: str) -> tuple[str, str]:
    match = _START.match(piece)
    return (match[1], match[2] or "") if match else ("", "")
