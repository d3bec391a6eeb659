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
    library = read_library(folder)
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


def test_no_folder_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        made(tmp_path, "--name", "A", "--region", "uk", "--phone", "999")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
