"""The archive for a print shop: the same files in, the same archive out."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from brand_files import font, write_brand
from conftest import BASE, TODAY

from foldwell.build.pack import font_licences, pack
from foldwell.fonts import FONTS

FILES = {
    "sleep-a4-press.pdf": b"%PDF press",
    "sleep-a4-press-ticket.yml": "title: Sleep well, übermüdet\n".encode(),
    "sleep-a4-screen.pdf": b"%PDF screen" * 1000,
    "sleep.html": b"<!DOCTYPE html>",
}
LICENCE = "licences/Atkinson-Hyperlegible-Next-OFL-1.1.txt"


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_file_is_in_it_with_the_licence_of_its_fonts() -> None:
    inside = opened(pack(FILES))
    others = {name for name in inside if name.startswith("licences/")} - {LICENCE}
    assert set(inside) == {*FILES, LICENCE, *others, "SHA256SUMS"}
    assert len(others) == len(FONTS) - 1
    assert {name: inside[name] for name in FILES} == FILES
    assert b"SIL OPEN FONT LICENSE Version 1.1" in inside[LICENCE]
    assert inside[LICENCE] == (BASE.parents[2] / "templates/fonts/OFL.txt").read_bytes()


def test_a_brands_own_fonts_bring_what_they_say_of_their_licences(project: Path) -> None:
    text = (
        "color: {primary: navy}\ntypography:\n  fonts:\n"
        "    - {family: Own Face, source: file, files: [r.ttf, b.ttf]}\n  base: Own Face\n"
    )
    files = {"r.ttf": font(), "b.ttf": font(700), "OFL.txt": b"Free to embed."}
    write_brand(project, "riverside", text, files)
    licences = font_licences(project, "riverside", TODAY)
    assert licences == {"Own Face": "Free to embed."}
    with zipfile.ZipFile(io.BytesIO(pack({"a.pdf": b"a"}, licences))) as archive:
        assert archive.read("licences/Own-Face.txt") == b"Free to embed."
    assert font_licences(project, "nowhere", TODAY) == {}


def test_the_sums_are_those_of_sha256sum() -> None:
    """Two spaces between, one line a file: ``sha256sum -c SHA256SUMS`` reads it."""
    inside = opened(pack(FILES))
    lines = inside["SHA256SUMS"].decode().splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    sums = {name: digest for digest, name in pairs}
    assert set(sums) == set(inside) - {"SHA256SUMS"}
    assert list(sums) == sorted(sums)
    for name, digest in sums.items():
        assert digest == hashlib.sha256(inside[name]).hexdigest()


def test_the_order_of_the_files_does_not_matter() -> None:
    turned = dict(reversed(FILES.items()))
    assert pack(turned) == pack(FILES)


def test_no_clock_and_no_machine_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pack(FILES)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert pack(FILES) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o644
            assert entry.compress_type == zipfile.ZIP_DEFLATED
            assert not entry.filename.startswith("/") and ".." not in entry.filename


def test_another_byte_makes_another_archive() -> None:
    assert pack({**FILES, "sleep.html": b"<!DOCTYPE HTML>"}) != pack(FILES)
