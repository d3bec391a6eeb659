"""Translations for other programs: a leaflet as units, out as PO or XLIFF and in again.

A unit is a heading, paragraph, list item or row. What comes back is held to the source unit by unit
before one word of the leaflet is replaced.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from foldwell.build import translating
from foldwell.content.interface_words import SOURCE
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.section_items import LEAD, Item, items
from foldwell.content.sections import FACTS, Section, kept, sections
from foldwell.errors import FoldwellError, Place


@dataclass(frozen=True)
class Unit:
    """A piece of a leaflet that is translated as one.

    Attributes:
        key: Its place: ``facts.title``, or section and item, such as ``3.2``.
        source: The words of the source.
        target: The words of the translation; empty if there are none yet.
        note: What it is, for whoever translates.
        proposal: Words that may fit; whoever translates has to confirm them.
        origin: Where those come from, for whoever translates.
    """

    key: str
    source: str
    target: str
    note: str
    proposal: str = ""
    origin: str = ""


ELSEWHERE = "Another leaflet says"
BEFORE = "This translation says, perhaps of other words"


def keyed(leaflet: Leaflet) -> Iterator[tuple[str, Item]]:
    """Each piece of a leaflet that has words, by its place."""
    for name in FACTS:
        if text := getattr(leaflet.facts, name):
            yield f"facts.{name}", Item(name, str(text), 1)
    for name, text in leaflet.facts.variables.items():
        yield f"variables.{name}", Item(f"variable {name}", str(text), 1)
    for number, section in enumerate(sections(leaflet)[1:], 1):
        for position, item in enumerate(items(section), 1):
            if item.text and (item.words or item.facts["number"]):
                yield f"{number}.{position}", item


def units(source: Leaflet, translation: Leaflet | None) -> list[Unit]:
    """All units of a leaflet, with the words that a translation has for them already.

    What was made from a section that has changed since, or is built otherwise, is proposed, and is
    no target.
    """
    if translation is None:
        return [Unit(key, item.text, "", item.kind) for key, item in keyed(source)]
    there = dict(keyed(translation))
    parts, own = sections(source), sections(translation)
    pins = translation.facts.translation
    was = kept(pins.sections, parts) if pins else {}
    alike = {
        now: not now or (at < len(own) and _shape(own[at]) == _shape(parts[now]))
        for now, (at, same) in was.items()
        if same
    }
    found = []
    for key, item in keyed(source):
        name, _, place = key.partition(".")
        now = int(name) if name.isdigit() else 0
        at, _ = was.get(now, (-1 if pins else now, False))
        old = there.get(f"{at}.{place}" if name.isdigit() else key)
        said = old.text if old and old.text != item.text else ""
        if said and not alike.get(now):
            found.append(Unit(key, item.text, "", item.kind, said, BEFORE))
        else:
            found.append(Unit(key, item.text, said, item.kind))
    return found


def _shape(section: Section) -> list[str]:
    return [item.kind for item in items(section)]


def units_of(root: Path, library: Library, slug: str, language: str) -> list[Unit]:
    """The units of a leaflet for a language, with what is translated already."""
    path = translating.path_of(slug, language)
    source = translating.source_alone(root, library, slug)
    own = translating.read_alone(root, library, slug, language) if (root / path).exists() else None
    memory = remembered(library, language)
    return [
        replace(unit, proposal=memory[unit.source], origin=ELSEWHERE)
        if not unit.target and unit.source in memory
        else unit
        for unit in units(source, own)
    ]


def remembered(library: Library, language: str) -> dict[str, str]:
    """How the leaflets of a project say words in a language, by those words in the source."""
    memory: dict[str, str] = {}
    for texts in library.leaflets.values():
        own = texts.get(language)
        if own is None or own.stale or SOURCE not in texts:
            continue
        there = dict(keyed(own))
        for key, item in keyed(texts[SOURCE]):
            if key in there:
                memory.setdefault(item.text, there[key].text)
    return memory


def as_po(told: list[Unit], slug: str, language: str) -> bytes:
    """Units as a ``.po`` file."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=language.replace("-", "_"), project=slug, fuzzy=False,
                        creation_date=datetime.datetime(2000, 1, 1),
                        revision_date=datetime.datetime(2000, 1, 1))  # fmt: skip
    for unit in told:
        said, flags = unit.target or unit.proposal, ["fuzzy"] if unit.proposal else []
        note = [unit.note, *([f"{unit.origin}: {unit.proposal}"] if unit.proposal else [])]
        catalogue.add(unit.source, said, context=unit.key, auto_comments=note, flags=flags)
    out = BytesIO()
    write_po(out, catalogue, width=0, omit_header=False)
    return out.getvalue()


