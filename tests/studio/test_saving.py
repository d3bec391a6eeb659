"""A save replaces the file that was looked at, whole, and keeps what stood there."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from studio_client import Client, desk_of

from foldwell.content.reading import read_file
from foldwell.errors import FoldwellError
from foldwell.studio.saving import (
    Conflict,
    difference,
    mark,
    save,
    version,
    version_names,
    versions,
)

LEAFLET = "content/leaflets/sleep/en.md"
KILLS = 50 if os.environ.get("FOLDWELL_LONG_TESTS") else 8


def test_what_was_replaced_is_kept(project: Path) -> None:
    before = (project / LEAFLET).read_bytes()
    assert save(project, LEAFLET, before + b"\nMore.\n", mark(before))
    assert (project / LEAFLET).read_bytes() == before + b"\nMore.\n"
    (one,) = versions(project, LEAFLET)
    assert one.content == before
    assert difference(before, before + b"\nMore.\n")[-1] == ("+", "More.")
    assert (project / ".foldwell/.gitignore").read_text() == "*\n"


def test_what_is_the_same_is_not_written(project: Path) -> None:
    before = (project / LEAFLET).read_bytes()
    assert not save(project, LEAFLET, before, mark(before))
    assert list(versions(project, LEAFLET)) == []


def test_a_file_that_changed_meanwhile_is_left_alone(project: Path) -> None:
    seen = mark((project / LEAFLET).read_bytes())
    (project / LEAFLET).write_bytes(b"theirs")
    with pytest.raises(Conflict) as conflict:
        save(project, LEAFLET, b"mine", seen)
    assert conflict.value.there == b"theirs"
    assert (project / LEAFLET).read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "path",
    ["build.py", "content/references.json", "content/templates/leaflet.html", "../out.md",
     "content/leaflets/../../x.md", "content/leaflets/sleep/en.md/../../../../x.md",
     "content/clinics/x.yml\n", "content/brands/riverside/evil.svg", "/etc/passwd"],
)  # fmt: skip
def test_nothing_else_is_written(path: str, project: Path) -> None:
    with pytest.raises(FoldwellError):
        save(project, path, b"x", "")
    there = project / path.strip()
    assert path == "/etc/passwd" or not there.exists() or there.read_bytes() != b"x"


def test_links_are_not_written_through(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"theirs")
    (project / LEAFLET).unlink()
    (project / LEAFLET).symlink_to(outside)
    with pytest.raises(FoldwellError):
        save(project, LEAFLET, b"mine", mark(b"theirs"))
    assert outside.read_bytes() == b"theirs"


@pytest.mark.parametrize("link", [".foldwell", ".foldwell/history", ".foldwell/history/content"])
def test_versions_behind_a_link_are_neither_shown_nor_put_back(
    link: str, project: Path, tmp_path: Path
) -> None:
    before = (project / LEAFLET).read_bytes()
    save(project, LEAFLET, before + b"\nMore.\n", mark(before))
    (name,) = version_names(project, LEAFLET)
    (project / link).rename(tmp_path / "elsewhere")
    (project / link).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FoldwellError, match="links are not followed"):
        list(versions(project, LEAFLET))
    client = Client(desk_of(project))
    assert client.get(f"/history?file={LEAFLET}").status == 422
    now = (project / LEAFLET).read_bytes()
    form: dict[str, object] = {"file": LEAFLET, "version": name, "seen": mark(now)}
    assert client.post("/history", form).status == 422
    assert (project / LEAFLET).read_bytes() == now


def test_a_version_that_is_a_link_is_not_read(project: Path, tmp_path: Path) -> None:
    before = (project / LEAFLET).read_bytes()
    save(project, LEAFLET, before + b"\nMore.\n", mark(before))
    (name,) = version_names(project, LEAFLET)
    kept = project / ".foldwell/history" / LEAFLET / name
    kept.rename(tmp_path / "outside")
    kept.symlink_to(tmp_path / "outside")
    assert version_names(project, LEAFLET) == [] == list(versions(project, LEAFLET))
    with pytest.raises(FoldwellError, match="leads out of the project"):
        version(project, LEAFLET, name)


def test_only_versions_that_are_shown_are_read(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / ".foldwell/history" / LEAFLET
    folder.mkdir(parents=True)
    names = [f"20260101T{n:012}Z-{'0' * 12}" for n in range(60)]
    for name in [*names, "20261399T000000000000Z-000000000000", "notes.txt"]:
        (folder / name).write_bytes(name.encode())
    read: list[str] = []

    def reads(root: Path, relative: str, limit_bytes: int) -> bytes:
        read.append(Path(relative).name)
        return read_file(root, relative, limit_bytes)

    monkeypatch.setattr("foldwell.studio.saving.read_file", reads)
    assert version_names(project, LEAFLET) == sorted(names, reverse=True) and read == []
    client = Client(desk_of(project))
    assert client.get(f"/history?file={LEAFLET}").status == 200
    assert [name for name in read if name != "en.md"] == sorted(names, reverse=True)[:50]
    read.clear()
    seen = mark((project / LEAFLET).read_bytes())
    form: dict[str, object] = {"file": LEAFLET, "version": names[3], "seen": seen}
    assert client.post("/history", form).status == 303
    assert [name for name in read if name != "en.md"] == [names[3]]


WRITER = """
import sys
from pathlib import Path
from foldwell.studio.saving import mark, present, save
root = Path(sys.argv[1])
print("ready", flush=True)
for number in range(100000):
    save(root, sys.argv[2], (f"{number:06}\\n" * 20000).encode(), mark(present(root, sys.argv[2])))
