"""Every command and every file that the README and the docs show, run as it stands there."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from brand_files import LOGO, font, write_brand
from conftest import BASE
from ruamel.yaml import YAML
from word_files import docx, p

from foldwell.build.media import MEDIA
from foldwell.commands import COMMANDS
from foldwell.content.blocks import BLOCKS
from foldwell.paper.formats import FORMATS

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *sorted(path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("docs/*.md")),
)
"""All pages that people write; those of commands, settings and rules are made from the code."""
LEAFLETS = ("kratom-opioid-withdrawal", "using-naloxone", "treatment-card")
SETTINGS = """\
runs:
  - leaflets: [kratom-opioid-withdrawal]
  - leaflets: [using-naloxone]
    formats: {letter-fold: [screen, office, press]}
  - leaflets: [treatment-card]
    formats: {a4: [office], card: [screen], letter: [office]}
    web: false
"""
BUILT = "output/river-bend/en/using-naloxone-letter-fold-press-draft.pdf"
DAY = "1796212800"
"""The second of December 2026, the day after the review that the README shows."""
CLINIC = "content/clinics/north-gate.yml"
ELSEWHERE = {
    "python3 build.py test": "tests/test_launcher.py",
    "python3 build.py test tests/content": "tests/test_launcher.py",
    "python3 build.py bench": "tests/test_benchmarks.py",
    "python3 build.py studio": "tests/studio/test_browser.py",
    "python3 build.py diff using-naloxone HEAD~1": "tests/build/test_differing.py",
    "python3 build.py fonts add zh-Hans": "tests/build/test_fetch_fonts.py",
    "python3 build.py identify XRJB-6PR3": "tests/build/test_editions.py",
    'python3 build.py withdraw XRJB-6PR3 --reason "The dose was wrong."': (
        "tests/build/test_editions.py"
    ),
    "python3 build.py sign --key id_ed25519": "tests/build/test_editions.py",
}
"""Commands that take too long to run here, or need a history, and the tests that run them."""
ANSWERS = "Riverside Practice\nuk\n0113 496 0000\n"
"""What a user answers to ``new``."""
SURROUNDINGS = {"PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": DAY}
NOT_OURS = (
    "pip ",
    "foldwell",
    "mkdocs ",
    "openssl ",
    "sudo ",
    "kubectl ",
    "export ",
    "for who in",
    ".venv/bin/",
    "FOLDWELL_",
)
"""How commands of other programs start (``tests/afar`` starts schedulers and workers), and those
of an installed wheel (``tests/test_wheel.py``)."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: str
    language: str
    text: str

    @property
    def first(self) -> str:
        """Its first line, by which tests name it."""
        return self.text.split("\n", 1)[0]


def blocks() -> list[Block]:
    """All fenced blocks."""
    return [
        Block(page, found[1], found[2])
        for page in PAGES
        for found in re.finditer(r"(?ms)^```(\w+)\n(.*?)^```$", (REPOSITORY / page).read_text())
    ]


def commands() -> list[str]:
    """All commands, in the order in which they are shown: of blocks, and of tables."""
    found = []
    for page in PAGES:
        text = (REPOSITORY / page).read_text()
        for match in re.finditer(r"(?m)^\$ (.*(?:\\\n.*)*)|`(python3 build\.py[^`]*)`", text):
            found.append(re.sub(r"\s*\\\n\s*", " ", match[1] or match[2]).split("  #")[0])
    return list(dict.fromkeys(found))


OURS = [line for line in commands() if not line.startswith(NOT_OURS)]


