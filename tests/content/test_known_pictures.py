from pathlib import Path

import pytest

from foldwell.content import images
from foldwell.content.images import read_image
from foldwell.content.known_pictures import KnownPictures

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><g style="fill:red">{}</g></svg>'


def drawn(folder: Path, body: str = '<path d="M0 0h4v1z"/>') -> Path:
    (folder / "a.svg").write_text(SVG.format(body))
    return folder


def write(kept: Path, known: KnownPictures) -> None:
    kept.mkdir(exist_ok=True)
    for name, content in known.fresh.items():
        (kept / name).write_bytes(content)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder that holds what the picture ``a.svg`` became."""
    known = KnownPictures(None, "stamp")
    read_image(drawn(tmp_path), "a.svg", known)
    write(tmp_path / "kept", known)
    return tmp_path / "kept"


def test_a_picture_is_worked_on_once(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_image(tmp_path, "a.svg")
    monkeypatch.delattr(images, "read_drawing")
    known = KnownPictures(kept, "stamp")
    assert read_image(tmp_path, "a.svg", known) == before
    assert not known.fresh and {path.name for path in kept.iterdir()} == known.used


def test_another_picture_or_another_foldwell_makes_it_anew(kept: Path, tmp_path: Path) -> None:
    for stamp, body in (("other", '<path d="M0 0h4v1z"/>'), ("stamp", '<path d="M0 0h3v1z"/>')):
        known = KnownPictures(kept, stamp)
        read_image(drawn(tmp_path, body), "a.svg", known)
        assert len(known.fresh) == 1


def test_what_is_torn_is_made_anew(kept: Path, tmp_path: Path) -> None:
    (path,) = kept.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    known = KnownPictures(kept, "stamp")
    assert read_image(tmp_path, "a.svg", known) == read_image(tmp_path, "a.svg")
    assert len(known.fresh) == 1


def test_what_is_sound_is_not_kept(tmp_path: Path) -> None:
    plain = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4z"/></svg>'
    (tmp_path / "a.svg").write_text(plain)
    known = KnownPictures(tmp_path)
    assert read_image(tmp_path, "a.svg", known).findings == () and not known.fresh
