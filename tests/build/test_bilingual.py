"""Two languages side by side: each row says the same in both, in its language and direction."""

import io
import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import TODAY, compose_and_make, job_messages, purpose
from two_languages import DAY, SOURCE, SPANISH, body_of, change, english, spanish, translate

from foldwell.build.job import Selection
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.build.parts import EditionParts
from foldwell.build.plan import make_plan, plan_edition
from foldwell.build.translating import accept, done
from foldwell.content.edition import Edition
from foldwell.content.library import Library, read_library
from foldwell.content.withdrawals import Withdrawal
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.templates import strings

LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
RUN = "runs:\n  - formats:\n      bilingual: [screen]\n    web: false\n"


def beside(library: Library, slug: str, languages: str, clinic: str) -> Edition:
    """The edition of a leaflet in the first of two languages, beside the second."""
    first, second = (
        plan_edition(library, library.leaflets[slug][language], clinic, TODAY)
        for language in languages.split("+")
    )
    return replace(first, beside=second)


def page_of(edition: Edition, name: str = "bilingual") -> str:
    return compose_print(edition, FORMATS[name], purpose("screen")).pages.html


@pytest.fixture
def translated(project: Path) -> Path:
    translate(project)
    for path, text in ((english(project), SOURCE), (spanish(project), SPANISH)):
        body_of(path, text.partition("///// only")[0])
    done(project, read_library(project, DAY), "sleep", "es", "Ana Ruiz", DAY)
    (project / "content/build.yml").write_text(RUN)
    return project


def test_each_row_says_the_same_in_both_languages(translated: Path) -> None:
    edition = beside(read_library(translated, TODAY), "sleep", "es+en", "riverside")
    page = page_of(edition)
    rows = re.findall(
        r'(?s)<div class="pair[^"]*"><div class="half"><div class="own" lang="es" dir="ltr">(.*?)'
        r'</div></div><div class="half"><div class="own" lang="en" dir="ltr">(.*?)'
        r"</div></div></div>",
        page,
    )
    told = [tuple(re.sub("<[^>]*>|\\s+", " ", half) for half in row) for row in rows]
    for es, en in (
        ("Dormir bien", "Sleep well"), ("Buenos hábitos", "Good habits"),
        ("Beba 200", "Drink 200"), ("Nunca tome más de 4", "Never take more than 4"),
    ):  # fmt: skip
        assert [es in first for first, _ in told] == [en in second for _, second in told], es
        assert any(es in first for first, _ in told)
    assert page.count("200\xa0ml") == 2
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len({*names})
    assert {*re.findall(r'href="#([^"]+)"', page)} <= {*names}
    assert edition.id in page_of(edition) or edition.id in str(
        compose_print(edition, FORMATS["bilingual"], purpose("screen")).pages.css
    )


def test_the_headings_of_a_row_stand_at_one_height(translated: Path) -> None:
    edition = beside(read_library(translated, TODAY), "sleep", "es+en", "riverside")
    made = compose_and_make(make_job(edition, FORMATS["bilingual"], "screen"))
    assert isinstance(made, Made), made
    with pypdfium2.PdfDocument(made.content) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        places = {}
        for words in ("Buenos hábitos", "Good habits", "Tenga cuidado", "Take care"):
            start = text.get_text_range().replace("\r\n", "\r\n").index(words)
            places[words] = text.get_charbox(start)
        half = page.get_size()[0] / 2
    for es, en in (("Buenos hábitos", "Good habits"), ("Tenga cuidado", "Take care")):
        assert places[es][1] == pytest.approx(places[en][1], abs=2)
        assert places[es][0] < half < places[en][0]
    with pikepdf.open(io.BytesIO(made.content)) as file:
        spoken = {str(item.Lang) for item in file.objects
                  if isinstance(item, pikepdf.Dictionary) and "/Lang" in item}  # fmt: skip
        assert {"es", "en"} <= spoken


@pytest.mark.parametrize(
    ("languages", "leftwards"), [("ar+en", True), ("en+ar", False)][: 2 if LONG else 1]
)
def test_either_direction_leads(own: Library, languages: str, leftwards: bool) -> None:
    """The first language begins the page: Arabic on the right of its own, English on the left."""
    edition = beside(own, "using-naloxone", languages, "hollin-lane")
    made = compose_and_make(make_job(edition, FORMATS["bilingual-fold"], "office"))
    assert isinstance(made, Made), made
    with pikepdf.open(io.BytesIO(made.content)) as file:
        assert (file.Root.ViewerPreferences.get("/Direction") == "/R2L") == leftwards
    with pypdfium2.PdfDocument(made.content) as pdf:
        page = pdf[1]
        wide, high = page.get_size()
        # Inside: the second page of the leaflet stands on the left, in Arabic on the right.
        first = wide / 2 if leftwards else 0
        quarter = page.get_textpage().get_text_bounded(first, 0, first + wide / 4, high)
        assert {"What", "to", "do"} <= {*quarter.split()}  # English is on the left either way


