"""The table of media: a row is all that a medium takes."""

import datetime
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from conftest import compose_and_make, project_messages

from foldwell.build.job import Options, Order, Selection
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.build.media import MEDIA, names_of_media
from foldwell.build.medium import Medium
from foldwell.build.panels import Finished
from foldwell.build.plan import make_plan
from foldwell.check.finished import check_laid_out
from foldwell.content.edition import Edition
from foldwell.content.library import read_library
from foldwell.errors import FoldwellError
from foldwell.paper.formats import FORMATS
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.plain_text import compose_text

TODAY = datetime.date(2026, 2, 1)
BRAILLE = {ord(letter): chr(0x2801 + n) for n, letter in enumerate("abcdefghij")}


def settings(project: Path, run: str) -> None:
    (project / "content/build.yml").write_text(f"runs:\n  - {run}\n")


def test_the_names() -> None:
    assert all(name == row.name for name, row in MEDIA.items())
    in_formats, without = names_of_media(in_formats=True), names_of_media(in_formats=False)
    assert (*in_formats, *without) == tuple(sorted(MEDIA, key=lambda name: name in without))
    assert {"screen", "office", "press"} <= set(in_formats) and {"web", "text"} <= set(without)


@pytest.mark.parametrize(
    ("medium", "options", "path"),
    [
        ("screen", Options(sheet="sra3"), "riverside/en/sleep-a4-screen.pdf"),
        ("office", Options(), "riverside/en/sleep-a4-office.pdf"),
        ("press", Options(), "riverside/en/sleep-a4-press-draft.pdf"),
        ("press", Options(sheet="sra3"), "riverside/en/sleep-a4-press-sra3-draft.pdf"),
        ("web", Options(), "riverside/en/sleep.html"),
        ("text", Options(), "riverside/en/sleep-text.txt"),
    ],
)
def test_the_path(
    medium: str, options: Options, path: str, edition: Callable[..., Edition]
) -> None:
    row = FORMATS["a4"] if MEDIA[medium].in_formats else None
    drafted = make_job(edition(), row, medium, options)
    assert drafted.path.replace("-draft", "") == path.replace("-draft", "")
    assert ("-draft" in drafted.path) == (medium == "press" and bool(drafted.order.status))


def words_of(content: bytes) -> str:
    """What a file says, in one line."""
    if content.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(content) as pdf:
            said = " ".join(page.get_textpage().get_text_range() for page in pdf)
    else:
        said = re.sub(r"<[^>]*>", "", content.decode())
    return " ".join(said.split())


@pytest.mark.parametrize("medium", MEDIA)
def test_each_says_the_words_and_is_the_same_each_time(
    medium: str, edition: Callable[..., Edition]
) -> None:
    words = (
        "Take **2** tablets, never 22.\n" + 9 * "\nThese words are the most of this small page.\n"
    )
    row = FORMATS["a6"] if MEDIA[medium].in_formats else None
    job = make_job(edition(words), row, medium, Options(draft=True))
    first, second = compose_and_make(job), compose_and_make(job)
    assert isinstance(first, Made)
    assert "Take 2 tablets, never 22." in words_of(first.content)
    assert first == second


def test_a_row_alone_makes_a_medium(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known to build.yml, to 'only' blocks and to a selection; it is made and checked."""
    asked = []

    def compose(edition: Edition, order: Order) -> Composition:
        words = read_edition(edition, "cells", "cells", frozenset())
        return Composition(PageSource("".join(words.parts.values()), (), (), tagged=False))

    def finish(order: Order, composition: Composition) -> Finished:
        words = re.sub("<[^>]*>", "", composition.pages.html)
        cells = words.lower().translate(BRAILLE)
        return Finished(Made(cells.encode(), 1), [])

    def check(finished: Finished) -> list[FoldwellError]:
        asked.append(finished.made.content)
        wrong = re.findall("[a-j]", finished.made.content.decode())
        return [FoldwellError(f"'{letter}' is no cell.") for letter in wrong[:1]]

    row = Medium("cells", ".brf", compose, finish, (check,), in_formats=False)
    monkeypatch.setitem(MEDIA, "cells", row)
    settings(project, "also: [cells]")
    leaflet = project / "content/leaflets/sleep/en.md"
    text = leaflet.read_text()
    leaflet.write_text(f"{text}\n/// only | medium: cells\nOnly in cells: beach.\n///\n")
    plan = make_plan(read_library(project, TODAY), Selection(media=("cells",)), TODAY)
    assert plan.broken == ()
    (job,) = plan.jobs
    assert job.path == "riverside/en/sleep.brf"
    made = compose_and_make(job)
    assert isinstance(made, Made)
    assert "only in cells: beach.".translate(BRAILLE) in made.content.decode()
    assert asked == [made.content]
    monkeypatch.setattr(sys.modules[__name__], "BRAILLE", {})
    refused = compose_and_make(job)
    assert isinstance(refused, tuple)
    assert "is no cell" in str(refused[0])


def test_media_that_are_not_there(project: Path) -> None:
    settings(project, "{formats: {a4: [text]}, also: [txet, screen], web: false}")
    in_formats, without = (", ".join(sorted(names_of_media(in_formats=b))) for b in (True, False))
    assert project_messages(project) == [
        "content/build.yml:2: There is no medium 'text' that is made in formats."
        f" Known here: {in_formats}.",
        "content/build.yml:2: There is no medium 'txet' that is made without a format."
        " Did you mean 'text'?",
        "content/build.yml:2: There is no medium 'screen' that is made without a format."
        f" Known here: {without}.",
    ]


def test_no_format_is_called_like_a_medium(project: Path) -> None:
    panels = ", ".join(
        f"{{name: {name}, width: 99, height: 99}}" for name in ("cover", "inside", "inside", "back")
    )
    sheet = f"{{sheet: [198, 99], panels: [{panels}], sides: [[4, 1], [2, 3]]}}"
    (project / "content/build.yml").write_text(
        f"runs:\n  - formats: {{text: [screen]}}\nformats:\n  text: {{on: {{a4: {sheet}}}}}\n"
    )
    assert project_messages(project) == [
        "content/build.yml:2: A format cannot be called 'text', because a medium is."
        " Choose another name."
    ]


def test_text_is_made_where_it_is_asked_for(project: Path) -> None:
    settings(project, "{also: [text, web]}")
    plan = make_plan(read_library(project, TODAY), Selection(), TODAY)
    assert [job.path for job in plan.jobs] == [
        "riverside/en/sleep-text.txt",
        "riverside/en/sleep.html",
    ]


def test_a_lost_word_of_the_text_is_found(edition: Callable[..., Edition]) -> None:
    plain = compose_text(edition("Take **2** tablets, never 22.\n"))
    assert check_laid_out(plain.page, [plain.pieces]) == []
    for index, piece in enumerate(plain.pieces):
        if not piece.added and piece.text.strip():
            left = plain.pieces[:index] + plain.pieces[index + 1 :]
            assert check_laid_out(plain.page, [left]), piece


def test_the_table_loads_nothing_heavy() -> None:
    for module, heavy in (
        ("media", "jinja2"),
        ("media", "weasyprint"),
        ("composing", "weasyprint"),
    ):
        code = f"import sys, foldwell.build.{module}; print('{heavy}' in sys.modules)"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert ran.stdout.split() == [b"False"]