def block(start: str) -> str:
    """The one block that starts with some words."""
    (found,) = [block.text for block in blocks() if block.text.startswith(start)]
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clinics, regions and brands of the README with leaflets of its names, built once."""
    root = tmp_path_factory.mktemp("readme")
    unwanted = shutil.ignore_patterns("leaflets", "must-say.yml", "never-print.yml")
    shutil.copytree(REPOSITORY / "content", root / "content", ignore=unwanted)
    for name in LEAFLETS:  # short ones, whose words are no matter here
        shutil.copytree(BASE / "content/leaflets/sleep", root / "content/leaflets" / name)
    (root / "content/build.yml").write_text(SETTINGS)
    done = run(root, "python3 build.py --draft")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def own(project: Path, tmp_path: Path) -> Path:
    """A copy of it, free to be changed."""
    return Path(shutil.copytree(project, tmp_path / "own"))


def run(root: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a command as it is shown, with this Python and in this project."""
    first, second, *words = shlex.split(line)
    assert (first, second) == ("python3", "build.py"), line
    return subprocess.run(
        [sys.executable, "-m", "foldwell", *words],
        env={**os.environ, **SURROUNDINGS, "FOLDWELL_PROJECT": str(root)},
        cwd=root,
        input=ANSWERS,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("line", OURS)
def test_a_command_that_is_shown_runs(
    line: str, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if line in ELSEWHERE:
        assert line.split()[-1] in (REPOSITORY / ELSEWHERE[line]).read_text()
        return
    if (
        "://" in line and "--address" not in line
    ):  # another machine: that all its words are known can be seen here
        assert "--cluster" in run(own, f"{line} --help").stdout
        return
    line = line.replace("/tmp/proofs", str(own.parent / "proofs"))
    if " bench " in line:  # it measures for minutes: that all its words are known is seen here
        line += " --help"
    line = line.replace("FILE.pdf", BUILT).replace("LEAFLET", "using-naloxone")
    line = line.replace("--clinic X --format Y", "--clinic hollin-lane --format letter-fold")
    line = line.replace("--events FILE", "--events events.jsonl")
    if " import " in line:
        (own / "FILE.docx").write_bytes(docx(p("Sleep well", "Title") + p("Go to bed early.")))
        line = line.removesuffix(".docx") + ".docx"
    if line.endswith(" watch"):
        watch(own, line)
        return
    if line.endswith(" open"):
        put_viewer(own.parent / "bin", monkeypatch)
    done = run(own, line)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
    assert "Traceback" not in done.stderr


def put_viewer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that opens folders, which a machine of tests has none of."""
    folder.mkdir()
    (folder / "xdg-open").write_text("#!/bin/sh\nexit 0\n")
    (folder / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def watch(root: Path, line: str) -> None:
    """Start it, wait for its first words, and stop it as a user does."""
    words = shlex.split(line)[2:]
    with subprocess.Popen(
        [sys.executable, "-m", "foldwell", *words],
        env={**os.environ, **SURROUNDINGS, "FOLDWELL_PROJECT": str(root)},
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout and process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(60) in (0, 130)
        finally:
            process.kill()


def test_what_a_build_is_shown_to_say(project: Path, own: Path) -> None:
    """Line by line, with numbers and names of files as they come."""
    shutil.rmtree(own / "output")
    said = run(own, "python3 build.py").stdout.splitlines()
    shown = block("$ python3 build.py\nFoldwell: first run").split("\n\n")[0].splitlines()
    lines = [line for line in shown[1:] if not line.startswith("Foldwell:") and line != "…"]
    assert len(lines) >= 4
    for line in lines:
        pattern = re.sub(r"\d+(\\\.\d+)?", r"[\\d.]+", re.escape(line))
        pattern = re.sub(r"\S*(/|\\\.html)\S*", r"\\S+", pattern).replace("files", "files?")
        assert any(re.fullmatch(pattern, one) for one in said), (line, said)


def put_clinic(root: Path) -> str:
    """The clinic of the README, beside the others."""
    (root / CLINIC).write_text(block("name: North Gate Clinic"))
    return "--clinic north-gate --medium web"


def put_review(root: Path) -> str:
    """The review of the README, in a leaflet's front matter."""
    path = root / "content/leaflets/using-naloxone/en.md"
    text = path.read_text()
    assert "clinical_reviewers: []\n" in text
    text = text.replace("clinical_reviewers: []\n", block("reviewed: "))
    # From now on it is held to all rules.
    path.write_text(f"{text}\nNaloxone wears off [@nida_naloxone].\n")
    return "using-naloxone --medium press"


def put_words(root: Path) -> str:
    """The blocks of the README, at the end of a leaflet."""
    path = root / "content/leaflets/kratom-opioid-withdrawal/en.md"
    path.write_text(f"{path.read_text()}\n## More\n\n{block('//// emergency')}")
    return "kratom-opioid-withdrawal --medium web"


def put_local(root: Path) -> str:
    """The lines of the README that are otherwise for one clinic."""
    path = root / "content/clinics/hollin-lane.yml"
    path.write_text(f"{path.read_text()}\n{block('local:')}")
    return "--clinic hollin-lane --medium web"


def put_format(root: Path) -> str:
    """The format of the README, and a run that makes it."""
    path = root / "content/build.yml"
    path.write_text(
        f"{path.read_text()}  - leaflets: [using-naloxone]\n    clinics: [hollin-lane]\n"
        f"    formats: {{short-fold: [screen]}}\n{block('formats:')}"
    )
    leaflet = root / "content/leaflets/using-naloxone/en.md"
    front = leaflet.read_text().split("\n---\n")[0]
    leaflet.write_text(front + "\n---\n\nShort words.\n\n## More\n\nAnd a few more.\n")
    return "--format short-fold"


def put_condition(root: Path) -> str:
    """The condition of the README, with a profile of its name."""
    text = block("conditions:")
    path = root / "content/build.yml"
    path.write_text(f"{path.read_text()}{text}")
    name = re.findall(r"file: (\S+)", text)[0]
    (root / "content/conditions").mkdir()
    shutil.copy(REPOSITORY / "templates/icc/coated-FOGRA39.icc", root / "content/conditions" / name)
    return "using-naloxone --clinic river-bend --draft --medium press --condition our-printer"


def put_inks(root: Path) -> str:
    """The inks of the README, in the brand that has such a colour."""
    path = root / "content/brands/river-bend/brand.yml"
    text, inks = path.read_text(), block("defaults:\n  foldwell:\n    cmyk:")
    cmyk = inks.split("\n", 2)[2]
    assert "    cmyk:" not in text and "  foldwell:\n" in text
    path.write_text(text.replace("  foldwell:\n", "  foldwell:\n" + cmyk, 1))
    return "using-naloxone --clinic river-bend --medium press --draft"


def put_brand(root: Path) -> str:
    """The brand of the README with the files that it names, for a clinic that takes it."""
    text = block("meta: {name: North Gate Health}")
    files = {
        "north-gate.svg": LOGO.format("#1b5e6b").encode(),
        "own-regular.otf": font(),
        "own-bold.otf": font(700),
    }
    assert all(name in text for name in files)
    write_brand(root, "north-gate", text, files)
    write_brand(root, "trust", "color: {primary: navy}\n")
    clinic = root / "content/clinics/hollin-lane.yml"
    clinic.write_text(re.sub("(?m)^brand: .*", "brand: north-gate", clinic.read_text()))
    return "using-naloxone --clinic hollin-lane --medium web"


FILES: dict[str, Callable[[Path], str]] = {
    "meta: {name: North Gate Health}": put_brand,
    "name: North Gate Clinic": put_clinic,
    "reviewed: 2026-12-01": put_review,
    "//// emergency | Call {{ region.emergency_number }} now": put_words,
    "local:": put_local,
    "formats:": put_format,
    "conditions:                     # in content/build.yml": put_condition,
    "defaults:": put_inks,
}
"""For each file that is shown, by its first line: put it in its place, and what is then built."""


@pytest.mark.parametrize("first", FILES)
def test_a_file_that_is_shown_is_built(first: str, own: Path) -> None:
    done = run(own, f"python3 build.py {FILES[first](own)} --verbose")
    assert done.returncode == 0, done.stderr
    assert re.search(r"\[1/\d+\] built ", done.stdout), done.stdout
    if first == "name: North Gate Clinic":
        page = (own / "output/north-gate/en/using-naloxone.html").read_text()
        assert "North Gate Clinic" in page and "tel:+441134960100" in page
    if first.startswith("//// emergency"):
        page = (own / "output/hollin-lane/en/kratom-opioid-withdrawal.html").read_text()
        assert "breathes slowly, in gasps" in page and "Ask at reception" not in page
    if first == "defaults:":
        with pikepdf.open(own / BUILT) as pdf:
            drawn = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
        assert any(b"0.88 0.35 0.3 0.22 k" in content for content in drawn)


def test_mistakes_are_told_as_they_are_shown(own: Path) -> None:
    shown = block("$ python3 build.py\ncontent/clinics/north-gate.yml").splitlines()[1:]
    (own / CLINIC).write_text(block("name: North Gate Clinic").replace("phone:", "phnoe:", 1))
    path, line, _ = shown[1].split(":", 2)
    front = (own / "content/leaflets/using-naloxone/en.md").read_text().split("\n---\n")[0]
    lines = [*front.split("\n"), "---", "", "## Words", ""]
    lines += [""] * (int(line) - 1 - len(lines)) + ["Take 3*4*5 mg."]
    (own / path).parent.mkdir()
    (own / path).write_text("\n".join(lines) + "\n")
    with open(own / "content/build.yml", "a") as settings:
        settings.write("  - leaflets: [sleep]\n")
    said = run(own, "python3 build.py").stderr.splitlines()
    for expected in shown:
        start = expected.removesuffix("…").rstrip()
        assert any(one.startswith(start) for one in said), (expected, said)


def test_the_event_that_is_shown(own: Path) -> None:
    shown = json.loads(block('{"event": "built"'))
    assert run(own, "python3 build.py --force --events events.jsonl").returncode == 0
    events = [json.loads(line) for line in (own / "events.jsonl").read_text().splitlines()]
    built = next(
        event for event in events if event["event"] == "built" and event["path"] == shown["path"]
    )
    assert list(built) == list(shown)
    assert list(built["files"]) == list(shown["files"])
    table = (REPOSITORY / "docs/events.md").read_text()
    assert {event["event"] for event in events} <= set(re.findall(r"(?m)^\| `([^`]+)`", table))


def test_every_block_is_tried() -> None:
    """What is shown without being run, put in place or compared here is read at least."""
    for one in blocks():
        if one.language == "console":
            assert all(line in commands() for line in _lines(one)), one.first
        elif one.language == "yaml" and one.page != "README.md":
            assert list(YAML(typ="safe").load_all(one.text))
        elif one.page == "README.md":
            assert one.first in FILES, one.first
        else:
            assert one.language in ("json", "ini", "dockerfile", "text"), one.first


def _lines(one: Block) -> Iterator[str]:
    for match in re.finditer(r"(?m)^\$ (.*(?:\\\n.*)*)", one.text):
        yield re.sub(r"\s*\\\n\s*", " ", match[1]).split("  #")[0]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("format", [name.removesuffix("-large") for name in FORMATS]),
        ("medium", list(MEDIA)),
        ("block", list(BLOCKS)),
        ("command", [name for name in COMMANDS if name not in ("build", "test")]),
    ],
)
def test_the_tables_name_everything(kind: str, names: list[str]) -> None:
    rows = re.findall(r"(?m)^\| (`.*?) \|", (REPOSITORY / "README.md").read_text())
    if kind == "command":
        assert set(names) <= {row.split()[2].strip("`") for row in rows if "build.py " in row}
    else:
        assert set(names) <= set(re.findall(r"`([\w-]+)`", " ".join(rows)))
