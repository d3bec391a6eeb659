import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.facts import Hours, Phone
from foldwell.content.region import Region
from foldwell.errors import FoldwellError
from foldwell.typeset.tokens import TOKEN, Tokens
from foldwell.typeset.variables import Facts, insert_tokens

REGION = Region.model_validate(
    {
        "name": "United Kingdom",
        "paper": "a4",
        "country": "GB",
        "date_format": "y-MM-dd",
        "emergency_number": "999",
        "words": {"gray": "grey", "poison-center": "poison centre"},
        "laws": {"tea": {"text": "Tea is legal.", "reviewed": "2026-05-01"}},
    }
)
FILES = {"clinic": "c.yml"}
FACTS = Facts({"region": REGION, "brand": {"name": "A*B"}}, datetime.date.isoformat, FILES)


def filled(text: str) -> tuple[str, list[FoldwellError]]:
    """A text with every name replaced by its value."""
    tokens = Tokens()
    text, errors = insert_tokens(text, FACTS, tokens, "en.md", 1)
    return tokens.replace(text), [*errors, *tokens.missing(text)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region.name", "United Kingdom"),
        ("region.words.gray", "grey"),
        ("region.words.poison-center", "poison centre"),
        ("region.laws.tea.reviewed", "2026-05-01"),
        ("brand.name", "A*B"),
    ],
)
def test_a_name_becomes_its_value(name: str, value: str) -> None:
    assert filled(f"a {{{{ {name} }}}} b\n") == (f"a <bdi>{value}</bdi> b\n", [])


def test_a_fact_one_can_call_is_a_link_whatever_its_key() -> None:
    facts = Facts({"clinic": {"reception": Phone("999")}}, str, {})
    tokens = Tokens()
    text, _ = insert_tokens("{{ clinic.reception }}", facts, tokens, "en.md", 1)
    assert tokens.replace(text) == Phone("999").html
    assert tokens.links == {0}


@pytest.mark.parametrize("name", ["laws.tea.text", "laws.tea", "words.gray"])
def test_a_text_that_a_region_does_not_say_in_a_language_names_what_to_add(name: str) -> None:
    facts = Facts({"region": REGION.in_language("fr")}, str, {"region": "content/regions/uk.yml"})
    tokens = Tokens()
    text, errors = insert_tokens(f"{{{{ region.{name} }}}}", facts, tokens, "fr.md", 1)
    [told] = [*errors, *tokens.missing(text)]
    kind, own = name.split(".")[:2]
    assert told.message.startswith(f"The leaflet prints 'region.{kind}.{own}'")
    assert f"under 'languages', 'fr', '{kind}', '{own}' in content/regions/uk.yml" in told.hint


def test_hours_that_nobody_gave_are_missing() -> None:
    facts = Facts({"clinic": {"hours": Hours()}}, str, FILES)
    tokens = Tokens()
    text, _ = insert_tokens("{{ clinic.hours }}", facts, tokens, "en.md", 1)
    (error,) = tokens.missing(text)
    assert "which this clinic does not give" in str(error)


@pytest.mark.parametrize(
    "body", ["x | y", "x()", "x[0]", "1", "'a'", "a + b", "not x", "x,", "a~b"]
)
def test_nothing_but_names(body: str) -> None:
    _, errors = filled(f"one\n{{{{ {body} }}}}\n")
    assert [str(error.place) for error in errors] == ["en.md:2"]


@pytest.mark.parametrize("name", ["__class__", "region.__init__", "region._x", "brand.keys"])
def test_nothing_of_python(name: str) -> None:
    (error,) = filled(f"{{{{ {name} }}}}")[1]
    assert error.message.startswith("There is no")


def test_a_value_is_never_read_again() -> None:
    value = "{{ region.name }} \ue0000\ue001"
    tokens = Tokens()
    facts = Facts({"brand": {"name": value}}, str, FILES)
    text, _ = insert_tokens("{{ brand.name }}", facts, tokens, "en.md", 1)
    assert tokens.replace(text) == f"<bdi>{value}</bdi>"


def test_a_name_without_value_matters_only_where_it_is_printed() -> None:
    tokens = Tokens()
    text, errors = insert_tokens("{{ brand.slogan }}", FACTS, tokens, "en.md", 1)
    assert errors == []
    assert len(tokens.missing(text)) == 1
    assert tokens.missing("") == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Co"])))
def test_text_without_braces_stays(text: str) -> None:
    text = text.replace("{{", "").replace("\r", "")
    if "{{" not in text:
        assert filled(text) == (text, [])


def test_a_token_inside_a_value_is_not_replaced() -> None:
    tokens = Tokens()
    first = tokens.add("one")
    second = tokens.add(f"two {first}")
    assert TOKEN.findall(second) == ["1"]
    assert tokens.replace(second) == f"two {first}"


DATED = Region.model_validate(
    REGION.model_dump(exclude={"laws"})
    | {
        "lines": {"night": {"name": "Night", "phone": "116 123", "reviewed": "2026-05-01"}},
        "laws": {
            "tea": {"text": "Tea <is> legal.", "reviewed": "2026-05-01"},
            "milk": {"text": "Milk is legal.", "written": "2026-05-02"},
        },
        "texts": {
            "night": {
                "text": "Call 116 123, or 999 at night.",
                "sources": ("lee2021",),
                "reviewed": "2026-05-01",
                "review_due": "2026-06-01",
            }
        },
    }
)


@pytest.mark.parametrize(
    ("day", "stale"), [("2026-06-01", ""), ("2026-06-02", " (Checked on 2026-05-01.)")]
)
def test_a_text_of_the_region_has_its_sources_calls_and_age(day: str, stale: str) -> None:
    facts = Facts(
        {"region": DATED},
        datetime.date.isoformat,
        {},
        datetime.date.fromisoformat(day),
        "(Checked on {date}.)",
        "(Written on {date}, not checked since.)",
    )
    tokens = Tokens()
    text, errors = insert_tokens("{{ region.texts.night.text }}", facts, tokens, "en.md", 1)
    assert not errors
    assert tokens.replace(text) == (
        'Call <a class="fact fact-phone" href="tel:116123"><bdi>116 123</bdi></a>, or '
        f'<a class="fact fact-phone" href="tel:999"><bdi>999</bdi></a> at night [@lee2021].{stale}'
    )
    law, _ = insert_tokens("{{ region.laws.tea.text }}", facts, tokens, "en.md", 1)
    assert tokens.replace(law) == "Tea &lt;is&gt; legal. (Checked on 2026-05-01.)"
    law, _ = insert_tokens("{{ region.laws.milk.text }}", facts, tokens, "en.md", 1)
    assert tokens.replace(law) == "Milk is legal. (Written on 2026-05-02, not checked since.)"
