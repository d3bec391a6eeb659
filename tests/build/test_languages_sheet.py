"""A poster and a card that list the languages of a leaflet, each by its own name with a code."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from conftest import TODAY, compose_and_make, job_messages, purpose
from two_languages import DAY, SOURCE, SPANISH, body_of, english, spanish, translate

from foldwell.build.job import Selection
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.build.plan import make_plan, plan_edition
from foldwell.build.translating import done
from foldwell.content.edition import Edition
from foldwell.content.library import read_library
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.languages_sheet import COLUMNS, page_in

WEB = "https://leaflets.example.org/print"
RUN = "runs:\n  - formats: {languages-poster: [screen], languages-card: [screen]}\n"


@pytest.fixture
def translated(project: Path) -> Path:
    translate(project)
    for path, text in ((english(project), SOURCE), (spanish(project), SPANISH)):
        body_of(path, text.partition("///// only")[0])
    done(project, read_library(project, DAY), "sleep", "es", "Ana Ruiz", DAY)
    (project / "content/build.yml").write_text(f"web_pages: {WEB}\n{RUN}")
    return project


def listing(root: Path, *languages: str) -> Edition:
    library = read_library(root, TODAY)
    edition = plan_edition(library, library.leaflets["sleep"]["en"], "riverside", TODAY)
    return replace(edition, titles=tuple((one, f"Title {one}") for one in languages))


def test_it_is_made_once_for_a_leaflet_and_only_where_codes_lead_somewhere(
    translated: Path,
) -> None:
    plan = make_plan(read_library(translated, DAY), Selection(), DAY)
    assert [job.path for job in plan.jobs if "languages" in job.path] == [
        "riverside/en/sleep-languages-card-screen.pdf",
        "riverside/en/sleep-languages-poster-screen.pdf",
    ]
    edition = next(job for job in plan.jobs if "poster" in job.path).edition
    assert edition.titles == (("en", "Sleep well"), ("es", "Dormir bien"))
    (translated / "content/build.yml").write_text(RUN)
    plan = make_plan(read_library(translated, DAY), Selection(), DAY)
    assert not [job for job in plan.jobs if "languages" in job.path]
    assert any("'web_pages' says where" in why for _, why in plan.left_out)
    (message,) = job_messages(
        make_job(edition_without(edition), FORMATS["languages-card"], "screen")
    )
    assert "no web pages in several languages" in message


def edition_without(edition: Edition) -> Edition:
    return replace(edition, web_pages="")


@pytest.mark.parametrize("name", ["languages-poster", "languages-card"])
def test_each_language_stands_by_its_own_name_with_a_code(translated: Path, name: str) -> None:
    import zxingcpp

    edition = listing(translated, "en", "es", "ar", "bn")
    page = compose_print(edition, FORMATS[name], purpose("screen")).pages.html
    for language, direction, own in (
        ("es", "ltr", "Español"), ("ar", "rtl", "العربية"), ("bn", "ltr", "বাংলা"),
    ):  # fmt: skip
        tile = page.partition(f'<div class="own" lang="{language}" dir="{direction}">')[2]
        assert f"<h2>{own}</h2>" in tile.partition("</div>")[0]
    made = compose_and_make(make_job(edition, FORMATS[name], "screen"))
    assert isinstance(made, Made), made
    with pypdfium2.PdfDocument(made.content) as pdf:
        found = [
            code.text
            for sheet in pdf
            for code in zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
        ]
    assert sorted(found) == sorted(page_in(edition, one) for one in ("en", "es", "ar", "bn"))


def test_all_shipped_languages_with_a_font_fit_a_poster(translated: Path) -> None:
    shipped = (
        "am ar bn cy de el en es fa fr gu he hi ku pa pl pt ro ru so ta ti tr uk ur vi".split()
    )
    assert max(most for most, _, _ in COLUMNS) >= 28
    edition = listing(translated, *shipped)
    made = compose_and_make(make_job(edition, FORMATS["languages-poster"], "screen"))
    assert isinstance(made, Made), made
