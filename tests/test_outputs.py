"""Facts of whole built files: the real content, every format and medium, both clinics.

Of leaflets, languages, formats, papers and media every two that go together are made together at
least once, but for leaflets and formats; everything is made where ``FOLDWELL_LONG_TESTS`` is set.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import io
import os
import re
from collections.abc import Iterable
from itertools import combinations, pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from leftovers import rgb_left
from ruamel.yaml import YAML

from foldwell.build.job import Job, Options, Selection
from foldwell.build.made import Made, Outcome
from foldwell.build.plan import make_plan
from foldwell.build.workers import Workers
from foldwell.content.interface_words import shipped_catalogue
from foldwell.content.library import Library, read_library
from foldwell.paper.formats import FORMATS, OFFICE_MARGIN_MM
from foldwell.paper.sheets import SLUG_MM

ROOT = Path(__file__).resolve().parent.parent
LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
TODAY = datetime.date(2026, 11, 24)
MM = 72 / 25.4
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}
BLEED = {"a4": 3.0, "letter": 3.175}
FULL = ("a4", "letter", "letter-fold", "z-fold", "booklet", "large-print", "bifold", "a5",
        "half-letter")  # fmt: skip
"""Formats that carry the whole text and the contact panel."""
FLAT = {
    "a4": (210, 297),
    "a5": (148, 210),
    "letter": (215.9, 279.4),
    "half-letter": (139.7, 215.9),
    ("card", "a4"): (85, 55),
    ("card", "letter"): (88.9, 50.8),
    ("poster", "a4"): (297, 420),
    ("poster", "letter"): (279.4, 431.8),
    ("poster-fold", "a4"): (297, 420),
    ("poster-fold", "letter"): (279.4, 431.8),
    ("french-fold-large", "a4"): (297, 420),
    ("french-fold-large", "letter"): (279.4, 431.8),
    ("bookmark", "a4"): (54, 190),
    ("bookmark", "letter"): (50.8, 190.5),
    ("sticker-sheet", "a4"): (95, 66),
    ("sticker-sheet", "letter"): (101.6, 63.5),
}
"""The sheet after trimming, where it is not the paper, lying."""
OFFICE_LIES = {"a5", "half-letter", "letter-fold", "z-fold", "bifold", "booklet", "mini-booklet",
               "letter-fold-one-side", "bifold-one-side", "bookmark"}  # fmt: skip
"""Formats whose desktop sheet lies on its long edge."""
LARGE = {"poster", "poster-fold", "french-fold-large"}
"""Formats that need a sheet larger than the paper of the clinic."""
ONE_SIDE = {"poster", "sticker-sheet", "mini-booklet", "letter-fold-one-side", "bifold-one-side",
            "french-fold-large"}  # fmt: skip
SMALL = {"card", "bookmark", "sticker-sheet"}
"""Formats with few words."""

SAYS_DRAFT = ("draft_note", "draft_foot", "draft_long", "unchecked_note", "unchecked_foot",
              "unchecked_long")  # fmt: skip
"""Names of the words that say of a page that it is a draft."""

Built = dict[str, tuple[Job, Made]]


@pytest.fixture(scope="session")
def library() -> Library:
    library = read_library(ROOT, TODAY)
    assert library.broken == {}
    return library


def outcomes_of(jobs: Iterable[Job]) -> dict[str, tuple[Job, Outcome]]:
    """Each job with what became of it, by its path."""
    workers = Workers()
    try:
        return {job.path: (job, end) for job, end in workers.run(tuple(jobs)) if end is not None}
    finally:
        workers.close()


def met_in(job: Job) -> frozenset[tuple[str, ...]]:
    """What meets in a job: each two of what it is made of, but its leaflet and format."""
    order = job.order
    facts = {
        "leaflet": order.leaflet,
        "language": f"{order.language} {order.beside}",
        "medium": order.medium.name,
    }
    if order.format:
        facts |= {"format": order.format, "paper": order.paper}
    pairs = {(*one, *other) for one, other in combinations(sorted(facts.items()), 2)}
    return frozenset(pairs - {("format", order.format, "leaflet", order.leaflet)})


ALWAYS = re.compile(
    r"[\w-]+/en/kratom-opioid-withdrawal\.html"
    r"|river-bend/en/(using-naloxone-letter-fold|treatment-card-card)-(screen|office|press-draft)\.pdf"
)
"""Pages that are compared with each other, and files that are made twice."""
COSTS = {"press": 2.5, "web": 0.2}
"""What a file takes beside one for the screen."""


def some_of(jobs: Iterable[Job]) -> list[Job]:
    """As few and as quick jobs as let everything meet, each with the screen file of its pages.

    Of two languages side by side only files for the screen are made.
    """
    if LONG:
        return list(jobs)
    by_path = {
        job.path: job for job in jobs if not job.order.beside or job.order.medium.name == "screen"
    }
    screens = {
        path: re.sub(r"-(office|press-draft)\.pdf$", "-screen.pdf", path) for path in by_path
    }
    chosen = {path: job for path, job in by_path.items() if ALWAYS.fullmatch(path)}
    left = frozenset[tuple[str, ...]]().union(*map(met_in, by_path.values()))
    left -= frozenset().union(*map(met_in, chosen.values()))

    def new(path: str) -> list[Job]:
        return [by_path[one] for one in {screens[path]: 1, path: 1} if one not in chosen]

    def worth(path: str) -> float:
        found = left.intersection(frozenset().union(*map(met_in, new(path))))
        return len(found) / sum(COSTS.get(job.order.medium.name, 1) for job in new(path))

    while left:
        best = max((path for path in by_path if path not in chosen), key=worth)
        for job in new(best):
            chosen[job.path], left = job, left - met_in(job)
    return list(chosen.values())


@pytest.fixture(scope="session")
def outcomes(library: Library) -> dict[str, tuple[Job, Outcome]]:
    plan = make_plan(library, Selection(), TODAY, Options(draft=True))
    assert plan.broken == ()
    jobs = some_of(plan.jobs)
    ended = outcomes_of(jobs)
    assert set(ended) == {job.path for job in jobs}
    return ended


@pytest.fixture(scope="session")
def built(outcomes: dict[str, tuple[Job, Outcome]]) -> Built:
    return {path: (job, made) for path, (job, made) in outcomes.items() if isinstance(made, Made)}


def test_all_is_made(outcomes: dict[str, tuple[Job, Outcome]]) -> None:
    assert [end for _, end in outcomes.values() if isinstance(end, tuple)] == []


def pdfs(built: Built, medium: str) -> list[tuple[Job, bytes]]:
    found = [(job, made.content) for job, made in built.values() if job.order.medium.name == medium]
    assert found
    return found


def page_texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def together(texts: list[str]) -> str:
    """Some texts as one line, hyphens at the ends of lines as they are in the words."""
    text = re.sub(r"\s+", " ", " ".join(texts))
    return text.replace("\ufffe", "-").replace("\x02", "-")


def sheet(job: Job) -> tuple[float, float]:
    """The trimmed sheet of a job, width and height."""
    name, paper = job.order.format, job.order.paper
    keys: tuple[object, ...] = (name, (name, paper))
    for key in keys:
        if key in FLAT:
            return FLAT[key]
    width, height = PAPERS[paper]
    if name == "booklet" and job.order.medium.name == "press":
        return height / 2, width  # single pages
    return (width, height) if name == "large-print" else (height, width)


def sheets(job: Job, pages: int) -> int:
    """How many sides the panels of a job make."""
    name = job.order.format
    if name == "booklet":
        return pages if job.order.medium.name == "press" else pages // 2
    if FORMATS[name].flows:  # a sheet takes as many as it needs
        return pages
    return 1 if name in ONE_SIDE else 2


def test_no_address_is_torn_apart(built: Built, library: Library) -> None:
    found = 0
    for medium in ("screen", "office"):
        for job, content in pdfs(built, medium):
            clinic = library.clinics[job.order.clinic]
            for address in (clinic.email, clinic.website):
                torn = r"\s*".join(map(re.escape, str(address)))
                for text in page_texts(content):
                    for match in re.findall(torn, text):
                        assert match == address, job.path
                        found += 1
    assert found > len(built)


def test_every_format_and_medium_that_is_asked_for_is_built(
    library: Library, outcomes: dict[str, tuple[Job, Outcome]]
) -> None:
    orders = [job.order for job, _ in outcomes.values() if job.order.format]
    made = {
        (order.leaflet, order.format, order.paper, order.medium.name)
        for order in orders
        if not FORMATS[order.format].bilingual  # made in one medium, for one clinic
    }
    assert library.settings is not None
    asked = {
        (leaflet, name, paper, medium)
        for run in library.settings.runs
        for leaflet in run.leaflets
        for name, media in run.formats.items()
        for paper in FORMATS[name].geometry
        for medium in media
        if not FORMATS[name].bilingual
    }
    apart = (0, 3) if LONG else ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3))
    for left in apart:  # whatever the leaflet, and whatever the medium; or any two that meet
        gone = {left} if isinstance(left, int) else {*left}
        of = [
            {tuple(fact for at, fact in enumerate(row) if at not in gone) for row in rows}
            for rows in (made, asked)
        ]
        assert of[0] == of[1]
    assert {order.format for order in orders} == {
        "a4", "a5", "letter", "half-letter", "large-print", "poster", "card", "bifold",
        "letter-fold", "z-fold", "booklet", "mini-booklet", "letter-fold-one-side",
        "bifold-one-side", "french-fold-large", "poster-fold", "bookmark", "sticker-sheet",
        "bilingual", "bilingual-fold",
    }  # fmt: skip
    assert {job.order.medium.name for job, _ in outcomes.values()} == {
        "screen",
        "office",
        "press",
        "web",
    }


def test_nothing_of_a_draft_may_be_taken_for_a_press_file(built: Built) -> None:
    for job, made in built.values():
        assert job.order.status == "draft"
        press = job.order.medium.name == "press"
        assert job.path.endswith("-press-draft.pdf") == press
        assert [ending for ending, _ in made.beside] == (
            ["-ticket.yml", "-ticket.pdf"] if press else []
        )


def test_screen_pages_have_the_size_of_their_panels(built: Built) -> None:
    for job, content in pdfs(built, "screen"):
        row = FORMATS[job.order.format]
        geometry = row.geometry[job.order.paper]
        with pikepdf.open(io.BytesIO(content)) as pdf:
            sizes = [tuple(float(v) / MM for v in page.mediabox)[2:] for page in pdf.pages]
        panels = [(p.width_mm, p.height_mm) for p in geometry.panels]
        expected = panels[:1] * len(sizes) if row.flows else panels
        assert len(sizes) == len(expected), job.name
        for size, panel in zip(sizes, expected, strict=True):
            assert size == pytest.approx(panel, abs=0.05), job.name
        if job.order.format == "booklet":
            assert len(sizes) % 4 == 0 and len(sizes) <= 48


def test_office_sides_have_the_size_of_the_sheet(built: Built) -> None:
    for job, content in pdfs(built, "office"):
        width, height = PAPERS[job.order.paper]
        name = job.order.format
        wanted = (height, width) if name in OFFICE_LIES else (width, height)
        wanted = sheet(job) if name in LARGE else wanted
        if (name, job.order.paper) in (("card", "letter"), ("sticker-sheet", "a4")):
            wanted = (height, width)  # twelve cards fit on a lying sheet, ten on an upright one
        screen = built[job.path.replace("office", "screen")][1]
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) == sheets(job, screen.pages), job.name
            for page in pdf.pages:
                size = tuple(float(v) / MM for v in page.mediabox)[2:]
                assert size == pytest.approx(wanted, abs=0.05), job.name
            flip = "Short" if wanted[0] > wanted[1] else "Long"
            assert pdf.Root.ViewerPreferences.Duplex == f"/DuplexFlip{flip}Edge"
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_nothing_is_printed_in_the_outer_margin_of_office_sides(built: Built) -> None:
    scale = 2.0
    for job, content in pdfs(built, "office"):
        # Marks for cutting at a piece that ends within the margin are not looked at here.
        cut_there = job.order.format == "a5" or (job.order.format, job.order.paper) == (
            "card",
            "letter",
        )
        with pypdfium2.PdfDocument(content) as pdf:
            for page in pdf:
                picture = page.render(scale=scale).to_pil().convert("L")
                edge = int(OFFICE_MARGIN_MM * MM * scale) - 1
                inner = (edge, edge, picture.width - edge, picture.height - edge)
                picture.paste(255, inner)
                assert cut_there or picture.getextrema() == (255, 255), job.name


def tokens(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text))


ORDER = {
    "letter-fold": ((1, 5, 0), (2, 3, 4)),
    "z-fold": ((3, 4, 0), (1, 2, 5)),
    "bifold": ((3, 0), (1, 2)),
}
"""What stands on each side, left to right; the first panel in reading order is 0."""


@pytest.mark.parametrize("medium", ["office", "press"])
def test_order_of_panels_on_the_imposed_sheet(medium: str, built: Built) -> None:
    seen = set()
    for job, content in pdfs(built, medium):
        name = job.order.format
        screen = built[re.sub("(office|press-draft)", "screen", job.path)][1]
        panels = [tokens(text) for text in page_texts(screen.content)]
        order: tuple[tuple[int, ...], ...] | None = ORDER.get(name)
        if name == "booklet":
            n = screen.pages
            order = tuple(
                pair
                for i in range(1, n // 4 + 1)
                for pair in ((n - 2 * i + 1, 2 * i - 2), (2 * i - 1, n - 2 * i))
            )
            if medium == "press":
                order = tuple((index,) for index in range(n))
        if order is None:
            continue
        seen.add(name)
        geometry = FORMATS[name].geometry[job.order.paper]
        with pypdfium2.PdfDocument(content) as pdf:
            assert len(pdf) == len(order)
            for page, side in zip(pdf, order, strict=True):
                x = 0.0 if medium == "office" else SLUG_MM * MM
                for index in side:
                    panel = geometry.panels[0 if name == "booklet" else index]
                    width = panel.width_mm * MM
                    words = page.get_textpage().get_text_bounded(x, 0, x + width, page.get_height())
                    assert panels[index] <= tokens(words), (job.name, index)
                    x += width
                assert x == pytest.approx(
                    page.get_width() - (0 if medium == "office" else SLUG_MM * MM), abs=0.1
                )
    assert seen == {*ORDER, "booklet"}


def test_all_fonts_are_bundled_embedded_and_subset(built: Built) -> None:
    for job, made in built.values():
        if job.order.medium.name == "web":
            continue
        files = [made.content, *(c for ending, c in made.beside if ending.endswith(".pdf"))]
        for content in files:
            names = []
            with pikepdf.open(io.BytesIO(content)) as pdf:
                for item in pdf.objects:
                    if (
                        isinstance(item, pikepdf.Dictionary)
                        and item.get("/Type") == "/FontDescriptor"
                    ):
                        names.append(str(item.FontName))
                        assert "/FontFile2" in item or "/FontFile3" in item
            assert names, job.name
            for name in names:
                family = "Atkinson-Hyperlegible-Next"
                if job.order.right_to_left:
                    family = f"(?:{family}|Noto-Sans-Arabic)"
                assert re.fullmatch(rf"/[A-Z]{{6}}\+{family}.*", name), name


def test_screen_files_are_tagged_and_say_what_they_are(built: Built) -> None:
    for job, content in pdfs(built, "screen"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.Root.Lang) == job.order.language
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert str(pdf.docinfo["/Title"]) == job.edition.leaflet.facts.title
            assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["pdfaid:part"] == "2"
                assert metadata["pdfaid:conformance"] == "A"
            flags = [int(a.F) for page in pdf.pages for a in page.get("/Annots", ())]
            assert flags and all(flag & 4 for flag in flags)
            kinds = {str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
                     and item.get("/Type") == "/StructElem"}  # fmt: skip
        assert {"/H1", "/P", "/Link", "/Figure"} <= kinds, job.name
        if job.order.format not in SMALL:
            assert {"/L", "/LI"} <= kinds, job.name
            assert "/H2" in kinds or job.order.format == "poster", job.name
        kratom = job.order.leaflet == "kratom-opioid-withdrawal"
        if kratom and job.order.format not in ("letter-fold", "z-fold"):
            assert {"/Table", "/TH", "/TD"} <= kinds, job.name


def test_each_page_says_draft(built: Built) -> None:
    seen = set()
    for job, made in built.values():
        own = shipped_catalogue(job.order.language).words
        if job.order.medium.name == "web":
            text = made.content.decode()
            longs = [own["draft_long"], own["unchecked_long"]]
            assert text.count(own["draft_mark"]) >= 2, job.name
            assert any(long.split(". ")[1] in text for long in longs), job.name
            continue
        for number, text in enumerate(page_texts(made.content), 1):
            words = " ".join(text.split())
            # The front of what has a back says it in its head, in one word.
            turned = job.order.format in SMALL - ONE_SIDE and number == 1
            turned |= job.order.right_to_left  # viewers part marks from their letters there
            said = [own[name] for name in (["draft_mark"] if turned else SAYS_DRAFT)]
            assert any(words_of in words for words_of in said), (job.name, number, words)
        seen.add((job.order.format, job.order.medium.name))
    assert {name for name, _ in seen} >= {*SMALL, *ONE_SIDE, *FULL}
    assert {medium for _, medium in seen} == {"screen", "office", "press"}


@pytest.mark.parametrize(("medium", "grey"), [("screen", (230, 230, 230)), ("press", None)])
def test_the_pale_word_stands_behind_every_page(
    medium: str, grey: tuple[int, int, int] | None, built: Built
) -> None:
    for job, content in pdfs(built, medium):
        with pypdfium2.PdfDocument(content) as pdf:
            for page in pdf:
                picture = page.render(scale=1.0).to_pil().convert("RGB")
                pale = 0
                for count, colour in picture.getcolors(1 << 20) or ():
                    assert isinstance(colour, tuple)
                    near = max(colour) - min(colour) <= 4 and 215 <= min(colour) <= 242
                    pale += count if (colour == grey if grey else near) else 0
                # Small pages have a small word.
                least = 40 if job.order.format in SMALL | {"mini-booklet"} else 300
                assert pale > least, job.name


def test_phone_numbers_of_the_clinic_and_region_are_on_every_leaflet(built: Built) -> None:
    for job, made in built.values():
        clinic, region = job.edition.clinic, job.edition.region
        if job.order.medium.name == "web":
            text = html.unescape(made.content.decode())
        else:
            text = together(page_texts(made.content))
        numbers = [clinic.phone]
        if job.order.medium.name == "web" or job.order.format in FULL:
            numbers += [region.emergency_number, *(x.phone for x in region.lines.values())]
        if job.order.format == "poster":
            numbers.append(region.emergency_number)
        text = re.sub(r"\s+", " ", text)
        for number in numbers:
            # Viewers that read a page from right to left may say the groups of a number in turn.
            groups = number.split() if job.order.right_to_left else [number]
            assert all(group in text for group in groups), (job.name, number)


def test_two_clinics_differ_in_branded_places_and_nowhere_else(built: Built) -> None:
    """With each clinic's own words taken out, what is left of the text is the same."""
    texts = {}
    for slug in ("river-bend", "hollin-lane"):
        job, made = built[f"{slug}/en/kratom-opioid-withdrawal.html"]
        main = made.content.decode().partition("<main")[2].partition('<details class="contents"')[0]
        # Whom to call about thoughts of suicide, and so the numbers of sources, are the region's.
        main = re.sub(r'(?s)<div class="emergency-part emergency-suicide">.*?</div>', "", main)
        main = re.sub(r'(?s)<sup class="cite">.*?</sup>', "", main)
        words = re.sub(r"<[^>]*>", " ", main)
        for value in (job.edition.region.emergency_number, *job.edition.region.words.values()):
            words = words.replace(value, "@")
        texts[slug] = words.split()
    assert texts["river-bend"] == texts["hollin-lane"]


