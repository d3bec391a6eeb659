"""``new``: from nothing to a project that builds."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY, compose_and_make

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.cli.new import command
from foldwell.content.library import read_library
from foldwell.errors import UsageError


def made(folder: Path, *words: str, answers: str = "") -> str:
    done = CliRunner().invoke(command, [str(folder), *words], input=answers, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_a_new_project_builds(tmp_path: Path) -> None:
    folder = tmp_path / "our leaflets"
    made(folder, answers='Dr Örn\'s "Practice": North\nie\n01 555 0100\n')
    library = read_library(folder, TODAY)
    assert library.broken == {} and library.tidied == {}
    [clinic] = library.clinics.values()
    assert (clinic.name, clinic.phone) == ('Dr Örn\'s "Practice": North', "(01) 555 0100")
    plan = make_plan(library, Selection(formats=("a4",), media=("screen",)), TODAY)
    [job] = plan.jobs
    assert job.path == "dr-orn-s-practice-north/en/how-to-reach-us-a4-screen.pdf"
    assert not isinstance(compose_and_make(job), tuple)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--region", "uk", "--phone", "0113 49", "--name", "A"), "too few digits"),
        (("--region", "atlantis", "--phone", "112", "--name", "A"), "no region 'atlantis'"),
        (("--region", "uk", "--phone", "999", "--name", "a\u202eb"), "cannot be seen"),
    ],
)
def test_nothing_is_written_of_what_is_wrong(
    tmp_path: Path, words: tuple[str, ...], what: str
) -> None:
    with pytest.raises(UsageError, match=what):
        made(tmp_path / "new", *words)
    assert not (tmp_path / "new").exists()


def test_no_project_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds a project already"):
        made(tmp_path, "--name", "A", "--region", "uk", "--phone", "999")
    assert [path.name for path in tmp_path.rglob("*")] == ["content", "mine.txt"]
    with pytest.raises(UsageError, match="holds a project already"):
        made(tmp_path / "content/mine.txt", "--name", "A", "--region", "uk", "--phone", "999")


def test_other_files_of_a_folder_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "foldwell.whl").write_text("mine")
    monkeypatch.chdir(tmp_path)
    said = made(Path("."), "--name", "A", "--region", "us", "--phone", "988")
    assert said.splitlines()[-1] == "Build it: foldwell"
    assert (tmp_path / "foldwell.whl").read_text() == "mine"
    assert "letter: [screen, office]" in (tmp_path / "content/build.yml").read_text()


def test_settings_and_references_may_be_taken_away(tmp_path: Path) -> None:
    made(tmp_path, "--name", "A", "--region", "ie", "--phone", "01 555 0100")
    (tmp_path / "content/build.yml").unlink()
    assert not (tmp_path / "content/references.json").exists()
    library = read_library(tmp_path, TODAY)
    assert library.broken == {}
    paths = {job.path for job in make_plan(library, Selection(), TODAY).jobs}
    assert {path.rpartition("how-to-reach-us")[2] for path in paths} == {
        ".html", "-a4-screen.pdf", "-a4-office.pdf",
    }  # fmt: skip
