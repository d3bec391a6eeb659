from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.build.job import Plan, Selection
from foldwell.build.plan import make_plan
from foldwell.content.library import read_library
from foldwell.errors import UsageError


@pytest.fixture
def root(project: Path) -> Path:
    """A project of two clinics, on A4 and on Letter, and all formats."""
    content = project / "content"
    uk = (content / "regions/uk.yml").read_text()
    (content / "regions/us.yml").write_text(uk.replace("a4", "letter").replace("nhs", "us"))
    clinic = (content / "clinics/riverside.yml").read_text()
    (content / "clinics/bayside.yml").write_text(clinic.replace("uk", "us"))
    (content / "build.yml").write_text(
        "runs:\n  - formats: {a4: [screen, office], letter: [screen], letter-fold: [office]}\n"
    )
    return project


def plan(root: Path, **asked: tuple[str, ...]) -> Plan:
    return make_plan(read_library(root), Selection(**asked), TODAY)


def paths(root: Path, **asked: tuple[str, ...]) -> list[str]:
    return [job.path for job in plan(root, **asked).jobs]


def test_everything(root: Path) -> None:
    assert paths(root) == [
        "bayside/en/sleep-letter-fold-office.pdf",
        "bayside/en/sleep-letter-screen.pdf",
        "bayside/en/sleep.html",
        "riverside/en/sleep-a4-office.pdf",
        "riverside/en/sleep-a4-screen.pdf",
        "riverside/en/sleep-letter-fold-office.pdf",
        "riverside/en/sleep.html",
    ]


def test_what_the_paper_cannot_carry_is_told(root: Path) -> None:
    assert plan(root).skipped == [
        ("sleep, bayside, en, a4 screen", "this clinic prints on Letter"),
        ("sleep, bayside, en, a4 office", "this clinic prints on Letter"),
        ("sleep, riverside, en, letter screen", "this clinic prints on A4"),
    ]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"leaflets": ("sl*",)}, 7),
        ({"clinics": ("riverside",)}, 4),
        ({"clinics": ("*side",), "media": ("office",)}, 3),
        ({"formats": ("letter*",)}, 3),
        ({"formats": ("a4",), "media": ("screen",)}, 1),
        ({"media": ("web",)}, 2),
        ({"languages": ("en",), "formats": ("a4", "letter")}, 3),
    ],
)
def test_a_selection(asked: dict[str, tuple[str, ...]], count: int, root: Path) -> None:
    assert len(paths(root, **asked)) == count


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"leaflets": ("slep",)}, "There is no leaflet 'slep'. Did you mean 'sleep'?"),
        ({"clinics": ("x*",)}, "There is no clinic 'x*'. Known here: bayside, riverside."),
        ({"languages": ("es",)}, "There is no language 'es'. Known here: en."),
        ({"formats": ("a5",)}, "There is no format 'a5'. Known here: "),
        ({"media": ("print",)}, "There is no medium 'print'. Known here: office, screen, web."),
    ],
)
def test_what_matches_nothing(asked: dict[str, tuple[str, ...]], message: str, root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        plan(root, **asked)
    assert str(caught.value).startswith(message)


def test_two_runs_of_one_job_make_it_once(root: Path) -> None:
    build = root / "content/build.yml"
    build.write_text(build.read_text() + "  - formats: {a4: [screen]}\n")
    assert len(paths(root)) == len(set(paths(root))) == 7


def test_a_broken_file_matters_only_where_it_is_needed(root: Path) -> None:
    (root / "content/regions/us.yml").write_text("name: [\n")
    assert plan(root, clinics=("riverside",)).broken == []
    broken = plan(root)
    assert [error.place.path for error in broken.broken] == ["content/regions/us.yml"]
    assert len(broken.jobs) == 4


def test_a_broken_region_leaves_the_editions_of_others_alone(root: Path) -> None:
    from conftest import job_messages

    leaflet = root / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + "\n/// only | region: us\nHowdy.\n///\n")
    (root / "content/regions/us.yml").write_text("name: [\n")
    job = plan(root, clinics=("riverside",), formats=("a4",)).jobs[0]
    assert job_messages(job) == []


def test_a_folder_that_may_not_be_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    usual = os.listdir

    def refuse(path: Path) -> list[str]:
        if str(path).endswith("clinics"):
            raise PermissionError(13, "Permission denied")
        return usual(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert plan(root).broken != []
