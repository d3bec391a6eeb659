"""The project's own leaflets, as they are composed for its two clinics."""

import pytest
from own_words import ROOT

from foldwell.content.library import Library, read_library


@pytest.fixture(scope="session")
def own() -> Library:
    """The project itself, read."""
    library = read_library(ROOT)
    assert not library.broken
    return library
