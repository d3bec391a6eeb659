"""Only a file of the words that stand in the project is offered to be printed or taken home."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import BASE
from studio_client import Client, desk_of

from foldwell.studio.saving import mark

LEAFLET = "content/leaflets/sleep/en.md"
CLINIC = "content/clinics/riverside.yml"
FILE = "riverside/en/sleep-a4-screen.pdf"
PAGE = "/leaflet/sleep/en?clinic=riverside"
OLD = "Build first: the words changed since."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound project with its one file, as the studio's own build leaves it."""
    root = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("output"))
    desk = desk_of(root)
    assert Client(desk).post("/build", {}).status == 303
    thread = desk.builder._thread
    assert thread is not None
    thread.join(120)
    assert desk.builder.state == "done", (desk.builder.trouble, desk.builder.failed)
    desk.close()
    return root


@pytest.fixture
def client(built: Path, tmp_path: Path) -> Iterator[Client]:
    """The studio of a copy of it."""
    desk = desk_of(Path(shutil.copytree(built, tmp_path / "project")))
    yield Client(desk)
    desk.close()


def offers(client: Client) -> tuple[bool, bool]:
    """Whether the page of the leaflet offers to print, and to download."""
    text = client.get(PAGE).text
    return 'id="print"' in text, f"/file/{FILE}?download=1" in text


def test_a_fresh_file_is_offered(client: Client) -> None:
    page = client.get(PAGE).text
    assert offers(client) == (True, True)
    assert 'id="stale" role="status" hidden' in page and 'class="old"' not in page
    assert f'<img src="/page/{FILE}' in page
    assert client.get(f"/file/{FILE}?print=1").body.startswith(b"%PDF")
    assert client.get(f"/file/{FILE}?download=1").status == 200
    assert OLD not in client.get("/").text


@pytest.mark.parametrize("changed", [LEAFLET, CLINIC])
def test_after_a_save_the_old_file_is_not_printed(client: Client, changed: str) -> None:
    file = client.desk.root / changed
    before = file.read_text()
    assert client.get(PAGE).status == 200  # what was read before the save is no excuse
    if changed == LEAFLET:
        form: dict[str, object] = {"text": f"{before}\nMore.\n", "seen": mark(before.encode())}
        assert client.post("/leaflet/sleep/en", form).status == 303
    else:
        file.write_text(before.replace("0142", "0188"))
    page = client.get(PAGE).text
    assert offers(client) == (False, False)
    assert f'role="status">{OLD}' in page
    assert f"These pages are old. {OLD}" in page and '<figure class="old">' in page
    assert OLD in client.get("/").text and "0 of 1 files are up to date" in client.get("/").text
    build = client.get("/build").text
    assert OLD in build and "download=1" not in build
    for way in ("print", "download"):  # a page that is still open offers it
        answer = client.get(f"/file/{FILE}?{way}=1", {"accept": "application/json"})
        assert answer.status == 422 and OLD in answer.text
    assert client.get(f"/file/{FILE}").status == 200  # it may be looked at
    file.write_text(before)
    assert offers(client) == (True, True)


def test_a_file_that_another_program_wrote_is_not_printed(client: Client) -> None:
    (client.desk.output / FILE).write_bytes(b"%PDF-1.7 what is this")
    page = client.get(PAGE)
    assert page.status == 200 and offers(client) == (False, False)
    assert "another program changed the file" in page.text
    assert "The file that was built cannot be shown." in page.text


def test_without_a_ledger_nothing_is_vouched_for(client: Client) -> None:
    shutil.rmtree(client.desk.output / ".foldwell")
    assert offers(client) == (False, False)
    assert "it is not known from what" in client.get(PAGE).text
    assert not (client.desk.output / ".foldwell").exists()


def test_a_pack_holds_what_is_fresh(client: Client) -> None:
    place = "/pack/sleep/en?clinic=riverside"
    assert place.replace("&", "&amp;") in client.get(PAGE).text
    answer = client.get(place)
    assert "sleep-en-pack-draft.zip" in answer.headers["content-disposition"]
    with ZipFile(BytesIO(answer.body)) as packed:
        names = packed.namelist()
    assert {"sleep-a4-screen.pdf", "SHA256SUMS"} <= {*names}
    source = client.desk.root / LEAFLET
    source.write_text(source.read_text() + "\nMore.\n")
    assert client.get(place).status == 422 and place not in client.get(PAGE).text
    assert client.get("/pack/sleep/en?clinic=none").status == 404


def test_a_proof_for_the_print_shop_has_its_ticket(built: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(built, tmp_path / "project"))
    settings = root / "content/build.yml"
    settings.write_text(settings.read_text().replace("[screen]", "[press]"))
    desk = desk_of(root)
    client = Client(desk)
    assert client.post("/build", {"proofs": "yes"}).status == 303
    assert desk.builder._thread is not None
    desk.builder._thread.join(120)
    start = "riverside/en/sleep-a4-press-draft"
    page = client.get("/build").text
    for ending, kind in (("", b"%PDF"), ("-ticket", b"%PDF")):
        assert f"/file/{start}{ending}.pdf?download=1" in page
        assert client.get(f"/file/{start}{ending}.pdf?download=1").body.startswith(kind)
    assert client.get(f"/file/{start}-ticket.yml?download=1").status == 200
    source = root / LEAFLET
    source.write_text(source.read_text() + "\nMore.\n")
    assert client.get(f"/file/{start}-ticket.pdf?download=1").status == 422
    desk.close()


def test_a_file_that_is_asked_for_is_made_when_it_must_be(client: Client) -> None:
    made = client.get(f"/edition/{FILE}")
    assert made.status == 200 and made.body.startswith(b"%PDF-")
    assert client.desk.builder.number == 0  # it stood there
    text = (client.desk.root / LEAFLET).read_text()
    (client.desk.root / LEAFLET).write_text(text.replace("# ", "# New: ", 1))
    anew = client.get(f"/edition/{FILE}")
    assert anew.status == 200 and anew.body.startswith(b"%PDF-") and anew.body != made.body
    assert client.desk.builder.number == 1
    assert client.get(f"/edition/{FILE}").body == anew.body
    assert client.desk.builder.number == 1
    assert client.get("/edition/riverside/en/nothing-a4-screen.pdf").status == 404
    (client.desk.root / LEAFLET).write_text(text.replace("# ", "# {{ clinic.motto }} ", 1))
    refused = client.get(f"/edition/{FILE}")
    assert refused.status in (404, 422) and not refused.body.startswith(b"%PDF-")
