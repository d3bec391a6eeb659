"""The room stands under press and check, and nobody's circle hides behind a type checker."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import foldwell

FOLDER = Path(foldwell.__file__).parent


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules of ours that some code imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("foldwell"):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("foldwell"))


def hidden(tree: ast.AST) -> list[str]:
    """Those that only a type checker sees."""
    return [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for name in imported(node)
    ]


@pytest.mark.parametrize("path", sorted((FOLDER / "pdf").glob("*.py")), ids=lambda path: path.stem)
def test_what_pdf_knows_of(path: Path) -> None:
    rooms = {name.split(".")[1] for name in imported(ast.parse(path.read_text(encoding="utf-8")))}
    assert rooms <= {"pdf", "errors"}


@pytest.mark.parametrize("room", ["pdf", "press", "check"])
def test_no_import_is_for_the_type_checker_alone(room: str) -> None:
    for path in (FOLDER / room).glob("*.py"):
        assert hidden(ast.parse(path.read_text(encoding="utf-8"))) == [], path.name


def test_a_hidden_import_is_seen() -> None:
    code = "if TYPE_CHECKING:\n    from foldwell.pdf.run import Run\n    import PIL"
    assert hidden(ast.parse(code)) == ["foldwell.pdf.run"]
