"""The pictures of what was brought: beside the file, or written into it; none is fetched."""

from __future__ import annotations

import base64
import re
import urllib.parse
from pathlib import Path

from foldwell.content.images import PICTURES, SIZE_LIMIT_BYTES
from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError
from foldwell.importing.brought import Brought

_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp|svg\+xml|bmp);base64,(.+)", re.DOTALL)


def take_pictures(brought: Brought, path: Path) -> None:
    """Take the pictures beside the file, and those written into it."""
    for parent in list(brought.body.iter()):
        for picture in parent.findall("img"):
            source = picture.get("src", "")
            if not source or source in brought.pictures:
                continue
            name = f"picture-{len(brought.pictures) + 1}"
            content = None
            if match := _DATA.fullmatch(source):
                suffix = {"jpeg": "jpg", "svg+xml": "svg"}.get(match[1], match[1])
                content = _decoded(match[2])
            elif re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", source):
                brought.leave(
                    f"The picture at '{source[:120]}' stands on the web; it is not fetched."
                )
                suffix = ""
            else:
                relative = urllib.parse.unquote(source).partition("?")[0]
                suffix = Path(relative).suffix.lower().lstrip(".")
                content = _beside(path.parent, relative)
                if content is None:
                    brought.leave(f"The picture '{source[:120]}' is not beside the file.")
            if content is None or f".{suffix}" not in PICTURES:
                picture.set("src", "")
                continue
            brought.pictures[f"{name}.{suffix}"] = content
            picture.set("src", f"{name}.{suffix}")


def _decoded(text: str) -> bytes | None:
    if len(text) > SIZE_LIMIT_BYTES * 4 // 3:
        return None
    try:
        return base64.b64decode(re.sub(r"\s", "", text), validate=True)
    except ValueError:
        return None


def _beside(folder: Path, relative: str) -> bytes | None:
    if relative.startswith(("/", "\\")) or ".." in Path(relative).parts:
        return None
    try:
        return read_file(folder.resolve(), relative, SIZE_LIMIT_BYTES)
    except (FoldwellError, ValueError):
        return None
