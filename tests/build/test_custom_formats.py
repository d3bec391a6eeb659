"""A format of a project's own goes all the way: built, instructed, judged and preflighted."""

import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import compose_and_make

from foldwell.build.job import Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.build.preflight import formats_of
from foldwell.check.preflight import preflight
from foldwell.check.standard import Expected
from foldwell.cli import main
from foldwell.content.library import read_library
from foldwell.finding import Finding
from foldwell.paper.formats import FORMATS

TODAY = datetime.date(2026, 2, 1)


def settings(flap_mm: float, other_mm: float) -> str:
    """A project's ``build.yml`` with a small fold of three panels a side."""
    widths = [other_mm, flap_mm, other_mm, other_mm, flap_mm, other_mm]
    names = ["cover", "flap", "inside", "inside", "inside", "back"]
    panels = "".join(
        f"          - {{name: {name}, width: {width}, height: 200}}\n"
        for name, width in zip(names, widths, strict=True)
    )
    return (
        "formats:\n  small-fold:\n    on:\n      a4:\n"
        f"        sheet: [{2 * other_mm + flap_mm}, 200]\n        panels:\n{panels}"
        "        sides: [[2, 6, 1], [3, 4, 5]]\n"
        "runs:\n  - formats: {small-fold: [screen, office, press]}\n    web: false\n"
    )


@pytest.fixture
def folded(project: Path) -> Path:
    """A project that makes its own format."""
    (project / "content/build.yml").write_text(settings(77, 80))
    return project


def made(project: Path, medium: str, **options: Any) -> Made:
    plan = make_plan(
        read_library(project, TODAY),
        Selection(media=(medium,)),
        TODAY,
        Options(draft=True, **options),
    )
    assert plan.broken == ()
    (job,) = plan.jobs
    outcome = compose_and_make(job)
    assert isinstance(outcome, Made), outcome
    return outcome


def words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return " ".join(pdf[0].get_textpage().get_text_range().split())


def test_the_table_of_a_project(folded: Path, tmp_path: Path) -> None:
    assert set(formats_of(folded)) == {*FORMATS, "small-fold"}
    assert formats_of(tmp_path / "nowhere") == FORMATS


def test_instructions_are_those_of_the_fold_that_is_alike(folded: Path) -> None:
    told = words(made(folded, "office", instructions=True).content)
    assert "How to print and fold" in told
    assert "Fold the right third (the narrow one) to the left." in told


def test_instructions_for_a_fold_that_none_is_like(project: Path) -> None:
    """A sheet that is folded down, like a calendar."""
    panels = ", ".join(
        f"{{name: {name}, width: 200, height: 140}}"
        for name in ("cover", "inside", "inside", "back")
    )
    (project / "content/build.yml").write_text(
        f"formats:\n  calendar:\n    on:\n      a4:\n        sheet: [200, 280]\n"
        f"        panels: [{panels}]\n        sides: [[[1/180], [4]], [[2], [3]]]\n"
        "runs:\n  - formats: {calendar: [screen, office, press]}\n    web: false\n"
    )
    told = words(made(project, "office", instructions=True).content)
    assert "How to print and fold" in told
    assert "Lay the sheet down with its second side up." in told
    assert "Fold the upper part over the rest at fold 1." in told
    assert "third" not in told


def errors(content: bytes, expected: Expected) -> list[Finding]:
    return [finding for finding in preflight(content, expected) if finding.severity == "error"]


def test_a_file_is_held_to_the_size_that_the_project_gives(folded: Path) -> None:
    """Its own name is known, and so is another one's size, where the table is handed over."""
    content = made(folded, "press").content
    table = formats_of(folded)
    assert errors(content, Expected(formats=table)) == []
    assert errors(content, Expected(format="small-fold", formats=table)) == []
    assert errors(content, Expected(format="bifold", formats=table)) != []
    (folded / "content/build.yml").write_text(settings(70, 90))
    assert errors(content, Expected(formats=formats_of(folded))) != []


def test_the_command_knows_it(
    folded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folded / "file.pdf").write_bytes(made(folded, "press").content)
    monkeypatch.chdir(folded)
    codes = []
    for name in ("small-fold", "bifold", "smal-fold"):
        with pytest.raises(SystemExit) as caught:
            main(["preflight", "--format", name, "file.pdf"])
        codes.append(caught.value.code)
    assert codes == [0, 1, 2]
    assert "There is no format 'smal-fold'. Did you mean 'small-fold'?" in capsys.readouterr().err
