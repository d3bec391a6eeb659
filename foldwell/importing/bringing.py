"""Files and folders that people bring, read by their kind and placed in a project, one by one."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from foldwell.content.images import PICTURES
from foldwell.content.reading import read_file, read_model
from foldwell.content.settings import Settings
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Mistakes, Place, UsageError
from foldwell.importing.archive import depth_of
from foldwell.importing.brought import DEPTH_LIMIT, FILE_LIMIT_BYTES, Brought, words_of
from foldwell.importing.links import page_of, settle_links
from foldwell.importing.marked_text import is_ours, read_markdown, read_page, read_plain, text_of
from foldwell.importing.pictures import take_pictures
from foldwell.importing.placing import Imported, place, slug_of
from foldwell.importing.shaping import shape

KINDS = (".docx", ".odt", ".md", ".markdown", ".html", ".htm", ".txt")
TEXT_LIMIT_BYTES = 5 * 1024 * 1024
FILES_LIMIT = 2_000
_OTHERS = {
    ".doc": "Open it in a word processor and save it as .docx.",
    ".rtf": "Open it in a word processor and save it as .docx.",
    ".docm": "Save it as .docx, without macros.",
    ".dotx": "Save it as .docx.",
    ".pages": "In Pages choose File, Export To, Word.",
    ".pdf": "A PDF has no words in their order; import the file that it was made from.",
    ".gdoc": "In Google Docs choose File, Download, Microsoft Word.",
    ".pub": "Copy its words into a word processor and save them as .docx.",
}
_NO_NAMES = frozenset(["index", "_index", "readme", "default"])
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def files_of(source: Path) -> tuple[list[Path], list[str]]:
    """The files below a folder that can be read, or the one file, and what is passed over.

    Raises:
        UsageError: If there is none.
    """
    if source.is_symlink() or not source.exists():
        raise UsageError(f"There is no file or folder '{source}'.", None, "Check its name.")
    if not source.is_dir():
        return [source], []
    found, passed = [], []
    for folder, folders, names in os.walk(source, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_site")))
        for name in sorted(names):
            path = Path(folder) / name
            suffix = path.suffix.lower()
            if path.is_symlink() or name.startswith((".", "~$")):
                continue
            if suffix in KINDS:
                found.append(path)
            elif suffix not in PICTURES:
                passed.append(str(path))
    if not found:
        raise UsageError(
            f"No file below '{source}' can be imported.", None, f"Known kinds: {', '.join(KINDS)}."
        )
    if len(found) > FILES_LIMIT:
        raise UsageError(
            f"There are {len(found)} files below '{source}'; at most {FILES_LIMIT} are imported at"
            " once.",
            None,
            "Import its folders one by one.",
        )
    return found, passed


def names_of(source: Path, files: list[Path]) -> dict[Path, str]:
    """A name for the leaflet of each file, from the file's or its folder's, each only once."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in files:
        stem = path.stem
        folder = path.parent.name if path.parent != source or source.is_dir() else ""
        called = folder if folder and (stem.lower() in _NO_NAMES or _is_language(stem)) else stem
        slug = slug_of(called) if re.search("[A-Za-z0-9]", called) else slug_of(folder or "leaflet")
        if slug in taken and not _is_language(stem):
            slug = slug_of(f"{folder} {stem}")
        number = 2
        while slug in taken and not _is_language(stem):
            slug = f"{slug_of(called)[:76]}-{number}"
            number += 1
        taken.add(slug)
        names[path] = slug
    return names


def _is_language(stem: str) -> bool:
    return re.fullmatch(r"[a-z]{2}(-[A-Za-z]{2,4})?", stem) is not None


