"""A new leaflet is a file that builds, with its run; nothing that is there is written over."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from studio_client import Client, desk_of

from foldwell.studio.new_leaflet import SETTINGS, slug_of, with_run
from foldwell.studio.saving import mark, versions

WORDS = "## Bring\n\n- your letter\n- your medicines"
FORM: dict[str, object] = {
    "title": "Your first visit: what to bring",
    "main_message": "Bring your letter and your medicines.",
    "publisher": "Riverside: the clinic",
    "words": WORDS,
    "format": ["a4", "letter-fold"],
}
SLUG = "your-first-visit-what-to-bring"


@pytest.fixture
def client(project: Path) -> Client:
    return Client(desk_of(project))


def test_it_is_planned_as_it_was_asked_for(client: Client, project: Path) -> None:
    before = (project / SETTINGS).read_bytes()
    answer = client.post("/new-leaflet", FORM)
    assert answer.headers["location"] == f"/leaflet/{SLUG}/en?said=made"
    book = client.desk.shelf.book
    leaflet = book.library.leaflets[SLUG]["en"]
    assert str(leaflet.facts.publisher) == FORM["publisher"]
    assert "/// key-message | The main message\nBring your letter" in leaflet.text
    made = {(one.format, one.medium.name) for one in book.orders if one.leaflet == SLUG}
    assert made >= {("a4", "screen"), ("letter-fold", "screen"), ("letter-fold", "office")}
    assert [one.content for one in versions(project, SETTINGS)] == [before]
    assert client.get(f"/leaflet/{SLUG}/en").status == 200


@pytest.mark.parametrize("title", ["", "  ", "???", "Sleep", "x" * 400])
def test_what_cannot_be_one_is_not_written(title: str, client: Client, project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("content/**/*") if path.is_file()}
    answer = client.post("/new-leaflet", {**FORM, "title": title})
    assert answer.status == 422 and 'role="alert"' in answer.text
    assert WORDS in answer.text.replace("\r", "")  # what was typed is still there
    now = {path: path.read_bytes() for path in project.rglob("content/**/*") if path.is_file()}
    assert now == before


def test_a_format_is_added_once(client: Client, project: Path) -> None:
    place = "/leaflet/sleep/en/formats"
    for _ in range(2):
        answer = client.post(place, {"format": "large-print"})
        assert answer.headers["location"].startswith("/leaflet/sleep/en?format=large-print")
    runs = YAML(typ="safe").load((project / SETTINGS).read_text())["runs"]
    assert runs[1:] == [{"leaflets": ["sleep"], "formats": {"large-print": ["screen"]}}]
    assert client.post(place, {"format": "papyrus"}).status == 404


def test_without_settings_what_was_made_is_made_still() -> None:
    runs = YAML(typ="safe").load(with_run("", "sleep", ["a5"], False))["runs"]
    assert runs[0]["leaflets"] == ["*"] and set(runs[0]["formats"]) == {"a4", "letter"}
    assert runs[1] == {"leaflets": ["sleep"], "formats": {"a5": ["screen", "office"]}, "web": False}


def test_comments_of_the_settings_stay() -> None:
    text = "# ours\nruns:\n  # all\n  - leaflets: ['*']  # every one\nsite: https://example.org\n"
    told = with_run(text, "sleep", ["a5"], True)
    assert [one in told for one in ("# ours", "# all", "# every one", "site:")] == [True] * 4


def test_names_of_folders_are_plain() -> None:
    assert slug_of("Où aller? À la clinique!") == "ou-aller-a-la-clinique"


def test_settings_that_changed_meanwhile_are_not_overwritten(
    client: Client, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(content: bytes | None) -> str:
        return mark(b"what stood there before")

    monkeypatch.setattr("foldwell.studio.new_leaflet.mark", changed)
    before = (project / SETTINGS).read_bytes()
    answer = client.post("/leaflet/sleep/en/formats", {"format": "a5"})
    assert answer.status == 422 and "Somebody else changed it" in answer.text
    assert (project / SETTINGS).read_bytes() == before
