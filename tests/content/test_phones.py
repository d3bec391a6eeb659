import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from foldwell.content.phones import country_of, read_phone


@pytest.mark.parametrize(
    ("country", "text", "printed", "dialled"),
    [
        ("GB", "0113 496 0142", "0113 496 0142", "+441134960142"),
        ("GB", "01134960142", "0113 496 0142", "+441134960142"),
        ("GB", "+44 (0)113 496 0142", "0113 496 0142", "+441134960142"),
        ("GB", "(0113) 496-0142 x23", "0113 496 0142 ext. 23", "+441134960142;ext=23"),
        ("GB", "0113 496 0142, extension 7", "0113 496 0142 ext. 7", "+441134960142;ext=7"),
        ("US", "(513) 555-0142", "(513) 555-0142", "+15135550142"),
        ("US", "513.555.0142 ext 7", "(513) 555-0142 ext. 7", "+15135550142;ext=7"),
        ("US", "1-800-662-4357", "1-800-662-4357", "+18006624357"),
        ("US", "8006624357", "1-800-662-4357", "+18006624357"),
        ("IE", "(01) 555 0100", "(01) 555 0100", "+35315550100"),
        ("DE", "030/1234567", "030 1234567", "+49301234567"),
        ("GB", "+1 513 555 0142", "+1 513-555-0142", "+15135550142"),
        ("US", "+44 113 496 0142", "+44 113 496 0142", "+441134960142"),
    ],
)
def test_a_number_is_printed_as_its_country_writes_it(
    country: str, text: str, printed: str, dialled: str
) -> None:
    assert read_phone(text, country) == (printed, dialled)
    assert read_phone(printed, country) == (printed, dialled)


@pytest.mark.parametrize(
    ("country", "text"),
    [("GB", "999"), ("GB", "111"), ("GB", "116 123"), ("US", "988"), ("DE", "116 117")],
)
def test_a_short_number_stays(country: str, text: str) -> None:
    assert read_phone(text, country) == (text, text.replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "printed"), [("07700 900123", "07700 900123"), ("07700900123", "07700 900123")]
)
def test_a_number_that_nobody_has_is_dialled_as_it_is_written(text: str, printed: str) -> None:
    assert read_phone(text, "GB") == (printed, "07700900123")


@pytest.mark.parametrize("before", ["Tel: ", "tel:", "Telephone ", "Phone. "])
def test_what_stands_before_a_number_is_no_part_of_it(before: str) -> None:
    assert read_phone(f"{before}020 7946 0000", "GB") == ("020 7946 0000", "+442079460000")


def test_without_a_country_a_number_stays() -> None:
    assert read_phone("(01) 555-0100", "") == ("(01) 555-0100", "015550100")
    assert read_phone("+441134960142", "") == ("+44 113 496 0142", "+441134960142")


@pytest.mark.parametrize(
    ("country", "text", "what"),
    [
        ("GB", "0113 49", r"too few digits .*\(United Kingdom\)"),
        ("US", "555-0142", r"too few digits .*\(United States\)"),
        ("GB", "0113 496 014", "seems to lack a digit"),
        ("GB", "+44 113 496 014", "seems to lack a digit"),
        ("", "+44 113 496 014", "seems to lack a digit"),
        ("GB", "0113 496 014 222", "too many digits"),
        ("GB", "+999 1234567", "no country with this code"),
        ("GB", "9", "has 2 to 15 digits, this has 1"),
        ("GB", "1" * 16, "has 2 to 15 digits, this has 16"),
        *(
            ("GB", text, "not a phone number")
            for text in ("call", "", "²²²", "1:30", "0x1F", "1e5")
        ),
    ],
)
def test_what_cannot_be_a_number(country: str, text: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        read_phone(text, country)


def test_the_country_of_a_region() -> None:
    assert [country_of(slug) for slug in ("uk", "us", "ie", "north")] == ["GB", "US", "IE", ""]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["GB", "US", "DE", "IT", ""]),
    st.text(alphabet="0123456789 +()-./x", max_size=24)
    | st.from_regex(r"(\+|00|0|1)?[0-9]{5,12}( x[0-9]{1,3})?", fullmatch=True),
)
def test_whatever_is_typed_is_refused_or_read_for_good(country: str, text: str) -> None:
    """What is printed is read again as the same, and its last digits are those that were typed."""
    try:
        printed, dialled = read_phone(text, country)
    except PydanticCustomError as error:
        assert error.context and error.context["hint"]  # with what to do
        return
    assert read_phone(printed, country) == (printed, dialled)
    typed, shown = (re.sub("[^0-9]", "", line) for line in (text, printed))
    assert typed[-3:] == shown[-3:] or typed.endswith(shown)


@pytest.mark.parametrize("text", ["0113 496 0126 / 0113 496 0127", "0113 496 0126 or 01134960127"])
def test_two_numbers_in_one_place_are_told(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="two phone numbers"):
        read_phone(text, "GB")
