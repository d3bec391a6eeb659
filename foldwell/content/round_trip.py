"""YAML that people wrote, changed and written again as it was: comments, order and quotes stay."""

from __future__ import annotations

from ruamel.yaml import YAML


def round_trip_yaml() -> YAML:
    """A reader and writer of such YAML, which folds no line and writes each value in full."""
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = 10_000, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _: True  # what stands twice is written twice
    return yaml
