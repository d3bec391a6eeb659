"""The wheel: all that it has to hold, and the way from nothing to a first leaflet with it."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from foldwell.check.pdf_file import open_file

PROJECT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text())
SHIPPED = {
    "templates": "foldwell/templates",
    "content/regions": "foldwell/content/shipped/regions",
    "content/brands": "foldwell/content/shipped/brands",
}
"""Folders of the repository, and where the wheel has them."""
ANSWERS = "Dr Örn's Practice\nie\n01 555 0100\n"
"""What a user answers to ``new``."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


def test_an_index_would_take_both_archives(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    archives = [str(wheel), *map(str, tmp_path.iterdir())]
    assert len(archives) == 2
    command = [sys.executable, "-m", "twine", "check", "--strict", *archives]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2


def shown() -> list[str]:
    """The commands of the README, from the wheel to the first leaflet."""
    text = (PROJECT / "README.md").read_text()
    (block,) = re.findall(r"```console\n(\$ pip install foldwell-.*?)```", text, re.DOTALL)
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def test_it_holds_what_is_found_from_any_folder(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for folder, place in SHIPPED.items():
        files = [path for path in (PROJECT / folder).rglob("*") if path.is_file()]
        assert files
        wanted = {f"{place}/{path.relative_to(PROJECT / folder).as_posix()}" for path in files}
        assert wanted <= names
    assert "foldwell/content/shipped/references.json" in names
    modules = {path.relative_to(PROJECT).as_posix() for path in PROJECT.glob("foldwell/**/*.py")}
    assert modules <= names
    licences = {name.rpartition("/")[2] for name in names if "/licenses/" in name}
    assert {"LICENSE", *os.listdir(PROJECT / "LICENSES")} <= licences
    assert not [name for name in names if "leaflets/" in name or name.startswith("tests")]


def test_it_says_what_it_needs(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        (path,) = (name for name in packed.namelist() if name.endswith("/METADATA"))
        needed = re.findall(r"(?m)^Requires-Dist: ([^;\n]+)$", packed.read(path).decode())
        (path,) = (name for name in packed.namelist() if name.endswith("/entry_points.txt"))
        assert "foldwell = foldwell.cli:main" in packed.read(path).decode()
    wanted = [name.replace("ruamel.", "ruamel-") for name in SETTINGS["project"]["dependencies"]]
    assert sorted(needed) == sorted(wanted)


def follow(
    commands: Sequence[str], here: Path, program: Sequence[str], surroundings: dict[str, str]
) -> None:
    """Do what the README says, in a folder."""
    viewer = here.parent / "bin"
    viewer.mkdir()
    (viewer / "xdg-open").write_text("#!/bin/sh\nexit 0\n")
    (viewer / "xdg-open").chmod(0o755)
    path = f"{viewer}{os.pathsep}{os.environ['PATH']}"
    for line in commands:
        first, *words = line.split()
        assert first == "foldwell"
        done = subprocess.run(
            [*program, *words],
            cwd=here,
            env={**os.environ, "PATH": path, **surroundings},
            input=ANSWERS,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    made = here / "output/dr-orn-s-practice/en/how-to-reach-us-a4-office.pdf"
    with open_file(made.read_bytes()) as file:
        assert len(file.pages) >= 1


def test_four_commands_lead_from_a_wheel_to_a_leaflet(wheel: Path, tmp_path: Path) -> None:
    """With the packages that are here, and Foldwell itself from the wheel."""
    install, *others = shown()
    assert len(shown()) == 4 and re.fullmatch(
        r"pip install foldwell-[\d.]+-py3-none-any\.whl", install
    )
    with ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    here = tmp_path / "new folder"
    here.mkdir()
    (here / wheel.name).touch()
    surroundings = {"PYTHONPATH": str(tmp_path / "site")}
    where = "import foldwell; print(foldwell.__file__)"
    found = subprocess.run(
        [sys.executable, "-P", "-c", where], env={**os.environ, **surroundings},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.startswith(str(tmp_path / "site"))
    follow(others, here, [sys.executable, "-P", "-m", "foldwell"], surroundings)


@pytest.mark.skipif(not os.environ.get("FOLDWELL_LONG_TESTS"), reason="installs every package")
def test_the_same_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", wheel], check=True)
    here = tmp_path / "new folder"
    here.mkdir()
    follow(shown()[1:], here, [str(programs / "foldwell")], {"PYTHONPATH": ""})
