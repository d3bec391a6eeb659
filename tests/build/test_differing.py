"""What changed in the words of a leaflet is told by sentences, numbers first."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY

from foldwell.build.differing import Change, changes, report
from foldwell.cli import cli
from foldwell.content.edition import Edition, make_edition
from foldwell.content.library import Library

PATH = "content/leaflets/sleep/en.md"


@pytest.fixture
def says(library: Library) -> Callable[[str], Edition]:
    """An edition that says some words."""

    def made(text: str) -> Edition:
        leaflet = replace(library.leaflets["sleep"]["en"], text=text, first_line=1)
        return make_edition(library, leaflet, "riverside", TODAY)

    return made


def test_numbers_come_first(says: Callable[[str], Edition]) -> None:
    before = says("## Rest\n\nGo to bed early. Rest well.\n\n## Dose\n\nTake 8 tablets a day.")
    after = says("## Rest\n\nGo to bed late. Rest well.\n\n## Dose\n\nTake 6 tablets a day.")
    first, second = changes(before, after)
    assert first == Change("Dose", "Take 8 tablets a day.", "Take 6 tablets a day.", 7)
    assert first.numbers and first.marked() == "Take [-8-] {+6+} tablets a day."
    assert second.marked() == "Go to bed [-early.-] {+late.+}" and not second.numbers
    assert report([first, second]).split("\n") == [
        "NUMBERS: Dose",
        "  line 7: Take [-8-] {+6+} tablets a day.",
        "Rest",
        "  line 3: Go to bed [-early.-] {+late.+}",
        "2 changes, 1 of numbers.",
    ]


def test_what_is_new_and_what_is_gone(says: Callable[[str], Edition]) -> None:
    before, after = says("One stays here. It goes away."), says("New is this one. One stays here.")
    assert {(change.before, change.after) for change in changes(before, after)} == {
        ("", "New is this one."), ("It goes away.", ""),
    }  # fmt: skip
    assert report(changes(before, before)) == "No word changed."


def test_marks_and_lines_are_no_words(says: Callable[[str], Edition]) -> None:
    assert changes(says("Rest **well** and\nlong."), says("\nRest well\nand *long*.")) == []


def test_as_somebody_types_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))

    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli, words, standalone_mode=False)
        return str(done.exception) if done.exception else done.output

    assert "Name a revision of git" in run("diff", "sleep")
    git("init", "-q")
    git("add", "content")
    git("commit", "-qm", "One")
    text = (project / PATH).read_text()
    (project / PATH).write_text(text.replace("same time", "best time"))
    told = run("diff", "sleep")
    assert "Get up at the [-same-] {+best+} time each day." in told
    assert told.endswith("2 changes, 0 of numbers.\n")
    git("commit", "-qam", "Two")
    assert run("diff", "sleep", "HEAD~1") == told
    assert run("diff", "sleep") == "No word changed.\n"
    (project / "old.md").write_text(text)
    assert run("diff", "sleep", "old.md", "HEAD~1") == "No word changed.\n"
    assert "is no revision" in run("diff", "sleep", "--", "--output=x")
    assert "There is no" in run("diff", "sleep", "no-such-tag")