def as_xliff(told: list[Unit], language: str) -> bytes:
    """Units as a file of XLIFF 2.0."""
    from translate.storage.xliff2 import Xliff2File

    file: Any = Xliff2File()
    file.setsourcelanguage(SOURCE)
    file.settargetlanguage(language)
    for unit in told:
        entry = file.addsourceunit(unit.source)
        entry.setid(unit.key)
        if unit.target:
            entry.target = unit.target
        elif unit.proposal:
            entry.addnote(f"{unit.origin}: {unit.proposal}")
    return bytes(file)


def read_units(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    """Source and target of each unit of a ``.po`` or XLIFF 2 file, by key.

    Raises:
        FoldwellError: If it is no such file.
    """
    if not name.endswith(".po"):
        return _read_xliff(content, name)
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(BytesIO(content), charset="utf-8", abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        hint = "Export it again, and translate it with a program for .po files."
        raise FoldwellError(f"This is no PO file ({error}).", Place(name), hint) from error
    return {
        message.context: (str(message.id), "" if message.fuzzy else str(message.string or ""))
        for message in catalogue
        if message.id and message.context
    }


def _read_xliff(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    from lxml.etree import LxmlError
    from translate.storage.xliff2 import Xliff2File

    hint = "Export it again, and translate it with a program for XLIFF 2."
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FoldwellError("This file declares what XLIFF has no use for.", Place(name), hint)
    try:
        kind: Any = Xliff2File
        file = kind.parsestring(content)
    except (LxmlError, ValueError, AttributeError, KeyError) as error:
        message = f"This is no XLIFF 2 file ({type(error).__name__})."
        raise FoldwellError(message, Place(name), hint) from error
    read = {}
    for unit in file.units:
        inside = [
            node for part in ("source", "target") for node in unit.xmlelement.iter(f"{{*}}{part}")
        ]
        key = unit.getid().rpartition("\x04")[2]
        if any(len(node) for node in inside):
            raise FoldwellError(f"Unit {key}: it holds markup.", Place(name), hint)
        read[key] = (str(unit.source or ""), str(unit.target or ""))
    return read


def words_in_front(targets: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The words of the front matter, of facts and of variables, by name."""
    facts = {key[6:]: text for key, text in targets.items() if key.startswith("facts.")}
    variables = {key[10:]: text for key, text in targets.items() if key.startswith("variables.")}
    return {"facts": facts, "variables": variables}


def words_below(source: Leaflet, pieces: Mapping[str, Item], targets: Mapping[str, str]) -> str:
    """The source's text with the words of each unit in its place."""
    return "\n".join(line for line, _ in lines_below(source, pieces, targets))


def lines_below(
    source: Leaflet, pieces: Mapping[str, Item], targets: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The same line by line, each with the key of its unit; empty where it is of none."""
    lines: list[tuple[str, str] | None] = [(line, "") for line in source.text.split("\n")]
    for key, item in pieces.items():
        if not key[0].isdigit():
            continue
        at = item.line - source.first_line
        lead = LEAD.match((lines[at] or ("", ""))[0])
        lines[at] = (lead.group() if lead else "") + targets[key], key
        lines[at + 1 : at + item.lines] = [None] * (item.lines - 1)
    return [line for line in lines if line is not None]
