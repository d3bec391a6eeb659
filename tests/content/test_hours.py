"""Opening hours as people write them."""

import pickle
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from foldwell.content.facts import Hours, Opening
from foldwell.content.hours import read_week

WORDS = {"range_to": "to", "closed": "closed", "bank_holidays": "Bank holidays", "all_day": "24 h"}
NINE_TO_FIVE = [("Monday to Friday", "09:00 to 17:00"), ("Saturday to Sunday", "closed")]


def read(value: Any, country: str = "GB") -> Hours:
    hours: Hours = TypeAdapter(Hours).validate_python(value, context=country)
    return hours


def rows(value: Any) -> list[tuple[str, str]]:
    return [(row.days, row.time) for row in read(value)]


@pytest.mark.parametrize(
    "written",
    [
        "Mon-Fri 9am-5pm",
        "Monday–Friday 09:00 – 17:00",
        "mon to fri: 9 to 5",
        "Mon, Tue, Wed, Thu and Fri 9.00am-5.00pm",
        "weekdays 9-5",
        "Mon - Fri 9am - 5; closed weekends",
        "Open Monday to Friday from 9am until 5 p.m.",
        {"mon-fri": "9-17"},
        {"mon-thu": "9-5", "fri": "9am-5pm", "sat": "closed"},
        ["Mon-Fri 9am-5pm", "Sat closed"],
        "M-F 9a-5p",
        "M–F 9 a.m. – 5 p.m.",
    ],
)
def test_one_week_in_many_ways(written: Any) -> None:
    assert rows(written) == NINE_TO_FIVE


def test_breaks_and_holidays() -> None:
    assert rows(
        "Mon - Fri 9am - 12.30pm, 2pm - 5.30pm; Sat 9am - 12.30pm; closed Sun and bank holidays"
    ) == [
        ("Monday to Friday", "09:00 to 12:30, 14:00 to 17:30"),
        ("Saturday", "09:00 to 12:30"),
        ("Sunday", "closed"),
        ("Bank holidays", "closed"),
    ]
    assert rows("daily 24 hours") == [("Monday to Sunday", "24 hours")]
    assert rows("Sat noon-midnight")[1] == ("Saturday", "12:00 to 00:00")
    assert rows("Mon 9-12.30, 2-5.30")[0] == ("Monday", "09:00 to 12:30, 14:00 to 17:30")
    assert rows("Mon 1-5pm")[0] == ("Monday", "13:00 to 17:00")
    assert rows("Mon 8-12.30pm")[0] == ("Monday", "08:00 to 12:30")


@pytest.mark.parametrize(
    "written",
    [
        "Mon-Fri 8am-6pm (closed 12.30-1.30pm)",
        "Mon-Fri 08:00-18:00, closed for lunch 12:30-13:30",
        "Mon-Fri 8-12.30 and 1.30-6pm",
    ],
)
def test_a_break_at_noon(written: str) -> None:
    spans = read_week(written).spans
    assert spans[:5] == (((480, 750), (810, 1080)),) * 5
    assert spans[5:] == ((), (), None)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("sometime", "'sometime' is not understood"),
        ("Mon 9-5 (closed 17:00-18:00)", "the break lies outside"),
        ("Mon-Fri 2-5", "not clear"),
        ("Mon 8-9pm", "not clear"),
        ("Mon-Fri 17:00-9:00", "end before they begin"),
        ("Mon 9am-5pm; Mon 10-12", "Monday stands twice"),
        ("Fri-Mon 9-5", "run backwards"),
        ("9am-5pm", "a day is missing"),
        ("Mon", "times of a day are missing"),
        ("Mon 9am", "stands alone"),
        ("Mon 25:00-26:00", "no time"),
        ("closed Mon", "no day"),
        ("Mon 9-12, 11-3pm", "end before they begin"),
        ("Mon 9am-1pm, 12pm-3pm", "overlap"),
        (5, "valid tuple"),
    ],
)
def test_what_is_not_certain_is_refused(written: Any, what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        read(written)


def test_rows_stay_as_they_were_written() -> None:
    written = ({"days": "Monday", "time": "8am to late"},)
    hours = read(written)
    assert hours == Hours([Opening.model_validate(written[0])])
    assert hours.rows("de", "DE", WORDS) is hours


def test_rows_of_a_clinic_are_told_anew_in_another_language() -> None:
    hours = read(({"days": "Monday to Friday", "time": "8 am to 6 pm"},), "US")
    words = {"range_to": "a", "closed": "cerrado", "bank_holidays": "x", "all_day": "y"}
    assert hours.rows("en", "US", WORDS) is hours
    [row] = hours.rows("es", "US", words)
    assert (row.days, row.time) == ("Lunes a viernes", "8\u00a0a.m. a 6\u00a0p.m.")
    free = read(({"days": "By appointment", "time": "call us"},), "US")
    assert free.rows("es", "US", words) is free


def test_a_table_in_another_language() -> None:
    hours = pickle.loads(pickle.dumps(read("Mon-Fri 9am-5pm")))
    words = {**WORDS, "range_to": "bis", "closed": "geschlossen"}
    assert [tuple(row.model_dump().values()) for row in hours.rows("de", "DE", words)] == [
        ("Montag bis Freitag", "09:00 bis 17:00"),
        ("Samstag bis Sonntag", "geschlossen"),
    ]
    assert hours.rows("en", "US", WORDS)[0].time == "9\u00a0AM to 5\u00a0PM"


@pytest.mark.parametrize(
    ("country", "written"),
    [
        ("DE", "Mo–Fr 9–17 Uhr; Sa und So geschlossen"),
        ("DE", "Montag bis Freitag von 9 bis 17 Uhr"),
        ("FR", "lun.-ven. 9h-17h"),
        ("FR", "lundi au vendredi de 9h à 17h00"),
        ("ES", "lunes a viernes de 9:00 a 17:00; sáb cerrado"),
        ("GB", "Mon-Fri 9-5"),
    ],
)
def test_days_in_the_language_of_the_country(country: str, written: str) -> None:
    assert [(row.days, row.time) for row in read(written, country)] == NINE_TO_FIVE
