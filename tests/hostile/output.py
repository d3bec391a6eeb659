"""Attacks on the output folder: what stands there before a build."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from hostile.attack import SOUND, Attack, alone, clinic
from hostile.rows import OUTPUT
from hostile.sandbox import Sandbox

LEDGER = "output/.foldwell/ledger.sqlite"
FILE = "/en/sleep-a4-screen.pdf"
LINKED_FOLDER = "This folder is a link that leads out of the output folder"


def _link(relative: str, target: str):  # type: ignore[no-untyped-def]
    def spoil(sandbox: Sandbox) -> None:
        path = sandbox.project / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(sandbox.filled(target))

    return spoil


def _file(relative: str, content: bytes = b"x"):  # type: ignore[no-untyped-def]
    return lambda sandbox: sandbox.write(relative, content) and None


def _folder(relative: str):  # type: ignore[no-untyped-def]
    return lambda sandbox: (sandbox.project / relative).mkdir(parents=True)


def _pipe(relative: str):  # type: ignore[no-untyped-def]
    def spoil(sandbox: Sandbox) -> None:
        path = sandbox.project / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)

    return spoil


def _database(path: Path, *commands: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path)
    for command in commands:
        database.execute(command)
    database.commit()
    database.close()


def _link_to_another_database(sandbox: Sandbox) -> None:
    _database(sandbox.outside / "other.sqlite", "CREATE TABLE passwords (word TEXT)")
    _link(LEDGER, "@OUTSIDE@/other.sqlite")(sandbox)


def _ledger_with_a_trap(sandbox: Sandbox) -> None:
    _database(
        sandbox.project / LEDGER,
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO meta VALUES ('schema', '999')",
        "CREATE VIEW jobs AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " SELECT x AS path, x AS record FROM n",
    )


def _ledger_of_another_build(sandbox: Sandbox) -> None:
    """Records that name files outside, should anyone trust them."""
    _database(
        sandbox.project / LEDGER,
        "CREATE TABLE jobs (path TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO jobs VALUES ('../../outside/canary.txt', '{}')",
    )


def beside(
    name: str,
    where: str,
    make: Callable[..., Callable[[Sandbox], None]],
    *target: str,
    says: str = "",
) -> Attack:
    """Something that stands where the files of a clinic of this name belong."""
    path = f"{name}{FILE}"

    def spoil(sandbox: Sandbox) -> None:
        clinic(OUTPUT, name).spoil(sandbox)
        make(f"output/{name}{where}", *target)(sandbox)

    prints = () if says else ("Good habits",)
    made = "" if says else path
    return alone(OUTPUT, name, spoil, says, path, made=made, prints=prints, shares="outputs")


# fmt: off
OUTPUTS: list[Attack] = [
    beside("output-clinic-folder-that-is-a-link", "", _link, "@OUTSIDE@", says=LINKED_FOLDER),
    beside("output-language-folder-that-is-a-link", "/en", _link, "@OUTSIDE@", says=LINKED_FOLDER),
    beside("output-language-folder-that-leads-up", "/en", _link, "../../..", says=LINKED_FOLDER),
    beside("output-language-folder-that-leads-to-itself", "/en", _link, "en", says="link"),
    beside("output-folder-that-leads-to-nothing", "", _link, "@OUTSIDE@/nothing",
           says=LINKED_FOLDER),
    beside("output-file-that-is-a-link", FILE, _link, "@OUTSIDE@/canary.txt"),
    beside("output-file-that-is-a-link-to-nothing", FILE, _link, "@OUTSIDE@/nothing.pdf"),
    beside("output-file-that-is-a-folder", f"{FILE}/x", _folder,
           says="This file cannot be written (Is a directory)"),
    beside("output-file-that-is-a-pipe", FILE, _pipe),
    beside("output-folder-that-is-a-file", "", _file, says="This file cannot be written"),
    beside("output-language-folder-that-is-a-file", "/en", _file,
           says="This file cannot be written"),
    beside("output-language-folder-that-is-a-pipe", "/en", _pipe,
           says="This file cannot be written"),
    alone(OUTPUT, "output-that-is-a-file", _file("output"), "'output' is a file", "output", code=2),
    alone(OUTPUT, "output-that-is-a-pipe", _pipe("output"), "'output' is a file", "output", code=2),
    alone(OUTPUT, "output-ledger-folder-that-is-a-link", _link("output/.foldwell", "@OUTSIDE@"),
          "This folder is a link", "output/.foldwell"),
    alone(OUTPUT, "output-ledger-folder-that-is-a-file", _file("output/.foldwell"), "cannot be",
          "output"),
    alone(OUTPUT, "output-ledger-that-is-a-link", _link(LEDGER, "@OUTSIDE@/canary.txt"),
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-that-is-a-link-to-nothing", _link(LEDGER, "@OUTSIDE@/new.sqlite"),
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-that-is-another-database", _link_to_another_database,
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-that-is-a-folder", _folder(f"{LEDGER}/x"),
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-that-is-a-pipe", _pipe(LEDGER), made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-of-noise", _file(LEDGER, bytes(range(256)) * 400),
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-with-a-head-only",
          _file(LEDGER, b"SQLite format 3\0" + b"\xff" * 5_000), made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-with-a-view-that-never-ends", _ledger_with_a_trap,
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-ledger-that-names-files-outside", _ledger_of_another_build,
          made=SOUND, part="ledger"),
    alone(OUTPUT, "output-log-of-the-ledger-that-is-a-link",
          _link(f"{LEDGER}-wal", "@OUTSIDE@/canary.txt"), made=SOUND, part="ledger"),
    alone(OUTPUT, "output-lock-that-is-a-link",
          _link("output/.foldwell/lock", "@OUTSIDE@/canary.txt"), "cannot be", "output"),
    alone(OUTPUT, "output-lock-that-is-a-folder", _folder("output/.foldwell/lock/x"), "cannot be",
          "output"),
    alone(OUTPUT, "output-lock-that-is-a-pipe", _pipe("output/.foldwell/lock"), made=SOUND),
    alone(OUTPUT, "output-holder-that-is-a-link",
          _link("output/.foldwell/holder.json", "@OUTSIDE@/canary.txt"), made=SOUND, part="holder"),
    alone(OUTPUT, "output-holder-that-is-a-link-to-nothing",
          _link("output/.foldwell/holder.json", "@OUTSIDE@/new.json"), made=SOUND, part="holder"),
    alone(OUTPUT, "output-holder-that-is-a-folder", _folder("output/.foldwell/holder.json/x"),
          "cannot be written", "output"),
    alone(OUTPUT, "output-into-content", lambda _: None, "is part of the project itself", "content",
          arguments=("--output", "content/leaflets"), code=2),
    alone(OUTPUT, "output-into-content-by-steps", lambda _: None, "is part of the project itself",
          "content", arguments=("--output", "output/../content"), code=2),
    alone(OUTPUT, "output-into-content-by-a-link", _link("output", "content"),
          "is part of the project itself", "output", code=2),
    alone(OUTPUT, "output-into-a-file-of-the-system", lambda _: None, "is a file", "/dev/null",
          arguments=("--output", "/dev/null"), code=2),
    alone(OUTPUT, "clean-behind-links", _link("output/riverside", "@OUTSIDE@"), "",
          arguments=("clean",)),
    alone(OUTPUT, "clean-of-a-folder-that-is-a-link", _link("output", "@OUTSIDE@"),
          "The output folder is a link", "output", arguments=("clean",)),
    alone(OUTPUT, "clean-of-the-project", lambda _: None, "holds more than what builds have made",
          "project", arguments=("clean", "--output", ".")),
]
# fmt: on
