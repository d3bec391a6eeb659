"""Pages in other languages: their marks, their dates, and the way to the other languages."""

import datetime
import re
from dataclasses import replace

import pytest
from conftest import purpose

from foldwell.build.plan import plan_edition
from foldwell.content.edition import Edition
from foldwell.content.library import Library
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.pictures import qr_code
from foldwell.typeset.template_values import printed_date

TODAY = datetime.date(2026, 11, 28)


@pytest.fixture
def spanish(own: Library) -> Edition:
    """A leaflet in Spanish for a clinic in the United States."""
    return plan_edition(own, own.leaflets["using-naloxone"]["es"], "river-bend", TODAY)


def test_web_twins_lead_to_one_another(own: Library, spanish: Edition) -> None:
    english = plan_edition(own, own.leaflets["using-naloxone"]["en"], "river-bend", TODAY)
    there = '<a href="../es/using-naloxone.html" hreflang="es" lang="es" dir="ltr">Español</a>'
    assert there in compose_web(english)
    page = compose_web(spanish)
    assert 'hreflang="en" lang="en" dir="ltr">English</a>' in page
    for language in ("en", "es"):
        link = (
            f'<link rel="alternate" hreflang="{language}" href="../{language}/using-naloxone.html">'
        )
        assert link in page
    alone = plan_edition(own, own.leaflets["safe-storage"]["en"], "river-bend", TODAY)
    assert "hreflang" not in compose_web(alone)


def test_where_the_code_on_paper_leads_all_languages_stand_before_all_else(
    own: Library, spanish: Edition
) -> None:
    """Paper leads to the page of its edition, which is the web twin while the edition stands."""
    published = replace(spanish, web_pages="https://leaflets.example.org")
    assert published.own_page.endswith(f"/{published.id}.html")
    printed = compose_print(published, FORMATS["letter-fold"], purpose("screen")).pages
    assert ("qr.svg", *qr_code(published.own_page)) in printed.assets
    told = f'alt="Código QR que abre {published.own_page}"'
    assert told in printed.html
    poster = compose_print(published, FORMATS["poster"], purpose("screen")).pages
    assert told in poster.html
    page = compose_web(published)
    body = page[page.index("<body") :]
    switch = body[body.index("<nav") : body.index("</nav>")]
    before = body[: body.index("<nav")]
    assert re.findall("<a [^>]*>", before) == ['<a class="skip" href="#text">']
    assert re.findall('lang="([a-z]+)" dir="([a-z]+)">([^<]+)<', switch) == [
        ("ar", "rtl", "العربية"), ("en", "ltr", "English"), ("es", "ltr", "Español"),
    ]  # fmt: skip
    assert switch.count('aria-current="page"') == 1 and 'aria-current="page" lang="es"' in switch


def test_the_name_of_a_language_brings_its_letters_alone(own: Library, spanish: Edition) -> None:
    """A Spanish page that names Arabic, and the Arabic page itself."""
    arabic = plan_edition(own, own.leaflets["using-naloxone"]["ar"], "river-bend", TODAY)
    sizes = []
    for edition in (spanish, arabic):
        faces = re.findall('family: "Noto Sans Arabic".*?base64,([^"]*)"', compose_web(edition))
        assert len(faces) == 2
        sizes.append(sum(map(len, faces)))
    assert sizes[0] * 10 < sizes[1]


def test_what_a_clinic_wrote_and_what_names_a_source_say_their_language(
    own: Library, spanish: Edition
) -> None:
    """On the page, in a sentence and in the tags of the PDF; of an English leaflet nothing."""
    clinic = spanish.clinic.model_validate(
        {**spanish.clinic.model_dump(by_alias=True), "facts": {"parking": "Behind the house"},
         "variables": {"floor": "the second floor"}}
    )  # fmt: skip
    leaflet = spanish.leaflet
    words = "\n\nVaya a {{ floor }}. Aparque: {{ clinic.facts.parking }}."
    told = replace(spanish, clinic=clinic, leaflet=replace(leaflet, text=leaflet.text + words))
    page = compose_web(told)
    assert 'Vaya a <span lang="en"><bdi>the second floor</bdi></span>.' in page
    assert page.count('<span lang="en"><bdi>Behind the house</bdi></span>') == 1
    assert re.search('<li id="source-[^>]*><span lang="en">', page)
    printed = compose_print(told, FORMATS["letter-fold"], purpose("screen")).pages.html
    assert '<span lang="en">Narcan US label</span>' in printed
    english = replace(told, leaflet=own.leaflets["using-naloxone"]["en"])
    assert "<span lang=" not in compose_web(english)


def test_nobody_has_checked_it_and_every_page_says_so(spanish: Edition) -> None:
    assert spanish.status == "draft"
    web = compose_web(spanish)
    assert "Nadie la ha comparado aún con el original" in web
    assert "Ningún hablante nativo ha comprobado todavía los títulos" in web
    printed = compose_print(spanish, FORMATS["letter-fold"], purpose("screen")).pages
    assert "Nadie la ha comparado aún con el original" in printed.html
    assert any("BORRADOR, sin comprobar" in css for css in printed.css)


def test_words_of_the_interface_alone_keep_it_a_draft(spanish: Edition) -> None:
    person = {"name": "Ana Ruiz", "role": "nurse", "date": TODAY}
    leaflet = spanish.leaflet
    facts = leaflet.facts.model_validate(
        {**leaflet.facts.model_dump(by_alias=True), "reviewed": TODAY,
         "clinical_reviewers": (person,)}
    )  # fmt: skip
    sound = replace(spanish, leaflet=replace(leaflet, facts=facts, checked=True))
    assert sound.leaflet.status(TODAY) == ""
    assert (sound.status, sound.words_checked) == ("draft", False)
    page = compose_web(sound)
    assert "Ningún hablante nativo ha comprobado" in page
    assert "Nadie la ha comparado" not in page


def test_an_older_version_says_which_it_is(spanish: Edition) -> None:
    older = replace(spanish, leaflet=replace(spanish.leaflet, older=datetime.date(2025, 1, 10)))
    told = "Esta traducción describe la versión del 10 de enero de 2025."
    assert told in compose_web(older)
    assert older.id != spanish.id


def test_dates_are_those_of_the_language(spanish: Edition) -> None:
    day = datetime.date(2026, 11, 28)
    assert printed_date(spanish, day) == "28 de noviembre de 2026"
    welsh = replace(spanish, leaflet=replace(spanish.leaflet, language="cy"))
    assert printed_date(welsh, day) == "28 Tachwedd 2026"


def test_a_long_foot_takes_its_room_of_the_title(own: Library) -> None:
    long = plan_edition(own, own.leaflets["kratom-opioid-withdrawal"]["es"], "river-bend", TODAY)
    printed = compose_print(long, FORMATS["letter"], purpose("office")).pages
    foot = next(css for css in printed.css if "Próxima" in css)
    assert r"El kratom y la\2026 " in foot  # cut at a word; English has room for 28 characters
    assert r"Próxima\a0 revisión\a0 28\a0 feb\a0 2027" in foot