def test_us_words_stay_in_the_us(built: Built) -> None:
    for job, made in built.values():
        text = (made.content.decode() if job.order.medium.name == "web"
                else " ".join(page_texts(made.content)))  # fmt: skip
        other = ("999", "NHS 111", "diarrhoea") if job.order.clinic == "river-bend" else (
            "911", "988", "diarrhea")  # fmt: skip
        # Identifiers in the addresses of sources are no words.
        text = re.sub(r"data:[^\"']*|<[^>]*>|<style>.*?</style>|https?://\S+", " ", text)
        for word in other:
            assert not re.search(rf"\b{word}\b", text), (job.name, word)


def test_the_web_page_stands_alone(built: Built) -> None:
    for job, made in built.values():
        if job.order.medium.name != "web":
            continue
        text = made.content.decode()
        for address in re.findall(r'(?:src|srcset|url)\s*[=(]\s*["\']?([^"\')\s]+)', text):
            assert address.startswith("data:"), address
        assert "<script" not in text
        assert text.startswith(f'<!DOCTYPE html>\n<html lang="{job.order.language}"')
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        for target in re.findall(r'href="#([^"]+)"', text):
            assert target in ids, target
        levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))


# Press files.


def test_press_files_are_pdf_x_4_with_exact_boxes(built: Built) -> None:
    for job, content in pdfs(built, "press"):
        width, height = sheet(job)
        bleed = BLEED[job.order.paper]
        screen = built[job.path.replace("press-draft", "screen")][1]
        assert content.startswith(b"%PDF-1.6")
        with pikepdf.open(io.BytesIO(content)) as pdf:
            # With bleed a sheet may need a page less than without, never more.
            assert len(pdf.pages) in {sheets(job, screen.pages - n) for n in (0, 1)}, job.name
            (intent,) = pdf.Root.OutputIntents
            assert str(intent.S) == "/GTS_PDFX" and int(intent.DestOutputProfile.N) == 4
            condition = "FOGRA39" if job.order.paper == "a4" else "CGATS TR 006"
            assert str(intent.OutputConditionIdentifier) == condition
            assert pdf.docinfo["/Trapped"] == "/False"
            with pdf.open_metadata() as metadata:
                assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            for page in pdf.pages:
                trim, over, media = (
                    [float(v) / MM for v in page.obj[key]]
                    for key in ("/TrimBox", "/BleedBox", "/MediaBox")
                )
                assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(
                    (width, height), abs=0.05
                )
                assert [a - b for a, b in zip(trim, over, strict=True)] == pytest.approx(
                    [bleed, bleed, -bleed, -bleed], abs=0.05
                )
                assert media[0] < over[0] and over[3] < media[3]
                assert "/Annots" not in page.obj


