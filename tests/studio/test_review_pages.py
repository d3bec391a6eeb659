"""Reviews: the pack, an approval of exactly the words that were read, sources that were opened."""

import re
from pathlib import Path

import pytest
from conftest import TODAY
from studio_client import Client, desk_of

from foldwell.build.approving import code_of, wordings
from foldwell.studio.saving import versions

PATH = "content/leaflets/sleep/en.md"
PAGE = "/approve/sleep/en"
WHO = {"name": "Dr A. Example", "role": "consultant", "registration": "", "due": "2027-01-31"}


@pytest.fixture
def client(project: Path) -> Client:
    source = project / PATH
    source.write_text(source.read_text().replace("same time each day.\n", "same time each day"
                                                 " [@lee2021].\n"))  # fmt: skip
    return Client(desk_of(project))


def seen(client: Client) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(PAGE).text)
    assert found is not None
    return found[1]


def code(client: Client) -> str:
    library = client.desk.shelf.book.library
    return code_of(wordings(library, library.leaflets["sleep"]["en"]))


def test_the_pack_is_a_pdf_to_take_home(client: Client) -> None:
    answer = client.get("/review/sleep/en")
    assert answer.body.startswith(b"%PDF") and "attachment" in answer.headers["content-disposition"]


def test_only_who_has_read_the_words_approves_them(client: Client, project: Path) -> None:
    before = (project / PATH).read_bytes()
    wrong: list[dict[str, str]] = [
        {"words": "XXXX-XXXX"}, {"words": code(client), "role": ""},
        {"words": code(client), "due": "soon"}, {},
    ]  # fmt: skip
    for given in wrong:
        answer = client.post(PAGE, {**WHO, "seen": seen(client), **given})
        assert answer.status == 422 and WHO["name"] in answer.text
    old = seen(client)
    (project / PATH).write_bytes(before + b"\nMore.\n")
    assert client.post(PAGE, {**WHO, "seen": old, "words": code(client)}).status == 409
    (project / PATH).write_bytes(before)
    answer = client.post(PAGE, {**WHO, "seen": seen(client), "words": code(client)})
    assert answer.headers["location"] == f"{PAGE}?said=recorded"
    leaflet = client.desk.shelf.book.library.leaflets["sleep"]["en"]
    assert [one.name for one in leaflet.facts.clinical_reviewers] == [WHO["name"]]
    assert WHO["name"] in client.get(PAGE).text
    assert next(versions(project, PATH)).content == before


def test_what_was_opened_is_recorded(client: Client, project: Path) -> None:
    assert "Not opened yet" in client.get("/sources").text
    nobody: list[dict[str, object]] = [{"by": "Nurse B"}, {"source": ["lee2021"]}]
    for given in nobody:
        assert client.post("/sources", given).status == 422
    assert client.post("/sources", {"source": ["nonsense"], "by": "Nurse B"}).status == 422
    assert not (project / "content/sources.yml").exists()
    answer = client.post("/sources", {"source": ["lee2021"], "by": "Nurse B"})
    assert answer.headers["location"] == "/sources?said=recorded"
    record = client.desk.shelf.book.library.records["lee2021"]
    assert (record.opened, record.by) == (TODAY, "Nurse B")
    assert "lee2021" in client.get("/sources?leaflet=sleep/en").text
    assert client.get("/sources?leaflet=none/en").status == 404


def test_what_is_due_leads_to_what_is_to_be_done(client: Client) -> None:
    page = client.get("/due").text
    assert 'href="/review/sleep/en"' in page and f'href="{PAGE}"' in page
