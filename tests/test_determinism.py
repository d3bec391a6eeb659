"""The same content gives the same bytes, wherever, whenever and by whomever it is built."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from conftest import BASE

REPOSITORY = BASE.parents[2]
BUILD = """\
runs:
  - formats: {letter-fold: [screen, office, press], a4: [screen, office], booklet: [press]}
"""
FEBRUARY_1, FEBRUARY_11 = "1769900000", "1770764000"
ONE = {
    "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C", "SOURCE_DATE_EPOCH": FEBRUARY_1,
    "HOME": "/nonexistent",
}  # fmt: skip
OTHER = {
    "TZ": "America/Adak", "PYTHONHASHSEED": "4000000000", "LC_ALL": "C.UTF-8",
    "SOURCE_DATE_EPOCH": FEBRUARY_11, "PYTHONUTF8": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A project somewhere, and the environment in which it is built."""

    root: Path
    environment: Mapping[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
        return subprocess.run(
            [sys.executable, "-m", "foldwell", *words, "--draft", "--instructions"],
            env={
                **environment,
                **self.environment,
                "FOLDWELL_PROJECT": str(self.root),
                "PYTHONPATH": str(REPOSITORY),
            },
            cwd=self.root.parent,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def files(self) -> dict[str, bytes]:
        """What was built, by path; the register of it is looked at on its own."""
        output = self.root / "output"
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file() and ".foldwell" not in path.parts and path.parent != output
        }


def place(root: Path, environment: Mapping[str, str]) -> Place:
    shutil.copytree(BASE / "content", root / "content")
    (root / "content/build.yml").write_text(BUILD)
    return Place(root, environment)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A project that was built by one worker."""
    one = place(tmp_path_factory.mktemp("one") / "project", ONE)
    done = one.run("--jobs", "1")
    assert (done.returncode, done.stderr) == (0, "")
    return one


def test_another_folder_day_zone_seed_locale_and_number_of_workers(
    one: Place, tmp_path: Path
) -> None:
    other = place(tmp_path / "another näme" / "of a folder", OTHER)
    for number, path in enumerate(sorted(other.root.rglob("*"))):
        os.utime(path, (10**9 + number, 10**9 + number))
    done = other.run("--jobs", "3")
    assert (done.returncode, done.stderr) == (0, "")
    files = one.files()
    kinds = {re.sub(r".*-(?=\w+\.)", "", path) for path in files}
    assert {"screen.pdf", "office.pdf", "draft.pdf", "ticket.yml"} <= kinds
    assert any(path.endswith(".html") for path in files)
    assert other.files() == files
    for name in ("editions.json", "provenance.json"):
        here, there = (root / "output" / name for root in (one.root, other.root))
        assert here.read_bytes() == there.read_bytes()


def test_nothing_tells_where_a_file_was_built(one: Place) -> None:
    for path, content in one.files().items():
        parts = [content]
        if path.endswith(".pdf"):
            with pikepdf.open(one.root / "output" / path) as pdf:
                streams = (item for item in pdf.objects if isinstance(item, pikepdf.Stream))
                parts += [stream.read_bytes() for stream in streams]
                parts.append(str(pdf.docinfo).encode())
        for part in parts:
            for word in (str(one.root), str(REPOSITORY), "pytest-", "/home/", "/tmp/"):
                assert word.encode() not in part, path


def test_verify_names_what_differs_and_mends_nothing(one: Place, tmp_path: Path) -> None:
    root = Path(shutil.copytree(one.root, tmp_path / "copy"))
    copy = Place(root, OTHER)
    output = root / "output"
    paths = sorted(copy.files())
    done = copy.run("verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"{len(paths)} files as they must be, 0 not.\n")
    altered, gone, folder, link = paths[:4]
    content = bytearray((output / altered).read_bytes())
    content[len(content) // 2] ^= 1
    (output / altered).write_bytes(content)
    (output / link).unlink()
    (output / link).symlink_to(output / altered)
    (output / gone).unlink()
    (output / folder).unlink()
    (output / folder).mkdir()
    before = copy.files()
    done = copy.run("verify")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{output / altered} differs.",
        f"{output / gone} is missing.",
        f"{output / folder} is no file.",
        f"{output / link} is no file.",
    ]
    assert done.stdout.endswith(f"{len(paths) - 4} files as they must be, 4 not.\n")
    assert copy.files() == before


def test_verify_fails_with_content_that_cannot_be_built(one: Place, tmp_path: Path) -> None:
    copy = Place(Path(shutil.copytree(one.root, tmp_path / "copy")), ONE)
    with open(copy.root / "content/leaflets/sleep/en.md", "a") as file:
        file.write("\nGive 3*4*5 mg.\n")
    done = copy.run("verify")
    assert done.returncode == 1
    assert "inside a word or number" in done.stderr
    assert "Traceback" not in done.stderr
    assert copy.files() == one.files()
