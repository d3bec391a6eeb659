"""Patterns of names: what the user asks for and the settings list, and those that match nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from itertools import chain

from foldwell.build.job import Selection
from foldwell.build.media import MEDIA, names_of_media
from foldwell.content.edition import known_names
from foldwell.content.interface_words import SOURCE
from foldwell.content.library import Library, line_with
from foldwell.content.settings import Run
from foldwell.errors import FoldwellError, Place, UsageError, did_you_mean


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def asked(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a name is asked for; without patterns every name is."""
    return not patterns or _matches(name, patterns)


def both(name: str, patterns: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether the settings name it and it is asked for."""
    return _matches(name, patterns) and asked(name, wanted)


def _names(library: Library) -> Mapping[str, frozenset[str]]:
    """Every name there is, of readable and of broken files."""
    leaflets, clinics = set(library.leaflets), set(library.clinics)
    languages = {language for texts in library.leaflets.values() for language in texts}
    for path in library.broken:
        parts = path.split("/")
        if len(parts) < 3:
            continue
        if parts[1] == "leaflets":
            leaflets.add(parts[2].removesuffix(".md"))
            if len(parts) > 3 and parts[-1].endswith(".md"):
                languages.add(parts[-1].removesuffix(".md"))
        elif parts[1] == "clinics":
            clinics.add(parts[2].removesuffix(".yml"))
    return {
        "leaflet": frozenset(leaflets),
        "clinic": frozenset(clinics),
        "language": frozenset(languages),
        "format": frozenset(library.formats),
        "medium": frozenset(MEDIA),
    }


def check_patterns(library: Library, selection: Selection) -> None:
    """Refuse patterns of the user's that match nothing.

    Raises:
        UsageError: At the first one.
    """
    known = _names(library)
    for kind, patterns in (
        ("leaflet", selection.leaflets),
        ("clinic", selection.clinics),
        ("language", selection.languages),
        ("format", selection.formats),
        ("medium", selection.media),
    ):
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in known[kind]):
                raise UsageError(
                    f"There is no {kind} '{pattern}'.", None, did_you_mean(pattern, known[kind])
                )


def mistakes_of_run(library: Library, run: Run) -> Iterable[FoldwellError]:
    """Names in ``build.yml`` that match nothing are mistakes, not empty wishes."""
    known = _names(library)
    for kind, patterns in (
        ("leaflet", run.leaflets),
        ("clinic", run.clinics),
        ("language", run.languages),
        ("language", (run.beside,) if run.beside != SOURCE else ()),
        ("format", tuple(run.formats)),
    ):
        for pattern in patterns:
            if pattern != "*" and not any(fnmatchcase(name, pattern) for name in known[kind]):
                message = f"There is no {kind} '{pattern}'."
                yield _in_settings(library, message, pattern, did_you_mean(pattern, known[kind]))
    tags = known_names(library)["tag"]
    for tag in run.for_:
        if tag not in tags:
            yield _in_settings(library, f"No clinic has the tag '{tag}'.", tag,
                               did_you_mean(tag, tags))  # fmt: skip
    for names, in_formats in ((chain(*run.formats.values()), True), (run.also, False)):
        media = names_of_media(in_formats=in_formats)
        for name in dict.fromkeys(names):
            if name not in media:
                where = "in formats" if in_formats else "without a format"
                message = f"There is no medium '{name}' that is made {where}."
                yield _in_settings(library, message, name, did_you_mean(name, media))


def misnamed_formats(library: Library) -> Iterable[FoldwellError]:
    """Formats that are called like a medium without a format, which 'only' could not tell apart."""
    for name in library.settings.formats if library.settings else ():
        if name in names_of_media(in_formats=False):
            message = f"A format cannot be called '{name}', because a medium is."
            yield _in_settings(library, message, name, "Choose another name.")


def _in_settings(library: Library, message: str, name: str, hint: str) -> FoldwellError:
    path = "content/build.yml"
    return FoldwellError(message, Place(path, line_with(library.root, path, name)), hint)
