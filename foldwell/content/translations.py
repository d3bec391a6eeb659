"""Translations: none goes out that is older than its source, or says other numbers (rule F9)."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from foldwell.content.interface_words import SOURCE
from foldwell.content.leaflet import Leaflet
from foldwell.content.section_items import Item, items
from foldwell.content.sections import FACTS, Section, sections, stale
from foldwell.content.words_groups import grouped, short
from foldwell.errors import FoldwellError, Place

LIKE = ("number", "dose", "fact", "source", "icon", "address", "bold")
"""What is the same in every language."""
UNTRANSLATED = 3
"""So many words that are those of the source are no translation."""


def left_out(
    leaflets: Mapping[str, dict[str, Leaflet]], broken: Collection[str], today: datetime.date
) -> dict[str, tuple[FoldwellError, ...]]:
    """Take away the translations that must not go out, and mark those that nobody has checked.

    A text beside which no source stands, sound or broken, and that names none, is an original of
    its own.

    Args:
        leaflets: By slug, then by language.
        broken: The files that cannot be read.
        today: Which decides whether what is accepted still is.

    Returns:
        For each file that was left out, why.
    """
    found: dict[str, tuple[FoldwellError, ...]] = {}
    for slug, texts in leaflets.items():
        alone = SOURCE not in texts and source_path(slug) not in broken
        for language, leaflet in [*texts.items()]:
            original = leaflet.facts.translation is None and alone
            if original or language == SOURCE:
                continue
            if errors := (*mistakes(leaflet, texts, today),):
                found[leaflet.path] = errors
                del texts[language]
            else:
                texts[language] = marked(leaflet, texts)
    return found


def source_path(slug: str) -> str:
    """Where the source of a leaflet stands."""
    return f"content/leaflets/{slug}/{SOURCE}.md"


def without_source(translation: Leaflet, language: str) -> FoldwellError:
    """Why a translation does not go out whose source does not, either."""
    return FoldwellError(
        f"Its source '{language}.md' is not there or has mistakes.",
        Place(translation.path, 1),
        "A translation goes out only beside its source.",
    )


def mistakes(
    translation: Leaflet, texts: Mapping[str, Leaflet], today: datetime.date
) -> Iterator[FoldwellError]:
    """Why a translation must not go out.

    Args:
        translation: A text that is not the source.
        texts: The leaflet in all its languages.
        today: Which decides whether what is accepted still is.
    """
    facts, path = translation.facts.translation, translation.path
    if facts is None:
        yield FoldwellError(
            "This translation does not say which text it was made from.",
            Place(path, 1),
            f"Compare it with the source, then run 'foldwell translate done {translation.slug}"
            f" {translation.language} --name NAME'.",
        )
        return
    source = texts.get(facts.of)
    if source is None:
        yield without_source(translation, facts.of)
        return
    parts, own = sections(source), sections(translation)
    # Its pages have to say of which day it is.
    by = facts.accepted_by if facts.day else None
    accepted = by is not None and by.date <= today <= by.expires
    changed = stale(facts.sections, parts)
    if changed and not accepted:
        for section in changed:
            place = own[min(section.position, len(own) - 1)].line
            yield FoldwellError(
                f"The section '{section.label}' of {source.path} is {section.what} since this"
                " translation was made.",
                Place(path, place),
                "Translate what changed ('foldwell translate status"
                f" {translation.slug}' shows it), then run 'foldwell translate done'.",
            )
    # A translation of older words, which somebody answers for, cannot be held to the new ones.
    if not changed:
        yield from unlike(source, translation, parts, own)


def unlike(
    source: Leaflet,
    translation: Leaflet,
    parts: tuple[Section, ...],
    own: tuple[Section, ...],
) -> Iterator[FoldwellError]:
    """Where a translation is not built like its source, or has other numbers in it."""
    path = translation.path
    for name in FACTS:
        was, now = getattr(source.facts, name), getattr(translation.facts, name)
        if bool(was) != bool(now):
            side = source if was else translation
            message = f"The fact '{name}' is only in {side.path}."
            yield FoldwellError(message, Place(path, 1), "Give it in both, or in neither.")
        elif was and now:
            yield from item_mistakes(Item(name, was, 1), Item(name, now, 1), path, name != "title")
    if {*source.facts.variables} != {*translation.facts.variables}:
        hint = "Give the same names in both."
        yield FoldwellError("Its 'variables' are not those of its source.", Place(path, 1), hint)
    for name, was in source.facts.variables.items():
        if now := translation.facts.variables.get(name):
            yield from item_mistakes(Item(name, was, 1), Item(name, now, 1), path, False)
    for there, here in zip(parts[1:], own[1:], strict=False):
        if there.kind != here.kind:
            yield _other_shape(
                path, here.line, f"'{here.label}'", f"'{there.label}'", source, there
            )
            return
        yield from _section_mistakes(source, there, here, path)
    if len(parts) != len(own):
        more, longer = (own, "this translation") if len(own) > len(parts) else (parts, source.path)
        extra = more[min(len(own), len(parts))]
        line = extra.line if more is own else own[-1].line
        message = f"The section '{extra.label}' is only in {longer}."
        yield FoldwellError(message, Place(path, line), "Have the same sections in both.")


def _section_mistakes(
    source: Leaflet, there: Section, here: Section, path: str
) -> Iterator[FoldwellError]:
    was, now = items(there), items(here)
    for before, after in zip(was, now, strict=False):
        if before.kind != after.kind:
            yield _other_shape(path, after.line, after.kind, before.kind, source, there)
            return
        yield from item_mistakes(before, after, path, True)
    if len(was) != len(now):
        extra = (was if len(was) > len(now) else now)[min(len(was), len(now))]
        side = source.path if len(was) > len(now) else "this translation"
        message = f"'{here.label}': a {extra.kind} is only in {side}: '{_start(extra.text)}'."
        line = extra.line if len(now) > len(was) else here.line
        yield FoldwellError(message, Place(path, line), "Have the same in both.")


def _other_shape(
    path: str, line: int, now: str, was: str, source: Leaflet, there: Section
) -> FoldwellError:
    return FoldwellError(
        f"Here stands {now}, where {source.path} has {was} (line {there.line} on).",
        Place(path, line),
        "Keep headings, blocks, lists and steps as they are in the source.",
    )


def item_mistakes(was: Item, now: Item, path: str, in_full: bool) -> Iterator[FoldwellError]:
    """What differs between one item and its translation that must not.

    Args:
        was: The item of the source.
        now: The item of the translation.
        path: The file of the translation, for messages.
        in_full: Whether words that are those of the source are a mistake.
    """
    before, after = was.facts, now.facts
    place = Place(path, now.line)
    for name in LIKE:
        if name == "dose" and (before["number"] != after["number"] or not after["dose"]):
            continue  # told already, or in units that are not known in its language
        if before[name] == after[name]:
            continue
        lost, new = before[name] - after[name], after[name] - before[name]
        told = "; ".join(
            part
            for part in (
                f"{_named(lost, name)} of the source {_is(lost)} missing" if lost else "",
                f"{_named(new, name)} {_is(new)} not in the source" if new else "",
            )
            if part
        )
        hint = "A number that is wrong can harm: correct it." if name in ("number", "dose") else (
            "Keep what is the same in every language."
        )  # fmt: skip
        yield FoldwellError(f"'{_start(now.text)}': {told}.", place, hint)
    if in_full and len(now.words) >= UNTRANSLATED and now.words == was.words:
        message = f"'{_start(now.text)}' is not translated yet."
        yield FoldwellError(message, place, "Translate it.")


def _named(counted: Counter[str], name: str) -> str:
    if name == "bold":
        return "a bold passage"
    many = "s" if len(counted) > 1 else ""
    return f"the {name}{many} {', '.join(sorted(counted))}"


def _is(counted: Counter[str]) -> str:
    return "are" if len(counted) > 1 else "is"


def _start(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


def words_of(translation: Leaflet) -> str:
    """The hash of what a checker stands behind: a translation's own words, beside their source."""
    facts = translation.facts.translation
    pins = [pin.split(" ")[0] for pin in facts.sections] if facts else []
    own = [section.hash for section in sections(translation)]
    total = hashlib.sha256(f"{' '.join(own)}\n{' '.join(pins)}".encode())
    return short(grouped(total.digest()))


def marked(translation: Leaflet, texts: Mapping[str, Leaflet]) -> Leaflet:
    """A translation that knows whether it is checked, and whether its source has changed since."""
    facts = translation.facts.translation
    source = texts.get(facts.of) if facts else None
    if facts is None or source is None:
        return translation
    old = bool(stale(facts.sections, sections(source)))
    day = facts.day if old else None
    return replace(translation, checked=checked(translation), stale=old, older=day)


def checked(translation: Leaflet) -> bool:
    """Whether somebody has compared the present words of a translation with its source."""
    facts = translation.facts.translation
    if facts is None:
        return True
    return facts.checked_by is not None and facts.checked_by.words == words_of(translation)
