"""The gallery: thumbnails of built files, made from what the files say of themselves."""

import io
import re
import shutil
from base64 import b64decode
from pathlib import Path

import pypdfium2
import pytest
from conftest import BASE, TODAY, compose_and_make
from PIL import Image

from foldwell.build.gallery import MOST_PAGES, SCALE, clinics_to_show, gallery
from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.build.specimens import languages
from foldwell.cli import main
from foldwell.content.library import read_library
from foldwell.fonts import not_added
from foldwell.paper.formats import FORMATS


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Screen files of the sound project, a fold and a flat sheet."""
    root = tmp_path_factory.mktemp("gallery") / "project"
    shutil.copytree(BASE, root)
    (root / "content/build.yml").write_text(
        "runs:\n  - formats: {letter-fold: [screen], a4: [screen], booklet: [screen]}\n"
        "    web: false\n"
    )
    made = {
        job.path: compose_and_make(job)
        for job in make_plan(read_library(root, TODAY), Selection(), TODAY).jobs
    }
    return {path: end.content for path, end in made.items() if isinstance(end, Made)}


def pages(content: bytes) -> int:
    with pypdfium2.PdfDocument(content) as pdf:
        return len(pdf)


def test_every_file_is_shown_at_one_scale(files: dict[str, bytes]) -> None:
    assert len(files) == 3
    text = gallery(BASE, FORMATS, files, TODAY)[0].decode()
    for path in files:
        assert f'href="{path}"' in text
    names = re.findall(r"<h3><a [^>]*>([^<]*)</a>", text)
    assert names == [name for name in FORMATS if name in ("letter-fold", "a4", "booklet")]
    assert "297 × 210 mm, folded to 100 × 210 mm, 6 panels" in text
    assert "297 × 210 mm, stitched to 148.5 × 210 mm" in text
    thumbnails = [b64decode(found) for found in re.findall(r"data:image/png;base64,([^\"]*)", text)]
    assert len(thumbnails) == sum(min(pages(content), MOST_PAGES) for content in files.values())
    sizes = re.findall(r"width: calc\(var\(--zoom\) \* ([\d.]+)mm\); height", text)
    assert str(round(210 * SCALE, 1)) in sizes and str(round(97 * SCALE, 1)) in sizes
    for thumbnail in thumbnails:
        assert len(Image.open(io.BytesIO(thumbnail)).convert("L").getcolors() or ()) > 8, "empty"


def test_a_long_leaflet_shows_its_first_pages(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foldwell.build.gallery.MOST_PAGES", 2)
    (fold,) = (path for path in files if "letter-fold" in path)
    text = gallery(BASE, FORMATS, {fold: files[fold]}, TODAY)[0].decode()
    assert text.count("<img") == 2 and "the first 2 are shown" in text


def test_one_clinic_of_each_paper_is_shown(project: Path) -> None:
    assert clinics_to_show(project, TODAY) == ("riverside",)
    clinic = project / "content/clinics/riverside.yml"
    shutil.copy(clinic, clinic.with_name("another.yml"))
    assert clinics_to_show(project, TODAY) == ("another",)


def test_the_command_builds_what_it_shows(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    (project / "content/build.yml").write_text("runs:\n  - formats: {a6: [screen], a4: [office]}\n")
    for arguments, code in ((["gallery"], 0), (["gallery", "--medium", "press"], 2)):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == code
    assert "Leave --medium out." in capsys.readouterr().err
    assert "sleep-a6-screen.pdf" in (project / "output/gallery.html").read_text()
    assert (project / "output/gallery.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(SystemExit) as caught:
        main(["clean"])
    assert caught.value.code == 0 and not (project / "output/gallery.html").exists()


def test_specimens_of_scripts_are_shown_by_their_own_names(files: dict[str, bytes]) -> None:
    content = next(iter(files.values()))
    text = gallery(BASE, FORMATS, {}, TODAY, [("he", content), ("bn", content)])[0].decode()
    assert "<h2>Languages</h2>" in text
    assert "עברית" in text and "বাংলা" in text
    assert text.count("<img") == 2 * min(pages(content), MOST_PAGES)
    held = languages()
    assert {"ar", "he", "bn", "ta", "am", "el", "vi"} <= {*held}
    assert ("zh-Hans" in held) == (not_added("zh-Hans") is None)
