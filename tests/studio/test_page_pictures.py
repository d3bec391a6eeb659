"""Pictures of pages are kept in the project's own folder, and nothing behind a link is touched."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from studio_client import Client, desk_of

from foldwell.build.page_pictures import Sheet
from foldwell.studio import pictures
from foldwell.studio.pictures import FOLDER, Pictures


@pytest.fixture
def drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Pictures, Path]]:
    """Pictures that are drawn in no time, and a file to draw."""
    monkeypatch.setattr(pictures, "KEPT_FILES", 3)
    monkeypatch.setattr(Pictures, "drawn", lambda *given: [Sheet(b"fresh", (1, 1))])
    root = tmp_path / "project"
    root.mkdir()
    file = tmp_path / "file.pdf"
    file.write_bytes(b"%PDF")
    yield Pictures(root), file


def fill(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(8):
        (folder / f"{number}.png").write_bytes(b"theirs")
        os.utime(folder / f"{number}.png", (number, number))


def test_the_oldest_pictures_go(
    drawing: tuple[Pictures, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "KEPT_FILES", 7)
    own, file = drawing
    folder = file.parent / "project" / FOLDER
    fill(folder)
    assert own.page(file, 0, 100) == b"fresh"
    assert not (folder / "0.png").exists() and (folder / "1.png").exists()
    monkeypatch.setattr(Pictures, "drawn", lambda *given: pytest.fail("it is kept"))
    assert own.page(file, 0, 100) == b"fresh"


@pytest.mark.parametrize("link", [".foldwell", FOLDER])
@pytest.mark.parametrize("inside", [False, True])
def test_nothing_is_deleted_read_or_kept_behind_a_link(
    link: str, inside: bool, drawing: tuple[Pictures, Path]
) -> None:
    own, file = drawing
    root = file.parent / "project"
    theirs = root / "content" if inside else file.parent / "theirs"
    there = theirs / "pages" if link == ".foldwell" else theirs
    fill(there)
    (root / link).parent.mkdir(exist_ok=True)
    (root / link).symlink_to(theirs)
    before = sorted(path.name for path in there.iterdir())
    assert own.page(file, 0, 100) == b"fresh"
    assert sorted(path.name for path in there.iterdir()) == before


def test_a_new_brand_is_not_written_through_a_link(project: Path, tmp_path: Path) -> None:
    brands = project / "content/brands"
    brands.rename(tmp_path / "elsewhere")
    brands.symlink_to(tmp_path / "elsewhere")
    before = sorted((tmp_path / "elsewhere").rglob("*"))
    client = Client(desk_of(project))
    answer = client.post("/new-brand", {"title": "North", "colour": "teal"})
    assert answer.status == 303 and answer.headers["location"].startswith("/brands?wrong=")
    assert "links%20are%20not%20followed" in answer.headers["location"]
    assert sorted((tmp_path / "elsewhere").rglob("*")) == before


def test_a_page_that_is_not_there_is_no_error_of_the_studio(project: Path) -> None:
    client = Client(desk_of(project))
    form: dict[str, object] = {"text": "x", "clinic": "nobody", "format": "a4", "page": "a"}
    for number in ("%C2%B2", "9" * 5000, "-1", "1.0"):
        assert client.get(f"/preview/{unquote(number)}").status == 404
        assert client.get(f"/page/riverside/en/x.pdf?n={number}").status == 404
    for number in ("²", "9" * 5000):
        answer = client.post("/leaflet/sleep/en/preview", {**form, "number": number})
        assert answer.status in (200, 422), answer.text
    client.desk.close()
