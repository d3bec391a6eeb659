"""Dates, times, digits and quotation marks as a language has them where a clinic is."""

import datetime
import re
from dataclasses import replace

import pytest
from conftest import BASE, TODAY, compose_and_make, purpose

from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.content.clinic import Clinic
from foldwell.content.edition import Edition, make_edition
from foldwell.content.leaflet import read_leaflet
from foldwell.content.library import read_library
from foldwell.content.locales import locale_of, quotes_of
from foldwell.content.tidyings import Tidyings
from foldwell.paper.formats import FORMATS
from foldwell.shipped import templates_folder
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.digits import digits_of, in_digits, system_of
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.template_values import printed_date, printed_hours, values_of


def specimen(language: str, country: str) -> Edition:
    path = f"specimen/scripts/{language}.md"
    leaflet = read_leaflet(
        path, root=templates_folder(), slug="specimen", language=language, images={},
        tidyings=Tidyings(path),
    )  # fmt: skip
    made = make_edition(read_library(BASE, TODAY), leaflet, "riverside", TODAY)
    return replace(made, region=made.region.model_copy(update={"country": country}))


def spanish(country: str) -> Edition:
    made = specimen("vi", country)
    text = 'Dijo "hola" a las cuatro.\n'
    return replace(made, leaflet=replace(made.leaflet, language="es", text=text))


@pytest.mark.parametrize(
    ("language", "country", "system"),
    [
        ("ar", "EG", "arab"), ("fa", "IR", "arabext"), ("ur", "IN", "arabext"),
        ("bn", "BD", "beng"), ("bn", "IN", "beng"), ("ar", "MA", "latn"), ("ur", "PK", "latn"),
        ("ar", "GB", "latn"), ("bn", "US", "latn"), ("ar", "", "latn"), ("en", "GB", "latn"),
        ("hi", "IN", "latn"),
    ],
)  # fmt: skip
def test_the_digits_of_a_language_where_a_clinic_is(
    language: str, country: str, system: str
) -> None:
    assert system_of(language, country) == system
    assert len(digits_of(language, country)) == (0 if system == "latn" else 10)


def test_numbers_are_written_so_and_what_is_dialled_stays() -> None:
    edition = specimen("bn", "BD")
    page = compose_print(edition, FORMATS["letter-fold"], purpose("screen")).pages
    told = re.sub("<[^>]*>", "", page.html.partition("</head>")[2])
    assert edition.clinic.phone in told
    assert "২৪" in told
    assert "0.4\xa0mg" in told  # a dose stays as it stands on the pack
    assert edition.id in told or any(edition.id in css for css in page.css)
    assert any("counter(step, bengali)" in css for css in page.css)
    day = printed_date(edition, datetime.date(2026, 3, 14))
    assert "১৪" in day and "২০২৬" in day
    assert not re.search(r"\d", day.translate({c: "" for c in range(0x9E6, 0x9F0)}))
    made = compose_and_make(make_job(edition, FORMATS["letter-fold"], "screen"))
    assert isinstance(made, Made), made
    assert "২৪" in re.sub("<[^>]*>", "", compose_web(edition))
    plain = specimen("bn", "US")
    assert "২৪" not in compose_print(plain, FORMATS["a4"], purpose("screen")).pages.html


def test_facts_ids_and_other_languages_keep_their_digits() -> None:
    edition = specimen("fa", "IR")
    told = in_digits(
        '<p>در 12 روز <a class="fact fact-phone" href="tel:999">999 <b>9</b></a> 3'
        ' <span class="whole">7-OH</span> <bdi dir="ltr" lang="en">B12</bdi> 4</p>',
        edition,
    )
    assert re.sub("<[^>]*>", "", told) == "در ۱۲ روز 999 9 ۳ 7-OH B12 ۴"
    assert 'href="tel:999"' in told


