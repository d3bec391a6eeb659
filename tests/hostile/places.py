"""Attacks by where files stand and what they are: links, pipes, devices, names, sizes."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from hostile.attack import FRONT, LEAFLET, SOUND, Attack, alone, clinic, front_matter
from hostile.rows import BOMBS, LAYOUT, NAMES, PATHS
from hostile.sandbox import Sandbox

LINK = "This is a symbolic link; links are not followed"
LINKED_NAME = "it is a symbolic link"
OUTSIDE = "This path leads out of the project"
NOT_REGULAR = "This is not a regular file"
NOT_SLUG = "it is not made of small letters, digits and hyphens"
LARGE = 100 * 2**20
HUGE = 15 * 2**40
"""As large as a file may be; reading it would take hours."""

CLINIC = "content/clinics/riverside.yml"
BRAND = "content/brands/riverside/brand.yml"
LOGO = "content/brands/riverside/logo.svg"
REGION = "content/regions/uk.yml"
BUILD = "content/build.yml"
REFERENCES = "content/references.json"

Made = Callable[[Path, Sandbox], None]


def _link(target: str) -> Made:
    return lambda path, sandbox: path.symlink_to(sandbox.filled(target))


def _moved(path: Path, sandbox: Sandbox) -> None:
    path.symlink_to(sandbox.outside / "moved" / path.relative_to(sandbox.project))


def _pipe(path: Path, _: Sandbox) -> None:
    os.mkfifo(path)


def _socket(path: Path, _: Sandbox) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


def _folder(path: Path, _: Sandbox) -> None:
    path.mkdir()


def _zeros(path: Path, _: Sandbox) -> None:
    """The device that gives zeros for ever, or a link to it for who may make no devices."""
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))
    except OSError:
        path.symlink_to("/dev/zero")


def _text(path: Path, _: Sandbox) -> None:
    path.write_text("x")


def _sparse(size: int) -> Made:
    """A file that is said to be large, and takes no room."""

    def make(path: Path, _: Sandbox) -> None:
        with open(path, "wb") as file:
            file.truncate(size)

    return make


def leaflet_file(row: str, name: str, make: Made, says: str, file: str = "en.md") -> Attack:
    """A leaflet of this name with something else in place of a file."""
    path = f"content/leaflets/{name}/{file}"

    def spoil(sandbox: Sandbox) -> None:
        body = f"/// figure\n![x]({file})\n///" if file != "en.md" else "Words."
        sandbox.write(f"content/leaflets/{name}/en.md", f"{front_matter()}\n{body}\n")
        target = sandbox.project / path
        target.unlink(missing_ok=True)
        make(target, sandbox)

    made = f"riverside/en/{name}-a4-screen.pdf"
    return Attack(name, row, spoil, says, path, made, shares="leaflets")


def clinic_file(row: str, name: str, make: Made, says: str) -> Attack:
    """A clinic of this name with something else in place of its file."""
    path = f"content/clinics/{name}.yml"
    made = f"{name}/en/sleep-a4-screen.pdf"
    return Attack(
        name,
        row,
        lambda sandbox: make(sandbox.project / path, sandbox),
        says,
        path,
        made,
        shares="clinics",
    )


def instead(row: str, name: str, path: str, make: Made, says: str, **more: object) -> Attack:
    """Something else in place of a file or folder that the whole project needs."""

    def spoil(sandbox: Sandbox) -> None:
        target = sandbox.project / path
        if target.is_dir():
            shutil.copytree(target, sandbox.outside / "moved" / path)
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        make(target, sandbox)

    at = str(more.pop("at", path))
    part = path.partition("/")[2].partition("/")[0] if says else path
    return alone(row, name, spoil, says, at, **{"part": part, **more})


def named(name: str, path: str, says: str = NOT_SLUG, at: str = "") -> Attack:
    """A file or folder of some name, beside the sound ones."""
    place = os.fsencode(path)

    def spoil(sandbox: Sandbox) -> None:
        whole = os.path.join(os.fsencode(sandbox.project), place)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w") as file:
            file.write(f"{FRONT}\n---\n\nWords.\n" if path.endswith(".md") else "name: x\n")

    return Attack(name, NAMES, spoil, says, at or path, shares="names")


def _deep(path: Path, count: int) -> None:
    """Folders in folders, deeper than a path may be long."""
    path.mkdir(parents=True)
    here = os.open(path, os.O_RDONLY)  # not os.chdir, because other threads make sandboxes too
    for _ in range(count):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def _many(sandbox: Sandbox) -> None:
    for number in range(1_500):
        sandbox.write(f"content/clinics/x{number}.yml", "name: x\n")


def _files_in_leaflet(sandbox: Sandbox) -> None:
    for number in range(3_000):
        sandbox.write(f"content/leaflets/sleep/x{number}.txt", "x")


def _same_path(sandbox: Sandbox) -> None:
    """The leaflets a and a-b, in the formats b-c and c: both are a-b-c-screen.pdf."""
    for slug in ("a", "a-b"):
        sandbox.write(f"content/leaflets/{slug}/en.md", front_matter() + "\nWords.\n")
    row = (
        "    layout: sheet\n    on: {a4: {sheet: [210, 297], sides: [[1]],"
        " panels: [{name: front, width: 210, height: 297}]}}\n"
    )
    sandbox.write(
        BUILD,
        f"formats:\n  c:\n{row}  b-c:\n{row}"
        "runs:\n  - {leaflets: [a], formats: {b-c: [screen]}, web: false}\n"
        "  - {leaflets: [a-b], formats: {c: [screen]}, web: false}\n",
    )


def _twins(sandbox: Sandbox) -> None:
    shutil.copytree(sandbox.project / "content/leaflets/sleep",
                    sandbox.project / "content/leaflets/Sleep")  # fmt: skip


def _turn_twins(sandbox: Sandbox) -> None:
    shutil.copy(sandbox.project / LEAFLET, sandbox.project / "content/leaflets/sleep/EN.md")


# fmt: off
PLACES: list[Attack] = [
    leaflet_file(PATHS, "link-to-a-leaflet-outside", _link("@OUTSIDE@/en.md"), OUTSIDE),
    leaflet_file(PATHS, "link-to-the-sound-leaflet", _link("../sleep/en.md"), LINK),
    leaflet_file(PATHS, "link-by-many-steps", _link("../" * 40 + "etc/passwd"), OUTSIDE),
    leaflet_file(PATHS, "link-to-itself", _link("en.md"), LINK),
    leaflet_file(PATHS, "link-to-nothing", _link("@OUTSIDE@/nothing.md"), OUTSIDE),
    leaflet_file(PATHS, "link-to-a-process", _link("/proc/self/environ"), OUTSIDE),
    leaflet_file(PATHS, "link-to-the-input", _link("/dev/stdin"), OUTSIDE),
    leaflet_file(PATHS, "link-to-an-open-file", _link("/proc/self/fd/0"), OUTSIDE),
    leaflet_file(PATHS, "link-to-a-picture-outside", _link("@OUTSIDE@/canary.svg"), OUTSIDE,
                 "a.svg"),
    leaflet_file(PATHS, "link-to-random-pixels", _link("/dev/urandom"), OUTSIDE, "a.png"),
    leaflet_file(BOMBS, "leaflet-that-is-a-pipe", _pipe, NOT_REGULAR),
    leaflet_file(BOMBS, "leaflet-that-is-a-socket", _socket, "cannot be opened"),
    leaflet_file(BOMBS, "leaflet-that-is-a-device", _zeros, "This is not a regular file"),
    leaflet_file(BOMBS, "leaflet-that-is-a-folder", _folder, NOT_REGULAR),
    leaflet_file(BOMBS, "figure-that-is-a-pipe", _pipe, NOT_REGULAR, "a.png"),
    leaflet_file(BOMBS, "figure-that-is-a-device", _zeros, NOT_REGULAR, "a.png"),
    leaflet_file(BOMBS, "figure-that-is-a-folder", _folder, NOT_REGULAR, "a.svg"),
    leaflet_file(BOMBS, "figure-of-100-megabytes", _sparse(LARGE), "larger than 40 MB", "a.png"),
    clinic_file(PATHS, "clinic-that-is-a-link", _link("@OUTSIDE@/riverside.yml"), LINKED_NAME),
    clinic_file(PATHS, "clinic-that-is-a-link-to-a-neighbour", _link("riverside.yml"), LINKED_NAME),
    clinic_file(PATHS, "clinic-that-is-a-link-to-itself",
                _link("clinic-that-is-a-link-to-itself.yml"), LINKED_NAME),
    clinic_file(BOMBS, "clinic-that-is-a-pipe", _pipe, NOT_REGULAR),
    clinic_file(BOMBS, "clinic-that-is-a-socket", _socket, "cannot be opened"),
    clinic_file(BOMBS, "clinic-that-is-a-device", _zeros, NOT_REGULAR),
    clinic_file(BOMBS, "clinic-of-100-megabytes", _sparse(LARGE), "larger than 256 KB"),
    clinic_file(BOMBS, "clinic-of-15-terabytes", _sparse(HUGE), "larger than 256 KB"),
    instead(PATHS, "settings-that-are-a-link", BUILD, _link("@OUTSIDE@/riverside.yml"), OUTSIDE),
    instead(PATHS, "references-that-are-a-link", REFERENCES, _link("@OUTSIDE@/canary.txt"),
            OUTSIDE),
    instead(PATHS, "region-that-is-a-link", REGION, _link("@OUTSIDE@/riverside.yml"), LINKED_NAME),
    instead(PATHS, "logo-that-is-a-link", LOGO, _link("@OUTSIDE@/canary.svg"), OUTSIDE),
    instead(PATHS, "brand-that-is-a-link", BRAND, _link("@OUTSIDE@/riverside.yml"), OUTSIDE),
    instead(PATHS, "brand-folder-that-is-a-link", "content/brands/riverside",
            _moved, LINKED_NAME),
    instead(PATHS, "leaflet-folder-that-is-a-link", "content/leaflets/sleep",
            _moved, LINKED_NAME),
    instead(PATHS, "clinics-folder-that-is-a-link", "content/clinics", _moved,
            OUTSIDE, at=CLINIC),
    instead(PATHS, "brands-folder-that-is-a-link", "content/brands", _moved,
            OUTSIDE, at=BRAND),
    instead(PATHS, "regions-folder-that-is-a-link", "content/regions", _moved,
            OUTSIDE, at=REGION),
    instead(PATHS, "leaflets-folder-that-is-a-link", "content/leaflets", _moved,
            OUTSIDE, at=LEAFLET),
    instead(PATHS, "content-that-is-a-link", "content", _moved, OUTSIDE,
            at=CLINIC),
    instead(PATHS, "templates-that-are-a-link", "content/templates", _link("@OUTSIDE@/folder"),
            "This folder is a symbolic link"),
    instead(PATHS, "style-sheets-that-are-a-link", "content/templates/css",
            _link("@OUTSIDE@/folder/css"), "This folder is a symbolic link"),
    instead(PATHS, "style-sheet-that-is-a-link", "content/templates/css/base.css",
            _link("@OUTSIDE@/canary.css"), OUTSIDE),
    instead(PATHS, "template-that-is-a-link", "content/templates/leaflet.html",
            _link("@OUTSIDE@/canary.html"), OUTSIDE),
    instead(PATHS, "template-part-that-is-a-link", "content/templates/parts/about.html",
            _link("/etc/passwd"), OUTSIDE),
    instead(BOMBS, "settings-that-are-a-pipe", BUILD, _pipe, NOT_REGULAR),
    instead(BOMBS, "settings-that-are-a-device", BUILD, _zeros, NOT_REGULAR),
    instead(BOMBS, "references-that-are-a-pipe", REFERENCES, _pipe, NOT_REGULAR),
    instead(BOMBS, "region-that-is-a-pipe", REGION, _pipe, NOT_REGULAR),
    instead(BOMBS, "brand-that-is-a-pipe", BRAND, _pipe, NOT_REGULAR),
    instead(BOMBS, "logo-that-is-a-pipe", LOGO, _pipe, NOT_REGULAR),
    instead(BOMBS, "template-that-is-a-pipe", "content/templates/leaflet.html", _pipe, NOT_REGULAR),
    instead(BOMBS, "brand-that-is-a-folder", BRAND, _folder, NOT_REGULAR),
    instead(BOMBS, "settings-that-are-a-folder", BUILD, _folder, NOT_REGULAR),
    instead(BOMBS, "content-that-is-a-file", "content", _text,
            "There is no folder 'content'", at="project"),
    instead(BOMBS, "clinics-that-are-a-file", "content/clinics", _text,
            "This folder cannot be read"),
    instead(BOMBS, "references-of-100-megabytes", REFERENCES, _sparse(LARGE),
            "larger than 256 KB"),
    instead(BOMBS, "pipe-that-nobody-reads", "content/leaflets/sleep/notes", _pipe, "", made=SOUND),
    instead(BOMBS, "device-that-nobody-reads", "content/zeros", _zeros, "", made=SOUND),
    instead(BOMBS, "film-that-nobody-reads", "content/leaflets/sleep/film.mp4",
            _sparse(HUGE), "", made=SOUND, timeout_s=10, part=""),
    instead(LAYOUT, "folders-1900-deep", "content/notes", lambda path, _: _deep(path, 1_900), "",
            made=SOUND),
    instead(LAYOUT, "templates-1900-deep", "content/templates", lambda path, _: _deep(path, 1_900),
            "is nested more than 4 deep", at="content/templates/d/d/d/d/d"),
    alone(LAYOUT, "clinics-by-the-thousand", _many, "The key 'region' is missing",
          "content/clinics/x1499.yml"),
    alone(LAYOUT, "notes-by-the-thousand", _files_in_leaflet, made=SOUND, part="sleep"),
    alone(NAMES, "two-files-of-one-path", _same_path, "a-b-c-screen.pdf", "a-b-c-screen.pdf"),
    alone(NAMES, "two-leaflets-that-differ-by-case", _twins, NOT_SLUG, "content/leaflets/Sleep",
          part="leaflets"),
    alone(NAMES, "two-languages-that-differ-by-case", _turn_twins,
          "has no words for the language 'EN'", "content/leaflets/sleep/EN.md",
          part="leaflets"),
    *(
        named(f"clinic-named-{device}", f"content/clinics/{device}.yml",
              "Windows keeps this name for itself")
        for device in ("con", "prn", "aux", "nul", "com1", "lpt9")
    ),
    named("clinic-named-by-capitals", "content/clinics/CON.yml"),
    named("clinic-named-by-two-dots", "content/clinics/...yml", "", at="-"),
    named("clinic-named-by-a-space-behind", "content/clinics/x .yml"),
    named("clinic-named-by-a-line", "content/clinics/a\nb.yml", at="content/clinics/a"),
    named("clinic-named-by-a-tab", "content/clinics/a\tb.yml", at="content/clinics/a"),
    named("clinic-named-to-write-to-the-terminal", "content/clinics/a\x1b]0;x\a.yml",
          at="content/clinics/a"),
    named("clinic-named-by-no-text", "content/clinics/\udcff\udcfe.yml", at="content/clinics/"),
    named("clinic-named-by-80-letters", f"content/clinics/{'a' * 81}.yml",
          "longer than 80 characters"),
    named("clinic-named-by-255-bytes", f"content/clinics/{'a' * 251}.yml",
          "longer than 80 characters"),
    named("clinic-named-by-umlauts", "content/clinics/äöü.yml"),
    named("clinic-named-by-a-pictograph", "content/clinics/\U0001f600.yml"),
    named("clinic-named-by-a-hidden-letter", "content/clinics/a\u200bb.yml",
          at="content/clinics/a"),
    named("clinic-named-from-right-to-left", "content/clinics/a\u202eb.yml",
          at="content/clinics/a"),
    named("clinic-named-by-other-letters", "content/clinics/riversidе.yml"),
    named("clinic-named-by-wide-letters", "content/clinics/ｒiverside.yml"),
    named("clinic-named-by-quotes", "content/clinics/'\";$(id).yml"),
    named("clinic-named-as-an-option", "content/clinics/--force.yml"),
    named("clinic-named-by-backslashes", "content/clinics/x\\..\\..\\y.yml"),
    named("clinic-named-by-percent", "content/clinics/%2e%2e%2fx.yml"),
    named("clinic-named-by-a-pattern", "content/clinics/*.yml"),
    named("clinic-named-by-code", "content/clinics/{{x}}.yml"),
    named("leaflet-named-con", "content/leaflets/con/en.md",
          "Windows keeps this name for itself", "content/leaflets/con"),
    named("leaflet-named-by-dots", "content/leaflets/a..b/en.md", at="content/leaflets/a..b"),
    named("leaflet-named-by-dots-first", "content/leaflets/..x/en.md", "", at="-"),
    named("leaflet-named-by-a-space", "content/leaflets/a b/en.md", at="content/leaflets/a b"),
    named("leaflet-named-by-a-command", "content/leaflets/clean/en.md", "it is also a command",
          "content/leaflets/clean"),
    named("language-of-no-country", "content/leaflets/x1/zz.md", "has no words for the language"),
    named("language-of-a-path", "content/leaflets/x2/..%2fen.md", "has no words for the language"),
    named("language-that-is-a-pattern", "content/leaflets/x3/*.md",
          "has no words for the language"),
    named("language-of-200-letters", f"content/leaflets/x4/{'e' * 200}.md",
          "has no words for the language"),
    named("brand-named-con", "content/brands/con/brand.yml", "Windows keeps this name for itself",
          "content/brands/con"),
    named("brand-named-by-capitals", "content/brands/Riverside/brand.yml",
          at="content/brands/Riverside"),
    named("region-named-con", "content/regions/con.yml", "Windows keeps this name for itself"),
    named("region-named-by-capitals", "content/regions/UK.yml"),
    named("template-out-of-its-folder", "content/templates/x%2f..%2fy.html",
          "No shipped template has this name"),
    named("template-of-no-use", "content/templates/evil.py", "No shipped template has this name"),
    clinic(NAMES, "clinic-of-a-tag-that-is-a-path", NOT_SLUG, tags='["../x"]'),
    clinic(NAMES, "clinic-of-a-tag-of-a-device", "Windows keeps this name", tags="[nul]"),
]
# fmt: on
