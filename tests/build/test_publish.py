"""The catalogue: what was built and nothing else, with feed, site map and a page of languages."""

import datetime
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import BASE, TODAY

from benchmarks.catalogue import browser, dump, entries, measure
from foldwell.build.catalogue import Catalogue, gather
from foldwell.build.clean import clean_output
from foldwell.build.editions import as_json, entry_of, read_register, registered
from foldwell.build.job import Order, Selection
from foldwell.build.plan import make_plan
from foldwell.build.publish import publish, web_address
from foldwell.build.published import FOLDER
from foldwell.cli import main
from foldwell.content.library import Library, read_library
from foldwell.errors import FoldwellError, UsageError
from foldwell.typeset.catalogue_pages import Shown, catalogue_pages, size_in_words

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = TODAY + datetime.timedelta(30)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound project with its web page, and a catalogue of it, made by the command."""
    root = tmp_path_factory.mktemp("catalogue") / "project"
    shutil.copytree(BASE, root)
    (root / "content/build.yml").write_text(
        "web_pages: https://leaflets.example.org\n"
        "runs:\n  - formats: {a4: [screen], letter-fold: [screen]}\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLDWELL_PROJECT", str(root))
        patch.setenv("SOURCE_DATE_EPOCH", "1769904000")
        with pytest.raises(SystemExit) as end:
            main(["catalogue"])
    assert end.value.code == 0
    return root


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def links(path: Path) -> list[str]:
    parser = _Links()
    parser.feed(path.read_text())
    return parser.found


def test_every_link_of_every_page_leads_to_a_file_that_is_there(built: Path) -> None:
    output = built / "output"
    pages = [output / "index.html", *output.glob("riverside/*.html")]
    assert len(pages) == 2
    for page in pages:
        for link in links(page):
            link = link.removeprefix("https://leaflets.example.org/../")
            if link.startswith("https://leaflets.example.org/"):
                target = output / link.removeprefix("https://leaflets.example.org/")
            elif link.startswith("#"):
                assert f'id="{link[1:]}"' in page.read_text()
                continue
            else:
                target = page.parent / link
            assert target.is_file(), link


def test_every_file_that_was_built_is_listed_once_with_id_dates_and_size(built: Path) -> None:
    output = built / "output"
    (edition,) = json.loads((output / "catalogue.json").read_text())["editions"]
    files = {path.relative_to(output).as_posix() for path in output.glob("*/en/*")}
    assert {file["path"] for file in edition["files"]} == files and len(files) == 3
    text = (output / "index.html").read_text()
    for file in edition["files"]:
        size = (output / file["path"]).stat().st_size
        assert file["size_bytes"] == size
        assert re.search(
            rf'"{re.escape(file["path"])}">[^<]*<span[^>]*>{size_in_words(size)}', text
        )
    assert edition["id"] in text
    assert edition["id"] in (output / "riverside/en/sleep.html").read_text()
    assert f'datetime="{edition["review_due"]}"' in text


def test_the_cover_is_the_first_page_of_the_folded_leaflet(built: Path) -> None:
    from PIL import Image

    (cover,) = (built / "output" / FOLDER / "covers").iterdir()
    with Image.open(cover) as image:
        wide, tall = image.size
        assert tall > 1.8 * wide, "a panel, not a sheet"
        assert len(image.convert("L").getcolors() or ()) > 8, "empty"


def test_feed_and_site_map_are_whole_addresses_of_what_is_there(built: Path) -> None:
    feed = ElementTree.parse(built / "output/feed.xml").getroot()
    (entry,) = feed.findall(f"{ATOM}entry")
    (edition,) = json.loads((built / "output/catalogue.json").read_text())["editions"]
    assert entry.findtext(f"{ATOM}id") == f"urn:foldwell:edition:{edition['id']}"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-10T00:00:00Z"
    sites = ElementTree.parse(built / "output/sitemap.xml").getroot()
    found = [element.text for element in sites.iter() if element.tag.endswith("}loc")]
    names = ("index.html", "riverside/sleep.html", "riverside/en/sleep.html")
    assert found == [f"https://leaflets.example.org/{name}" for name in names]


def test_no_page_asks_anything_of_another_machine(built: Path) -> None:
    for path in (built / "output" / FOLDER).glob("catalogue.*"):
        assert "://" not in path.read_text(), path
    sources = re.findall(r'(?:src|rel="stylesheet" href)="([^"]*)"', _index(built))
    assert sources and not [source for source in sources if "//" in source]


def _index(built: Path) -> str:
    return (built / "output/index.html").read_text()


@pytest.fixture
def library() -> Library:
    return read_library(BASE, TODAY)


@pytest.fixture
def orders(library: Library) -> list[Order]:
    return [job.order for job in make_plan(library, Selection(), TODAY).jobs]


def test_what_was_not_built_is_not_listed(
    library: Library, orders: list[Order], tmp_path: Path
) -> None:
    assert orders
    assert gather(library, orders, {}, tmp_path, TODAY) == Catalogue((), ())


def put(orders: list[Order], output: Path) -> dict[str, str]:
    for order in orders:
        (output / order.path).parent.mkdir(parents=True, exist_ok=True)
        (output / order.path).write_bytes(b"x" * 1500)
    return {order.path: "0" * 64 for order in orders}


def _build(orders: list[Order], edition: str, output: Path, day: datetime.date) -> list[Order]:
    """Orders of other words, and the register as a build of them leaves it."""
    from dataclasses import replace

    made = [replace(order, edition=edition, words=f"{edition}-AAAA-AAAA-AAAA") for order in orders]
    entries = [entry_of(order, {order.path: "0" * 64}) for order in made]
    register = registered(read_register(output), entries, str(day), {})
    (output / "editions.json").write_bytes(as_json(register))
    return made


def test_an_edition_has_the_day_on_which_it_took_the_place_of_another(
    library: Library, orders: list[Order], tmp_path: Path
) -> None:
    files = put(orders, tmp_path)
    once = _build(orders, "AAAA-AAAA", tmp_path, TODAY)
    first = gather(library, once, files, tmp_path, TODAY)
    published = {order.dates[0] or TODAY.isoformat() for order in orders}
    assert {entry.since for entry in first.entries} == published and first.gone == ()
    again = _build(orders, "AAAA-AAAA", tmp_path, LATER)
    assert gather(library, again, files, tmp_path, LATER) == first
    _build(orders, "BBBB-BBBB", tmp_path, LATER)  # nobody made a catalogue of these
    last = LATER + datetime.timedelta(1)
    changed = _build(orders, "CCCC-CCCC", tmp_path, last)
    later = gather(library, changed, files, tmp_path, last)
    assert {entry.since for entry in later.entries} == {last.isoformat()}
    assert [(gone.id, gone.present, gone.since) for gone in later.gone] == [
        ("BBBB-BBBB", "CCCC-CCCC", last.isoformat()),
        ("AAAA-AAAA", "CCCC-CCCC", LATER.isoformat()),
    ]
    shown = tuple(map(Shown, later.entries))
    made = catalogue_pages("Leaflets", shown, later.gone, "", FOLDER, str(last), {})
    text, page = made["index.html"].decode(), later.entries[0].page
    assert text.count(f'; now <a href="{page}">CCCC-CCCC</a>') == 2
    assert f'Riverside Clinic, out of date since <time datetime="{last}">' in text
    feed = ElementTree.fromstring(made["feed.xml"].decode())
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert "urn:foldwell:edition:AAAA-AAAA:gone" in ids
    assert "urn:foldwell:edition:CCCC-CCCC" in ids
    years = last + datetime.timedelta(400)
    assert gather(library, changed, files, tmp_path, years).gone == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1, "editions": [{"id": 1}]}'])
def test_a_broken_register_is_told_and_nothing_is_overwritten(
    library: Library, orders: list[Order], tmp_path: Path, text: str
) -> None:
    files = put(orders, tmp_path)
    (tmp_path / "editions.json").write_text(text)
    (tmp_path / "catalogue.json").write_text("the last one")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(FoldwellError, match="register of editions cannot be read"):
        publish(library, orders, files, tmp_path, TODAY, "Leaflets", "")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_pages_of_what_is_gone_are_taken_away_and_clean_deletes_all(
    library: Library, tmp_path: Path
) -> None:
    mine = tmp_path / "riverside/notes.html"
    mine.parent.mkdir(parents=True)
    mine.write_text("<p>Mine</p>")
    old = tmp_path / "riverside/old.html"
    old.write_text('<head>\n<meta name="generator" content="Foldwell">')
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    publish(library, [], {}, tmp_path, TODAY, "Leaflets", "")
    assert mine.exists() and not old.exists() and not (tmp_path / "sitemap.xml").exists()
    clean_output(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


@pytest.mark.parametrize(
    "text", ["leaflets", "ftp://x.org", "https://x.org/?q", "https://x.org/#a"]
)
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        web_address(text)
    assert web_address("https://x.org/a") == "https://x.org/a/"


def test_words_of_people_are_words_in_pages() -> None:
    from dataclasses import replace

    (shown,) = entries(1)
    bad = replace(shown, entry=replace(shown.entry, title='<b onclick="x">"&', clinic_name="<i>"))
    pages = catalogue_pages("<h1>", (bad,), (), "https://x.org/", FOLDER, "2026-01-01", {})
    for name, content in pages.items():
        assert not name.endswith(("html", "xml")) or b"<b onclick" not in content, name
        if name.endswith("xml"):
            ElementTree.fromstring(content.decode())


@pytest.fixture
def some(tmp_path: Path) -> Iterator[Path]:
    if not browser():
        pytest.skip("there is no Chromium on this machine")
    from benchmarks.catalogue import write

    write(tmp_path, 12)
    yield tmp_path


def test_a_search_shows_what_has_all_words_whatever_their_accents(some: Path) -> None:
    text = dump(f"file://{some}/index.html?words=NALOXÓNE+practice&language=es")
    shown = [item for item in re.findall(r"<li data-clinic[^>]*>", text) if "hidden" not in item]
    assert len(shown) == 1 and 'data-language="es"' in shown[0] and "naloxone" in shown[0]
    assert re.search(r'id="count"[^>]*>1 edition<', text)


def test_the_page_measures_itself_in_a_browser(some: Path) -> None:
    measured = measure(12)
    assert len(measured["searches"]) == len(measured["found"])
    assert str(measured["found"][-1]) == "0 editions"
