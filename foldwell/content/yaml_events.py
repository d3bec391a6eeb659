"""The events of a YAML text: from ruamel.yaml, and for plain texts the same ones sooner.

ruamel.yaml is written in Python and needs milliseconds for a clinic; libyaml (through PyYAML) is
many times as fast, but knows an older YAML. The two agree wherever a text holds nothing but keys,
lists and plain words, as most facts are written; all else, and every mistake, is ruamel's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ruamel
from ruamel.yaml.events import Event

from foldwell.content.yaml_plain import is_plain


def events_of(text: str) -> Iterator[Event]:
    """The events of a text.

    Raises:
        YAMLError: If it is none; it may be raised half way.
    """
    if is_plain(text) and (found := _plain_events(text)):
        return iter(found)
    events: Iterator[Event] = YAML(typ="safe", pure=True, plug_ins=[]).parse(text)
    return events


def _plain_events(text: str) -> list[Event]:
    """The events of a plain text; empty if libyaml is not there, or finds a mistake."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        return []
    try:
        return [_translated(event) for event in yaml.parse(text, Loader=loader)]
    except yaml.YAMLError:
        return []


def _translated(event: Any) -> Event:
    """An event of libyaml's, which has neither anchor nor tag, as one of ruamel's."""
    kind: Any = getattr(ruamel, type(event).__name__)
    own: Event
    if kind is ruamel.ScalarEvent:
        own = kind(None, None, event.implicit, event.value, event.start_mark, event.end_mark)
    elif issubclass(kind, ruamel.CollectionStartEvent):
        own = kind(None, None, True, event.start_mark, event.end_mark, event.flow_style)
    else:
        own = kind(event.start_mark, event.end_mark)
    return own
