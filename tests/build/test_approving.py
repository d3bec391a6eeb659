"""An approval is for exactly the words that were read: one word later it is a draft again."""

import datetime
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY

from foldwell.build.approving import Approval, approvals, approve, code_of, wordings
from foldwell.cli import cli
from foldwell.content.edition import make_edition
from foldwell.content.library import Library, read_library
from foldwell.errors import Mistakes, UsageError

PATH = "content/leaflets/sleep/en.md"
DAY = datetime.date(2026, 2, 1)
ANN = Approval("Dr Ann Example", "pharmacist", "GPhC 1234567", DAY, None)


def reread(root: Path) -> tuple[Library, str]:
    """The project as it is now, and what its pages say of the leaflet."""
    library = read_library(root, TODAY)
    assert library.broken == {}
    edition = make_edition(library, library.leaflets["sleep"]["en"], "riverside", DAY)
    return library, edition.status


def approved(root: Path, approval: Approval = ANN) -> None:
    library, _ = reread(root)
    leaflet = library.leaflets["sleep"]["en"]
    approve(root, library, leaflet, approval, code_of(wordings(library, leaflet)))


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


@pytest.fixture
def project(project: Path) -> Path:
    """The sound project, whose leaflet cites a source, as a reviewed one must."""
    change(project, PATH, "each day.", "each day [@smith2022].")
    return project


def test_one_word_makes_it_a_draft_again_and_a_phone_does_not(project: Path) -> None:
    before = (project / PATH).read_text()
    assert reread(project)[1] == "draft"
    approved(project)
    assert reread(project)[1] == ""
    after = (project / PATH).read_text()
    assert after.split("\n---\n", 1)[1] == before.split("\n---\n", 1)[1]
    kept = [line for line in before.split("\n---\n")[0].split("\n") if "reviewers" not in line]
    assert [line for line in kept if line not in after.split("\n")] == []

    change(project, "content/clinics/riverside.yml", "0113 496 0142", "0113 496 0199")
    assert reread(project)[1] == ""

    change(project, PATH, "same time", "best time")
    library, status = reread(project)
    assert status == "draft"
    (told,) = approvals(project, library, library.leaflets["sleep"]["en"])
    assert (told.regions, told.others) == (
        (),
        tuple(wordings(library, library.leaflets["sleep"]["en"])),
    )
    change(project, PATH, "best time", "same time")
    assert reread(project)[1] == ""


def test_a_text_of_the_region_is_part_of_the_words(project: Path) -> None:
    change(project, PATH, "## Good habits\n\n", "## Good habits\n\n{{ region.laws.sleep.text }} ")
    region = project / "content/regions/uk.yml"
    law = "laws:\n  sleep:\n    text: Sleep is legal.\n    reviewed: 2026-01-01\n"
    region.write_text(region.read_text() + law)
    approved(project)
    assert reread(project)[1] == ""
    change(project, "content/regions/uk.yml", "Sleep is legal.", "Sleep is not legal.")
    assert reread(project)[1] == "draft"


def test_only_the_words_that_were_shown_are_approved(project: Path) -> None:
    library, _ = reread(project)
    leaflet = library.leaflets["sleep"]["en"]
    code = code_of(wordings(library, leaflet))
    before = (project / PATH).read_bytes()
    with pytest.raises(UsageError, match="is not the code of the words"):
        approve(project, library, leaflet, ANN, "0000-0000")
    assert (project / PATH).read_bytes() == before
    change(project, PATH, "same time", "best time")
    now, _ = reread(project)
    with pytest.raises(UsageError, match="is not the code of the words"):
        approve(project, now, now.leaflets["sleep"]["en"], ANN, code)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("never-print", "all:\n  - {pattern: same time, why: a dose}\n", "never printed: a dose"),
        ("must-say", "all: {both: [call your dentist]}\n", "does not say 'call your dentist'"),
    ],
)
def test_what_breaks_the_lists_is_not_approved(
    name: str, text: str, told: str, project: Path
) -> None:
    """As long as it is a draft every page says so; after an approval nothing would stop it."""
    (project / f"content/{name}.yml").write_text(text)
    before = (project / PATH).read_text()
    with pytest.raises(Mistakes, match=told):
        approved(project)
    assert (project / PATH).read_text() == before


def test_a_second_reviewer_stands_beside_the_first(project: Path) -> None:
    approved(project)
    bea = Approval("Bea Example", "nurse", "", DAY, datetime.date(2027, 2, 1))
    approved(project, bea)
    approved(project, bea)
    library, _ = reread(project)
    facts = library.leaflets["sleep"]["en"].facts
    assert [one.name for one in facts.clinical_reviewers] == ["Dr Ann Example", "Bea Example"]
    assert (facts.reviewed, facts.review_due) == (DAY, datetime.date(2027, 2, 1))
    change(project, PATH, "same time", "best time")
    approved(project, bea)  # of the new words; the first has not read them
    library, status = reread(project)
    names = [one.name for one in library.leaflets["sleep"]["en"].facts.clinical_reviewers]
    assert (names, status) == (["Bea Example"], "")


def test_what_was_approved_once_is_in_the_history(project: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)

    approved(project)
    git("init", "-q")
    git("add", "content")
    git("commit", "-qm", "Approved")
    change(project, PATH, "same time", "best time")
    approved(project, Approval("Bea Example", "nurse", "", DAY, None))
    library, _ = reread(project)
    now, once = approvals(project, library, library.leaflets["sleep"]["en"])
    assert (now.name, bool(now.regions), now.revision) == ("Bea Example", True, "")
    assert (once.name, once.regions) == ("Dr Ann Example", ()) and once.revision
    assert str(once).endswith(f"[{once.revision}]")


def test_as_somebody_types_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769900000")

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli, words, standalone_mode=False)
        return str(done.exception) if done.exception else done.output

    assert run("approvals", "sleep") == "Nobody has approved 'sleep' yet.\n"
    code = run("approve", "sleep").split("code of these words is ")[1].split(".")[0]
    assert "Did you mean 'sleep'?" in run("approve", "slep")
    assert "say who approves" in run("approve", "sleep", "--words", code)
    assert "is no date" in run(
        "approve", "sleep", "--words", code, "--name", "A", "--role", "B", "--due", "soon"
    )
    told = run("approve", "sleep", "--words", code, "--name", "Ann Example", "--role", "GP")
    assert told == f"{PATH}: approved by Ann Example, GP, on 2026-01-31.\n"
    assert "sleep, en: reviewed" in run("status", "sleep")
    change(project, PATH, "same time", "best time")
    assert "Ann Example approved other words: a draft again" in run("status", "sleep")
