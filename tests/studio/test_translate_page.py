"""Translating on the page: each passage beside its source, nothing lost, nothing half goes out."""

import re
from pathlib import Path

import pytest
from studio_client import Answer, Client, desk_of

from foldwell.studio.saving import versions

PATH = "content/leaflets/sleep/es.md"
PAGE = "/translate/sleep/es"
WORDS = {
    "facts.title": "Dormir bien",
    "facts.subtitle": "Para adultos que no duermen",
    "facts.main_message": "Levántese cada día a la misma hora.",
    "facts.audience": "Personas adultas",
    "facts.objective": "Saber dormir mejor",
    "1.1": "Buenos hábitos",
    "1.2": "Levántese cada día a la misma hora.",
}


@pytest.fixture
def client(project: Path) -> Client:
    client = Client(desk_of(project))
    answer = client.post("/translations", {"leaflet": "sleep", "language": "es"})
    assert answer.headers["location"] == f"{PAGE}?said=started"
    return client


def marks(client: Client) -> dict[str, object]:
    """What the page carries of the files that it shows."""
    text = client.get(PAGE).text
    found = {name: re.search(rf'name="{name}" value="(\w+)"', text) for name in ("seen", "source")}
    return {name: match[1] for name, match in found.items() if match}


def send(client: Client, words: dict[str, str], **more: object) -> Answer:
    units: dict[str, object] = {f"unit.{key}": text for key, text in words.items()}
    return client.post(PAGE, {**marks(client), **units, "step": "save", **more})


def test_it_is_saved_line_by_line_and_not_out_before_the_end(client: Client) -> None:
    assert "0 of 7 passages" in client.get(PAGE).text
    assert send(client, {"facts.title": "Dormir bien"}).headers["location"].endswith("said=saved")
    page = client.get(PAGE).text
    assert "1 of 7 passages" in page and "Dormir bien" in page and "Not finished" in page
    assert "es" not in client.desk.shelf.book.library.leaflets["sleep"]
    assert send(client, WORDS).status == 303
    assert "7 of 7 passages" in client.get(PAGE).text
    answer = send(client, WORDS, step="done", name="Ana")
    assert answer.headers["location"].endswith("said=recorded")
    leaflet = client.desk.shelf.book.library.leaflets["sleep"]["es"]
    assert "Levántese" in leaflet.text and leaflet.facts.translation is not None
    checked = client.post(f"{PAGE}/checked", {"name": "Luis"})
    assert checked.status == 303 and "checked by Luis" in client.get("/translations").text
    assert len(list(versions(client.desk.root, PATH))) == 4


def test_it_is_not_done_before_it_is(client: Client, project: Path) -> None:
    before = (project / PATH).read_bytes()
    most = dict(list(WORDS.items())[:-1])
    answer = send(client, most, step="done", name="Ana")
    assert answer.status == 422 and "not translated" in answer.text
    assert "Buenos hábitos" in answer.text  # what was typed is still there
    assert send(client, WORDS, step="done").status == 422  # nobody answers for it
    assert (project / PATH).read_bytes() == before
    assert client.post(f"{PAGE}/checked", {"name": "Luis"}).status == 422


@pytest.mark.parametrize("words", ["# Dormir", "- Dormir", "/// warning | Dormir", "1. Dormir"])
def test_words_that_would_be_something_else_are_refused(words: str, client: Client) -> None:
    assert send(client, {"1.2": words}).status == 422


def test_somebody_else_saved_it(client: Client, project: Path) -> None:
    old = marks(client)
    theirs = (project / PATH).read_bytes() + b"\n"
    (project / PATH).write_bytes(theirs)
    answer = client.post(PAGE, {**old, "unit.1.1": "Hábitos", "step": "save"})
    assert answer.status == 409 and "Hábitos" in answer.text
    assert (project / PATH).read_bytes() == theirs


def test_the_source_changed_meanwhile(client: Client, project: Path) -> None:
    old, before = marks(client), (project / PATH).read_bytes()
    source = project / "content/leaflets/sleep/en.md"
    source.write_text(source.read_text().replace("Good habits", "Better habits"))
    answer = client.post(PAGE, {**old, "unit.1.1": "Hábitos", "step": "save"})
    assert answer.status == 422 and "Hábitos" in answer.text
    assert (project / PATH).read_bytes() == before


def test_a_number_is_held_to_the_source_while_one_types(client: Client, project: Path) -> None:
    source = project / "content/leaflets/sleep/en.md"
    source.write_text(source.read_text() + "\nTake 2 tablets at night.\n")
    for words, fine in (("Tome 2 comprimidos.", True), ("Tome 3 comprimidos.", False)):
        answer = client.post(f"{PAGE}/unit", {"key": "1.3", "words": words})
        assert ("3" not in answer.text) is fine and answer.status == 200


@pytest.mark.parametrize("place", ["/translate/sleep/en", "/translate/sleep/xx",
                                   "/translate/none/es", "/translate/sleep/fr"])  # fmt: skip
def test_there_is_no_page_of_what_is_not_there(place: str, client: Client) -> None:
    assert client.get(place).status == 404