"""


def test_a_killed_save_loses_and_halves_nothing(project: Path) -> None:
    rolled = random.Random(7)
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(project), LEAFLET], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
        time.sleep(rolled.uniform(0.02, 0.25))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        lines = (project / LEAFLET).read_text().splitlines()
        whole = lines[0] == "---" or (len(lines) == 20000 and len(set(lines)) == 1)
        assert whole, lines[:2]
        for one in versions(project, LEAFLET):
            kept = one.content.decode().splitlines()
            assert kept[0] == "---" or (len(kept) == 20000 and len(set(kept)) == 1)
            assert one.name.endswith(mark(one.content)[:12])
    now = (project / LEAFLET).read_bytes()
    assert save(project, LEAFLET, b"after\n", mark(now))  # no lock is left behind
    assert next(versions(project, LEAFLET)).content == now


def test_two_tabs(project: Path) -> None:
    """The second to save is shown both versions, and can put its own in place after all."""
    client = Client(desk_of(project))
    before = (project / LEAFLET).read_text()
    seen = mark(before.encode())
    first = before + "\nFirst.\n"
    assert client.post("/leaflet/sleep/en", {"text": first, "seen": seen}).status == 303
    answer = client.post("/leaflet/sleep/en", {"text": before + "\nSecond.\n", "seen": seen})
    assert answer.status == 409
    assert "First." in answer.text and "Second." in answer.text
    assert (project / LEAFLET).read_text() == first
    there = mark(first.encode())
    again = client.post("/leaflet/sleep/en", {"text": before + "\nSecond.\n", "seen": there})
    assert again.status == 303
    assert [one.content.decode() for one in versions(project, LEAFLET)] == [first, before]


def test_a_version_is_put_back(project: Path) -> None:
    client = Client(desk_of(project))
    before = (project / LEAFLET).read_text()
    client.post("/leaflet/sleep/en", {"text": before + "\nSlip.\n", "seen": mark(before.encode())})
    page = client.get(f"/history?file={LEAFLET}")
    assert page.status == 200 and "Slip." in page.text
    (one,) = versions(project, LEAFLET)
    seen = mark((project / LEAFLET).read_bytes())
    form: dict[str, object] = {"file": LEAFLET, "version": one.name, "seen": seen}
    assert client.post("/history", form).status == 303
    assert (project / LEAFLET).read_text() == before


def test_line_ends_stay(project: Path) -> None:
    client = Client(desk_of(project))
    before = (project / LEAFLET).read_bytes().replace(b"\n", b"\r\n")
    (project / LEAFLET).write_bytes(before)
    text = before.decode() + "More.\r\n"
    client.post("/leaflet/sleep/en", {"text": text, "seen": mark(before)})
    assert (project / LEAFLET).read_bytes() == before + b"More.\r\n"


def test_a_clinic_that_somebody_else_saved(project: Path) -> None:
    """Both versions are shown, and what was typed can be put in its place after all."""
    import html
    import re

    client, path = Client(desk_of(project)), "content/clinics/riverside.yml"
    before = (project / path).read_text()
    theirs = before.replace("1 River Road", "2 River Road")
    (project / path).write_text(theirs)
    page = client.get("/clinic/riverside").text
    form: dict[str, object] = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', page))
    form |= {"region": "uk", "brand": "riverside", "address": "1 River Road"}
    form |= {"phone": "0113 496 0188", "seen": mark(before.encode())}
    answer = client.post("/clinic/riverside", form)
    assert answer.status == 409 and (project / path).read_text() == theirs
    assert "+ phone: 0113 496 0188" in answer.text and "2 River Road" in answer.text
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    again: dict[str, object] = {name: html.unescape(value) for name, value in hidden}
    assert again["seen"] == mark(theirs.encode())
    assert client.post("/clinic/riverside", again).status == 303
    now = (project / path).read_text()
    assert "0113 496 0188" in now and "1 River Road" in now
    assert next(versions(project, path)).content.decode() == theirs
