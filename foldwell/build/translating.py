"""Translations as files: starting one, pinning it to its source, and recording who checked it."""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from foldwell.build.write import write_file
from foldwell.content.alphabets import meant_by
from foldwell.content.interface_words import LANGUAGES, SOURCE
from foldwell.content.leaflet import FrontMatter, Leaflet, read_leaflet, split_front_matter
from foldwell.content.library import Library
from foldwell.content.reading import read_text
from foldwell.content.sections import Section, sections
from foldwell.content.tidyings import Tidyings
from foldwell.content.translations import unlike, words_of
from foldwell.content.validation import validate
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import Mistakes, UsageError, did_you_mean

_NOT_COPIED = ("clinical_reviewers", "reviewed", "waivers", "for_the_reviewer", "owner")
"""What people said of the source, not of a translation of it."""
KEPT = ".source.txt"
"""How the file ends that holds the words a translation was made from."""
_ENTRY = re.compile(r"(?m)^=== (\S+) (.*)$")


def source_of(library: Library, slug: str) -> Leaflet:
    """The leaflet that translations are made from.

    Raises:
        UsageError: If there is no such leaflet, or it is not there in the source's language.
    """
    texts = library.leaflets.get(slug)
    if texts is None:
        hint = did_you_mean(slug, library.leaflets)
        raise UsageError(f"There is no leaflet '{slug}'.", None, hint)
    if SOURCE not in texts:
        raise UsageError(f"'{slug}' has no '{SOURCE}.md' to translate from.")
    return texts[SOURCE]


def source_alone(root: Path, library: Library, slug: str) -> Leaflet:
    """The source as it stands in its file, its links as they were written.

    Translations are pinned to these words and held against them, because theirs are read so, too.

    Raises:
        UsageError: If there is none.
    """
    return _alone(root, source_of(library, slug), SOURCE)


def path_of(slug: str, language: str) -> str:
    """Where a translation stands.

    Raises:
        UsageError: If Foldwell has no words for the language.
    """
    if language == SOURCE or language not in LANGUAGES:
        hint = meant_by(language, [one for one in LANGUAGES if one != SOURCE])
        raise UsageError(f"'{language}' is no language to translate into.", None, hint)
    return f"content/leaflets/{slug}/{language}.md"


def start(root: Path, library: Library, slug: str, language: str) -> str:
    """Make the file of a new translation: the source's text, to be written over.

    Every section has the source's words before it as a note, which is never printed. Until all is
    translated, the file does not go out.

    Returns:
        The path of the file.

    Raises:
        UsageError: If it is there already.
    """
    source, path = source_alone(root, library, slug), path_of(slug, language)
    if (root / path).exists():
        hint = f"'translate status {slug}' says how far it is."
        raise UsageError(f"{path} is there already.", None, hint)
    text = read_text(root, source.path, Tidyings(source.path))
    front, _ = split_front_matter(text, source.path)
    facts = _loaded(front)
    for name in _NOT_COPIED:
        facts.pop(name, None)
    facts["clinical_reviewers"] = []
    facts["translation"] = _pinned(source, {})
    body = []
    for section in sections(source)[1:]:
        told = section.text.replace("--", "-\u2060-").strip("\n")
        body.append(f"<!-- {SOURCE}:\n{told}\n-->\n\n{section.text.strip(chr(10))}\n")
    write_file(root, path, f"---\n{_dumped(facts)}---\n\n{chr(10).join(body)}".encode())
    keep_source(root, path, sections(source))
    return path


def done(
    root: Path, library: Library, slug: str, language: str, name: str, day: datetime.date
) -> str:
    """Pin a translation to its source as it is now: somebody says that it says the same.

    Raises:
        Mistakes: If it is not built like its source, or has other numbers in it.
    """
    source, path = source_alone(root, library, slug), path_of(slug, language)
    translation = read_alone(root, library, slug, language)
    found = list(unlike(source, translation, sections(source), sections(translation)))
    if found:
        raise Mistakes(found)
    with _changing(root, path) as facts:
        entry = _pinned(source, facts.get("translation") or {})
        entry["translated_by"] = {"name": name, "date": day}
        entry.pop("accepted_by", None)
        facts["translation"] = entry
    keep_source(root, path, sections(source))
    return path


