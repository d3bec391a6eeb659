"""Everything that changed between two states of a leaflet, gathered for a page or a PDF."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from foldwell.build.changed_pages import Pair, pairs
from foldwell.build.check_leaflets import one_a_region
from foldwell.build.differing import Change, FactChange, changed_facts, changes
from foldwell.build.former import clinics_of_both
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.build.plan import plan_edition
from foldwell.build.workers import Workers
from foldwell.content.edition import Edition
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.locales import right_to_left
from foldwell.errors import UsageError, did_you_mean
from foldwell.paper.formats import Format

State = tuple[Library, Leaflet]


@dataclass(frozen=True)
class Comparison:
    """Two states of a leaflet.

    Attributes:
        leaflet: As it is after.
        editions: For each clinic that is compared, the edition before and after.
        changes: What is said otherwise for any of them, numbers first.
        facts: The facts that any clinic prints otherwise.
    """

    leaflet: Leaflet
    editions: tuple[tuple[Edition, Edition], ...]
    changes: tuple[Change, ...]
    facts: tuple[FactChange, ...]


def compared(before: State, after: State, clinic: str, today: datetime.date) -> Comparison:
    """Compare two states of a leaflet, for one clinic or for the first of each region.

    Raises:
        UsageError: If there is no such clinic, or it was not there before.
    """
    both = list(clinics_of_both(before[0], after[0]))
    if clinic and clinic not in both:
        raise UsageError(
            f"There is no clinic '{clinic}' in both.", None, did_you_mean(clinic, both)
        )
    chosen = [clinic] if clinic else [slug for slug in one_a_region(after[0]) if slug in both]
    editions = tuple(_pair(before, after, slug, today) for slug in chosen)
    found = dict.fromkeys(change for was, now in editions for change in changes(was, now))
    facts = [
        fact
        for slug in ([clinic] if clinic else both)
        for fact in changed_facts(*_pair(before, after, slug, today))
    ]
    return Comparison(
        after[1],
        editions,
        tuple(sorted(found, key=lambda change: not change.numbers)),
        tuple(facts),
    )


def _pair(
    before: State, after: State, clinic: str, today: datetime.date
) -> tuple[Edition, Edition]:
    was, now = (plan_edition(*state, clinic, today) for state in (before, after))
    return was, now


def page_parts(
    comparison: Comparison, format_name: str, formats: dict[str, Format], workers: Workers
) -> Iterator[tuple[str, list[Pair], list[str]]]:
    """(name, pages, what is wrong) for each clinic that is compared.

    Args:
        comparison: What is compared.
        format_name: The format of the pages; empty for a sheet on the paper of each clinic.
        formats: All that there are.
        workers: Who typesets.

    Raises:
        UsageError: If there is no such format on the paper of a clinic.
    """
    for was, now in comparison.editions:
        paper = now.region.paper
        row = formats.get(format_name or paper)
        if row is None or paper not in row.geometry:
            raise UsageError(
                f"There is no format '{format_name or paper}' on the paper of '{now.clinic_slug}'.",
                None,
                did_you_mean(format_name, [n for n, f in formats.items() if paper in f.geometry]),
            )
        made, wrong = [], list[str]()
        for word, edition in (("before", was), ("now", now)):
            content, told = _typeset(edition, row, workers)
            made.append(content)
            wrong += [f"The pages {word} cannot be made: {line}" for line in told]
        drawn = pairs(made[0], made[1]) if made[0] and made[1] else []
        yield f"{now.clinic.name}, {row.name}", drawn, wrong


def _typeset(edition: Edition, row: Format, workers: Workers) -> tuple[bytes, list[str]]:
    outcomes = [made for _, made in workers.run([make_job(edition, row, "screen")]) if made]
    made = outcomes[-1] if outcomes else ()
    if isinstance(made, Made):
        return made.content, []
    return b"", [str(error) for error in made] if isinstance(made, tuple) else []


def sheet_values(
    comparison: Comparison,
    names: tuple[str, str],
    told: str,
    parts: Sequence[tuple[str, list[Pair], list[str]]],
) -> tuple[dict[str, Any], list[bytes]]:
    """What the template of the page and the PDF names, and its pictures."""
    pictures: list[bytes] = []

    def placed(png: bytes | None) -> int | None:
        if png is None:
            return None
        pictures.append(png)
        return len(pictures) - 1

    pages = []
    for name, drawn, wrong in parts:
        same = [str(pair.number) for pair in drawn if not pair.changed]
        notes = [*wrong, *([f"Nothing changed on page {', '.join(same)}."] if same else [])]
        shown = [
            {
                "number": pair.number,
                "told": _told(pair),
                "before": placed(pair.before),
                "after": placed(pair.after),
            }
            for pair in drawn
            if pair.changed
        ]
        pages.append({"name": name, "pairs": shown, "notes": notes})
    leaflet = comparison.leaflet
    values = {
        "title": leaflet.facts.title,
        "path": leaflet.path,
        "language": leaflet.language,
        "direction": "rtl" if right_to_left(leaflet.language) else "ltr",
        "before": names[0],
        "after": names[1],
        "told": told,
        "changes": [
            {"line": one.line, "numbers": one.numbers, "section": one.section,
             "parts": list(one.parts())}
            for one in comparison.changes
        ],
        "facts": comparison.facts,
        "pages": pages,
    }  # fmt: skip
    return values, pictures


def _told(pair: Pair) -> str:
    if pair.before is None or pair.after is None:
        return "the page is new" if pair.before is None else "the page is gone"
    if pair.looks:
        return "no word differs, and its look does (framed)"
    many = "" if pair.gone == 1 else "s"
    return f"{pair.gone} word{many} gone, {pair.new} new"
