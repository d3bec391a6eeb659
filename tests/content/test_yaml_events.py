"""Plain texts are read by a faster parser, and always as the usual one reads them."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from foldwell.content import yaml_events
from foldwell.content.yaml_events import events_of
from foldwell.content.yaml_plain import is_plain

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("content/**/*.yml"), *ROOT.glob("tests/content/clinics/*.yml")])


def told(events: object) -> list[tuple[object, ...]]:
    assert hasattr(events, "__iter__")
    names = ("anchor", "tag", "implicit", "value")
    return [
        (type(e).__name__, _line(e), *(str(getattr(e, name, None)) for name in names))
        for e in events
        if "Stream" not in type(e).__name__ and "Document" not in type(e).__name__
    ]


def _line(event: Any) -> int | None:
    """The line of an event; of ends, and of values that are not there, nobody asks for it."""
    ends = "End" in type(event).__name__ or getattr(event, "value", None) == ""
    return None if ends else int(event.start_mark.line)


def usual(text: str) -> object:
    try:
        return told(YAML(typ="safe", pure=True).parse(text))
    except (YAMLError, ValueError, OverflowError):
        return "a mistake"


def ours(text: str) -> object:
    try:
        return told(events_of(text))
    except (YAMLError, ValueError, OverflowError):
        return "a mistake"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_of_facts(path: Path) -> None:
    text = path.read_text(errors="replace")
    assert ours(text) == usual(text)


WORD = st.text("abz019 .,:;#-'()/+=~<$^_é", min_size=0, max_size=12)
LINE = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["a", "b", "mon-fri", "- c", "  d"]), WORD),
    st.builds("{}- {}".format, st.sampled_from(["", "  "]), WORD),
    st.builds("{}: [{}, {}]".format, st.sampled_from(["e", "  f"]), WORD, WORD),
    st.builds("# {}".format, WORD),
    WORD,
)


@settings(max_examples=300)
@given(st.lists(LINE, min_size=1, max_size=5).map("\n".join))
def test_whatever_is_written(text: str) -> None:
    assert ours(text) == usual(text)


def test_most_clinics_are_plain() -> None:
    yaml = pytest.importorskip("yaml")
    if not hasattr(yaml, "CSafeLoader"):
        pytest.skip("libyaml is not there")
    text = (ROOT / "content/clinics/river-bend.yml").read_text()
    assert is_plain(text)
    assert yaml_events._plain_events(text)
