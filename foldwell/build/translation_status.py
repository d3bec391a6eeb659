"""How far each translation is: as a table, as JSON and as a page."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from foldwell.build.differing import Change
from foldwell.build.translating import kept_source, read_alone, source_alone
from foldwell.content.interface_words import LANGUAGES, SOURCE
from foldwell.content.library import Library
from foldwell.content.locales import own_name
from foldwell.content.sections import sections, stale
from foldwell.content.translations import checked, unlike
from foldwell.errors import Mistakes


@dataclass(frozen=True)
class Standing:
    """How far one translation is.

    Attributes:
        leaflet: Its slug.
        language: BCP 47 code.
        state: ``missing``, ``broken``, ``not pinned``, ``stale``, ``accepted``, ``unchecked`` or
            ``done``.
        translated_by: Who made it, and when.
        checked_by: Who compared its present words with the source, and when.
        changes: For each section that changed in the source, its name and the words that did.
        mistakes: What is unlike the source, or cannot be read.
    """

    leaflet: str
    language: str
    state: str
    translated_by: str = ""
    checked_by: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    mistakes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it goes out, be it as a draft."""
        return self.state in ("done", "unchecked", "accepted")


def standings(root: Path, library: Library, slugs: Iterable[str] = ()) -> list[Standing]:
    """Every leaflet in every language that the project has, but the source.

    Args:
        root: The project.
        library: What there is.
        slugs: Only these leaflets; empty for all.
    """
    files = (root / "content/leaflets").glob("*/*.md")
    languages = sorted({path.stem for path in files} & {*LANGUAGES} - {SOURCE})
    wanted = [*slugs] or [*library.leaflets]
    return [
        _standing(root, library, slug, language)
        for slug in wanted
        for language in languages
        if SOURCE in library.leaflets.get(slug, {})
    ]


def _standing(root: Path, library: Library, slug: str, language: str) -> Standing:
    source = source_alone(root, library, slug)
    path = f"content/leaflets/{slug}/{language}.md"
    if not (root / path).exists():
        return Standing(slug, language, "missing")
    try:
        own = read_alone(root, library, slug, language)
    except Mistakes as mistakes:
        return Standing(slug, language, "broken", mistakes=tuple(map(str, mistakes.errors)))
    facts = own.facts.translation
    parts = sections(source)
    if facts is None:
        found = tuple(map(str, unlike(source, own, parts, sections(own))))
        return Standing(slug, language, "not pinned", mistakes=found)
    translated, checker = (
        f"{one.name}, {one.date}" if one else "" for one in (facts.translated_by, facts.checked_by)
    )
    if changed := stale(facts.sections, parts):
        before, unread = _kept(root, path)
        old = {pin.partition(" ")[2]: before.get(pin.split(" ")[0], "") for pin in facts.sections}
        hashes = [pin.split(" ")[0] for pin in facts.sections]
        changes = []
        for section in changed:
            was = old.get(section.label, "")
            if section.what == "changed" and section.position < len(hashes) and not was:
                was = before.get(hashes[section.position], "")
            now = "" if section.what == "gone" else parts[section.position].text
            change = Change(section.label, " ".join(was.split()), " ".join(now.split()), 0)
            changes.append((section.label, _near(change.marked())))
        accepted = language in library.leaflets[slug]
        state = "accepted" if accepted else "stale"
        return Standing(slug, language, state, translated, checker, tuple(changes), unread)
    found = tuple(map(str, unlike(source, own, parts, sections(own))))
    if found:
        return Standing(slug, language, "broken", translated, checker, mistakes=found)
    state = "done" if checked(own) else "unchecked"
    return Standing(slug, language, state, translated, checker if state == "done" else "")


def _kept(root: Path, path: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The words it was made from, or why they cannot be shown."""
    try:
        return kept_source(root, path), ()
    except Mistakes as mistakes:
        return {}, tuple(map(str, mistakes.errors))


NEAR = 6
"""So many words are shown around a change."""


def _near(marked: str) -> str:
    """A text with its changes, without the words that are far from any."""
    words = marked.split(" ")
    inside, depth = [], 0
    for word in words:
        depth += word.count("[-") + word.count("{+")
        inside.append(depth > 0)
        depth -= word.count("-]") + word.count("+}")
    kept = [any(inside[max(0, n - NEAR) : n + NEAR + 1]) for n in range(len(words))]
    out: list[str] = []
    for word, keep in zip(words, kept, strict=True):
        if keep:
            out.append(word)
        elif out[-1:] != ["…"]:
            out.append("…")
    return " ".join(out)


def status_table(found: list[Standing]) -> str:
    """The standings as lines for a terminal."""
    lines = []
    for one in found:
        by = [f"translated by {one.translated_by}"] if one.translated_by else []
        by += [f"checked by {one.checked_by}"] if one.checked_by else []
        lines.append(f"{one.leaflet}, {one.language}: " + "; ".join([one.state, *by]))
        lines += [f"  {label}: {words}" for label, words in one.changes]
        lines += [f"  {mistake}" for mistake in one.mistakes]
    return "\n".join(lines)


def status_json(found: list[Standing]) -> str:
    """The standings for programs."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)


def status_html(found: list[Standing]) -> str:
    """The standings as a page of its own."""
    rows = []
    for one in found:
        details = [f"<b>{html.escape(a)}</b>: {html.escape(b)}" for a, b in one.changes]
        details += map(html.escape, one.mistakes)
        cells = (html.escape(x) for x in (one.leaflet, own_name(one.language), one.state,
                                          one.translated_by, one.checked_by))  # fmt: skip
        listed = "".join(f"<li>{detail}</li>" for detail in details)
        rows.append(
            "<tr>" + "".join(f"<td>{x}</td>" for x in cells) + f"<td><ul>{listed}</ul></td>"
        )
    heads = ("Leaflet", "Language", "State", "Translated by", "Checked by", "What to do")
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Translations</title>'
        "<style>body{font:16px/1.4 sans-serif;margin:2em}td,th{text-align:left;vertical-align:top;"
        "padding:.3em .8em;border-bottom:1px solid #999}ul{margin:0;padding-left:1em}</style>"
        "<h1>Translations</h1><table><tr>"
        + "".join(f'<th scope="col">{head}</th>' for head in heads)
        + "".join(rows)
        + "</table></html>\n"
    )