@pytest.mark.parametrize(
    ("language", "country", "text", "told"),
    [
        ("fa", "IR", "0.5 و 1,000 و 25.", "0.5 و 1,000 و ۲۵."),
        ("ar", "EG", "1.5 ثم 2-3", "1.5 ثم ٢-٣"),
        ("bn", "BD", "1.5 ও 1,000", "১.৫ ও ১,০০০"),
        ("bn", "BD", "&#39;5&#x35;", "&#39;৫&#x35;"),
    ],
)
def test_a_point_is_never_taken_for_a_nought(
    language: str, country: str, text: str, told: str
) -> None:
    assert in_digits(text, specimen(language, country)) == told


def test_an_address_that_is_typed_keeps_its_digits() -> None:
    edition = specimen("bn", "BD")
    link = "[নালোক্সোন](https://example.org/page?id=12&v=3#s4)"
    text = edition.leaflet.text + f"\n\nনালোক্সোন {link} আর www.example.org/a?b=34 ও 5 নালোক্সোন।\n"
    edition = replace(edition, leaflet=replace(edition.leaflet, text=text))
    page = compose_print(edition, FORMATS["a4"], purpose("office")).pages.html
    told = re.sub("<[^>]*>", "", page)
    assert "(example.org/page?id=12&amp;v=3#s4)" in told
    assert "www.example.org/a?b=34" in told
    assert "৫" in told


def test_spanish_in_the_united_states_is_not_that_of_spain() -> None:
    assert (quotes_of("es", "US"), quotes_of("es", "ES")) == ("“|”|‘|’", "")
    quoted = {
        country: compose_web(spanish(country)).partition("<main")[2] for country in ("US", "ES")
    }
    assert "Dijo “hola” a" in quoted["US"]
    assert "Dijo «hola» a" in quoted["ES"]
    hours = {}
    for country in ("US", "ES"):
        edition = spanish(country)
        facts = {**edition.clinic.model_dump(), "hours": "Mon-Fri 9am-5.30pm"}
        clinic = Clinic.model_validate(facts, context="GB")
        (row, *_) = printed_hours(replace(edition, clinic=clinic))
        hours[country] = str(row.time)
    assert "5:30" in hours["US"] and "17:30" in hours["ES"]
    assert locale_of("es", "US").time_formats["short"].pattern.startswith("h:mm")
    day = datetime.date(2026, 3, 4)
    short = {c: printed_date(spanish(c), day, short=True) for c in ("US", "ES")}
    assert short == {"US": "4 mar 2026", "ES": "4 mar 2026"}


def test_english_words_are_what_they_were() -> None:
    edition = make_edition(
        library := read_library(BASE, TODAY), library.leaflets["sleep"]["en"], "riverside", TODAY
    )
    words = read_edition(edition, "a4", "screen", frozenset())
    values = values_of(edition, words, "a4", "screen")
    assert (values["counters"], values["t"]["quotes"]) == ("", "“|”|‘|’")


def test_sentences_of_the_clinic_itself_say_their_own_language() -> None:
    edition = spanish("US")
    text = edition.leaflet.text + "\n/// contact | Hable con nosotros\n///\n"
    facts = {
        **edition.clinic.model_dump(),
        "hours": ({"days": "Most days", "time": "9 to 5"},),
        "other_formats": "Ask us for large print.",
        "facts": {"Parking": "Behind the building"},
    }
    clinic = Clinic.model_validate(facts, context="GB")
    page = compose_web(replace(edition, clinic=clinic, leaflet=replace(edition.leaflet, text=text)))
    page = re.sub("</?bdi>", "", page)
    for words in ("Most days", "Parking: Behind the building", "Ask us for large print."):
        assert f'<span lang="en">{words}</span>' in page
    facts["hours"] = ({"days": "Monday to Friday", "time": "9 to 5"},)  # which can be read
    clinic = Clinic.model_validate(facts, context="GB")
    read = replace(edition, clinic=clinic, leaflet=replace(edition.leaflet, text=text))
    assert '<th scope="row">Lunes a viernes</th>' in compose_web(read)
    english = replace(edition.leaflet, language="en", text=text)
    assert '<span lang="en">' not in compose_web(replace(edition, clinic=clinic, leaflet=english))