def test_what_a_run_makes(translated: Path) -> None:
    library = read_library(translated, DAY)
    jobs = make_plan(library, Selection(), DAY).jobs
    assert [job.path for job in jobs] == ["riverside/es/sleep-bilingual-en-screen.pdf"]
    assert job_messages(jobs[0]) == []
    (translated / "content/build.yml").write_text(RUN + "    beside: es\n")
    plan = make_plan(read_library(translated, DAY), Selection(), DAY)
    assert [job.path for job in plan.jobs] == ["riverside/en/sleep-bilingual-es-screen.pdf"]
    (translated / "content/build.yml").write_text(RUN + "    beside: fr\n")
    (error,) = make_plan(read_library(translated, DAY), Selection(), DAY).broken
    assert str(error).startswith("content/build.yml:5: There is no language 'fr'.")


def test_a_change_of_either_language_is_seen(translated: Path) -> None:
    before = beside(read_library(translated, TODAY), "sleep", "en+es", "riverside")
    change(spanish(translated), "Beba 200 ml", "Tome 200 ml")
    after = beside(read_library(translated, TODAY), "sleep", "en+es", "riverside")
    was, now = EditionParts().of(before), EditionParts().of(after)
    assert [name for name in was if was[name] != now[name]] == ["beside"]


def test_two_that_do_not_say_the_same_are_not_set_beside_each_other(translated: Path) -> None:
    change(english(translated), "Drink 200 ml of water", "Drink 300 ml of water")
    person = {"name": "Ann", "date": DAY, "reason": "Soon.", "expires": DAY.replace(year=2027)}
    accept(translated, read_library(translated, DAY), "sleep", "es", person)
    edition = beside(read_library(translated, DAY), "sleep", "es+en", "riverside")
    assert edition.leaflet.stale
    (message,) = job_messages(make_job(edition, FORMATS["bilingual"], "screen"))
    assert message.startswith(
        "content/leaflets/sleep/es.md:1: A translation of older words is set beside no other"
    )
    # Nor are texts that are not built alike, whatever let them through.
    library = read_library(translated, DAY)
    english_leaflet = library.leaflets["sleep"]["en"]
    other = replace(english_leaflet, text=english_leaflet.text + "\n\nOne more.\n", stale=False)
    first = plan_edition(library, english_leaflet, "riverside", DAY)
    second = plan_edition(library, other, "riverside", DAY)
    (message,) = job_messages(
        make_job(replace(first, beside=second), FORMATS["bilingual"], "screen")
    )
    assert "It is not built like content/leaflets/sleep/en.md" in message


def test_what_keeps_one_of_them_from_patients_keeps_both(translated: Path) -> None:
    library = read_library(translated, TODAY)
    edition = beside(library, "sleep", "en+es", "riverside")
    second = edition.beside
    assert second is not None and edition.own_status == second.own_status == "draft"
    facts = {"edition": second.id, "leaflet": "sleep", "language": "es", "clinic": "riverside"}
    gone = Withdrawal.model_validate({**facts, "reason": "A wrong dose.", "withdrawn": TODAY})
    second = replace(second, withdrawals=(gone,))
    edition = replace(edition, beside=second)
    assert (edition.own_status, edition.status) == ("draft", "withdrawn")
    made = compose_and_make(make_job(edition, FORMATS["bilingual"], "screen"))
    assert isinstance(made, Made), made
    with pypdfium2.PdfDocument(made.content) as pdf:
        word = str(strings("es")["withdrawn_mark"])
        assert all(word in page.get_textpage().get_text_range() for page in pdf)


def test_the_days_on_a_sheet_are_those_of_what_keeps_it_from_patients(translated: Path) -> None:
    library = read_library(translated, TODAY)
    edition = beside(library, "sleep", "en+es", "riverside")
    second = edition.beside
    assert second is not None
    facts = {"edition": second.id, "leaflet": "sleep", "language": "es", "clinic": "riverside"}
    day = TODAY - timedelta(days=3)
    gone = Withdrawal.model_validate({**facts, "reason": "A wrong dose.", "withdrawn": day})
    page = page_of(replace(edition, beside=replace(second, withdrawals=(gone,))))
    notes = re.findall('<p class="status">(.*?)</p>', page.replace("\u00a0", " "))
    assert len(notes) == 2 and all("29" in note and "2026" in note for note in notes), notes


def test_a_sheet_is_due_when_the_first_of_both_is(translated: Path) -> None:
    library = read_library(translated, TODAY)
    edition = beside(library, "sleep", "en+es", "riverside")
    second, due = edition.beside, edition.review_due
    assert second is not None and due is not None
    earlier = due - timedelta(days=40)
    facts = second.leaflet.facts.model_copy(update={"review_due": earlier})
    second = replace(second, leaflet=replace(second.leaflet, facts=facts))
    assert replace(edition, beside=second).review_due == earlier
    assert replace(second, beside=replace(edition, beside=None)).review_due == earlier


def test_words_that_stop_one_of_them_stop_both(translated: Path) -> None:
    library = read_library(translated, TODAY)
    edition = beside(library, "sleep", "en+es", "riverside")
    second = edition.beside
    assert second is not None
    dose = replace(second.leaflet, text=second.leaflet.text.replace("4 mg", "4.0 mg"))
    wrong = replace(edition, beside=replace(second, leaflet=dose))
    assert any(
        "4.0 mg" in line for line in job_messages(make_job(wrong, FORMATS["bilingual"], "screen"))
    )
