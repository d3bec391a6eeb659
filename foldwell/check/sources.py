"""Whether claims and sources stand together: who stands behind each sentence, and who does not.

A machine cannot read a paper. It can see that a statement cites nothing, that it cites a source
which the project's evidence knows for something else, and that a fact has not been looked at in
time. Every reference needs a person to open it before print; its note says how well it is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from foldwell.check.passages import Passage, Sort
from foldwell.check.statements import Statement, statements, states, texts_by_format
from foldwell.content.edition import Edition
from foldwell.content.evidence import Forbidden, NeverPrint, compiled
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

UNSOURCED, MISFIT, NEVER, STALE, MISSING = "C1", "C2", "C3", "C4", "C5"
"""A statement has a source; it is for it; words never printed; dated facts; what must be said."""


def sources_report(edition: Edition) -> list[str]:
    """Each sentence of an edition with its sources, and how well each is known, as lines."""
    lines = []
    for item in statements(edition):
        lines.append(f"{edition.leaflet.path}:{item.line}: [{item.kind.value}] {item.text}")
        for name in item.sources:
            note = str(edition.references.get(name, {}).get("note") or "no note")
            record = edition.records.get(name)
            lines.append(f"    {name}: {note}{record.told if record else ''}")
    return lines


def reviewer_points(edition: Edition) -> list[str]:
    """What a clinician still has to decide or open before an edition is printed, as lines."""
    region = edition.clinic.region
    unopened = [
        f"'{name}' of the region '{region}' was written on {fact.written}; nobody has opened its"
        f" sources since. Open them, then set 'reviewed'."
        for name, fact in edition.unchecked.items()
    ]
    return [*edition.leaflet.facts.for_the_reviewer, *unopened]


def find_never(text: str, slug: str, region: str, never: NeverPrint) -> list[tuple[str, str]]:
    """(words, why) of everything in a text that a leaflet may never say."""
    lists = _forbidden(never.for_leaflet(slug, region))
    return [one for items in lists for one in _never_in(text, items)]


_Forbidden = tuple[tuple[str, str], ...]


def _forbidden(items: Sequence[Forbidden]) -> tuple[_Forbidden, _Forbidden]:
    """(pattern, why) of what holds everywhere, and of what holds in a region."""
    everywhere = tuple((item.pattern, item.why) for item in items if item.region is None)
    return everywhere, tuple((item.pattern, item.why) for item in items if item.region)


@lru_cache(maxsize=4096)  # regions have most of their sentences in common
def _never_in(text: str, forbidden: _Forbidden) -> tuple[tuple[str, str], ...]:
    plain = " ".join(text.split())
    return tuple(
        (found.group(), why)
        for pattern, why in forbidden
        for found in compiled(pattern).finditer(plain)
    )


def unsourced(said: Sequence[Statement], edition: Edition) -> Iterator[Finding]:
    """Statements without a source (C1).

    What a sentence does is told by English words, so that in other languages it is a question.
    """
    path, english = edition.leaflet.path, edition.leaflet.language.partition("-")[0] == "en"
    for item in said:
        if item.needs_source and not item.sources:
            yield Finding(
                UNSOURCED,
                Severity.ERROR if english else Severity.WARNING,
                f"'{item.text}' has no source.",
                "Cite one, or take the sentence away.",
                Place(path, item.line),
            )


def misfits(said: Sequence[Statement], edition: Edition) -> Iterator[Finding]:
    """Sources that stand behind what they are not known for (C2)."""
    evidence = edition.held_to.evidence
    path, region = edition.leaflet.path, edition.clinic.region
    if not evidence:
        return
    for line, sources, text in _groups(said):
        for name in sources:
            known = evidence.get(name)
            if known is None:
                message = f"'{name}' is cited, but 'content/evidence.yml' does not know it."
            elif found := _first(known.never, text):
                message = f"'{name}' is cited for '{found}', which it is not for."
            elif known.region not in (None, region):
                message = f"'{name}' is a source for '{known.region}', and this is for '{region}'."
            elif not _first(known.says, text):
                message = f"'{name}' is known for something else: {', '.join(known.says)}."
            else:
                continue
            yield Finding(
                MISFIT,
                Severity.ERROR,
                message,
                f"It stands behind '{text[:90]}'. Open it, and correct one of the two.",
                Place(path, line),
            )


def _groups(said: Sequence[Statement]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """What one marker stands behind: neighbours with the same sources, as one text."""
    line, words = 0, ""
    sources: tuple[str, ...] = ()
    for item in said:
        if words and item.sources == sources and sources:
            words += f" {item.text}"
            continue
        if sources:
            yield line, sources, words
        line, sources, words = item.line, item.sources, item.text
    if sources:
        yield line, sources, words


def never(
    said: Sequence[Statement], read: Sequence[Passage], edition: Edition
) -> Iterator[Finding]:
    """Words that are never printed (C3): in sentences, headings, questions, tables and titles.

    Args:
        said: The sentences.
        read: All passages, also those that state nothing.
        edition: The edition.
    """
    listed = edition.held_to.never.for_leaflet(edition.leaflet.slug, edition.clinic.region)
    lists, told = _forbidden(listed), set[tuple[int | None, str]]()
    for line, text in _printed(said, read, edition):
        for words, why in (one for each in lists for one in _never_in(text, each)):
            if (line, words) in told:
                continue
            told.add((line, words))
            yield Finding(
                NEVER,
                Severity.ERROR,
                f"'{words}' is never printed: {why}.",
                "Say it another way, or leave it out.",
                Place(edition.leaflet.path, line),
            )


def _printed(
    said: Sequence[Statement], read: Sequence[Passage], edition: Edition
) -> Iterator[tuple[int | None, str]]:
    """(line, text) of all that a leaflet prints in its own words."""
    facts = edition.leaflet.facts
    yield from ((None, text) for text in (facts.title, facts.subtitle, facts.action) if text)
    yield from ((item.line, item.text) for item in said)
    for passage in read:
        if passage.sort in (Sort.HEADING, Sort.TITLE) or not states(passage):
            yield from ((passage.line, text) for text in passage.sentences)


def stale(edition: Edition) -> Iterator[Finding]:
    """Facts of the region that were not checked again in time (C4)."""
    for name, fact in edition.stale.items():
        since = "checked" if fact.reviewed else "written"
        yield Finding(
            STALE,
            Severity.ERROR,
            f"'{name}' of the region '{edition.clinic.region}' was {since} on {fact.day} and"
            f" was to be checked{' again' if fact.reviewed else ''} by {fact.due}.",
            "Look whether it still holds, then set 'reviewed'.",
            Place(f"content/regions/{edition.clinic.region}.yml"),
        )


def missing(read: Sequence[Passage], edition: Edition) -> Iterator[Finding]:
    """What must be said and is not (C5), with the formats that lack it."""
    slug, region, must = edition.leaflet.slug, edition.clinic.region, edition.held_to.must
    lacking: dict[str, list[str]] = {}
    for name, text in texts_by_format(edition, read).items():
        for pattern in must.for_leaflet(slug, region, name):
            if not _says(pattern, text):
                lacking.setdefault(pattern, []).append(name)
    for pattern, names in lacking.items():
        yield Finding(
            MISSING,
            Severity.ERROR,
            f"The leaflet does not say '{pattern}' for the region '{region}' ({', '.join(names)}).",
            "Say it, or have a clinician agree to change 'content/must-say.yml'.",
            Place(edition.leaflet.path),
        )


def _first(patterns: Sequence[str], text: str) -> str:
    found = (compiled(pattern).search(text) for pattern in patterns)
    return next((match.group() for match in found if match), "")


@lru_cache(maxsize=4096)  # most formats say the same
def _says(pattern: str, text: str) -> bool:
    return compiled(pattern).search(text) is not None