def test_press_files_hold_no_rgb(built: Built) -> None:
    for job, content in pdfs(built, "press"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert rgb_left(pdf) == [], job.name


def test_tickets_name_the_file_that_they_go_with(built: Built) -> None:
    yaml = YAML(typ="safe", pure=True)
    for job, made in built.values():
        if job.order.medium.name != "press":
            continue
        beside = dict(made.beside)
        facts = yaml.load(beside["-ticket.yml"].decode())
        assert facts["sha256"] == hashlib.sha256(made.content).hexdigest()
        assert facts["file"] == job.path.rpartition("/")[2]
        assert facts["title"] == job.order.title and facts["edition"] == job.order.edition
        own = shipped_catalogue(job.order.language).words
        assert facts["status"] in (own["draft_note"], own["unchecked_note"])
        width, height = sheet(job)
        if job.order.format == "booklet":  # what is folded, although its pages come singly
            width, height = PAPERS[job.order.paper][::-1]
        assert facts["flat size mm"] == f"{width:g} × {height:g}"
        printed = together(page_texts(beside["-ticket.pdf"]))
        assert own["ticket_proof"] in printed
        assert facts["sha256"] in printed.replace(" ", "")


def test_how_the_words_were_fitted_is_told(built: Built) -> None:
    for job, made in built.values():
        if job.order.medium.name == "web":
            continue
        least, largest = FORMATS[job.order.format].sizes_pt
        told = "\n".join(line for kind, line in made.notes if kind == "fit")
        assert told.startswith(f"{job.name}: ")
        match = re.search(r": ([\d.]+) pt$", told.splitlines()[0])
        assert match, told
        assert least <= float(match.group(1)) <= largest


def test_same_build_gives_same_bytes(library: Library, built: Built) -> None:
    selection = Selection(formats=("letter-fold", "card"), clinics=("river-bend",))
    plan = make_plan(library, selection, TODAY, Options(draft=True))
    press = {job.order.leaflet for job, _ in built.values() if job.order.medium.name == "press"}
    jobs = [job for job in plan.jobs if job.path in built and job.order.leaflet in press]
    again = outcomes_of(jobs)
    assert len(again) == len(jobs) >= 6
    assert {job.order.medium.name for job in jobs} == {"screen", "office", "press"}
    for path, (_, outcome) in again.items():
        assert isinstance(outcome, Made)
        assert outcome.content == built[path][1].content, path
        assert outcome.beside == built[path][1].beside, path