def record_check(
    root: Path, library: Library, slug: str, language: str, name: str, day: datetime.date
) -> str:
    """Record that somebody has compared the present words of a translation with its source.

    Raises:
        UsageError: If the translation is not there, or stale.
    """
    path = path_of(slug, language)
    leaflet = library.leaflets.get(slug, {}).get(language)
    if leaflet is None or leaflet.facts.translation is None or leaflet.stale:
        hint = f"'translate status {slug}' says why."
        raise UsageError(f"{path} cannot be checked as it is.", None, hint)
    words = words_of(read_alone(root, library, slug, language))
    with _changing(root, path) as facts:
        facts["translation"]["checked_by"] = {"name": name, "date": day, "words": words}
    return path


def accept(
    root: Path, library: Library, slug: str, language: str, person: Mapping[str, Any]
) -> str:
    """Record who lets a stale translation go out: ``name``, ``date``, ``reason``, ``expires``."""
    source_of(library, slug)
    path = path_of(slug, language)
    with _changing(root, path) as facts:
        if not facts.get("translation"):
            raise UsageError(f"{path} does not say what it was made from.")
        if not (facts["translation"].get("version") or facts["translation"].get("translated_by")):
            hint = "Run 'translate done' while it and its source say the same."
            raise UsageError(f"{path} does not say of which day it is.", None, hint)
        facts["translation"]["accepted_by"] = dict(person)
    return path


def rewrite(root: Path, path: str, words: Mapping[str, Mapping[str, str]], body: str) -> None:
    """Put other words into the file of a translation.

    Args:
        root: The project.
        path: The file.
        words: Those of ``facts`` and ``variables``, by name.
        body: All that stands below the front matter.
    """
    with _changing(root, path, f"\n{body.strip(chr(10))}\n") as facts:
        facts.update(words["facts"])
        if words["variables"]:
            facts["variables"] = dict(words["variables"])


def read_alone(root: Path, library: Library, slug: str, language: str) -> Leaflet:
    """A translation as it stands, whether it may go out or not.

    Raises:
        Mistakes: If its file cannot be read.
        UsageError: If there is none.
    """
    path = path_of(slug, language)
    if not (root / path).exists():
        hint = f"'translate start {slug} {language}' makes it."
        raise UsageError(f"There is no {path}.", None, hint)
    return _alone(root, source_of(library, slug), language)


def _alone(root: Path, source: Leaflet, language: str) -> Leaflet:
    path = f"content/leaflets/{source.slug}/{language}.md"
    return read_leaflet(path, root=root, slug=source.slug, language=language,
                        images=source.images, tidyings=Tidyings(path))  # fmt: skip


def keep_source(root: Path, path: str, parts: tuple[Section, ...]) -> None:
    """Keep the words that a translation was made from beside it, to show what changes in them."""
    text = "".join(f"=== {part.pin}\n{part.text.strip(chr(10))}\n\n" for part in parts)
    write_file(root, path.removesuffix(".md") + KEPT, text.encode())


def kept_source(root: Path, path: str) -> dict[str, str]:
    """The words of each section that a translation was made from, by its hash.

    Raises:
        Mistakes: If they cannot be read as a text of the project.
    """
    file = path.removesuffix(".md") + KEPT
    if not os.path.lexists(root / file):
        return {}
    pieces = _ENTRY.split(read_text(root, file, Tidyings(file)))[1:]
    return dict(zip(pieces[::3], (text.strip("\n") for text in pieces[2::3]), strict=True))


def _pinned(source: Leaflet, old: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {**old, "of": source.language}
    entry.pop("version", None)  # a source that names no day now
    if source.facts.published:
        entry["version"] = source.facts.published
    entry["sections"] = [section.pin for section in sections(source)]
    return entry


@contextmanager
def _changing(root: Path, path: str, body: str | None = None) -> Iterator[Any]:
    """The front matter of a file, to be changed; it is written if it is sound after that."""
    front, old = split_front_matter(read_text(root, path, Tidyings(path)), path)
    facts = _loaded(front)
    yield facts
    front = _dumped(facts)
    validate(FrontMatter, read_yaml(front, path, 2, Tidyings(path)))
    write_file(root, path, f"---\n{front}---\n{old if body is None else body}".encode())


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = 10_000, True, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _: True
    return yaml


def _loaded(front: str) -> Any:
    return _yaml().load(front)


def _dumped(facts: Any) -> str:
    out = io.StringIO()
    _yaml().dump(facts, out)
    return out.getvalue()