def bring(
    path: Path,
    base: Path,
    root: Path,
    names: dict[Path, str],
    language: str,
    site: str,
    known: set[str],
) -> Imported:
    """Read one file and place it.

    Args:
        path: The file.
        base: The folder that its links stand below.
        root: The project folder.
        names: The names of the leaflets that are imported with it.
        language: The language that the user named; empty for the file's own.
        site: The address of the site whose pages these are; empty if none.
        known: Languages that leaflets may be in.

    Raises:
        FoldwellError: If it cannot be read, or is there already.
        Mistakes: If it holds no words.
    """
    shown = str(path)
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        hint = _OTHERS.get(suffix, f"Known kinds: {', '.join(KINDS)}.")
        raise UsageError(f"Files of the kind '{suffix}' cannot be imported.", Place(shown), hint)
    content = _content(path, FILE_LIMIT_BYTES if suffix in (".docx", ".odt") else TEXT_LIMIT_BYTES)
    try:
        brought = _read(content, suffix, shown)
        if depth_of(brought.body, DEPTH_LIMIT) > DEPTH_LIMIT:
            raise FoldwellError(
                "What stands in this file is nested too deep.", None, "Copy its words out."
            )
    except FoldwellError as error:
        if error.place is None:
            raise FoldwellError(error.message, Place(shown), error.hint) from error
        raise
    shape(brought)
    if not words_of(brought.body) and not brought.pictures:
        raise FoldwellError("This file holds no words.", Place(shown), "See what is in it.")
    take_pictures(brought, path)
    here = page_of(path.relative_to(base).as_posix()) if path.is_relative_to(base) else "/"
    settle_links(brought, site, set(names.values()), here, keep=not site and _has_site(root))
    own = language or (path.stem if _is_language(path.stem) else "") or brought.language
    chosen = _language(own, known, brought)
    return place(brought, root, names[path], chosen, shown)


def _read(content: bytes, suffix: str, shown: str) -> Brought:
    if suffix == ".docx":
        from foldwell.importing.word import read_word

        return read_word(content, shown)
    if suffix == ".odt":
        from foldwell.importing.open_document import read_open_document

        return read_open_document(content, shown)
    text = text_of(content, shown)
    if suffix in (".html", ".htm"):
        return read_page(text)
    if suffix == ".txt":
        return read_plain(text)
    if is_ours(text):
        raise FoldwellError(
            "This file is a leaflet already.",
            Place(shown),
            "Copy it to content/leaflets/NAME/en.md, with its pictures beside it.",
        )
    return read_markdown(text)


def _content(path: Path, limit_bytes: int) -> bytes:
    """The bytes of one regular file, never through a link."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode):
        raise FoldwellError("This is not a regular file.", Place(str(path)), "Name a file.")
    try:
        return read_file(path.parent.resolve(), path.name, limit_bytes)
    except FoldwellError as error:
        raise FoldwellError(error.message, Place(str(path)), error.hint) from error


def _language(own: str, known: set[str], brought: Brought) -> str:
    code = own.strip()
    for candidate in (code, code.split("-")[0].lower()):
        if candidate in known:
            return candidate
    if code and _LANGUAGE.fullmatch(code):
        brought.leave(f"The file says its language is '{code}', which has no words yet; it is en.")
    return "en"


def _has_site(root: Path) -> bool:
    path = "content/build.yml"
    if not os.path.lexists(root / path):
        return False
    try:
        return bool(read_model(Settings, root, path, Tidyings(path)).site)
    except Mistakes:
        return False


def bring_all(
    source: Path,
    root: Path,
    *,
    name: str = "",
    language: str = "",
    site: str = "",
    known: set[str] | None = None,
) -> Iterator[Imported | FoldwellError | str]:
    """Import a file, or all files below a folder; one that fails stops no other.

    Args:
        source: The file or folder.
        root: The project folder.
        name: The leaflet's name, for one file.
        language: The code of the language of all.
        site: The address of the site whose pages these are.
        known: Languages that leaflets may be in.

    Raises:
        UsageError: If there is nothing to import, or no project.
    """
    if not (root / "content").is_dir():
        raise UsageError(
            f"There is no folder 'content' in {root}.", None, "Run this in the folder of a project."
        )
    if site and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", site):
        raise UsageError(f"'{site}' is no address of a site.", None, "Write --site https://….")
    files, passed = files_of(source)
    if name and len(files) > 1:
        raise UsageError("--name is for one file.", None, "Leave it out for a folder.")
    names = names_of(source, files)
    if name:
        if slug_of(name) != name:
            raise UsageError(
                f"'{name}' cannot be a leaflet's name.", None, f"Write '{slug_of(name)}'."
            )
        names = {files[0]: name}
    base = source if source.is_dir() else source.parent
    for path in files:
        try:
            yield bring(path, base, root, names, language, site, known or {"en"})
        except FoldwellError as error:
            yield error
        except Mistakes as mistakes:
            yield from mistakes.errors
    for other in passed:
        yield f"{other}: passed over, because files of this kind are not imported."
