from pathlib import Path

import pytest

from foldwell.content.reading import read_file, read_text
from foldwell.errors import FoldwellError


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo\n")
    assert read_text(tmp_path, "a.md") == "one\ntwo\n"


@pytest.mark.parametrize("path", ["../a.md", "b/../a.md", "b/../../a.md"])
def test_no_way_up(path: str, tmp_path: Path) -> None:
    (tmp_path / "project" / "b").mkdir(parents=True)
    (tmp_path / "a.md").write_text("secret")
    (tmp_path / "project" / "a.md").write_text("text")
    with pytest.raises(FoldwellError):
        read_file(tmp_path / "project", path)


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path, "a", limit_bytes=5) == b"12345"
    with pytest.raises(FoldwellError):
        read_file(tmp_path, "a", limit_bytes=4)
