"""What stops an edition must be readable: nothing goes out where it is not."""

from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.build.job import Options, Selection
from foldwell.build.plan import make_plan
from foldwell.build.withdrawing import withdraw
from foldwell.content.edition import make_edition
from foldwell.content.library import read_library
from foldwell.content.source_records import RECORDS
from foldwell.content.withdrawals import FOLDER
from foldwell.errors import FoldwellError, Mistakes


def planned(project: Path) -> tuple[int, list[str]]:
    """How many jobs there are, and what is wrong."""
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY, Options(draft=True))
    return len(plan.jobs), [str(error) for error in plan.broken]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (RECORDS, "sources:\n  lee2021: {opend: 2026-01-01, by: Ann}\n", "Unknown key 'opend'"),
        (RECORDS, "sources:\n  lee2012: {retracted: by its journal}\n", "no reference 'lee2012'"),
        (f"{FOLDER}/7k3m-q9td.yml", "edition: 7K3M-Q9TD\nreason: Wrong.\n", "is missing"),
    ],
    ids=["records", "a slip in a name", "a withdrawal"],
)
def test_nothing_is_made_while_what_stops_it_cannot_be_read(
    path: str, text: str, told: str, project: Path
) -> None:
    sound, _ = planned(project)
    assert sound
    file = project / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    jobs, errors = planned(project)
    assert jobs == 0 and any(told in error for error in errors)


@pytest.mark.parametrize("reason", ["", "Wrong \U0001f600 dose", "Wrong \u202e dose"])
def test_no_withdrawal_is_written_that_no_build_could_read(reason: str, project: Path) -> None:
    library = read_library(project, TODAY)
    leaflet = library.leaflets["sleep"]["en"]
    name = make_edition(library, leaflet, "riverside", TODAY).id
    with pytest.raises((FoldwellError, Mistakes)):
        withdraw(project, library, [], name, reason, "", TODAY)
    assert not (project / FOLDER).exists()
    withdraw(project, library, [], name, "Wrong dose", "", TODAY)
    assert list(read_library(project, TODAY).withdrawn) == [name]
