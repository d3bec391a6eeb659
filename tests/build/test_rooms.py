"""Which room may import which: arrows go down the list only, wherever in a module they stand."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import BASE

PACKAGE = BASE.parents[2] / "foldwell"
ABOVE = {
    "build": ("afar", "project", "cli"),
    "afar": ("project", "cli"),
    "project": ("afar", "cli"),
    "content": ("build", "afar", "project", "cli"),
    "typeset": ("build", "afar", "project", "cli"),
    "press": ("build", "afar", "project", "cli"),
    "check": ("build", "afar", "project", "cli"),
}
"""What a room must not import: what it is used by, and machines that may not be there."""


def imported(path: Path) -> Iterator[str]:
    """What a module imports from Foldwell, at once or later; types alone do not count."""
    for node in ast.walk(runtime(ast.parse(path.read_text()))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def runtime(tree: ast.Module) -> ast.Module:
    kept = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    return ast.Module(kept, [])


@pytest.mark.parametrize("room", ABOVE)
def test_no_arrow_goes_up(room: str) -> None:
    modules = sorted(PACKAGE.glob(f"{room}/*.py")) or [PACKAGE / f"{room}.py"]
    forbidden = tuple(f"foldwell.{above}" for above in ABOVE[room])
    found = [
        f"{path.name}: {name}"
        for path in modules
        for name in imported(path)
        if name.startswith(forbidden)
    ]
    assert found == []


def test_an_arrow_that_goes_up_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "if TYPE_CHECKING:\n    import foldwell.cli\ndef later():\n    from foldwell import afar\n"
    )
    assert list(imported(module)) == ["foldwell", "foldwell.afar"]
