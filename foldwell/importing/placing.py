"""A leaflet's folder of what was brought: its name, its front matter, its pictures.

Nothing is ever written over: a folder that has the leaflet already is refused.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foldwell.commands import COMMANDS
from foldwell.content.images import read_image
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.leaflet import TITLE_LIMIT, read_leaflet
from foldwell.content.tidyings import Tidyings
from foldwell.content.values import slug_problem
from foldwell.errors import FoldwellError, Mistakes, Place, UsageError
from foldwell.importing.brought import Brought, note
from foldwell.importing.markdown import markdown_of

LEAFLETS = "content/leaflets"
_SAID_OFTEN = 3
"""What was left behind more often is said with a number."""


@dataclass(frozen=True)
class Imported:
    """What became of one file.

    Attributes:
        source: The file, as the user knows it.
        path: The leaflet's file in the project.
        told: What was left behind or read as something else, a sentence each.
        errors: What still keeps the leaflet from being built.
    """

    source: str
    path: str
    told: tuple[str, ...]
    errors: tuple[FoldwellError, ...]


def slug_of(name: str) -> str:
    """A leaflet's name, made of a title or of the name of a file.

    Raises:
        UsageError: If no letter or digit of it can stand in one.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    if not slug or slug_problem(slug) or slug in COMMANDS:
        slug = f"leaflet-{slug}".strip("-")[:80]
    if slug == "leaflet":
        raise UsageError(f"No name can be made of '{name}'.", None, "Give one with --name.")
    return slug


def place(brought: Brought, root: Path, slug: str, language: str, source: str) -> Imported:
    """Write a leaflet's folder.

    Args:
        brought: What was read; its links are settled.
        root: The project folder.
        slug: The leaflet's name.
        language: The code of its language.
        source: The file that it was read from, as the user knows it.

    Raises:
        UsageError: If the project has such a leaflet in this language.
        FoldwellError: If there are no words.
    """
    folder = root / LEAFLETS / slug
    target = folder / f"{language}.md"
    relative = f"{LEAFLETS}/{slug}/{language}.md"
    if os.path.lexists(target):
        raise UsageError(
            f"The project has '{relative}' already; nothing is written over it.",
            Place(source),
            "Give the new one another name with --name, or delete the old one.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    names = _write_pictures(brought, root, slug, language)
    for picture in brought.body.iter("img"):
        picture.set("src", names.get(picture.get("src", ""), ""))
    _without_lost(brought.body)
    text = _front_matter(brought, source) + markdown_of(brought)
    for words in _lost(brought, text):
        brought.leave(f"These words did not get into the leaflet; put them in by hand: '{words}'.")
    told = tuple(_told(brought))
    if told:
        text += "\n" + "\n".join(_comment(line) for line in told) + "\n"
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return Imported(source, relative, told, _errors(root, relative, slug, language))


def _told(brought: Brought) -> list[str]:
    return [
        what if count == 1 else f"{what} So {count} times." for what, count in brought.left.items()
    ]


def _lost(brought: Brought, text: str) -> Iterator[str]:
    """Pieces of what was read with a word that is nowhere in what was written."""
    held = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))
    for element in brought.body.iter():
        for piece in (element.text, element.tail):
            for word in re.findall(r"[^\W_]{3,}", piece or ""):
                if unicodedata.normalize("NFKC", word) not in held:
                    yield " ".join((piece or "").split())[:200]
                    break


def _comment(line: str) -> str:
    return f"<!-- Import: {line.replace('--', '‐‐').replace('>', '›')} -->"


def _front_matter(brought: Brought, source: str) -> str:
    title = " ".join(brought.title.split())
    if len(title) > TITLE_LIMIT:
        brought.body.insert(0, _paragraph(title))
        brought.leave("The title was longer than a title can be; it stands in the text.")
        title = ""
    if not title:
        title = re.sub(r"[-_\s]+", " ", Path(source).stem).strip().capitalize() or "Untitled"
        brought.leave(f"Nothing said what the title is; it is the file's name: '{title}'.")
    for fact in brought.facts:
        brought.body.append(note(f"Left out of the front matter: {fact.strip()}"))
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"


def _paragraph(words: str) -> ET.Element:
    element = ET.Element("p")
    element.text = words
    return element


def _write_pictures(brought: Brought, root: Path, slug: str, language: str) -> dict[str, str]:
    """Write the pictures that can be read, and say under which names."""
    names = {}
    folder = root / LEAFLETS / slug
    used = {picture.get("src") for picture in brought.body.iter("img")}
    for name, content in brought.pictures.items():
        if name not in used:
            continue
        own, number = name, 1
        while os.path.lexists(folder / own):
            stem, _, suffix = name.rpartition(".")
            number += 1
            own = f"{stem}-{language}-{number}.{suffix}"
        with (folder / own).open("xb") as file:
            file.write(content)
        try:
            read_image(root, f"{LEAFLETS}/{slug}/{own}", KnownPictures())
        except (FoldwellError, Mistakes) as error:
            (folder / own).unlink()
            reason = str(error).partition(": ")[2].splitlines()[0]
            brought.leave(f"A picture was left behind: {reason}")
            continue
        names[name] = own
    return names


def _without_lost(body: ET.Element) -> None:
    for parent in list(body.iter()):
        for child in list(parent):
            if child.tag == "img" and not child.get("src"):
                words = " ".join(child.get("alt", "").split())
                child.tag, child.attrib = "note", {}
                child.text = f"Left behind: a picture{f' of {words!r}' if words else ''}"


def _errors(root: Path, relative: str, slug: str, language: str) -> tuple[FoldwellError, ...]:
    """What the door says of what was written."""
    tidyings = Tidyings(relative)
    try:
        read_leaflet(
            relative, root=root, slug=slug, language=language, images={}, tidyings=tidyings
        )
    except Mistakes as mistakes:
        return mistakes.errors
    except FoldwellError as error:
        return (error,)
    return ()
