"""What people bring is read as it was meant, and each conversion is told with its place."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, compose_and_make, purpose
from pypdfium2 import PdfDocument

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan, plan_edition
from foldwell.content.html_words import BREAK
from foldwell.content.library import Library, read_library
from foldwell.content.lists import LETTERED
from foldwell.content.prose import check_prose
from foldwell.content.tidy import tidy_characters, tidy_words
from foldwell.content.tidyings import Tidyings
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print

WORDS = Path(__file__).parent / "words"


@pytest.fixture
def brought(project: Path) -> Callable[..., Library]:
    """A project with cases of leaflets, each by the name of its file."""

    def made(*names: str, settings: str = "") -> Library:
        for name in names:
            folder = project / "content/leaflets" / name
            folder.mkdir()
            shutil.copy(WORDS / f"{name}.md", folder / "en.md")
        path = project / "content/build.yml"
        path.write_text(path.read_text() + settings)
        return read_library(project, TODAY)

    return made


def page(library: Library, name: str) -> str:
    edition = plan_edition(library, library.leaflets[name]["en"], "riverside", TODAY)
    return compose_print(edition, FORMATS["a4"], purpose("screen")).pages.html


def flat(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return main.replace("\n", "").replace("\u00a0", " ")  # typesetting binds words


def told(library: Library, name: str) -> list[str]:
    found = library.tidied.get(f"content/leaflets/{name}/en.md", ())
    return [str(one).removeprefix(f"content/leaflets/{name}/en.md:") for one in found]


def test_lists_keep_their_levels(brought: Callable[..., Library]) -> None:
    library = brought("list-two-spaces")
    text = flat(page(library, "list-two-spaces"))
    assert (
        "<ul><li>A list of your medicines<ul><li>tablets</li><li>creams<ul><li>the ones from the"
        " pharmacy</li></ul></li></ul></li><li>Your glasses</li></ul>"
        "<ol><li>Sit down.<ul><li>Lean back.</li><li>Breathe out.</li></ul></li>"
        "<li>Stand up.</li></ol><ul><li>hold the rail</li></ul>"
    ) in text
    assert told(library, "list-two-spaces") == [
        "17:3: D7 information: This item stands at the level of line 16, not below it."
        " Start it with 3 spaces if it belongs to line 16."
    ]


def test_lists_right_below_words(brought: Callable[..., Library]) -> None:
    text = flat(page(brought("list-after-words"), "list-after-words"))
    assert (
        "<ul><li>your card</li><li>a pen</li></ul><ul><li>and a friend</li></ul>"
        "<p>Then:</p><ol><li>sign in</li><li>sit down</li></ol>"
    ) in text


def test_bullets_that_were_pasted(brought: Callable[..., Library]) -> None:
    library = brought("bullets-pasted")
    text = flat(page(library, "bullets-pasted"))
    assert (
        "<ul><li>feeling sick</li><li>a dry mouth</li><li>headache</li></ul>"
        "<ul><li>sleepy</li><li>dizzy</li></ul>"
        "<ul><li>rare: a rash</li><li>very rare: swelling</li><li>unknown: hair loss</li></ul>"
        '<ol style="list-style-type:lower-alpha"><li>tell the nurse</li><li>stop the tablet</li>'
    ) in text
    assert told(library, "bullets-pasted")[0] == (
        "7:1: D3 information: '•' was read as an item of a list. So on 3 lines, to line 9."
    )
    assert len(told(library, "bullets-pasted")) == 6


def test_numbers_are_never_changed(brought: Callable[..., Library]) -> None:
    library = brought("numbers-pasted")
    text = flat(page(library, "numbers-pasted"))
    assert (
        '<li>Open the box.</li><li value="10" style="counter-increment:list-item 8 step 8">' in text
    )
    assert '<ol style="list-style-type:lower-roman"><li>First</li><li>Second</li></ol>' in text
    assert told(library, "numbers-pasted")[0] == (
        "9: D7 information: The item behind 2 is numbered 10, as it was written."
    )


def test_numbers_are_printed_as_they_were_written(brought: Callable[..., Library]) -> None:
    library = brought("numbers-pasted")
    [job] = make_plan(library, Selection(("numbers-pasted",)), TODAY).jobs
    made = compose_and_make(job)
    assert isinstance(made, Made)
    words = PdfDocument(made.content)[0].get_textpage().get_text_range().split()
    steps = [word for word in words if word in ("1.", "2.", "3.", "10.", "11.")]
    assert steps == ["1.", "2.", "10."]


def test_what_nobody_sees(brought: Callable[..., Library]) -> None:
    library = brought("soft-hyphen")
    text = flat(page(library, "soft-hyphen"))
    assert "Your pharmacist can help you. Take 5&nbsp;mg. Ring<br>us." in text
    assert "<ul><li>one</li><li>two</li></ul>" in text
    assert "7:26: D2 information: A zero-width space (U+200B) was left out." in (
        told(library, "soft-hyphen")
    )


@pytest.mark.parametrize(
    ("name", "words", "note"),
    [
        ("windows-1252", "Above 38°C – call us. It costs £9.90 … “maybe”.", "Windows-1252"),
        ("utf-16", "Above 38 °C, call us.", "UTF-16"),
        ("bom-crlf", "<ul><li>a<ul><li>b</li></ul></li></ul>", "byte order mark"),
    ],
)
def test_encodings(brought: Callable[..., Library], name: str, words: str, note: str) -> None:
    library = brought(name)
    assert words in flat(page(library, name))
    [line] = told(library, name)
    assert "D1 information" in line and note in line


def test_titles(brought: Callable[..., Library]) -> None:
    library = brought("colon-title", "curly-title")
    assert library.leaflets["colon-title"]["en"].facts.title == (
        "Blood pressure: what the numbers mean"
    )
    assert told(library, "colon-title") == [
        "2:8: D8 information: 'title' was read with its colon:"
        " 'Blood pressure: what the numbers mean'."
    ]
    assert library.leaflets["curly-title"]["en"].facts.title == "“Feeling low”"


def test_a_comment_with_a_colon_is_no_part_of_a_value(project: Path) -> None:
    path = project / "content/clinics/riverside.yml"
    path.write_text(
        re.sub(r"(?m)^(region: \w+)$", r"\1   # regions/uk.yml: paper", path.read_text())
    )
    assert "uk.yml: paper" in path.read_text()
    leaflet = project / "content/leaflets/sleep/en.md"
    text = re.sub(
        r"(?m)^title: .*$", "title: Sleep: it's rest  # a note: ours", leaflet.read_text()
    )
    leaflet.write_text(text)
    library = read_library(project, TODAY)
    assert library.broken == {}
    assert library.leaflets["sleep"]["en"].facts.title == "Sleep: it's rest"


LINKS = "site: https://www.example.net/health\n"


def test_links(brought: Callable[..., Library], project: Path) -> None:
    other = project / "content/leaflets/using-naloxone"
    other.mkdir()
    (other / "en.md").write_text("---\ntitle: Using naloxone\n---\n\nText.\n")
    library = brought("links", settings=LINKS)
    assert not library.broken
    text = page(library, "links")
    for piece in (
        '<a href="https://www.example.net/health/conditions/sleep/">the page on sleep</a>'
        " (www.example.net/health/conditions/sleep)",
        '<a href="https://www.example.net/health/using-naloxone/">our other leaflet</a>'
        " (Using naloxone, www.example.net/health/using-naloxone)",
        '/path/to/a/very/long/page?id=12">the site</a>'
        " (Sleep well, www.example.org/path/to/a/very/long/page?id=12)",
        '<a href="mailto:team@example.org">team@example.org</a>',
        '<a href="https://www.example.org/sleep">sleep clinic</a> (www.example.org/sleep).',
        '<a href="#doses">the table below</a>',
    ):
        assert piece in text
    assert "20:4: D5 information: '.wide' in an attribute list was left out." in (
        told(library, "links")
    )


def test_a_link_to_a_site_that_nobody_knows(brought: Callable[..., Library]) -> None:
    errors = [str(error) for error in brought("links").broken["content/leaflets/links/en.md"]]
    assert errors[0] == (
        "content/leaflets/links/en.md:7: The link '/conditions/sleep/' leads to a page of a web"
        " site, and none is known. Add 'site: https://…' to content/build.yml, or write the whole"
        " address."
    )


def tidied(text: str) -> tuple[str, list[str]]:
    tidyings = Tidyings("a.md", text.split("\n"))
    return tidy_words(text, 1, tidyings), [str(one) for one in tidyings.findings]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Drink <b>water</b> and <i>tea</i>.", "Drink **water** and *tea*."),
        ("one<br>two<br/>", f"one{BREAK}two  "),
        ("10<sup>6</sup> H<sub>2</sub>O 1<sup>st</sup>", "10⁶ H₂O 1st"),
        ("caf&eacute; &#8211; &#42;", "café – \\*"),
        ("(a) one\n(b) two", f"{LETTERED}a) one\n{LETTERED}b) two"),
        ("1)\tone", "1) one"),
        ("words{: .wide #here .lead }", "words{: #here .lead }"),
        ('[a](tel:1){: target="_blank" }', "[a](tel:1)"),
        ("o  one\no  two", "- one\n- two"),
        ("– one\n– two", "- one\n- two"),
        ("{{ clinic.phone }}", "{{ clinic.phone }}"),
        ("A.\u00a0B 5\u00a0mg\u00a0 x", "A. B 5\u00a0mg  x"),
    ],
)
def test_converted(text: str, wanted: str) -> None:
    assert tidied(text)[0] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "o homem e a mulher",
        "– said the nurse",
        "(a) alone",
        "x<sup>abc</sup>",
        "I. am here\n\nand you",
        "&lt;3 &amp; &gt;2",
        "<u>x</u>",
        "A {.lead} word",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert tidied(text) == (text, [])


@pytest.mark.parametrize(("columns", "rows"), [(300, 3), (3, 5_000)])
def test_what_fits_no_page_is_refused_before_it_is_set(columns: int, rows: int) -> None:
    row = "|" + " a |" * columns
    table = "\n".join([row, "|" + "---|" * columns, *[row] * rows])
    [error] = check_prose(table, "a.md", 1)
    assert f"more than {1000} rows" in error.message or "300 columns" in error.message


def test_notes_of_authors() -> None:
    text, told = tidied("one\n<!-- two\nTODO: ask -->\nthree <!-- four --> five")
    assert "two" not in text and "four" not in text and text.count("\n") == 3
    assert told == [
        "a.md:2:1: D9 warning: Still to do, says an author's note: 'two TODO: ask'.",
        "a.md:4:7: D4 information: An author's note inside a line was left out: 'four'.",
    ]


def test_lines_stay() -> None:
    text = "a\u2028b\n\u00adc\nd"
    assert tidy_characters(text, Tidyings("a.md"), BREAK) == f"a{BREAK}b\nc\nd"


VARIABLES = "variables:\n  ward: Ward 1\n  site-page: https://www.example.org/ward\n"


def test_variables_of_ones_own(project: Path) -> None:
    settings, clinic = project / "content/build.yml", project / "content/clinics/riverside.yml"
    settings.write_text(settings.read_text() + VARIABLES)
    folder = project / "content/leaflets/ward"
    folder.mkdir()
    leaflet = folder / "en.md"
    links = "[here]({{ site-page }}) or [there]({{ site-page }}/{{ ward }})"
    body = f"\n## One\n\nGo to {{{{ ward }}}}, {links}.\n"
    leaflet.write_text(f"---\ntitle: Ward\n---\n{body}")
    text = page(read_library(project, TODAY), "ward")
    assert "Go to Ward 1, " in text
    assert '<a href="https://www.example.org/ward">here</a>' in text
    assert '<a href="https://www.example.org/ward/Ward%201">there</a>' in text
    clinic.write_text(clinic.read_text() + "variables: {ward: Ward 2}\n")
    assert "Go to Ward 2, " in page(read_library(project, TODAY), "ward")
    leaflet.write_text(f"---\ntitle: Ward\nvariables: {{ward: Ward 3}}\n---\n{body}")
    assert "Go to Ward 3, " in page(read_library(project, TODAY), "ward")


def test_symbols_and_names_are_printed(brought: Callable[..., Library]) -> None:
    library = brought("symbols")
    text = flat(page(library, "symbols"))
    assert "≥ 38 °C or ≤ 35 °C" in text and "Nguyễn Thị Hồng" in text
    assert told(library, "symbols") == []


def test_emoji(brought: Callable[..., Library]) -> None:
    library = brought("emoji")
    [error] = library.broken["content/leaflets/emoji/en.md"]
    assert str(error) == (
        "content/leaflets/emoji/en.md:7: The character '😀' (U+1F600, grinning face) is in no"
        " bundled font. Write it in words, or put the icon ':happy:' beside words that say the"
        " same."
    )
    text = tidy_characters("📞 ✅ ❌ ⚠️", Tidyings("a.md"))
    assert text == "☎ ✔ ✘ ⚠"


def test_letters_typed_in_two_parts() -> None:
    assert tidy_characters("Nguye\u0302\u0303n", Tidyings("a.md")) == "Nguyễn"
