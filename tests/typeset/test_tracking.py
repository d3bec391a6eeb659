"""Tracking: words that would stand alone on a last line are taken back where that needs little."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from foldwell.paper.formats import FORMATS
from foldwell.typeset import copyfit as module
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.tracking import tracked

Compose = Callable[..., PageSource]


def paragraphs() -> str:
    """Paragraphs that grow by little each, so that some run over by very little."""
    filler = "some plain words that a reader knows well"
    return "\n\n".join(f"{'i' * (n + 1)} {filler} withdrawals." for n in range(30))


def fitted(source: PageSource) -> Any:
    return copyfit(source, FORMATS["large-print"], FORMATS["large-print"].geometry["a4"])


def test_a_word_that_nearly_fits_is_taken_back(
    compose: Compose, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = compose(f"## One\n\n{paragraphs()}\n", "large-print")
    result = fitted(source)
    assert tracked(result.typeset.document) == {}
    monkeypatch.setattr(module, "track", lambda body, paragraphs: None)
    loose = fitted(source)
    found = tracked(loose.typeset.document)
    assert found
    assert all("withdrawals." in words for _, words in found)
    lines = [sum(page.lines for page in one.typeset.pages) for one in (result, loose)]
    assert lines[0] == lines[1] - len(found)


def test_letters_that_join_are_left_alone(compose: Compose) -> None:
    words = "\n\n".join(f"{'ب' * (n + 1)} {'كلمة ' * 9}الانسحاب." for n in range(24))
    source = compose(f"## One\n\n{words}\n", "large-print")
    assert tracked(fitted(source).typeset.document) == {}


def test_a_paragraph_is_known_by_all_its_words(
    compose: Compose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "track", lambda body, paragraphs: None)
    source = compose(f"## One\n\n{paragraphs()}\n", "large-print")
    inner = 'withdrawals.<span style="display: block">More.</span></p>'
    split = replace(source, html=source.html.replace("withdrawals.</p>", inner))
    assert tracked(fitted(source).typeset.document)
    assert tracked(fitted(split).typeset.document) == {}  # more stands in it than on these lines
