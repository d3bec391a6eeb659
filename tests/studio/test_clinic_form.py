"""The form of a clinic changes in its file what was changed in the form, and nothing else."""

from pathlib import Path

import pytest
from conftest import TODAY
from studio_client import Client, desk_of

from foldwell.content.library import read_library
from foldwell.studio.clinic_form import filled, values_of
from foldwell.studio.saving import mark
from foldwell.studio.yaml_document import opened

WRITTEN = """\
# Our clinic. Ask Sam before you change it.
name: "Riverside Clinic"   # as on the door
region: uk
brand: riverside
tags: [evening-clinic]

phone: 0113 496 0142
# The back door is shut on Sundays.
address:
  - 1 River Road
  - Leedham
out_of_hours:
  name: Evenings   # the team
  phone: 0113 496 0177
hours:
  - days: Monday to Friday
    time: 8am to 6pm
"""
PATH = "content/clinics/riverside.yml"


def test_what_is_not_changed_stays_to_the_byte() -> None:
    values = values_of(opened(WRITTEN, PATH).tree)
    assert filled(WRITTEN, PATH, values) == (WRITTEN, [])


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("phone", "0113 496 0199", "phone: 0113 496 0142\n", "phone: 0113 496 0199\n"),
        ("name", "River: Clinic", '"Riverside Clinic"', '"River: Clinic"'),
        ("out_of_hours", [("Evenings", "0113 496 0100")], "0177", "0100"),
        ("tags", "", "tags: [evening-clinic]\n\n", ""),
    ],
)  # fmt: skip
def test_one_change_changes_its_line(name: str, value: object, before: str, after: str) -> None:
    values = values_of(opened(WRITTEN, PATH).tree) | {name: value}
    text, changed = filled(WRITTEN, PATH, values)
    assert changed == [name]
    if name == "tags":
        assert "tags" not in text
    else:
        assert before in WRITTEN and before not in text and after in text.replace("'", '"')
    for comment in ("# Our clinic.", "# The back door", "# as on the door", "# the team"):
        assert comment in text
    keys = [key for key in opened(WRITTEN, PATH).tree if key != "tags" or name != "tags"]
    assert list(opened(text, PATH).tree) == keys


def test_a_new_fact_stands_where_the_form_has_it() -> None:
    values = values_of(opened(WRITTEN, PATH).tree) | {"email": "us@example.org"}
    text, changed = filled(WRITTEN, PATH, values)
    assert changed == ["email"]
    assert text.rstrip().endswith("email: us@example.org")


def form(project: Path, **changed: object) -> dict[str, object]:
    """The form of the sound clinic, filled in."""
    values = values_of(opened((project / PATH).read_text(), PATH).tree)
    plain: dict[str, object] = {k: v for k, v in values.items() if isinstance(v, str)}
    return {**plain, "seen": mark((project / PATH).read_bytes()), **changed}


def test_a_phone_is_read_before_it_is_saved(project: Path) -> None:
    client = Client(desk_of(project))
    told = client.post("/clinic/riverside/check", form(project, phone="01134960143"))
    assert '"phone":"0113 496 0143 (dials +441134960143)"' in told.text
    assert "Prints in 1 leaflet" in told.text
    wrong = client.post("/clinic/riverside", form(project, phone="0113 496 01433333"))
    assert wrong.status == 422 and 'aria-invalid="true"' in wrong.text
    assert "phone: 0113 496 0142" in (project / PATH).read_text()
    assert client.post("/clinic/riverside", form(project, phone="01134960143")).status == 303
    assert str(read_library(project, TODAY).clinics["riverside"].phone) == "0113 496 0143"


def test_a_new_clinic(project: Path) -> None:
    client = Client(desk_of(project))
    assert client.get("/new-clinic").status == 200
    facts = {"name": "North Gate", "region": "uk", "brand": "riverside", "phone": "0113 496 0100",
             "hours_text": "Mon-Fri 9-17"}  # fmt: skip
    assert client.post("/new-clinic", {**facts, "phone": "nine"}).status == 422
    assert not (project / "content/clinics/north-gate.yml").exists()
    made = client.post("/new-clinic", facts)
    assert (made.status, made.headers["location"]) == (303, "/clinic/north-gate?said=clinic")
    assert str(read_library(project, TODAY).clinics["north-gate"].phone) == "0113 496 0100"
    assert client.post("/new-clinic", facts).status == 422  # never over one that is there


def test_a_clinic_that_changed_on_disk_is_not_overwritten(project: Path) -> None:
    client = Client(desk_of(project))
    filled_in = form(project, phone="01134960143")
    theirs = (project / PATH).read_text() + "fax: 0113 496 0150\n"
    (project / PATH).write_text(theirs)
    answer = client.post("/clinic/riverside", filled_in)
    assert answer.status == 409 and "0113 496 0150" in answer.text
    assert (project / PATH).read_text() == theirs


@pytest.mark.parametrize(
    "page",
    ["/", "/clinics", "/brands", "/due", "/translations", "/sources", "/build", "/new-clinic",
     "/clinic/riverside", "/brand/riverside", "/leaflet/sleep/en", "/findings",
     "/insertions?icon=phone", "/contrast?colour=teal", f"/history?file={PATH}"],
)  # fmt: skip
def test_every_page_opens(page: str, project: Path) -> None:
    answer = Client(desk_of(project)).get(page)
    assert answer.status == 200, answer.text
    if answer.headers["content-type"].startswith("text/html"):
        assert "<h1" in answer.text and 'lang="en"' in answer.text


def test_a_project_with_mistakes_opens(project: Path) -> None:
    (project / PATH).write_text("name: [\n")
    (project / "content/leaflets/sleep/en.md").write_text("no front matter")
    client = Client(desk_of(project))
    for page in ("/", "/clinics", "/leaflet/sleep/en", "/build"):
        assert client.get(page).status == 200, page
    assert client.get("/clinic/riverside").status == 422
