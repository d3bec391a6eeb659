"""``check``, ``rules`` and ``due`` as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY

from foldwell.build import check_leaflets
from foldwell.cli import cli

LEAFLET = "content/leaflets/sleep/en.md"


@pytest.fixture(autouse=True)
def place(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769900000")
    return project


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    if done.exception:
        return 2, str(done.exception)
    return done.return_value, done.output


def test_a_dangerous_dose_is_named_and_nothing_is_built_with_it(project: Path) -> None:
    code, told = run("check")
    assert code == 0 and "0 errors" in told
    with open(project / LEAFLET, "a") as file:
        file.write("\nTake 1.0 mg at night.\n")
    code, told = run("check", "sleep")
    assert code == 1
    assert "en.md:20:6: T6 error: '1.0 mg' is read ten times too large" in told
    code, _ = run("build", "--quiet")
    assert code == 1
    assert not (project / "output/riverside/en/sleep-a4-screen.pdf").exists()


def test_a_report_goes_to_a_file(project: Path, tmp_path: Path) -> None:
    to = tmp_path / "report.json"
    code, told = run("check", "--form", "json", "--to", str(to))
    assert code == 0 and told.startswith(f"Wrote {to}: 0 errors")
    assert json.loads(to.read_text())["leaflets"][0]["path"] == LEAFLET


def test_words_of_its_own(project: Path) -> None:
    (project / "content/words.yml").write_text("en:\n  jargon:\n    rem sleep: dreaming\n")
    with open(project / LEAFLET, "a") as file:
        file.write("\nYou need REM sleep.\n")
    assert "T4 warning: Few readers know 'REM sleep'. Write 'dreaming'" in run("check")[1]
    (project / "content/words.yml").write_text("en:\n  jargn: {}\n")
    code, told = run("check")
    assert code == 2 and told == (
        "content/words.yml:2: Unknown key 'jargn'. Did you mean 'jargon'?"
    )


def test_names_that_are_mistyped() -> None:
    assert run("check", "slep") == (2, "There is no leaflet 'slep'. Did you mean 'sleep'?")
    code, told = run("check", "--clinic", "riversid")
    assert code == 2 and "Did you mean 'riverside'?" in told
    assert run("rules", "t99")[0] == 2


def test_a_leaflet_that_cannot_be_read_is_told_beside_the_others(project: Path) -> None:
    (project / LEAFLET).write_text("no front matter\n")
    code, told = run("check")
    assert code == 1 and "The leaflet does not start with front matter." in told


def test_a_rule_is_explained() -> None:
    code, told = run("rules", "t6")
    assert code == 0
    assert told.startswith("T6   error       Doses are written safely")
    assert "Joint Commission" in told and "Looks for: Ways to write a dose" in told
    assert len(run("rules")[1].splitlines()) > 50


def test_what_is_due() -> None:
    code, told = run("due", "--today", "2026-02-01")
    assert code == 0 and "sleep, en" in told
    code, told = run("due", "--today", "2099-01-01")
    assert code == 1 and "overdue" in told
    assert run("due", "--within", "soon")[0] == 2
    assert run("due", "--today", "yesterday")[0] == 2


def test_many_leaflets_are_checked_by_several_processes_in_the_same_way(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        folder = project / f"content/leaflets/sleep-{number}"
        folder.mkdir()
        text = (project / LEAFLET).read_text()
        (folder / "en.md").write_text(f"{text}\nTake {number}.0 mg at night.\n")
    alone = check_leaflets.check_leaflets(project, TODAY)
    monkeypatch.setattr(check_leaflets, "MANY", 2)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    assert check_leaflets.check_leaflets(project, TODAY) == alone
    assert len(alone) == 5 and any(one.findings for one in alone)
