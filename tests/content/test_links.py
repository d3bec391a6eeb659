"""Web addresses in the text, as they are printed."""

from pathlib import Path

import pytest
from conftest import TODAY, compose_and_make

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.check.turned_text import printed_texts
from foldwell.content.library import read_library
from foldwell.content.links import short, tidy_links
from foldwell.content.tidyings import Tidyings


def tidied(text: str) -> tuple[str, int]:
    notes = Tidyings("a.md")
    return "\n".join(tidy_links(text.split("\n"), 1, notes)), len(notes.findings)


@pytest.mark.parametrize(
    ("text", "wanted", "told"),
    [
        ("See <https://a.org/b/>.", "See <https://a.org/b/>.", 0),
        ("See <https://a.org/?utm_source=x>.", "See <https://a.org/>.", 1),
        ("https://a.org/?utm_source=x&n=1.", "https://a.org/?n=1.", 1),
        ("[b](https://a.org/?fbclid=1)", "[b](https://a.org/)", 1),
        ("`https://a.org/?fbclid=1`", "`https://a.org/?fbclid=1`", 0),
        ("[b](https://a.org) https://c.org/?gclid=1", "[b](https://a.org) https://c.org/", 1),
    ],
)
def test_tracking_goes_wherever_an_address_stands(text: str, wanted: str, told: int) -> None:
    assert tidied(text) == (wanted, told)


def test_short() -> None:
    assert short("https://a.org/b/") == "a.org/b" and short("a.org") == "a.org"


def test_on_paper_the_address_stands_behind_the_words(project: Path) -> None:
    page = project / "content/leaflets/sleep/en.md"
    link = "[the clinic](https://www.example.org/a/?utm_source=b) or https://example.net/c/"
    page.write_text(f"{page.read_text()}\n## Links\n\nSee {link} or [b](#links).\n")
    (project / "content/build.yml").write_text("runs:\n  - formats:\n      a4: [screen]\n")
    jobs = make_plan(read_library(project, TODAY), Selection(), TODAY).jobs
    made = {job.order.medium.name: compose_and_make(job) for job in jobs}
    web, screen = made["web"], made["screen"]
    assert isinstance(web, Made) and isinstance(screen, Made)
    assert b'<a href="https://www.example.org/a/">the clinic</a> or ' in web.content
    assert b">example.net/c</a>" in web.content
    words = " ".join(" ".join(printed_texts(screen.content)).split())
    assert "the clinic (www.example.org/a) or example.net/c or b." in words
