"""The page of the architecture names files that are there, and rooms as the linter has them."""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LINES = 300
"""The most that a module has: it holds one noun."""
PAGE = (PROJECT / "docs/architecture.md").read_text()


def test_every_file_that_it_names_is_there() -> None:
    named = {
        name
        for name in re.findall(r"`([\w/.-]+(?:\.py|\.toml|\.yml|/))`", PAGE)
        if "<" not in name and not name.endswith("<language>.md")
    }
    assert len(named) > 15
    missing = [
        name
        for name in sorted(named)
        if not any((PROJECT / folder / name).exists() for folder in ("", "foldwell"))
    ]
    assert missing == []


def test_its_rooms_are_those_of_the_linter() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    (layers,) = [
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    rooms = {name for layer in layers for name in re.findall(r"(?<!\()\b\w+\b(?!\))", layer)}
    picture = PAGE.split("## The rooms")[1].split("```")[1]
    drawn = [set(re.findall(r"\w+", line)) for line in picture.splitlines()]
    assert [name for name in sorted(rooms) if not any(name in line for line in drawn)] == []


def test_it_tells_how_to_add_each_kind() -> None:
    table = PAGE.split("| to add a |")[1].split("\n\n")[0].splitlines()[2:]
    added = [line.split(" | ")[0].strip("| ") for line in table]
    assert added == [
        "block", "format", "medium", "font", "rule", "fact", "region", "command", "language",
    ]  # fmt: skip


def test_no_module_is_long() -> None:
    modules = {
        str(path.relative_to(PROJECT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in PROJECT.glob("foldwell/**/*.py")
    }
    assert len(modules) > 200
    assert {name: lines for name, lines in modules.items() if lines > LINES} == {}
